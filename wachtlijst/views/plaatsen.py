"""From the dossier: put on the list, or straight to an aanbieder where no list exists."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wachtlijst import weergave
from wachtlijst.actions import plekken
from wachtlijst.afspraken import Afspraken
from wachtlijst.forms.gemeente import PlaatsForm, RechtstreeksForm
from wachtlijst.models import Plek
from wachtlijst.views.werk import bericht_zin
from wmo.http import PortaalRequest
from wmo.models import Aanbieder, Beschikking, Perceel, Toewijzing, Voorziening, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.omvang import minuten_per_week
from wmo.views.formulieren import antwoordstatus, probeer
from wmo.views.zaken import haal_zaak, zaak_context


def te_plaatsen(zaak: Zaak) -> QuerySet[Voorziening]:
    """Granted in natura, without a place on the list and without opdracht."""
    lopend = Plek.objects.filter(voorziening=OuterRef("pk"), status__in=Plek.LOPEND)
    opdracht = Toewijzing.objects.filter(voorziening=OuterRef("pk")).exclude(status=Toewijzing.Status.VERWIJDERD)
    return (
        Voorziening.objects.filter(
            ~Exists(lopend),
            ~Exists(opdracht),
            beschikking__zaak=zaak,
            beschikking__status=Beschikking.Status.VASTGESTELD,
            vorm=Voorziening.Vorm.ZIN,
        )
        .select_related("product", "beschikking__zaak__client", "beschikking__zaak__gemeente")
        .order_by("id")
    )


@vereist(Recht.PLEK_PLAATSEN)
def plaatsen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The form with what the aanbieder will see beside it."""
    nu = timezone.now()
    zaak = haal_zaak(request, zaaknummer)
    afspraken = Afspraken.van(zaak.gemeente_id, op=vandaag(nu))
    open_ = te_plaatsen(zaak)
    form = PlaatsForm(
        request.POST or None,
        voorzieningen=open_,
        aanbieders=_aanbieders(zaak, nu),
        spoedlabel=afspraken.spoedlabel,
        initial={"voorziening": open_.first()},
    )
    klopt, plaatst = request.method == "POST" and form.is_valid(), request.POST.get("stap") == "plaats"
    if request.htmx and not plaatst:
        return render(request, "wachtlijst/_voorbeeld.html", {"voorbeeld": _voorbeeld(form, zaak, nu)})
    if klopt and plaatst and probeer(request, lambda: _plaats(request, form, nu)):
        return redirect("wachtlijst:plaatsen", zaaknummer)
    context = zaak_context(request, zaak, "wachtlijst", nu) | {
        "kruimel": "Wachtlijst",
        "form": form,
        "te_plaatsen": list(open_),
        "plekken": _plekken(zaak, nu),
        "afspraken": afspraken,
        "voorbeeld": _voorbeeld(form, zaak, nu),
        "mag_spoed": request.aanstelling.mag(Recht.ONDERZOEKEN),
        "besluit": zaak.beschikkingen.filter(status=Beschikking.Status.VASTGESTELD).exists(),
    }
    status = 200 if klopt and not plaatst else antwoordstatus(request)
    return render(request, "wachtlijst/plaatsen.html", context, status=status)


def _plaats(request: PortaalRequest, form: PlaatsForm, nu: datetime) -> str:
    plek = plekken.plaats(**form.cleaned_data, door=request.aanstelling, nu=nu)
    nummer = Plek.objects.ervoor(plek).count() + 1
    aantal = Plek.objects.filter(gemeente=plek.gemeente_id).open().count()
    return f"Plek {plek.code} staat op nummer {nummer} van {aantal}."


def _plekken(zaak: Zaak, nu: datetime) -> list[dict[str, Any]]:
    """The places of this case, also those that ended."""
    rijen = zaak.plekken.select_related("product", "geclaimd_door", "toewijzing__levering").order_by("-pk")
    return [
        {
            "plek": plek,
            "klok": weergave.klok(plek, vandaag(nu)),
            "nummer": Plek.objects.ervoor(plek).count() + 1 if plek.status == Plek.Status.OPEN else None,
        }
        for plek in rijen
    ]


def _voorbeeld(form: PlaatsForm, zaak: Zaak, nu: datetime) -> weergave.AanbiederPlek | None:
    """The place as it would stand on the list of an aanbieder, from what is filled in now."""
    gegevens = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    voorziening = gegevens.get("voorziening") or form.fields["voorziening"].queryset.first()  # type: ignore[attr-defined]
    if voorziening is None:
        return None
    besluit = voorziening.beschikking
    return weergave.AanbiederPlek(
        nummer=1,
        code=f"{zaak.gemeente.afkorting}-…",
        gemeente=zaak.gemeente.naam,
        beschikking_datum=besluit.besluitdatum,
        wachtdagen=0,
        minuten_per_week=minuten_per_week(
            volume=voorziening.volume, eenheid=voorziening.eenheid, frequentie=voorziening.frequentie
        ),
        postcode4=zaak.client.postcode4,
        spoed=bool(gegevens.get("spoed")),
        kenmerken=weergave.kenmerken(
            gegevens.get("huisdieren", ""), gegevens.get("roken", ""), gegevens.get("niet_op_dagen", [])
        ),
        voorkeur=str(gegevens.get("voorkeuraanbieder") or ""),
    )


@vereist(Recht.TOEWIJZEN)
def rechtstreeks(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Choose the aanbieder yourself: gemeenten without list, or a decision that names one."""
    nu = timezone.now()
    zaak = haal_zaak(request, zaaknummer)
    voorzieningen = te_plaatsen(zaak)
    if Afspraken.van(zaak.gemeente_id, op=vandaag(nu)).actief:
        voorzieningen = voorzieningen.filter(via_wachtlijst=False)
    eerste = voorzieningen.first()
    form = RechtstreeksForm(
        request.POST or None,
        voorzieningen=voorzieningen,
        aanbieders=_aanbieders(zaak, nu),
        initial={"voorziening": eerste, "aanbieder": eerste.aanbieder if eerste else None, "ingangsdatum": vandaag(nu)},
    )

    def doe() -> str:
        toewijzing = plekken.wijs_rechtstreeks_toe(**form.cleaned_data, door=request.aanstelling, nu=nu)
        return (
            f"Opdracht {toewijzing.toewijzingnummer} is gemaakt voor {toewijzing.aanbieder}. {bericht_zin(zaak.client)}"
        )

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wmo:zaak", zaaknummer)
    context = zaak_context(request, zaak, "wachtlijst", nu) | {
        "form": form,
        "kruimel": "Opdracht",
        "kop": "Opdracht maken",
        "knop": "Maak opdracht (301)",
        "uitleg": "U kiest zelf een aanbieder. De aanbieder krijgt de opdracht met naam en adres.",
    }
    return render(request, "wmo/zaak_formulier.html", context, status=antwoordstatus(request))


def _aanbieders(zaak: Zaak, nu: datetime) -> QuerySet[Aanbieder]:
    percelen = Perceel.objects.op(vandaag(nu)).filter(gemeente=zaak.gemeente_id).order_by()
    return Aanbieder.objects.filter(pk__in=percelen.values("aanbieder"))
