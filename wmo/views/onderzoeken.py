"""The investigation on one page: progress, conversation, seven topics, tests, verslag."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from wmo.actions import onderzoeken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.brieven import Briefsoort, OnvolledigeBrief, maak_brief
from wmo.brieven import onderzoek as brieven
from wmo.forms.onderzoeken import GesprekForm, OnderwerpForm, OnderzoekFormulier
from wmo.forms.verschil import onder_elkaar
from wmo.http import PortaalRequest
from wmo.models import Onderzoek, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import termijnen
from wmo.rules.stappen import ONDERWERPEN, wachten_op_plan
from wmo.views import concepten, dossier
from wmo.views.botsingen import Botsing, vergelijk
from wmo.views.formulieren import antwoordstatus, probeer
from wmo.views.zaken import haal_zaak, zaak_context

GESPREK = tuple(naam for naam in GesprekForm.base_fields if naam != "versie")


@vereist(Recht.DOSSIER_LEZEN)
def onderzoek(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Read it, or save the part whose button was pressed; saving takes Recht.ONDERZOEKEN in the action."""
    zaak = haal_zaak(request, zaaknummer)
    rij = Onderzoek.objects.filter(zaak=zaak).first()
    if rij is not None:
        rij.zaak = zaak
    wat = request.POST.get("wat", "") if request.method == "POST" else ""
    klaar = _verwerk(request, zaak, rij, wat) if wat else None
    return klaar or _toon(request, zaak, rij, _formulier(request, rij, wat), status=antwoordstatus(request))


def _verwerk(request: PortaalRequest, zaak: Zaak, rij: Onderzoek | None, wat: str) -> HttpResponse | None:
    """The redirect after success, the page of a collision, or None: show the page with what is wrong."""
    nu = timezone.now()
    if wat == "start" and probeer(request, lambda: _start(request, zaak, nu)):
        return redirect("wmo:onderzoek", zaak.zaaknummer)
    if wat == "verslag" and probeer(request, lambda: _verslag(request, zaak, nu)):
        return redirect("wmo:zaak", zaak.zaaknummer)
    if rij is None or wat not in BEWAAR:
        return None
    return BEWAAR[wat](request, rij, OnderzoekFormulier(rij, wat, request.POST), nu)


def _start(request: PortaalRequest, zaak: Zaak, nu: datetime) -> str:
    onderzoeken.start(zaak=zaak, door=request.aanstelling, nu=nu)
    return "Het onderzoek is gestart. Bespreek de zeven onderwerpen."


def _verslag(request: PortaalRequest, zaak: Zaak, nu: datetime) -> str:
    onderzoeken.verstrek_verslag(zaak=zaak, door=request.aanstelling, nu=nu)
    return "Het verslag is verstuurd. De klok voor het besluit start als de aanvraag binnen is."


def _formulier(request: PortaalRequest, rij: Onderzoek | None, wat: str) -> OnderzoekFormulier | None:
    """What was sent, beside drafts of the parts that were not."""
    if rij is None:
        return None
    formulier = OnderzoekFormulier(rij, wat, request.POST)
    bewaard = concepten.haal(request, rij.zaak, *(deel for deel in BEWAAR if deel != wat))
    formulier.concepten = [c for naam, c in bewaard.items() if formulier.neem_over(naam, concepten.invoer(c))]
    return formulier


