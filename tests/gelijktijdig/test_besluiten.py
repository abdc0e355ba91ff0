"""Two hands on one decision, two decisions for one client: one stands, and the other reads why (R-062, UP037)."""

import pytest

from tests.factories import NormtabelFactory, aanstelling, moment
from tests.factories.besluit import klaar_om_te_tekenen, zaak_met_aanvraag
from wmo.actions import beschikkingen, normenkaders, plannen
from wmo.actions.kader import Geweigerd
from wmo.models import Aanstelling, Beschikking, Document, Logregel, Voorziening, Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def teken(besluit: Beschikking, door: Aanstelling) -> Beschikking:
    return beschikkingen.stel_vast(beschikking=Beschikking.objects.get(pk=besluit.pk), door=door, nu=moment())


@pytest.mark.parametrize("ronde", range(3))
def test_twee_handtekeningen_tegelijk_geven_een_brief(tegelijk, ronde):
    besluit = klaar_om_te_tekenen()
    mandaathouders = [aanstelling(Rol.MANDAATHOUDER) for _ in range(2)]
    uitkomsten = tegelijk([lambda door=door: teken(besluit, door) for door in mandaathouders])
    assert sorted(type(uitkomst).__name__ for uitkomst in uitkomsten) in (
        ["Beschikking", "Geweigerd"],
        ["Beschikking", "IntussenGewijzigd"],
    )
    assert Document.objects.filter(soort="beschikking").count() == 1
    assert Logregel.objects.filter(handeling="beschikkingen.stel_vast").count() == 1


@pytest.mark.parametrize("ronde", range(3))
def test_twee_besluiten_over_hetzelfde_tegelijk_geven_er_een_van_kracht(tegelijk, ronde):
    """Two cases of one client. The exclusion constraint decides; the loser's case stays as it was."""
    eerste = zaak_met_aanvraag()
    besluiten = [klaar_om_te_tekenen(zaak) for zaak in (eerste, zaak_met_aanvraag(client=eerste.client))]
    door = aanstelling(Rol.MANDAATHOUDER)
    uitkomsten = tegelijk([lambda besluit=besluit: teken(besluit, door) for besluit in besluiten])
    verloren = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Geweigerd)]
    assert len(verloren) == 1
    assert verloren[0].reden in ("LOOPT_AL", "KLOPT_NIET")
    assert "loopt" in verloren[0].zin
    assert Voorziening.objects.filter(van_kracht=True).count() == 1
    assert sorted(Zaak.objects.values_list("status", flat=True)) == ["besluit_concept", "uitvoering"]


def test_nummers_zijn_zonder_gat_en_zonder_dubbel(tegelijk):
    zaken = [zaak_met_aanvraag() for _ in range(8)]
    door = aanstelling(Rol.CONSULENT)
    uitkomsten = tegelijk([
        lambda zaak=zaak: beschikkingen.stel_op(zaak=zaak, soort="toekenning", door=door, nu=moment()) for zaak in zaken
    ])  # fmt: skip
    assert all(isinstance(uitkomst, Beschikking) for uitkomst in uitkomsten), uitkomsten
    nummers = sorted(Beschikking.objects.values_list("beschikkingnummer", flat=True))
    assert nummers == [f"B-2026-{n:06d}" for n in range(1, 9)]


@pytest.mark.parametrize(
    "begin",
    [
        lambda zaak, wie: beschikkingen.stel_op(zaak=zaak, soort="toekenning", **wie),
        lambda zaak, wie: plannen.maak_concept(zaak=zaak, **wie),
        lambda zaak, wie: normenkaders.maak_concept(zaak=zaak, **wie),
    ],
    ids=["beschikking", "plan", "normenkader"],
)
def test_twee_keer_tegelijk_beginnen_geeft_een_concept_en_een_uitleg(tegelijk, begin):
    zaak = zaak_met_aanvraag()
    NormtabelFactory()
    wie = {"door": aanstelling(Rol.CONSULENT), "nu": moment()}
    uitkomsten = tegelijk([lambda: begin(Zaak.objects.get(pk=zaak.pk), wie) for _ in range(2)])
    geweigerd = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Exception)]
    assert [getattr(fout, "reden", repr(fout)) for fout in geweigerd] == ["AL_BEZIG"]
