"""A visit that failed, and a crisis: reported by the aanbieder, seen by the gemeente (R-140 to R-144, R-163)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from wmo.actions import logboek, taken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.models import Aanstelling, Crisismelding, Gemeenteregel, GemistBezoek, Regelsleutel, Taak, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import afspraken as regels

Soort = GemistBezoek.Soort


@actie(Recht.LEVERING_MELDEN)
def meld(
    *,
    toewijzing: Toewijzing,
    afspraak_op: datetime,
    afgezegd_op: datetime | None = None,
    overmacht: bool = False,
    kwetsbaar: bool = False,
    toelichting: str = "",
    door: Aanstelling,
    nu: datetime,
) -> GemistBezoek:
    """A cancelled visit is kept, a no-show goes to the gemeente as work (R-141). Aware moments.

    Raises Geweigerd: TOEKOMST, AL_GEMELD.
    """
    soort = Soort(regels.soort_afzegging(afspraak_op, afgezegd_op))
    if (afspraak_op if soort == Soort.NIET_THUIS else afgezegd_op or afspraak_op) > nu:
        raise Geweigerd("Dit moment ligt in de toekomst. Controleer de datum en de tijd.", reden="TOEKOMST")
    try:
        with transaction.atomic():
            bezoek = toewijzing.gemiste_bezoeken.create(
                soort=soort, afspraak_op=afspraak_op, afgezegd_op=afgezegd_op, overmacht=overmacht,
                kwetsbaar=kwetsbaar, toelichting=toelichting, gemeld_op=nu, gemeld_door=door,
            )  # fmt: skip
    except IntegrityError as fout:
        raise Geweigerd("Dit bezoek hebt u al gemeld.", reden="AL_GEMELD") from fout
    if bezoek.is_niet_thuis:
        _vraag_aandacht(bezoek, nu)
    tekst = f"Bezoek ging niet door: {bezoek.get_soort_display().lower()} (toewijzing {toewijzing.toewijzingnummer})"
    _noteer(toewijzing, bezoek, "meld", tekst, door, nu)
    return bezoek


def teller(toewijzing: Toewijzing, *, op: date) -> list[regels.NoShow]:
    """The no-shows of this opdracht, each with its count in the months that this gemeente counts (R-142)."""
    venster = Gemeenteregel.objects.waarde(
        toewijzing.gemeente, Regelsleutel.NO_SHOW_VENSTER_MAANDEN, op=op, standaard=regels.VENSTER_MAANDEN
    )
    momenten = toewijzing.gemiste_bezoeken.filter(soort=Soort.NIET_THUIS).values_list("afspraak_op", flat=True)
    return regels.no_shows([vandaag(moment) for moment in momenten], venster_maanden=venster)


def _vraag_aandacht(bezoek: GemistBezoek, nu: datetime) -> None:
    """Every no-show; from the second in the window on, the aanbieder calls the toegang (R-142)."""
    toewijzing, zaak = bezoek.toewijzing, bezoek.toewijzing.voorziening.beschikking.zaak
    stand = next(s for s in teller(toewijzing, op=vandaag(nu)) if s.datum == vandaag(bezoek.afspraak_op))
    keer = f", {stand.teller} keer in een jaar: overleg nodig" if stand.contact_toegang else ""
    taken.zet_klaar(
        sleutel=f"niet-thuis:{bezoek.pk}",
        soort=Taak.Soort.NIET_THUIS,
        titel=f"Niet thuis gemeld bij opdracht {toewijzing.toewijzingnummer}{keer}",
        gemeente=toewijzing.gemeente,
        zaak=zaak,
        uiterlijk=vandaag(nu),
        pad=f"/zaken/{zaak.zaaknummer}/uitvoering/bezoek/{bezoek.pk}/",
        nu=nu,
    )


@actie(Recht.ONDERZOEKEN)
def beoordeel(*, bezoek: GemistBezoek, rekening: str, overleg: str, door: Aanstelling, nu: datetime) -> None:
    """The talk of R-143: whether the client may get an invoice. Once; IntussenGewijzigd when somebody was first."""
    rijen = GemistBezoek.objects.filter(pk=bezoek.pk, soort=Soort.NIET_THUIS, beoordeeld_op=None)
    if rijen.update(rekening=rekening, overleg=overleg, beoordeeld_op=nu) != 1:
        raise IntussenGewijzigd("Deze melding is al bekeken.")
    bezoek.refresh_from_db()
    taken.rond_af(sleutel=f"niet-thuis:{bezoek.pk}", nu=nu)
    tekst = f"Niet thuis bekeken: {bezoek.get_rekening_display().lower()}"
    _noteer(bezoek.toewijzing, bezoek, "beoordeel", tekst, door, nu)


@actie(Recht.LEVERING_MELDEN)
def meld_crisis(
    *, toewijzing: Toewijzing, datum: date, wat: str, extra_hulp: str = "", door: Aanstelling, nu: datetime
) -> Crisismelding:
    """A crisis is always reported; extra help may go on at once, within the budget of the whole decision (R-163)."""
    if datum > vandaag(nu):
        raise Geweigerd("Deze datum ligt in de toekomst.", reden="TOEKOMST")
    melding = toewijzing.crisismeldingen.create(
        datum=datum, wat=wat, extra_hulp=extra_hulp, gemeld_op=nu, gemeld_door=door
    )
    zaak = toewijzing.voorziening.beschikking.zaak
    taken.zet_klaar(
        sleutel=f"crisis:{melding.pk}",
        soort=Taak.Soort.CRISIS,
        titel=f"Crisis gemeld bij opdracht {toewijzing.toewijzingnummer}",
        gemeente=toewijzing.gemeente,
        zaak=zaak,
        uiterlijk=vandaag(nu),
        pad=f"/zaken/{zaak.zaaknummer}/uitvoering/",
        nu=nu,
    )
    _noteer(toewijzing, melding, "meld_crisis", f"Crisis gemeld op {datum:%d-%m-%Y}", door, nu)
    return melding


@actie(Recht.ONDERZOEKEN)
def zie_crisis(*, melding: Crisismelding, door: Aanstelling, nu: datetime) -> None:
    """The consulent knows; what it means is discussed at the evaluation (R-163)."""
    if not taken.rond_af(sleutel=f"crisis:{melding.pk}", nu=nu):
        raise IntussenGewijzigd("Deze melding is al bekeken.")
    _noteer(melding.toewijzing, melding, "zie_crisis", "De melding van een crisis is gelezen", door, nu)


def _noteer(
    toewijzing: Toewijzing,
    over: GemistBezoek | Crisismelding,
    handeling: str,
    tekst: str,
    door: Aanstelling,
    nu: datetime,
) -> None:
    zaak = toewijzing.voorziening.beschikking.zaak
    logboek.noteer(door=door, nu=nu, handeling=f"bezoeken.{handeling}", over=over, zaak=zaak, tekst=tekst)
