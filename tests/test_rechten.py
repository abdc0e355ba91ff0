"""Every address of the portal, as every role, at home and elsewhere, with GET and with POST (ADR 0001).

A new page is walked by itself; a new parameter or a page open to all must be named in a table, on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from tests import adressen
from tests.adressen import Adres
from tests.factories.wereld import ROLLEN, Wereld, bouw
from wmo.models import Aanstelling
from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, ROLRECHTEN, Recht, Rol

# The knooppunt comes with a certificate instead of an account (tests/berichten/test_koppelvlak.py).
PUBLIEK = {"wmo:demo-inloggen", "wmo:toegankelijkheid", "wmo:privacy", "berichten:ggk"}
VOOR_IEDEREEN = {
    "wmo:start", "wmo:wissel", "wmo:profiel", "wmo:hulp", "wmo:sessie", "wmo:taak", "wachtlijst:werkinstructie",
}  # fmt: skip
# Not of one organisation: what the whole region buys, pays and agreed. Nothing about persons is among it.
GEDEELD = {
    "declaraties:indexatie", "declaraties:indexatie-download", "declaraties:indexatie-oordeel", "wmo:contract",
    "wmo:contract-download", "wmo:aanbieder", "wmo:gemeenteregel", "wmo:regelvoorstel-nieuw",
}  # fmt: skip
# A page can be open and still hold nothing for this person, with the reason.
NIETS_TE_ZIEN = {
    "wmo:taak": "is alleen van wie haar startte",
    "wmo:paneel": "een tab van een andere app is er alleen voor wie het recht van die app heeft",
}

DICHT, WEG, VERKEERDE_METHODE = 403, 404, 405
GELUKT = {200, 204, 302, 303, 409, 422}
ADRESSEN = adressen.alle()


@pytest.fixture
def wereld(db: None) -> Wereld:
    return bouw()


def vraag(client: Client, methode: str, pad: str) -> HttpResponseBase:
    """One request whose writing is undone, so that no request prepares the ground for the next."""
    with transaction.atomic():
        antwoord = client.get(pad) if methode == "get" else client.post(pad, {})
        transaction.set_rollback(True)
    return antwoord


def als(aanstelling: Aanstelling) -> Client:
    """A page that falls over gives 500 and is a finding like any other; the walk goes on."""
    client = Client(raise_request_exception=False)
    client.force_login(aanstelling.gebruiker)
    return client


def naar_inloggen(antwoord: HttpResponseBase) -> bool:
    return antwoord.status_code == 302 and antwoord.headers["Location"].startswith("/inloggen/")


def loop(client: Client, wereld: Wereld) -> Iterator[tuple[Adres, str, HttpResponseBase]]:
    for adres in ADRESSEN:
        if adres.publiek:
            continue
        for methode in ("get", "post"):
            yield adres, methode, vraag(client, methode, adres.pad(wereld))


def mag(rol: Rol, adres: Adres) -> bool:
    return adres.recht is None or adres.recht in ROLRECHTEN[rol]


def regel(adres: Adres, methode: str, antwoord: HttpResponseBase) -> str:
    return f"{methode.upper()} {adres.naam} ({adres.route}) gaf {antwoord.status_code}"


@pytest.mark.parametrize("adres", ADRESSEN, ids=lambda a: a.naam)
def test_elk_scherm_zegt_voor_wie_het_is(adres: Adres) -> None:
    assert adres.naam.split(":")[0] in adressen.EIGEN, f"{adres.naam} staat in geen van onze apps"
    if adres.publiek:
        assert adres.naam in PUBLIEK, f"{adres.naam} is zonder inloggen te openen; zet het in PUBLIEK als dat zo hoort"
        return
    assert hasattr(adres.view, "recht"), f"{adres.naam} heeft geen @vereist(Recht.X) en geen @iedereen"
    if adres.recht is None:
        assert adres.naam in VOOR_IEDEREEN, f"{adres.naam} is voor iedereen; zet het in VOOR_IEDEREEN als dat zo hoort"


def test_lijsten_noemen_geen_verdwenen_scherm() -> None:
    namen = {adres.naam for adres in ADRESSEN}
    assert namen >= PUBLIEK | VOOR_IEDEREEN | GEDEELD | NIETS_TE_ZIEN.keys()
    assert namen >= {sleutel.rsplit(".", 1)[0] for sleutel in adressen.WAARDEN if "." in sleutel}


def test_elk_recht_heeft_een_rol() -> None:
    gegeven = frozenset().union(*(ROLRECHTEN[rol] for rol in ROLLEN))
    assert set(Recht) == gegeven, "een recht dat niemand heeft, is een scherm dat niemand ziet"


def test_zonder_inloggen_alleen_de_publieke_bladzijden(wereld: Wereld) -> None:
    lek = [regel(*stap) for stap in loop(Client(), wereld) if not naar_inloggen(stap[2])]
    assert lek == []


@pytest.mark.parametrize("rol", ROLLEN)
def test_thuis_open_wat_mag_en_dicht_wat_niet_mag(wereld: Wereld, rol: Rol) -> None:
    """With the right, the page of one's own organisation opens; without it, neither GET nor POST does."""
    fouten = []
    for adres, methode, antwoord in loop(als(wereld.thuis(rol)), wereld):
        code = antwoord.status_code
        if not mag(rol, adres):
            goed = code in {DICHT, WEG} or (methode == "get" and code == VERKEERDE_METHODE)
        elif methode == "post":
            goed = code < 500 and not naar_inloggen(antwoord)
        else:
            goed = (code in GELUKT and not naar_inloggen(antwoord)) or code == VERKEERDE_METHODE
            goed = goed or (code == WEG and adres.naam in NIETS_TE_ZIEN)
        fouten += [] if goed else [regel(adres, methode, antwoord)]
    assert fouten == []


@pytest.mark.parametrize("rol", [rol for rol in ROLLEN if rol in GEMEENTEROLLEN | AANBIEDERROLLEN])
def test_elders_bestaat_het_niet(wereld: Wereld, rol: Rol) -> None:
    """Somebody of another gemeente or aanbieder, with every right of the role, gets 404 on each of our objects."""
    lek = []
    for adres, methode, antwoord in loop(als(wereld.elders(rol)), wereld):
        if adres.recht is None or not adres.parameters or adres.naam in GEDEELD or not mag(rol, adres):
            continue
        if adres.parameters == ["lijst"]:
            continue  # the name of a list, not of an object
        dicht = antwoord.status_code in {WEG} or (methode == "get" and antwoord.status_code == VERKEERDE_METHODE)
        lek += [] if dicht else [regel(adres, methode, antwoord)]
    assert lek == []


def test_zonder_lopende_aanstelling_opent_niets(wereld: Wereld) -> None:
    """A person whose aanstelling ended keeps a password, and nothing behind it (R-116)."""
    aanstelling = wereld.thuis(Rol.CONSULENT)
    Aanstelling.objects.filter(pk=aanstelling.pk).update(einddatum=aanstelling.ingangsdatum)
    for adres, methode, antwoord in loop(als(aanstelling), wereld):
        if adres.recht is not None:
            dicht = antwoord.status_code in {DICHT, WEG, VERKEERDE_METHODE}
            assert dicht, regel(adres, methode, antwoord)
