"""The list of an aanbieder: whose turn it is, claiming, own claims."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from wachtlijst import weergave
from wachtlijst.actions import claims
from wachtlijst.afspraken import Afspraken
from wachtlijst.forms.aanbieder import ClaimForm, WeigerForm, voorbeelddatum
from wachtlijst.models import Plek
from wachtlijst.rules import Weigeringsgrond
from wmo.actions.kader import Geweigerd
from wmo.http import PortaalRequest
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Clientenstop,
    Contactpersoon,
    Gemeente,
    Gemeenteregel,
    Perceel,
    Regelsleutel,
)
from wmo.periodes import vandaag
from wmo.permissions import Recht, Rol, vereist
from wmo.views.dossier import Tab
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.weergave import datum, tijd

KORT = 7  # places shown before "Toon alle 31 plekken"
CLAIMS = 12  # own claims on the page
DATUMGRONDEN = {
    Weigeringsgrond.STARTDATUM_ONTBREEKT,
    Weigeringsgrond.STARTDATUM_VOORBIJ,
    Weigeringsgrond.STARTDATUM_TE_LAAT,
}


@dataclass(frozen=True)
class Melding:
    """The alert above the card after a claim that did not go through."""

    kop: str
    tekst: str


@vereist(Recht.PLEK_CLAIMEN)
def start(request: PortaalRequest) -> HttpResponse:
    """The first gemeente with a list where this aanbieder has a contract."""
    gemeenten = _gemeenten(request.aanstelling.eigen_aanbieder, vandaag(timezone.now()))
    if gemeenten:
        return redirect("wachtlijst:aanbieder-gemeente", gemeenten[0].slug)
    return render(request, "wachtlijst/aanbieder_leeg.html")


@vereist(Recht.PLEK_CLAIMEN)
def gemeente(request: PortaalRequest, slug: str) -> HttpResponse:
    """The list of one gemeente; outside the own percelen it does not exist."""
    nu = timezone.now()
    return _toon(request, _gemeente(request, slug, nu), nu)


@vereist(Recht.PLEK_CLAIMEN)
@require_POST
def claim(request: PortaalRequest, slug: str, code: str) -> HttpResponse:
    """Claim this place and no other: when somebody was faster, the next one is shown and nothing is claimed."""
    nu, door = timezone.now(), request.aanstelling
    gekozen = _gemeente(request, slug, nu)
    plek = _plek(door, gekozen, code, nu)
    form = _form(door, Afspraken.van(gekozen.pk, op=vandaag(nu)), nu, request.POST)
    if not form.is_valid():
        return _toon(request, gekozen, nu, form=form, status=422)
    try:
        claims.claim(plek=plek, **form.cleaned_data, door=door, nu=nu)
    except Geweigerd as fout:
        return _geweigerd(request, gekozen, plek, form, fout, nu)
    messages.success(request, _gelukt(plek))
    return redirect("wachtlijst:aanbieder-gemeente", slug)


@vereist(Recht.PLEK_CLAIMEN)
def niet_aannemen(request: PortaalRequest, slug: str, code: str) -> HttpResponse:
    """ "Wij kunnen deze plek niet aannemen": goes to the gemeente, the place stays where it is."""
    nu = timezone.now()
    gekozen = _gemeente(request, slug, nu)
    plek = _plek(request.aanstelling, gekozen, code, nu)
    form = WeigerForm(gepost(request))

    def doe() -> str:
        claims.weiger(plek=plek, **form.cleaned_data, door=request.aanstelling, nu=nu)
        return f"Uw reden voor plek {plek.code} is verstuurd. De gemeente beoordeelt uw reden."

    if form.is_valid() and probeer(request, doe, form):
        return redirect("wachtlijst:aanbieder-gemeente", slug)
    context = {"form": form, "plek": plek, "gemeente": gekozen}
    return render(request, "wachtlijst/niet_aannemen.html", context, status=antwoordstatus(request))


def _gemeente(request: PortaalRequest, slug: str, nu: datetime) -> Gemeente:
    op = vandaag(nu)
    percelen = Perceel.objects.op(op).filter(aanbieder=request.aanstelling.aanbieder).order_by()
    return get_object_or_404(Gemeente, slug=slug, pk__in=percelen.values("gemeente"))


def _gemeenten(aanbieder: Aanbieder, op: date) -> list[Gemeente]:
    """Where this aanbieder has a contract and a list exists. Two queries."""
    percelen = Perceel.objects.op(op).filter(aanbieder=aanbieder).order_by()
    sleutel = Gemeenteregel.objects.filter(sleutel=Regelsleutel.WACHTLIJST_ACTIEF, ingangsdatum__lte=op)
    actief = {regel.gemeente_id: regel.waarde for regel in sleutel.order_by("ingangsdatum")}
    gemeenten = Gemeente.objects.filter(pk__in=percelen.values("gemeente"))
    return [gemeente for gemeente in gemeenten if actief.get(gemeente.pk)]


def _plek(door: Aanstelling, gemeente: Gemeente, code: str, nu: datetime) -> Plek:
    """A place this aanbieder could have a right to; its status does not matter here, a refusal says what is wrong."""
    assert door.aanbieder is not None
    plekken = Plek.objects.claimbaar(door.eigen_aanbieder, op=vandaag(nu)).select_related("gemeente")
    return get_object_or_404(plekken, gemeente=gemeente, code=code)


def _lijst(aanbieder: Aanbieder, gemeente: Gemeente, op: date) -> QuerySet[Plek]:
    return Plek.objects.claimbaar(aanbieder, op=op).open().filter(gemeente=gemeente)


def _form(door: Aanstelling, afspraken: Afspraken, nu: datetime, gegevens: Any = None) -> ClaimForm:
    uiterlijk = afspraken.uiterste_start(vandaag(nu))
    return ClaimForm(
        gegevens,
        contactpersonen=_contactpersonen(door, vandaag(nu)),
        uiterlijk=uiterlijk,
        werkdagen=afspraken.start_werkdagen,
        voorbeeld=voorbeelddatum(vandaag(nu), uiterlijk),
    )


def _contactpersonen(door: Aanstelling, op: date) -> list[str]:
    """Who claims first, then colleagues of planning, then the registered contacts (R-005)."""
    planning = Aanstelling.objects.actief(op=op).filter(aanbieder=door.aanbieder, rol=Rol.PLANNING)
    namen = [door.gebruiker.naam, *planning.order_by("gebruiker__naam").values_list("gebruiker__naam", flat=True)]
    contacten = Contactpersoon.objects.filter(aanbieder=door.aanbieder, doel=Contactpersoon.Doel.CASUSSEN)
    return list(dict.fromkeys([*namen, *contacten.values_list("naam", flat=True)]))


def _toon(
    request: PortaalRequest,
    gemeente: Gemeente,
    nu: datetime,
    *,
    form: ClaimForm | None = None,
    melding: Melding | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx only the part that renews itself."""
    context = _context(request, gemeente, nu, form) | {"melding": melding, "fout_in_titel": bool(melding)}
    sjabloon = "wachtlijst/_aanbieder_lijst.html" if request.htmx else "wachtlijst/aanbieder.html"
    antwoord = render(request, sjabloon, context, status=status)
    patch_vary_headers(antwoord, ["HX-Request"])
    return antwoord


