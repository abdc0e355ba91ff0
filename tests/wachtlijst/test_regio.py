"""The regio reads how long people wait, and cannot find out how long one of them waited (R-002)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import GemeenteFactory, aanstelling
from tests.factories.wachtlijst import lijstgemeente, plek
from wachtlijst.models import Plek
from wachtlijst.views.regio import TE_WEINIG
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def lezer(client):
    client.force_login(aanstelling(Rol.REGIO).gebruiker)
    return client


def geclaimd(gemeente, *dagen: int) -> None:
    """Places that were claimed a month ago after so many days."""
    op = timezone.now() - timedelta(days=30)
    for aantal in dagen:
        Plek.objects.filter(pk=plek(gemeente).pk).update(
            status=Plek.Status.GECLAIMD,
            geclaimd_op=op,
            geplaatst_op=op - timedelta(days=aantal),
            geclaimd_door=aanstelling(Rol.PLANNING).aanbieder,
            startdatum=vandaag(op),
            opdracht_uiterlijk=vandaag(op),
            uiterste_start=vandaag(op),
        )


def test_middelste_wachttijd_per_product_en_gemeente(lezer, django_assert_num_queries):
    woerden, montfoort = lijstgemeente("0632"), lijstgemeente("0335")
    geclaimd(woerden, 10, 20, 30, 40, 300)
    geclaimd(montfoort, 10, 20, 30, 40)
    for _ in range(6):
        plek(woerden)
    lezer.get("/regio/wachttijden/")
    with django_assert_num_queries(3):
        rijen = lezer.get("/regio/wachttijden/").context["rijen"]
    assert [(r.gemeente, r.wachtend, r.geclaimd, r.mediaan) for r in rijen] == [
        ("Montfoort", "0", "minder dan 5", TE_WEINIG),
        ("Woerden", "6", "5", "30"),
    ]


def test_wie_langer_dan_een_jaar_geleden_aan_de_beurt_was_telt_niet_mee(lezer):
    gemeente = lijstgemeente()
    geclaimd(gemeente, 10, 10, 10, 10, 10)
    Plek.objects.update(geclaimd_op=timezone.now() - timedelta(days=366))
    (rij,) = lezer.get("/regio/wachttijden/").context["rijen"]
    assert (rij.geclaimd, rij.mediaan) == ("0", TE_WEINIG)


def test_download_verbergt_wat_het_scherm_verbergt(lezer):
    geclaimd(lijstgemeente("0335"), 10, 20)
    blad = load_workbook(BytesIO(lezer.get("/regio/wachttijden/download/").content)).active
    assert [cel.value for cel in list(blad.rows)[-1]][1:] == ["Montfoort", "0", "minder dan 5", TE_WEINIG]


def test_zonder_lijst_staat_er_waarom_er_niets_staat(lezer):
    GemeenteFactory()
    assert "nog niemand op een wachtlijst" in lezer.get("/regio/wachttijden/").content.decode()
