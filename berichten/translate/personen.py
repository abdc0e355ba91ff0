"""A client as the standard writes people down. Texts are cut to the length that the standard allows."""

import re
from typing import Any

from berichten.standaard.v3_2.basis import (
    Achternaam,
    Adres,
    Geboortedatum,
    Huis,
    Telefoon,
    Telefoonnummers,
    VerkorteNaam,
    VolledigeNaam,
)
from berichten.standaard.v3_2.wmo301 import Contact
from wmo.models import Client

EIGEN_NAAM = "1"
BRP_ADRES = "01"
NEDERLAND = "NL"
LANDNUMMER = "0031"
GEEN_LETTER = re.compile("[^a-zA-ZÀ-ỳ]")


def geboortedatum(client: Client) -> Geboortedatum:
    return Geboortedatum(datum=client.geboortedatum, datum_gebruik=client.datum_gebruik or None)


def _achternaam(client: Client) -> Achternaam:
    return Achternaam(achternaam=client.achternaam, voorvoegsel=client.voorvoegsel or None)


def volledige_naam(client: Client) -> VolledigeNaam:
    return VolledigeNaam(
        geslachtsnaam=_achternaam(client),
        partnernaam=Achternaam(achternaam=client.partnernaam) if client.partnernaam else None,
        voornamen=client.voornamen or None,
        voorletters=_voorletters(client),
        naam_gebruik=EIGEN_NAAM,
    )


def kort(client: Client) -> dict[str, Any]:
    """The person as an aanbieder names them in a 305, 307 or 315."""
    return {
        "bsn": client.bsn,
        "geboortedatum": geboortedatum(client),
        "geslacht": client.geslacht,
        "naam": verkorte_naam(client),
    }


def verkorte_naam(client: Client) -> VerkorteNaam:
    return VerkorteNaam(
        geslachtsnaam=_achternaam(client), voornamen=client.voornamen or None, voorletters=_voorletters(client)
    )


def _voorletters(client: Client) -> str | None:
    return GEEN_LETTER.sub("", client.voorletters)[:6] or None


def contact(client: Client) -> Contact:
    """The address in the BRP; somebody whose address is secret (R-304) has messages of another kind."""
    return Contact(
        soort=BRP_ADRES,
        adres=Adres(
            huis=Huis(
                huisnummer=client.huisnummer,
                huisletter=client.huisletter or None,
                huisnummer_toevoeging=client.huisnummer_toevoeging or None,
            ),
            postcode=client.postcode,
            straatnaam=client.straatnaam,
            plaatsnaam=client.plaatsnaam,
            land_code=NEDERLAND,
        ),
        telefoon=_telefoon(client.telefoon),
        emailadres=client.email or None,
    )


def _telefoon(nummer: str) -> Telefoonnummers | None:
    cijfers = re.sub("[^0-9]", "", nummer)
    if not cijfers:
        return None
    return Telefoonnummers(telefoon01=Telefoon(telefoonnummer=cijfers[:15], landnummer=LANDNUMMER))
