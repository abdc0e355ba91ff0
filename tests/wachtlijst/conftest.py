import pytest
from django.test import Client

from wmo.models import Aanstelling


@pytest.fixture
def als():
    """`als(aanstelling)` gives a browser in which that person is signed in."""

    def login(door: Aanstelling) -> Client:
        browser = Client()
        browser.force_login(door.gebruiker)
        return browser

    return login
