"""The decision: draw up, compare with the rest, have it signed by somebody else, send (R-060 to R-067)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from wmo.actions import brieven, klokken, logboek, nummers
from wmo.actions.bewerken import houd_vast, neem_beurt
from wmo.actions.kader import Geweigerd, actie
from wmo.brieven import Briefsoort, ontbrekende_blokken
from wmo.brieven import beschikking as briefgegevens
from wmo.keten import ketencontrole
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Beschikking,
    GelijkgesteldeDag,
    Gemeenteregel,
    Pgb,
    Product,
    Regelsleutel,
    Voorziening,
    Zaak,
)
from wmo.periodes import EEN_DAG, vandaag
from wmo.permissions import Recht
from wmo.rules import termijnen
from wmo.rules.beschikkingen import blokkades, vragen_uitleg

Status, Soort = Beschikking.Status, Beschikking.Soort
KORTSTE_REDEN = 10


@dataclass(frozen=True)
class Budget:
    """R-061. `bedrag` in euros a year."""

    doel: str
    bedrag: Decimal
    berekening: str
    kwaliteitseisen: str
    wens: str
    bekwaamheid: str


@dataclass(frozen=True)
class Toekenning:
    """One granted provision as typed (R-060.4). Without `aanbieder` it goes through the wachtlijst."""

    product: Product
    volume: int
    eenheid: str
    frequentie: str
    ingangsdatum: date
    einddatum: date | None
    resultaat: str
    vorm: str = Voorziening.Vorm.ZIN
    aanbieder: Aanbieder | None = None
    pgb: Budget | None = None


@actie(Recht.BESCHIKKING_OPSTELLEN)
def stel_op(*, zaak: Zaak, soort: str, door: Aanstelling, nu: datetime) -> Beschikking:
    """Begin a concept with its number (UP037) and what is known of the eigen bijdrage.

    Raises Geweigerd: GEEN_AANVRAAG (R-020), AL_BEZIG.
    """
    houd_vast(zaak, "status")
    if zaak.status != Zaak.Status.AANVRAAG:
        raise Geweigerd("Er is nog geen aanvraag. Leg eerst de aanvraag vast.", reden="GEEN_AANVRAAG")
    if zaak.beschikkingen.filter(status__in=[Status.CONCEPT, Status.TER_ONDERTEKENING]).exists():
        raise Geweigerd("Er is al een concept. Werk daarin verder.", reden="AL_BEZIG")
    op = vandaag(nu)
    beschikking = Beschikking.objects.create(
        beschikkingnummer=f"B-{op.year}-{nummers.volgende(f'beschikking:{op.year}'):06d}",
        zaak=zaak,
        soort=soort,
        eigen_bijdrage=briefgegevens.eigen_bijdrage_tekst(op),
        opgesteld_door=door,
    )
    _noteer(beschikking, "stel_op", f"Beschikking {beschikking} begonnen", door, nu)
    return beschikking


@actie(Recht.BESCHIKKING_OPSTELLEN)
def bewaar_soort(
    *,
    beschikking: Beschikking,
    soort: str,
    door: Aanstelling,
    nu: datetime,
    grond: str = "",
    werkt_vanaf: date | None = None,
    beeindigt: Iterable[Voorziening] = (),
    bewerkt: int | None = None,
) -> Beschikking:
    """Step 1. Changing or ending needs a ground, a day and what it is about (R-030); a refusal grants nothing."""
    _eis_concept(beschikking)
    neem_beurt(beschikking, bewerkt=bewerkt)
    wijzigt = soort in Beschikking.WIJZIGEND
    stopt = list(beeindigt) if wijzigt else []
    if wijzigt and not (grond and werkt_vanaf and stopt):
        raise Geweigerd("Kies de reden, de datum en welke ondersteuning stopt of verandert.", reden="GROND_ONTBREEKT")
    beschikking.soort = soort
    beschikking.grond, beschikking.werkt_vanaf = (grond, werkt_vanaf) if wijzigt else ("", None)
    beschikking.save(update_fields=["soort", "grond", "werkt_vanaf"])
    beschikking.beeindigt.set(stopt)
    if soort not in Beschikking.TOEKENNEND:
        beschikking.voorzieningen.all().delete()
    _noteer(beschikking, "bewaar_soort", f"Soort besluit: {beschikking.get_soort_display().lower()}", door, nu)
    return beschikking


@actie(Recht.BESCHIKKING_OPSTELLEN)
def bewaar_voorzieningen(
    *,
    beschikking: Beschikking,
    toekenningen: Sequence[Toekenning],
    door: Aanstelling,
    nu: datetime,
    bewerkt: int | None = None,
) -> Beschikking:
    """Step 2: replaces what was granted so far. Raises Geweigerd: VASTGESTELD, KENT_NIET_TOE, PERIODE (R-242)."""
    _eis_concept(beschikking)
    neem_beurt(beschikking, bewerkt=bewerkt)
    if beschikking.soort not in Beschikking.TOEKENNEND and toekenningen:
        raise Geweigerd("Bij dit soort besluit hoort geen ondersteuning.", reden="KENT_NIET_TOE")
    for toekenning in toekenningen:
        _eis_periode(toekenning)
    beschikking.voorzieningen.all().delete()
    for toekenning in toekenningen:
        _maak_voorziening(beschikking, toekenning)
    aantal = len(toekenningen)
    tekst = f"Ondersteuning in {beschikking}: {aantal} {'voorziening' if aantal == 1 else 'voorzieningen'}"
    _noteer(beschikking, "bewaar_voorzieningen", tekst, door, nu)
    return beschikking


def _eis_periode(toekenning: Toekenning) -> None:
    if toekenning.einddatum and toekenning.einddatum < toekenning.ingangsdatum:
        raise Geweigerd("De einddatum ligt voor de ingangsdatum.", reden="PERIODE")
    if toekenning.frequentie == "2" and toekenning.einddatum is None:
        raise Geweigerd("Bij een omvang per week hoort een einddatum.", reden="PERIODE")


def _maak_voorziening(beschikking: Beschikking, toekenning: Toekenning) -> None:
    rij = Voorziening.objects.create(
        beschikking=beschikking,
        client=beschikking.zaak.client,
        product=toekenning.product,
        vorm=toekenning.vorm,
        volume=toekenning.volume,
        eenheid=toekenning.eenheid,
        frequentie=toekenning.frequentie,
        ingangsdatum=toekenning.ingangsdatum,
        einddatum=toekenning.einddatum,
        resultaat=toekenning.resultaat,
        via_wachtlijst=toekenning.vorm == Voorziening.Vorm.ZIN and toekenning.aanbieder is None,
        aanbieder=toekenning.aanbieder if toekenning.vorm == Voorziening.Vorm.ZIN else None,
    )
    if toekenning.vorm == Voorziening.Vorm.PGB and toekenning.pgb is not None:
        Pgb.objects.create(voorziening=rij, **vars(toekenning.pgb))


@actie(Recht.BESCHIKKING_OPSTELLEN)
def bewaar_motivering(
    *,
    beschikking: Beschikking,
    motivering: str,
    eigen_bijdrage: str,
    door: Aanstelling,
    nu: datetime,
    bewerkt: int | None = None,
) -> Beschikking:
    """Step 3: why, and what it costs the client."""
    _eis_concept(beschikking)
    neem_beurt(beschikking, bewerkt=bewerkt)
    beschikking.motivering, beschikking.eigen_bijdrage = motivering.strip(), eigen_bijdrage.strip()
    beschikking.save(update_fields=["motivering", "eigen_bijdrage"])
    _noteer(beschikking, "bewaar_motivering", f"Motivering van {beschikking} bewaard", door, nu)
    return beschikking


@actie(Recht.BESCHIKKING_OPSTELLEN)
def bewaar_uitleg(*, beschikking: Beschikking, uitleg_verschillen: str, door: Aanstelling, nu: datetime) -> Beschikking:
    """Step 4: the explanation of what does not quite agree."""
    _eis_concept(beschikking)
    neem_beurt(beschikking, bewerkt=None)
    beschikking.uitleg_verschillen = uitleg_verschillen.strip()
    beschikking.save(update_fields=["uitleg_verschillen"])
    _noteer(beschikking, "bewaar_uitleg", f"Uitleg bij {beschikking} bewaard", door, nu)
    return beschikking


@actie(Recht.BESCHIKKING_OPSTELLEN)
def vraag_handtekening(*, beschikking: Beschikking, door: Aanstelling, nu: datetime) -> Beschikking:
    """To the mandaathouder, when nothing is red, what is orange is explained, and every block of R-060 is there.

    Raises Geweigerd: VASTGESTELD, KLOPT_NIET, UITLEG_ONTBREEKT, BLOK_ONTBREEKT.
    """
    _eis_concept(beschikking)
    _eis_compleet(beschikking, vandaag(nu))
    beschikking.zet_status(Status.TER_ONDERTEKENING, teruggestuurd_reden="")
    beschikking.zaak.zet_status(Zaak.Status.BESLUIT_CONCEPT)
    klokken.werk_bij(zaak=beschikking.zaak, nu=nu)
    _noteer(beschikking, "vraag_handtekening", f"Handtekening gevraagd voor {beschikking}", door, nu)
    return beschikking


@actie(Recht.BESCHIKKING_VASTSTELLEN)
def stuur_terug(*, beschikking: Beschikking, reden: str, door: Aanstelling, nu: datetime) -> Beschikking:
    """Back to whoever drew it up, with what has to change. Raises Geweigerd: GEEN_REDEN; IntussenGewijzigd."""
    if len(reden.strip()) < KORTSTE_REDEN:
        raise Geweigerd("Schrijf op wat er anders moet.", reden="GEEN_REDEN")
    _eis_ter_ondertekening(beschikking)
    beschikking.zet_status(Status.CONCEPT, teruggestuurd_reden=reden.strip())
    beschikking.zaak.zet_status(Zaak.Status.AANVRAAG)
    klokken.werk_bij(zaak=beschikking.zaak, nu=nu)
    _noteer(beschikking, "stuur_terug", f"Beschikking {beschikking} teruggestuurd", door, nu, reden=reden.strip()[:400])
    return beschikking


@actie(Recht.BESCHIKKING_VASTSTELLEN)
def stel_vast(*, beschikking: Beschikking, door: Aanstelling, nu: datetime, bewerkt: int | None = None) -> Beschikking:
    """Sign and send: from here the decision is in force and the bezwaar term runs (R-051, R-064).

    `bewerkt` is the counter of the page that was read: nobody signs a text that was sent back and changed since.
    The letter is made of what stands in the rows now and kept. Raises Geweigerd: VIER_OGEN, KLOPT_NIET,
    UITLEG_ONTBREEKT, BLOK_ONTBREEKT, LOOPT_AL (R-062); IntussenGewijzigd when somebody else was first.
    """
    _eis_ter_ondertekening(beschikking)
    neem_beurt(beschikking, bewerkt=bewerkt)
    zaak, op = beschikking.zaak, vandaag(nu)
    _eis_vier_ogen(beschikking, door, op)
    _eis_compleet(beschikking, op)
    bezwaar_tot = termijnen.bezwaar(op, GelijkgesteldeDag.objects.kalender()).laatste_dag
    _beeindig_oude(beschikking)
    _zet_van_kracht(beschikking)
    gegevens = briefgegevens.gegevens(beschikking, op=op, bezwaar_tot=bezwaar_tot, ondertekenaar=door)
    brief = brieven.leg_vast(zaak=zaak, soort=Briefsoort.BESCHIKKING, gegevens=gegevens, door=door, nu=nu)
    beschikking.zet_status(
        Status.VASTGESTELD,
        ondertekend_door=door,
        besluitdatum=op,
        bekendgemaakt_op=op,
        bezwaar_tot=bezwaar_tot,
        brief=brief,
    )
    _zet_zaak_verder(zaak, beschikking.soort, op)
    klokken.werk_bij(zaak=zaak, nu=nu)
    tekst = f"Besluit {beschikking} ondertekend en verstuurd. Bezwaar kan tot en met {bezwaar_tot:%d-%m-%Y}"
    _noteer(beschikking, "stel_vast", tekst, door, nu)
    return beschikking


def _eis_vier_ogen(beschikking: Beschikking, door: Aanstelling, op: date) -> None:
    """The same person with another hat is still the same person; without a rule two pairs of eyes are the rule."""
    gemeente = beschikking.zaak.gemeente
    verplicht = Gemeenteregel.objects.waarde(gemeente, Regelsleutel.VIER_OGEN_BESCHIKKING, op=op, standaard=True)
    if verplicht and door.gebruiker_id == beschikking.opgesteld_door.gebruiker_id:
        raise Geweigerd(
            "U hebt dit besluit zelf opgesteld. Een andere mandaathouder moet het ondertekenen.", reden="VIER_OGEN"
        )


def _eis_compleet(beschikking: Beschikking, op: date) -> None:
    bevindingen = ketencontrole(beschikking.zaak, op=op)
    if rood := blokkades(bevindingen):
        raise Geweigerd(" ".join(b.zin for b in rood), reden="KLOPT_NIET")
    if vragen_uitleg(bevindingen) and not beschikking.uitleg_verschillen:
        raise Geweigerd("Leg uit waarom niet alles met elkaar klopt. Doe dat bij stap 4.", reden="UITLEG_ONTBREEKT")
    # the last day for bezwaar follows from the day of sending: any date will do to see whether a block is missing
    gegevens = briefgegevens.gegevens(beschikking, op=op, bezwaar_tot=op, ondertekenaar=None)
    if blokken := ontbrekende_blokken(Briefsoort.BESCHIKKING, gegevens):
        raise Geweigerd(f"Vul dit nog in: {', '.join(blokken)}.", reden="BLOK_ONTBREEKT")


def _beeindig_oude(beschikking: Beschikking) -> None:
    """What this decision ends, ends the day before; what had not begun yet never comes in force (R-030)."""
    if beschikking.werkt_vanaf is None:
        return
    stopt = beschikking.beeindigt.all()
    stopt.filter(ingangsdatum__gte=beschikking.werkt_vanaf).update(van_kracht=False)
    stopt.filter(ingangsdatum__lt=beschikking.werkt_vanaf).update(einddatum=beschikking.werkt_vanaf - EEN_DAG)


def _zet_van_kracht(beschikking: Beschikking) -> None:
    """The exclusion constraint has the last word: two decisions at the same moment cannot both stand (R-062)."""
    try:
        with transaction.atomic():
            beschikking.voorzieningen.update(van_kracht=True)
    except IntegrityError as fout:
        if "voorziening_geen_overlap" not in str(fout):
            raise
        raise Geweigerd(
            "Voor deze ondersteuning loopt in deze periode al een besluit. Stuur dit besluit terug en kies een latere "
            "ingangsdatum, of herzie eerst het lopende besluit.",
            reden="LOOPT_AL",
        ) from fout


def _zet_zaak_verder(zaak: Zaak, soort: str, op: date) -> None:
    zaak.zet_status(Zaak.Status.BEKENDGEMAAKT, besluit_op=op, bekendgemaakt_op=op)
    if soort == Soort.AFWIJZING:
        zaak.zet_status(Zaak.Status.AFGEWEZEN, afgesloten_op=op)
        return
    zaak.zet_status(Zaak.Status.UITVOERING)
    if soort == Soort.BEEINDIGING:
        zaak.zet_status(Zaak.Status.BEEINDIGD, afgesloten_op=op)


def _eis_concept(beschikking: Beschikking) -> None:
    """On the locked row: what is saved while somebody asks for the signature may not reach the signed letter."""
    houd_vast(beschikking, "status")
    if beschikking.status != Status.CONCEPT:
        raise Geweigerd(
            f"Dit besluit is al {beschikking.get_status_display().lower()}. U kunt het niet meer wijzigen.",
            reden="VASTGESTELD",
        )


def _eis_ter_ondertekening(beschikking: Beschikking) -> None:
    houd_vast(beschikking, "status")
    if beschikking.status != Status.TER_ONDERTEKENING:
        raise Geweigerd("Dit besluit wacht niet (meer) op een handtekening.", reden="NIET_TER_ONDERTEKENING")


def _noteer(beschikking: Beschikking, wat: str, tekst: str, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"beschikkingen.{wat}",
        over=beschikking,
        tekst=tekst,
        zaak=beschikking.zaak,
        reden=reden,
    )
