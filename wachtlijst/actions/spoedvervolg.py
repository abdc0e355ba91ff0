"""After the answers: a talk with all aanbieders, room made by the gemeente, the opdracht, or another way (R-129)."""

from __future__ import annotations

from datetime import datetime

from wachtlijst.actions.spoedspoor import noteer, sleutel, zet_taak
from wachtlijst.models import Spoedruimte, Spoedtraject
from wmo.actions import taken, toewijzingen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.models import Aanstelling, Taak, Toewijzing, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht

Status = Spoedtraject.Status


@actie(Recht.SPOED_UITVRAGEN)
def plan_overleg(*, traject: Spoedtraject, moment: datetime, waar: str, door: Aanstelling, nu: datetime) -> None:
    """Bring all aanbieders together; each sees the invitation on its board (R-129)."""
    if moment <= nu:
        raise Geweigerd("Dit moment is al voorbij. Kies een later moment.", reden="VERLEDEN")
    _zet(traject, Status.OVERLEG, overleg_op=moment, overleg_waar=waar)
    zet_taak(traject, f"Overleg over spoed {traject.code}", vandaag(moment), nu)
    noteer(traject, "plan_overleg", f"Overleg over spoed {traject.code} met alle aanbieders", door, nu)


@actie(Recht.SPOED_UITVRAGEN)
def maak_ruimte(
    *, traject: Spoedtraject, toewijzing: Toewijzing, toelichting: str, door: Aanstelling, nu: datetime
) -> Spoedruimte:
    """Another opdracht gives way: only the gemeente decides so, and why stays on record (R-129, S-195).

    The opdracht itself is changed by the backoffice, who gets it as work. Geweigerd: ANDERE_GEMEENTE.
    """
    if toewijzing.gemeente_id != traject.gemeente_id:
        raise Geweigerd("Kies een opdracht van uw eigen gemeente.", reden="ANDERE_GEMEENTE")
    if traject.status != Status.RUIMTE_GEMAAKT:
        _zet(traject, Status.RUIMTE_GEMAAKT)
    ruimte = traject.ruimte.create(toewijzing=toewijzing, toelichting=toelichting, moment=nu, door=door)
    zaak = Zaak.objects.get(beschikkingen__voorzieningen=toewijzing.voorziening_id)
    taken.zet_klaar(
        sleutel=f"spoedruimte:{ruimte.pk}",
        soort=Taak.Soort.SPOED,
        titel=f"Pas opdracht {toewijzing.toewijzingnummer} aan om ruimte te maken voor spoed",
        gemeente=traject.gemeente,
        zaak=zaak,
        uiterlijk=vandaag(nu),
        pad=f"/zaken/{zaak.zaaknummer}/toewijzingen/",
        nu=nu,
    )
    tekst = f"Ruimte voor spoed {traject.code} uit opdracht {toewijzing.toewijzingnummer}"
    noteer(traject, "maak_ruimte", tekst, door, nu, toelichting)
    return ruimte


@actie(Recht.SPOED_UITVRAGEN)
def los_anders_op(*, traject: Spoedtraject, afloop: str, door: Aanstelling, nu: datetime) -> None:
    """The talk led to something else than one of these aanbieders."""
    _zet(traject, Status.ALTERNATIEF, afloop=afloop)
    taken.rond_af(sleutel=sleutel(traject), nu=nu)
    noteer(traject, "los_anders_op", f"Spoed {traject.code} is anders opgelost", door, nu, afloop)


@actie(Recht.SPOED_UITVRAGEN)
def trek_in(*, traject: Spoedtraject, reden: str, door: Aanstelling, nu: datetime) -> None:
    """Spoed is over, or was none: from every state before the opdracht."""
    _zet(traject, Status.INGETROKKEN, afloop=reden)
    for open_ in (sleutel(traject), f"spoedopdracht:{traject.code}"):
        taken.rond_af(sleutel=open_, nu=nu)
    noteer(traject, "trek_in", f"Spoed {traject.code} is ingetrokken", door, nu, reden)


@actie(Recht.TOEWIJZEN)
def bevestig(*, traject: Spoedtraject, opmerking: str = "", door: Aanstelling, nu: datetime) -> Toewijzing:
    """The opdracht for who said yes: name and address go with it, and the start is due within the seven days."""
    if traject.status != Status.MATCH or traject.aanbieder is None or traject.startdatum is None:
        raise IntussenGewijzigd("Dit spoedtraject wacht niet op een opdracht.")
    toewijzing = toewijzingen.wijs_toe(
        voorziening=traject.voorziening,
        aanbieder=traject.aanbieder,
        ingangsdatum=max(traject.startdatum, traject.voorziening.ingangsdatum),
        gewenste_startdatum=traject.startdatum,
        uiterste_startdatum=max(traject.leveren_uiterlijk, traject.startdatum),
        opmerking=opmerking,
        door=door,
        nu=nu,
    )
    _zet(traject, Status.TOEGEWEZEN, toewijzing=toewijzing)
    taken.rond_af(sleutel=f"spoedopdracht:{traject.code}", nu=nu)
    noteer(traject, "bevestig", f"Opdracht gemaakt voor spoed {traject.code}", door, nu)
    return toewijzing


def _zet(traject: Spoedtraject, status: str, **velden: object) -> None:
    """Refuse in words what a stale page still offers."""
    if not traject.kan_naar(status):
        raise IntussenGewijzigd("Dit kan niet meer bij dit spoedtraject. Ververs de pagina.")
    traject.zet_status(status, **velden)
