"""The calendars that the tests of the terms use."""

from wmo.data import besluitdagen
from wmo.rules.kalender import Kalender

KALENDER = Kalender(besluitdagen=besluitdagen())
ZONDER_BESLUITEN = Kalender()
STRENG = Kalender(besluitdagen=besluitdagen(), besluitdag_is_werkdag=False)
