"""The claim of an aanbieder, its refusal of a place, and the confirmation by the backoffice (R-112 to R-118)."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from wachtlijst import rules
from wachtlijst.actions.spoor import leg_vast, noteer, vergrendel_en_kijk
from wachtlijst.afspraken import Afspraken, Toelating
from wachtlijst.models import Plek, Plekgebeurtenis, Weigering
from wmo.actions import taken, toewijzingen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie, binnen_actie
from wmo.models import Aanbieder, Aanstelling, Taak, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht

Soort = Plekgebeurtenis.Soort
TOELICHTING_MINIMAAL = 40  # characters: one whole sentence
# the columns of a claim as an open place has them
GEEN_CLAIM: dict[str, Any] = {
    "geclaimd_door": None,
    "geclaimd_op": None,
    "startdatum": None,
    "contactpersoon": "",
    "opdracht_uiterlijk": None,
    "uiterste_start": None,
}


@actie(Recht.PLEK_CLAIMEN)
def claim(*, plek: Plek, startdatum: date | None, contactpersoon: str = "", door: Aanstelling, nu: datetime) -> Plek:
    """Claim the place whose turn it is, for the aanbieder of `door`.

    What this organisation may do is read before the lock of the list, so that others wait as short as possible.
    Raises Geweigerd; `reden` is a `rules.Weigeringsgrond` (AL_GECLAIMD: somebody was faster) or CLIENTENSTOP.
    """
    assert door.aanbieder is not None  # the database: this right belongs to roles of an aanbieder
    dag = vandaag(nu)
    afspraken = Afspraken.van(plek.gemeente_id, op=dag)
    toelating = Toelating.van(door.aanbieder.pk, plek.gemeente_id, op=dag)
    eerste = vergrendel_en_kijk(plek.gemeente_id, toelating.producten)
    _eis_claimbaar(plek, eerste, afspraken, toelating.producten, startdatum, dag)
    _eis_geen_clientenstop(toelating)
    leg_claim_vast(
        plek,
        aanbieder=door.aanbieder,
        startdatum=startdatum,
        contactpersoon=contactpersoon,
        afspraken=afspraken,
        soort=Soort.GECLAIMD,
        door=door,
        nu=nu,
    )
    return plek


@binnen_actie
def leg_claim_vast(
    plek: Plek,
    *,
    aanbieder: Aanbieder,
    startdatum: date | None,
    contactpersoon: str,
    afspraken: Afspraken,
    soort: Plekgebeurtenis.Soort,
    door: Aanstelling,
    nu: datetime,
    reden: str = "",
) -> None:
    """Write the claim and start the clock of the opdracht (R-101). The caller holds the list; the place is open."""
    dag = vandaag(nu)
    plek.zet_status(
        Plek.Status.GECLAIMD,
        geclaimd_door=aanbieder,
        geclaimd_op=nu,
        startdatum=startdatum,
        contactpersoon=contactpersoon,
        opdracht_uiterlijk=afspraken.opdracht_uiterlijk(dag),
        uiterste_start=afspraken.uiterste_start(dag),
    )
    # no task can be open for a place that was open: a plain INSERT saves the claim three round trips
    taken.begin(
        sleutel=taaksleutel(plek),
        soort=Taak.Soort.OPDRACHT_MAKEN,
        titel=f"Opdracht maken voor plek {plek.code}",
        gemeente=plek.gemeente,
        zaak_id=plek.zaak_id,
        uiterlijk=plek.opdracht_uiterlijk,
        pad=reverse("wachtlijst:opdracht", args=[plek.code]),
        ontstaan_op=nu,
    )
    werkwoord = "geclaimd door" if soort == Soort.GECLAIMD else "toegewezen aan"
    tekst = f"Plek {plek.code} {werkwoord} {aanbieder.naam}, start {startdatum:%d-%m-%Y}"
    leg_vast(plek, soort, tekst, door=door, nu=nu, aanbieder=aanbieder, reden=reden)


@actie(Recht.PLEK_CLAIMEN)
def weiger(*, plek: Plek, grond: str, toelichting: str, door: Aanstelling, nu: datetime) -> Weigering:
    """ "Wij kunnen deze plek niet aannemen": for the gemeente to judge. The place stays next (R-160)."""
    assert door.aanbieder is not None
    if len(toelichting.strip()) < TOELICHTING_MINIMAAL:
        raise Geweigerd("Leg in minstens één hele zin uit waarom het niet kan.", reden="TOELICHTING_TE_KORT")
    if plek.status != Plek.Status.OPEN:
        raise IntussenGewijzigd("Deze plek is al geclaimd. U hoeft niets te doen.")
    weigering, nieuw = Weigering.objects.get_or_create(
        plek=plek,
        aanbieder=door.aanbieder,
        defaults={"grond": grond, "toelichting": toelichting.strip(), "moment": nu, "door": door},
    )
    if not nieuw:
        raise Geweigerd("U hebt dit al gemeld voor deze plek. De gemeente kijkt ernaar.", reden="AL_GEWEIGERD")
    label = Weigering.Grond(grond).label
    noteer(
        plek, "wachtlijst.weiger", f"{door.aanbieder} kan plek {plek.code} niet aannemen", door=door, nu=nu, reden=label
    )
    return weigering


@actie(Recht.TOEWIJZEN)
def bevestig(
    *, plek: Plek, ingangsdatum: date | None = None, opmerking: str = "", door: Aanstelling, nu: datetime
) -> Toewijzing:
    """Make the opdracht of a claimed place (R-101, R-115). `ingangsdatum` defaults to the promised start."""
    if plek.status != Plek.Status.GECLAIMD or plek.geclaimd_door is None or plek.startdatum is None:
        raise IntussenGewijzigd("Deze plek wacht niet meer op een opdracht. Ververs de lijst.")
    aanbieder = plek.geclaimd_door
    toewijzing = toewijzingen.wijs_toe(
        voorziening=plek.voorziening,
        aanbieder=aanbieder,
        ingangsdatum=ingangsdatum or plek.startdatum,
        gewenste_startdatum=plek.startdatum,
        contactpersoon=plek.contactpersoon,
        opmerking=opmerking,
        door=door,
        nu=nu,
    )
    plek.zet_status(Plek.Status.TOEGEWEZEN, toewijzing=toewijzing, uiterste_start=toewijzing.uiterste_startdatum)
    taken.rond_af(sleutel=taaksleutel(plek), nu=nu)
    tekst = f"Opdracht gemaakt voor plek {plek.code} ({aanbieder})"
    leg_vast(plek, Soort.TOEGEWEZEN, tekst, door=door, nu=nu, aanbieder=aanbieder)
    return toewijzing


def taaksleutel(plek: Plek) -> str:
    return f"opdracht:{plek.code}"


def _eis_claimbaar(
    plek: Plek,
    eerste: tuple[int, str] | None,
    afspraken: Afspraken,
    producten: frozenset[int],
    startdatum: date | None,
    dag: date,
) -> None:
    """`eerste` is the place whose turn it is among the open places this aanbieder may take; the list is locked."""
    aan_de_beurt = eerste is not None and eerste[0] == plek.pk
    plek.status = Plek.Status.OPEN if aan_de_beurt else Plek.objects.values_list("status", flat=True).get(pk=plek.pk)
    weigering = rules.weiger(
        rules.Claim(
            toestand=TOESTAND[Plek.Status(plek.status)],
            wachtlijst_actief=afspraken.actief,
            beschikking_datum=plek.beschikking_datum,
            binnen_perceel=plek.product_id in producten,
            eerst=None if aan_de_beurt or eerste is None else eerste[1],
            startdatum=startdatum,
            vandaag=dag,
            uiterste_start=afspraken.uiterste_start(dag),
        )
    )
    if weigering:
        raise Geweigerd(weigering.zin, reden=weigering.grond)


TOESTAND = {
    Plek.Status.OPEN: rules.Toestand.OPEN,
    Plek.Status.GECLAIMD: rules.Toestand.BEZET,
    Plek.Status.TOEGEWEZEN: rules.Toestand.BEZET,
    Plek.Status.GESTART: rules.Toestand.BEZET,
    Plek.Status.INGETROKKEN: rules.Toestand.VAN_DE_LIJST,
    Plek.Status.TERUGGEPLAATST: rules.Toestand.VAN_DE_LIJST,
}


def _eis_geen_clientenstop(toelating: Toelating) -> None:
    """R-162."""
    if toelating.stop_tot is not None:
        raise Geweigerd(
            f"U hebt een goedgekeurde cliëntenstop tot {toelating.stop_tot:%d-%m-%Y}. Daarom kunt u nu niet claimen.",
            reden="CLIENTENSTOP",
        )
