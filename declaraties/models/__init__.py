"""Tariffs, indexations, what was delivered and what is declared; import models from here."""

from declaraties.models.declaraties import Declaratie, Declaratieregel, eerste_van
from declaraties.models.indexaties import Indexatie, Indexatieregel, Indexatievolume, Indexcijfer
from declaraties.models.leveringen import Leveringsbestand, Prestatie
from declaraties.models.tarieven import Tarief

__all__ = [
    "Declaratie",
    "Declaratieregel",
    "Indexatie",
    "Indexatieregel",
    "Indexatievolume",
    "Indexcijfer",
    "Leveringsbestand",
    "Prestatie",
    "Tarief",
    "eerste_van",
]
