"""The decision in five steps as ordinary pages, and the page of the mandaathouder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wmo.actions import beschikkingen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.brieven import Briefsoort, OnvolledigeBrief, bestandsnaam, maak_brief, ontbrekende_blokken
from wmo.brieven import beschikking as briefgegevens
from wmo.forms.beschikkingen import (
    MotiveringForm,
    SoortForm,
    TerugForm,
    UitlegForm,
    VoorzieningFormSet,
    voorzieningen_begin,
)
from wmo.http import PortaalRequest
from wmo.keten import ketencontrole
from wmo.models import Aanstelling, Beschikking, GelijkgesteldeDag, Voorziening, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import motivering as taal
from wmo.rules import termijnen
from wmo.rules.beschikkingen import Bevinding, blokkades, vragen_uitleg
from wmo.views.zaken import haal_zaak, zaak_context

Status = Beschikking.Status
STAPPEN = {
    "soort": "1. Soort besluit",
    "ondersteuning": "2. Ondersteuning",
    "motivering": "3. Motivering",
    "controle": "4. Klopt alles?",
    "voorbeeld": "5. Voorbeeld",
}
PAGINAS = {"onderzoek": "Onderzoek", "plan": "Plan", "normenkader": "Normenkader", "beschikking": "Beschikking"}


@dataclass(frozen=True)
class Controleregel:
    """A finding with its pages as links."""

    bevinding: Bevinding
    links: list[tuple[str, str]]


@vereist(Recht.DOSSIER_LEZEN)
def beschikking(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Where the decision stands: to begin, to go on with, to sign, or to read."""
    zaak = haal_zaak(request, zaaknummer)
    huidig, mag = _huidig(zaak), request.aanstelling.mag(Recht.BESCHIKKING_OPSTELLEN)
    if huidig is not None and huidig.status == Status.CONCEPT and mag:
        return redirect("wmo:beschikking-stap", zaaknummer, "soort")
    lopend = _lopend(zaak)
    form = SoortForm(request.POST or None, lopend=lopend)
    if request.method == "POST" and form.is_valid() and _begin(request, zaak, form):
        return redirect("wmo:beschikking-stap", zaaknummer, _na_soort(form.cleaned_data["soort"]))
    context = _context(request, zaak, huidig) | {
        "form": form,
        "mag": mag,
        "mag_tekenen": request.aanstelling.mag(Recht.BESCHIKKING_VASTSTELLEN),
        "lopend": lopend,
        "besluiten": list(zaak.beschikkingen.select_related("brief", "ondertekend_door__gebruiker")),
    }
    return render(request, "wmo/beschikking.html", context, status=422 if request.method == "POST" else 200)


@vereist(Recht.BESCHIKKING_OPSTELLEN)
def stap(request: PortaalRequest, zaaknummer: str, stap: str) -> HttpResponse:
    """One step of a concept. Every step saves and goes on to the next."""
    if stap not in STAPPEN:
        raise Http404
    zaak = haal_zaak(request, zaaknummer)
    concept = _huidig(zaak)
    if concept is None or concept.status != Status.CONCEPT:
        return redirect("wmo:beschikking", zaaknummer)
    return {
        "soort": _soort,
        "ondersteuning": _ondersteuning,
        "motivering": _motivering,
        "controle": _controle,
        "voorbeeld": _voorbeeld,
    }[stap](request, zaak, concept)


