"""Drafts of the long forms of a case: kept while somebody types, put back on the page, thrown away (S-07 to S-10)."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wmo.actions import concepten
from wmo.forms.concept import kaal, lees_merk
from wmo.http import PortaalRequest
from wmo.models import Concept, Zaak
from wmo.permissions import Recht, vereist
from wmo.views.zaken import haal_zaak


@vereist(Recht.DOSSIER_LEZEN)
@require_POST
def concept(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Keep the form that is being written; 422 when it is not a form of this person and this case."""
    zaak = haal_zaak(request, zaaknummer)
    if "weg" in request.POST:
        concepten.wis(van=request.aanstelling, zaak=zaak, formulier=request.POST["weg"])
        return redirect(_terug(request, zaak))
    merk = lees_merk(request.POST)
    if merk is None or merk[:2] != (request.aanstelling.pk, zaak.pk):
        return render(request, "_components/bewaard.html", {"mislukt": True}, status=422)
    nu = timezone.now()
    concepten.bewaar(van=request.aanstelling, zaak=zaak, formulier=merk[2], invoer=kaal(request.POST), nu=nu)
    return render(request, "_components/bewaard.html", {"moment": nu})


def _terug(request: PortaalRequest, zaak: Zaak) -> str:
    """The page the button was on; never an address from outside."""
    terug = request.POST.get("terug", "")
    return terug if url_has_allowed_host_and_scheme(terug, allowed_hosts=None) else f"/zaken/{zaak.zaaknummer}/"


def haal(request: PortaalRequest, zaak: Zaak, *formulieren: str) -> dict[str, Concept]:
    """The drafts of this person for the forms of a page, by form; the one that is being sent now is newer."""
    rijen = Concept.objects.voor(request.aanstelling).filter(zaak=zaak, formulier__in=formulieren)
    return {rij.formulier: rij for rij in rijen}


def bewaar(request: PortaalRequest, zaak: Zaak, formulier: str) -> None:
    """What is being sent now, for a page that cannot show all of it at once."""
    nu = timezone.now()
    concepten.bewaar(van=request.aanstelling, zaak=zaak, formulier=formulier, invoer=kaal(request.POST), nu=nu)


def laat_los(request: PortaalRequest, zaak: Zaak, formulier: str, delen: list[str]) -> None:
    """The fields that begin with one of `delen` were settled."""
    concepten.laat_los(van=request.aanstelling, zaak=zaak, formulier=formulier, delen=delen)


def wis(request: PortaalRequest, zaak: Zaak, formulier: str) -> None:
    """The form was saved: its draft has done its work."""
    concepten.wis(van=request.aanstelling, zaak=zaak, formulier=formulier)


def invoer(rij: Concept) -> QueryDict:
    return QueryDict(rij.invoer)
