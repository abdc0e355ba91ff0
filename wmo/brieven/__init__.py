"""Letters: one PDF that is PDF/A-3a and PDF/UA-1 at once, made from data only.

`maak_brief(soort, gegevens)` is the door. `gegevens` comes from a builder
per letter: beschikking.py, onderzoek.py and ondersteuning.py in this folder.
"""

from wmo.brieven.blokken import Briefsoort, OnvolledigeBrief, ontbrekende_blokken
from wmo.brieven.maken import bestandsnaam, maak_brief

__all__ = ["Briefsoort", "OnvolledigeBrief", "bestandsnaam", "maak_brief", "ontbrekende_blokken"]
