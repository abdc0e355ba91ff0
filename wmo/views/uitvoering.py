"""What an aanbieder reports about one opdracht beside start and stop, each a short page of its own (S16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo.actions import bezoeken, evaluaties, overlijden, uitvoering
from wmo.forms.evaluaties import FormulierForm
from wmo.forms.uitvoering import (
    AfzeggingForm,
    CrisisForm,
    KennismakingForm,
    NietThuisForm,
    OverlijdenMeldForm,
    UitvoeringsplanForm,
)
from wmo.http import PortaalRequest
from wmo.models import Evaluatieformulier, Overlijdensmelding, Perceel, Product, Toewijzing, Uitvoeringsplan
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.uitvoering import hoort_uitvoeringsplan
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.weergave import datum, telefoon

NIET_DECLARABEL = "Dit bezoek kunt u niet declareren: u declareert alleen hulp die u echt gaf."
GEEN_REKENING = "Stuur de cliënt geen rekening zonder overleg met de gemeente."


def haal(request: PortaalRequest, pk: int) -> Toewijzing:
    """An opdracht that reached this aanbieder."""
    rijen = Toewijzing.objects.voor(request.aanstelling).exclude(
        status__in=[Toewijzing.Status.CONCEPT, Toewijzing.Status.VERWIJDERD]
    )
    return get_object_or_404(
        rijen.select_related(
            "client", "gemeente", "aanbieder", "product", "levering", "voorziening__beschikking__zaak"
        ),
        pk=pk,
    )


def opdrachtformulier(
    request: PortaalRequest,
    toewijzing: Toewijzing,
    form: forms.Form,
    doe: Callable[[], str],
    *,
    sjabloon: str = "wmo/opdracht_formulier.html",
    **tekst: Any,
) -> HttpResponse:
    """Show the form, run the one act behind it, and go back to the opdracht."""
    if form.is_valid() and probeer(request, doe):
        return redirect("wmo:levering", toewijzing.pk)
    context = {"form": form, "toewijzing": toewijzing, "client": toewijzing.client, **tekst}
    return render(request, sjabloon, context, status=antwoordstatus(request))


def _wie(request: PortaalRequest, toewijzing: Toewijzing, nu: datetime) -> dict[str, Any]:
    return {"toewijzing": toewijzing, "door": request.aanstelling, "nu": nu}


@vereist(Recht.LEVERING_MELDEN)
def niet_thuis(request: PortaalRequest, pk: int) -> HttpResponse:
    """R-141 to R-144: always reported, never declared, no invoice without a talk."""
    toewijzing, nu = haal(request, pk), timezone.now()
    form = NietThuisForm(gepost(request))

    def doe() -> str:
        bezoek = bezoeken.meld(**form.gegevens(), **_wie(request, toewijzing, nu))
        stand = next(s for s in bezoeken.teller(toewijzing, op=vandaag(nu)) if s.datum == vandaag(bezoek.afspraak_op))
        return f"De gemeente heeft uw melding. {_daarna(toewijzing, stand.teller, stand.contact_toegang)}"

    eerder = len(bezoeken.teller(toewijzing, op=vandaag(nu)))
    uitleg = ["U meldt altijd als een cliënt niet thuis was.", NIET_DECLARABEL, GEEN_REKENING]
    if eerder:
        uitleg.append(f"Bij deze opdracht is al {eerder} keer niet thuis gemeld. Bel bij de tweede keer de toegang.")
    return opdrachtformulier(
        request, toewijzing, form, doe, kop="Niet thuis melden", knop="Meld niet thuis", uitleg=uitleg
    )


def _daarna(toewijzing: Toewijzing, keer: int, bellen: bool) -> str:
    if not bellen:
        return GEEN_REKENING
    nummer = f": {telefoon(toewijzing.gemeente.telefoon)}" if toewijzing.gemeente.telefoon else ""
    return f"Dit is keer {keer}. Bel de toegang{nummer}. {GEEN_REKENING}"


@vereist(Recht.LEVERING_MELDEN)
def afzegging(request: PortaalRequest, pk: int) -> HttpResponse:
    """R-140: kept for the own guideline of the aanbieder, nothing is sent."""
    toewijzing, nu = haal(request, pk), timezone.now()
    form = AfzeggingForm(gepost(request))

    def doe() -> str:
        bezoek = bezoeken.meld(**form.gegevens(), **_wie(request, toewijzing, nu))
        return f"Vastgelegd: {bezoek.get_soort_display().lower()}. {NIET_DECLARABEL}"

    uitleg = ["Wij leggen vast of dit meer of minder dan 24 uur van tevoren was.", NIET_DECLARABEL]
    richtlijn = toewijzing.aanbieder.afzegrichtlijn
    uitleg.append(f"Uw eigen richtlijn: {richtlijn}" if richtlijn else "Uw richtlijn staat nog niet bij Onze gegevens.")
    return opdrachtformulier(request, toewijzing, form, doe, kop="Afzegging vastleggen", knop="Leg vast", uitleg=uitleg)


@vereist(Recht.LEVERING_MELDEN)
def crisis(request: PortaalRequest, pk: int) -> HttpResponse:
    """R-163."""
    toewijzing, nu = haal(request, pk), timezone.now()
    form = CrisisForm(gepost(request), initial={"datum": vandaag(nu)})

    def doe() -> str:
        bezoeken.meld_crisis(**form.cleaned_data, **_wie(request, toewijzing, nu))
        return "De gemeente heeft uw melding. U mag extra hulp geven. De crisis komt terug in de evaluatie."

    uitleg = ["Is er nu gevaar? Bel 112.", "Een crisis meldt u altijd.", "U mag meteen meer hulp geven."]
    return opdrachtformulier(request, toewijzing, form, doe, kop="Crisis melden", knop="Meld de crisis", uitleg=uitleg)


@vereist(Recht.LEVERING_MELDEN)
def overlijden_melden(request: PortaalRequest, pk: int) -> HttpResponse:
    """R-150, R-151."""
    toewijzing, nu = haal(request, pk), timezone.now()
    form = OverlijdenMeldForm(gepost(request))

    def doe() -> str:
        melding = overlijden.meld(**form.cleaned_data, **_wie(request, toewijzing, nu))
        return f"Dank u wel. De gemeente heeft uw melding. {_na_overlijden(melding)}"

    uitleg = [
        "Wij leven met u mee. Met deze melding hoeft u de gemeente niet te bellen.",
        "Blijft er iemand achter die zelf hulp nodig heeft? Dan kan de hulp nog even doorgaan.",
    ]
    return opdrachtformulier(
        request, toewijzing, form, doe, kop="Overlijden melden", knop="Meld het overlijden", uitleg=uitleg
    )


def _na_overlijden(melding: Overlijdensmelding) -> str:
    """How long help goes on, or that the stop is to be reported (R-151, R-153)."""
    blijft = melding.huisgenoot == Overlijdensmelding.Huisgenoot.JA
    na = overlijden.gevolgen(melding.client, overleden_op=melding.overleden_op, huisgenoot=blijft)
    if blijft:
        return f"Geef de huisgenoot hulp tot en met {datum(na.hulp_tot_en_met)}. De gemeente regelt het vervolg."
    return "Meld daarna de stop met als reden overlijden."


@vereist(Recht.LEVERING_MELDEN)
def kennismaking(request: PortaalRequest, pk: int) -> HttpResponse:
    """R-074: an intake where the gemeente wants one, otherwise a careful first talk."""
    toewijzing, nu = haal(request, pk), timezone.now()
    nodig = uitvoering.intake_nodig(toewijzing, op=vandaag(nu))
    eerder = getattr(toewijzing, "kennismaking", None)
    velden = ("gesprek_op", "verwachtingen", "afspraken", "indruk")
    begin = {veld: getattr(eerder, veld) for veld in velden} if eerder else {}
    form = KennismakingForm(gepost(request), initial=begin)

    def doe() -> str:
        gesprek = uitvoering.leg_kennismaking_vast(**form.cleaned_data, **_wie(request, toewijzing, nu))
        return f"{gesprek.get_soort_display()} van {datum(gesprek.gesprek_op)} is vastgelegd."

    if nodig:
        uitleg = [f"In {toewijzing.gemeente} is een intakegesprek nodig voor de hulp start."]
    else:
        uitleg = ["Een aparte intake is hier niet nodig. Een goede kennismaking hoort er wel bij."]
    kop = "Intakegesprek vastleggen" if nodig else "Kennismaking vastleggen"
    return opdrachtformulier(request, toewijzing, form, doe, kop=kop, knop="Leg vast", uitleg=uitleg)


@vereist(Recht.LEVERING_MELDEN)
def uitvoeringsplan(request: PortaalRequest, pk: int) -> HttpResponse:
    """R-091: keep as a concept, or send; a sent version stays as it is."""
    toewijzing, nu = haal(request, pk), timezone.now()
    laatste = toewijzing.uitvoeringsplannen.first()
    begin = {veld: getattr(laatste, veld) for veld in uitvoering.PLANVELDEN} if laatste else {}
    form = UitvoeringsplanForm(gepost(request), initial=begin)

    def doe() -> str:
        wie = _wie(request, toewijzing, nu)
        if request.POST.get("wat") == "verstuur":
            plan = uitvoering.stuur_plan(inhoud=form.cleaned_data, **wie)
            return f"Versie {plan.versie} van het uitvoeringsplan is bij de gemeente."
        plan = uitvoering.bewaar_plan(inhoud=form.cleaned_data, **wie)
        return f"Versie {plan.versie} is bewaard. De gemeente ziet het plan pas als u het verstuurt."

    uitleg = [_planzin(toewijzing, laatste), "De cliënt hoeft niet te tekenen."]
    return opdrachtformulier(
        request, toewijzing, form, doe, kop="Uitvoeringsplan", knop="Verstuur naar de gemeente", uitleg=uitleg,
        waarde="verstuur", tweede_knop="Bewaar",
    )  # fmt: skip


def _planzin(toewijzing: Toewijzing, laatste: Uitvoeringsplan | None) -> str:
    if laatste and laatste.verstuurd_op:
        return f"Versie {laatste.versie} is verstuurd. Wat u hier verandert, wordt versie {laatste.versie + 1}."
    if not hoort_uitvoeringsplan(toewijzing.product.categorie):
        return "Bij deze ondersteuning is een uitvoeringsplan niet verplicht."
    uiterlijk = f" uiterlijk op {datum(toewijzing.uiterste_startdatum)}" if toewijzing.uiterste_startdatum else ""
    return f"Maak het plan samen met de cliënt,{uiterlijk or ' voor de start'}."


@vereist(Recht.LEVERING_MELDEN)
def evaluatieformulier(request: PortaalRequest, pk: int) -> HttpResponse:
    """Asked by the gemeente (R-136)."""
    uitleg = [
        "De gemeente vroeg om uw kant van de evaluatie.",
        "Moet de hulp langer doorgaan? Stuur dan eerst het uitvoeringsplan en noem de productcode.",
    ]
    return _formulier(request, pk, Evaluatieformulier.Soort.EVALUATIE, kop="Evaluatieformulier", uitleg=uitleg)


@vereist(Recht.LEVERING_MELDEN)
def mutatieformulier(request: PortaalRequest, pk: int) -> HttpResponse:
    """By oneself, when the help no longer fits (R-139)."""
    uitleg = [
        "Past de hulp niet meer? Leg uit wat er veranderd is. De gemeente plant dan een evaluatie.",
        "Bij een crisis is dit formulier nog niet nodig. Meld dan de crisis.",
    ]
    return _formulier(request, pk, Evaluatieformulier.Soort.MUTATIE, kop="Mutatieformulier", uitleg=uitleg)


def _formulier(request: PortaalRequest, pk: int, soort: str, **tekst: Any) -> HttpResponse:
    toewijzing, nu = haal(request, pk), timezone.now()
    form = FormulierForm(
        gepost(request),
        producten=_producten(toewijzing, nu),
        mutatie=soort == Evaluatieformulier.Soort.MUTATIE,
        initial={"nieuw_product": toewijzing.product_id, "volume": toewijzing.volume},
    )

    def doe() -> str:
        evaluaties.dien_formulier_in(soort=soort, **form.cleaned_data, **_wie(request, toewijzing, nu))
        return "De gemeente heeft uw formulier en bespreekt het in de evaluatie."

    return opdrachtformulier(request, toewijzing, form, doe, knop="Verstuur het formulier", **tekst)


def _producten(toewijzing: Toewijzing, nu: datetime) -> Any:
    """The product codes of the contracts of this aanbieder here, and the present one."""
    percelen = Perceel.objects.op(vandaag(nu)).filter(aanbieder=toewijzing.aanbieder, gemeente=toewijzing.gemeente)
    eigen = Q(contracten__percelen__in=percelen) | Q(pk=toewijzing.product_id)
    return Product.objects.filter(eigen).distinct().order_by("code")
