"""Attributes of a table that becomes a pile of cards on a phone.

`display: grid` takes the table meaning away from assistive technology, so every part carries its role:

    <table {% tabel %}><caption class="wmo-vh">Zaken</caption>
      <thead {% tabelkop %}><tr {% rij %}>{% kolom "Cliënt" sorteer="client" %}{% kolom "€" getal=True %}</tr></thead>
      <tbody {% tabellijf %}><tr {% rij %}><th {% rijkop %}>…</th><td {% cel "Bedrag" getal=True %}>…</td></tr></tbody>
    </table>
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

KOPCEL = "utrecht-table__header-cell"
CEL = "utrecht-table__cell"


def _klassen(*namen: str) -> str:
    return " ".join(naam for naam in namen if naam)


@register.simple_tag
def tabel(stapel: bool = True, klasse: str = "") -> SafeString:
    """A sum that must stay a grid takes `stapel=False` and stands inside `<div {% schuif "naam" %}>`."""
    vorm = "wmo-tabel--stapel" if stapel else ""
    return format_html('role="table" class="{}"', _klassen("utrecht-table wmo-tabel", vorm, klasse))


@register.simple_tag
def schuif(naam: str) -> SafeString:
    """`<div {% schuif "Tarieven" %}>`: a named region that a keyboard can scroll."""
    return format_html('class="utrecht-table-container" tabindex="0" role="group" aria-label="{}, kan schuiven"', naam)


@register.simple_tag
def tabelkop() -> SafeString:
    return mark_safe('role="rowgroup" class="utrecht-table__header"')


@register.simple_tag
def tabellijf() -> SafeString:
    return mark_safe('role="rowgroup" class="utrecht-table__body"')


@register.simple_tag
def tabelvoet() -> SafeString:
    return mark_safe('role="rowgroup" class="utrecht-table__footer"')


@register.simple_tag
def rij(gekozen: bool = False, klasse: str = "") -> SafeString:
    gekozen_klasse = "utrecht-table__row--selected" if gekozen else ""
    return format_html('role="row" class="{}"', _klassen("utrecht-table__row", gekozen_klasse, klasse))


@register.simple_tag
def rijkop(klasse: str = "") -> SafeString:
    """The first thing of a row: client, case or product. On a phone it is the head of the card."""
    return format_html('role="rowheader" scope="row" class="{}"', _klassen(KOPCEL, "wmo-stapelkop", klasse))


@register.simple_tag
def cel(label: str = "", getal: bool = False, klasse: str = "") -> SafeString:
    """`label` repeats the column head and stands before the value on a phone; without it the cell is left out there."""
    soort = "utrecht-table__cell--numeric-column wmo-num" if getal else ""
    klassen = _klassen(CEL, soort, "" if label else "wmo-leegcel", klasse)
    return format_html('role="cell" class="{}" data-label="{}"', klassen, label)


@register.simple_tag
def kiescel() -> SafeString:
    return format_html('role="cell" class="{} wmo-kies"', CEL)


@register.inclusion_tag("_components/kieskolom.html")
def kieskolom(ding: str) -> dict[str, str]:
    """The head of a column of boxes, with the box that ticks them all: `{% kieskolom "zaken" %}`."""
    return {"ding": ding}


@register.inclusion_tag("_components/kolom.html", takes_context=True)
def kolom(
    context: dict[str, Any], label: str, sorteer: str = "", getal: bool = False, verborgen: bool = False
) -> dict[str, Any]:
    """A column head. With `sorteer` it is a link that asks the server for the other order (`?sorteer=-naam`).

    The current order is `sorteer` in the context (what the server really did), else in the address.
    """
    request: HttpRequest | None = context.get("request")
    gekozen = str(context.get("sorteer") or (request.GET.get("sorteer", "") if request else ""))
    richting = {sorteer: "ascending", f"-{sorteer}": "descending"}.get(gekozen, "") if sorteer else ""
    return {
        "label": label,
        "getal": getal,
        "verborgen": verborgen,
        "sorteer": sorteer,
        "richting": richting,
        "url": _sorteer_url(request, f"-{sorteer}" if richting == "ascending" else sorteer),
    }


def _sorteer_url(request: HttpRequest | None, waarde: str) -> str:
    """The same filters, another order, back on the first page."""
    if request is None:
        return f"?sorteer={waarde}"
    vraag = request.GET.copy()
    vraag["sorteer"] = waarde
    vraag.pop("pagina", None)
    return f"?{vraag.urlencode()}"
