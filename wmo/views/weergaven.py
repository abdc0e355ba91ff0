"""Saving the werkvoorraad as it stands under a name, and throwing a name away (S02)."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wmo.actions import weergaven as acties
from wmo.forms.werkvoorraad import WeergaveForm, bewaarbaar
from wmo.http import PortaalRequest
from wmo.permissions import Recht, vereist
from wmo.views import lijsten
from wmo.views.formulieren import probeer


@vereist(Recht.WERKVOORRAAD)
@require_POST
def weergaven(request: PortaalRequest) -> HttpResponse:
    """Back to the list one came from; what is wrong stands above it."""
    if "weg" in request.POST:
        acties.verwijder(van=request.aanstelling, naam=request.POST["weg"])
        messages.success(request, "De weergave is weg. Aan de zaken verandert niets.")
        return redirect("wmo:werkvoorraad")
    form = WeergaveForm(request.POST)
    if not form.is_valid() or form.cleaned_data["lijst"] not in lijsten.LIJSTEN:
        messages.error(request, "Geef de weergave een naam van hoogstens 40 tekens.")
        return redirect("wmo:werkvoorraad")
    naam, lijst = form.cleaned_data["naam"], form.cleaned_data["lijst"]
    vraag = bewaarbaar(QueryDict(form.cleaned_data["query"]))

    def doe() -> str:
        acties.bewaar(van=request.aanstelling, lijst=lijst, naam=naam, vraag=vraag)
        return f"Bewaard als weergave: {naam}."

    probeer(request, doe)
    return redirect(reverse("wmo:werkvoorraad-lijst", args=[lijst]) + (f"?{vraag}" if vraag else ""))
