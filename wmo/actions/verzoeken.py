"""Requests of a provider: VOT (315) and VOW (317), answered as a whole (R-303)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from wmo.actions import evaluaties, logboek, taken, toewijzingen
from wmo.actions.bewerken import houd_vast
from wmo.actions.kader import Geweigerd, actie
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Client,
    Frequentie,
    GelijkgesteldeDag,
    Product,
    Taak,
    Toewijzing,
    ToewijzingVersie,
    Verzoek,
    VerzoekProduct,
    Voorziening,
    Zaak,
)
from wmo.periodes import EEN_DAG, vandaag
from wmo.permissions import Recht
from wmo.rules.contracttermijnen import IN_ONDERZOEK_WEKEN, weken_later

ANTWOORD_WERKDAGEN = 5  # OP274, OP346
Reden = ToewijzingVersie.RedenWijziging


@dataclass(frozen=True)
class Regel:
    """A line of a request as it came in. Volume in the unit given; `budget` in euros."""

    soort: VerzoekProduct.Soort
    toewijzing: Toewijzing | None = None
    product: Product | None = None
    gewenste_ingangsdatum: date | None = None
    einddatum: date | None = None
    volume: int | None = None
    eenheid: str = ""
    frequentie: str = ""
    budget: Decimal | None = None


@actie(Recht.LEVERING_MELDEN)
def dien_in(
    *,
    soort: str,
    client: Client,
    aanbieder: Aanbieder,
    referentie: str,
    dagtekening: date,
    regels: list[Regel],
    door: Aanstelling,
    nu: datetime,
    reden: str = "",
    toelichting: str = "",
    samen_met: Verzoek | None = None,
) -> Verzoek:
    """Record a request; the answer is due in five working days. Geweigerd (9374) while another is open (TR374).

    `samen_met` is the first request of the same message: what is asked together does not block itself.
    """
    Client.objects.select_for_update().get(pk=client.pk)  # two requests at once: the second sees the first
    lopend = Verzoek.objects.open().filter(client=client, aanbieder=aanbieder)
    if samen_met is not None:
        lopend = lopend.exclude(pk__in=Verzoek.objects.samen(samen_met.pk))
    if lopend.exists():
        raise Geweigerd("Voor deze cliënt loopt al een verzoek. Wacht op het antwoord.", reden="9374")
    verzoek = Verzoek.objects.create(
        samen_met=samen_met,
        soort=soort,
        gemeente=client.gemeente,
        aanbieder=aanbieder,
        client=client,
        referentie=referentie,
        dagtekening=dagtekening,
        reden=reden,
        toelichting=toelichting,
        uiterlijk=GelijkgesteldeDag.objects.kalender().werkdagen_na(vandaag(nu), ANTWOORD_WERKDAGEN),
    )
    VerzoekProduct.objects.bulk_create(VerzoekProduct(verzoek=verzoek, **vars(regel)) for regel in regels)
    zaak = _zaak(verzoek)
    taken.zet_klaar(
        sleutel=f"verzoek:{verzoek.pk}",
        soort=Taak.Soort.VERZOEK_BEOORDELEN,
        titel=f"Beoordeel {verzoek.get_soort_display().lower()} {referentie}",
        gemeente=client.gemeente,
        nu=nu,
        uiterlijk=verzoek.uiterlijk,
        zaak=zaak,
        pad=f"/verzoeken/{verzoek.pk}/",
    )
    _noteer(verzoek, zaak, door, nu, "verzoeken.dien_in", f"{verzoek.get_soort_display()} ontvangen ({referentie})")
    return verzoek


@actie(Recht.VERZOEK_BEOORDELEN)
def neem_in_onderzoek(*, verzoek: Verzoek, door: Aanstelling, nu: datetime) -> None:
    """Answer 2, once (TR360): the final answer is due eight weeks after the request was dated."""
    _eis_open(verzoek)
    if verzoek.status == Verzoek.Status.IN_ONDERZOEK:
        raise Geweigerd("Dit verzoek is al in onderzoek. Keur het goed of wijs het af.", reden="IN_ONDERZOEK")
    uiterlijk = weken_later(verzoek.dagtekening, IN_ONDERZOEK_WEKEN)
    verzoek.zet_status(Verzoek.Status.IN_ONDERZOEK, uiterlijk=uiterlijk)
    taken.verzet(sleutel=f"verzoek:{verzoek.pk}", uiterlijk=uiterlijk)
    tekst = f"Verzoek {verzoek.referentie} is in onderzoek; antwoord uiterlijk {uiterlijk:%d-%m-%Y}"
    _noteer(verzoek, _zaak(verzoek), door, nu, "verzoeken.neem_in_onderzoek", tekst)


@actie(Recht.VERZOEK_BEOORDELEN)
def wijs_af(*, verzoek: Verzoek, reden: str, toelichting: str, door: Aanstelling, nu: datetime) -> None:
    """Answer 1 with a reason of WJ759 (R-307)."""
    _eis_open(verzoek)
    verzoek.zet_status(
        Verzoek.Status.AFGEWEZEN, antwoord_reden=reden, antwoord_toelichting=toelichting, beantwoord_op=nu
    )
    taken.rond_af(sleutel=f"verzoek:{verzoek.pk}", nu=nu)
    tekst = f"Verzoek {verzoek.referentie} is afgewezen"
    _noteer(verzoek, _zaak(verzoek), door, nu, "verzoeken.wijs_af", tekst, reden=reden)


@actie(Recht.TOEWIJZEN)
def honoreer(*, verzoek: Verzoek, door: Aanstelling, nu: datetime) -> None:
    """Grant the whole request or nothing (R-303): versions and new toewijzingen as IV093 says; the 301 follows.

    Raises Geweigerd (BUITEN_BESLUIT) where the decision leaves no room: then a new decision comes first (R-067).
    """
    _eis_open(verzoek)
    for regel in verzoek.producten.select_related("toewijzing__voorziening", "toewijzing__client", "product"):
        _honoreer_regel(verzoek, regel, door, nu)
    verzoek.zet_status(Verzoek.Status.GEHONOREERD, beantwoord_op=nu)
    taken.rond_af(sleutel=f"verzoek:{verzoek.pk}", nu=nu)
    tekst = f"Verzoek {verzoek.referentie} is goedgekeurd"
    _noteer(verzoek, _zaak(verzoek), door, nu, "verzoeken.honoreer", tekst)


def _eis_open(verzoek: Verzoek) -> None:
    """The second of two answers, or of two clicks, reads that there is one."""
    houd_vast(verzoek, "status")
    if verzoek.status not in Verzoek.OPEN:
        raise Geweigerd(
            f"Dit verzoek is al {verzoek.get_status_display().lower()}. U hoeft niets te doen.", reden="BEANTWOORD"
        )


def _honoreer_regel(verzoek: Verzoek, regel: VerzoekProduct, door: Aanstelling, nu: datetime) -> None:
    if regel.soort == VerzoekProduct.Soort.ONGEWIJZIGD:
        return
    if regel.toewijzing is None:
        _wijs_nieuw_toe(verzoek, regel, door, nu)
        return
    if _zelfde_opdracht(regel, regel.toewijzing):
        _wijzig_opdracht(verzoek, regel, regel.toewijzing, door, nu)
    else:
        _vervang_opdracht(verzoek, regel, regel.toewijzing, door, nu)


def _eis_evaluatie(regel: VerzoekProduct, toewijzing: Toewijzing) -> None:
    """A 317 that asks a later end is an extension, whatever else it asks (R-135, R-136)."""
    if toewijzing.einddatum and regel.einddatum and regel.einddatum > toewijzing.einddatum:
        evaluaties.eis_evaluatie(toewijzing)


def _zelfde_opdracht(regel: VerzoekProduct, toewijzing: Toewijzing) -> bool:
    """Whether the number stays: budget, a total volume, or nothing but the einddatum changes (OP257, OP380)."""
    if regel.budget is not None or toewijzing.frequentie == Frequentie.TOTAAL:
        return True
    omvang = (regel.volume, regel.eenheid, regel.frequentie)
    return omvang == (toewijzing.volume, toewijzing.eenheid, toewijzing.frequentie)


def _wijzig_opdracht(
    verzoek: Verzoek, regel: VerzoekProduct, toewijzing: Toewijzing, door: Aanstelling, nu: datetime
) -> None:
    toewijzingen.eis_binnen_besluit(toewijzing.voorziening, volume=regel.volume, einddatum=regel.einddatum)
    _eis_evaluatie(regel, toewijzing)
    gewijzigd = {
        veld: getattr(regel, veld)
        for veld in ("einddatum", "volume", "budget")
        if getattr(regel, veld) is not None and getattr(regel, veld) != getattr(toewijzing, veld)
    }
    toewijzingen.leg_versie_vast(
        toewijzing, reden=Reden.OP_VERZOEK, referentie=verzoek.referentie, door=door, nu=nu, **gewijzigd
    )


def _vervang_opdracht(
    verzoek: Verzoek, regel: VerzoekProduct, toewijzing: Toewijzing, door: Aanstelling, nu: datetime
) -> None:
    """Another volume a week: the old number ends the day before, a new number begins (OP257)."""
    _eis_evaluatie(regel, toewijzing)
    vanaf = regel.gewenste_ingangsdatum or vandaag(nu)
    if vanaf <= toewijzing.ingangsdatum:
        toewijzingen.verwijder(toewijzing=toewijzing, toelichting=verzoek.referentie, door=door, nu=nu)
    else:
        toewijzingen.leg_versie_vast(
            toewijzing,
            reden=Reden.OP_VERZOEK,
            referentie=verzoek.referentie,
            door=door,
            nu=nu,
            einddatum=vanaf - EEN_DAG,
        )
    _wijs_toe(verzoek, regel, toewijzing.voorziening, vanaf, door, nu)


def besluit_voor(verzoek: Verzoek, regel: VerzoekProduct, vanaf: date) -> Voorziening | None:
    """The decision under which a product that has no opdracht yet may be given from `vanaf` on."""
    return Voorziening.objects.filter(
        Q(einddatum=None) | Q(einddatum__gte=vanaf),
        client=verzoek.client,
        product=regel.product,
        van_kracht=True,
        ingangsdatum__lte=vanaf,
    ).first()


def _wijs_nieuw_toe(verzoek: Verzoek, regel: VerzoekProduct, door: Aanstelling, nu: datetime) -> None:
    vanaf = regel.gewenste_ingangsdatum or vandaag(nu)
    voorziening = besluit_voor(verzoek, regel, vanaf)
    if voorziening is None:
        wat = regel.product or "ondersteuning die niet in onze catalogus staat"
        raise Geweigerd(f"Er is geen besluit voor {wat}. Neem eerst een besluit.", reden="GEEN_BESLUIT")
    _wijs_toe(verzoek, regel, voorziening, vanaf, door, nu)


def _wijs_toe(
    verzoek: Verzoek, regel: VerzoekProduct, voorziening: Voorziening, vanaf: date, door: Aanstelling, nu: datetime
) -> None:
    toewijzingen.wijs_toe(
        voorziening=voorziening,
        aanbieder=verzoek.aanbieder,
        ingangsdatum=vanaf,
        gewenste_startdatum=vanaf,
        referentie=verzoek.referentie,
        volume=regel.volume,
        einddatum=regel.einddatum,
        door=door,
        nu=nu,
    )


def _zaak(verzoek: Verzoek) -> Zaak | None:
    """The newest case with an opdracht at this provider, else the newest with a decision on what is asked."""
    opdracht = Q(beschikkingen__voorzieningen__toewijzingen__aanbieder=verzoek.aanbieder)
    besluit = Q(beschikkingen__voorzieningen__product__in=verzoek.producten.values("product"))
    zaken = Zaak.objects.select_related("client", "gemeente").filter(client=verzoek.client).order_by("-id")
    return zaken.filter(opdracht).first() or zaken.filter(besluit).first()


def _noteer(
    verzoek: Verzoek, zaak: Zaak | None, door: Aanstelling, nu: datetime, handeling: str, tekst: str, *, reden: str = ""
) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=handeling,
        over=verzoek,
        zaak=zaak,
        client=verzoek.client,
        gemeente=verzoek.gemeente,
        tekst=tekst,
        reden=reden,
    )
