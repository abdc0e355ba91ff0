"""From concept to a decision that is sent: it agrees, another signs, it is in force once (R-060 to R-067)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    AanbiederFactory,
    AanstellingFactory,
    BeschikkingFactory,
    PerceelFactory,
    VoorzieningFactory,
    aanstelling,
    moment,
)
from tests.factories.besluit import (
    EINDE,
    INGANG,
    concept,
    klaar_om_te_tekenen,
    met_normenkader,
    met_plan,
    toekenning,
    zaak_met_aanvraag,
)
from tests.wmo.brieven import pdf
from wmo.actions import beschikkingen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Beschikking, Document, Gemeenteregel, Logregel, Pgb, Voorziening, Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
BUDGET = beschikkingen.Budget(
    doel="Hulp in huis van uw eigen keuze.",
    bedrag=Decimal("4212.00"),
    berekening="125 minuten × 52 weken × € 0,65.",
    kwaliteitseisen="De hulp werkt veilig.",
    wens="U kent deze hulp al jaren.",
    bekwaamheid="Uw dochter beheert het budget.",
)


def brieftekst(beschikking: Beschikking) -> str:
    assert beschikking.brief is not None
    return pdf.tekst(beschikking.brief.inhoud)


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


@pytest.fixture
def consulent(zaak):
    return aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)


@pytest.fixture
def mandaathouder(zaak):
    return aanstelling(Rol.MANDAATHOUDER, gemeente=zaak.gemeente)


def test_nummers_lopen_door_per_jaar(consulent, zaak):
    eerste = beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=consulent, nu=moment())
    tweede = beschikkingen.stel_op(zaak=zaak_met_aanvraag(), soort="afwijzing", door=consulent, nu=moment())
    volgend_jaar = beschikkingen.stel_op(
        zaak=zaak_met_aanvraag(), soort="toekenning", door=consulent, nu=moment(date(2027, 1, 4))
    )
    nummers = [b.beschikkingnummer for b in (eerste, tweede, volgend_jaar)]
    assert nummers == ["B-2026-000001", "B-2026-000002", "B-2027-000001"]


def test_eigen_bijdrage_noemt_het_bedrag_van_het_jaar(consulent, zaak):
    beschikking = beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=consulent, nu=moment())
    assert "€\u00a021,80 per maand" in beschikking.eigen_bijdrage


def test_onbekend_jaar_wordt_niet_geraden(consulent, zaak):
    beschikking = beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=consulent, nu=moment(date(2027, 1, 4)))
    assert "Het bedrag voor 2027 is nog niet bekend." in beschikking.eigen_bijdrage
    assert "In 2026 is dat" in beschikking.eigen_bijdrage


@pytest.mark.parametrize("status", ["onderzoek", "onderzoek_afgerond", "uitvoering", "afgewezen"])
def test_zonder_aanvraag_geen_beschikking(zaak, consulent, status):
    Zaak.objects.update(status=status)
    zaak.refresh_from_db()
    with pytest.raises(Geweigerd) as fout:
        beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=consulent, nu=moment())
    assert fout.value.reden == "GEEN_AANVRAAG"


def test_een_concept_tegelijk(zaak, consulent):
    concept(zaak)
    with pytest.raises(Geweigerd, match="al een concept"):
        beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=consulent, nu=moment())


@pytest.mark.parametrize("rol", [Rol.MANDAATHOUDER, Rol.PLANNING, Rol.REGIO, Rol.BELEIDSMEDEWERKER])
def test_opstellen_is_voor_consulent_en_backoffice(zaak, rol):
    with pytest.raises(PermissionDenied):
        beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=aanstelling(rol), nu=moment())


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"einddatum": date(2026, 1, 1)}, "einddatum ligt voor de ingangsdatum"),
        ({"einddatum": None}, "hoort een einddatum"),
    ],
)
def test_periode_die_niet_kan_wordt_geweigerd_en_er_blijft_staan_wat_er_stond(zaak, consulent, anders, zin):
    beschikking = concept(zaak, toekenning())
    with pytest.raises(Geweigerd, match=zin):
        beschikkingen.bewaar_voorzieningen(
            beschikking=beschikking, toekenningen=[toekenning(**anders)], door=consulent, nu=moment()
        )
    assert beschikking.voorzieningen.get().einddatum == EINDE


def test_twee_vormen_van_ondersteuning_in_een_besluit(zaak, consulent):
    aanbieder = AanbiederFactory()
    beschikking = concept(zaak, toekenning(), toekenning(60, aanbieder=aanbieder))
    via_lijst, direct = beschikking.voorzieningen.order_by("volume").reverse()
    assert (via_lijst.via_wachtlijst, direct.via_wachtlijst, direct.aanbieder) == (True, False, aanbieder)


def test_afwijzing_laat_de_ondersteuning_vallen(zaak, consulent):
    beschikking = concept(zaak, toekenning())
    beschikkingen.bewaar_soort(beschikking=beschikking, soort="afwijzing", door=consulent, nu=moment())
    assert not beschikking.voorzieningen.exists()
    with pytest.raises(Geweigerd, match="geen ondersteuning"):
        beschikkingen.bewaar_voorzieningen(
            beschikking=beschikking, toekenningen=[toekenning()], door=consulent, nu=moment()
        )


def test_oud_formulier_overschrijft_niets(zaak, consulent):
    beschikking = concept(zaak)
    opties = {"beschikking": beschikking, "soort": "afwijzing", "door": consulent, "nu": moment()}
    beschikkingen.bewaar_soort(bewerkt=beschikking.bewerkt, **opties)
    with pytest.raises(IntussenGewijzigd):
        beschikkingen.bewaar_soort(bewerkt=beschikking.bewerkt - 1, **opties)


def test_handtekening_vragen_kan_niet_als_plan_en_besluit_verschillen(zaak, consulent):
    met_normenkader(zaak)
    met_plan(zaak, netto=110)
    beschikking = concept(zaak, toekenning())
    with pytest.raises(Geweigerd) as fout:
        beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    assert "In het plan staat 110 minuten, in de beschikking 125 minuten." in fout.value.zin
    assert Beschikking.objects.get().status == "concept"


def test_wat_oranje_is_vraagt_uitleg(zaak, consulent):
    met_plan(zaak)
    Zaak.objects.update(verslag_verstrekt_op=None)
    zaak.refresh_from_db()
    beschikking = concept(zaak, toekenning())
    with pytest.raises(Geweigerd) as fout:
        beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    assert fout.value.reden == "UITLEG_ONTBREEKT"
    Beschikking.objects.update(motivering="Zo schreef een collega het ondertussen.")
    beschikkingen.bewaar_uitleg(
        beschikking=beschikking,
        uitleg_verschillen="De zes weken zijn om; het verslag volgt.",
        door=consulent,
        nu=moment(),
    )
    assert Beschikking.objects.get().motivering == "Zo schreef een collega het ondertussen."
    beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    assert Beschikking.objects.get().status == "ter_ondertekening"


def test_ontbrekend_blok_wordt_bij_naam_genoemd(zaak, consulent):
    met_plan(zaak)
    beschikking = concept(zaak, toekenning())
    beschikkingen.bewaar_motivering(
        beschikking=beschikking, motivering=" ", eigen_bijdrage="", door=consulent, nu=moment()
    )
    with pytest.raises(Geweigerd, match="Vul dit nog in: motivering, eigen bijdrage"):
        beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())


def test_handtekening_gevraagd_zet_de_zaak_bij_de_mandaathouder():
    beschikking = klaar_om_te_tekenen()
    assert (beschikking.status, Zaak.objects.get().status) == ("ter_ondertekening", "besluit_concept")
    assert list(Beschikking.objects.ter_ondertekening()) == [beschikking]


def test_terugsturen_vraagt_een_reden_en_maakt_er_weer_een_concept_van(mandaathouder):
    beschikking = klaar_om_te_tekenen()
    with pytest.raises(Geweigerd, match="Schrijf op wat er anders moet"):
        beschikkingen.stuur_terug(beschikking=beschikking, reden="nee", door=mandaathouder, nu=moment())
    beschikkingen.stuur_terug(beschikking=beschikking, reden="De periode is te lang.", door=mandaathouder, nu=moment())
    beschikking.refresh_from_db()
    assert (beschikking.status, beschikking.teruggestuurd_reden) == ("concept", "De periode is te lang.")
    assert Zaak.objects.get(pk=beschikking.zaak_id).status == "aanvraag"
    assert Logregel.objects.get(handeling="beschikkingen.stuur_terug").reden == "De periode is te lang."


def test_ondertekenen_maakt_brief_en_zet_alles_van_kracht(mandaathouder):
    beschikking = klaar_om_te_tekenen()
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment(date(2026, 11, 26)))
    beschikking.refresh_from_db()
    zaak = Zaak.objects.get(pk=beschikking.zaak_id)
    assert beschikking.status == "vastgesteld"
    assert (beschikking.bekendgemaakt_op, beschikking.bezwaar_tot) == (date(2026, 11, 26), date(2027, 1, 7))
    assert beschikking.voorzieningen.get().van_kracht
    assert (zaak.status, zaak.besluit_op, zaak.uiterste_datum) == ("uitvoering", date(2026, 11, 26), None)
    tekst = brieftekst(beschikking)
    assert "tot en met donderdag 7 januari 2027" in tekst
    assert f"{mandaathouder.gebruiker.naam}, mandaathouder" in tekst
    assert "125 minuten (2:05 uur) per week" in tekst
    assert "nog niet ondertekend" not in tekst


def test_bezwaartermijn_schuift_door_bij_een_feestdag(mandaathouder):
    """R-051 vector: 14-11-2026 + 42 days is Boxing Day."""
    beschikking = klaar_om_te_tekenen()
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment(date(2026, 11, 14)))
    assert beschikking.bezwaar_tot == date(2026, 12, 28)


def test_brief_en_bestandsnaam_dragen_geen_bsn(mandaathouder):
    beschikking = klaar_om_te_tekenen()
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    document = Document.objects.get(soort="beschikking")
    client = beschikking.zaak.client
    assert document.bestandsnaam == f"beschikking-{beschikking.beschikkingnummer}.pdf"
    assert client.bsn
    assert client.bsn not in pdf.tekst(document.inhoud)
    assert client.achternaam not in document.bestandsnaam + document.titel


def test_wie_opstelt_tekent_niet_ook_niet_met_een_andere_pet():
    beschikking = klaar_om_te_tekenen()
    opsteller = beschikking.opgesteld_door
    zelf = AanstellingFactory(gebruiker=opsteller.gebruiker, rol=Rol.MANDAATHOUDER, gemeente=opsteller.gemeente)
    with pytest.raises(Geweigerd) as fout:
        beschikkingen.stel_vast(beschikking=beschikking, door=zelf, nu=moment())
    assert fout.value.reden == "VIER_OGEN"
    Gemeenteregel.objects.create(
        gemeente=opsteller.eigen_gemeente,
        sleutel="vier_ogen_beschikking",
        waarde=False,
        ingangsdatum=date(2026, 1, 1),
        bron="x",
    )
    beschikkingen.stel_vast(beschikking=beschikking, door=zelf, nu=moment())
    assert Beschikking.objects.get().ondertekend_door == zelf


def test_tekenen_is_voor_de_mandaathouder(consulent):
    with pytest.raises(PermissionDenied):
        beschikkingen.stel_vast(beschikking=klaar_om_te_tekenen(), door=consulent, nu=moment())


def test_tweede_handtekening_komt_te_laat(mandaathouder):
    beschikking = klaar_om_te_tekenen()
    oud = Beschikking.objects.get(pk=beschikking.pk)
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    with pytest.raises(IntussenGewijzigd):
        oud.zet_status("vastgesteld")
    with pytest.raises(Geweigerd, match="wacht niet"):
        beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    assert Document.objects.filter(soort="beschikking").count() == 1


def lopend_besluit(zaak: Zaak, **velden) -> Voorziening:
    return VoorzieningFactory(
        beschikking=BeschikkingFactory(beschikkingnummer="B-2024-000900", zaak__client=zaak.client), **velden
    )


def test_wat_al_loopt_kan_niet_nog_eens(zaak, consulent):
    met_plan(zaak)
    lopend_besluit(zaak)
    with pytest.raises(Geweigerd, match="loopt al een besluit"):
        beschikkingen.vraag_handtekening(beschikking=concept(zaak, toekenning()), door=consulent, nu=moment())


def test_database_houdt_een_gelijktijdig_besluit_tegen_met_een_zin(zaak, mandaathouder):
    """The control ran before the other decision was signed: the exclusion constraint has the last word (R-062)."""
    beschikking = klaar_om_te_tekenen(zaak)
    lopend_besluit(zaak)
    with pytest.raises(Geweigerd) as fout:
        beschikkingen._zet_van_kracht(beschikking)
    assert fout.value.reden == "LOOPT_AL"
    assert not beschikking.voorzieningen.get().van_kracht


def test_herziening_laat_het_oude_besluit_de_dag_ervoor_eindigen(zaak, consulent, mandaathouder):
    oud = lopend_besluit(zaak)
    met_normenkader(zaak)
    met_plan(zaak)
    beschikking = concept(zaak, soort="herziening")
    beschikkingen.bewaar_soort(
        beschikking=beschikking, soort="herziening", grond="c", werkt_vanaf=INGANG, beeindigt=[oud],
        door=consulent, nu=moment(),
    )  # fmt: skip
    beschikkingen.bewaar_voorzieningen(
        beschikking=beschikking, toekenningen=[toekenning()], door=consulent, nu=moment()
    )
    beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    oud.refresh_from_db()
    assert oud.einddatum == date(2026, 11, 30)
    assert beschikking.voorzieningen.get().van_kracht
    assert "artikel 2.3.10, eerste lid, onder c" in brieftekst(beschikking)


def test_beeindiging_stopt_wat_loopt_en_sluit_de_zaak(zaak, consulent, mandaathouder):
    oud = lopend_besluit(zaak)
    beschikking = concept(zaak, soort="beeindiging")
    with pytest.raises(Geweigerd, match="Kies de reden"):
        beschikkingen.bewaar_soort(beschikking=beschikking, soort="beeindiging", door=consulent, nu=moment())
    beschikkingen.bewaar_soort(
        beschikking=beschikking, soort="beeindiging", grond="b", werkt_vanaf=INGANG, beeindigt=[oud],
        door=consulent, nu=moment(),
    )  # fmt: skip
    beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    oud.refresh_from_db()
    zaak.refresh_from_db()
    assert (oud.einddatum, zaak.status, zaak.afgesloten_op) == (date(2026, 11, 30), "beeindigd", date(2026, 11, 23))


def test_afwijzing_sluit_de_zaak(zaak, consulent, mandaathouder):
    beschikking = concept(zaak, soort="afwijzing")
    beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    zaak.refresh_from_db()
    assert (zaak.status, zaak.afgesloten_op, zaak.uiterste_datum) == ("afgewezen", date(2026, 11, 23), None)
    assert "Wij kennen u geen ondersteuning toe." in brieftekst(beschikking)


def test_pgb_komt_met_al_zijn_uitleg_in_de_brief(zaak, consulent, mandaathouder):
    met_normenkader(zaak)
    met_plan(zaak)
    beschikking = concept(zaak, toekenning(vorm="pgb", pgb=BUDGET))
    assert Pgb.objects.get().bedrag == Decimal("4212.00")
    beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=moment())
    tekst = brieftekst(beschikking)
    for stuk in ("€ 4.212,00 per jaar", BUDGET.berekening, BUDGET.wens, BUDGET.bekwaamheid, "artikel 2.3.6"):
        assert stuk in tekst


def test_gekozen_aanbieder_moet_het_perceel_hebben(zaak, consulent):
    met_normenkader(zaak)
    met_plan(zaak)
    aanbieder = AanbiederFactory()
    beschikking = concept(zaak, toekenning(aanbieder=aanbieder))
    with pytest.raises(Geweigerd, match="geen contract"):
        beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    PerceelFactory(aanbieder=aanbieder, gemeente=zaak.gemeente)
    beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    assert Beschikking.objects.get().status == "ter_ondertekening"


def test_elke_handeling_laat_een_regel_na_die_mee_terugrolt(zaak, consulent):
    beschikking = concept(zaak)
    vooraf = Logregel.objects.count()
    with pytest.raises(Geweigerd):
        beschikkingen.vraag_handtekening(beschikking=beschikking, door=consulent, nu=moment())
    assert Logregel.objects.count() == vooraf
    assert set(Logregel.objects.filter(handeling__startswith="beschikkingen.").values_list("handeling", flat=True)) == {
        "beschikkingen.stel_op",
        "beschikkingen.bewaar_voorzieningen",
        "beschikkingen.bewaar_motivering",
    }


def test_wie_bewaart_terwijl_de_handtekening_wordt_gevraagd_verandert_niets_meer(consulent, zaak):
    """The page of the other was made when it still was a concept: what the mandaathouder reads stays what was asked."""
    met_normenkader(zaak)
    met_plan(zaak)
    besluit = concept(zaak, toekenning())
    te_oud = Beschikking.objects.get(pk=besluit.pk)
    beschikkingen.vraag_handtekening(beschikking=besluit, door=consulent, nu=moment())
    with pytest.raises(Geweigerd) as fout:
        beschikkingen.bewaar_motivering(
            beschikking=te_oud, motivering="Anders.", eigen_bijdrage="Geen.", door=consulent, nu=moment()
        )
    assert fout.value.reden == "VASTGESTELD"
    besluit.refresh_from_db()
    assert (besluit.status, besluit.motivering == "Anders.") == ("ter_ondertekening", False)
