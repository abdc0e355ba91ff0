"""Every address of the portal, with its view and the right that guards it, and how to fill its parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.wereld import Wereld
from wmo.permissions import Recht

EIGEN = ("wmo", "wachtlijst", "berichten", "declaraties")
# Not ours: Django's admin (tests/wmo/test_admin.py), allauth's account pages, and the probe of the machine.
ANDERMANS = ("admin", "account_", "mfa_", "gezondheid")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")

# What a parameter of an address stands for: first by name of the address, then for all addresses.
WAARDEN: dict[str, Callable[[Wereld], Any]] = {
    "zaaknummer": lambda w: w.zaak.zaaknummer,
    "slug": lambda w: w.gemeente.slug,
    "code": lambda w: w.plek.code,
    "lijst": lambda w: "alle",
    "sleutel": lambda w: "wachtlijst",
    "wmo:document.pk": lambda w: w.rijen["document"].pk,
    "wmo:document-gedeeld.pk": lambda w: w.rijen["document"].pk,
    "wmo:notitie.pk": lambda w: w.rijen["notitie"].pk,
    "wmo:gebeld.pk": lambda w: w.rijen["terugbellen"].pk,
    "wmo:document-delen.pk": lambda w: w.rijen["document"].pk,
    "wmo:toestemming-intrekken.pk": lambda w: w.rijen["toestemming"].pk,
    "wmo:plan-versie.versie": lambda w: 1,
    "soort": lambda w: "huishouden",
    "wmo:beschikking-stap.stap": lambda w: "controle",
    "wmo:levering.pk": lambda w: w.toewijzing.pk,
    "wmo:niet-thuis.pk": lambda w: w.toewijzing.pk,
    "wmo:afzegging.pk": lambda w: w.toewijzing.pk,
    "wmo:crisis.pk": lambda w: w.toewijzing.pk,
    "wmo:overlijden-melden.pk": lambda w: w.toewijzing.pk,
    "wmo:kennismaking.pk": lambda w: w.toewijzing.pk,
    "wmo:uitvoeringsplan.pk": lambda w: w.toewijzing.pk,
    "wmo:evaluatieformulier.pk": lambda w: w.toewijzing.pk,
    "wmo:mutatieformulier.pk": lambda w: w.toewijzing.pk,
    "wmo:bezoek.pk": lambda w: w.rijen["bezoek"].pk,
    "wmo:clientenstop.pk": lambda w: w.rijen["clientenstop"].pk,
    "wmo:clientenstop-intrekken.pk": lambda w: w.rijen["clientenstop"].pk,
    "wmo:toewijzing-verlengen.pk": lambda w: w.toewijzing.pk,
    "wmo:toewijzing-stoppen.pk": lambda w: w.toewijzing.pk,
    "wmo:toewijzing-verwijderen.pk": lambda w: w.toewijzing.pk,
    "wmo:toewijzing-verlengen.zaaknummer": lambda w: w.toewijzing.voorziening.beschikking.zaak.zaaknummer,
    "wmo:toewijzing-stoppen.zaaknummer": lambda w: w.toewijzing.voorziening.beschikking.zaak.zaaknummer,
    "wmo:toewijzing-verwijderen.zaaknummer": lambda w: w.toewijzing.voorziening.beschikking.zaak.zaaknummer,
    "berichten:toewijzing.pk": lambda w: w.toewijzing.pk,
    "berichten:aanbieder-toewijzing.pk": lambda w: w.toewijzing.pk,
    "berichten:bericht.pk": lambda w: w.rijen["bericht"].pk,
    "berichten:technisch.pk": lambda w: w.rijen["bericht"].pk,
    "berichten:xml.pk": lambda w: w.rijen["bericht"].pk,
    "berichten:aanbieder-bericht.pk": lambda w: w.rijen["bericht"].pk,
    "berichten:verzoek.pk": lambda w: w.rijen["verzoek"].pk,
    "berichten:start-melden.pk": lambda w: w.toewijzing.pk,
    "berichten:stop-melden.pk": lambda w: w.toewijzing.pk,
    "berichten:pauze-melden.pk": lambda w: w.toewijzing.pk,
    "berichten:hervatten.pk": lambda w: w.toewijzing.pk,
    "berichten:wijziging-vragen.pk": lambda w: w.toewijzing.pk,
    "berichten:toewijzing-vragen.pk": lambda w: w.toewijzing.pk,
    "wmo:contract.nummer": lambda w: w.rijen["contract"].nummer,
    "wmo:contract-download.nummer": lambda w: w.rijen["contract"].nummer,
    "wmo:aanbieder.slug": lambda w: w.aanbieder.slug,
    "wmo:gemeenteregel.sleutel": lambda w: "overlijden_weken",
    "wmo:regelvoorstel-nieuw.sleutel": lambda w: "overlijden_weken",
    "wmo:regelvoorstel-besluit.pk": lambda w: w.rijen["regelvoorstel"].pk,
    "wmo:gebruiker-stoppen.pk": lambda w: w.rijen["collega"].pk,
    "wmo:gebruiker-bevestigen.pk": lambda w: w.rijen["collega"].pk,
    "wmo:gebruiker-opnieuw.pk": lambda w: w.rijen["collega"].pk,
    "wmo:taak.pk": lambda w: w.rijen["achtergrondtaak"].pk,
    "wachtlijst:spoedtraject.code": lambda w: w.rijen["spoed"].code,
    "wachtlijst:spoed-opdracht.code": lambda w: w.rijen["spoed"].code,
    "wachtlijst:spoed-antwoord.code": lambda w: w.rijen["spoed"].code,
    "wachtlijst:ingreep.pk": lambda w: w.rijen["ingreep"].pk,
    "declaraties:bestand.pk": lambda w: w.rijen["bestand"].pk,
    "declaraties:foutbestand.pk": lambda w: w.rijen["bestand"].pk,
    "declaraties:eigen.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:eigen-download.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:controleer.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:indienen.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:corrigeer.pk": lambda w: w.rijen["declaratieregel"].pk,
    "declaraties:declaratie.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:download.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:controleer-opnieuw.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:antwoord.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:betaling.pk": lambda w: w.rijen["declaratie"].pk,
    "declaraties:besluit.pk": lambda w: w.rijen["declaratieregel"].pk,
    "declaraties:indexatie.pk": lambda w: w.rijen["indexatie"].pk,
    "declaraties:indexatie-download.pk": lambda w: w.rijen["indexatie"].pk,
    "declaraties:indexatie-reken.pk": lambda w: w.rijen["indexatie"].pk,
    "declaraties:indexatie-stap.pk": lambda w: w.rijen["indexatie"].pk,
    "declaraties:indexatie-oordeel.pk": lambda w: w.rijen["indexatie"].pk,
}


class NietInTeVullen(Exception):
    """The world has nothing for this parameter: add a row to tests/factories/wereld.py and a line to WAARDEN."""


@dataclass(frozen=True)
class Adres:
    naam: str
    route: str
    view: Callable[..., Any]

    @property
    def parameters(self) -> list[str]:
        return [naam for _, naam in PARAMETER.findall(self.route)]

    @property
    def recht(self) -> Recht | None:
        """The right that guards the view, None for everybody who is signed in. AttributeError when it says nothing."""
        return self.view.recht  # type: ignore[attr-defined]

    @property
    def publiek(self) -> bool:
        return not getattr(self.view, "login_required", True)

    def pad(self, wereld: Wereld) -> str:
        def waarde(gevonden: re.Match[str]) -> str:
            naam = gevonden.group(2)
            haal = WAARDEN.get(f"{self.naam}.{naam}") or WAARDEN.get(naam)
            if haal is None:
                raise NietInTeVullen(f"{self.naam}: er is geen waarde voor <{naam}> in tests/adressen.py.")
            return str(haal(wereld))

        return "/" + PARAMETER.sub(waarde, self.route)


def alle() -> list[Adres]:
    """Every address under our own namespaces, in the order of the URL files."""
    return list(_loop(get_resolver().url_patterns, "", ()))


def _loop(patronen: list[Any], begin: str, ruimtes: tuple[str, ...]) -> Iterator[Adres]:
    for patroon in patronen:
        route = begin + str(patroon.pattern)
        if isinstance(patroon, URLResolver):
            ruimte = (patroon.namespace,) if patroon.namespace else ()
            yield from _loop(patroon.url_patterns, route, ruimtes + ruimte)
        elif isinstance(patroon, URLPattern) and not _andermans(patroon, ruimtes):
            yield Adres(":".join([*ruimtes, patroon.name or "?"]), route, patroon.callback)


def _andermans(patroon: URLPattern, ruimtes: tuple[str, ...]) -> bool:
    if ruimtes:
        return ruimtes[0] not in EIGEN and ruimtes[0] in ANDERMANS
    return str(patroon.name).startswith(ANDERMANS)
