"""One button, one small form: aanvraag, clock, hand over, end of a case."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo.actions import clienten, ingebrekestellingen, opschortingen, zaken
from wmo.actions import overlijden as overlijden_acties
from wmo.forms import zaken as formulieren
from wmo.http import PortaalRequest
from wmo.models import Aanstelling, Overlijdensmelding, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, Rol, vereist
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.views.zaken import haal_zaak, zaak_context


def zaakformulier(
    request: PortaalRequest,
    zaak: Zaak,
    form: Form,
    doe: Callable[..., str],
    *,
    terug: str = "wmo:zaak",
    paneel: str = "actie",
    **tekst: Any,
) -> HttpResponse:
    """Show the form; on a valid POST run `doe(**cleaned, door, nu)` and go back to the page `terug` of the dossier."""
    wie = {"door": request.aanstelling, "nu": timezone.now()}
    if form.is_valid() and probeer(request, lambda: doe(**form.cleaned_data, **wie)):
        return redirect(terug, zaak.zaaknummer)
    context = zaak_context(request, zaak, paneel) | {"form": form, "kruimel": tekst["kop"], **tekst}
    return render(request, "wmo/zaak_formulier.html", context, status=antwoordstatus(request))


@vereist(Recht.BESCHIKKING_OPSTELLEN)
def aanvraag(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-020, R-021."""
    zaak = haal_zaak(request, zaaknummer)
    form = formulieren.AanvraagForm(gepost(request), initial={"ontvangen_op": vandaag(timezone.now())})

    def doe(**velden: Any) -> str:
        zaken.ontvang_aanvraag(zaak=zaak, **velden)
        return f"De aanvraag is vastgelegd. Het besluit moet er zijn op {zaak.uiterste_datum:%d-%m-%Y}."

    uitleg = "Met de aanvraag start de klok voor het besluit: 2 weken."
    return zaakformulier(request, zaak, form, doe, kop="Aanvraag ontvangen", knop="Aanvraag vastleggen", uitleg=uitleg)


