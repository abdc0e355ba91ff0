"""The opdracht to an aanbieder: make it, and change what may change. The message itself is made by berichten.

berichten finds versions without a message on its own (ADR 0012); here its worker is only woken.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Q

from wmo.actions import evaluaties, logboek, nummers, taken
from wmo.actions.kader import Geweigerd, actie, binnen_actie
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Beschikking,
    Client,
    GelijkgesteldeDag,
    Gemeenteregel,
    Levering,
    Perceel,
    Productcategorie,
    Regelsleutel,
    Toewijzing,
    ToewijzingVersie,
    Voorziening,
    Zaak,
)
from wmo.periodes import AMSTERDAM, EEN_DAG, vandaag
from wmo.permissions import Recht
from wmo.rules.contracttermijnen import START_WERKDAGEN

Reden = ToewijzingVersie.RedenWijziging
INHOUD = ("ingangsdatum", "einddatum", "volume", "eenheid", "frequentie", "budget")
TOTAAL = "6"
# hulpmiddelen: several at a time are normal (TR302)
MAG_STAPELEN = (
    Productcategorie.ROLSTOELEN,
    Productcategorie.VERVOERVOORZIENINGEN,
    Productcategorie.WOONVOORZIENINGEN,
    Productcategorie.HULPMIDDELEN,
)

# apps above wmo may object to the deletion of an opdracht: each gives a Dutch sentence or None (TR385)
BEZWAREN: list[Callable[[Toewijzing], str | None]] = []


@actie(Recht.TOEWIJZEN)
def wijs_toe(
    *,
    voorziening: Voorziening,
    aanbieder: Aanbieder,
    ingangsdatum: date,
    gewenste_startdatum: date | None = None,
    uiterste_startdatum: date | None = None,
    contactpersoon: str = "",
    opmerking: str = "",
    referentie: str = "",
    volume: int | None = None,
    einddatum: date | None = None,
    door: Aanstelling,
    nu: datetime,
) -> Toewijzing:
    """Give the opdracht: a number, its first version, an empty levering and the latest day to start (R-103).

    `volume` and `einddatum` are those of the decision unless less is asked (R-067). `ingangsdatum` lies within the
    decision; `uiterste_startdatum` follows from the gemeente unless spoed sets it. Raises Geweigerd with reden
    GEEN_BESLUIT, PGB, BUITEN_BESLUIT, BUITEN_PERCEEL or STAPELING (TR302).
    """
    volume, einddatum = volume or voorziening.volume, einddatum or voorziening.einddatum
    client = _vergrendel_client(voorziening.client_id)
    zaak = Zaak.objects.get(beschikkingen=voorziening.beschikking_id)
    _eis_besluit(voorziening, ingangsdatum)
    eis_binnen_besluit(voorziening, volume=volume, einddatum=einddatum)
    _eis_perceel(voorziening, aanbieder, client, ingangsdatum)
    _eis_geen_stapeling(voorziening, aanbieder, client, ingangsdatum, einddatum)
    toewijzing = Toewijzing.objects.create(
        toewijzingnummer=nummers.volgende(f"toewijzing:{client.gemeente.code}"),
        gemeente=client.gemeente,
        aanbieder=aanbieder,
        client=client,
        voorziening=voorziening,
        product=voorziening.product,
        opmerking=opmerking,
        uiterste_startdatum=uiterste_startdatum or uiterste_start(client.gemeente_id, vandaag(nu)),
        gewenste_startdatum=gewenste_startdatum,
        contactpersoon=contactpersoon,
        ingangsdatum=ingangsdatum,
        einddatum=einddatum,
        volume=volume,
        eenheid=voorziening.eenheid,
        frequentie=voorziening.frequentie,
    )
    Levering.objects.create(toewijzing=toewijzing)
    _maak_versie(toewijzing, door=door, nu=nu, referentie=referentie)
    if zaak.kan_naar(Zaak.Status.UITVOERING):
        zaak.zet_status(Zaak.Status.UITVOERING)
    _noteer(toewijzing, "wijs_toe", f"Opdracht {toewijzing.toewijzingnummer} gemaakt voor {aanbieder}", door, nu)
    return toewijzing


def uiterste_start(gemeente_id: int, opdracht: date) -> date:
    """Last day to start: so many working days after the opdracht as the gemeente has laid down, else 20 (R-103)."""
    gevraagd = [Regelsleutel.START_WERKDAGEN, Regelsleutel.BESLUITDAG_IS_WERKDAG]
    regels = Gemeenteregel.objects.filter(sleutel__in=gevraagd).geldend(gemeente_id, op=opdracht)
    kalender = GelijkgesteldeDag.objects.kalender(
        besluitdag_is_werkdag=regels.get(Regelsleutel.BESLUITDAG_IS_WERKDAG, True)
    )
    return kalender.werkdagen_na(opdracht, regels.get(Regelsleutel.START_WERKDAGEN, START_WERKDAGEN))


@binnen_actie
def leg_versie_vast(
    toewijzing: Toewijzing, *, reden: str, door: Aanstelling, nu: datetime, referentie: str = "", **gewijzigd: Any
) -> ToewijzingVersie:
    """The only door to a later version. Called inside an action, which writes the line in the logboek.

    `gewijzigd` holds what OP033x1 allows: einddatum, budget, and volume where frequentie is 6. Another product, another
    volume per week or another ingangsdatum is a new toewijzing (OP257): Geweigerd, reden NIET_WIJZIGBAAR.
    """
    _eis_wijzigbaar(toewijzing, gewijzigd)
    actueel = (
        Toewijzing.objects.select_for_update(of=("self",), no_key=True).select_related("client").get(pk=toewijzing.pk)
    )
    for veld, waarde in gewijzigd.items():
        setattr(actueel, veld, waarde)
        setattr(toewijzing, veld, waarde)
    actueel.save(update_fields=list(gewijzigd))
    return _maak_versie(actueel, door=door, nu=nu, reden=reden, referentie=referentie)


@actie(Recht.TOEWIJZEN)
def verleng(
    *,
    toewijzing: Toewijzing,
    einddatum: date,
    voorziening: Voorziening | None = None,
    reden: str = Reden.ANDERS,
    door: Aanstelling,
    nu: datetime,
) -> ToewijzingVersie:
    """Stretch the einddatum: the obligatory way to extend while the old one has not passed (OP380, R-302).

    `voorziening` names the later decision that makes room; without it the present decision must still hold. First an
    evaluation that ends in extending (R-136).
    """
    _vergrendel(toewijzing)
    besluit = voorziening or toewijzing.voorziening
    if toewijzing.einddatum is None or einddatum <= toewijzing.einddatum:
        raise Geweigerd("De nieuwe einddatum moet na de huidige liggen.", reden="GEEN_VERLENGING")
    if toewijzing.einddatum < vandaag(nu):
        raise Geweigerd("Deze opdracht is al afgelopen. Maak een nieuwe opdracht.", reden="AFGELOPEN")
    if besluit.einddatum and einddatum > besluit.einddatum:
        raise Geweigerd(
            f"Het besluit loopt tot en met {besluit.einddatum:%d-%m-%Y}. Neem eerst een nieuw besluit.",
            reden="BUITEN_BESLUIT",
        )
    _eis_lopend(toewijzing)
    evaluaties.eis_evaluatie(toewijzing)
    client = _vergrendel_client(toewijzing.client_id)
    vanaf = toewijzing.einddatum + EEN_DAG
    _eis_geen_stapeling(besluit, toewijzing.aanbieder, client, vanaf, einddatum, behalve=toewijzing)
    if besluit.pk != toewijzing.voorziening_id:
        Toewijzing.objects.filter(pk=toewijzing.pk).update(voorziening=besluit)
    taken.rond_af(sleutel=f"na-evaluatie:{toewijzing.pk}", nu=nu)
    return _wijzig(
        toewijzing, "verleng", f"verlengd tot en met {einddatum:%d-%m-%Y}", door, nu, reden, einddatum=einddatum
    )


@actie(Recht.TOEWIJZEN)
def beeindig(
    *,
    toewijzing: Toewijzing,
    einddatum: date,
    reden: str,
    instemming: bool = False,
    door: Aanstelling,
    nu: datetime,
) -> ToewijzingVersie:
    """End earlier. An end in the past needs the consent of the aanbieder (OP186)."""
    _vergrendel(toewijzing)
    _eis_lopend(toewijzing)
    if einddatum < toewijzing.ingangsdatum:
        raise Geweigerd(
            "De einddatum ligt voor de ingangsdatum. Verwijder de opdracht als zij niet klopt.", reden="VOOR_BEGIN"
        )
    if toewijzing.einddatum is not None and einddatum >= toewijzing.einddatum:
        raise Geweigerd("De opdracht stopt dan al. Kies een eerdere datum.", reden="GEEN_BEEINDIGING")
    if einddatum < vandaag(nu) and not instemming:
        raise Geweigerd(
            "Deze datum is al voorbij. Dat kan alleen als de aanbieder het ermee eens is.", reden="INSTEMMING_NODIG"
        )
    for sleutel in (f"overlijden:{toewijzing.pk}", f"na-evaluatie:{toewijzing.pk}"):
        taken.rond_af(sleutel=sleutel, nu=nu)
    return _wijzig(toewijzing, "beeindig", f"stopt op {einddatum:%d-%m-%Y}", door, nu, reden, einddatum=einddatum)


@actie(Recht.TOEWIJZEN)
def verwijder(*, toewijzing: Toewijzing, toelichting: str, door: Aanstelling, nu: datetime) -> ToewijzingVersie:
    """As if never sent: einddatum = ingangsdatum, reason 13 (R-302). Not once something was approved (TR385)."""
    _vergrendel(toewijzing)
    if not toewijzing.kan_naar(Toewijzing.Status.VERWIJDERD):
        raise Geweigerd("Deze opdracht kan niet meer weg. Stop haar op een datum.", reden="NIET_TE_VERWIJDEREN")
    for bezwaar in BEZWAREN:
        if zin := bezwaar(toewijzing):
            raise Geweigerd(zin, reden="BEZWAAR")
    toewijzing.zet_status(Toewijzing.Status.VERWIJDERD)
    versie = leg_versie_vast(toewijzing, reden=Reden.VERWIJDERD, door=door, nu=nu, einddatum=toewijzing.ingangsdatum)
    _noteer(toewijzing, "verwijder", f"Opdracht {toewijzing.toewijzingnummer} verwijderd", door, nu, toelichting)
    return versie


def _vergrendel(toewijzing: Toewijzing) -> None:
    """Judge what stands now, not what a page showed a minute ago: nobody changes it until commit."""
    toewijzing.refresh_from_db(from_queryset=Toewijzing.objects.select_for_update(no_key=True))


def _vergrendel_client(pk: int) -> Client:
    """One opdracht of a client at a time: the second sees what the first one gave (TR302)."""
    return Client.objects.select_for_update(of=("self",), no_key=True).select_related("gemeente").get(pk=pk)


def _wijzig(
    toewijzing: Toewijzing, verb: str, wat: str, door: Aanstelling, nu: datetime, reden: str, **gewijzigd: Any
) -> ToewijzingVersie:
    versie = leg_versie_vast(toewijzing, reden=reden, door=door, nu=nu, **gewijzigd)
    tekst = f"Opdracht {toewijzing.toewijzingnummer} {wat}"
    _noteer(toewijzing, verb, tekst, door, nu, str(Reden(reden).label))
    return versie


def _eis_besluit(voorziening: Voorziening, ingangsdatum: date) -> None:
    if voorziening.beschikking.status != Beschikking.Status.VASTGESTELD:
        raise Geweigerd("Er is nog geen besluit. Eerst het besluit, dan de opdracht.", reden="GEEN_BESLUIT")
    if voorziening.vorm != Voorziening.Vorm.ZIN:
        raise Geweigerd("Dit is een persoonsgebonden budget. Daar hoort geen opdracht bij.", reden="PGB")
    einde = voorziening.einddatum or date.max
    if not voorziening.ingangsdatum <= ingangsdatum <= einde:
        raise Geweigerd(
            "De opdracht begint buiten de looptijd van het besluit. Kies een andere datum.", reden="BUITEN_BESLUIT"
        )


def eis_binnen_besluit(voorziening: Voorziening, *, volume: int | None, einddatum: date | None) -> None:
    """An opdracht never gives more than the decision: not in volume, not in time (R-067)."""
    te_lang = voorziening.einddatum is not None and (einddatum is None or einddatum > voorziening.einddatum)
    if te_lang or (volume or 0) > voorziening.volume:
        raise Geweigerd("Dit past niet binnen het besluit. Neem eerst een nieuw besluit.", reden="BUITEN_BESLUIT")


def _eis_perceel(voorziening: Voorziening, aanbieder: Aanbieder, client: Client, op: date) -> None:
    percelen = Perceel.objects.op(op).voor_product(voorziening.product)
    if not percelen.filter(aanbieder=aanbieder, gemeente=client.gemeente_id).exists():
        raise Geweigerd(
            f"{aanbieder} heeft op {op:%d-%m-%Y} geen contract voor {voorziening.product} in {client.gemeente}. "
            "Kies een andere aanbieder.",
            reden="BUITEN_PERCEEL",
        )


def _eis_geen_stapeling(
    voorziening: Voorziening,
    aanbieder: Aanbieder,
    client: Client,
    van: date,
    tot: date | None,
    *,
    behalve: Toewijzing | None = None,
) -> None:
    """Two opdrachten for one product and aanbieder may not overlap (TR302). The caller holds the client's row."""
    if voorziening.product.categorie in MAG_STAPELEN:
        return
    ander = Toewijzing.objects.exclude(status=Toewijzing.Status.VERWIJDERD).filter(
        Q(einddatum=None) | Q(einddatum__gte=van),
        client=client,
        aanbieder=aanbieder,
        product=voorziening.product,
        ingangsdatum__lte=tot or date.max,
    )
    if behalve is not None:
        ander = ander.exclude(pk=behalve.pk)
    if eerste := ander.first():
        raise Geweigerd(
            f"Opdracht {eerste.toewijzingnummer} loopt in deze periode al voor dezelfde ondersteuning. "
            "Verleng of stop die eerst.",
            reden="STAPELING",
        )


