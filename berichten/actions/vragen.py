"""What an aanbieder without software of its own asks in the portal: an opdracht (315) or a change of one (317).

As with `aanbieder`: the message travels the road of all others, and for people without message traffic (R-017, R-304)
the request stands at once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from berichten.actions.aanbieder import ONDERWEG, verstuur, zonder_berichten
from berichten.actions.schrijven import Weg
from berichten.models import Bericht
from berichten.translate.kop import nieuw_kenmerk
from berichten.translate.verzoeken import naar_315, naar_317
from wmo.actions import verzoeken
from wmo.actions.kader import Geweigerd, actie
from wmo.fields import sleutelhash
from wmo.models import Aanbieder, Aanstelling, Client, Perceel, Toewijzing, Verzoek, VerzoekProduct
from wmo.periodes import vandaag
from wmo.permissions import Recht

Soort = VerzoekProduct.Soort
LOOPT = "Voor deze cliënt loopt al een verzoek. Wacht op het antwoord."


@actie(Recht.LEVERING_MELDEN)
def vraag_toewijzing(
    *, client: Client, regel: verzoeken.Regel, toelichting: str, door: Aanstelling, nu: datetime
) -> Bericht | None:
    """Ask an opdracht under an open decision (OP307). None when no message was needed.

    `client` is one of the own clients, or a Client that is not saved: the person as the aanbieder knows them. Whether
    the gemeente knows them and decided so is for the gemeente to say. Geweigerd with reden SOFTWARE, BUITEN_PERCEEL,
    LOOPT_AL or 9374.
    """
    aanbieder = door.aanbieder
    assert aanbieder is not None
    eigen = eigen_client(client, aanbieder)
    _eis_mag_vragen(aanbieder, client, eigen, regel)
    vraag = _Vraag(Verzoek.Soort.VOT, aanbieder, _referentie("T"), [regel], toelichting)
    if eigen and zonder_berichten(eigen):
        _leg_vast(vraag, eigen, door, nu)
        return None
    return verstuur(
        "315",
        Weg(Bericht.Kant.AANBIEDER, client.gemeente, aanbieder),
        lambda kop: naar_315(kop, client, referentie=vraag.referentie, regel=regel, toelichting=toelichting),
        waarover=f"{regel.product} in {client.gemeente}",
        door=door,
        nu=nu,
        client=eigen,
    )


@dataclass(frozen=True)
class _Vraag:
    """What is asked, whether or not a message carries it."""

    soort: Verzoek.Soort
    aanbieder: Aanbieder
    referentie: str
    regels: list[verzoeken.Regel]
    toelichting: str
    reden: str = ""


def _leg_vast(vraag: _Vraag, client: Client, door: Aanstelling, nu: datetime) -> None:
    verzoeken.dien_in(**vars(vraag), client=client, dagtekening=vandaag(nu), door=door, nu=nu)


def _eis_mag_vragen(aanbieder: Aanbieder, client: Client, eigen: Client | None, regel: verzoeken.Regel) -> None:
    if aanbieder.eigen_software and not (eigen and zonder_berichten(eigen)):
        raise Geweigerd("Uw organisatie heeft eigen software voor berichten. Vraag het daarin.", reden="SOFTWARE")
    _eis_perceel(regel, aanbieder, client)
    if eigen:
        _eis_nog_niet(regel, aanbieder, eigen)
        _eis_een_verzoek(aanbieder, eigen)


def eigen_client(client: Client, aanbieder: Aanbieder) -> Client | None:
    """The person in our own administration, but only when this aanbieder has or had an opdracht for them."""
    if client.pk is not None:
        return client
    bekend = Client.objects.filter(gemeente=client.gemeente, bsn_hash=sleutelhash(client.bsn or ""))
    return bekend.filter(toewijzingen__aanbieder=aanbieder).select_related("gemeente").first()


def _eis_perceel(regel: verzoeken.Regel, aanbieder: Aanbieder, client: Client) -> None:
    assert regel.product is not None
    assert regel.gewenste_ingangsdatum is not None
    percelen = Perceel.objects.op(regel.gewenste_ingangsdatum).voor_product(regel.product)
    if not percelen.filter(aanbieder=aanbieder, gemeente=client.gemeente).exists():
        raise Geweigerd(
            f"U hebt op die dag geen contract voor {regel.product} in {client.gemeente}.", reden="BUITEN_PERCEEL"
        )


def _eis_nog_niet(regel: verzoeken.Regel, aanbieder: Aanbieder, client: Client) -> None:
    """OP307: not for what runs already in that period; that is a change."""
    loopt = Toewijzing.objects.exclude(status=Toewijzing.Status.VERWIJDERD).filter(
        Q(einddatum=None) | Q(einddatum__gte=regel.gewenste_ingangsdatum),
        client=client,
        aanbieder=aanbieder,
        product=regel.product,
        ingangsdatum__lte=regel.einddatum or date.max,
    )
    if eerste := loopt.first():
        raise Geweigerd(
            f"Opdracht {eerste.toewijzingnummer} loopt dan al voor deze hulp. Vraag daarvoor een wijziging.",
            reden="LOOPT_AL",
        )


@actie(Recht.LEVERING_MELDEN)
def vraag_wijziging(
    *,
    toewijzing: Toewijzing,
    volume: int | None,
    einddatum: date | None,
    gewenste_ingangsdatum: date,
    reden: str,
    toelichting: str,
    door: Aanstelling,
    nu: datetime,
) -> Bericht | None:
    """Ask another volume or another end for one opdracht; all running ones of this client go along (TR349)."""
    client, aanbieder = toewijzing.client, toewijzing.aanbieder
    _eis_een_verzoek(aanbieder, client)
    if (volume, einddatum) == (toewijzing.volume, toewijzing.einddatum):
        raise Geweigerd("Er verandert niets. Vul een andere omvang of einddatum in.", reden="GEEN_WIJZIGING")
    lijst = _alle_regels(toewijzing, volume, einddatum, gewenste_ingangsdatum, nu)
    vraag = _Vraag(Verzoek.Soort.VOW, aanbieder, _referentie("W"), lijst, toelichting, reden)
    if zonder_berichten(client):
        _leg_vast(vraag, client, door, nu)
        return None
    return verstuur(
        "317",
        Weg(Bericht.Kant.AANBIEDER, toewijzing.gemeente, aanbieder),
        lambda kop: naar_317(kop, bsn=client.bsn or "", referentie=vraag.referentie, reden=reden, regels=lijst),
        waarover=f"opdracht {toewijzing.toewijzingnummer}",
        door=door,
        nu=nu,
        client=client,
        toewijzingen=[toewijzing],
        toelichting=toelichting,
    )


def open_verzoek(aanbieder: Aanbieder, client: Client) -> Verzoek | None:
    """The request that blocks another one (TR374)."""
    return Verzoek.objects.open().filter(client=client, aanbieder=aanbieder).first()


def _eis_een_verzoek(aanbieder: Aanbieder, client: Client) -> None:
    onderweg = Bericht.objects.filter(
        kant=Bericht.Kant.AANBIEDER, soort__in=["315", "317"], status__in=ONDERWEG, aanbieder=aanbieder, client=client
    )
    if onderweg.exists():
        raise Geweigerd("Er is al een verzoek onderweg. Wacht op het antwoord van de gemeente.", reden="ONDERWEG")
    if open_verzoek(aanbieder, client):
        raise Geweigerd(LOOPT, reden="9374")


def _referentie(letter: str) -> str:
    """New for every request of this aanbieder (TR347)."""
    return f"{letter}{nieuw_kenmerk()[1]}"


def _alle_regels(
    toewijzing: Toewijzing, volume: int | None, einddatum: date | None, vanaf: date, nu: datetime
) -> list[verzoeken.Regel]:
    """One line changes, the others stay. Of a total or a budget the change holds from its beginning (TR373)."""
    heel = toewijzing.frequentie == "6" or toewijzing.budget is not None
    lopend = Toewijzing.objects.actueel(vandaag(nu)).filter(client=toewijzing.client, aanbieder=toewijzing.aanbieder)
    gewijzigd = verzoeken.Regel(
        Soort.TE_WIJZIGEN,
        toewijzing=toewijzing,
        gewenste_ingangsdatum=toewijzing.ingangsdatum if heel else vanaf,
        einddatum=einddatum,
        volume=volume,
        eenheid=toewijzing.eenheid,
        frequentie=toewijzing.frequentie,
    )
    anderen = lopend.exclude(pk=toewijzing.pk)
    return [gewijzigd, *(verzoeken.Regel(Soort.ONGEWIJZIGD, toewijzing=ander) for ander in anderen)]
