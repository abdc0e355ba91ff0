"""The filled-in normenkader: reckon, keep as concept, fix with a motivated deviation (R-200 to R-206, R-217)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wmo.actions import brieven, logboek
from wmo.actions.bewerken import houd_vast, neem_beurt
from wmo.actions.kader import Geweigerd, actie
from wmo.brieven import Briefsoort
from wmo.brieven import ondersteuning as briefgegevens
from wmo.models import Aanstelling, Document, Normberekening, Normkeuze, Normregel, Normtabel, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import begeleiding
from wmo.rules import normenkader as regels
from wmo.rules.motivering import weiger_reden

# which one may go to a provider differs (wmo/rules/delen.py)
DOCUMENTSOORT: dict[str, str] = {
    Normtabel.Soort.HUISHOUDEN: Document.Soort.NORMENKADER,
    Normtabel.Soort.BEGELEIDING: Document.Soort.NORMENKADER_BEGELEIDING,
}
GEEN_TABEL = "Uw gemeente heeft nog geen normtabel. Vraag functioneel beheer."


@dataclass(frozen=True)
class Keuze:
    """A row that is on: who does it, how many, and for an activity how long and how often a year."""

    regel: Normregel
    wie: str = Normkeuze.Wie.HULP
    aantal: int = 1
    minuten_per_keer: int | None = None
    keer_per_jaar: int | None = None


@dataclass(frozen=True)
class Invulling:
    """The whole form: the rows that are on, and what was decided about them. `vastgesteld` None is: no deviation."""

    keuzes: Sequence[Keuze]
    vastgesteld: int | None = None
    afwijking_reden: str = ""
    toelichting: str = ""
    tweewekelijks: bool = False


@dataclass(frozen=True)
class Uitkomst:
    """Minutes a week that came out. For begeleiding `berekend` is the low end of `band` (R-217)."""

    berekend: int
    per_resultaatgebied: dict[str, int]
    band: begeleiding.Band | None = None

    def weiger(self, vastgesteld: int, reden: str) -> str | None:
        """Why this time may not be fixed with this reason, as a Dutch sentence."""
        if self.band is not None and vastgesteld in self.band:
            return begeleiding.weiger_bandkeuze(self.band, vastgesteld, reden)
        return weiger_reden(self.berekend, vastgesteld, reden)


def reken(soort: str, keuzes: Iterable[Keuze]) -> Uitkomst:
    """The sum of these rows, exact and rounded once; writes nothing (R-200, R-202)."""
    if soort == Normtabel.Soort.BEGELEIDING:
        return _reken_band(list(keuzes))
    tijd = regels.bereken(post(keuze) for keuze in keuzes)
    return Uitkomst(tijd.minuten_per_week, tijd.per_resultaatgebied)


def post(keuze: Keuze) -> regels.Post:
    regel = keuze.regel
    if regel.soort == Normregel.Soort.ACTIVITEIT:
        return regels.Post.activiteit(
            regel.resultaatgebied,
            regel.omschrijving,
            minuten=_of(keuze.minuten_per_keer, regel.minuten_per_keer),
            keer_per_jaar=_of(keuze.keer_per_jaar, regel.keer_per_jaar) * keuze.aantal,
            wie=regels.Wie(keuze.wie),
        )
    return regels.Post.uren(
        regel.resultaatgebied,
        regel.omschrijving,
        regel.uren_per_jaar or 0,
        regels.Soort(regel.soort),
        keuze.aantal,
    )


def _of(gekozen: int | None, gebruikelijk: int | None) -> int:
    return gekozen if gekozen is not None else gebruikelijk or 0


def _reken_band(keuzes: list[Keuze]) -> Uitkomst:
    banden = {k.regel.code: begeleiding.Band(k.regel.minuten_min or 0, k.regel.minuten_max) for k in keuzes}
    gebieden: dict[str, int] = {}
    for keuze in keuzes:
        gebied = keuze.regel.resultaatgebied
        gebieden[gebied] = gebieden.get(gebied, 0) + (keuze.regel.minuten_min or 0)
    band = begeleiding.totaalband(banden.values())
    return Uitkomst(band.minimum, gebieden, band)


@actie(Recht.ONDERZOEKEN)
def maak_concept(
    *, zaak: Zaak, door: Aanstelling, nu: datetime, soort: str = Normtabel.Soort.HUISHOUDEN
) -> Normberekening:
    """A new version with the table of this gemeente on this day; the basis is on, the rest off.

    Raises Geweigerd: GESLOTEN, AL_BEZIG, GEEN_TABEL.
    """
    houd_vast(zaak, "status")
    if not zaak.is_lopend:
        raise Geweigerd("Deze zaak is gesloten. Neem eerst een nieuwe melding op.", reden="GESLOTEN")
    if zaak.normberekeningen.filter(vastgesteld_op=None, tabel__soort=soort).exists():
        raise Geweigerd("Er is al een concept van dit normenkader. Werk daarin verder.", reden="AL_BEZIG")
    tabel = Normtabel.objects.geldend(zaak.gemeente, op=vandaag(nu), soort=soort)
    if tabel is None:
        raise Geweigerd(GEEN_TABEL, reden="GEEN_TABEL")
    laatste = zaak.normberekeningen.first()
    berekening = Normberekening.objects.create(
        zaak=zaak, tabel=tabel, versie=laatste.versie + 1 if laatste else 1, berekend=0, vastgesteld=0
    )
    basis = [Keuze(regel) for regel in tabel.regels.filter(soort=Normregel.Soort.BASIS)]
    _schrijf(berekening, basis, reken(tabel.soort, basis))
    berekening.vastgesteld = berekening.berekend
    berekening.save(update_fields=["vastgesteld"])
    _noteer(berekening, "maak_concept", f"Normenkader begonnen met {tabel}", door, nu)
    return berekening


@actie(Recht.ONDERZOEKEN)
def bewaar(
    *,
    berekening: Normberekening,
    invulling: Invulling,
    door: Aanstelling,
    nu: datetime,
    bewerkt: int | None = None,
) -> Normberekening:
    """Keep the concept; a reason may still be missing or short. Raises Geweigerd: VASTGESTELD, SLUIT_UIT."""
    _vul_in(berekening, invulling, bewerkt)
    _noteer(berekening, "bewaar", f"Concept normenkader bewaard: {berekening.vastgesteld} minuten", door, nu)
    return berekening


@actie(Recht.ONDERZOEKEN)
def stel_vast(
    *,
    berekening: Normberekening,
    invulling: Invulling,
    door: Aanstelling,
    nu: datetime,
    bewerkt: int | None = None,
) -> Normberekening:
    """Fix the time and make the letter of it.

    Raises Geweigerd: VASTGESTELD, SLUIT_UIT, AFWIJKING (R-203), TWEEWEKELIJKS (R-204).
    """
    uitkomst = _vul_in(berekening, invulling, bewerkt)
    if zin := uitkomst.weiger(berekening.vastgesteld, invulling.afwijking_reden):
        raise Geweigerd(zin, reden="AFWIJKING")
    if invulling.tweewekelijks and not regels.Normtijd(berekening.vastgesteld, {}).past_in_tweewekelijks:
        raise Geweigerd(_te_veel_voor_twee_weken(berekening.vastgesteld), reden="TWEEWEKELIJKS")
    berekening.vastgesteld_op, berekening.vastgesteld_door = nu, door
    berekening.save(update_fields=["vastgesteld_op", "vastgesteld_door"])
    gegevens = briefgegevens.normenkader(berekening, op=vandaag(nu))
    brieven.leg_vast(
        zaak=berekening.zaak,
        soort=Briefsoort.NORMENKADER,
        gegevens=gegevens,
        door=door,
        nu=nu,
        documentsoort=DOCUMENTSOORT[berekening.tabel.soort],
    )
    uren = regels.uren_en_minuten(berekening.vastgesteld)
    _noteer(berekening, "stel_vast", f"Normenkader vastgesteld: {uren} uur per week", door, nu)
    return berekening


def _te_veel_voor_twee_weken(per_week: int) -> str:
    return (
        f"Eén bezoek per twee weken kan tot en met {regels.TWEEWEKELIJKSE_REFERENTIE} minuten. "
        f"Nu is het {2 * per_week} minuten per twee weken. Kies een bezoek per week."
    )


def _vul_in(berekening: Normberekening, invulling: Invulling, bewerkt: int | None) -> Uitkomst:
    if berekening.vastgesteld_op is not None:
        raise Geweigerd("Dit normenkader is al vastgesteld. Maak een nieuwe versie.", reden="VASTGESTELD")
    if zin := regels.weiger_samen((k.regel.groep, k.regel.omschrijving) for k in invulling.keuzes):
        raise Geweigerd(zin, reden="SLUIT_UIT")
    neem_beurt(berekening, bewerkt=bewerkt)
    uitkomst = reken(berekening.tabel.soort, invulling.keuzes)
    _schrijf(berekening, invulling.keuzes, uitkomst)
    berekening.vastgesteld = uitkomst.berekend if invulling.vastgesteld is None else invulling.vastgesteld
    berekening.afwijking_reden = invulling.afwijking_reden.strip()
    berekening.toelichting, berekening.tweewekelijks = invulling.toelichting, invulling.tweewekelijks
    berekening.save(update_fields=["vastgesteld", "afwijking_reden", "toelichting", "tweewekelijks"])
    return uitkomst


def _schrijf(berekening: Normberekening, keuzes: Sequence[Keuze], uitkomst: Uitkomst) -> None:
    berekening.berekend = uitkomst.berekend
    berekening.save(update_fields=["berekend"])
    berekening.keuzes.all().delete()
    Normkeuze.objects.bulk_create(
        Normkeuze(
            berekening=berekening,
            regel=k.regel,
            wie=k.wie,
            aantal=k.aantal,
            minuten_per_keer=k.minuten_per_keer if k.minuten_per_keer is not None else k.regel.minuten_per_keer,
            keer_per_jaar=k.keer_per_jaar if k.keer_per_jaar is not None else k.regel.keer_per_jaar,
        )
        for k in keuzes
    )


def _noteer(berekening: Normberekening, wat: str, tekst: str, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door, nu=nu, handeling=f"normenkaders.{wat}", over=berekening, tekst=tekst, zaak=berekening.zaak
    )
