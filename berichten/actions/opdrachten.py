"""301: every version that no message carries yet, with all current ones of that client and aanbieder (OP087)."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from berichten.actions.schrijven import Weg, koppel_verzoek, schrijf
from berichten.models import Bericht, Berichtversie
from berichten.translate.toewijzen import naar_301
from wmo.actions import leveringen, logboek, taken
from wmo.actions.kader import actie
from wmo.models import Aanbieder, Aanstelling, Client, Taak, Toewijzing, ToewijzingVersie
from wmo.periodes import vandaag
from wmo.permissions import Recht

Status = Toewijzing.Status


def zonder_bericht() -> "QuerySet[ToewijzingVersie]":
    """Versions that still have to leave (ADR 0012)."""
    return ToewijzingVersie.objects.filter(
        ~Exists(Berichtversie.objects.filter(versie=OuterRef("pk"))), toewijzing__client__geen_berichtenverkeer=False
    ).exclude(toewijzing__client__bsn_hash=None)


def te_verzenden() -> Iterator[tuple[int, int]]:
    """Pairs (client, aanbieder) for whom a 301 must be made."""
    paren = zonder_bericht().values_list("toewijzing__client", "toewijzing__aanbieder")
    yield from paren.distinct().order_by()


def verzend_paar(client_id: int, aanbieder_id: int, *, nu: datetime) -> Bericht | None:
    """Make the 301 of one client and aanbieder in a transaction of its own; None when another worker was first.

    The row of the client is the lock: an opdracht that is being made waits for it as well.
    """
    with transaction.atomic():
        client = (
            Client.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
            .select_related("gemeente")
            .filter(pk=client_id)
            .first()
        )
        aanbieder = Aanbieder.objects.get(pk=aanbieder_id)
        if client is None or not _nieuw_voor(client, aanbieder):
            return None
        return verzend(client=client, aanbieder=aanbieder, door=Aanstelling.objects.systeem(), nu=nu)


def _nieuw_voor(client: Client, aanbieder: Aanbieder) -> list[ToewijzingVersie]:
    return list(zonder_bericht().filter(toewijzing__client=client, toewijzing__aanbieder=aanbieder))


@actie(Recht.BERICHTEN_VERWERKEN)
def verzend(*, client: Client, aanbieder: Aanbieder, door: Aanstelling, nu: datetime) -> Bericht:
    """Make a new 301 of how it stands now. Used for what is new, and to send again after a refusal was mended."""
    nieuw = _nieuw_voor(client, aanbieder)
    versies = _stand(client, aanbieder, {versie.toewijzing_id for versie in nieuw}, nu)
    rij = schrijf(
        "301",
        Weg(Bericht.Kant.GEMEENTE, client.gemeente, aanbieder),
        lambda kop: naar_301(kop, client, versies),
        nu=nu,
        client=client,
        toewijzingen=[versie.toewijzing for versie in versies],
    )
    for versie in versies:
        if versie.referentie_aanbieder:
            koppel_verzoek(rij, versie.toewijzing, versie.referentie_aanbieder)
    meegestuurd = {versie.pk for versie in (*versies, *nieuw)}
    Berichtversie.objects.bulk_create(Berichtversie(bericht=rij, versie_id=versie) for versie in sorted(meegestuurd))
    if rij.status == Bericht.Status.MISLUKT:
        meld_niet_gemaakt(rij, nu)
    _noteer(rij, client, len(versies), door, nu)
    return rij


def _stand(client: Client, aanbieder: Aanbieder, gewijzigd: set[int], nu: datetime) -> list[ToewijzingVersie]:
    """The newest version of every toewijzing that is current or changed."""
    toewijzingen = Toewijzing.objects.filter(client=client, aanbieder=aanbieder)
    actueel = toewijzingen.actueel(vandaag(nu)).values("pk")
    return list(
        ToewijzingVersie.objects.filter(Q(toewijzing__in=actueel) | Q(toewijzing__in=gewijzigd))
        .select_related("toewijzing__product")
        .order_by("toewijzing_id", "-toewijzingsdatum", "-toewijzingstijd", "-versie")
        .distinct("toewijzing_id")
    )


def meld_niet_gemaakt(rij: Bericht, nu: datetime) -> None:
    """A message of the gemeente that cannot leave is work for the backoffice."""
    assert rij.gemeente is not None
    taken.zet_klaar(
        sleutel=f"bericht:{rij.pk}",
        soort=Taak.Soort.BERICHT_AFGEKEURD,
        titel=f"Bericht {rij.soort} aan {rij.aanbieder} is niet verzonden",
        gemeente=rij.gemeente,
        nu=nu,
        aanbieder=rij.aanbieder if rij.kant == Bericht.Kant.AANBIEDER else None,
        pad=rij.pad,
    )


def buiten_berichten() -> "QuerySet[Toewijzing]":
    """Opdrachten of people without a BSN or without message traffic (R-017, R-304): they go by the portal alone."""
    stil = Q(client__geen_berichtenverkeer=True) | Q(client__bsn_hash=None)
    return Toewijzing.objects.filter(stil, status=Status.CONCEPT).select_related(
        "client", "gemeente", "aanbieder", "voorziening__beschikking__zaak"
    )


@actie(Recht.BERICHTEN_VERWERKEN)
def geef_zonder_bericht(*, toewijzing: Toewijzing, door: Aanstelling, nu: datetime) -> None:
    """The aanbieder finds this opdracht on its own pages; no message tells it."""
    toewijzing.zet_status(Status.VERZONDEN)
    toewijzing.zet_status(Status.ONTVANGEN)
    leveringen.zet_starttaken(toewijzing=toewijzing, nu=nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="opdrachten.geef_zonder_bericht",
        over=toewijzing,
        zaak=toewijzing.voorziening.beschikking.zaak,
        tekst=f"Opdracht {toewijzing.toewijzingnummer} staat klaar in het portaal, zonder bericht",
    )


def _noteer(rij: Bericht, client: Client, aantal: int, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="opdrachten.verzend",
        over=rij,
        client=client,
        tekst=f"Bericht 301 gemaakt voor {rij.aanbieder}, met {aantal} {'opdracht' if aantal == 1 else 'opdrachten'}",
    )