def _bewaar_onderwerpen(
    request: PortaalRequest, rij: Onderzoek, formulier: OnderzoekFormulier, nu: datetime
) -> HttpResponse | None:
    """Save the topics that changed. What collides is shown beside the other text; what does not is saved (409)."""
    verstuurd, keuze = formulier.verstuurd("onderwerpen"), request.POST.get("keuze")
    if keuze != "andere" and not formulier.is_valid("onderwerpen"):
        return None
    gewijzigd = [form for form in verstuurd if keuze != "andere" and form.is_gewijzigd]
    try:
        botsingen = [form for form in gewijzigd if not _bewaar_onderwerp(request, rij, form, nu)]
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return None
    if botsingen:
        concepten.bewaar(request, rij.zaak, "onderwerpen")  # two may collide at once, and one page solves one
        return _botsing_onderwerpen(request, rij, botsingen)
    concepten.laat_los(request, rij.zaak, "onderwerpen", [form.prefix for form in verstuurd])
    bewaard = f"Bewaard: {len(gewijzigd)} {'onderwerp' if len(gewijzigd) == 1 else 'onderwerpen'}."
    messages.success(request, "De tekst van uw collega blijft staan." if keuze == "andere" else bewaard)
    return HttpResponseRedirect(f"{request.path}#onderwerpen")


def _bewaar_onderwerp(request: PortaalRequest, rij: Onderzoek, form: OnderwerpForm, nu: datetime) -> bool:
    """False when a colleague was first. After a collision: one's own text, or both below each other."""
    tekst = form.cleaned_data["tekst"]
    if request.POST.get("keuze") == "beide" and form.rij:
        tekst = f"{tekst}\n\n{form.rij.tekst}"
    velden = {naam: form.cleaned_data[naam] for naam in ("oordeel", "versie")}
    try:
        onderzoeken.bewaar_onderwerp(
            onderzoek=rij, onderwerp=form.onderwerp, tekst=tekst, **velden, door=request.aanstelling, nu=nu
        )
    except IntussenGewijzigd:
        return False
    return True


def _botsing_onderwerpen(request: PortaalRequest, rij: Onderzoek, forms: list[OnderwerpForm]) -> HttpResponse:
    """Both texts, and three ways on; the choice is an ordinary POST with the version of now."""
    nu_in_database = {o.onderwerp: o for o in rij.onderwerpen.select_related("gewijzigd_door__gebruiker")}
    context = zaak_context(request, rij.zaak, "onderzoek") | {
        "kruimel": "Onderzoek",
        "botsingen": [{"form": f, "ander": nu_in_database[f.onderwerp]} for f in forms],
    }
    return render(request, "wmo/onderzoek_botsing.html", context, status=409)


def _bewaar_toetsen(
    request: PortaalRequest, rij: Onderzoek, formulier: OnderzoekFormulier, nu: datetime
) -> HttpResponse | None:
    if not formulier.is_valid("toetsen"):
        return None
    gewijzigd = [form for form in formulier.verstuurd("toetsen") if form.is_gewijzigd]
    toetsen = [(f.stap, f.cleaned_data["uitkomst"], f.cleaned_data["reden"]) for f in gewijzigd]
    gezien = {form.stap: form.cleaned_data["was"] for form in gewijzigd}

    def doe() -> str:
        onderzoeken.bewaar_toetsen(zaak=rij.zaak, toetsen=toetsen, gezien=gezien, door=request.aanstelling, nu=nu)
        return "De toetsen zijn bewaard."

    return _bewaar(request, rij, formulier, "toetsen", doe)


def _bewaar_gesprek(
    request: PortaalRequest, rij: Onderzoek, formulier: OnderzoekFormulier, nu: datetime
) -> HttpResponse | None:
    form = formulier.delen["gesprek"][0]
    if not form.is_valid():
        return None
    velden = {naam: form.cleaned_data[naam] for naam in (*GESPREK, "versie")}

    def doe() -> str:
        onderzoeken.bewaar_gesprek(onderzoek=rij, **velden, door=request.aanstelling, nu=nu)
        return "Het gesprek en de identiteit zijn bewaard."

    return _bewaar(request, rij, formulier, "gesprek", doe)


