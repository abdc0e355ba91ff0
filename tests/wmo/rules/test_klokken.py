"""The three clocks, to the day (R-011, R-021, R-022): dates in, words and dates out."""

from datetime import date

import pytest

from wmo.rules.kalender import Kalender
from wmo.rules.klokken import BESLUIT, ONDERZOEK, TRAJECT, Zaakdatums, klokken, lijstklok, stand, stilstand_op
from wmo.rules.opschorting import Grond, Opschorting

KALENDER = Kalender(besluitdagen=frozenset({date(2027, 5, 7), date(2026, 5, 15)}))
MELDING = date(2026, 10, 6)
AANVRAAG = date(2026, 11, 12)
OP = date(2026, 11, 23)


def zaak(status="melding", melding=MELDING, **datums) -> Zaakdatums:
    return Zaakdatums(status=status, melding=melding, **datums)


def klok(naam: str, datums: Zaakdatums, op: date = OP):
    return {k.naam: k for k in klokken(datums, KALENDER, op)}[naam]


def stil(van: date, tot: date | None, grond=Grond.INSTEMMING) -> Opschorting:
    return Opschorting(grond, van, tot)


@pytest.mark.parametrize(
    ("melding", "laatste", "waarom"),
    [
        pytest.param(date(2026, 11, 2), date(2026, 12, 14), "", id="gewoon"),
        pytest.param(date(2026, 11, 13), date(2026, 12, 28), "Eerste Kerstdag", id="kerst-en-zondag"),
        pytest.param(date(2027, 3, 24), date(2027, 5, 10), "Bevrijdingsdag", id="hemelvaart-besluitdag-weekend"),
    ],
)
def test_zes_weken_tot_op_de_dag(melding, laatste, waarom):
    uit = klok(ONDERZOEK, zaak(melding=melding), op=melding)
    assert (uit.uiterlijk, uit.dag, uit.van) == (laatste, 0, (laatste - melding).days)
    assert waarom in uit.waarom
    assert bool(uit.waarom) == bool(waarom)
    assert stand(zaak(melding=melding), KALENDER, melding).uiterste_datum == laatste


def test_twee_weken_schuift_door_koningsdag_en_legt_het_uit():
    uit = klok(BESLUIT, zaak("aanvraag", melding=date(2026, 2, 1), aanvraag=date(2026, 4, 13)), op=date(2026, 4, 20))
    assert uit.uiterlijk == date(2026, 4, 28)
    assert uit.waarom == "De laatste dag was 27-04-2026. Dat is Koningsdag. Daarom is de laatste dag 28-04-2026."


def test_de_drie_klokken_van_het_voorbeeld():
    """The pictures of the dossier: verslag on time, day 11 of 14, day 48 of 56."""
    datums = zaak("aanvraag", verslag=date(2026, 11, 10), aanvraag=AANVRAAG)
    onderzoek, besluit, traject = klokken(datums, KALENDER, OP)
    assert (onderzoek.tekst, onderzoek.toon) == ("Op tijd klaar", "groen")
    assert onderzoek.toelichting == "10-11-2026, 7 dagen voor de laatste dag"
    assert (besluit.tekst, besluit.toon, besluit.dag, besluit.van) == ("Nog 3 werkdagen", "oranje", 11, 14)
    assert besluit.uiterlijk == date(2026, 11, 26)
    assert (traject.tekst, traject.dag, traject.van) == ("Nog 6 werkdagen", 48, 56)


@pytest.mark.parametrize(
    ("op", "tekst", "toon"),
    [
        pytest.param(date(2026, 11, 30), "4 dagen te laat", "rood", id="vier-dagen-te-laat"),
        pytest.param(date(2026, 11, 27), "1 dag te laat", "rood", id="een-dag-te-laat"),
        pytest.param(date(2026, 11, 26), "Verloopt vandaag", "oranje", id="vandaag"),
        pytest.param(date(2026, 11, 25), "Nog 1 werkdag", "oranje", id="morgen"),
        pytest.param(date(2026, 11, 19), "Nog 5 werkdagen", "oranje", id="vijf"),
        pytest.param(date(2026, 11, 18), "Nog 6 werkdagen", "grijs", id="zes"),
    ],
)
def test_woorden_en_kleur_zeggen_hetzelfde(op, tekst, toon):
    uit = klok(BESLUIT, zaak("aanvraag", aanvraag=AANVRAAG), op=op)
    assert (uit.tekst, uit.toon) == (tekst, toon)


def test_te_laat_verslag_blijft_zichtbaar():
    uit = klok(ONDERZOEK, zaak("onderzoek_afgerond", verslag=date(2026, 11, 19)))
    assert (uit.tekst, uit.toon, uit.toelichting) == (
        "Te laat klaar",
        "rood",
        "19-11-2026, 2 dagen na de laatste dag",
    )


def test_besluitklok_begint_pas_bij_de_aanvraag():
    assert klok(BESLUIT, zaak()).tekst == "Nog niet begonnen"


def test_opschorting_telt_eerste_en_laatste_dag_mee():
    """R-047: 17 up to and including 20 November is four days; 26 + 4 = 30 November, a Monday."""
    datums = zaak("aanvraag", aanvraag=AANVRAAG, opschortingen=(stil(date(2026, 11, 17), date(2026, 11, 20)),))
    uit = klok(BESLUIT, datums)
    assert (uit.uiterlijk, uit.dag, uit.van) == (date(2026, 11, 30), 7, 14)
    assert uit.waarom == "De klok stond 4 dagen stil. Die dagen tellen niet mee."
    assert stand(datums, KALENDER, OP).stilstand_tot is None


