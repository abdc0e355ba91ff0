"""How a date, an amount or a number reads in Dutch: plain text, for pages, letters and exports alike.

Spaces inside one value are no-break spaces, a negative sign is U+2212, and an empty value is an en dash.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

VAST = "\u00a0"
MIN = "\u2212"
LEEG = "\u2013"
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
# Dutch area codes of three digits; all others have four. Source: Nummerplan telefoon- en ISDN-diensten.
KORTE_NETNUMMERS = re.compile(
    "0(?:10|13|14|15|20|23|24|26|30|33|35|36|38|40|43|45|46|50|53|55|58|70|71|72|73|74|75|76|77|78|79|85|88)"
)

Getal = int | float | Decimal


def lokaal(moment: datetime) -> datetime:
    """Aware moments in the time zone of the project (Europe/Amsterdam), naive ones as they are."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def als_datum(waarde: date) -> date:
    """The calendar day here: 23:30 UTC on 31 December is 1 January."""
    return lokaal(waarde).date() if isinstance(waarde, datetime) else waarde


def datum(waarde: date | None) -> str:
    """26-11-2026"""
    return f"{als_datum(waarde):%d-%m-%Y}" if waarde else LEEG


def datum_lang(waarde: date | None) -> str:
    """donderdag 26-11-2026"""
    return f"{DAGEN[als_datum(waarde).weekday()]}{VAST}{datum(waarde)}" if waarde else LEEG


def datum_voluit(waarde: date | None) -> str:
    """maandag 23 november 2026"""
    if not waarde:
        return LEEG
    dag = als_datum(waarde)
    return f"{DAGEN[dag.weekday()]} {dag.day}{VAST}{MAANDEN[dag.month - 1]} {dag.year}"


def maand(waarde: date | None) -> str:
    """november 2026"""
    return f"{MAANDEN[als_datum(waarde).month - 1]} {als_datum(waarde).year}" if waarde else LEEG


def tijd(waarde: datetime | time | None) -> str:
    """09:08"""
    if waarde is None:
        return LEEG
    return f"{lokaal(waarde) if isinstance(waarde, datetime) else waarde:%H:%M}"


def tijdstip(waarde: datetime | None) -> str:
    """23-11-2026, 10:41: for lists and print, never relative."""
    return f"{datum(waarde)}, {tijd(waarde)}" if waarde else LEEG


def moment(waarde: datetime | None, nu: datetime) -> str:
    """vandaag, 09:12; gisteren, 15:40; vrijdag 20-11-2026, 15:40; no day name when more than 7 days ago."""
    if not waarde:
        return LEEG
    verschil = als_datum(nu) - als_datum(waarde)
    if verschil == timedelta(0):
        dag = "vandaag"
    elif verschil == timedelta(days=1):
        dag = "gisteren"
    else:
        dag = datum_lang(waarde) if timedelta(0) < verschil <= timedelta(days=7) else datum(waarde)
    return f"{dag}, {tijd(waarde)}"


def getal(waarde: Getal | None, decimalen: int = 0) -> str:
    """1.284 or 3,944: dot for thousands, comma for decimals, rounded half up."""
    if waarde is None:
        return LEEG
    afgerond = Decimal(str(waarde)).quantize(Decimal(1).scaleb(-decimalen), ROUND_HALF_UP)
    cijfers = f"{abs(afgerond):,.{decimalen}f}".translate(str.maketrans(",.", ".,"))
    return f"{MIN}{cijfers}" if afgerond < 0 else cijfers


def bedrag(waarde: Getal | None, decimalen: int = 2) -> str:
    """€ 1.234,56; the minus comes before the euro sign: − € 0,41."""
    if waarde is None:
        return LEEG
    cijfers = getal(waarde, decimalen)
    return f"{MIN}{VAST}€{VAST}{cijfers[1:]}" if cijfers.startswith(MIN) else f"€{VAST}{cijfers}"