def _bewaar(
    request: PortaalRequest, rij: Onderzoek, formulier: OnderzoekFormulier, deel: str, doe: Callable[[], str]
) -> HttpResponse | None:
    """Run the action of one part; a collision shows both texts above the page."""
    if request.POST.get("keuze") == "beide":
        samen = onder_elkaar(request.POST, formulier.verschillen(deel, OnderzoekFormulier(rij)))
        messages.info(request, "Beide teksten staan onder elkaar. Maak er één tekst van en bewaar.")
        return _toon(request, rij.zaak, rij, OnderzoekFormulier(rij, deel, samen))
    try:
        messages.success(request, doe())
    except IntussenGewijzigd:
        return _botsing(request, rij, formulier, deel)
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return None
    concepten.wis(request, rij.zaak, deel)
    return redirect("wmo:onderzoek", rij.zaak.zaaknummer)


def _botsing(request: PortaalRequest, rij: Onderzoek, getypt: OnderzoekFormulier, deel: str) -> HttpResponse:
    """From now on the form starts from what the colleague saved: the next save is a choice."""
    rij.refresh_from_db()
    bewaard = OnderzoekFormulier(rij)
    invoer = request.POST.copy()
    for form in bewaard.delen[deel]:
        for naam in {"versie", "was"} & form.fields.keys():
            invoer[form.add_prefix(naam)] = str(form.initial[naam])
    gezien = vergelijk(rij.zaak, f"onderzoeken.bewaar_{deel}", deel, getypt.verschillen(deel, bewaard))
    return _toon(request, rij.zaak, rij, OnderzoekFormulier(rij, deel, invoer), 409, gezien)


BEWAAR = {"onderwerpen": _bewaar_onderwerpen, "toetsen": _bewaar_toetsen, "gesprek": _bewaar_gesprek}


def _toon(
    request: PortaalRequest,
    zaak: Zaak,
    rij: Onderzoek | None,
    formulier: OnderzoekFormulier | None,
    status: int = 200,
    botsing: Botsing | None = None,
) -> HttpResponse:
    context = zaak_context(request, zaak, "onderzoek")
    delen: dict[str, list[Any]] = formulier.delen if formulier else {deel: [] for deel in BEWAAR}
    context |= {
        "kruimel": "Onderzoek",
        "onderzoek": rij,
        "besproken": sum(bool(f.rij and f.rij.tekst) for f in delen["onderwerpen"]),
        "van": ONDERWERPEN,
        "mag_wijzigen": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.verslag_verstrekt_op is None,
        "mag_toetsen": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.bekendgemaakt_op is None,
        "ontbreekt": onderzoeken.wat_ontbreekt(rij) if rij else "",
        "plan_tot": _plan_tot(zaak, context),
        "te_lang": termijnen.onderzoek(vandaag(zaak.melding_op), context["kalender"]).is_verstreken(context["op"]),
        "fout_in_titel": status == 422,
        "onderwerpen": delen["onderwerpen"],
        "toetsen": delen["toetsen"],
        "gesprek": next(iter(delen["gesprek"]), None),
        "concepten": formulier.concepten if formulier else [],
        "botsing": botsing,
    }
    return render(request, "wmo/onderzoek.html", context, status=status)


def _plan_tot(zaak: Zaak, context: dict[str, Any]) -> Any:
    rij = {"onderwerpen_": 0, "plan_": False, "normenkader_": False}
    return wachten_op_plan(dossier.feiten(zaak, rij), context["kalender"], vandaag(context["nu"]))


@vereist(Recht.ONDERZOEKEN)
def verslag_voorbeeld(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The letter as it would go out, not stored; a sentence when something is missing."""
    zaak = haal_zaak(request, zaaknummer)
    if not Onderzoek.objects.filter(zaak=zaak).exists():
        raise Http404
    try:
        pdf = maak_brief(Briefsoort.VERSLAG, brieven.verslag(zaak, op=vandaag(timezone.now())))
    except OnvolledigeBrief as fout:
        messages.error(request, f"Het verslag is nog niet compleet. {fout}")
        return redirect("wmo:onderzoek", zaaknummer)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Cache-Control": "no-store"})
