"""The perspectiefplan: written by the gemeente, fixed in versions, never by the aanbieder (R-070, R-071, S-061)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wmo.actions import brieven, evaluaties, logboek
from wmo.actions.bewerken import houd_vast, neem_beurt
from wmo.actions.kader import Geweigerd, actie
from wmo.brieven import Briefsoort
from wmo.brieven import ondersteuning as briefgegevens
from wmo.models import (
    Aanstelling,
    Aftrek,
    Doel,
    Eenheid,
    Leefgebied,
    Normtabel,
    Perspectiefplan,
    PlanLeefgebied,
    PlanOndersteuning,
    Product,
    Productcategorie,
    Voorziening,
    Zaak,
)
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import plannen as regels

# which products a normenkader is about
NORMCATEGORIE: dict[str, str] = {
    Normtabel.Soort.HUISHOUDEN: Productcategorie.HUISHOUDEN,
    Normtabel.Soort.BEGELEIDING: Productcategorie.BEGELEIDING,
}
LEEFGEBIEDVELDEN = ("situatie", "eigen_kracht", "netwerk", "voorliggend", "nodig", "ontwikkeling")
DOELVELDEN = ("resultaat", "indicator", "streefdatum", "wie", "onderwerp")


@dataclass(frozen=True)
class Leefgebieddeel:
    """Only what matters for this question."""

    leefgebied: Leefgebied
    situatie: str
    eigen_kracht: str = ""
    netwerk: str = ""
    voorliggend: str = ""
    nodig: str = ""
    ontwikkeling: str = ""


@dataclass(frozen=True)
class Doeldeel:
    resultaat: str
    indicator: str
    streefdatum: date
    wie: str
    onderwerp: str = ""


@dataclass(frozen=True)
class Ondersteuningdeel:
    """Gross a week in the unit of the product; net follows from the deductions (R-210)."""

    product: Product
    bruto: int
    aftrekken: tuple[regels.Aftrek, ...] = ()

    def als_regel(self) -> regels.Ondersteuning:
        return regels.Ondersteuning(self.product.naam, self.product.eenheid, self.bruto, self.aftrekken)


@dataclass(frozen=True)
class Planinhoud:
    """The whole plan as typed; saving replaces what was there."""

    stem_client: str = ""
    risico: str = ""
    evaluatiedatum: date | None = None
    leefgebieden: Sequence[Leefgebieddeel] = ()
    doelen: Sequence[Doeldeel] = ()
    ondersteuning: Sequence[Ondersteuningdeel] = ()


@actie(Recht.ONDERZOEKEN)
def maak_concept(*, zaak: Zaak, door: Aanstelling, nu: datetime) -> Perspectiefplan:
    """The first version, with what the case knows; or a vervolgdeel that starts as a copy of the newest (R-071, R-067).

    Raises Geweigerd: GESLOTEN, AL_BEZIG.
    """
    houd_vast(zaak, "status")
    if not zaak.is_lopend:
        raise Geweigerd("Deze zaak is gesloten. Neem eerst een nieuwe melding op.", reden="GESLOTEN")
    vorige = zaak.plannen.first()
    if vorige is not None and vorige.vastgesteld_op is None:
        raise Geweigerd("Er is al een concept van dit plan. Werk daarin verder.", reden="AL_BEZIG")
    plan = Perspectiefplan.objects.create(
        zaak=zaak, versie=vorige.versie + 1 if vorige else 1, is_vervolg=vorige is not None
    )
    if vorige is not None:
        _neem_over(vorige, plan)
    else:
        _begin_met_wat_er_is(plan)
    wat = "Vervolgdeel van het perspectiefplan begonnen" if vorige else "Perspectiefplan begonnen"
    _noteer(plan, "maak_concept", wat, door, nu)
    return plan


@actie(Recht.ONDERZOEKEN)
def bewaar(
    *, plan: Perspectiefplan, inhoud: Planinhoud, door: Aanstelling, nu: datetime, bewerkt: int | None = None
) -> Perspectiefplan:
    """Save the concept as a whole. Raises Geweigerd: VASTGESTELD, AFTREK (R-210); IntussenGewijzigd."""
    _eis_concept(plan)
    neem_beurt(plan, bewerkt=bewerkt)
    if zinnen := list(regels.weiger_ondersteuning(deel.als_regel() for deel in inhoud.ondersteuning)):
        raise Geweigerd(" ".join(zinnen), reden="AFTREK")
    plan.stem_client, plan.risico = inhoud.stem_client, inhoud.risico
    plan.evaluatiedatum = inhoud.evaluatiedatum
    plan.save(update_fields=["stem_client", "risico", "evaluatiedatum"])
    _vervang_leefgebieden(plan, inhoud.leefgebieden)
    _vervang_doelen(plan, inhoud.doelen)
    _vervang_ondersteuning(plan, inhoud.ondersteuning)
    _noteer(plan, "bewaar", f"Concept perspectiefplan versie {plan.versie} bewaard", door, nu)
    return plan


@actie(Recht.ONDERZOEKEN)
def stel_vast(*, plan: Perspectiefplan, door: Aanstelling, nu: datetime) -> Perspectiefplan:
    """Fix this version: from now on only a vervolgdeel changes it. Makes the letter and plans the evaluation.

    Raises Geweigerd: VASTGESTELD, ONVOLLEDIG with one sentence per thing to mend (R-073, R-210).
    """
    _eis_concept(plan)
    neem_beurt(plan, bewerkt=None)
    op = vandaag(nu)
    if zinnen := regels.weiger_vaststellen(stand(plan), op=op):
        raise Geweigerd(" ".join(zinnen), reden="ONVOLLEDIG")
    plan.vastgesteld_op, plan.vastgesteld_door = nu, door
    plan.save(update_fields=["vastgesteld_op", "vastgesteld_door"])
    gegevens = briefgegevens.perspectiefplan(plan, op=op)
    brieven.leg_vast(zaak=plan.zaak, soort=Briefsoort.PERSPECTIEFPLAN, gegevens=gegevens, door=door, nu=nu)
    if plan.evaluatiedatum:
        evaluaties.zet_gepland(zaak=plan.zaak, gepland_op=plan.evaluatiedatum, nu=nu)
    _noteer(plan, "stel_vast", f"Perspectiefplan versie {plan.versie} vastgesteld", door, nu)
    return plan


@actie(Recht.ONDERZOEKEN)
def meld_ontvangst(*, plan: Perspectiefplan, op: date, door: Aanstelling, nu: datetime) -> Perspectiefplan:
    """The aanbieder has the plan: sent by post or shared, never through iWmo (R-076, R-300)."""
    if plan.vastgesteld_op is None:
        raise Geweigerd("Stel het plan eerst vast. Daarna kan het naar de aanbieder.", reden="CONCEPT")
    plan.ontvangen_door_aanbieder_op = op
    plan.save(update_fields=["ontvangen_door_aanbieder_op"])
    _noteer(plan, "meld_ontvangst", f"Aanbieder heeft perspectiefplan versie {plan.versie} ontvangen", door, nu)
    return plan


def stand(plan: Perspectiefplan) -> regels.Plan:
    """What the rules judge; the last day of a decision that is being made or stands counts (R-073)."""
    einden = Voorziening.objects.filter(beschikking__zaak=plan.zaak, einddatum__isnull=False)
    return regels.Plan(
        stem=plan.stem_client,
        leefgebieden=plan.leefgebieden.count(),
        streefdata=tuple(plan.doelen.values_list("streefdatum", flat=True)),
        evaluatiedatum=plan.evaluatiedatum,
        ondersteuning=tuple(ondersteuning(plan)),
        einde_besluit=einden.order_by("-einddatum").values_list("einddatum", flat=True).first(),
    )


def ondersteuning(plan: Perspectiefplan) -> list[regels.Ondersteuning]:
    return [
        regels.Ondersteuning(
            deel.product.naam,
            deel.product.eenheid,
            deel.bruto,
            tuple(regels.Aftrek(a.bron, a.volume, a.reden) for a in deel.aftrekken.all()),
        )
        for deel in plan.ondersteuning.select_related("product").prefetch_related("aftrekken")
    ]


def _eis_concept(plan: Perspectiefplan) -> None:
    if plan.vastgesteld_op is not None:
        raise Geweigerd(
            f"Versie {plan.versie} van dit plan is al vastgesteld. Maak een vervolgdeel.", reden="VASTGESTELD"
        )


def _begin_met_wat_er_is(plan: Perspectiefplan) -> None:
    """Nobody types a thing twice: the words of the melding, and the minutes where one product can hold them (R-210)."""
    plan.stem_client = plan.zaak.hulpvraag
    plan.save(update_fields=["stem_client"])
    delen = []
    for soort, categorie in NORMCATEGORIE.items():
        berekening = plan.zaak.normberekeningen.exclude(vastgesteld_op=None).filter(tabel__soort=soort).first()
        producten = list(Product.objects.filter(categorie=categorie, eenheid=Eenheid.MINUUT)[:2])
        if berekening is not None and len(producten) == 1:
            delen.append(Ondersteuningdeel(producten[0], berekening.vastgesteld))
    _vervang_ondersteuning(plan, delen)


def _neem_over(vorige: Perspectiefplan, plan: Perspectiefplan) -> None:
    """A vervolgdeel starts from what was agreed; the evaluation date is chosen anew (R-073)."""
    plan.stem_client, plan.risico = vorige.stem_client, vorige.risico
    plan.save(update_fields=["stem_client", "risico"])
    leefgebieden = [
        Leefgebieddeel(d.leefgebied, *(getattr(d, veld) for veld in LEEFGEBIEDVELDEN[:-1]))
        for d in vorige.leefgebieden.select_related("leefgebied")
    ]
    _vervang_leefgebieden(plan, leefgebieden)
    _vervang_doelen(plan, [Doeldeel(*(getattr(d, veld) for veld in DOELVELDEN)) for d in vorige.doelen.all()])
    _vervang_ondersteuning(plan, [
        Ondersteuningdeel(
            d.product, d.bruto, tuple(regels.Aftrek(a.bron, a.volume, a.reden) for a in d.aftrekken.all())
        )
        for d in vorige.ondersteuning.select_related("product").prefetch_related("aftrekken")
    ])  # fmt: skip


def _vervang_leefgebieden(plan: Perspectiefplan, delen: Sequence[Leefgebieddeel]) -> None:
    plan.leefgebieden.all().delete()
    PlanLeefgebied.objects.bulk_create(
        PlanLeefgebied(plan=plan, leefgebied=d.leefgebied, **{veld: getattr(d, veld) for veld in LEEFGEBIEDVELDEN})
        for d in delen
    )


def _vervang_doelen(plan: Perspectiefplan, delen: Sequence[Doeldeel]) -> None:
    plan.doelen.all().delete()
    Doel.objects.bulk_create(
        Doel(plan=plan, volgorde=volgorde, **{veld: getattr(d, veld) for veld in DOELVELDEN})
        for volgorde, d in enumerate(delen, 1)
    )


def _vervang_ondersteuning(plan: Perspectiefplan, delen: Sequence[Ondersteuningdeel]) -> None:
    plan.ondersteuning.all().delete()
    rijen = PlanOndersteuning.objects.bulk_create(
        PlanOndersteuning(plan=plan, product=d.product, bruto=d.bruto, netto=d.als_regel().netto) for d in delen
    )
    Aftrek.objects.bulk_create(
        Aftrek(ondersteuning=rij, bron=a.bron, volume=a.volume, reden=a.reden)
        for rij, deel in zip(rijen, delen, strict=True)
        for a in deel.aftrekken
    )


def _noteer(plan: Perspectiefplan, wat: str, tekst: str, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(door=door, nu=nu, handeling=f"plannen.{wat}", over=plan, tekst=tekst, zaak=plan.zaak)