def verschil(waarde: Getal | None, decimalen: int = 2) -> str:
    """+ € 76.030 or − € 0,41: a change, always with its sign."""
    if waarde is None or waarde <= 0:
        return bedrag(waarde, decimalen)
    return f"+{VAST}{bedrag(waarde, decimalen)}"


def bedrag_mln(waarde: Getal | None) -> str:
    """€ 1,5 mln: for the axis of a chart."""
    if waarde is None:
        return LEEG
    miljoenen = getal(Decimal(str(waarde)) / 1_000_000, 1).removesuffix(",0")
    return f"€{VAST}{miljoenen}" + (f"{VAST}mln" if waarde else "")


def procent(waarde: Getal | None, decimalen: int = 2) -> str:
    """4,96% (a value that is a percentage already)"""
    return LEEG if waarde is None else f"{getal(waarde, decimalen)}%"


def uren(waarde: Getal | None) -> str:
    """2:45 for 165 minutes"""
    if waarde is None:
        return LEEG
    heel = int(Decimal(str(waarde)).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{MIN if heel < 0 else ''}{abs(heel) // 60}:{abs(heel) % 60:02d}"


def minuten(waarde: Getal | None) -> str:
    """165 minuten (2:45 uur)"""
    if waarde is None:
        return LEEG
    heel = Decimal(str(waarde)) == int(waarde)
    woord = "minuut" if abs(waarde) == 1 else "minuten"
    return f"{getal(waarde, 0 if heel else 2)}{VAST}{woord} ({uren(waarde)}{VAST}uur)"


def bsn_masker(bsn: str | None) -> str:
    """*****0006: the last four digits and nothing else; accepts a whole number or only its end."""
    return f"*****{str(bsn)[-4:]}" if bsn else LEEG


def telefoon(nummer: str | None) -> str:
    """06-00 00 00 12, 0348-00 00 00, 030-000 00 00; anything that is not a Dutch number stays as it is."""
    if not nummer:
        return LEEG
    if len(nummer) != 10 or not nummer.isascii() or not nummer.isdigit():
        return nummer
    net = 2 if nummer.startswith("06") else 3 if KORTE_NETNUMMERS.match(nummer) else 4
    rest = nummer[net:]
    kop, staart = (rest[:3], rest[3:]) if len(rest) % 2 else ("", rest)
    groepen = [kop] * bool(kop) + [staart[i : i + 2] for i in range(0, len(staart), 2)]
    return f"{nummer[:net]}-{VAST.join(groepen)}"


def postcode(waarde: str | None) -> str:
    """3441 ZZ"""
    return f"{waarde[:4]}{VAST}{waarde[4:].strip()}" if waarde else LEEG


def grootte(aantal_bytes: int | None) -> str:
    """182 kB, 1,4 MB (powers of ten)"""
    if aantal_bytes is None:
        return LEEG
    if aantal_bytes < 1_000_000:
        return f"{getal(max(Decimal(1), Decimal(aantal_bytes) / 1000))}{VAST}kB"
    return f"{getal(Decimal(aantal_bytes) / 1_000_000, 1)}{VAST}MB"


MEERVOUD = {"01": "minuten", "04": "uur", "14": "etmalen", "16": "dagdelen", "82": "stuks", "83": "euro", "84": "stuks"}
ENKELVOUD = {"01": "minuut", "14": "etmaal", "16": "dagdeel", "82": "stuk", "84": "stuk"}
PER = {"1": "per dag", "2": "per week", "4": "per maand", "6": "in totaal"}


def omvang(volume: int | None, eenheid: str, frequentie: str) -> str:
    """180 minuten per week: volume with the codes of WJ756 and WMO757."""
    if volume is None:
        return LEEG
    woord = ENKELVOUD.get(eenheid, MEERVOUD[eenheid]) if volume == 1 else MEERVOUD[eenheid]
    return f"{getal(volume)}{VAST}{woord} {PER[frequentie]}"
