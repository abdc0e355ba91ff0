"""`{% load wmo_tags %}` brings everything a page needs: formats, form fields, tables, and the small parts below."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wmo.forms.concept import merk
from wmo.grafieken import Staafdiagram
from wmo.templatetags import wmo_formulier, wmo_tabel, wmo_weergave

register = template.Library()
for deel in (wmo_weergave, wmo_formulier, wmo_tabel):
    register.filters.update(deel.register.filters)
    register.tags.update(deel.register.tags)

# The five kinds of badge by main group; a klok uses the same colour words.
BADGES = {
    "blauw": "neutral",
    "oranje": "warning",
    "groen": "success",
    "rood": "danger",
    "grijs": "inactive",
    "stil": "inactive",
}


@lru_cache(maxsize=256)
def _tekening(naam: str) -> str:
    """The paths of one Tabler icon; KeyError names the icon that static/iconen.txt lacks."""
    bestand = finders.find(f"iconen/{naam}.svg")
    if not bestand:
        raise KeyError(f"Icoon {naam!r} is er niet: zet de naam in static/iconen.txt en bouw de voorkant opnieuw.")
    svg = Path(str(bestand)).read_text(encoding="utf-8")
    binnen = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return "".join(regel.strip() for regel in binnen.splitlines() if "M0 0h24v24H0z" not in regel)


@register.simple_tag
def icon(naam: str, klasse: str = "") -> SafeString:
    """An icon inside the page itself, hidden from assistive technology: the text beside it says the same."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        f"wmo-icoon {klasse}".strip(),
        mark_safe(_tekening(naam)),
    )


@register.simple_tag
def status(tekst: str, toon: str = "blauw") -> SafeString:
    """A badge of at most two words. `toon` is blauw (busy), oranje (your turn), groen, rood or grijs."""
    soort = BADGES.get(toon, toon)
    return format_html('<span class="utrecht-status-badge utrecht-status-badge--{}">{}</span>', soort, tekst)


@register.inclusion_tag("_components/kruimels.html")
def kruimels(*delen: str) -> dict[str, Any]:
    """`{% kruimels "Werkvoorraad" werk_url zaak.nummer %}`: label and address in turn, the current page last."""
    paren = list(zip(delen[:-1:2], delen[1:-1:2], strict=False))
    return {"stappen": paren, "hier": delen[-1]}


@register.simple_tag(takes_context=True)
def huidig(context: dict[str, Any], url: str) -> SafeString:
    """`aria-current="page"` when this link is the page one is on, query string included if the link has one."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    hier = request.get_full_path() if "?" in url else request.path
    return mark_safe('aria-current="page"' if url == hier else "")


@register.inclusion_tag("_components/paginering.html", takes_context=True)
def paginering(context: dict[str, Any], pagina: Page, ding: str) -> dict[str, Any]:
    """`{% paginering pagina "zaken" %}`: "1 t/m 25 van 211 zaken", previous, next and the numbers around this page."""
    return {
        "request": context.get("request"),
        "pagina": pagina,
        "ding": ding,
        "nummers": pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1),
        "gat": pagina.paginator.ELLIPSIS,
    }


@register.inclusion_tag("_components/staafdiagram.html")
def staafdiagram(diagram: Staafdiagram) -> dict[str, Any]:
    """A chart with its conclusion above it and its numbers as a table below."""
    return {"diagram": diagram}


@register.inclusion_tag("_components/concept.html", takes_context=True)
def concept(context: dict[str, Any], formulier: str) -> dict[str, Any]:
    """`{% concept "plan" %}` inside a long form of a case: what is typed there is kept as a draft of this person."""
    zaak = context["zaak"]
    return {"zaak": zaak, "merk": merk(context["aanstelling"], zaak, formulier)}
