"""Evaluations: planned by the consulent, fed by the aanbieder, finished with an outcome (R-073, R-136, R-163)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from wmo.actions import logboek, taken
from wmo.actions.bewerken import neem_beurt
from wmo.actions.kader import Geweigerd, actie
from wmo.models import (
    Aanstelling,
    Crisismelding,
    Evaluatie,
    Evaluatiedoel,
    Evaluatieformulier,
    Perspectiefplan,
    Product,
    Taak,
    Toewijzing,
    Zaak,
)
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import evaluaties as regels
from wmo.rules.uitvoering import hoort_uitvoeringsplan

Status, Uitkomst, Aanleiding = Evaluatie.Status, Evaluatie.Uitkomst, Evaluatie.Aanleiding
Soort = Evaluatieformulier.Soort


@dataclass(frozen=True)
class Inhoud:
    """What the consulent writes. `doelen` holds per key of a goal its development and a remark."""

    gesprek_op: date | None = None
    verslag: str = ""
    crisis: str = ""
    uitkomst: str = ""
    doelen: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def lopende_opdrachten(zaak: Zaak, *, op: date) -> QuerySet[Toewijzing]:
    """The opdrachten that come from a decision of this case and still run."""
    rijen = Toewijzing.objects.actueel(op).filter(voorziening__beschikking__zaak=zaak)
    return rijen.select_related("aanbieder", "gemeente", "product", "client").order_by("id")


@actie(Recht.ONDERZOEKEN)
def plan(*, zaak: Zaak, gepland_op: date, aanleiding: str, door: Aanstelling, nu: datetime) -> Evaluatie:
    """Choose the date: there is no fixed interval (R-073). A planned one moves; one that goes on is finished first."""
    if gepland_op < vandaag(nu):
        raise Geweigerd("Deze datum is al voorbij. Kies vandaag of later.", reden="VERLEDEN")
    evaluatie = zet_gepland(zaak=zaak, gepland_op=gepland_op, aanleiding=aanleiding, nu=nu)
    if evaluatie.status != Status.GEPLAND:
        raise Geweigerd("Er loopt al een evaluatie. Rond die eerst af.", reden="AL_BEZIG")
    _noteer(evaluatie, "plan", f"Evaluatie gepland op {gepland_op:%d-%m-%Y}", door, nu)
    return evaluatie


def zet_gepland(*, zaak: Zaak, gepland_op: date, nu: datetime, aanleiding: str = Aanleiding.PLAN) -> Evaluatie:
    """The one open evaluation of the case, on this date unless it already goes on. Called inside an action."""
    evaluatie = Evaluatie.objects.select_for_update().open().filter(zaak=zaak).first()
    if evaluatie is None:
        evaluatie = Evaluatie.objects.create(
            zaak=zaak, gepland_op=gepland_op, aanleiding=aanleiding, plan=_vast_plan(zaak)
        )
    elif evaluatie.status == Status.GEPLAND:
        evaluatie.gepland_op, evaluatie.aanleiding, evaluatie.plan = gepland_op, aanleiding, _vast_plan(zaak)
        evaluatie.save(update_fields=["gepland_op", "aanleiding", "plan"])
    _zet_taak(evaluatie, "Evaluatie van het plan bij", nu)
    return evaluatie


def _vast_plan(zaak: Zaak) -> Perspectiefplan | None:
    return zaak.plannen.filter(vastgesteld_op__isnull=False).first()


def _zet_taak(evaluatie: Evaluatie, wat: str, nu: datetime) -> None:
    zaak = evaluatie.zaak
    taken.zet_klaar(
        sleutel=f"evaluatie:{zaak.pk}",
        soort=Taak.Soort.EVALUATIE,
        titel=f"{wat} {zaak.zaaknummer}",
        gemeente=zaak.gemeente,
        zaak=zaak,
        uiterlijk=evaluatie.gepland_op,
        pad=f"/zaken/{zaak.zaaknummer}/evaluatie/",
        nu=nu,
    )


@actie(Recht.ONDERZOEKEN)
def nodig_uit(*, evaluatie: Evaluatie, door: Aanstelling, nu: datetime) -> int:
    """Ask every aanbieder with a running opdracht for its form; how many were asked. Geweigerd: GEEN_OPDRACHT."""
    opdrachten = list(lopende_opdrachten(evaluatie.zaak, op=vandaag(nu)))
    if not opdrachten:
        raise Geweigerd("Er loopt geen opdracht. Er is geen aanbieder om te vragen.", reden="GEEN_OPDRACHT")
    evaluatie.zet_status(Status.UITGENODIGD, uitgenodigd_op=nu)
    for toewijzing in opdrachten:
        taken.zet_klaar(
            sleutel=_formuliertaak(toewijzing),
            soort=Taak.Soort.EVALUATIE,
            titel=f"Evaluatieformulier van opdracht {toewijzing.toewijzingnummer}",
            gemeente=toewijzing.gemeente,
            aanbieder=toewijzing.aanbieder,
            uiterlijk=evaluatie.gepland_op,
            pad=f"/aanbieder/clienten/{toewijzing.pk}/evaluatie/",
            nu=nu,
        )
    _noteer(evaluatie, "nodig_uit", "De aanbieder is gevraagd om het evaluatieformulier", door, nu)
    return len(opdrachten)


def _formuliertaak(toewijzing: Toewijzing) -> str:
    return f"evaluatieformulier:{toewijzing.pk}"


@actie(Recht.LEVERING_MELDEN)
def dien_formulier_in(
    *,
    toewijzing: Toewijzing,
    soort: str,
    resultaten: str,
    advies: str,
    motivering: str,
    verandering: str = "",
    nieuw_product: Product | None = None,
    volume: int | None = None,
    door: Aanstelling,
    nu: datetime,
) -> Evaluatieformulier:
    """The evaluatieformulier when asked, or a mutatieformulier by oneself: that calls for an evaluation (R-139).

    Raises Geweigerd: NIET_GEVRAAGD, PRODUCTCODE, UITVOERINGSPLAN (R-136).
    """
    zaak = toewijzing.voorziening.beschikking.zaak
    evaluatie = _open_evaluatie(zaak, soort, nu)
    if advies == Evaluatieformulier.Advies.VERLENGEN:
        _eis_voor_verlengen(toewijzing, nieuw_product)
    formulier, _ = Evaluatieformulier.objects.update_or_create(
        evaluatie=evaluatie,
        toewijzing=toewijzing,
        defaults={
            "soort": soort, "resultaten": resultaten, "verandering": verandering, "advies": advies,
            "motivering": motivering, "nieuw_product": nieuw_product, "volume": volume, "ingediend_op": nu,
            "ingediend_door": door,
        },
    )  # fmt: skip
    if evaluatie.status != Status.INPUT:
        evaluatie.zet_status(Status.INPUT)
    taken.rond_af(sleutel=_formuliertaak(toewijzing), nu=nu)
    _zet_taak(evaluatie, f"{formulier.get_soort_display()} ontvangen bij", nu)
    tekst = f"{formulier.get_soort_display()} ontvangen (toewijzing {toewijzing.toewijzingnummer})"
    _noteer(evaluatie, "dien_formulier_in", tekst, door, nu)
    return formulier


def _open_evaluatie(zaak: Zaak, soort: str, nu: datetime) -> Evaluatie:
    """The one that waits for this form; a mutatieformulier starts one, or brings the planned one to today."""
    evaluatie = Evaluatie.objects.select_for_update().open().filter(zaak=zaak).first()
    if soort == Soort.MUTATIE and (evaluatie is None or evaluatie.status == Status.GEPLAND):
        return zet_gepland(zaak=zaak, gepland_op=vandaag(nu), aanleiding=Aanleiding.MUTATIE, nu=nu)
    if evaluatie is None or evaluatie.status == Status.GEPLAND:
        raise Geweigerd("De gemeente heeft nog niet om het evaluatieformulier gevraagd.", reden="NIET_GEVRAAGD")
    return evaluatie


def _eis_voor_verlengen(toewijzing: Toewijzing, nieuw_product: Product | None) -> None:
    if nieuw_product is None:
        raise Geweigerd("Kies bij langer doorgaan de productcode voor de nieuwe periode.", reden="PRODUCTCODE")
    if not plan_verstuurd(toewijzing):
        raise Geweigerd("Stuur eerst het uitvoeringsplan. Daarna kan de hulp langer doorgaan.", reden="UITVOERINGSPLAN")


def plan_verstuurd(toewijzing: Toewijzing) -> bool:
    """True as well where no uitvoeringsplan belongs to this help."""
    if not hoort_uitvoeringsplan(toewijzing.product.categorie):
        return True
    return toewijzing.uitvoeringsplannen.filter(verstuurd_op__isnull=False).exists()


@actie(Recht.ONDERZOEKEN)
def bewaar(
    *, evaluatie: Evaluatie, inhoud: Inhoud, door: Aanstelling, nu: datetime, bewerkt: int | None = None
) -> Evaluatie:
    """Keep what is written so far. Raises Geweigerd: GESLOTEN; IntussenGewijzigd."""
    if evaluatie.status not in Evaluatie.OPEN:
        raise Geweigerd("Deze evaluatie is al afgerond.", reden="GESLOTEN")
    neem_beurt(evaluatie, bewerkt=bewerkt)
    evaluatie.gesprek_op, evaluatie.verslag = inhoud.gesprek_op, inhoud.verslag
    evaluatie.crisis, evaluatie.uitkomst = inhoud.crisis, inhoud.uitkomst
    evaluatie.save(update_fields=["gesprek_op", "verslag", "crisis", "uitkomst"])
    evaluatie.doelen.all().delete()
    Evaluatiedoel.objects.bulk_create(
        Evaluatiedoel(evaluatie=evaluatie, doel_id=doel, ontwikkeling=ontwikkeling, toelichting=toelichting)
        for doel, (ontwikkeling, toelichting) in inhoud.doelen.items()
    )
    _noteer(evaluatie, "bewaar", "Evaluatie bewaard", door, nu)
    return evaluatie


@actie(Recht.ONDERZOEKEN)
def rond_af(
    *, evaluatie: Evaluatie, inhoud: Inhoud, door: Aanstelling, nu: datetime, bewerkt: int | None = None
) -> Evaluatie:
    """Save and finish. The outcome becomes work for who decides or gives opdrachten. Geweigerd: ONVOLLEDIG."""
    bewaar(evaluatie=evaluatie, inhoud=inhoud, door=door, nu=nu, bewerkt=bewerkt)
    opdrachten = list(lopende_opdrachten(evaluatie.zaak, op=vandaag(nu)))
    if zinnen := regels.weiger_afronden(_stand(evaluatie, opdrachten), op=vandaag(nu)):
        raise Geweigerd(" ".join(zinnen), reden="ONVOLLEDIG")
    evaluatie.zet_status(Status.AFGEROND, afgerond_op=nu, afgerond_door=door)
    taken.rond_af(sleutel=f"evaluatie:{evaluatie.zaak_id}", nu=nu)
    for toewijzing in opdrachten:
        taken.rond_af(sleutel=_formuliertaak(toewijzing), nu=nu)
        _zet_vervolgtaak(evaluatie, toewijzing, nu)
    _plan_volgende(evaluatie, nu)
    _noteer(evaluatie, "rond_af", f"Evaluatie afgerond: {evaluatie.get_uitkomst_display().lower()}", door, nu)
    return evaluatie


def crises(evaluatie: Evaluatie) -> QuerySet[Crisismelding]:
    """What was reported since the evaluation before this one (R-163)."""
    rijen = Crisismelding.objects.filter(toewijzing__voorziening__beschikking__zaak=evaluatie.zaak_id)
    eerder = Evaluatie.objects.filter(zaak=evaluatie.zaak_id, status=Status.AFGEROND).exclude(pk=evaluatie.pk)
    vorige = eerder.order_by("-afgerond_op").values_list("afgerond_op", flat=True).first()
    return rijen.filter(gemeld_op__gt=vorige) if vorige else rijen


def _stand(evaluatie: Evaluatie, opdrachten: list[Toewijzing]) -> regels.Evaluatie:
    ingediend = set(evaluatie.formulieren.values_list("toewijzing", flat=True))
    return regels.Evaluatie(
        gesprek_op=evaluatie.gesprek_op,
        verslag=evaluatie.verslag,
        doelen=evaluatie.plan.doelen.count() if evaluatie.plan else 0,
        beoordeeld=evaluatie.doelen.count(),
        uitkomst=evaluatie.uitkomst,
        crisis_gemeld=crises(evaluatie).exists(),
        crisis=evaluatie.crisis,
        opdrachten=tuple(
            regels.Opdrachtstand(t.toewijzingnummer, plan_verstuurd(t), t.pk in ingediend) for t in opdrachten
        ),
    )


def _zet_vervolgtaak(evaluatie: Evaluatie, toewijzing: Toewijzing, nu: datetime) -> None:
    """Extending and ending are work of the backoffice; a change asks for a decision first (R-139)."""
    zaak = evaluatie.zaak
    nummer, begin = toewijzing.toewijzingnummer, f"/zaken/{zaak.zaaknummer}/"
    werk = {
        Uitkomst.VERLENGD: (f"Verleng opdracht {nummer} na de evaluatie", f"toewijzingen/{toewijzing.pk}/verlengen/"),
        Uitkomst.BEEINDIGD: (f"Stop opdracht {nummer} na de evaluatie", f"toewijzingen/{toewijzing.pk}/stoppen/"),
        Uitkomst.AANGEPAST: (f"Nieuw besluit na de evaluatie, opdracht {nummer}", "beschikking/"),
    }.get(Uitkomst(evaluatie.uitkomst))
    if werk:
        taken.zet_klaar(
            sleutel=f"na-evaluatie:{toewijzing.pk}",
            soort=Taak.Soort.EVALUATIE,
            titel=werk[0],
            gemeente=zaak.gemeente,
            zaak=zaak,
            uiterlijk=toewijzing.einddatum,
            pad=f"{begin}{werk[1]}",
            nu=nu,
        )


def _plan_volgende(evaluatie: Evaluatie, nu: datetime) -> None:
    """A vervolgdeel that was fixed meanwhile carries the date of the next one."""
    laatste = _vast_plan(evaluatie.zaak)
    if laatste and laatste.pk != evaluatie.plan_id and laatste.evaluatiedatum and laatste.evaluatiedatum > vandaag(nu):
        zet_gepland(zaak=evaluatie.zaak, gepland_op=laatste.evaluatiedatum, nu=nu)


def eis_evaluatie(toewijzing: Toewijzing) -> None:
    """An extension comes after an evaluation that ends in extending, and never twice on one (R-136)."""
    zaak = toewijzing.voorziening.beschikking.zaak
    afgerond = Evaluatie.objects.filter(zaak=zaak, status=Status.AFGEROND).values_list("afgerond_op", "uitkomst")
    sinds = toewijzing.einddatum_sinds()
    if not regels.mag_verlengen([(moment, uitkomst) for moment, uitkomst in afgerond if moment], sinds=sinds):
        raise Geweigerd(
            "Verlengen kan pas na een evaluatie met de uitkomst dat de hulp langer doorgaat. "
            "Vraag de consulent om de evaluatie af te ronden.",
            reden="EVALUATIE",
        )


def _noteer(evaluatie: Evaluatie, handeling: str, tekst: str, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door, nu=nu, handeling=f"evaluaties.{handeling}", over=evaluatie, zaak=evaluatie.zaak, tekst=tekst
    )
