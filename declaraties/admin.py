"""Published index figures are entered here; tariffs follow from actions and are only shown."""

from django.contrib import admin

from declaraties.models import Indexcijfer, Tarief
from wmo.admin import AlleenLezen, Referentie


@admin.register(Indexcijfer)
class IndexcijferAdmin(Referentie):
    list_display = ("jaar", "ova_voorlopig", "ova_definitief", "ppc_voorlopig", "ppc_definitief", "bron")


@admin.register(Tarief)
class TariefAdmin(AlleenLezen):
    list_display = ("contract", "product", "tarief", "ingangsdatum", "einddatum", "bron")
    list_filter = ("contract", "product")
    list_select_related = ("contract", "product")
