"""Reference data. What has an action is shown and never written here; what is about a resident is not here at all."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from wmo import models as wmo
from wmo.actions.logboek import noteer
from wmo.http import PortaalRequest
from wmo.permissions import Recht


class Referentie(admin.ModelAdmin):
    """Add and change by the beheerder, each with a line in the logboek.

    Deleting is off: the page that asks "are you sure" lists what hangs on a row, down to the names of residents.
    """

    list_per_page = 50

    def _mag(self, request: HttpRequest) -> bool:
        aanstelling = getattr(request, "aanstelling", None)
        return aanstelling is not None and aanstelling.mag(Recht.REFERENTIE_BEHEREN)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._mag(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._mag(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._mag(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._mag(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        woord = "gewijzigd" if change else "toegevoegd"
        noteer(
            door=cast(PortaalRequest, request).aanstelling,
            nu=timezone.now(),
            handeling=f"referentie.{'wijzig' if change else 'voeg_toe'}",
            over=obj,
            tekst=f"{str(obj._meta.verbose_name).capitalize()} {woord}: {obj}"[:400],
            gemeente=obj if isinstance(obj, wmo.Gemeente) else getattr(obj, "gemeente", None),
            details={"velden": sorted(form.changed_data)},
        )


class AlleenLezen(Referentie):
    """For rows that an action writes: visible for support, never changed here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class Contactpersonen(admin.TabularInline):
    """Contacts of an aanbieder may go: they point at nothing else."""

    model = wmo.Contactpersoon
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(wmo.Gemeente)
class GemeenteAdmin(Referentie):
    list_display = ("naam", "code", "afkorting", "toegang", "telefoon", "heeft_portaal")
    search_fields = ("naam", "code")


@admin.register(wmo.Aanbieder)
class AanbiederAdmin(Referentie):
    list_display = ("naam", "agb", "telefoon", "eigen_software")
    search_fields = ("naam", "agb")
    inlines = (Contactpersonen,)


@admin.register(wmo.Contactpersoon)
class ContactpersoonAdmin(Referentie):
    list_display = ("naam", "aanbieder", "doel", "telefoon")
    list_filter = ("doel", "aanbieder")
    list_select_related = ("aanbieder",)


@admin.register(wmo.Product)
class ProductAdmin(Referentie):
    list_display = ("code", "naam", "categorie", "eenheid", "frequentie", "geldig_vanaf", "geldig_tot")
    list_filter = ("categorie",)
    search_fields = ("code", "naam")


@admin.register(wmo.Contract)
class ContractAdmin(Referentie):
    list_display = ("nummer", "naam", "ingangsdatum", "einddatum", "uiterste_einddatum", "rekenmethode")
    filter_horizontal = ("producten",)


@admin.register(wmo.Perceel)
class PerceelAdmin(Referentie):
    """`verbruikt` is written by declaraties."""

    list_display = ("contract", "aanbieder", "gemeente", "ingangsdatum", "einddatum", "bestedingsruimte", "verbruikt")
    list_filter = ("gemeente", "contract")
    list_select_related = ("contract", "aanbieder", "gemeente")
    readonly_fields = ("verbruikt",)


@admin.register(wmo.Leefgebied)
class LeefgebiedAdmin(Referentie):
    list_display = ("naam", "code", "volgorde")


@admin.register(wmo.GelijkgesteldeDag)
class GelijkgesteldeDagAdmin(Referentie):
    list_display = ("datum", "bron")
    date_hierarchy = "datum"


@admin.register(wmo.Gemeenteregel)
class GemeenteregelAdmin(AlleenLezen):
    """Changed with four eyes, at /beheer/regels/."""

    list_display = ("gemeente", "sleutel", "waarde", "ingangsdatum", "bron")
    list_filter = ("gemeente", "sleutel")
    list_select_related = ("gemeente",)


@admin.register(wmo.Normtabel)
class NormtabelAdmin(AlleenLezen):
    """Loaded whole with laad_normtabel: a published table is never edited."""

    list_display = ("naam", "soort", "gemeente", "ingangsdatum", "einddatum", "fictief")
    list_select_related = ("gemeente",)


@admin.register(wmo.Normregel)
class NormregelAdmin(AlleenLezen):
    list_display = ("tabel", "code", "omschrijving", "soort", "uren_per_jaar", "minuten_per_keer", "keer_per_jaar")
    list_filter = ("tabel",)
    list_select_related = ("tabel",)


@admin.register(wmo.Nummerreeks)
class NummerreeksAdmin(AlleenLezen):
    list_display = ("sleutel", "laatste")


@admin.register(wmo.Zegel)
class ZegelAdmin(AlleenLezen):
    """Hashes to keep elsewhere."""

    list_display = ("gemeente", "volgnummer", "moment", "aantal", "hash")
    list_filter = ("gemeente",)
    list_select_related = ("gemeente",)
    exclude = ("afdrukken",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("afdrukken")
