"""Two colleagues take a melding about one person, or send one verslag, at the same moment."""

from datetime import date
from typing import Any

import pytest

from tests.factories import ClientFactory, GemeenteFactory, OnderzoekFactory, aanstelling, moment
from wmo.actions import meldingen, onderzoeken
from wmo.actions.kader import Geweigerd
from wmo.models import Client, Document, Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)
BSN, DAG = "999990019", date(2026, 11, 23)


def meld(client: Client) -> Any:
    door = aanstelling(Rol.CONSULENT, gemeente=client.gemeente)
    vraag = "Hulp bij het huishouden."
    return lambda: meldingen.registreer(
        client=client, melding_op=moment(), kanaal="telefoon", hulpvraag=vraag, door=door, nu=moment()
    )


@pytest.mark.parametrize("bekend", [True, False])
def test_een_persoon_krijgt_een_zaak(tegelijk, bekend):
    gemeente = GemeenteFactory()
    if bekend:
        pk = ClientFactory(gemeente=gemeente, bsn=BSN).pk
        wie = [Client.objects.get(pk=pk) for _ in range(2)]
    else:
        wie = [ClientFactory.build(gemeente=gemeente, bsn=BSN) for _ in range(2)]
    uitkomsten = tegelijk([meld(client) for client in wie])
    assert sorted(isinstance(uitkomst, Geweigerd) for uitkomst in uitkomsten) == [False, True], uitkomsten
    assert (Zaak.objects.count(), Client.objects.count()) == (1, 1)


def test_een_verslag_gaat_een_keer_naar_de_client(tegelijk):
    """Also after an early aanvraag, where sending the verslag changes no state of the case."""
    zaak = OnderzoekFactory(zaak__status="aanvraag", zaak__aanvraag_op=DAG, reden_overschrijding="Ziekte.").zaak
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)

    def verstrek() -> Any:
        return onderzoeken.verstrek_verslag(zaak=Zaak.objects.get(pk=zaak.pk), door=door, nu=moment(DAG))

    uitkomsten = tegelijk([verstrek, verstrek])
    assert sorted(isinstance(uitkomst, Geweigerd) for uitkomst in uitkomsten) == [False, True], uitkomsten
    assert Document.objects.filter(zaak=zaak, soort=Document.Soort.VERSLAG).count() == 1