def test_overlappende_opschortingen_tellen_een_keer():
    dubbel = (stil(date(2026, 11, 17), date(2026, 11, 19)), stil(date(2026, 11, 18), date(2026, 11, 20)))
    datums = zaak("aanvraag", aanvraag=AANVRAAG, opschortingen=dubbel)
    assert stand(datums, KALENDER, OP).uiterste_datum == date(2026, 11, 30)


def test_terwijl_de_klok_stilstaat_noemt_hij_tot_wanneer():
    datums = zaak("aanvraag", aanvraag=AANVRAAG, opschortingen=(stil(date(2026, 11, 17), date(2026, 11, 30)),))
    uit = klok(BESLUIT, datums)
    assert (uit.tekst, uit.icoon) == ("Klok staat stil", "clock-pause")
    assert uit.toelichting == "staat stil sinds 17-11-2026, tot en met 30-11-2026"
    # fourteen suspended days: 26 November becomes 10 December
    assert "10-12-2026" in uit.waarom
    nu = stand(datums, KALENDER, OP)
    assert (nu.uiterste_datum, nu.stilstand_tot) == (date(2026, 12, 10), date(2026, 11, 30))


def test_open_einde_heeft_geen_laatste_dag():
    datums = zaak("aanvraag", aanvraag=AANVRAAG, opschortingen=(stil(date(2026, 11, 17), None, Grond.OVERMACHT),))
    assert stand(datums, KALENDER, OP) == stand(datums, KALENDER, date(2027, 1, 1))
    assert stand(datums, KALENDER, OP).uiterste_datum is None
    assert "zonder einddatum" in klok(BESLUIT, datums).toelichting


def test_stilzetten_na_de_laatste_dag_helpt_niet():
    datums = zaak("aanvraag", aanvraag=AANVRAAG, opschortingen=(stil(date(2026, 11, 30), date(2026, 12, 4)),))
    assert stand(datums, KALENDER, date(2026, 12, 7)).uiterste_datum == date(2026, 11, 26)
    assert "telt niet mee" in klok(BESLUIT, datums, op=date(2026, 12, 7)).waarom


@pytest.mark.parametrize(
    ("status", "datums", "verwacht"),
    [
        pytest.param("melding", {}, date(2026, 11, 17), id="melding-zes-weken"),
        pytest.param("onderzoek", {}, date(2026, 11, 17), id="onderzoek-zes-weken"),
        pytest.param("onderzoek_afgerond", {"verslag": OP}, date(2026, 12, 1), id="streefdatum-acht-weken"),
        pytest.param("aanvraag", {"aanvraag": AANVRAAG}, date(2026, 11, 26), id="besluit-twee-weken"),
        pytest.param("besluit_concept", {"aanvraag": AANVRAAG}, date(2026, 11, 26), id="ter-tekening-twee-weken"),
        pytest.param("bekendgemaakt", {"aanvraag": AANVRAAG, "bekendgemaakt": OP}, None, id="besloten"),
        pytest.param("uitvoering", {"aanvraag": AANVRAAG, "bekendgemaakt": OP}, None, id="uitvoering"),
        pytest.param("ingetrokken", {"afgesloten": OP}, None, id="gesloten"),
    ],
)
def test_welke_datum_loopt_nu(status, datums, verwacht):
    assert stand(zaak(status, **datums), KALENDER, OP).uiterste_datum == verwacht


def test_gesloten_zaak_heeft_gestopte_klokken():
    assert {k.tekst for k in klokken(zaak("ingetrokken", afgesloten=OP), KALENDER, OP)} == {"Gestopt"}


def test_streefdatum_is_nooit_rood():
    laat = klok(TRAJECT, zaak("onderzoek_afgerond", verslag=OP), op=date(2026, 12, 8))
    assert (laat.tekst, laat.toon) == ("7 dagen te laat", "oranje")


def rij(**velden):
    basis = {"status": "aanvraag", "spoed": False, "uiterste_datum": date(2026, 11, 26), "stilstand_tot": None}
    return lijstklok(**{**basis, **velden}, kalender=KALENDER, op=OP)


@pytest.mark.parametrize(
    ("velden", "tekst", "toon"),
    [
        pytest.param({}, "Nog 3 werkdagen", "oranje", id="gewoon"),
        pytest.param({"spoed": True}, "Spoed: direct besluiten", "rood", id="spoed"),
        pytest.param(
            {"spoed": True, "uiterste_datum": date(2026, 11, 20)}, "Spoed: 3 dagen te laat", "rood", id="spoed-te-laat"
        ),
        pytest.param({"stilstand_tot": date(2026, 11, 30)}, "Klok staat stil", "stil", id="stil"),
        pytest.param({"stilstand_tot": date(2026, 11, 20)}, "Nog 3 werkdagen", "oranje", id="stilstand-voorbij"),
        pytest.param({"uiterste_datum": None}, "Klok staat stil", "stil", id="open-einde"),
    ],
)
def test_klok_in_de_lijst_uit_de_datums_op_de_zaak(velden, tekst, toon):
    uit = rij(**velden)
    assert (uit.tekst, uit.toon) == (tekst, toon)


def test_zonder_lopende_termijn_geen_klok_in_de_lijst():
    assert rij(status="uitvoering", uiterste_datum=None) is None


def test_aanvulling_zonder_einde_stopt_bij_de_hersteltermijn():
    """R-046 1a: unused, the term itself ends the suspension."""
    verlopen = zaak(
        "aanvraag", aanvraag=AANVRAAG, opschortingen=(stil(date(2026, 11, 14), date(2026, 11, 20), Grond.AANVULLING),)
    )
    assert stilstand_op(verlopen, OP) is None
    assert stand(verlopen, KALENDER, OP).uiterste_datum == date(2026, 12, 3)
