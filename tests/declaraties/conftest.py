"""A provider with one contract, one tariff and one toewijzing at Woerden; November 2026 has been delivered."""

from dataclasses import dataclass
from datetime import date

import pytest

from tests.factories import AanbiederFactory, GemeenteFactory, PerceelFactory, ToewijzingFactory, aanstelling, moment
from tests.factories.declaraties import PrestatieFactory, TariefFactory
from wmo.models import Aanbieder, Aanstelling, Gemeente, Perceel, Toewijzing
from wmo.permissions import Rol

NOVEMBER = date(2026, 11, 1)
NU = moment(date(2026, 12, 3))


@dataclass
class Wereld:
    aanbieder: Aanbieder
    gemeente: Gemeente
    perceel: Perceel
    toewijzing: Toewijzing
    administratie: Aanstelling
    backoffice: Aanstelling

    def toewijzing_erbij(self, **velden) -> Toewijzing:
        return ToewijzingFactory(aanbieder=self.aanbieder, **velden)


@pytest.fixture
def wereld(db) -> Wereld:
    aanbieder = AanbiederFactory(naam="Thuishulp De Proefpolder")
    perceel = PerceelFactory(aanbieder=aanbieder)
    TariefFactory()
    toewijzing = ToewijzingFactory(aanbieder=aanbieder)
    return Wereld(
        aanbieder,
        GemeenteFactory(),
        perceel,
        toewijzing,
        aanstelling(Rol.ADMINISTRATIE, aanbieder=aanbieder),
        aanstelling(Rol.BACKOFFICE),
    )


@pytest.fixture
def geleverd(wereld) -> Wereld:
    PrestatieFactory(toewijzing=wereld.toewijzing)
    return wereld
