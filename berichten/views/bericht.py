"""One message: what it says, what is wrong and where, and what now."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from berichten import draad, ketenmeldingen
from berichten.actions import herstel, inzage, opvolgen
from berichten.codelijsten import omschrijving
from berichten.forms.monitor import AfhandelForm
from berichten.kern import TITELS, kern, waar
from berichten.models import Bericht
from berichten.uitleg import uitleg
from declaraties.models import Declaratie
from wmo import weergave
from wmo.http import PortaalRequest
from wmo.models import Toewijzing, Verzoek
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, probeer


def haal(request: PortaalRequest, pk: int) -> Bericht:
    rijen = Bericht.objects.voor(request.aanstelling).select_related(
        "client", "gemeente", "aanbieder", "verzoek", "declaratie", "antwoord_op", "behandelaar__gebruiker",
        "herinnerd_door__gebruiker",
    )  # fmt: skip
    return get_object_or_404(rijen.prefetch_related("antwoorden", "delen", "toewijzingen", "foutmeldingen"), pk=pk)


@vereist(Recht.BERICHTEN_LEZEN)
def bericht(request: PortaalRequest, pk: int) -> HttpResponse:
    """The page, and behind its buttons send again, process again and put aside."""
    rij = haal(request, pk)
    form = AfhandelForm(request.POST if request.POST.get("wat") == "handel_af" else None)
    if request.method == "POST" and probeer(request, lambda: _doe(request, rij, form)):
        return redirect("berichten:bericht", pk)
    nu = timezone.now()
    _leg_blik_vast(request, rij, nu)
    mag = request.aanstelling.mag(Recht.BERICHTEN_VERWERKEN)
    context = _context(request, rij) | {
        "form": form,
        "kan_opnieuw": mag and herstel.kan_opnieuw(rij),
        "te_herinneren": opvolgen.kan_herinneren(rij, nu),
        "mag_herstellen": mag,
        "open_staand": mag and Bericht.objects.actie_nodig(vandaag(nu)).filter(pk=rij.pk).exists(),
    }
    return render(request, "berichten/bericht.html", context, status=antwoordstatus(request))


@vereist(Recht.EIGEN_BERICHTEN)
def aanbieder_bericht(request: PortaalRequest, pk: int) -> HttpResponse:
    """The page; what did not arrive can be sent again, and what was refused put aside once it was seen."""
    rij, nu = haal(request, pk), timezone.now()
    doe = _opnieuw if request.POST.get("wat") == "opnieuw" else _gezien
    if request.method == "POST" and probeer(request, lambda: doe(request, rij, nu)):
        return redirect("berichten:aanbieder-bericht", pk)
    _leg_blik_vast(request, rij, nu)
    eigen = rij.kant == Bericht.Kant.AANBIEDER and request.aanstelling.mag(Recht.LEVERING_MELDEN)
    open_staand = eigen and Bericht.objects.actie_nodig(vandaag(nu)).filter(pk=pk).exists()
    context = _context(request, rij) | {"te_zien": open_staand, "kan_opnieuw": eigen and herstel.kan_opnieuw(rij)}
    return render(request, "berichten/bericht.html", context, status=antwoordstatus(request))


def _leg_blik_vast(request: PortaalRequest, rij: Bericht, nu: datetime) -> None:
    door = request.aanstelling
    if not inzage.is_pas_gezien(over=rij, aanstelling=door, nu=nu):
        bekijk = inzage.bekijk_bericht if door.is_gemeente else inzage.bekijk_eigen_bericht
        bekijk(bericht=rij, door=door, nu=nu)


def _opnieuw(request: PortaalRequest, rij: Bericht, nu: datetime) -> str:
    nieuw = herstel.stuur_eigen_opnieuw(bericht=rij, door=request.aanstelling, nu=nu)
    return _staat_klaar(nieuw)


def _staat_klaar(nieuw: Bericht) -> str:
    return f"Bericht {nieuw.soort} staat klaar onder kenmerk {nieuw.identificatie}."


def _gezien(request: PortaalRequest, rij: Bericht, nu: datetime) -> str:
    opvolgen.gezien(bericht=rij, door=request.aanstelling, nu=nu)
    return "Gezien. Het bericht staat niet meer bij Actie nodig."


def _doe(request: PortaalRequest, rij: Bericht, form: AfhandelForm) -> str:
    wie: dict[str, Any] = {"door": request.aanstelling, "nu": timezone.now()}
    wat = request.POST.get("wat")
    if wat == "opnieuw":
        nieuw = herstel.stuur_opnieuw(bericht=rij, **wie)
        return _staat_klaar(nieuw)
    if wat == "herinner":
        opvolgen.herinner(bericht=rij, **wie)
        return "De aanbieder krijgt een herinnering."
    if wat == "verwerk":
        herstel.verwerk_opnieuw(bericht=rij, **wie)
        return "Het bericht wordt opnieuw verwerkt. Ververs deze pagina over een minuut."
    reden = form.cleaned_data["reden"] if form.is_valid() else ""
    herstel.handel_af(bericht=rij, reden=reden, **wie)
    return "Het bericht is afgehandeld."


def _context(request: PortaalRequest, rij: Bericht) -> dict[str, Any]:
    """Four queries beside those of the row. A word of the chain says more than the line that it left on the row."""
    door = request.aanstelling
    codes = uitleg(b.get("code", "") for b in rij.bevindingen)
    meldingen = ketenmeldingen.van(rij, door)
    toewijzingen = list(rij.toewijzingen.all())
    return {
        "rij": rij,
        "titel": draad.titel(rij),
        "terug": "berichten:aanbieder" if door.is_aanbieder else "berichten:monitor",
        "draadnaam": "berichten:aanbieder-toewijzing" if door.is_aanbieder else "berichten:toewijzing",
        "declaratienaam": "declaraties:eigen" if door.is_aanbieder else "declaraties:declaratie",
        "meldingen": meldingen,
        "fout": "" if any(m.rij.is_ontvangen for m in meldingen) else rij.laatste_fout,
        "uitleg": [(u, _plaatsen(rij, code)) for code, u in codes.items()],
        "los": _plaatsen(rij, ""),
        "inhoud": _inhoud(rij, toewijzingen),
        "status": _status(rij),
        "wat_nu": _wat_nu(rij, door.is_gemeente, timezone.now()),
        "toewijzingen": toewijzingen,
        "verzoeken": Verzoek.objects.samen(rij.verzoek_id) if rij.verzoek_id else [],
        "gegevens": _gegevens(rij, door.is_gemeente),
        "antwoorden": [(antwoord, draad.url_van(antwoord, door)) for antwoord in rij.antwoorden.all()],
    }


def _plaatsen(rij: Bericht, code: str) -> list[tuple[str, str]]:
    """(where, what) of every finding with this code."""
    return [(waar(b.get("pad", "")), b.get("tekst", "")) for b in rij.bevindingen if b.get("code", "") == code]


def _inhoud(rij: Bericht, toewijzingen: list[Toewijzing]) -> list[tuple[str, str]]:
    """What the message says of each toewijzing; one sentence for the many that it says the same of."""
    gelezen = draad.lees(rij)
    waarover: list[Toewijzing | None] = [*toewijzingen] or [None]
    zinnen = [kern(rij.soort, gelezen, toewijzing) for toewijzing in waarover]
    return [(kop, tekst) for kop, tekst in dict.fromkeys(zinnen) if tekst or kop != TITELS[rij.soort]]


def _wat_nu(rij: Bericht, is_gemeente: bool, nu: datetime) -> str:
    """The next thing to do about a message, or that there is none."""
    uiterlijk = weergave.datum(rij.antwoord_uiterlijk)
    match rij.status:
        case Bericht.Status.KLAAR:
            return "Het bericht gaat vanzelf uit, meestal binnen een minuut."
        case Bericht.Status.ONTVANGEN:
            return "Het bericht wordt binnen een minuut verwerkt."
        case Bericht.Status.GEPARKEERD:
            return "Kijk wat er mis is. Vraag de afzender zo nodig om een nieuw bericht."
        case Bericht.Status.AFGEKEURD if rij.richting == Bericht.Richting.IN:
            return "Dit bericht is afgekeurd. De afzender herstelt het en stuurt het opnieuw. U hoeft niets te doen."
        case Bericht.Status.VERZONDEN if rij.antwoord_uiterlijk and rij.afgehandeld_op is None:
            if rij.antwoord_ontbreekt(vandaag(nu)):
                return f"Het antwoord moest er zijn op {uiterlijk}. {'Herinner de aanbieder.' if is_gemeente else ''}"
            return f"Wacht op het antwoord. Het komt uiterlijk {uiterlijk}."
    return _over_verzoek(rij, is_gemeente) or _over_declaratie(rij, is_gemeente) or "U hoeft niets te doen."


def _over_verzoek(rij: Bericht, is_gemeente: bool) -> str:
    """How the request stands that this message asked; what the message got as an answer says only that it arrived."""
    if rij.verzoek is None or rij.soort not in draad.VERZOEKEN:
        return ""
    if rij.verzoek.status in Verzoek.OPEN:
        uiterlijk = weergave.datum(rij.verzoek.uiterlijk)
        if is_gemeente:
            return f"Open het verzoek bij Hoort bij. Antwoord uiterlijk {uiterlijk}."
        return f"De gemeente heeft uw verzoek ontvangen. Zij antwoordt uiterlijk {uiterlijk}."
    if rij.verzoek.status == Verzoek.Status.AFGEWEZEN:
        return f"Het verzoek is afgewezen. Reden: {omschrijving('WJ759', rij.verzoek.antwoord_reden).lower()}."
    return "Het verzoek is goedgekeurd. De opdracht staat bij Mijn cliënten." if not is_gemeente else ""


def _over_declaratie(rij: Bericht, is_gemeente: bool) -> str:
    declaratie = rij.declaratie
    if not is_gemeente or declaratie is None or declaratie.status != Declaratie.Status.INGEDIEND:
        return ""
    return f"Beoordeel de declaratie uiterlijk {weergave.datum(declaratie.antwoord_uiterlijk)}."


def _status(rij: Bericht) -> str:
    """Of a request the answer says only that it arrived: nobody granted anything yet."""
    bevestigd = rij.soort in draad.VERZOEKEN and rij.status == Bericht.Status.GOEDGEKEURD
    return "Ontvangst bevestigd" if bevestigd else str(rij.get_status_display())


def _gegevens(rij: Bericht, is_gemeente: bool) -> list[tuple[str, Any]]:
    namen = {rij.gemeente.code: rij.gemeente.naam} if rij.gemeente else {}
    namen |= {rij.aanbieder.agb: rij.aanbieder.naam} if rij.aanbieder else {}
    gegevens = [
        ("Status", _status(rij)),
        ("Kenmerk", rij.identificatie or weergave.LEEG),
        ("Van", f"{namen.get(rij.afzender, '')} ({rij.afzender})".strip()),
        ("Aan", f"{namen.get(rij.ontvanger, '')} ({rij.ontvanger})".strip()),
        ("Cliënt", rij.client or weergave.LEEG),
        ("Ontstaan", weergave.tijdstip(rij.ontstaan_op)),
        ("Verzonden" if rij.richting == Bericht.Richting.UIT else "Verwerkt",
         weergave.tijdstip(rij.verzonden_op or rij.verwerkt_op)),
        ("Grootte", weergave.grootte(rij.grootte)),
    ]  # fmt: skip
    if rij.pogingen > 1:
        gegevens.append(("Pogingen", str(rij.pogingen)))
    if is_gemeente and (stand := draad.stand(rij)):
        gegevens.append(("Opvolging", stand))
    return gegevens
