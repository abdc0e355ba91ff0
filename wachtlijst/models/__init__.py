"""One module per aggregate; import models from here."""

from wachtlijst.models.gebeurtenissen import Plekgebeurtenis, Stand, lijst_op
from wachtlijst.models.ingrepen import Ingreep, Weigering
from wachtlijst.models.plekken import Plek

__all__ = ["Ingreep", "Plek", "Plekgebeurtenis", "Stand", "Weigering", "lijst_op"]