@vereist(Recht.BESCHIKKING_OPSTELLEN)
def ingebrekestelling(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-050."""
    zaak = haal_zaak(request, zaaknummer)
    form = formulieren.IngebrekestellingForm(gepost(request), initial={"ontvangen_op": vandaag(timezone.now())})

    def doe(**velden: Any) -> str:
        ingebrekestellingen.leg_vast(zaak=zaak, **velden)
        return "De ingebrekestelling is vastgelegd. Besluit binnen twee weken, dan is er geen dwangsom."

    uitleg = "De cliënt schrijft dat het besluit te laat is. Twee weken daarna loopt er een dwangsom, per dag."
    kop = "Ingebrekestelling vastleggen"
    return zaakformulier(request, zaak, form, doe, kop=kop, knop="Leg vast", uitleg=uitleg)


@vereist(Recht.ONDERZOEKEN)
def opschorten(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-046."""
    zaak = haal_zaak(request, zaaknummer)
    form = formulieren.OpschortForm(gepost(request), initial={"eerste_dag": vandaag(timezone.now())})

    def doe(**velden: Any) -> str:
        rij = opschortingen.schort_op(zaak=zaak, **velden)
        return f"De klok staat stil vanaf {rij.eerste_dag:%d-%m-%Y}. De cliënt krijgt hierover een brief."

    uitleg = (
        "Alleen de klok voor het besluit kan stilstaan. Er zijn vijf redenen (Awb 4:15). De brief staat daarna klaar."
    )
    return zaakformulier(request, zaak, form, doe, kop="Klok stilzetten", knop="Zet de klok stil", uitleg=uitleg)


@vereist(Recht.ONDERZOEKEN)
def hervatten(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-047."""
    zaak = haal_zaak(request, zaaknummer)
    form = formulieren.HervatForm(gepost(request), initial={"vanaf": vandaag(timezone.now())})

    def doe(**velden: Any) -> str:
        opschortingen.hervat(zaak=zaak, **velden)
        laatste = f"{zaak.uiterste_datum:%d-%m-%Y}"
        return f"De klok loopt weer. De laatste dag is {laatste}. De cliënt krijgt hierover een brief."

    uitleg = "De dagen dat de klok stilstond, komen bij de termijn."
    return zaakformulier(
        request, zaak, form, doe, kop="Klok weer laten lopen", knop="Laat de klok lopen", uitleg=uitleg
    )


def collegas(zaak: Zaak) -> Any:
    """Who can handle a case of this gemeente today."""
    actief = Aanstelling.objects.actief(op=vandaag(timezone.now()))
    return (
        actief.filter(gemeente=zaak.gemeente, rol=Rol.CONSULENT).select_related("gebruiker").order_by("gebruiker__naam")
    )


@vereist(Recht.ZAAK_VERDELEN)
def overdragen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Give one case to a colleague, or to nobody."""
    zaak = haal_zaak(request, zaaknummer)
    form = formulieren.OverdraagForm(
        gepost(request),
        collegas=collegas(zaak),
        initial={"behandelaar": zaak.behandelaar_id},
    )

    def doe(behandelaar: Aanstelling | None, **velden: Any) -> str:
        zaken.wijs_behandelaar_toe(verdeling=[(zaak, behandelaar)], **velden)
        return f"De zaak staat op naam van {behandelaar.gebruiker.naam if behandelaar else 'niemand'}."

    uitleg = "De nieuwe behandelaar ziet deze zaak in Mijn werk."
    return zaakformulier(request, zaak, form, doe, kop="Overdragen", knop="Draag de zaak over", uitleg=uitleg)


@vereist(Recht.ONDERZOEKEN)
def intrekken(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The client takes it back."""
    zaak = haal_zaak(request, zaaknummer)

    def doe(**velden: Any) -> str:
        zaken.trek_in(zaak=zaak, **velden)
        return "De melding of aanvraag is ingetrokken. De zaak is gesloten."

    uitleg = "De cliënt wil de melding of de aanvraag niet meer. De zaak gaat dicht. Dit kunt u niet terugdraaien."
    form = formulieren.RedenForm(gepost(request))
    return zaakformulier(request, zaak, form, doe, kop="Intrekken", knop="Sluit de zaak", uitleg=uitleg, weggooien=True)


@vereist(Recht.ONDERZOEKEN)
def doorverwijzen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """To a general or prior provision."""
    zaak = haal_zaak(request, zaaknummer)

    def doe(**velden: Any) -> str:
        zaken.verwijs_door(zaak=zaak, **velden)
        return f"De cliënt is doorverwezen naar {velden['naar']}. De zaak is gesloten."

    uitleg = "Een algemene of voorliggende voorziening past beter. De zaak gaat dicht."
    form = formulieren.DoorverwijsForm(gepost(request))
    return zaakformulier(
        request, zaak, form, doe, kop="Doorverwijzen", knop="Verwijs door", uitleg=uitleg, weggooien=True
    )


@vereist(Recht.BESCHIKKING_OPSTELLEN)
def overlijden(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-150 to R-152; what an aanbieder reported is filled in, and one button says that it is not true."""
    zaak = haal_zaak(request, zaaknummer)
    melding = zaak.client.overlijdensmeldingen.filter(status=Overlijdensmelding.Status.GEMELD).first()

    def doe(**velden: Any) -> str:
        if request.POST.get("wat") == "onjuist":
            wie = {"door": velden["door"], "nu": velden["nu"]}
            overlijden_acties.wijs_af(client=zaak.client, reden="Bij navraag klopt de melding niet.", **wie)
            return "Vastgelegd dat de melding niet klopt. Er verandert niets voor de cliënt."
        gesloten = zaken.meld_overlijden(client=zaak.client, **velden)
        zinsdeel = "1 zaak is" if len(gesloten) == 1 else f"{len(gesloten)} zaken zijn"
        return f"Het overlijden is vastgelegd. {zinsdeel} gesloten."

    form = formulieren.OverlijdenForm(gepost(request), initial=_uit_melding(melding))
    kop = "Overlijden vastleggen"
    return zaakformulier(
        request, zaak, form, doe, kop=kop, knop="Leg overlijden vast", uitleg=_na_overlijden(zaak, melding),
        weggooien=True, tweede_knop="De melding klopt niet" if melding else "", tweede_waarde="onjuist",
    )  # fmt: skip


def _uit_melding(melding: Overlijdensmelding | None) -> dict[str, Any]:
    if melding is None:
        return {}
    blijft = melding.huisgenoot == Overlijdensmelding.Huisgenoot.JA
    return {"overleden_op": melding.overleden_op, "huisgenoot": blijft}


def _na_overlijden(zaak: Zaak, melding: Overlijdensmelding | None) -> str:
    """What will happen, with the weeks of this gemeente (R-151)."""
    gevolgen = overlijden_acties.gevolgen(zaak.client, overleden_op=vandaag(timezone.now()), huisgenoot=True)
    zinnen = [f"{melding.toewijzing.aanbieder} meldde dit op {vandaag(melding.gemeld_op):%d-%m-%Y}." if melding else ""]
    zinnen.append("Alle lopende zaken van deze cliënt gaan dicht, met wat er nog openstond.")
    zinnen.append("De backoffice krijgt een taak voor elke lopende toewijzing.")
    zinnen.append(f"Blijft er iemand achter met een eigen hulpvraag, dan loopt de hulp {gevolgen.weken} weken door")
    zinnen.append("en komt er een nieuw onderzoek." if gevolgen.heronderzoek else "om iets anders te regelen.")
    return " ".join(zin for zin in zinnen if zin)


@vereist(Recht.ONDERZOEKEN)
def berichtenverkeer(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-304."""
    zaak = haal_zaak(request, zaaknummer)
    uit = not zaak.client.geen_berichtenverkeer

    def doe(**velden: Any) -> str:
        zaken.zet_berichtenverkeer(zaak=zaak, uit=uit, **velden)
        return "Er gaan geen berichten meer over deze cliënt." if uit else "Berichten over deze cliënt gaan weer uit."

    form = formulieren.RedenForm(gepost(request))
    kop = "Geen berichtenverkeer" if uit else "Berichtenverkeer weer aan"
    uitleg = "Doe dit als berichten een ernstig risico zijn voor de veiligheid van de cliënt. Bel dan met de aanbieder."
    return zaakformulier(
        request, zaak, form, doe, kop=kop, knop="Leg vast", uitleg=uitleg if uit else "De berichten gaan weer uit."
    )


@vereist(Recht.ONDERZOEKEN)
def contact(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Add somebody around the client."""
    zaak = haal_zaak(request, zaaknummer)

    def doe(**velden: Any) -> str:
        clienten.voeg_relatie_toe(zaak=zaak, **velden)
        return f"{velden['naam']} staat nu bij Contact en netwerk."

    form = formulieren.RelatieForm(gepost(request))
    uitleg = "Leg alleen vast wie u nodig hebt voor deze zaak."
    return zaakformulier(request, zaak, form, doe, kop="Contact toevoegen", knop="Voeg toe", uitleg=uitleg)


@vereist(Recht.ONDERZOEKEN)
def toestemming(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """R-343."""
    zaak = haal_zaak(request, zaaknummer)

    def doe(**velden: Any) -> str:
        clienten.leg_toestemming_vast(zaak=zaak, **velden)
        return "De toestemming is vastgelegd. De cliënt kan haar altijd intrekken."

    form = formulieren.ToestemmingForm(gepost(request), initial={"gegeven_op": vandaag(timezone.now())})
    uitleg = "Zonder toestemming deelt u het verslag niet met een aanbieder."
    return zaakformulier(
        request, zaak, form, doe, kop="Toestemming vastleggen", knop="Leg toestemming vast", uitleg=uitleg
    )


@vereist(Recht.ONDERZOEKEN)
def toestemming_intrekken(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """A page with one button, so that it works without JavaScript and cannot happen by a link."""
    zaak = haal_zaak(request, zaaknummer)
    gekozen = get_object_or_404(zaak.client.toestemmingen, pk=pk)

    def doe(**velden: Any) -> str:
        clienten.trek_toestemming_in(zaak=zaak, toestemming=gekozen, **velden)
        return "De toestemming is ingetrokken. Vanaf nu deelt u niets meer op deze grond."

    form = Form(gepost(request))
    uitleg = f"{gekozen.get_doel_display()}: {gekozen.partij}."
    return zaakformulier(
        request, zaak, form, doe, kop="Toestemming intrekken", knop="Trek in", uitleg=uitleg, weggooien=True
    )
