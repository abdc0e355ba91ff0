"""Addresses of pages of a case."""

from typing import Any

from django.urls import reverse

from wmo.models import Zaak


def url(naam: str, zaak: Zaak, *rest: Any) -> str:
    return reverse(f"wmo:{naam}", args=[zaak.zaaknummer, *rest])
