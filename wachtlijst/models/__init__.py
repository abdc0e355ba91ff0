"""One module per aggregate; import models from here."""

from wachtlijst.models.gebeurtenissen import Plekgebeurtenis, Stand, lijst_op
from wachtlijst.models.ingrepen import Ingreep, Weigering
from wachtlijst.models.plekken import Plek
from wachtlijst.models.spoed import Spoedantwoord, Spoedruimte, Spoedtraject

__all__ = [
    "Ingreep",
    "Plek",
    "Plekgebeurtenis",
    "Spoedantwoord",
    "Spoedruimte",
    "Spoedtraject",
    "Stand",
    "Weigering",
    "lijst_op",
]
