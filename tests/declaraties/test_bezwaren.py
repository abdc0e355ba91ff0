"""An opdracht with approved prestaties cannot be deleted, until they are taken back (TR385)."""

import pytest

from tests.factories import ToewijzingFactory, aanstelling, moment
from tests.factories.declaraties import DeclaratieregelFactory
from wmo.actions import toewijzingen
from wmo.actions.kader import Geweigerd
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def verwijder(toewijzing) -> None:
    toewijzingen.verwijder(
        toewijzing=toewijzing,
        toelichting="Dubbel gemaakt.",
        door=aanstelling(Rol.BACKOFFICE, gemeente=toewijzing.gemeente),
        nu=moment(),
    )


def test_goedgekeurde_prestatie_houdt_verwijderen_tegen():
    toewijzing = ToewijzingFactory()
    DeclaratieregelFactory(toewijzing=toewijzing, status="goedgekeurd")
    with pytest.raises(Geweigerd, match="al declaraties goedgekeurd"):
        verwijder(toewijzing)
    toewijzing.refresh_from_db()
    assert toewijzing.status == "verzonden"


@pytest.mark.parametrize("velden", [{"status": "afgekeurd"}, {"status": "goedgekeurd", "gecrediteerd": True}])
def test_afgekeurd_of_teruggenomen_staat_niet_in_de_weg(velden):
    toewijzing = ToewijzingFactory()
    DeclaratieregelFactory(toewijzing=toewijzing, **velden)
    verwijder(toewijzing)
    toewijzing.refresh_from_db()
    assert toewijzing.status == "verwijderd"
