"""How far is it? The page of a long task."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from wmo.http import PortaalRequest
from wmo.models import Achtergrondtaak
from wmo.permissions import iedereen


@iedereen
def taak(request: PortaalRequest, pk: int) -> HttpResponse:
    """Renews itself while the work goes on; without scripts there is a link that does the same."""
    rij = get_object_or_404(Achtergrondtaak.objects.voor(request.aanstelling), pk=pk)
    sjabloon = "wmo/_taak.html" if request.htmx else "wmo/taak.html"
    return render(request, sjabloon, {"taak": rij})
