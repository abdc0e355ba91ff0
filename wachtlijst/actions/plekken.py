"""Put on the list, put back, start, let a claim lapse; and straight to an aanbieder where no list exists."""

from collections.abc import Iterable
from datetime import date, datetime

from wachtlijst import rules
from wachtlijst.actions import claims
from wachtlijst.actions.spoor import leg_vast, vergrendel_lijst
from wachtlijst.afspraken import Afspraken
from wachtlijst.models import Plek, Plekgebeurtenis, Spoedtraject
from wmo.actions import nummers, taken, toewijzingen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.models import Aanbieder, Aanstelling, Beschikking, Gemeente, Toewijzing, Voorziening
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules.omvang import minuten_per_week

Soort = Plekgebeurtenis.Soort
WENSEN = ("huisdieren", "roken", "voorkeuraanbieder", "niet_op_dagen")
KOPIE = (
    "gemeente",
    "voorziening",
    "product",
    "zaak",
    "client",
    "beschikking_datum",
    "minuten_per_week",
    "postcode4",
)


@actie(Recht.PLEK_PLAATSEN)
def plaats(
    *,
    voorziening: Voorziening,
    spoed: bool = False,
    huisdieren: str = "",
    roken: str = "",
    voorkeuraanbieder: Aanbieder | None = None,
    niet_op_dagen: Iterable[int] = (),
    door: Aanstelling,
    nu: datetime,
) -> Plek:
    """Put a granted provision on the list of its gemeente (R-100, R-111). `niet_op_dagen` holds ISO weekdays.

    Raises Geweigerd with the ground of `rules.weiger_plaatsing`, or PGB, SPOEDLABEL_UIT, AL_OP_LIJST.
    """
    zaak = voorziening.beschikking.zaak
    gemeente = zaak.gemeente
    afspraken = Afspraken.van(gemeente.pk, op=vandaag(nu))
    vergrendel_lijst(gemeente.pk)  # before looking: spoed for the same help waits for this too
    besluitdatum = _eis_plaatsbaar(voorziening, gemeente, afspraken, spoed=spoed)
    if Plek.objects.filter(voorziening=voorziening, status__in=Plek.LOPEND).exists():
        raise Geweigerd("Deze ondersteuning staat al op de wachtlijst.", reden="AL_OP_LIJST")
    plek = Plek.objects.create(
        code=_volgende_code(gemeente),
        gemeente=gemeente,
        voorziening=voorziening,
        product=voorziening.product,
        zaak=zaak,
        client=zaak.client,
        beschikking_datum=besluitdatum,
        minuten_per_week=minuten_per_week(
            volume=voorziening.volume, eenheid=voorziening.eenheid, frequentie=voorziening.frequentie
        ),
        postcode4=zaak.client.postcode4,
        geplaatst_op=nu,
        spoed=spoed,
        huisdieren=huisdieren,
        roken=roken,
        voorkeuraanbieder=voorkeuraanbieder,
        niet_op_dagen=sorted(niet_op_dagen),
    )
    leg_vast(plek, Soort.GEPLAATST, f"Op de wachtlijst gezet: plek {plek.code}", door=door, nu=nu)
    return plek


@actie(Recht.PLEK_PLAATSEN)
def plaats_terug(*, plek: Plek, reden: str, door: Aanstelling, nu: datetime) -> Plek:
    """Back on the list after a pause or a broken off delivery: a new place with a new moment (R-112)."""
    vergrendel_lijst(plek.gemeente_id)
    if not plek.kan_naar(Plek.Status.TERUGGEPLAATST):
        raise Geweigerd("Deze plek kan niet terug op de lijst.", reden="NIET_TERUG_TE_PLAATSEN")
    plek.zet_status(Plek.Status.TERUGGEPLAATST)
    nieuw = Plek.objects.create(
        code=_volgende_code(plek.gemeente),
        geplaatst_op=nu,
        **{veld: getattr(plek, veld) for veld in (*KOPIE, "spoed", *WENSEN)},
    )
    tekst = f"Plek {plek.code} komt terug op de wachtlijst als {nieuw.code}"
    leg_vast(plek, Soort.TERUGGEPLAATST, tekst, door=door, nu=nu, reden=reden)
    leg_vast(nieuw, Soort.GEPLAATST, f"Op de wachtlijst gezet: plek {nieuw.code}", door=door, nu=nu, reden=reden)
    return nieuw


