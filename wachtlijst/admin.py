"""Support looks, never writes: everything on the list has an action. No column names a person."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from wachtlijst.models import Ingreep, Plek, Plekgebeurtenis, Weigering


class AlleenLezen(admin.ModelAdmin):
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Plek)
class PlekAdmin(AlleenLezen):
    list_display = ("code", "gemeente", "status", "spoed", "geplaatst_op", "geclaimd_door", "geclaimd_op")
    list_filter = ("gemeente", "status", "spoed")
    list_select_related = ("gemeente", "geclaimd_door")
    search_fields = ("code",)
    exclude = ("client", "zaak", "voorziening", "postcode4", "toewijzing")


@admin.register(Plekgebeurtenis)
class PlekgebeurtenisAdmin(AlleenLezen):
    list_display = ("moment", "plek", "soort", "gemeente", "aanbieder", "reden")
    list_filter = ("gemeente", "soort")
    list_select_related = ("plek", "gemeente", "aanbieder")
    search_fields = ("plek__code",)


@admin.register(Weigering)
class WeigeringAdmin(AlleenLezen):
    list_display = ("moment", "plek", "aanbieder", "grond")
    list_filter = ("grond", "aanbieder")
    list_select_related = ("plek", "aanbieder")


@admin.register(Ingreep)
class IngreepAdmin(AlleenLezen):
    list_display = ("voorgesteld_op", "plek", "soort", "status", "reden")
    list_filter = ("soort", "status")
    list_select_related = ("plek",)