def _eis_lopend(toewijzing: Toewijzing) -> None:
    if toewijzing.status in (Toewijzing.Status.VERWIJDERD, Toewijzing.Status.BEEINDIGD):
        raise Geweigerd("Deze opdracht is al gestopt of verwijderd.", reden="NIET_LOPEND")


def _eis_wijzigbaar(toewijzing: Toewijzing, gewijzigd: dict[str, Any]) -> None:
    mag = {"einddatum", "budget"} | ({"volume"} if toewijzing.frequentie == TOTAAL else set())
    if not gewijzigd or set(gewijzigd) - mag:
        raise Geweigerd(
            "Dit kan niet in een bestaande opdracht. Stop haar en maak een nieuwe opdracht.", reden="NIET_WIJZIGBAAR"
        )


def _maak_versie(
    toewijzing: Toewijzing, *, door: Aanstelling, nu: datetime, reden: str = "", referentie: str = ""
) -> ToewijzingVersie:
    vorige = toewijzing.versies.first()
    moment = _na(vorige, nu)
    versie = toewijzing.versies.create(
        versie=vorige.versie + 1 if vorige else 1,
        toewijzingsdatum=vandaag(moment),
        toewijzingstijd=moment.time(),
        reden_wijziging=reden,
        referentie_aanbieder=referentie,
        door=door,
        **{veld: getattr(toewijzing, veld) for veld in INHOUD},
    )
    if not toewijzing.client.geen_berichtenverkeer:  # OP003, R-304: this opdracht goes by another road
        transaction.on_commit(_wek_berichten, robust=True)
    return versie


def _na(vorige: ToewijzingVersie | None, nu: datetime) -> datetime:
    """Local time in whole seconds, always later than the previous version: (datum, tijd) decides what holds (IV013)."""
    moment = nu.astimezone(AMSTERDAM).replace(microsecond=0)
    if vorige is None:
        return moment
    laatste = datetime.combine(vorige.toewijzingsdatum, vorige.toewijzingstijd, tzinfo=AMSTERDAM)
    return max(moment, laatste + timedelta(seconds=1))


def _wek_berichten() -> None:
    """A broker that is down only costs time: `robust` logs it, and beat looks for versions without a message."""
    current_app.send_task("berichten.tasks.verzend_opdrachten", ignore_result=True)


def _noteer(toewijzing: Toewijzing, verb: str, tekst: str, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"toewijzingen.{verb}",
        over=toewijzing,
        zaak=Zaak.objects.select_related("client", "gemeente").get(
            beschikkingen__voorzieningen=toewijzing.voorziening_id
        ),
        tekst=tekst,
        reden=reden,
    )
