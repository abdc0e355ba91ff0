"""`een_van`: as `in`, with one parameter."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ToewijzingFactory
from wmo.fields import als_array
from wmo.models import Toewijzing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("veld", "waarden"),
    [
        ("toewijzingnummer", {500_001, 500_003, 7}),
        ("ingangsdatum", {date(2026, 11, 1), date(2026, 11, 3)}),
        ("client__achternaam", {'De "B\\ger, {NULL}', "NULL", ""}),
    ],
)
def test_vindt_wat_in_vindt(veld, waarden):
    for nummer in range(4):
        toewijzing = ToewijzingFactory(toewijzingnummer=500_000 + nummer, ingangsdatum=date(2026, 11, 1 + nummer))
        toewijzing.client.achternaam = ['De "B\\ger, {NULL}', "NULL", "null", "Jansen"][nummer]
        toewijzing.client.save()
    gevonden = set(Toewijzing.objects.filter(**{f"{veld}__een_van": waarden}))
    assert gevonden == set(Toewijzing.objects.filter(**{f"{veld}__in": waarden}))
    assert 0 < len(gevonden) < 4


def test_niets_vindt_niets():
    ToewijzingFactory()
    assert not Toewijzing.objects.filter(toewijzingnummer__een_van=set()).exists()


@given(teksten=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"))))
def test_een_array_is_wat_postgresql_ervan_leest(teksten):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [als_array(teksten)])
        assert cursor.fetchone() == (teksten,)