def _soort(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    begin = {veld: getattr(concept, veld) for veld in ("soort", "grond", "werkt_vanaf", "bewerkt")}
    begin["beeindigt"] = list(concept.beeindigt.values_list("pk", flat=True))
    lopend = _lopend(zaak)
    form = SoortForm(request.POST or None, initial=begin, lopend=lopend)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        if _doe(request, form, lambda: beschikkingen.bewaar_soort(beschikking=concept, **schoon, **_wie(request))):
            return redirect("wmo:beschikking-stap", zaak.zaaknummer, _na_soort(schoon["soort"]))
    return _stappagina(request, zaak, concept, "soort", {"form": form, "lopend": lopend})


def _ondersteuning(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    if concept.soort not in Beschikking.TOEKENNEND:
        return redirect("wmo:beschikking-stap", zaak.zaaknummer, "motivering")
    invoer = request.POST.copy() if request.method == "POST" else None
    erbij = invoer is not None and invoer.get("wat") == "erbij"
    if invoer is not None and erbij:
        invoer["form-TOTAL_FORMS"] = str(int(invoer.get("form-TOTAL_FORMS") or 0) + 1)
    begin = voorzieningen_begin(concept, op=_eerste_dag(vandaag(timezone.now())))
    formset = VoorzieningFormSet(invoer, initial=begin, form_kwargs={"gemeente": zaak.gemeente})
    for form in formset:
        form.fields["DELETE"].label = "Haal dit weg"
    if invoer is not None and not erbij and formset.is_valid():
        gekozen = [f.deel() for f in formset if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        if _doe(request, None, lambda: _bewaar_voorzieningen(request, concept, gekozen)):
            return redirect("wmo:beschikking-stap", zaak.zaaknummer, "motivering")
    return _stappagina(request, zaak, concept, "ondersteuning", {"formset": formset}, fout=not erbij)


def _bewaar_voorzieningen(request: PortaalRequest, concept: Beschikking, gekozen: list[Any]) -> None:
    bewerkt = int(request.POST.get("bewerkt") or concept.bewerkt)
    beschikkingen.bewaar_voorzieningen(beschikking=concept, toekenningen=gekozen, bewerkt=bewerkt, **_wie(request))


def _motivering(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    begin = {veld: getattr(concept, veld) for veld in ("motivering", "eigen_bijdrage", "bewerkt")}
    form = MotiveringForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        if _doe(request, form, lambda: beschikkingen.bewaar_motivering(beschikking=concept, **schoon, **_wie(request))):
            return redirect("wmo:beschikking-stap", zaak.zaaknummer, "controle")
    extra = {
        "form": form,
        "toetsen": list(zaak.toetsen.all()),
        "normenkader": briefgegevens.normenkader(zaak),
        "lange_zinnen": taal.lange_zinnen(concept.motivering),
    }
    return _stappagina(request, zaak, concept, "motivering", extra)


def _controle(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    """Step 4: red has to be mended, orange explained."""
    form = UitlegForm(request.POST or None, initial={"uitleg_verschillen": concept.uitleg_verschillen})
    if request.method == "POST" and form.is_valid():
        velden = {"motivering": concept.motivering, "eigen_bijdrage": concept.eigen_bijdrage, **form.cleaned_data}
        if _doe(request, form, lambda: beschikkingen.bewaar_motivering(beschikking=concept, **velden, **_wie(request))):
            return redirect("wmo:beschikking-stap", zaak.zaaknummer, "voorbeeld")
    bevindingen = ketencontrole(zaak, op=vandaag(timezone.now()))
    extra = {
        "form": form,
        "regels": controleregels(zaak, bevindingen),
        "rood": len(blokkades(bevindingen)),
        "oranje": len(vragen_uitleg(bevindingen)),
    }
    return _stappagina(request, zaak, concept, "controle", extra)


def _voorbeeld(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    """Step 5: the letter on the page and as PDF, and the question for a signature."""
    if request.method == "POST":
        vraag = lambda: beschikkingen.vraag_handtekening(beschikking=concept, **_wie(request))  # noqa: E731
        if _doe(request, None, vraag):
            messages.success(
                request, "De handtekening is gevraagd. De mandaathouder ziet dit besluit in de werkvoorraad."
            )
            return redirect("wmo:beschikking", zaak.zaaknummer)
    brief = _brief(concept)
    extra = {"brief": brief, "ontbreekt": ontbrekende_blokken(Briefsoort.BESCHIKKING, brief)}
    return _stappagina(request, zaak, concept, "voorbeeld", extra)


@vereist(Recht.BESCHIKKING_VASTSTELLEN)
def tekenen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The mandaathouder reads the letter and what the control found, and signs or sends it back."""
    zaak = haal_zaak(request, zaaknummer)
    besluit = _huidig(zaak)
    if besluit is None or besluit.status != Status.TER_ONDERTEKENING:
        return redirect("wmo:beschikking", zaaknummer)
    terug = request.POST.get("wat") == "terug"
    form = TerugForm(request.POST if terug else None)
    if request.method == "POST" and (not terug or form.is_valid()):
        doe = (lambda: _stuur_terug(request, besluit, form)) if terug else (lambda: _onderteken(request, besluit))
        if _doe(request, form if terug else None, doe):
            return redirect("wmo:beschikking", zaaknummer)
    context = _context(request, zaak, besluit) | {
        "form": form,
        "brief": _brief(besluit),
        "regels": controleregels(zaak, ketencontrole(zaak, op=vandaag(timezone.now()))),
        "fout_in_titel": request.method == "POST",
    }
    return render(request, "wmo/beschikking_tekenen.html", context, status=422 if request.method == "POST" else 200)


@vereist(Recht.DOSSIER_LEZEN)
def voorbeeld_pdf(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The letter of a decision that is not sent yet; says at the top that it is not signed."""
    zaak = haal_zaak(request, zaaknummer)
    besluit = get_object_or_404(zaak.beschikkingen.filter(status__in=[Status.CONCEPT, Status.TER_ONDERTEKENING]))
    try:
        pdf = maak_brief(Briefsoort.BESCHIKKING, _brief(besluit))
    except OnvolledigeBrief as fout:
        messages.error(request, f"Het voorbeeld kan nog niet. {fout}")
        return redirect("wmo:beschikking", zaaknummer)
    naam = bestandsnaam(Briefsoort.BESCHIKKING, besluit.beschikkingnummer)
    koppen = {"Content-Disposition": f'inline; filename="{naam}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=koppen)


def controleregels(zaak: Zaak, bevindingen: list[Bevinding]) -> list[Controleregel]:
    """Red first, then orange, then green, each with links to both pages."""
    volgorde = {"rood": 0, "oranje": 1, "groen": 2}
    return [
        Controleregel(b, [(PAGINAS[link], reverse(f"wmo:{link}", args=[zaak.zaaknummer])) for link in b.links])
        for b in sorted(bevindingen, key=lambda b: volgorde[b.oordeel])
    ]


def paneel(zaak: Zaak, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    """The block "Klopt alles met elkaar?" on the dossier; empty before the onderzoek gave something to compare."""
    vergelijkbaar = zaak.is_lopend and zaak.status not in (Zaak.Status.MELDING, Zaak.Status.ONDERZOEK)
    return {"regels": controleregels(zaak, ketencontrole(zaak, op=vandaag(nu))) if vergelijkbaar else []}


def _wie(request: PortaalRequest) -> dict[str, Any]:
    return {"door": request.aanstelling, "nu": timezone.now()}


def _doe(request: PortaalRequest, form: Any, actie: Callable[[], Any]) -> bool:
    """Run the action; a refusal stands above the form (or as a line above the page), and nothing typed is lost."""
    try:
        actie()
    except Geweigerd as fout:
        zin = f"{fout.zin} Uw invoer staat nog op dit scherm." if isinstance(fout, IntussenGewijzigd) else fout.zin
        if form is not None:
            form.add_error(None, zin)
        else:
            messages.error(request, zin)
        return False
    return True


def _begin(request: PortaalRequest, zaak: Zaak, form: SoortForm) -> bool:
    schoon = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "bewerkt"}

    def begin() -> None:
        concept = beschikkingen.stel_op(zaak=zaak, soort=schoon["soort"], **_wie(request))
        beschikkingen.bewaar_soort(beschikking=concept, **schoon, **_wie(request))

    return _doe(request, form, begin)


def _onderteken(request: PortaalRequest, besluit: Beschikking) -> None:
    besluit = beschikkingen.stel_vast(beschikking=besluit, **_wie(request))
    messages.success(
        request,
        f"Het besluit is verstuurd op {besluit.bekendgemaakt_op:%d-%m-%Y}. "
        f"De cliënt kan tot en met {besluit.bezwaar_tot:%d-%m-%Y} bezwaar maken.",
    )


def _stuur_terug(request: PortaalRequest, besluit: Beschikking, form: TerugForm) -> None:
    beschikkingen.stuur_terug(beschikking=besluit, reden=form.cleaned_data["reden"], **_wie(request))
    messages.success(request, "Het besluit is teruggestuurd. De opsteller ziet wat er anders moet.")


def _huidig(zaak: Zaak) -> Beschikking | None:
    """The newest decision; a concept always is the newest."""
    rijen = zaak.beschikkingen.exclude(status=Status.VERVALLEN)
    gevonden = rijen.select_related("opgesteld_door__gebruiker", "ondertekend_door__gebruiker", "brief").first()
    if gevonden is not None:
        gevonden.zaak = zaak
    return gevonden


def _lopend(zaak: Zaak) -> Any:
    """What the client has now, by earlier decisions."""
    lopend = Voorziening.objects.filter(client=zaak.client, van_kracht=True)
    return lopend.select_related("product").order_by("product__naam", "id")


def _na_soort(soort: str) -> str:
    return "ondersteuning" if soort in Beschikking.TOEKENNEND else "motivering"


def _eerste_dag(op: date) -> date:
    """The Monday after next week: time to send the letter and find an aanbieder."""
    return op + timedelta(days=14 - op.weekday())


def _brief(besluit: Beschikking) -> dict[str, Any]:
    op = vandaag(timezone.now())
    bezwaar_tot = termijnen.bezwaar(op, GelijkgesteldeDag.objects.kalender()).laatste_dag
    return briefgegevens.gegevens(besluit, op=op, bezwaar_tot=bezwaar_tot, ondertekenaar=None)


def _context(request: PortaalRequest, zaak: Zaak, besluit: Beschikking | None) -> dict[str, Any]:
    """Until the decision is sent, every page here has its own filled button instead of that of the dossier."""
    context = zaak_context(request, zaak, "beschikking") | {"kruimel": "Beschikking", "beschikking": besluit}
    if besluit is None or besluit.status != Status.VASTGESTELD:
        context["hoofdactie"] = None
    return context


def _stappagina(
    request: PortaalRequest, zaak: Zaak, concept: Beschikking, stap: str, extra: dict[str, Any], fout: bool = True
) -> HttpResponse:
    mislukt = request.method == "POST" and fout
    context = _context(request, zaak, concept) | {
        "stap": stap,
        "stapnaam": STAPPEN[stap],
        "beschikkingstappen": [
            (sleutel, label, reverse("wmo:beschikking-stap", args=[zaak.zaaknummer, sleutel]))
            for sleutel, label in STAPPEN.items()
            if sleutel != "ondersteuning" or concept.soort in Beschikking.TOEKENNEND
        ],
        "fout_in_titel": mislukt,
        **extra,
    }
    return render(request, f"wmo/beschikking_{stap}.html", context, status=422 if mislukt else 200)
