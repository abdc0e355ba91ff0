"""A process of its own, so that its peak memory is its own: `python -m tests.prestaties._proces WERK ...`.

Prints one line of JSON. The work is what the portal does with a message, or the bare reading we measure against.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

XSDATA_PAKKET = "gegenereerd"
NU = datetime(2026, 12, 2, 9, tzinfo=UTC)


def proces(werk: str, *argumenten: object) -> dict[str, Any]:
    """Run `werk` in a new process and give what it measured: seconds, and its peak memory in MB as "mb"."""
    opdracht = [sys.executable, "-m", "tests.prestaties._proces", werk, *map(str, argumenten)]
    uit = subprocess.run(opdracht, stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(uit.splitlines()[-1])


def kaal(bestand: str, xsd: str) -> dict[str, Any]:
    """What nobody can do without: a tree, and the verdict of the schema on it."""
    from lxml import etree

    schema = etree.XMLSchema(file=xsd)
    begin = time.perf_counter()
    boom = etree.fromstring(Path(bestand).read_bytes())
    assert schema.validate(boom), schema.error_log
    return {"s": time.perf_counter() - begin}


def poorten(bestand: str) -> dict[str, Any]:
    """Our three gates and the message as dataclasses, without a database."""
    _django()
    from berichten.validate import controleer

    data = Path(bestand).read_bytes()
    begin = time.perf_counter()
    assert controleer(data).goedgekeurd
    return {"s": time.perf_counter() - begin}


def xsdata(bestand: str, map_: str) -> dict[str, Any]:
    """The same file through the dataclasses that xsdata generated in `map_`: reading only, no schema and no rules."""
    sys.path.insert(0, map_)
    from xsdata.formats.dataclass.parsers import XmlParser

    klasse = importlib.import_module(XSDATA_PAKKET).Bericht
    begin = time.perf_counter()
    assert XmlParser().parse(bestand, klasse).declaratie
    return {"s": time.perf_counter() - begin}


def declaratie(map_: str) -> dict[str, Any]:
    """A 323 from the folder to a 325 in the outbox: stored, three gates, every line judged and kept, answered."""
    _django()
    from berichten.actions import declaraties as berichten
    from berichten.actions import inbox
    from berichten.models import Bericht
    from berichten.tasks import postbussen
    from berichten.transport.bestand import Map
    from declaraties.actions import declaraties
    from wmo.models import Aanstelling

    door = Aanstelling.objects.systeem()
    (post,) = Map(map_).haal_op(postbussen())
    tijden = {}

    def stap(naam: str, doe: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        uitkomst = doe()
        tijden[naam] = time.perf_counter() - begin
        return uitkomst

    rij = stap("aangenomen", lambda: inbox.neem_aan(post=post, door=door, nu=NU))
    stap("verwerkt", lambda: inbox.verwerk_volgende(nu=NU))
    rij.refresh_from_db()
    assert rij.status == Bericht.Status.GOEDGEKEURD, rij.laatste_fout or rij.bevindingen[:3]
    stap("beslist", lambda: declaraties.beantwoord(declaratie=rij.declaratie, door=_beoordelaar(rij), nu=NU))
    stap("beantwoord", lambda: berichten.beantwoord_een(rij.declaratie_id, nu=NU))
    antwoord = Bericht.objects.get(soort="325", antwoord_op=rij)
    assert antwoord.status == Bericht.Status.KLAAR, antwoord.laatste_fout
    return {"s": sum(tijden.values()), "stappen": {naam: round(tijd, 2) for naam, tijd in tijden.items()}}


def inbox(map_: str) -> dict[str, Any]:
    """One of the workers: collect and process until the folder and the table are empty. Waits for a line to begin."""
    _django()
    from django.conf import settings

    from berichten.models import Bericht
    from berichten.tasks import verwerk_inbox

    settings.BERICHTEN_MAP = map_
    print("klaar", flush=True)
    sys.stdin.readline()
    begin = time.perf_counter()
    verwerk_inbox()
    while Bericht.objects.te_verwerken().exists():
        verwerk_inbox()
    return {"s": time.perf_counter() - begin}


def _beoordelaar(rij: Any) -> Any:
    from wmo.models import Aanstelling
    from wmo.permissions import Rol

    return Aanstelling.objects.get(gemeente=rij.gemeente, rol=Rol.BACKOFFICE)


def _django() -> None:
    """As a worker that has been up for a while: everything is imported, the broker is known and the schema is read."""
    import django
    from django.urls import get_resolver

    from berichten.standaard import berichtsoorten
    from berichten.xsd import schema
    from config.celery import app, ruim_zelden_op

    django.setup()
    assert get_resolver().url_patterns
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1)
    assert app.amqp
    assert app.backend
    assert schema(berichtsoorten["323"], None)
    ruim_zelden_op()


def _piek() -> float:
    """MB; VmHWM begins anew at exec, unlike the figure of getrusage."""
    for regel in Path("/proc/self/status").read_text().splitlines():
        if regel.startswith("VmHWM"):
            return int(regel.split()[1]) / 1024
    raise RuntimeError("Deze machine geeft geen geheugengebruik.")


WERK: dict[str, Callable[..., dict[str, Any]]] = {
    functie.__name__: functie for functie in (kaal, poorten, xsdata, declaratie, inbox)
}

if __name__ == "__main__":
    uitkomst = WERK[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({**uitkomst, "mb": round(_piek())}))
