"""The beleidsmedewerker takes off, re-labels or assigns, with a reason and a second person (R-114)."""

from datetime import date, datetime

from wachtlijst.actions import claims
from wachtlijst.actions.spoor import leg_vast, noteer, vergrendel_lijst
from wachtlijst.afspraken import Afspraken, producten_van
from wachtlijst.models import Ingreep, Plek, Plekgebeurtenis
from wmo.actions import taken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.models import Aanbieder, Aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Recht

Soort = Plekgebeurtenis.Soort
REDEN_MINIMAAL = 20  # characters


@actie(Recht.PLEK_INGRIJPEN)
def stel_ingreep_voor(
    *,
    plek: Plek,
    soort: str,
    reden: str,
    aanbieder: Aanbieder | None = None,
    startdatum: date | None = None,
    door: Aanstelling,
    nu: datetime,
) -> Ingreep:
    """Ask a colleague to agree. Nothing changes on the list yet; `aanbieder` and `startdatum` belong to WIJS_TOE."""
    if len(reden.strip()) < REDEN_MINIMAAL:
        raise Geweigerd("Leg in een hele zin uit waarom u ingrijpt. De lijst toont deze reden.", reden="REDEN_TE_KORT")
    vergrendel_lijst(plek.gemeente_id)
    plek.refresh_from_db()
    _eis_uitvoerbaar(plek, soort, aanbieder, startdatum, nu)
    if plek.ingrepen.open().exists():
        raise Geweigerd("Er wacht al een ingreep op deze plek. Wacht op het akkoord.", reden="INGREEP_LOOPT")
    ingreep = plek.ingrepen.create(
        soort=soort,
        reden=reden.strip(),
        aanbieder=aanbieder,
        startdatum=startdatum,
        voorgesteld_door=door,
        voorgesteld_op=nu,
    )
    tekst = f"Ingreep voorgesteld op plek {plek.code}: {ingreep.get_soort_display()}"
    noteer(plek, "wachtlijst.stel_ingreep_voor", tekst, door=door, nu=nu, reden=ingreep.reden)
    return ingreep


@actie(Recht.PLEK_INGRIJPEN)
def keur_ingreep_goed(*, ingreep: Ingreep, door: Aanstelling, nu: datetime) -> Ingreep:
    """Agree, and carry it out in the same transaction. Not by the person who asked."""
    _eis_ander_persoon(ingreep, door)
    plek = ingreep.plek
    vergrendel_lijst(plek.gemeente_id)
    plek.refresh_from_db()
    _eis_uitvoerbaar(plek, ingreep.soort, ingreep.aanbieder, ingreep.startdatum, nu)
    ingreep.zet_status(Ingreep.Status.UITGEVOERD, beslist_door=door, beslist_op=nu)
    if ingreep.soort == Ingreep.Soort.VAN_DE_LIJST:
        _haal_van_de_lijst(ingreep, door, nu)
    elif ingreep.soort == Ingreep.Soort.WIJS_TOE:
        _wijs_toe(ingreep, door, nu)
    else:
        _label(ingreep, door, nu)
    return ingreep


@actie(Recht.PLEK_INGRIJPEN)
def wijs_ingreep_af(*, ingreep: Ingreep, reden: str, door: Aanstelling, nu: datetime) -> Ingreep:
    """Do not agree; the list stays as it is."""
    _eis_ander_persoon(ingreep, door)
    if not reden.strip():
        raise Geweigerd("Vul in waarom u niet akkoord gaat.", reden="REDEN_ONTBREEKT")
    ingreep.zet_status(Ingreep.Status.AFGEWEZEN, beslist_door=door, beslist_op=nu, beslisreden=reden.strip())
    tekst = f"Ingreep op plek {ingreep.plek.code} niet akkoord"
    noteer(ingreep.plek, "wachtlijst.wijs_ingreep_af", tekst, door=door, nu=nu, reden=reden)
    return ingreep


def _eis_ander_persoon(ingreep: Ingreep, door: Aanstelling) -> None:
    """Two people, not two hats of one person; and nobody decided yet."""
    if ingreep.voorgesteld_door.gebruiker_id == door.gebruiker_id:
        raise Geweigerd("U hebt deze ingreep zelf voorgesteld. Vraag een collega om akkoord.", reden="ZELFDE_PERSOON")
    if ingreep.status != Ingreep.Status.VOORGESTELD:
        raise IntussenGewijzigd("Over deze ingreep is al beslist.")


