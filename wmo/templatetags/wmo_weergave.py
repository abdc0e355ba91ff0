"""Filters that show one value: `{{ dag|datum_lang }}`. The words are in wmo/weergave.py, the HTML is here."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wmo import weergave
from wmo.weergave import Getal

register = template.Library()

ONBEKEND = mark_safe('<span aria-hidden="true">–</span><span class="wmo-vh">onbekend</span>')


def _time(waarde: date | None, tekst: str) -> SafeString:
    """A <time> that never breaks over two lines."""
    if not waarde:
        return ONBEKEND
    stip = weergave.lokaal(waarde).isoformat(timespec="minutes") if isinstance(waarde, datetime) else waarde.isoformat()
    return format_html('<time class="wmo-nobr" datetime="{}">{}</time>', stip, tekst)


def _num(waarde: object, tekst: str) -> SafeString:
    """A number in lining figures on one line."""
    return ONBEKEND if waarde is None else format_html('<span class="wmo-num">{}</span>', tekst)


@register.filter
def datum(waarde: date | None) -> SafeString:
    return _time(waarde and weergave.als_datum(waarde), weergave.datum(waarde))


@register.filter
def datum_lang(waarde: date | None) -> SafeString:
    return _time(waarde and weergave.als_datum(waarde), weergave.datum_lang(waarde))


@register.filter
def datum_voluit(waarde: date | None) -> SafeString:
    tekst = weergave.datum_voluit(waarde)
    return _time(waarde and weergave.als_datum(waarde), tekst[:1].upper() + tekst[1:])


@register.filter
def maand(waarde: date | None) -> str:
    return weergave.maand(waarde)


@register.filter
def tijd(waarde: datetime | None) -> SafeString:
    return _time(waarde, weergave.tijd(waarde))


@register.filter
def tijdstip(waarde: datetime | None) -> SafeString:
    return _time(waarde, weergave.tijdstip(waarde))


@register.filter
def moment(waarde: datetime | None, nu: datetime | None = None) -> SafeString:
    """Relative to `nu`, which a page may pass when it shows another moment than the present."""
    return _time(waarde, weergave.moment(waarde, nu or timezone.now()))


@register.simple_tag
def periode(ingang: date | None, eind: date | None) -> SafeString:
    """01-03-2026 t/m 28-02-2027; an open end reads "vanaf 01-03-2026"."""
    if eind is None:
        return format_html("vanaf {}", datum(ingang))
    return format_html("{} t/m\u00a0{}", datum(ingang), datum(eind))


@register.filter
def bedrag(waarde: Getal | None) -> SafeString:
    return _num(waarde, weergave.bedrag(waarde))


@register.filter
def bedrag_groot(waarde: Getal | None) -> SafeString:
    """Whole euros, for budgets."""
    return _num(waarde, weergave.bedrag(waarde, 0))


@register.filter
def verschil(waarde: Getal | None, decimalen: int = 2) -> SafeString:
    return _num(waarde, weergave.verschil(waarde, decimalen))


@register.filter
def procent(waarde: Getal | None, decimalen: int = 2) -> SafeString:
    return _num(waarde, weergave.procent(waarde, decimalen))


@register.filter
def getal(waarde: Getal | None, decimalen: int = 0) -> SafeString:
    return _num(waarde, weergave.getal(waarde, decimalen))


@register.filter
def aantal(waarde: int | str | None) -> SafeString | str:
    """1.284; words such as "meer dan 1.000" stay as they are (bounded counts)."""
    return waarde if isinstance(waarde, str) else _num(waarde, weergave.getal(waarde))


@register.filter
def minuten(waarde: Getal | None) -> SafeString:
    return _num(waarde, weergave.minuten(waarde))


@register.filter
def uren(waarde: Getal | None) -> SafeString:
    return _num(waarde, weergave.uren(waarde))


@register.filter
def bsn_masker(bsn: str | None) -> SafeString:
    """Masked for the eye, and "eindigt op 0006" for a screen reader, which would spell the stars."""
    if not bsn:
        return ONBEKEND
    return format_html(
        '<span class="wmo-bsn"><span aria-hidden="true">{}</span><span class="wmo-vh">eindigt op {}</span></span>',
        weergave.bsn_masker(bsn),
        str(bsn)[-4:],
    )


@register.filter
def telefoon(nummer: str | None) -> SafeString:
    if not nummer:
        return ONBEKEND
    return format_html('<a class="nl-link wmo-nobr" href="tel:{}">{}</a>', nummer, weergave.telefoon(nummer))


@register.filter
def postcode(waarde: str | None) -> str:
    return weergave.postcode(waarde) if waarde else ONBEKEND


@register.filter
def grootte(aantal_bytes: int | None) -> str:
    return weergave.grootte(aantal_bytes)
