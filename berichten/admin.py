"""The words that people read with a retourcode. Messages have their own screens and are not here."""

from django.contrib import admin

from berichten.models import Retourcodeuitleg
from wmo.admin import Referentie


@admin.register(Retourcodeuitleg)
class RetourcodeuitlegAdmin(Referentie):
    list_display = ("code", "titel")
    search_fields = ("code", "titel")
