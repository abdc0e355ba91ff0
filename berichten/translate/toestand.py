"""What the receiver already knows, read from the rows: only what this one message needs.

The gemeente judges with its own administration. An aanbieder for whom the portal plays judges with what it was told:
the versions in the 301s that it accepted.
"""

from datetime import date, datetime
from typing import Any

from berichten.datatypes import cent
from berichten.models import Bericht
from berichten.standaard import Berichtsoort
from berichten.toestand import OntvangenBericht, Start, Stop, Toestand, Toewijzing
from berichten.toestand import Verzoek as EerderVerzoek
from wmo.fields import sleutelhash
from wmo.models import Aanbieder, Gemeente, Leveringsfeit, Product, ToewijzingVersie, Verzoek
from wmo.periodes import vandaag

KLAAR = {Verzoek.Status.AFGEWEZEN: "afgewezen", Verzoek.Status.GEHONOREERD: "toegewezen"}


def toestand_voor(
    rij: Bericht, bericht: Any, soort: Berichtsoort, gemeente: Gemeente, aanbieder: Aanbieder, nu: datetime
) -> Toestand:
    """At most five queries; the lines of a declaration are judged by declaraties itself."""
    bsn = bsn_van(bericht)
    gedeeld: dict[str, Any] = {
        "vandaag": vandaag(nu),
        "ontvangen_berichten": _ontvangen(rij, soort, bericht),
        "gemeenteperioden": _gemeenteperioden(gemeente),
    }
    if soort.nummer in ("323", "325"):
        return Toestand(**gedeeld)
    versies = _versies(rij, bsn, gemeente, aanbieder)
    feiten = _feiten(versies) if soort.nummer in ("305", "307") else []
    return Toestand(
        **gedeeld,
        toewijzingen=tuple(_toewijzing(versie, bsn, gemeente, aanbieder) for versie in versies),
        starts=tuple(_start(feit, bsn) for feit in feiten if feit.soort == Leveringsfeit.Soort.START),
        stops=tuple(_stop(feit, bsn) for feit in feiten if feit.soort == Leveringsfeit.Soort.STOP),
        verzoeken=_verzoeken(rij, bericht, bsn, gemeente, aanbieder),
        productcodelijst=dict(Product.objects.values_list("code", "categorie")),
    )


def _gemeenteperioden(gemeente: Gemeente) -> dict[str, tuple[date | None, date | None]]:
    """Only of a code that came or goes with a herindeling (TR378)."""
    if gemeente.code_vanaf is None and gemeente.code_tot is None:
        return {}
    return {gemeente.code: (gemeente.code_vanaf, gemeente.code_tot)}


def bsn_van(bericht: Any) -> str:
    """Of the one client of this message; "" for a declaration and for the 319, which has none."""
    client = getattr(bericht, "client", None)
    return client.bsn if client is not None else ""


def _ontvangen(rij: Bericht, soort: Berichtsoort, bericht: Any) -> tuple[OntvangenBericht, ...]:
    """Whether this identification was used before by this sender (TR056)."""
    kop = bericht.header
    eerder = Bericht.objects.filter(
        kant=rij.kant,
        richting=Bericht.Richting.IN,
        afzender=kop.afzender,
        soort=soort.nummer,
        identificatie=kop.bericht_identificatie.identificatie,
        status__in=[Bericht.Status.GOEDGEKEURD, Bericht.Status.AFGEKEURD],
    ).exclude(pk=rij.pk)
    if not eerder.exists():
        return ()
    return (OntvangenBericht(kop.afzender, soort.code, kop.bericht_identificatie.identificatie),)


