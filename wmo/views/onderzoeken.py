"""The investigation on one page: progress, conversation, seven topics, tests, verslag."""

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
from wmo.forms.onderzoeken import GesprekForm, OnderwerpForm, ToetsForm
from wmo.http import PortaalRequest
from wmo.models import Onderwerp, Onderzoek, Toets, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import termijnen
from wmo.rules.stappen import ONDERWERPEN, wachten_op_plan
from wmo.views import dossier
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
    forms = _formulieren(request, rij, wat) if rij else {}
    if wat:
        klaar = _verwerk(request, zaak, rij, wat, forms)
        if klaar is not None:
            return klaar
    return _toon(request, zaak, rij, forms, status=antwoordstatus(request) if wat else 200)


def _verwerk(
    request: PortaalRequest, zaak: Zaak, rij: Onderzoek | None, wat: str, forms: dict[str, Any]
) -> HttpResponse | None:
    """The redirect after success, the page of a collision, or None: show the page with what is wrong."""
    nu = timezone.now()
    if wat == "start":
        gelukt = probeer(request, lambda: _start(request, zaak, nu))
    elif wat == "verslag":
        gelukt = probeer(request, lambda: _verslag(request, zaak, nu))
        if gelukt:
            return redirect("wmo:zaak", zaak.zaaknummer)
    elif rij is None:
        return None
    elif wat == "onderwerpen":
        return _bewaar_onderwerpen(request, zaak, rij, forms, nu)
    elif wat == "toetsen":
        gelukt = _geldig(forms["toetsen"]) and probeer(request, lambda: _toetsen(request, zaak, forms["toetsen"], nu))
    else:
        return _bewaar_gesprek(request, zaak, rij, forms, nu)
    return redirect("wmo:onderzoek", zaak.zaaknummer) if gelukt else None


def _start(request: PortaalRequest, zaak: Zaak, nu: datetime) -> str:
    onderzoeken.start(zaak=zaak, door=request.aanstelling, nu=nu)
    return "Het onderzoek is gestart. Bespreek de zeven onderwerpen."


def _verslag(request: PortaalRequest, zaak: Zaak, nu: datetime) -> str:
    onderzoeken.verstrek_verslag(zaak=zaak, door=request.aanstelling, nu=nu)
    return "Het verslag is verstuurd. De klok voor het besluit start als de aanvraag binnen is."


def _toetsen(request: PortaalRequest, zaak: Zaak, forms: list[ToetsForm], nu: datetime) -> str:
    gekozen = [
        (f.stap, f.cleaned_data["uitkomst"], f.cleaned_data["reden"]) for f in forms if f.cleaned_data["uitkomst"]
    ]
    onderzoeken.bewaar_toetsen(zaak=zaak, toetsen=gekozen, door=request.aanstelling, nu=nu)
    return "De toetsen zijn bewaard."


def _bewaar_onderwerpen(
    request: PortaalRequest, zaak: Zaak, rij: Onderzoek, forms: dict[str, Any], nu: datetime
) -> HttpResponse | None:
    """Save the topics that changed. What collides is shown beside the other text; what does not is saved (409)."""
    onderwerpen: list[OnderwerpForm] = [form for form in forms["onderwerpen"] if form.is_bound]
    if not _geldig(onderwerpen):
        return None
    botsingen = []
    bewaard = 0
    for form in (f for f in onderwerpen if f.is_gewijzigd):
        try:
            onderzoeken.bewaar_onderwerp(
                onderzoek=rij,
                onderwerp=form.onderwerp,
                tekst=_tekst(request, form),
                oordeel=form.cleaned_data["oordeel"],
                versie=form.cleaned_data["versie"],
                door=request.aanstelling,
                nu=nu,
            )
            bewaard += 1
        except IntussenGewijzigd:
            botsingen.append(form)
        except Geweigerd as fout:
            messages.error(request, fout.zin)
            return None
    if botsingen:
        return _botsing(request, zaak, rij, botsingen)
    messages.success(request, f"Bewaard: {bewaard} {'onderwerp' if bewaard == 1 else 'onderwerpen'}.")
    return HttpResponseRedirect(f"{request.path}#onderwerpen")


