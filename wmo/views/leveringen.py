"""The aanbieder's clients and one opdracht. What becomes a message is a page of berichten."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wmo.actions import leveringen
from wmo.actions.uitvoering import intake_nodig
from wmo.forms.leveringen import ClientenForm
from wmo.http import PortaalRequest
from wmo.models import Document, Evaluatie, GelijkgesteldeDag, Levering, Pauze, Taak, Toewijzing, Uitvoeringsplan
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok, resttijd
from wmo.rules.uitvoering import hoort_uitvoeringsplan
from wmo.views.formulieren import probeer

PER_PAGINA = 25
Status = Levering.Status
TOON = {
    Status.NIET_GESTART: "oranje",
    Status.GESTART: "groen",
    Status.TIJDELIJK_GESTOPT: "grijs",
    Status.DEFINITIEF_GESTOPT: "grijs",
}
# what is reported without a message, so also by an aanbieder with software of its own
MELDEN = (
    ("Niet thuis melden", "wmo:niet-thuis", "home"),
    ("Afzegging vastleggen", "wmo:afzegging", "calendar"),
    ("Crisis melden", "wmo:crisis", "alert-triangle"),
    ("Overlijden melden", "wmo:overlijden-melden", "heart-handshake"),
    ("Mutatieformulier sturen", "wmo:mutatieformulier", "edit"),
)
# label, page of berichten, icon, and in which states of the delivery it makes sense
ACTIES = (
    ("Start melden", "berichten:start-melden", "home-heart", (Status.NIET_GESTART, Status.DEFINITIEF_GESTOPT)),
    ("Stop melden", "berichten:stop-melden", "ban", (Status.GESTART, Status.TIJDELIJK_GESTOPT)),
    ("Pauze melden", "berichten:pauze-melden", "clock-pause", (Status.GESTART,)),
    ("Wijziging vragen", "berichten:wijziging-vragen", "edit", (Status.GESTART, Status.TIJDELIJK_GESTOPT)),
    ("Andere hulp vragen", "berichten:toewijzing-vragen", "plus", tuple(Status)),
)


@dataclass(frozen=True)
class Actie:
    label: str
    url: str
    icoon: str


def _lopend(request: PortaalRequest) -> Any:
    """Opdrachten that reached the aanbieder; the newest version is on the row."""
    rijen = Toewijzing.objects.voor(request.aanstelling).exclude(
        status__in=[Toewijzing.Status.CONCEPT, Toewijzing.Status.VERWIJDERD]
    )
    return rijen.select_related("client", "gemeente", "product", "levering", "aanbieder")


@vereist(Recht.EIGEN_CLIENTEN)
def clienten(request: PortaalRequest) -> HttpResponse:
    """Who still has to start first, by the last day to start; then by name."""
    op, kalender = vandaag(timezone.now()), GelijkgesteldeDag.objects.kalender()
    form = ClientenForm(request.GET or None)
    rijen = form.filter(_lopend(request))
    if "levering" not in request.GET:
        rijen = rijen.exclude(levering__status=Status.DEFINITIEF_GESTOPT)
    pagina = Paginator(_nog_te_starten_eerst(rijen), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "pagina": pagina,
        "rijen": [(t, klok(t, kalender, op), wat_nu(t), TOON[Status(t.levering.status)]) for t in pagina],
        "aantal": pagina.paginator.count,
        "chips": [{"tekst": tekst, "url": f"?{_zonder(request, naam)}"} for naam, tekst in form.chips()],
    }
    return render(request, "wmo/leveringen.html", context)


def _nog_te_starten_eerst(rijen: Any) -> Any:
    begonnen = ExpressionWrapper(Q(levering__begindatum__isnull=False), output_field=BooleanField())
    verstuurd = Uitvoeringsplan.objects.filter(toewijzing=OuterRef("pk"), verstuurd_op__isnull=False)
    rijen = rijen.annotate(begonnen=begonnen, plan_verstuurd=Exists(verstuurd))
    return rijen.order_by("begonnen", "uiterste_startdatum", "client__sorteernaam", "id")


def _zonder(request: PortaalRequest, naam: str) -> str:
    vraag = request.GET.copy()
    vraag.pop(naam, None)
    vraag.pop("pagina", None)
    return vraag.urlencode()


def klok(toewijzing: Toewijzing, kalender: Kalender, op: date) -> Klok | None:
    """How long there is left to start (R-103)."""
    if toewijzing.levering.status != Status.NIET_GESTART or toewijzing.uiterste_startdatum is None:
        return None
    tekst, toon, icoon = resttijd(toewijzing.uiterste_startdatum, kalender, op)
    return Klok("Start", tekst, toon, icoon, uiterlijk=toewijzing.uiterste_startdatum)


def wat_nu(toewijzing: Any) -> str:
    """The next thing that must be done, in words. `plan_verstuurd` comes with the list."""
    if toewijzing.opmerking and toewijzing.opmerking_gelezen_op is None:
        return "Lees de opmerking"
    if toewijzing.levering.status == Status.NIET_GESTART:
        return "Meld de start"
    if toewijzing.levering.status == Status.TIJDELIJK_GESTOPT:
        return "Meld wanneer de hulp weer begint"
    if toewijzing.levering.status == Status.GESTART and not toewijzing.plan_verstuurd:
        return "Maak het uitvoeringsplan" if hoort_uitvoeringsplan(toewijzing.product.categorie) else ""
    return ""


@vereist(Recht.EIGEN_CLIENTEN)
def levering(request: PortaalRequest, pk: int) -> HttpResponse:
    """Read the opdracht, say that one has read the remark, accept, and go on to what must be reported."""
    toewijzing = get_object_or_404(_lopend(request).select_related("voorziening__beschikking__zaak"), pk=pk)
    if request.method == "POST" and request.aanstelling.mag(Recht.LEVERING_MELDEN):
        probeer(request, lambda: _doe(request, toewijzing))
        return redirect("wmo:levering", pk)
    op, kalender = vandaag(timezone.now()), GelijkgesteldeDag.objects.kalender()
    pauze = toewijzing.pauzes.filter(status=Pauze.Status.ACTIEF).first()
    acties = _acties(toewijzing, pauze)
    context = {
        "toewijzing": toewijzing,
        "client": toewijzing.client,
        "klok": klok(toewijzing, kalender, op),
        "toon": TOON[Status(toewijzing.levering.status)],
        "pauze": pauze,
        "feiten": list(toewijzing.levering.feiten.filter(vervallen_op=None).order_by("-begindatum", "-id")),
        "taken": Taak.objects.voor(request.aanstelling).open().filter(pad=request.path),
        "hoofdactie": acties[0] if acties and not _moet_lezen(toewijzing) else None,
        "acties": acties[1:] if acties and not _moet_lezen(toewijzing) else acties,
        "moet_lezen": _moet_lezen(toewijzing),
        "draad_url": reverse("berichten:aanbieder-toewijzing", args=[toewijzing.pk]),
        "documenten": _gedeeld(request, toewijzing),
        "voorbereiding": _voorbereiding(toewijzing, kalender, op),
        "melden": [Actie(label, reverse(naam, args=[toewijzing.pk]), icoon) for label, naam, icoon in MELDEN],
    }
    return render(request, "wmo/levering.html", context)


def _gedeeld(request: PortaalRequest, toewijzing: Toewijzing) -> QuerySet[Document]:
    """What the gemeente shared with this aanbieder about this client, newest first."""
    rijen = Document.objects.voor(request.aanstelling).filter(zaak__client=toewijzing.client)
    return rijen.defer("inhoud").order_by("-gemaakt_op")


def _voorbereiding(toewijzing: Toewijzing, kalender: Kalender, op: date) -> dict[str, Any]:
    """First talk, uitvoeringsplan with its clock (R-104), evaluation, and what was reported."""
    plan = toewijzing.uitvoeringsplannen.first()
    evaluatie = Evaluatie.objects.open().filter(zaak=toewijzing.voorziening.beschikking.zaak).first()
    ingediend = evaluatie is not None and evaluatie.formulieren.filter(toewijzing=toewijzing).exists()
    wacht = plan is None or plan.verstuurd_op is None
    return {
        "intake_nodig": intake_nodig(toewijzing, op=op),
        "kennismaking": getattr(toewijzing, "kennismaking", None),
        "plan": plan,
        "klok": _planklok(toewijzing, kalender, op) if wacht else None,
        "evaluatie": evaluatie,
        "formulier_gevraagd": evaluatie is not None and evaluatie.status != Evaluatie.Status.GEPLAND and not ingediend,
        "bezoeken": list(toewijzing.gemiste_bezoeken.all()),
        "crises": list(toewijzing.crisismeldingen.all()),
        "overlijden": list(toewijzing.overlijdensmeldingen.all()),
    }


def _planklok(toewijzing: Toewijzing, kalender: Kalender, op: date) -> Klok | None:
    """Within the days that the start has, where an uitvoeringsplan belongs to the help (R-091, R-104)."""
    uiterlijk = toewijzing.uiterste_startdatum
    if uiterlijk is None or not hoort_uitvoeringsplan(toewijzing.product.categorie):
        return None
    tekst, toon, icoon = resttijd(uiterlijk, kalender, op)
    return Klok("Uitvoeringsplan", tekst, toon, icoon, uiterlijk=uiterlijk)


def _moet_lezen(toewijzing: Toewijzing) -> bool:
    return bool(toewijzing.opmerking) and toewijzing.opmerking_gelezen_op is None


def _doe(request: PortaalRequest, toewijzing: Toewijzing) -> str:
    wie: dict[str, Any] = {"toewijzing": toewijzing, "door": request.aanstelling, "nu": timezone.now()}
    if request.POST.get("wat") == "accepteer":
        leveringen.accepteer(**wie)
        return "U hebt de opdracht geaccepteerd."
    leveringen.lees_opmerking(**wie)
    return "Vastgelegd dat u de opmerking hebt gelezen. U kunt nu de hulp plannen."


def _acties(toewijzing: Toewijzing, pauze: Pauze | None) -> list[Actie]:
    """What can be reported now; nothing for an aanbieder whose own software sends the messages."""
    if toewijzing.aanbieder.eigen_software:
        return []
    eerst = [("Hulp hervatten", "berichten:hervatten", "home-heart")] if pauze else []
    rest = [
        (label, naam, icoon)
        for label, naam, icoon, wanneer in ACTIES
        if toewijzing.levering.status in wanneer and not (pauze and naam == "berichten:pauze-melden")
    ]
    return [Actie(label, reverse(naam, args=[toewijzing.pk]), icoon) for label, naam, icoon in (*eerst, *rest)]
