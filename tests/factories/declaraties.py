"""Rows of the declaraties app."""

from datetime import date
from decimal import Decimal

import factory

from declaraties import models
from tests.factories.fabriek import Fabriek
from tests.factories.wmo import ContractFactory, ProductFactory, ToewijzingFactory, moment
from wmo.models import Aanstelling


class TariefFactory(Fabriek[models.Tarief]):
    """€ 32,85 an hour: 0,55 a minute when rounded (R-261)."""

    class Meta:
        model = models.Tarief

    contract = factory.SubFactory(ContractFactory)
    product = factory.SubFactory(ProductFactory)
    tarief = Decimal("32.85")
    ingangsdatum = date(2026, 1, 1)
    bron = "fictief"


class PrestatieFactory(Fabriek[models.Prestatie]):
    """A month of delivery under the toewijzing that starts on 2 November 2026."""

    class Meta:
        model = models.Prestatie

    toewijzing = factory.SubFactory(ToewijzingFactory)
    ingangsdatum = date(2026, 11, 2)
    einddatum = date(2026, 11, 30)
    aantal = 600
    bron = "scherm"
    geregistreerd_op = moment(date(2026, 12, 1))
    geregistreerd_door = factory.LazyFunction(Aanstelling.objects.systeem)


class IndexcijferFactory(Fabriek[models.Indexcijfer]):
    """The figures of R-271."""

    class Meta:
        model = models.Indexcijfer
        django_get_or_create = ("jaar",)

    jaar = 2026
    ova_voorlopig = Decimal("4.94")
    ova_definitief = Decimal("6.00")
    ppc_voorlopig = Decimal("2.51")
    ppc_definitief = Decimal("3.10")
    bron = "VNG-advies, als rekenvoorbeeld"
