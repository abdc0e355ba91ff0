"""Signing in as a role: `als(Rol.CONSULENT)` gives a test client whose active aanstelling that is."""

from collections.abc import Callable

import pytest
from django.test import Client as Bezoeker

from tests.factories import aanstelling
from wmo import panelen
from wmo.middleware import SESSIESLEUTEL
from wmo.models import Aanstelling
from wmo.permissions import Rol


class Ingelogd(Bezoeker):
    """A test client that remembers for whom it works."""

    aanstelling: Aanstelling


@pytest.fixture
def als(db) -> Callable[..., Ingelogd]:
    def maak(rol: Rol | None = None, *, aanstelling_: Aanstelling | None = None, **velden) -> Ingelogd:
        bezoeker = Ingelogd()
        bezoeker.aanstelling = aanstelling_ or aanstelling(rol or Rol.CONSULENT, **velden)
        bezoeker.force_login(bezoeker.aanstelling.gebruiker)
        sessie = bezoeker.session
        sessie[SESSIESLEUTEL] = bezoeker.aanstelling.pk
        sessie.save()
        return bezoeker

    return maak


@pytest.fixture
def zonder_panelen(monkeypatch) -> None:
    """A dossier without the parts of other apps: what wmo itself asks the database is a literal number."""
    monkeypatch.setattr(panelen, "_panelen", {})
