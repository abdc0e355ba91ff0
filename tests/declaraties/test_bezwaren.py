"""An opdracht with approved prestaties cannot be deleted (TR385)."""

import pytest

from declaraties.actions import declaraties
from declaraties.models import Declaratieregel
from tests.declaraties.conftest import NOVEMBER, NU
from wmo.actions import toewijzingen
from wmo.actions.kader import Geweigerd


def verwijder(wereld) -> None:
    toewijzingen.verwijder(toewijzing=wereld.toewijzing, toelichting="Dubbel gemaakt.", door=wereld.backoffice, nu=NU)
    wereld.toewijzing.refresh_from_db()


def test_goedgekeurde_prestatie_houdt_verwijderen_tegen(geleverd):
    velden = {"aanbieder": geleverd.aanbieder, "gemeente": geleverd.gemeente, "maand": NOVEMBER}
    declaratie = declaraties.bouw_maand(**velden, door=geleverd.administratie, nu=NU)
    declaraties.dien_in(declaratie=declaratie, door=geleverd.administratie, nu=NU)
    with pytest.raises(Geweigerd, match="al declaraties goedgekeurd"):
        verwijder(geleverd)
    # taken back by a credit: nothing stands in the way any more
    Declaratieregel.objects.update(gecrediteerd=True)
    verwijder(geleverd)
    assert geleverd.toewijzing.status == "verwijderd"


def test_zonder_declaraties_kan_het(wereld):
    verwijder(wereld)
    assert wereld.toewijzing.status == "verwijderd"
