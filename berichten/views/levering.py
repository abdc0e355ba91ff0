"""What an aanbieder does with one opdracht, each act a short page of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from berichten.actions import aanbieder, vragen
from berichten.forms.levering import HervatForm, PauzeForm, StartForm, StopForm, WijzigingForm
from wmo.actions import pauzes
from wmo.actions.kader import Geweigerd
from wmo.actions.uitvoering import intake_nodig
from wmo.http import PortaalRequest
from wmo.models import Pauze, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.gemeenteregels import REDEN_OVERLEDEN, Aanleiding, PauzeActie
from wmo.views.formulieren import gepost
from wmo.views.uitvoering import haal, opdrachtformulier

KLAAR = "Het bericht staat klaar en gaat binnen een minuut uit. U ziet hier het antwoord van de gemeente."
VASTGELEGD = "Vastgelegd."
OOK_OVERLIJDEN = "Meld ook het overlijden: dan weet de gemeente of er iemand achterblijft die hulp nodig heeft."


def _pagina(
    request: PortaalRequest,
    toewijzing: Toewijzing,
    form: forms.Form,
    doe: Callable[[dict[str, Any]], str],
    **tekst: Any,
) -> HttpResponse:
    """The form of one opdracht; who has software of its own reads that it belongs there."""
    met_software = not aanbieder.kan_melden(toewijzing)

    def meld() -> str:
        if met_software:
            raise Geweigerd("Meld dit in uw eigen software.", reden="EIGEN_SOFTWARE")
        return doe(form.cleaned_data)

    tekst |= {"sjabloon": "berichten/levering.html", "met_software": met_software}
    return opdrachtformulier(request, toewijzing, form, meld, **tekst)


def _wie(request: PortaalRequest, toewijzing: Toewijzing) -> dict[str, Any]:
    return {"toewijzing": toewijzing, "door": request.aanstelling, "nu": timezone.now()}


@vereist(Recht.LEVERING_MELDEN)
def start(request: PortaalRequest, pk: int) -> HttpResponse:
    toewijzing = haal(request, pk)

    def doe(gegevens: dict[str, Any]) -> str:
        return KLAAR if aanbieder.meld_start(**gegevens, **_wie(request, toewijzing)) else VASTGELEGD

    form = StartForm(gepost(request), initial={"begindatum": toewijzing.gewenste_startdatum})
    uitleg = _nog_vooraf(toewijzing)
    return _pagina(request, toewijzing, form, doe, kop="Start melden", knop="Meld de start", uitleg=uitleg)


def _nog_vooraf(toewijzing: Toewijzing) -> list[str]:
    """What should come before the start: said here, never a reason to refuse it (R-074, R-103)."""
    if hasattr(toewijzing, "kennismaking") or not intake_nodig(toewijzing, op=vandaag(timezone.now())):
        return []
    return [f"In {toewijzing.gemeente} houdt u eerst een intakegesprek. Leg dat ook vast bij de opdracht."]


@vereist(Recht.LEVERING_MELDEN)
def stop(request: PortaalRequest, pk: int) -> HttpResponse:
    toewijzing = haal(request, pk)

    def doe(gegevens: dict[str, Any]) -> str:
        zin = KLAAR if aanbieder.meld_stop(**gegevens, **_wie(request, toewijzing)) else VASTGELEGD
        return f"{zin} {OOK_OVERLIJDEN}" if gegevens["reden"] == REDEN_OVERLEDEN else zin

    uitleg = ["Stopt de hulp maar voor een tijd? Gebruik dan Pauze melden.", "Meld een stop binnen 5 werkdagen."]
    form = StopForm(gepost(request))
    return _pagina(request, toewijzing, form, doe, kop="Stop melden", knop="Meld de stop", uitleg=uitleg)


@vereist(Recht.LEVERING_MELDEN)
def pauze(request: PortaalRequest, pk: int) -> HttpResponse:
    """Says beforehand what this gemeente does with a pause (R-231)."""
    toewijzing = haal(request, pk)

    def doe(gegevens: dict[str, Any]) -> str:
        gegevens["aanleiding"] = Aanleiding(gegevens["aanleiding"])
        aanbieder.meld_pauze(**gegevens, **_wie(request, toewijzing))
        return "De pauze is vastgelegd. U kunt niet declareren tot de hulp weer begint."

    form = PauzeForm(gepost(request))
    uitleg = gevolgen_in_woorden(toewijzing)
    return _pagina(request, toewijzing, form, doe, kop="Pauze melden", knop="Meld de pauze", uitleg=uitleg)


ZINNEN = {
    PauzeActie.STUUR_307: "In {gemeente} sturen wij een stopbericht met reden 20. Meld het als de hulp weer begint.",
    PauzeActie.GEEN_307: "In {gemeente} gaat er geen stopbericht uit: wij leggen de pauze vast.",
    PauzeActie.MELDING_BUITEN_IWMO: "De toegang van {gemeente} wil van de pauze weten. Die ziet uw melding hier.",
    PauzeActie.WAARSCHUWING_317: "Vraag alleen een wijziging (317) aan als er echt iets verandert, zoals de uren.",
    PauzeActie.FACTURATIE_STOPPEN: "U kunt niet declareren tot de hulp weer begint.",
    PauzeActie.INDICATIE_LOOPT_DOOR: "De indicatie loopt gewoon door.",
    PauzeActie.EIGEN_BIJDRAGE_ONDERBREKEN: "De eigen bijdrage van de cliënt wordt onderbroken.",
    PauzeActie.EIGEN_BIJDRAGE_LOOPT_DOOR: "De eigen bijdrage van de cliënt loopt door.",
    PauzeActie.OVERLEG_NA_WEKEN: "Duurt de pauze lang, dan overlegt u met de cliënt. U krijgt daarvoor een taak.",
    PauzeActie.AANBIEDER_BLIJFT_CONTACT: "U blijft tijdens de pauze contact houden met de cliënt.",
}  # fmt: skip


def gevolgen_in_woorden(toewijzing: Toewijzing) -> list[str]:
    """What a pause does in this gemeente, from its own rules; one query."""
    gevolgen = pauzes.gevolgen(toewijzing, vanaf=vandaag(timezone.now()), aanleiding=Aanleiding.VERZOEK_CLIENT)
    return [zin.format(gemeente=toewijzing.gemeente) for actie, zin in ZINNEN.items() if actie in gevolgen.acties]


@vereist(Recht.LEVERING_MELDEN)
def hervatten(request: PortaalRequest, pk: int) -> HttpResponse:
    toewijzing = haal(request, pk)
    lopend = toewijzing.pauzes.filter(status=Pauze.Status.ACTIEF).first()

    def doe(gegevens: dict[str, Any]) -> str:
        if lopend is None:
            raise Geweigerd("Er loopt geen pauze.", reden="GEEN_PAUZE")
        lopend.toewijzing = toewijzing
        aanbieder.hervat(pauze=lopend, **gegevens, door=request.aanstelling, nu=timezone.now())
        return "De hulp is hervat. U kunt weer declareren."

    form = HervatForm(gepost(request))
    blokkade = "" if lopend else "Er loopt geen pauze."
    knop = "Meld dat de hulp weer begint"
    return _pagina(request, toewijzing, form, doe, kop="Hulp hervatten", knop=knop, blokkade=blokkade)


@vereist(Recht.LEVERING_MELDEN)
def wijziging(request: PortaalRequest, pk: int) -> HttpResponse:
    """All running opdrachten of this client go along; one open request at a time (TR349, TR374)."""
    toewijzing, nu = haal(request, pk), timezone.now()

    def doe(gegevens: dict[str, Any]) -> str:
        gegevens["volume"] = gegevens["volume"] or toewijzing.volume
        gegevens["einddatum"] = gegevens["einddatum"] or toewijzing.einddatum
        verzonden = vragen.vraag_wijziging(**gegevens, **_wie(request, toewijzing))
        return KLAAR if verzonden else "Het verzoek is ingediend."

    begin = {"volume": toewijzing.volume, "einddatum": toewijzing.einddatum}
    form = WijzigingForm(gepost(request), toewijzing=toewijzing, op=vandaag(nu), initial=begin)
    open_ = vragen.open_verzoek(toewijzing.aanbieder, toewijzing.client)
    blokkade = f"Er loopt al een verzoek van {open_.dagtekening:%d-%m-%Y}. Wacht op het antwoord." if open_ else ""
    return _pagina(
        request,
        toewijzing,
        form,
        doe,
        kop="Wijziging vragen",
        knop="Verstuur het verzoek",
        blokkade=blokkade,
        uitleg=[
            "De gemeente antwoordt binnen 5 werkdagen.",
            "Alle lopende opdrachten van deze cliënt gaan mee.",
            "Langer doorgaan kan pas na een evaluatie, met het uitvoeringsplan vooraf.",
        ],
    )