def _eis_uitvoerbaar(
    plek: Plek, soort: str, aanbieder: Aanbieder | None, startdatum: date | None, nu: datetime
) -> None:
    """What may be asked must still be possible when it is agreed: checked at both moments."""
    mag = {Plek.Status.OPEN}
    if soort == Ingreep.Soort.VAN_DE_LIJST:
        mag.add(Plek.Status.GECLAIMD)
    if plek.status not in mag:
        raise IntussenGewijzigd(f"Plek {plek.code} is inmiddels geclaimd of van de lijst. Ingrijpen kan niet meer.")
    afspraken = Afspraken.van(plek.gemeente_id, op=vandaag(nu))
    if soort in (Ingreep.Soort.SPOED_AAN, Ingreep.Soort.SPOED_UIT):
        _eis_label(plek, soort == Ingreep.Soort.SPOED_AAN, afspraken)
    if soort == Ingreep.Soort.WIJS_TOE:
        _eis_toewijsbaar(plek, aanbieder, startdatum, afspraken, vandaag(nu))


def _eis_label(plek: Plek, spoed: bool, afspraken: Afspraken) -> None:
    if plek.spoed == spoed:
        raise Geweigerd(f"Plek {plek.code} heeft dit label al.", reden="LABEL_STAAT_AL")
    if spoed and not afspraken.spoedlabel:
        raise Geweigerd("Deze gemeente zet geen spoed op de wachtlijst.", reden="SPOEDLABEL_UIT")


def _eis_toewijsbaar(
    plek: Plek, aanbieder: Aanbieder | None, startdatum: date | None, afspraken: Afspraken, dag: date
) -> None:
    if aanbieder is None or startdatum is None:
        raise Geweigerd("Kies een aanbieder en een startdatum.", reden="AANBIEDER_ONTBREEKT")
    if plek.product_id not in producten_van(aanbieder.pk, plek.gemeente_id, op=dag):
        raise Geweigerd(f"{aanbieder} heeft hier geen contract. Kies een andere aanbieder.", reden="BUITEN_PERCEEL")
    if not dag <= startdatum <= afspraken.uiterste_start(dag):
        raise Geweigerd(
            f"Kies een startdatum van vandaag tot en met {afspraken.uiterste_start(dag):%d-%m-%Y}.", reden="STARTDATUM"
        )


def _haal_van_de_lijst(ingreep: Ingreep, door: Aanstelling, nu: datetime) -> None:
    plek = ingreep.plek
    plek.zet_status(Plek.Status.INGETROKKEN, **claims.GEEN_CLAIM)
    taken.rond_af(sleutel=claims.taaksleutel(plek), nu=nu)
    leg_vast(
        plek, Soort.INGETROKKEN, f"Plek {plek.code} is van de lijst gehaald", door=door, nu=nu, reden=ingreep.reden
    )


def _label(ingreep: Ingreep, door: Aanstelling, nu: datetime) -> None:
    plek = ingreep.plek
    plek.spoed = ingreep.soort == Ingreep.Soort.SPOED_AAN
    plek.save(update_fields=["spoed"])
    soort = Soort.SPOED_AAN if plek.spoed else Soort.SPOED_UIT
    wat = "heeft nu spoed" if plek.spoed else "heeft geen spoed meer"
    leg_vast(plek, soort, f"Plek {plek.code} {wat}", door=door, nu=nu, reden=ingreep.reden)


def _wijs_toe(ingreep: Ingreep, door: Aanstelling, nu: datetime) -> None:
    """The gemeente claims for the aanbieder, who has to accept (R-160); the backoffice then makes the opdracht."""
    assert ingreep.aanbieder is not None
    claims.leg_claim_vast(
        ingreep.plek,
        aanbieder=ingreep.aanbieder,
        startdatum=ingreep.startdatum,
        contactpersoon="",
        afspraken=Afspraken.van(ingreep.plek.gemeente_id, op=vandaag(nu)),
        soort=Soort.AANGEWEZEN,
        door=door,
        nu=nu,
        reden=ingreep.reden,
    )
