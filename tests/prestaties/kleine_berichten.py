"""301s and 307s a second through the whole inbox with two workers, against a bare tree and schema on the same bytes.

Ours is everything: stored encrypted, three gates, judged against the rows, the domain changed, the logboek written and
the answer in the outbox, each message in transactions of its own that sync to disk.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from lxml import etree

from berichten import tasks
from berichten.actions import aanbieder, inbox
from berichten.models import Bericht
from berichten.standaard import berichtsoorten
from berichten.transport import verbinding
from berichten.xsd import schema
from tests.factories import AanbiederFactory, ToewijzingFactory, aanstelling
from tests.prestaties import Uitkomst, meting
from wmo.models import Aanstelling, Toewijzing
from wmo.permissions import Rol

AANTAL, WERKERS = 250, 2
BEGIN = date(2026, 11, 2)
NU = datetime.fromisoformat("2026-11-16T09:00+01:00")


@meting("kleine_berichten")
def kleine_berichten() -> Uitkomst:
    with tempfile.TemporaryDirectory() as map_:
        settings.BERICHTEN_MAP = map_
        _bouw()
        tasks.maak_berichten(NU)
        tempo = {"301": _meet("301", Path(map_))}
        _tot_rust()
        _meld(aanbieder.meld_start, begindatum=BEGIN)
        _tot_rust()
        _meld(aanbieder.meld_stop, einddatum=date(2026, 11, 15), reden="19")
        tempo["307"] = _meet("307", Path(map_))
    verhoudingen = {soort: ons / kaal for soort, (ons, kaal) in tempo.items()}
    return Uitkomst(
        verhouding=round(min(verhoudingen.values()), 4),
        uitleg=", ".join(f"{ons:.0f} {soort}/s" for soort, (ons, _) in tempo.items()) + f" met {WERKERS} werkers",
        cijfers={
            f"{soort}_per_seconde": {"inbox": round(ons), "kale_boom_en_schema": round(kaal)}
            for soort, (ons, kaal) in tempo.items()
        },
    )


def _bouw() -> None:
    zorgaanbieder = AanbiederFactory(eigen_software=False)
    for _ in range(AANTAL):
        ToewijzingFactory(status="concept", aanbieder=zorgaanbieder)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _meet(soort: str, map_: Path) -> tuple[float, float]:
    """(messages a second, the same for a bare reader). Sends what lies ready first; that is not counted."""
    _verstuur()
    bestanden = sorted(map_.rglob(f"WMO{soort}-*.xml"))
    assert len(bestanden) == AANTAL, f"{len(bestanden)} berichten {soort}"
    inhoud = [bestand.read_bytes() for bestand in bestanden]
    ons = AANTAL / _werkers(map_)
    binnen = Bericht.objects.filter(richting="in", soort__in=("", soort))
    anders = binnen.exclude(status=Bericht.Status.GOEDGEKEURD).values_list("status", "laatste_fout", "bevindingen")
    assert not anders, list(anders)
    assert binnen.count() == AANTAL, f"{binnen.count()} berichten {soort}"
    return ons, AANTAL / _tijd(lambda: _kaal(inhoud, soort))


def _werkers(map_: Path) -> float:
    """Seconds from the start until the last worker has nothing left to do."""
    opdracht = [sys.executable, "-m", "tests.prestaties._proces", "inbox", str(map_)]
    processen = [
        subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(WERKERS)
    ]
    for proces in processen:
        assert proces.stdout
        assert proces.stdout.readline() == "klaar\n"
    begin = time.perf_counter()
    for proces in processen:
        assert proces.stdin
        proces.stdin.write("ga\n")
        proces.stdin.flush()
    assert [proces.wait() for proces in processen] == [0] * WERKERS
    return time.perf_counter() - begin


def _kaal(berichten: list[bytes], soort: str) -> None:
    xsd = schema(berichtsoorten[soort])
    for bericht in berichten:
        assert xsd.validate(etree.fromstring(bericht))


def _tijd(werk: Callable[[], None]) -> float:
    begin = time.perf_counter()
    werk()
    return time.perf_counter() - begin


def _meld(actie: Callable[..., object], **gegevens: object) -> None:
    """The aanbieder reports it for every opdracht."""
    toewijzingen = Toewijzing.objects.all()
    door = aanstelling(Rol.PLANNING, aanbieder=toewijzingen[0].aanbieder)
    for toewijzing in toewijzingen:
        actie(toewijzing=toewijzing, door=door, nu=NU, **gegevens)


def _verstuur() -> None:
    from berichten.actions import outbox

    while outbox.verzend_volgende(verbinding(), nu=NU):
        continue


def _tot_rust() -> None:
    """Answers back and forth, in this process, until nothing moves."""
    door = Aanstelling.objects.systeem()
    for _ in range(3):
        _verstuur()
        for post in verbinding().haal_op(tasks.postbussen()):
            inbox.neem_aan(post=post, door=door, nu=NU)
            verbinding().bevestig(post)
        while inbox.verwerk_volgende(nu=NU):
            continue