def _versies(rij: Bericht, bsn: str, gemeente: Gemeente, aanbieder: Aanbieder) -> list[ToewijzingVersie]:
    versies = (
        ToewijzingVersie.objects.filter(
            toewijzing__gemeente=gemeente,
            toewijzing__aanbieder=aanbieder,
            toewijzing__client__bsn_hash=sleutelhash(bsn),
        )
        .select_related("toewijzing__product")
        .order_by("toewijzing_id", "-toewijzingsdatum", "-toewijzingstijd")
    )
    if rij.kant == Bericht.Kant.AANBIEDER:
        goedgekeurd = Bericht.objects.filter(kant=Bericht.Kant.GEMEENTE, soort="301", status=Bericht.Status.GOEDGEKEURD)
        versies = versies.filter(verzendingen__bericht__in=goedgekeurd)
    return list(versies.distinct("toewijzing_id"))


def _toewijzing(versie: ToewijzingVersie, bsn: str, gemeente: Gemeente, aanbieder: Aanbieder) -> Toewijzing:
    product = versie.toewijzing.product
    return Toewijzing(
        nummer=versie.toewijzing.toewijzingnummer,
        bsn=bsn,
        gemeente=gemeente.code,
        aanbieder=aanbieder.agb,
        ingangsdatum=versie.ingangsdatum,
        categorie=product.categorie,
        code=product.code,
        einddatum=versie.einddatum,
        volume=versie.volume,
        eenheid=versie.eenheid or None,
        frequentie=versie.frequentie or None,
        budget=None if versie.budget is None else cent(versie.budget),
        reden_wijziging=versie.reden_wijziging or None,
        referentie_aanbieder=versie.referentie_aanbieder or None,
        toewijzingsdatum=versie.toewijzingsdatum,
        toewijzingstijd=versie.toewijzingstijd,
    )


def _feiten(versies: list[ToewijzingVersie]) -> list[Leveringsfeit]:
    return list(
        Leveringsfeit.objects.filter(
            levering__toewijzing__in=[versie.toewijzing_id for versie in versies], vervallen_op=None
        ).select_related("levering__toewijzing__product")
    )


def _sleutel(feit: Leveringsfeit, bsn: str) -> dict[str, Any]:
    toewijzing = feit.levering.toewijzing
    return {
        "bsn": bsn,
        "begindatum": feit.begindatum,
        "toewijzingnummer": toewijzing.toewijzingnummer,
        "categorie": toewijzing.product.categorie,
        "code": toewijzing.product.code,
    }


def _start(feit: Leveringsfeit, bsn: str) -> Start:
    return Start(**_sleutel(feit, bsn))


def _stop(feit: Leveringsfeit, bsn: str) -> Stop:
    assert feit.einddatum is not None
    return Stop(**_sleutel(feit, bsn), reden_beeindiging=feit.reden_beeindiging, einddatum=feit.einddatum)


def _verzoeken(
    rij: Bericht, bericht: Any, bsn: str, gemeente: Gemeente, aanbieder: Aanbieder
) -> tuple[EerderVerzoek, ...]:
    """All requests of this client, and those whose reference this message uses."""
    verzoeken = Verzoek.objects.filter(gemeente=gemeente, aanbieder=aanbieder).select_related("client")
    if bsn:
        verzoeken = verzoeken.filter(client__bsn_hash=sleutelhash(bsn)) | verzoeken.filter(
            referentie__in=_referenties(bericht)
        )
    else:
        verzoeken = verzoeken.filter(referentie=bericht.antwoord.referentie_aanbieder)
    return tuple(
        EerderVerzoek(
            soort=verzoek.soort,
            bsn=verzoek.client.bsn or "",
            referentie=verzoek.referentie,
            status=KLAAR.get(Verzoek.Status(verzoek.status), "ingediend"),
            dagtekening=verzoek.dagtekening,
        )
        for verzoek in verzoeken
    )


def _referenties(bericht: Any) -> list[str]:
    client = bericht.client
    if hasattr(client, "verzoek"):
        return [client.verzoek.referentie_aanbieder]
    return [product.referentie_aanbieder for product in getattr(client, "aangevraagde_producten", ())]
