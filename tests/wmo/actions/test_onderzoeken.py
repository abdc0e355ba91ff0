"""The investigation: what must be there before the verslag can go (R-012 to R-016, R-019, R-024, R-048)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import OnderzoekFactory, ZaakFactory, aanstelling, moment
from wmo.actions import onderzoeken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Document, Logregel, Toets
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
OP = date(2026, 11, 10)


@pytest.fixture
def consulent():
    return aanstelling(Rol.CONSULENT)


def test_start_na_de_zeven_dagen_en_na_de_wijzing_op_steun(consulent):
    zaak = ZaakFactory(clientondersteuning_op=date(2026, 10, 7))
    onderzoek = onderzoeken.start(zaak=zaak, door=consulent, nu=moment(date(2026, 10, 14)))
    assert (zaak.status, onderzoek.zaak) == ("onderzoek", zaak)
    assert Logregel.objects.get().handeling == "onderzoeken.start"


def test_start_zonder_wijzing_op_steun_wordt_geweigerd(consulent):
    with pytest.raises(Geweigerd, match="cliëntondersteuning"):
        onderzoeken.start(zaak=ZaakFactory(), door=consulent, nu=moment())


def test_start_binnen_zeven_dagen_vraagt_of_de_client_afziet(consulent):
    zaak = ZaakFactory(clientondersteuning_op=date(2026, 10, 7))
    with pytest.raises(Geweigerd, match="tot en met 13-10-2026 een persoonlijk plan"):
        onderzoeken.start(zaak=zaak, door=consulent, nu=moment(date(2026, 10, 13)))
    zaak.refresh_from_db()
    assert zaak.status == "melding"


@pytest.mark.parametrize("veld", ["persoonlijk_plan_op", "persoonlijk_plan_afgezien_op"])
def test_plan_of_afstand_opent_het_onderzoek_meteen(consulent, veld):
    zaak = ZaakFactory(clientondersteuning_op=date(2026, 10, 7), **{veld: date(2026, 10, 8)})
    onderzoeken.start(zaak=zaak, door=consulent, nu=moment(date(2026, 10, 8)))
    assert zaak.status == "onderzoek"


def bewaar(onderzoek, door, **velden):
    basis = {"onderwerp": "a", "tekst": "Nieuwe tekst.", "oordeel": "niet"}
    return onderzoeken.bewaar_onderwerp(onderzoek=onderzoek, **{**basis, **velden}, door=door, nu=moment(OP))


def test_onderwerp_bewaren_telt_de_versie_op(consulent):
    onderzoek = OnderzoekFactory(besproken=1)
    rij = bewaar(onderzoek, consulent, versie=1)
    assert (rij.tekst, rij.versie, rij.gewijzigd_door) == ("Nieuwe tekst.", 2, consulent)


def test_verouderd_formulier_overschrijft_niets(consulent):
    onderzoek = OnderzoekFactory(besproken=1)
    bewaar(onderzoek, consulent, versie=1, tekst="Eerste.")
    with pytest.raises(IntussenGewijzigd):
        bewaar(onderzoek, consulent, versie=1, tekst="Tweede.")
    assert onderzoek.onderwerpen.get().tekst == "Eerste."


def test_leeg_formulier_dat_intussen_gevuld_is_botst(consulent):
    onderzoek = OnderzoekFactory(besproken=0)
    bewaar(onderzoek, consulent, versie=0)
    with pytest.raises(IntussenGewijzigd):
        bewaar(onderzoek, consulent, versie=0, tekst="Tweede.")


def test_gesprek_bewaart_identiteit_zonder_kopie(consulent):
    onderzoek = OnderzoekFactory()
    onderzoeken.bewaar_gesprek(
        onderzoek=onderzoek,
        versie=1,
        gespreksdatum=OP,
        id_soort="rijbewijs",
        id_laatste_vier="9X1Z",
        id_geldig_tot=date(2030, 1, 1),
        id_gecontroleerd_op=OP,
        door=consulent,
        nu=moment(OP),
    )
    assert Logregel.objects.get().tekst == (
        "Gesprek op 10-11-2026. Identiteit gecontroleerd (rijbewijs, eindigt op 9X1Z)"
    )
    with pytest.raises(IntussenGewijzigd):
        onderzoeken.bewaar_gesprek(onderzoek=onderzoek, versie=1, door=consulent, nu=moment(OP))


def test_verlopen_identiteitsbewijs_telt_niet(consulent):
    with pytest.raises(Geweigerd, match="verlopen"):
        onderzoeken.bewaar_gesprek(
            onderzoek=OnderzoekFactory(),
            id_geldig_tot=date(2026, 11, 9),
            id_gecontroleerd_op=OP,
            door=consulent,
            nu=moment(OP),
        )


def verstrek(zaak, door, op=OP):
    return onderzoeken.verstrek_verslag(zaak=zaak, door=door, nu=moment(op))


def test_verslag_sluit_het_onderzoek_en_gaat_als_brief(consulent):
    zaak = OnderzoekFactory().zaak
    brief = verstrek(zaak, consulent)
    zaak.refresh_from_db()
    assert (zaak.status, zaak.verslag_verstrekt_op) == ("onderzoek_afgerond", OP)
    assert zaak.uiterste_datum == date(2026, 12, 1)  # the eight weeks of the whole chain
    assert (brief.soort, bytes(brief.inhoud)[:4]) == (Document.Soort.VERSLAG, b"%PDF")
    assert Logregel.objects.get(handeling="onderzoeken.verstrek_verslag").object_id == str(brief.pk)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        pytest.param({"besproken": 6}, "Onderwerp 7 is nog leeg", id="zes-van-zeven"),
        pytest.param({"besproken": 0}, "Onderwerp 1 is nog leeg", id="niets"),
        pytest.param({"gespreksdatum": None}, "wanneer het gesprek was", id="geen-gesprek"),
        pytest.param({"id_gecontroleerd_op": None}, "identiteit", id="geen-identiteit"),
    ],
)
def test_verslag_met_een_gat_gaat_niet_weg(consulent, velden, zin):
    zaak = OnderzoekFactory(**velden).zaak
    with pytest.raises(Geweigerd, match=zin):
        verstrek(zaak, consulent)
    zaak.refresh_from_db()
    assert (zaak.status, zaak.documenten.count()) == ("onderzoek", 0)


def test_te_laat_verslag_vraagt_een_reden(consulent):
    onderzoek = OnderzoekFactory()
    with pytest.raises(Geweigerd, match="klaar zijn op 17-11-2026"):
        verstrek(onderzoek.zaak, consulent, op=date(2026, 11, 18))
    onderzoek.reden_overschrijding = "De cliënt lag in het ziekenhuis."
    onderzoek.save()
    verstrek(onderzoek.zaak, consulent, op=date(2026, 11, 18))


def test_na_het_verslag_staan_de_onderwerpen_vast(consulent):
    onderzoek = OnderzoekFactory()
    verstrek(onderzoek.zaak, consulent)
    with pytest.raises(Geweigerd, match="al verstuurd"):
        bewaar(onderzoek, consulent, versie=1)


def test_verslag_na_een_vroege_aanvraag_houdt_de_stand(consulent):
    """R-020: the aanvraag came after six weeks; the verslag follows and the decision clock goes on."""
    onderzoek = OnderzoekFactory(
        zaak__status="aanvraag", zaak__aanvraag_op=date(2026, 11, 19), reden_overschrijding="Ziekte van de consulent."
    )
    verstrek(onderzoek.zaak, consulent, op=date(2026, 11, 23))
    onderzoek.zaak.refresh_from_db()
    assert (onderzoek.zaak.status, onderzoek.zaak.uiterste_datum) == ("aanvraag", date(2026, 12, 3))


def test_toetsen_worden_bewaard_en_vervangen(consulent):
    zaak = OnderzoekFactory().zaak
    for uitkomst in ("deels", "niet"):
        onderzoeken.bewaar_toetsen(
            zaak=zaak, toetsen=[("1", uitkomst, "Zij doet de was zelf.")], door=consulent, nu=moment(OP)
        )
    assert Toets.objects.get().uitkomst == "niet"


def test_toets_zonder_reden_wordt_niet_bewaard(consulent):
    with pytest.raises(Geweigerd, match="Eigen kracht"):
        onderzoeken.bewaar_toetsen(
            zaak=OnderzoekFactory().zaak, toetsen=[("1", "niet", " ")], door=consulent, nu=moment(OP)
        )
    assert not Toets.objects.exists()


def test_backoffice_onderzoekt_niet():
    with pytest.raises(PermissionDenied):
        verstrek(OnderzoekFactory().zaak, aanstelling(Rol.BACKOFFICE))


def test_twee_keer_starten_of_versturen_wordt_geweigerd(consulent):
    zaak = OnderzoekFactory(zaak__clientondersteuning_op=date(2026, 10, 7)).zaak
    with pytest.raises(Geweigerd, match="al gestart"):
        onderzoeken.start(zaak=zaak, door=consulent, nu=moment(OP))
    verstrek(zaak, consulent)
    with pytest.raises(Geweigerd, match="al verstuurd"):
        verstrek(zaak, consulent)
    assert zaak.documenten.count() == 1


def test_verslag_voor_de_start_wordt_geweigerd(consulent):
    with pytest.raises(Geweigerd, match="nog niet gestart"):
        verstrek(ZaakFactory(), consulent)
