"""Every model with a status: all pairs of states are walked, and the table itself makes sense."""

from itertools import product
from typing import Any

import pytest
from django.apps import apps

from wmo.actions.kader import IntussenGewijzigd
from wmo.models import MetStatus, OngeldigeOvergang

MODELLEN: list[Any] = [model for model in apps.get_models() if issubclass(model, MetStatus)]
PAREN = [
    pytest.param(model, van, naar, id=f"{model._meta.label_lower}-{van}-{naar}")
    for model in MODELLEN
    for van, naar in product(model.Status.values, repeat=2)
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "van", "naar"), PAREN)
def test_alleen_overgangen_uit_de_tabel(model, van, naar):
    """A row that does not exist: an allowed step gets as far as the database, a forbidden one never does."""
    rij = model(pk=0, status=van)
    verwacht = IntussenGewijzigd if naar in model.OVERGANGEN.get(van, ()) else OngeldigeOvergang
    with pytest.raises(IntussenGewijzigd) as fout:
        rij.zet_status(naar)
    assert type(fout.value) is verwacht


@pytest.mark.parametrize("model", MODELLEN, ids=lambda m: m._meta.label_lower)
def test_tabel_kent_alleen_bestaande_statussen_en_elke_status_is_bereikbaar(model):
    statussen = set(model.Status.values)
    bereikt = {naar for doelen in model.OVERGANGEN.values() for naar in doelen}
    assert set(model.OVERGANGEN) | bereikt <= statussen
    begin = model._meta.get_field("status").get_default()
    assert bereikt | {begin} == statussen


def test_er_zijn_modellen_met_een_status():
    assert {"Zaak", "Beschikking", "Toewijzing", "Levering", "Verzoek"} <= {model.__name__ for model in MODELLEN}
