"""A request travels: 317 -> 318, then 319 or the 301 that grants it."""

from datetime import date

import pytest

from berichten.actions import aanbieder, vragen
from berichten.actions import verzoeken as antwoorden
from berichten.models import Bericht
from berichten.parse import parse
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import PerceelFactory, aanstelling, moment
from wmo.actions import verzoeken
from wmo.actions.kader import Geweigerd
from wmo.models import Toewijzing, Verzoek
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def lopend(toewijzing, loop):
    """A started opdracht, and the aanbieder who asks."""
    PerceelFactory(aanbieder=toewijzing.aanbieder, gemeente=toewijzing.gemeente)
    maak_opdrachten()
    loop()
    door = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=date(2026, 11, 9), door=door, nu=moment())
    loop()
    toewijzing.refresh_from_db()
    return toewijzing, door


def vraag(toewijzing, door, **anders):
    gevraagd = {"volume": 150, "einddatum": toewijzing.einddatum, "gewenste_ingangsdatum": date(2026, 12, 7)}
    vragen.vraag_wijziging(
        toewijzing=toewijzing, **gevraagd | anders, reden="1", toelichting="De buurvrouw is verhuisd.", door=door,
        nu=moment(),
    )  # fmt: skip


def beantwoord_alles() -> None:
    for paar in list(antwoorden.te_beantwoorden()):
        antwoorden.beantwoord_een(*paar, nu=moment())


def test_verzoek_komt_aan_met_de_toelichting_ernaast(lopend, loop):
    vraag(*lopend)
    loop()
    verzoek = Verzoek.objects.get()
    assert (verzoek.soort, verzoek.status, verzoek.toelichting) == ("317", "ingediend", "De buurvrouw is verhuisd.")
    assert Bericht.objects.get(kant="aanbieder", soort="317").status == "goedgekeurd"
    assert b"buurvrouw" not in Bericht.objects.get(kant="gemeente", soort="317").inhoud


def test_tweede_verzoek_wordt_op_het_scherm_al_geweigerd(lopend, loop):
    vraag(*lopend)
    with pytest.raises(Geweigerd, match="onderweg"):
        vraag(*lopend)
    loop()
    with pytest.raises(Geweigerd, match="loopt al een verzoek"):
        vraag(*lopend)


def test_onderzoeken_en_dan_afwijzen_zijn_twee_319s(lopend, loop):
    vraag(*lopend)
    loop()
    kantoor = aanstelling(Rol.BACKOFFICE, gemeente=lopend[0].gemeente)
    verzoek = Verzoek.objects.get()
    verzoeken.neem_in_onderzoek(verzoek=verzoek, door=kantoor, nu=moment())
    beantwoord_alles()
    beantwoord_alles()
    loop()
    verzoeken.wijs_af(verzoek=verzoek, reden="7", toelichting="", door=kantoor, nu=moment())
    beantwoord_alles()
    loop()
    gestuurd = Bericht.objects.filter(kant="gemeente", soort="319").order_by("id")
    inhoud = [parse(b.inhoud).antwoord for b in gestuurd]
    assert [(a.verzoek_antwoord, a.reden_afwijzing_verzoek) for a in inhoud] == [("2", None), ("1", "7")]
    assert {b.status for b in gestuurd} == {"goedgekeurd"}


def test_goedkeuren_beantwoordt_met_een_301_en_zonder_319(lopend, loop):
    """IV093: the old number ends the day before, the new number begins, and every line carries the reference."""
    vraag(*lopend)
    loop()
    verzoek = Verzoek.objects.get()
    verzoeken.honoreer(
        verzoek=verzoek, door=aanstelling(Rol.BACKOFFICE, gemeente=lopend[0].gemeente), nu=moment(uur=11)
    )
    maak_opdrachten(moment(uur=11))
    beantwoord_alles()
    loop(moment(uur=11))
    laatste = Bericht.objects.filter(kant="gemeente", soort="301").latest("id")
    assert laatste.status == "goedgekeurd"
    producten = parse(laatste.inhoud).client.toegewezen_producten
    assert [(p.einddatum, p.reden_wijziging, p.referentie_aanbieder) for p in producten] == [
        (date(2026, 12, 6), "12", verzoek.referentie),
        (lopend[0].einddatum, None, verzoek.referentie),
    ]
    assert not Bericht.objects.filter(soort="319").exists()
    assert Toewijzing.objects.filter(status="ontvangen").count() == 1


def test_pauze_stuurt_alleen_een_307_waar_de_gemeente_dat_wil(lopend, loop):
    from wmo.models import Gemeenteregel
    from wmo.rules.gemeenteregels import Aanleiding

    toewijzing, door = lopend
    pauze = {
        "toewijzing": toewijzing,
        "vanaf": date(2026, 11, 20),
        "verwacht_tot": None,
        "aanleiding": Aanleiding.VERZOEK_CLIENT,
        "reden": "Op reis.",
        "door": door,
        "nu": moment(),
    }
    eerste = aanbieder.meld_pauze(**pauze)
    assert not Bericht.objects.filter(soort="307").exists()
    eerste.toewijzing = toewijzing
    aanbieder.hervat(pauze=eerste, hervat_op=date(2026, 11, 21), door=door, nu=moment())
    assert Bericht.objects.filter(kant="aanbieder", richting="uit", soort="305").count() == 1
    Gemeenteregel.objects.create(
        gemeente=toewijzing.gemeente, sleutel="pauze_307", waarde=True, ingangsdatum=date(2026, 1, 1), bron="proef"
    )
    tweede = aanbieder.meld_pauze(**pauze | {"vanaf": date(2026, 11, 22)})
    loop()
    toewijzing.levering.refresh_from_db()
    assert (toewijzing.levering.status, toewijzing.levering.reden_beeindiging) == ("tijdelijk_gestopt", "20")
    assert toewijzing.pauzes.filter(status="actief").count() == 1
    tweede.toewijzing = toewijzing
    aanbieder.hervat(pauze=tweede, hervat_op=date(2026, 11, 23), door=door, nu=moment())
    loop()
    toewijzing.levering.refresh_from_db()
    assert toewijzing.levering.status == "gestart"