@actie(Recht.TOEWIJZEN)
def wijs_rechtstreeks_toe(
    *,
    voorziening: Voorziening,
    aanbieder: Aanbieder,
    ingangsdatum: date,
    contactpersoon: str = "",
    opmerking: str = "",
    door: Aanstelling,
    nu: datetime,
) -> Toewijzing:
    """An opdracht without list: where the gemeente has none, or where the decision itself names the aanbieder."""
    gemeente = voorziening.beschikking.zaak.gemeente
    if Afspraken.van(gemeente.pk, op=vandaag(nu)).actief and voorziening.via_wachtlijst:
        raise Geweigerd(
            f"{gemeente} werkt met een wachtlijst. Zet deze ondersteuning op de wachtlijst.", reden="WEL_WACHTLIJST"
        )
    return toewijzingen.wijs_toe(
        voorziening=voorziening,
        aanbieder=aanbieder,
        ingangsdatum=ingangsdatum,
        gewenste_startdatum=ingangsdatum,
        contactpersoon=contactpersoon,
        opmerking=opmerking,
        door=door,
        nu=nu,
    )


@actie(Recht.TOEWIJZEN)
def laat_vervallen(*, plek: Plek, reden: str, door: Aanstelling, nu: datetime) -> None:
    """A claim without opdracht ends; the place is open again and keeps its moment."""
    vergrendel_lijst(plek.gemeente_id)
    if plek.status != Plek.Status.GECLAIMD:
        raise IntussenGewijzigd("Deze claim is er niet meer. Ververs de lijst.")
    aanbieder = plek.geclaimd_door
    plek.zet_status(Plek.Status.OPEN, **claims.GEEN_CLAIM)
    taken.rond_af(sleutel=claims.taaksleutel(plek), nu=nu)
    tekst = f"De claim van {aanbieder} op plek {plek.code} is vervallen"
    leg_vast(plek, Soort.VERVALLEN, tekst, door=door, nu=nu, aanbieder=aanbieder, reden=reden)


@actie(Recht.LEVERING_MELDEN)
def markeer_gestart(*, plek: Plek, begindatum: date, door: Aanstelling, nu: datetime) -> None:
    """Delivery began. Called by whoever processed the start; twice is harmless."""
    if plek.status != Plek.Status.GESTART:
        plek.zet_status(Plek.Status.GESTART, gestart_op=begindatum)
    tekst = f"De hulp op plek {plek.code} is gestart op {begindatum:%d-%m-%Y}"
    leg_vast(plek, Soort.GESTART, tekst, door=door, nu=nu, aanbieder=plek.geclaimd_door)


def _volgende_code(gemeente: Gemeente) -> str:
    """WRD-0212. Taken under the lock of the list, so that numbers follow the order of placement."""
    return f"{gemeente.afkorting}-{nummers.volgende(f'plek:{gemeente.code}'):04d}"


def _eis_plaatsbaar(voorziening: Voorziening, gemeente: Gemeente, afspraken: Afspraken, *, spoed: bool) -> date:
    """The date of the decision that allows it (R-100)."""
    besluit = voorziening.beschikking
    datum = besluit.besluitdatum if besluit.status == Beschikking.Status.VASTGESTELD else None
    weigering = rules.weiger_plaatsing(
        wachtlijst_actief=afspraken.actief,
        beschikking_datum=datum,
        spoedtraject_loopt=Spoedtraject.objects.lopend().filter(voorziening=voorziening).exists(),
    )
    if weigering or datum is None:
        assert weigering is not None
        raise Geweigerd(weigering.zin.replace("Deze gemeente", gemeente.naam), reden=weigering.grond)
    if voorziening.vorm != Voorziening.Vorm.ZIN:
        raise Geweigerd("Bij een persoonsgebonden budget hoort geen wachtlijst.", reden="PGB")
    if spoed and not afspraken.spoedlabel:
        raise Geweigerd(
            f"{gemeente} zet geen spoed op de wachtlijst. Benader bij spoed alle aanbieders.", reden="SPOEDLABEL_UIT"
        )
    return datum
