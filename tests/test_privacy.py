"""Nobody sees a resident who should not (R-002, R-120, R-321): fields classified, pages walked, traces looked for."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client

from tests.adressen import Adres
from tests.factories.wereld import ROLLEN, Wereld, bouw
from tests.gegevenssoorten import DOSSIER, INDELING, PERSOON
from tests.test_rechten import ADRESSEN, als, mag, vraag
from wmo.models import Toewijzing
from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, Rol
from wmo.rules.identificatie import elfproef

APPS = ("wmo", "wachtlijst", "declaraties", "berichten")
MODELLEN = [model for app in APPS for model in apps.get_app_config(app).get_models()]
NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")
TITEL = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def wereld(db: None) -> Wereld:
    return bouw()


def eigen_velden(model: type[Model]) -> set[str]:
    return {veld.name for veld in model._meta.concrete_fields if not veld.is_relation and veld.name != "id"}


def ingedeeld(label: str) -> list[str]:
    return [naam for velden in INDELING.get(label, {}).values() for naam in velden.split()]


@pytest.mark.parametrize("model", MODELLEN, ids=lambda m: m._meta.label_lower)
def test_elk_veld_is_ingedeeld(model: type[Model]) -> None:
    label = model._meta.label_lower
    namen = ingedeeld(label)
    assert len(namen) == len(set(namen)), f"{label}: een veld staat twee keer in tests/gegevenssoorten.py"
    nieuw = eigen_velden(model) - set(namen)
    assert not nieuw, f"{label}: zeg in tests/gegevenssoorten.py wat voor gegeven dit is: {sorted(nieuw)}"
    assert not set(namen) - eigen_velden(model), f"{label}: deze velden bestaan niet meer"


def test_indeling_noemt_geen_verdwenen_model() -> None:
    assert INDELING.keys() <= {model._meta.label_lower for model in MODELLEN}


def persoonlijk(model: type[Model]) -> bool:
    return bool({PERSOON, DOSSIER} & INDELING[model._meta.label_lower].keys())


@pytest.mark.parametrize("rol", [Rol.REGIO, Rol.BEHEERDER])
def test_querysets_geven_regio_en_beheer_geen_rij_over_een_inwoner(wereld: Wereld, rol: Rol) -> None:
    """The scope itself, before any view: `.voor` gives nothing where rows exist."""
    aanstelling = wereld.thuis(rol)
    bekeken = 0
    for model in MODELLEN:
        rijen = model._default_manager.all()
        if persoonlijk(model) and hasattr(rijen, "voor") and rijen.exists():
            if rol == Rol.BEHEERDER and model.__name__ == "Logregel":
                continue  # the lines, without their content: tests/wmo/test_logboek.py
            bekeken += 1
            assert not rijen.voor(aanstelling).exists(), model
    assert bekeken >= 8


def paden(wereld: Wereld, rol: Rol) -> Iterator[tuple[Adres, str]]:
    for adres in ADRESSEN:
        if adres.publiek or mag(rol, adres):
            yield adres, adres.pad(wereld)


def leesbaar(antwoord: HttpResponseBase) -> str:
    """The text of an answer; a spreadsheet is unpacked first, or nothing in it would ever be found."""
    inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content  # type: ignore[attr-defined]
    if "spreadsheetml" in antwoord.headers.get("Content-Type", ""):
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            return "\n".join(pakket.read(naam).decode("utf-8", "replace") for naam in pakket.namelist())
    return inhoud.decode("utf-8", "replace")


def lekken(client: Client, wereld: Wereld, rol: Rol, sporen: list[str]) -> list[str]:
    """Every page and download that this role can open and that shows one of `sporen`."""
    gevonden = []
    for adres, pad in paden(wereld, rol):
        for methode in ("get", "post"):
            antwoord = vraag(client, methode, pad)
            if antwoord.status_code >= 500:  # a page that falls over was not looked at
                gevonden.append(f"{methode.upper()} {adres.naam} viel om")
            tekst = leesbaar(antwoord) if antwoord.status_code in {200, 409, 422} else ""
            gevonden += [f"{methode.upper()} {adres.naam} toont {spoor}" for spoor in sporen if spoor in tekst]
    return gevonden


def test_de_wandeling_ziet_een_spoor_waar_het_hoort(wereld: Wereld) -> None:
    """The proof that the other walks could find something: a consulent at home does see the client."""
    gevonden = lekken(als(wereld.thuis(Rol.CONSULENT)), wereld, Rol.CONSULENT, wereld.sporen(wereld.client))
    assert any("wmo:zaak toont Zeldzaamgeheim" in regel for regel in gevonden)
    assert len({regel.split(" toont ")[0] for regel in gevonden}) > 5


@pytest.mark.parametrize("rol", [Rol.REGIO, Rol.BEHEERDER])
def test_regio_en_beheer_zien_nergens_een_inwoner(wereld: Wereld, rol: Rol) -> None:
    assert lekken(als(wereld.thuis(rol)), wereld, rol, wereld.sporen()) == []


@pytest.mark.parametrize("rol", sorted(GEMEENTEROLLEN | AANBIEDERROLLEN))
def test_een_andere_organisatie_ziet_nergens_een_inwoner(wereld: Wereld, rol: Rol) -> None:
    """Lists, search and downloads too: those have no object in their address, so 404 does not protect them."""
    assert lekken(als(wereld.elders(rol)), wereld, rol, wereld.sporen()) == []


@pytest.mark.parametrize("rol", sorted(AANBIEDERROLLEN))
def test_aanbieder_ziet_geen_naam_voor_de_opdracht(wereld: Wereld, rol: Rol) -> None:
    """The place is next and in its perceel; the person behind it is nobody's business yet (R-120)."""
    client = als(wereld.thuis(rol))
    assert not Toewijzing.objects.filter(client=wereld.wachtende).exists()
    assert lekken(client, wereld, rol, wereld.sporen(wereld.wachtende)) == []
    if rol == Rol.PLANNING:
        lijst = client.get(f"/aanbieder/wachtlijst/{wereld.gemeente.slug}/").content.decode()
        assert wereld.plek.code in lijst


@pytest.mark.parametrize("rol", ROLLEN)
def test_geen_bsn_in_adres_titel_bestandsnaam_of_log(
    wereld: Wereld, rol: Rol, caplog: pytest.LogCaptureFixture
) -> None:
    fouten = []
    client = als(wereld.thuis(rol))
    with caplog.at_level(logging.DEBUG):
        for adres, pad in paden(wereld, rol):
            for methode in ("get", "post"):
                antwoord = vraag(client, methode, pad)
                plekken = [pad, antwoord.headers.get("Location", ""), antwoord.headers.get("Content-Disposition", "")]
                if antwoord.headers.get("Content-Type", "").startswith("text/html") and not antwoord.streaming:
                    plekken += TITEL.findall(antwoord.content.decode())  # type: ignore[attr-defined]
                fouten += [f"{adres.naam}: {plek}" for plek in plekken if bevat_bsn(plek)]
        fouten += [regel for regel in map(logging.LogRecord.getMessage, caplog.records) if _echt_bsn(regel, wereld)]
    assert fouten == []


def bevat_bsn(tekst: str) -> bool:
    return any(elfproef(getal) for getal in NEGEN_CIJFERS.findall(tekst))


def _echt_bsn(regel: str, wereld: Wereld) -> bool:
    """SQL at debug level holds keys of nine digits by accident; the numbers of our own clients never."""
    return any(str(client.bsn) in regel for client in (wereld.client, wereld.wachtende))
