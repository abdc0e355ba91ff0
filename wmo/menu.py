"""The main menu as data: which right opens which page.

One order serves every role, because a role sees only what it has the right to; an entry whose page does not exist
(yet) is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wmo.permissions import Recht


@dataclass(frozen=True)
class Onderdeel:
    """`paden` are further addresses that belong to this entry, such as a dossier under the werkvoorraad."""

    label: str
    urlnaam: str
    icoon: str
    recht: Recht
    paden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Menukeuze:
    """`hier` is "page" on the page itself, "true" somewhere below it, else empty: the value of aria-current."""

    label: str
    url: str
    icoon: str
    hier: str


MENU = (
    Onderdeel("Overzicht", "wmo:regio", "home", Recht.REGIOCIJFERS),
    Onderdeel("Wachttijden", "wachtlijst:wachttijden", "clock", Recht.REGIOCIJFERS),
    Onderdeel(
        "Werkvoorraad", "wmo:werkvoorraad", "list-check", Recht.WERKVOORRAAD, ("/zaken/", "/meldingen/", "/zoeken/")
    ),
    Onderdeel("Signalen", "wmo:signalen", "bell", Recht.WERKVOORRAAD),
    Onderdeel("Wachtlijst", "wachtlijst:overzicht", "clipboard-list", Recht.WACHTLIJST_LEZEN),
    Onderdeel("Wachtlijst", "wachtlijst:aanbieder", "clipboard-list", Recht.PLEK_CLAIMEN),
    Onderdeel("Spoed", "wachtlijst:spoed", "bolt", Recht.WACHTLIJST_LEZEN),
    Onderdeel("Spoed", "wachtlijst:aanbieder-spoed", "bolt", Recht.PLEK_CLAIMEN),
    Onderdeel("Mijn cliënten", "wmo:clienten", "users", Recht.EIGEN_CLIENTEN),
    Onderdeel("Berichten", "berichten:monitor", "messages", Recht.BERICHTEN_LEZEN, ("/verzoeken/",)),
    Onderdeel("Berichten", "berichten:aanbieder", "messages", Recht.EIGEN_BERICHTEN),
    Onderdeel("Declaraties", "declaraties:overzicht", "receipt-euro", Recht.DECLARATIES_LEZEN),
    Onderdeel("Declaraties", "declaraties:aanbieder", "receipt-euro", Recht.EIGEN_DECLARATIES),
    Onderdeel("Contracten", "wmo:contracten", "file-text", Recht.CONTRACTEN_LEZEN),
    Onderdeel("Aanbieders", "wmo:aanbieders", "building-community", Recht.CONTRACTEN_LEZEN),
    Onderdeel("Cliëntenstops", "wmo:clientenstops", "hand-stop", Recht.CLIENTENSTOP_BESLISSEN),
    Onderdeel("Tarieven", "declaraties:tarieven", "calculator", Recht.TARIEVEN_LEZEN),
    Onderdeel("Rapportage", "wmo:rapportage", "chart-bar", Recht.RAPPORTAGE),
    Onderdeel("Gemeenteregels", "wmo:gemeenteregels", "adjustments-horizontal", Recht.GEMEENTEREGELS_LEZEN),
    Onderdeel("Gebruikers", "wmo:gebruikers", "settings", Recht.GEBRUIKERS_BEHEREN),
    Onderdeel("Referentiegegevens", "admin:index", "database", Recht.REFERENTIE_BEHEREN),
    Onderdeel("Logboek", "wmo:logboek", "history", Recht.LOGBOEK_LEZEN),
    Onderdeel("Onze gegevens", "wmo:eigen-gegevens", "building-community", Recht.EIGEN_CLIENTEN),
)


def vind_url(urlnaam: str, *delen: str) -> str:
    """The address of a page, or nothing when no room has built it."""
    try:
        return reverse(urlnaam, args=delen)
    except NoReverseMatch:
        return ""


def menu(request: HttpRequest) -> list[Menukeuze]:
    """The entries of the active aanstelling, with at most one of them marked as where one is."""
    aanstelling = getattr(request, "aanstelling", None)
    if aanstelling is None:
        return []
    kansen = [(o, vind_url(o.urlnaam)) for o in MENU if aanstelling.mag(o.recht)]
    open_ = [(o, url) for o, url in kansen if url]
    hier = _langste(request.path, (pad for o, url in open_ for pad in (url, *o.paden)))
    return [Menukeuze(o.label, url, o.icoon, _hier(request.path, o, url, hier)) for o, url in open_]


def _langste(pad: str, kandidaten: Iterable[str]) -> str:
    """/declaraties/tarieven/ belongs to the longest entry that it starts with."""
    return max((k for k in kandidaten if pad.startswith(k)), key=len, default="")


def _hier(pad: str, onderdeel: Onderdeel, url: str, langste: str) -> str:
    if not langste or langste not in (url, *onderdeel.paden):
        return ""
    return "page" if pad == url else "true"
