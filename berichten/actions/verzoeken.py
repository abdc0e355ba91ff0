"""319: the answer to a request, made from how the Verzoek stands. A request that was granted is answered by the 301."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from berichten.actions.schrijven import Weg, leg_klaar
from berichten.models import Bericht
from berichten.translate.kop import header, nieuw_kenmerk
from berichten.translate.verzoeken import AFGEWEZEN, IN_ONDERZOEK, naar_319
from wmo.actions import logboek
from wmo.actions.kader import actie
from wmo.models import Aanstelling, Toewijzing, Verzoek
from wmo.periodes import AMSTERDAM
from wmo.permissions import Recht

ANTWOORDEN = {Verzoek.Status.IN_ONDERZOEK: IN_ONDERZOEK, Verzoek.Status.AFGEWEZEN: AFGEWEZEN}


def te_beantwoorden() -> Iterator[tuple[int, str]]:
    """(verzoek, antwoord) that no 319 says yet, of requests that came as a message."""
    for status, antwoord in ANTWOORDEN.items():
        sleutel = Concat(Value("319-"), Cast(OuterRef("pk"), CharField()), Value(f"-{antwoord}"))
        gezegd = Bericht.objects.filter(kant=Bericht.Kant.GEMEENTE, sleutel=sleutel)
        gevraagd = Bericht.objects.filter(
            kant=Bericht.Kant.GEMEENTE, richting=Bericht.Richting.IN, verzoek=OuterRef("pk")
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
    pk, kenmerk = nieuw_kenmerk()
    kop = header(
        "319",
        gemeente=verzoek.gemeente.code,
        aanbieder=verzoek.aanbieder.agb,
        identificatie=kenmerk,
        dagtekening=nu.astimezone(AMSTERDAM).date(),
    )
    reden = verzoek.antwoord_reden if antwoord == AFGEWEZEN else ""
    rij = leg_klaar(
        naar_319(kop, referentie=verzoek.referentie, antwoord=antwoord, reden=reden),
        Weg(Bericht.Kant.GEMEENTE, verzoek.gemeente, verzoek.aanbieder),
        pk=pk,
        identificatie=kenmerk,
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
