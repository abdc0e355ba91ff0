"""The opdrachten of a case: what runs, and extending, ending or deleting one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from wmo.actions import toewijzingen as acties
from wmo.forms.toewijzingen import StopForm, VerlengForm, VerwijderForm
from wmo.http import PortaalRequest
from wmo.models import Toewijzing, ToewijzingVersie, Zaak
from wmo.permissions import Recht, vereist
from wmo.views.dossier import adres
from wmo.views.formulieren import gepost
from wmo.views.zaakacties import zaakformulier
from wmo.views.zaken import haal_zaak, zaak_context

HIER = {"terug": "wmo:toewijzingen", "paneel": "toewijzingen"}
STATUSTOON = {
    Toewijzing.Status.CONCEPT: "oranje",
    Toewijzing.Status.VERZONDEN: "blauw",
    Toewijzing.Status.ONTVANGEN: "blauw",
    Toewijzing.Status.AFGEKEURD: "rood",
    Toewijzing.Status.ACTIEF: "groen",
    Toewijzing.Status.BEEINDIGD: "grijs",
    Toewijzing.Status.VERWIJDERD: "grijs",
}


@vereist(Recht.DOSSIER_LEZEN)
def toewijzingen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """All opdrachten of this client in this gemeente: a 301 always carries all that run (R-301)."""
    zaak = haal_zaak(request, zaaknummer)
    context = zaak_context(request, zaak, "toewijzingen")
    rijen = Toewijzing.objects.voor(request.aanstelling).filter(client=zaak.client)
    rijen = rijen.select_related("aanbieder", "product", "levering").prefetch_related("versies")
    context |= {
        "kruimel": "Toewijzingen",
        "rijen": [
            {"rij": rij, "toon": STATUSTOON[Toewijzing.Status(rij.status)], "versies": list(rij.versies.all())}
            for rij in rijen
        ],
        "mag_wijzigen": request.aanstelling.mag(Recht.TOEWIJZEN),
        "nieuw_url": adres("wachtlijst:plaatsen", zaak),
    }
    return render(request, "wmo/toewijzingen.html", context)


@vereist(Recht.TOEWIJZEN)
def verlengen(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """Stretch the einddatum (OP380)."""
    zaak, toewijzing = _haal(request, zaaknummer, pk)

    def doe(einddatum: Any, **wie: Any) -> str:
        acties.verleng(toewijzing=toewijzing, einddatum=einddatum, **wie)
        return f"Opdracht {toewijzing.toewijzingnummer} loopt nu tot en met {einddatum:%d-%m-%Y}."

    uitleg = (
        "Verlengen kan pas na een evaluatie. De opdracht houdt haar nummer. "
        "De aanbieder krijgt een nieuw bericht 301 met alle lopende opdrachten."
    )
    form = VerlengForm(gepost(request))
    kop = f"Opdracht {toewijzing.toewijzingnummer} verlengen"
    return zaakformulier(request, zaak, form, doe, **HIER, kop=kop, uitleg=uitleg, knop="Verleng")


@vereist(Recht.TOEWIJZEN)
def stoppen(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """An earlier einddatum (OP186)."""
    zaak, toewijzing = _haal(request, zaaknummer, pk)

    def doe(einddatum: Any, **velden: Any) -> str:
        acties.beeindig(toewijzing=toewijzing, einddatum=einddatum, **velden)
        return f"Opdracht {toewijzing.toewijzingnummer} stopt op {einddatum:%d-%m-%Y}."

    uitleg = "De aanbieder krijgt een nieuw bericht 301. De aanbieder meldt daarna de stop."
    form = StopForm(gepost(request), initial=_na_overlijden(toewijzing))
    kop = f"Opdracht {toewijzing.toewijzingnummer} stoppen"
    return zaakformulier(request, zaak, form, doe, **HIER, kop=kop, uitleg=uitleg, knop="Stop de opdracht")


@vereist(Recht.TOEWIJZEN)
def verwijderen(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """As if it was never sent (R-302, TR385)."""
    zaak, toewijzing = _haal(request, zaaknummer, pk)

    def doe(**velden: Any) -> str:
        acties.verwijder(toewijzing=toewijzing, **velden)
        return f"Opdracht {toewijzing.toewijzingnummer} is verwijderd. Zij telt alsof zij nooit is verstuurd."

    uitleg = "Doe dit alleen als de opdracht nooit had moeten bestaan. Het kan niet als er al iets is goedgekeurd."
    kop = f"Opdracht {toewijzing.toewijzingnummer} verwijderen"
    form = VerwijderForm(gepost(request))
    knop = "Verwijder de opdracht"
    return zaakformulier(request, zaak, form, doe, **HIER, kop=kop, uitleg=uitleg, knop=knop, weggooien=True)


def _na_overlijden(toewijzing: Toewijzing) -> dict[str, Any]:
    """After a death the opdracht ends on that day (R-153); who reported it agrees with a date that has passed."""
    overleden_op = toewijzing.client.overleden_op
    if overleden_op is None:
        return {}
    gemeld = toewijzing.overlijdensmeldingen.exists()
    return {"einddatum": overleden_op, "reden": ToewijzingVersie.RedenWijziging.OVERLIJDEN, "instemming": gemeld}


def _haal(request: PortaalRequest, zaaknummer: str, pk: int) -> tuple[Zaak, Toewijzing]:
    zaak = haal_zaak(request, zaaknummer)
    rijen = Toewijzing.objects.voor(request.aanstelling).filter(client=zaak.client)
    return zaak, get_object_or_404(rijen.select_related("aanbieder", "client", "voorziening"), pk=pk)