def _context(request: PortaalRequest, gemeente: Gemeente, nu: datetime, form: ClaimForm | None) -> dict[str, Any]:
    door, op = request.aanstelling, vandaag(nu)
    afspraken = Afspraken.van(gemeente.pk, op=op)
    plekken = weergave.voor_aanbieder(_lijst(door.eigen_aanbieder, gemeente, op), nu=nu) if afspraken.actief else []
    alles = "alle" in request.GET
    return {
        "gemeente": gemeente,
        "tabs": _tabs(door.eigen_aanbieder, gemeente, op),
        "eerste": plekken[0] if plekken else None,
        "daarna": plekken[1:] if alles else plekken[1 : 1 + KORT],
        "aantal": len(plekken),
        "meer": not alles and len(plekken) > 1 + KORT,
        "form": form or _form(door, afspraken, nu),
        "afspraken": afspraken,
        "stop": _clientenstop(door.eigen_aanbieder, gemeente, op),
        "ruimte": _ruimte(door.eigen_aanbieder, gemeente, op),
        "claims": _claims(door, gemeente, op),
        "nu": nu,
    }


def _tabs(aanbieder: Aanbieder, huidig: Gemeente, op: date) -> list[Tab]:
    per_gemeente = Plek.objects.claimbaar(aanbieder, op=op).open().order_by().values("gemeente").annotate(n=Count("pk"))
    aantallen = {rij["gemeente"]: rij["n"] for rij in per_gemeente}
    return [
        Tab(g.naam, reverse("wachtlijst:aanbieder-gemeente", args=[g.slug]), aantallen.get(g.pk, 0), g.pk == huidig.pk)
        for g in _gemeenten(aanbieder, op)
    ]


