"""The answer to a request: granted with the 301 that follows, else a 319 made from how the Verzoek stands."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from berichten.actions.schrijven import Weg, schrijf
from berichten.models import Bericht
from berichten.translate.verzoeken import AFGEWEZEN, IN_ONDERZOEK, naar_319
from wachtlijst.models import Plek
from wmo.actions import logboek
from wmo.actions import verzoeken as wmo_verzoeken
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Toewijzing, Verzoek
from wmo.permissions import Recht

ANTWOORDEN = {Verzoek.Status.IN_ONDERZOEK: IN_ONDERZOEK, Verzoek.Status.AFGEWEZEN: AFGEWEZEN}


@actie(Recht.TOEWIJZEN)
def honoreer(*, verzoek: Verzoek, door: Aanstelling, nu: datetime) -> None:
    """Grant the whole request (R-303). What waits on the list is claimed there, by whoever's turn it is (R-112):
    Geweigerd, reden OP_DE_LIJST."""
    if zin := op_de_lijst(verzoek):
        raise Geweigerd(zin, reden="OP_DE_LIJST")
    wmo_verzoeken.honoreer(verzoek=verzoek, door=door, nu=nu)


def op_de_lijst(verzoek: Verzoek) -> str:
    """Why what this request asks anew cannot be given: it waits on the list, or was claimed there. Else ""."""
    nieuw = verzoek.producten.filter(toewijzing=None).values("product")
    wacht = (Plek.Status.OPEN, Plek.Status.GECLAIMD)
    plek = Plek.objects.filter(client=verzoek.client_id, product__in=nieuw, status__in=wacht).first()
    if plek is None:
        return ""
    return (
        f"Deze hulp staat op de wachtlijst (plek {plek.code}). De aanbieder die aan de beurt is, claimt haar daar. "
        "Wijs het verzoek af, of haal de plek eerst van de lijst."
    )


def te_beantwoorden() -> Iterator[tuple[int, str]]:
    """(verzoek, antwoord) that no 319 says yet, of requests that came as a message."""
    for status, antwoord in ANTWOORDEN.items():
        sleutel = Concat(Value("319-"), Cast(OuterRef("pk"), CharField()), Value(f"-{antwoord}"))
        gezegd = Bericht.objects.filter(kant=Bericht.Kant.GEMEENTE, sleutel=sleutel)
        gevraagd = Bericht.objects.filter(
            Q(verzoek=OuterRef("pk")) | Q(verzoek=OuterRef("samen_met")),
            kant=Bericht.Kant.GEMEENTE,
            richting=Bericht.Richting.IN,
        )
        for pk in Verzoek.objects.filter(Exists(gevraagd), ~Exists(gezegd), status=status).values_list("pk", flat=True):
            yield pk, antwoord


def beantwoord_een(verzoek_id: int, antwoord: str, *, nu: datetime) -> Bericht | None:
    """One 319 in a transaction of its own; None when another worker was first."""
    with transaction.atomic():
        verzoek = (
            Verzoek.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("client", "gemeente", "aanbieder")
            .filter(pk=verzoek_id)
            .first()
        )
        if verzoek is None or Bericht.objects.filter(sleutel=_sleutel(verzoek, antwoord)).exists():
            return None
        return beantwoord(verzoek=verzoek, antwoord=antwoord, door=Aanstelling.objects.systeem(), nu=nu)


def _sleutel(verzoek: Verzoek, antwoord: str) -> str:
    return f"319-{verzoek.pk}-{antwoord}"


@actie(Recht.BERICHTEN_VERWERKEN)
def beantwoord(*, verzoek: Verzoek, antwoord: str, door: Aanstelling, nu: datetime) -> Bericht:
    """Write the 319: refused with its reason, or being looked into (once, TR360)."""
    reden = verzoek.antwoord_reden if antwoord == AFGEWEZEN else ""
    rij = schrijf(
        "319",
        Weg(Bericht.Kant.GEMEENTE, verzoek.gemeente, verzoek.aanbieder),
        lambda kop: naar_319(kop, referentie=verzoek.referentie, antwoord=antwoord, reden=reden),
        nu=nu,
        client=verzoek.client,
        verzoek=verzoek,
        toewijzingen=Toewijzing.objects.filter(pk__in=verzoek.producten.values("toewijzing")),
        sleutel=_sleutel(verzoek, antwoord),
    )
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="verzoeken.beantwoord",
        over=rij,
        client=verzoek.client,
        gemeente=verzoek.gemeente,
        tekst=f"Bericht 319 gemaakt voor verzoek {verzoek.referentie}",
    )
    return rij
