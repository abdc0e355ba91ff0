"""The normenkader page: choose, see the total at once, explain a deviation, fix it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo import kosten
from wmo.actions import normenkaders
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.actions.plannen import NORMCATEGORIE
from wmo.forms.concept import zonder_oordeel
from wmo.forms.normenkaders import NormenkaderForm
from wmo.forms.verschil import onder_elkaar
from wmo.http import PortaalRequest
from wmo.models import Normberekening, Normtabel, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.normenkader import WEKEN_PER_JAAR
from wmo.views import concepten
from wmo.views.botsingen import vergelijk
from wmo.views.formulieren import probeer
from wmo.views.zaken import haal_zaak, zaak_context

VERBLIJF = "verblijf"  # kortdurend verblijf has no normenkader; the page says so
FOUTVELD = {"AFWIJKING": "afwijking_reden", "TWEEWEKELIJKS": "vastgesteld"}
NA_BOTSING = {"eigen": "concept", "beide": "beide"}
SOORTEN = [*Normtabel.Soort.choices, (VERBLIJF, "Kortdurend verblijf")]


@vereist(Recht.DOSSIER_LEZEN)
def normenkader(request: PortaalRequest, zaaknummer: str, soort: str = Normtabel.Soort.HUISHOUDEN) -> HttpResponse:
    """Read it, or press one of: begin, reken opnieuw, bewaar als concept, vaststellen."""
    if soort not in dict(SOORTEN):
        raise Http404
    zaak = haal_zaak(request, zaaknummer)
    berekening = _berekening(zaak, soort)
    wat = request.POST.get("wat") or NA_BOTSING.get(request.POST.get("keuze", ""), "")
    if wat == "begin":
        begonnen = probeer(request, lambda: _begin(request, zaak, soort))
        return redirect(request.path) if begonnen else _toon(request, zaak, soort, berekening, None, 422)
    form, status = _formulier(request, berekening), 200
    extra: dict[str, Any] = {}
    if form is not None and berekening is not None:
        if wat:
            status = _verwerk(request, berekening, form, wat)
        if status == 302:
            concepten.wis(request, zaak, soort)
            return redirect(request.path)
        form, extra = _opnieuw(request, berekening, form, status, wat)
    return _toon(request, zaak, soort, berekening, form, status, **extra)


@vereist(Recht.ONDERZOEKEN)
@require_POST
def reken(request: PortaalRequest, zaaknummer: str, soort: str = Normtabel.Soort.HUISHOUDEN) -> HttpResponse:
    """Only the totals of what is on the screen now, for htmx; saves nothing."""
    zaak = haal_zaak(request, zaaknummer)
    form = _formulier(request, _berekening(zaak, soort))
    if form is None:
        raise Http404
    form.is_valid()
    return render(
        request, "wmo/_normenkader_totaal.html", {"soort": soort, "vers": True, **_uitkomst(zaak, soort, form)}
    )


def _berekening(zaak: Zaak, soort: str) -> Normberekening | None:
    """The newest version of this kind: the concept if there is one."""
    rijen = zaak.normberekeningen.filter(tabel__soort=soort).select_related("tabel", "vastgesteld_door__gebruiker")
    berekening = rijen.prefetch_related("keuzes__regel").first()
    if berekening is not None:
        berekening.zaak = zaak
    return berekening


def _formulier(request: PortaalRequest, berekening: Normberekening | None) -> NormenkaderForm | None:
    if berekening is None or berekening.vastgesteld_op is not None:
        return None
    invoer = request.POST if request.method == "POST" else None
    return NormenkaderForm(invoer, berekening=berekening, regels=list(berekening.tabel.regels.all()))


def _opnieuw(
    request: PortaalRequest, berekening: Normberekening, form: NormenkaderForm, status: int, wat: str
) -> tuple[NormenkaderForm, dict[str, Any]]:
    """The form that goes back: after a collision with both states above it, with two texts joined, or a draft."""
    soort = berekening.tabel.soort
    if status == 409:
        return _na_botsing(request, berekening, form)
    if wat == "beide":
        messages.info(request, "Beide teksten staan onder elkaar. Maak er één tekst van en bewaar.")
        return _met(form, berekening, onder_elkaar(request.POST, form.verschillen(berekening))), {}
    concept = concepten.haal(request, berekening.zaak, soort).get(soort) if not form.is_bound else None
    getypt = _met(form, berekening, concepten.invoer(concept)) if concept else form
    if concept is None or not getypt.verschillen(berekening):
        return form, {}
    zonder_oordeel(getypt)
    return getypt, {"concepten": [concept]}


def _na_botsing(
    request: PortaalRequest, berekening: Normberekening, form: NormenkaderForm
) -> tuple[NormenkaderForm, dict[str, Any]]:
    """From now on the form starts from what the colleague saved: the next save is a choice."""
    zaak, soort = berekening.zaak, berekening.tabel.soort
    nu = _berekening(zaak, soort)
    assert nu is not None
    invoer = request.POST.copy()
    invoer["bewerkt"] = str(nu.bewerkt)
    gezien = vergelijk(zaak, "normenkaders.", soort, form.verschillen(nu))
    return _met(form, nu, invoer), {"botsing": gezien}


def _met(form: NormenkaderForm, berekening: Normberekening, invoer: QueryDict) -> NormenkaderForm:
    gelezen = NormenkaderForm(invoer, berekening=berekening, regels=form.regels)
    gelezen.is_valid()
    return gelezen


def _begin(request: PortaalRequest, zaak: Zaak, soort: str) -> str:
    berekening = normenkaders.maak_concept(zaak=zaak, soort=soort, door=request.aanstelling, nu=timezone.now())
    return f"U rekent met {berekening.tabel}. Kies wat bij deze cliënt past."


def _verwerk(request: PortaalRequest, berekening: Normberekening, form: NormenkaderForm, wat: str) -> int:
    """302 when saved, 200 for "Reken opnieuw", 409 when somebody else saved first, 422 when something is wrong."""
    if not form.is_valid():
        return 422
    if wat in ("reken", "beide"):
        return 200
    actie = normenkaders.stel_vast if wat == "vaststellen" else normenkaders.bewaar
    bewerkt, wie = form.cleaned_data["bewerkt"], request.aanstelling
    try:
        actie(berekening=berekening, invulling=form.invulling(), bewerkt=bewerkt, door=wie, nu=timezone.now())
    except IntussenGewijzigd:
        return 409
    except Geweigerd as fout:
        form.add_error(FOUTVELD.get(fout.reden), fout.zin)
        return 422
    messages.success(request, _gelukt(berekening, wat))
    return 302


def _gelukt(berekening: Normberekening, wat: str) -> str:
    if wat == "vaststellen":
        minuten = berekening.vastgesteld
        return f"Het normenkader is vastgesteld op {minuten} minuten per week. De brief staat bij Documenten."
    return "Het concept is bewaard."


def _uitkomst(zaak: Zaak, soort: str, form: NormenkaderForm) -> dict[str, Any]:
    """Totals for the side panel: calculated, deviation in minutes and percent, fixed (R-202)."""
    keuzes = form.keuzes()
    uitkomst = normenkaders.reken(soort, keuzes)
    gekozen = form.cleaned_data.get("vastgesteld")
    vastgesteld = uitkomst.berekend if gekozen is None else gekozen
    verschil = vastgesteld - uitkomst.berekend
    return {
        "uitkomst": uitkomst,
        "gebieden": form.gebieden(keuzes),
        "vastgesteld": vastgesteld,
        "verschil": verschil,
        "procent": verschil * 100 / uitkomst.berekend if uitkomst.berekend and verschil else None,
        "per_jaar": vastgesteld * WEKEN_PER_JAAR,
        "kosten": _kosten(zaak, soort, vastgesteld),
    }


def _kosten(zaak: Zaak, soort: str, minuten: int) -> list[kosten.Kosten]:
    return kosten.per_week(zaak.gemeente, NORMCATEGORIE[soort], minuten, vandaag(timezone.now()))


def _toon(
    request: PortaalRequest,
    zaak: Zaak,
    soort: str,
    berekening: Normberekening | None,
    form: NormenkaderForm | None,
    status: int,
    **extra: Any,
) -> HttpResponse:
    context = zaak_context(request, zaak, "normenkader")
    context |= {
        "kruimel": "Normenkader",
        "soort": soort,
        "soortnaam": dict(SOORTEN)[soort],
        "soorten": SOORTEN,
        "berekening": berekening,
        "form": form,
        "mag": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.is_lopend,
        "fout_in_titel": status == 422,
        **extra,
    }
    if berekening is None or form is not None:
        context["hoofdactie"] = None  # the page has its own filled button
    if form is not None:
        context |= _uitkomst(zaak, soort, _gelezen(form, berekening))
    elif berekening is not None:
        context["kosten"] = _kosten(zaak, soort, berekening.vastgesteld)
    elif soort != VERBLIJF:
        context["tabel"] = Normtabel.objects.geldend(zaak.gemeente, op=vandaag(context["nu"]), soort=soort)
    return render(request, "wmo/normenkader.html", context, status=status)


def _gelezen(form: NormenkaderForm, berekening: Normberekening | None) -> NormenkaderForm:
    """A form that was not posted has no cleaned data: what was saved is what it says."""
    if not form.is_bound:
        form.cleaned_data = {naam: form.initial.get(naam) for naam in form.fields}
    return form
