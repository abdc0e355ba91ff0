"""Two opdrachten for one product and aanbieder never overlap, whichever door they come through (TR302)."""

from datetime import date

import pytest

from tests.factories import VANDAAG, PerceelFactory, VoorzieningFactory, aanstelling, moment
from wmo.actions import toewijzingen
from wmo.actions.kader import Geweigerd
from wmo.models import Aanbieder, Aanstelling, Evaluatie, Toewijzing, Voorziening
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)
EINDE, LATER = date(2027, 6, 30), date(2027, 12, 31)


def geef(voorziening: Voorziening, aanbieder: Aanbieder, door: Aanstelling, van: date, tot: date) -> Toewijzing:
    return toewijzingen.wijs_toe(
        voorziening=voorziening, aanbieder=aanbieder, ingangsdatum=van, einddatum=tot, door=door, nu=moment()
    )


@pytest.mark.parametrize("ronde", range(3))
def test_verlengen_en_opnieuw_toewijzen_tegelijk_geeft_geen_stapeling(tegelijk, ronde):
    voorziening = VoorzieningFactory(beschikking__zaak__status="bekendgemaakt")
    aanbieder = PerceelFactory(gemeente=voorziening.client.gemeente).aanbieder
    door = aanstelling(Rol.BACKOFFICE, gemeente=voorziening.client.gemeente)
    eerste = geef(voorziening, aanbieder, door, date(2026, 12, 7), EINDE)
    zaak = voorziening.beschikking.zaak
    Evaluatie.objects.create(
        zaak=zaak,
        status="afgerond",
        uitkomst="verlengd",
        gepland_op=EINDE,
        gesprek_op=VANDAAG,
        afgerond_op=moment(date(2026, 11, 24)),
        afgerond_door=door,
    )

    def verleng() -> object:
        toewijzing = Toewijzing.objects.get(pk=eerste.pk)
        return toewijzingen.verleng(toewijzing=toewijzing, einddatum=LATER, door=door, nu=moment())

    uitkomsten = tegelijk([verleng, lambda: geef(voorziening, aanbieder, door, date(2027, 7, 1), LATER)])
    geweigerd = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Exception)]
    assert [fout.reden if isinstance(fout, Geweigerd) else repr(fout) for fout in geweigerd] == ["STAPELING"]
    assert Toewijzing.objects.filter(einddatum=LATER).count() == 1