def _clientenstop(aanbieder: Aanbieder, gemeente: Gemeente, op: date) -> str:
    stop = Clientenstop.objects.geldend(op).filter(aanbieder=aanbieder, gemeente=gemeente).first()
    if stop is None:
        return ""
    return f"U hebt een goedgekeurde cliëntenstop tot {datum(stop.einddatum)}. Daarom kunt u nu niet claimen."


def _ruimte(aanbieder: Aanbieder, gemeente: Gemeente, op: date) -> str:
    """A warning from 70 percent on; it blocks nothing (R-290)."""
    for perceel in Perceel.objects.op(op).filter(aanbieder=aanbieder, gemeente=gemeente).order_by("pk"):
        if perceel.bestedingsruimte and perceel.verbruikt * 100 >= perceel.bestedingsruimte * 70:
            deel = int(perceel.verbruikt * 100 / perceel.bestedingsruimte)
            return f"U hebt {deel}% van uw bestedingsruimte in {gemeente} gebruikt. Overleg met de gemeente."
    return ""


def _claims(door: Aanstelling, gemeente: Gemeente, op: date) -> list[dict[str, Any]]:
    """Own claims with their clock. Who it is about is read only for those that have an opdracht (R-120)."""
    eigen = Plek.objects.voor(door).filter(gemeente=gemeente).order_by("-geclaimd_op", "-pk")
    geclaimd = eigen.filter(status=Plek.Status.GECLAIMD)[:CLAIMS]
    opdrachten = eigen.filter(status__in=[Plek.Status.TOEGEWEZEN, Plek.Status.GESTART])
    met_naam = opdrachten.select_related("client", "toewijzing__levering").defer("client__bsn")[:CLAIMS]
    return [
        *({"plek": plek, "klok": weergave.klok(plek, op), "naam": ""} for plek in geclaimd),
        *({"plek": plek, "klok": weergave.klok(plek, op), "naam": plek.client.weergavenaam} for plek in met_naam),
    ]


def _geweigerd(
    request: PortaalRequest, gemeente: Gemeente, plek: Plek, form: ClaimForm, fout: Geweigerd, nu: datetime
) -> HttpResponse:
    plek.refresh_from_db()
    if fout.reden == Weigeringsgrond.AL_GECLAIMD and plek.geclaimd_door_id == request.aanstelling.aanbieder_id:
        messages.success(request, _gelukt(plek))  # pressed twice: the first press counted
        return redirect("wachtlijst:aanbieder-gemeente", gemeente.slug)
    if fout.reden in DATUMGRONDEN:
        form.add_error("startdatum", fout.zin)
        return _toon(request, gemeente, nu, form=form, status=422)
    melding = Melding("Uw claim is niet doorgegaan", fout.zin)
    if fout.reden in (Weigeringsgrond.AL_GECLAIMD, Weigeringsgrond.NIET_AAN_DE_BEURT):
        melding = _te_laat(request, gemeente, plek, nu)
    return _toon(request, gemeente, nu, form=form, melding=melding, status=409)


def _te_laat(request: PortaalRequest, gemeente: Gemeente, plek: Plek, nu: datetime) -> Melding:
    """Without the name of who was faster."""
    eerste = _lijst(request.aanstelling.eigen_aanbieder, gemeente, vandaag(nu)).op_volgorde().first()  # type: ignore[attr-defined]
    if plek.status == Plek.Status.OPEN and eerste is not None:
        waarom = "die heeft spoed" if eerste.spoed and not plek.spoed else "die wacht langer"
        tekst = f"Plek {plek.code} is nog niet aan de beurt. Eerst is {eerste.code} aan de beurt, want {waarom}."
        return Melding("Deze plek is nog niet aan de beurt", f"{tekst} Uw startdatum staat al ingevuld.")
    volgende = (
        f"Nu is plek {eerste.code} aan de beurt. Uw startdatum staat al ingevuld." if eerste else "De lijst is nu leeg."
    )
    return Melding(
        "Een andere aanbieder was eerder",
        f"Plek {plek.code} is om {tijd(plek.geclaimd_op)} geclaimd. "
        f"Uw claim is niet doorgegaan en u hoeft niets te doen. {volgende}",
    )


def _gelukt(plek: Plek) -> str:
    uiterlijk = datum(plek.opdracht_uiterlijk)
    return f"Plek {plek.code} is van u. De gemeente stuurt uiterlijk {uiterlijk} de opdracht met naam en adres."