def _tekst(request: PortaalRequest, form: OnderwerpForm) -> str:
    """After a collision: one's own text, or both below each other."""
    eigen = form.cleaned_data["tekst"]
    return f"{eigen}\n\n{form.rij.tekst}" if request.POST.get("keuze") == "beide" and form.rij else eigen


def _botsing(request: PortaalRequest, zaak: Zaak, rij: Onderzoek, forms: list[OnderwerpForm]) -> HttpResponse:
    """Both texts, and three ways on; the choice is an ordinary POST with the version of now."""
    nu_in_database = {o.onderwerp: o for o in rij.onderwerpen.select_related("gewijzigd_door__gebruiker")}
    context = zaak_context(request, zaak, "onderzoek") | {
        "kruimel": "Onderzoek",
        "botsingen": [{"form": f, "ander": nu_in_database[f.onderwerp]} for f in forms],
    }
    return render(request, "wmo/onderzoek_botsing.html", context, status=409)


def _bewaar_gesprek(
    request: PortaalRequest, zaak: Zaak, rij: Onderzoek, forms: dict[str, Any], nu: datetime
) -> HttpResponse | None:
    form: GesprekForm = forms["gesprek"]
    if not form.is_valid():
        return None
    velden = {naam: form.cleaned_data[naam] for naam in GESPREK}
    try:
        onderzoeken.bewaar_gesprek(
            onderzoek=rij, versie=form.cleaned_data["versie"], **velden, door=request.aanstelling, nu=nu
        )
    except IntussenGewijzigd:
        rij.refresh_from_db()
        messages.error(
            request, "Iemand heeft het gesprek intussen gewijzigd. Vergelijk met uw invoer en bewaar opnieuw."
        )
        opnieuw = request.POST.copy()
        opnieuw["gesprek-versie"] = str(rij.versie)
        forms["gesprek"] = GesprekForm(opnieuw, prefix="gesprek")
        return _toon(request, zaak, rij, forms | {"ander_gesprek": rij}, status=409)
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return None
    messages.success(request, "Het gesprek en de identiteit zijn bewaard.")
    return redirect("wmo:onderzoek", zaak.zaaknummer)


def _geldig(forms: list[Any]) -> bool:
    """Judge all of them, so that every error shows at once."""
    return False not in [form.is_valid() for form in forms]


def _formulieren(request: PortaalRequest, rij: Onderzoek, wat: str) -> dict[str, Any]:
    post = request.POST
    onderwerpen = {o.onderwerp: o for o in rij.onderwerpen.select_related("gewijzigd_door__gebruiker")}
    toetsen = {t.stap: t for t in rij.zaak.toetsen.all()}
    begin = {naam: getattr(rij, naam) for naam in GesprekForm.base_fields}
    return {
        "gesprek": GesprekForm(post if wat == "gesprek" else None, initial=begin, prefix="gesprek"),
        "onderwerpen": [
            OnderwerpForm(post if f"{o}-versie" in post else None, onderwerp=o, rij=onderwerpen.get(o))
            for o in Onderwerp
        ],
        "toetsen": [ToetsForm(post if wat == "toetsen" else None, stap=s, rij=toetsen.get(s)) for s in Toets.Stap],
    }


def _toon(
    request: PortaalRequest, zaak: Zaak, rij: Onderzoek | None, forms: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = zaak_context(request, zaak, "onderzoek")
    besproken = sum(bool(f.rij and f.rij.tekst) for f in forms.get("onderwerpen", []))
    context |= {
        "kruimel": "Onderzoek",
        "onderzoek": rij,
        "besproken": besproken,
        "van": ONDERWERPEN,
        "mag_wijzigen": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.verslag_verstrekt_op is None,
        "mag_toetsen": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.bekendgemaakt_op is None,
        "ontbreekt": onderzoeken.wat_ontbreekt(rij) if rij else "",
        "plan_tot": _plan_tot(zaak, context),
        "te_lang": termijnen.onderzoek(vandaag(zaak.melding_op), context["kalender"]).is_verstreken(context["op"]),
        "fout_in_titel": status == 422,
        **forms,
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
