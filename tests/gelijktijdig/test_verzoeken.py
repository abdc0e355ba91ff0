"""Two requests at the same moment for one client and aanbieder: one stands, the other reads why not (TR374)."""

from datetime import date

import pytest

from tests.factories import PerceelFactory, VoorzieningFactory, aanstelling, moment
from wmo.actions import verzoeken
from wmo.actions.kader import Geweigerd
from wmo.models import Verzoek, VerzoekProduct
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("soorten", [("315", "315"), ("315", "317"), ("317", "317")])
def test_een_verzoek_wint(tegelijk, soorten):
    besluit = VoorzieningFactory()
    planner = aanstelling(Rol.PLANNING, aanbieder=PerceelFactory().aanbieder)
    assert planner.aanbieder is not None
    aanbieder = planner.aanbieder
    regel = verzoeken.Regel(VerzoekProduct.Soort.GEVRAAGD, product=besluit.product)

    def dien_in(soort: str, nummer: int) -> Verzoek:
        return verzoeken.dien_in(
            soort=soort, client=besluit.client, aanbieder=aanbieder, referentie=f"R{nummer}",
            dagtekening=date(2026, 11, 20), regels=[regel], door=planner, nu=moment(),
        )  # fmt: skip

    uitkomsten = tegelijk([lambda s=s, n=n: dien_in(s, n) for n, s in enumerate(soorten)])
    (geweigerd,) = [uit for uit in uitkomsten if isinstance(uit, Geweigerd)]
    assert geweigerd.reden == "9374"
    assert Verzoek.objects.get() in uitkomsten
