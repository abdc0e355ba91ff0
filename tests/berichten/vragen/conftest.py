"""A decision that no aanbieder carries yet, and an aanbieder without software that asks for it."""

from datetime import date
from typing import Any

import pytest

from berichten.actions import vragen
from berichten.models import Bericht
from tests.factories import (
    AanbiederFactory,
    ContractFactory,
    PerceelFactory,
    ProductFactory,
    VoorzieningFactory,
    aanstelling,
    moment,
)
from wmo.actions.verzoeken import Regel
from wmo.models import Client, VerzoekProduct
from wmo.permissions import Rol

VANAF, EINDE = date(2026, 12, 1), date(2028, 10, 31)


@pytest.fixture(autouse=True)
def nu(monkeypatch):
    """The clock of the tasks and the views."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment())


@pytest.fixture
def product():
    return ProductFactory(code="02A01", naam="Begeleiding")


@pytest.fixture
def planner(product):
    """Of an aanbieder without software of its own, with a contract for both products."""
    perceel = PerceelFactory(
        aanbieder=AanbiederFactory(eigen_software=False),
        contract=ContractFactory(producten=[ProductFactory(), product]),
    )
    return aanstelling(Rol.PLANNING, aanbieder=perceel.aanbieder)


@pytest.fixture
def besluit(product):
    """A decision on begeleiding that no aanbieder carries yet (OP307)."""
    return VoorzieningFactory(product=product)


def gevraagd(product, **anders) -> Regel:
    velden: dict[str, Any] = {
        "gewenste_ingangsdatum": VANAF,
        "einddatum": EINDE,
        "volume": 120,
        "eenheid": "01",
        "frequentie": "2",
    }
    return Regel(VerzoekProduct.Soort.GEVRAAGD, product=product, **velden | anders)


def als_onbekende(client: Client) -> Client:
    """The person as an aanbieder types them over from the letter: no row."""
    velden = ("gemeente", "bsn", "geboortedatum", "geslacht", "voorletters", "achternaam")
    return Client(**{veld: getattr(client, veld) for veld in velden})


def vraag(besluit, planner, **anders) -> Bericht | None:
    return vragen.vraag_toewijzing(
        client=anders.pop("client", None) or als_onbekende(besluit.client),
        regel=gevraagd(anders.pop("product", besluit.product), **anders),
        toelichting="De cliënt belde ons zelf.",
        door=planner,
        nu=moment(),
    )


def kantoor(besluit):
    return aanstelling(Rol.BACKOFFICE, gemeente=besluit.client.gemeente)


def verkeer(kant: str) -> list[tuple[str, str, str]]:
    return list(Bericht.objects.filter(kant=kant).order_by("id").values_list("richting", "soort", "status"))


@pytest.fixture
def scherm(client):
    """Sign in as somebody."""

    def _scherm(wie):
        client.force_login(wie.gebruiker, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _scherm
