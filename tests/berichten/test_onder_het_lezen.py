"""A big declaration is handled while it is read: what comes of it is what would have come of it as a whole."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from berichten.actions import behandelen, inbox
from berichten.actions.schrijven import stukken
from berichten.build import build
from berichten.models import Bericht
from berichten.standaard.v3_2.basis import Referentie
from berichten.transport import Post, Postbus, Zending
from declaraties.actions import ontvangst
from declaraties.models import Declaratie, Declaratieregel
from tests.berichten.gevallen import zet
from tests.berichten.grote_declaratie import bericht, bouw
from tests.factories import moment
from wmo.models import Aanstelling, Logregel, Taak, Toewijzing

pytestmark = pytest.mark.django_db
AANTAL, OKTOBER = 60, date(2026, 10, 1)
NU = moment(date(2026, 11, 2))
REGEL = "declaratie.clienten.{}.prestaties.{}"
LEVER = Callable[[bytes], Bericht]


@pytest.fixture
def model(db: None, monkeypatch: pytest.MonkeyPatch) -> Toewijzing:
    """Sixty toewijzingen of six clients, judged two clients at a time."""
    monkeypatch.setattr(ontvangst, "PORTIE", 20)
    return bouw(AANTAL, OKTOBER)


@pytest.fixture
def lever(model: Toewijzing, map_: Any) -> LEVER:
    """The message through the folder and the inbox."""

    def _lever(inhoud: bytes) -> Bericht:
        bus = Postbus(model.gemeente.code, model.aanbieder.agb, "gemeente")
        map_.verstuur(Zending(bus, "323", f"{Bericht.objects.count()}"), stukken(inhoud))
        (post,) = map_.haal_op([bus])
        rij = neem(post)
        map_.bevestig(post)
        while inbox.verwerk_volgende(nu=NU):
            continue
        rij.refresh_from_db()
        return rij

    return _lever


def neem(post: Post) -> Bericht:
    return inbox.neem_aan(post=post, door=Aanstelling.objects.systeem(), nu=NU)


def beeld() -> dict[str, Any]:
    """Everything that is left of it, without the numbers that the database gives."""
    return {
        "berichten": list(
            Bericht.objects.order_by("id").values_list("soort", "richting", "status", "dagtekening", "laatste_fout")
        ),
        "bevindingen": list(Bericht.objects.order_by("id").values_list("bevindingen", flat=True)),
        "declaraties": list(
            Declaratie.objects.order_by("id").values_list(
                "declaratienummer", "status", "aantal_regels", "aantal_uitval", "ingediend_bedrag", "toegekend_bedrag"
            )
        ),
        "regels": list(
            Declaratieregel.objects.order_by("volgnummer", "id").values_list(
                "volgnummer", "referentienummer", "toewijzing_id", "status", "afkeurcodes", "bevindingen", "bedrag"
            )
        ),
        "taken": sorted(Taak.objects.values_list("soort", "titel")),
        "log": list(Logregel.objects.order_by("id").values_list("handeling", flat=True)),
    }


def wat_ervan_komt(lever: LEVER, *berichten: bytes, vanaf: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(behandelen, "IN_EEN_KEER", vanaf)
    with transaction.atomic():
        for inhoud in berichten:
            lever(inhoud)
        gevonden = beeld()
        transaction.set_rollback(True)
    return gevonden


def zelfde_bedrag(heel: Any, pad: str, erbij: int) -> Any:
    """A line that asks for other cents, with a total that fits."""
    heel = zet(heel, f"{pad}.ingediend_bedrag.bedrag", lambda bedrag: bedrag + erbij)
    return zet(heel, "declaratie.totaal_ingediend_bedrag.totaal_bedrag", lambda totaal: totaal + erbij)


def met_foute_regels(heel: Any) -> Any:
    heel = zelfde_bedrag(heel, REGEL.format(0, 0), 100)
    heel = zet(heel, f"{REGEL.format(1, 3)}.toewijzing_nummer", 9)
    heel = zet(heel, f"{REGEL.format(5, 9)}.product_referentie", Referentie(referentie_nummer="10500000"))
    return zet(heel, "declaratie.clienten.3.bsn", "999999990")  # somebody else: his ten lines


def als_bytes(wijziging: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    return lambda heel: build(wijziging(heel))


GEVALLEN: dict[str, tuple[Callable[[Any], bytes], str, int]] = {
    # what is sent, the status it gets, the lines that are kept
    "in orde": (build, "goedgekeurd", AANTAL),
    "foute regels": (als_bytes(met_foute_regels), "goedgekeurd", AANTAL),
    "totaal klopt niet": (
        als_bytes(lambda h: zet(h, "declaratie.totaal_ingediend_bedrag.totaal_bedrag", 1)), "afgekeurd", 0,
    ),
    "zelfde client twee keer": (
        als_bytes(lambda h: zet(h, "declaratie.clienten.5.bsn", h.declaratie.clienten[0].bsn)), "afgekeurd", 0,
    ),
    "dagtekening in de toekomst": (
        als_bytes(lambda h: zet(h, "header.bericht_identificatie.dagtekening", date(2027, 1, 1))), "afgekeurd", 0,
    ),
    "andere postbus": (als_bytes(lambda h: zet(h, "header.ontvanger", "0344")), "geparkeerd", 0),
    "afgebroken": (lambda h: build(h)[:-30], "geparkeerd", 0),
    "los element aan het eind": (
        lambda h: build(h).replace(b"</wmo323:Clienten>", b"</wmo323:Clienten><wmo323:Los/>"), "geparkeerd", 0,
    ),
    "te lang voor de kolom": (
        lambda h: build(h).replace(b">10500059<", b">" + b"9&#57;" * 15 + b"<"), "geparkeerd", 0,
    ),
    "te groot voor de kolom": (
        lambda h: build(h).replace(b"GeleverdVolume>300<", b"GeleverdVolume>&#57;999999999999999999999<"),
        "geparkeerd", 0,
    ),
    "kop klopt niet": (
        lambda h: build(h).replace(b"<wmo323:BerichtVersie>3<", b"<wmo323:BerichtVersie>&#57;<"), "geparkeerd", 0,
    ),
    "geen bericht": (lambda h: b"<x>" + b"geen bericht " * 100 + b"</x>", "geparkeerd", 0),
}  # fmt: skip


@pytest.mark.parametrize("wat", GEVALLEN)
def test_het_wordt_hetzelfde_als_in_een_keer(wat, model, lever, monkeypatch, caplog):
    caplog.set_level("INFO", "berichten.actions.behandelen")
    maak, status, aantal = GEVALLEN[wat]
    inhoud = maak(bericht(model, AANTAL, OKTOBER))
    geheel = wat_ervan_komt(lever, inhoud, vanaf=len(inhoud), monkeypatch=monkeypatch)
    onder_het_lezen = wat_ervan_komt(lever, inhoud, vanaf=0, monkeypatch=monkeypatch)
    assert onder_het_lezen == geheel
    assert (geheel["berichten"][0][2], len(geheel["regels"])) == (status, aantal)
    assert len(caplog.messages) == (status != "goedgekeurd"), "een goede is niet nog eens gelezen"


def test_foute_regels_zijn_de_bedoelde(model, lever, monkeypatch):
    """The cases above would also be equal when nothing was found."""
    inhoud = build(met_foute_regels(bericht(model, AANTAL, OKTOBER)))
    uitkomst = wat_ervan_komt(lever, inhoud, vanaf=0, monkeypatch=monkeypatch)
    codes = {regel[0]: regel[4] for regel in uitkomst["regels"] if regel[4]}
    assert codes == {1: ["9346"], 14: ["9338"], 60: ["8021"], **{n: ["8187"] for n in range(31, 41)}}


@pytest.mark.parametrize("nummer", ["zelfde declaratienummer", "zelfde bericht"])
def test_de_tweede_keer(nummer, model, lever, monkeypatch):
    """TR333 and TR056: what was refused or taken back before leaves the first as it was."""
    eerste = bericht(model, AANTAL, OKTOBER)
    tweede = zet(eerste, "declaratie.declaratie_dagtekening", date(2026, 11, 1))
    if nummer == "zelfde declaratienummer":
        tweede = zet(tweede, "header.bericht_identificatie.identificatie", "ANDER")
        for client in range(len(tweede.declaratie.clienten)):
            for regel in range(10):
                pad = f"{REGEL.format(client, regel)}.product_referentie.referentie_nummer"
                tweede = zet(tweede, pad, f"N{client}{regel}")
    samen = [build(eerste), build(zet(tweede, "header.bericht_identificatie.dagtekening", date(2026, 11, 2)))]
    geheel = wat_ervan_komt(lever, *samen, vanaf=10**9, monkeypatch=monkeypatch)
    assert wat_ervan_komt(lever, *samen, vanaf=0, monkeypatch=monkeypatch) == geheel
    assert [b[2] for b in geheel["berichten"] if b[1] == "in"] == ["goedgekeurd", "afgekeurd"]
    assert len(geheel["regels"]) == AANTAL


def test_alleen_een_grote_declaratie_wordt_onder_het_lezen_behandeld(model, lever, caplog):
    """A small one is in memory anyway; a big one that is refused says in the log that it was read once more."""
    caplog.set_level("INFO", "berichten.actions.behandelen")
    fout = zet(bericht(model, AANTAL, OKTOBER), "declaratie.totaal_ingediend_bedrag.totaal_bedrag", 1)
    klein = build(fout)
    assert len(klein) <= behandelen.IN_EEN_KEER
    assert lever(klein).status == "afgekeurd"
    assert not caplog.messages
    groot = build(zet(fout, "header.bericht_identificatie.identificatie", "GROOT")).replace(
        b"</wmo323:Clienten>", b" " * behandelen.IN_EEN_KEER + b"</wmo323:Clienten>"
    )
    assert lever(groot).status == "afgekeurd"
    assert ["als geheel gelezen" in zin for zin in caplog.messages] == [True]


def test_vragen_groeien_met_de_porties_en_niet_met_de_regels(model, lever, monkeypatch):
    inhoud = build(bericht(model, AANTAL, OKTOBER))

    def vragen(portie: int) -> int:
        monkeypatch.setattr(ontvangst, "PORTIE", portie)
        with CaptureQueriesContext(connection) as gevraagd:
            wat_ervan_komt(lever, inhoud, vanaf=0, monkeypatch=monkeypatch)
        return len(gevraagd)

    een_portie = vragen(AANTAL)
    assert vragen(10) - een_portie == 5 * 4  # toewijzingen, sums, lines of the same day, used numbers
