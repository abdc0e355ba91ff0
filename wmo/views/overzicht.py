"""The overview of a dossier: timeline, support, contact, note."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from wmo import weergave
from wmo.actions.documenten import EXTENSIES
from wmo.forms.notities import NotitieForm
from wmo.http import PortaalRequest
from wmo.models import Client, Document, Logregel, Notitie, Voorziening, Zaak
from wmo.panelen import Plaats
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.views import dossier

PER_KEER = 20
BUNDELEN = ("onderzoeken.bewaar_onderwerp",)
SOORTEN = {
    "": "Alles",
    "stappen": "Alleen stappen",
    "berichten": "Berichten",
    "documenten": "Documenten",
    "notities": "Notities",
}
# the beginning of `handeling` says what a line is about; what is not listed is a step
VOORVOEGSEL = {"berichten": "berichten.", "documenten": "documenten.", "notities": "notities."}
ICONEN = (
    ("meldingen.registreer", "phone", "blauw"),
    ("meldingen.wijs_op", "heart-handshake", ""),
    ("meldingen.", "mail", ""),
    ("onderzoeken.verstrek_verslag", "send", "groen"),
    ("onderzoeken.", "home-heart", ""),
    ("zaken.ontvang_aanvraag", "inbox", "blauw"),
    ("zaken.schort_op", "clock-pause", ""),
    ("zaken.hervat", "clock", ""),
    ("zaken.wijs_behandelaar_toe", "user-check", ""),
    ("zaken.", "route", ""),
    ("plannen.", "edit", "merk"),
    ("normenkaders.", "calculator", "merk"),
    ("beschikkingen.", "gavel", "groen"),
    ("toewijzingen.", "send", "merk"),
    ("documenten.", "file-text", ""),
    ("berichten.", "messages", "blauw"),
    ("wachtlijst.", "clipboard-list", "merk"),
)


def context(request: PortaalRequest, zaak: Zaak, nu: datetime) -> dict[str, Any]:
    """Everything below the tabs of the overview."""
    soort = request.GET.get("toon", "")
    soort = soort if soort in SOORTEN else ""
    stuks = PER_KEER * _veelvoud(request.GET.get("meer", "1"))
    regels = list(_regels(zaak, soort)[: stuks + 1])
    return {
        "gebeurtenissen": _gebeurtenissen(zaak, regels[:stuks], request.aanstelling.mag(Recht.ONDERZOEKEN)),
        "tijdlijnsoorten": SOORTEN.items(),
        "tijdlijnsoort": soort,
        "meer": stuks // PER_KEER + 1 if len(regels) > stuks else None,
        "voorzieningen": voorzieningen(zaak.client, vandaag(nu)),
        "toestemmingen": list(zaak.client.toestemmingen.filter(ingetrokken_op=None)),
        "notitieform": NotitieForm(),
        "mag_onderzoeken": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.afgesloten_op is None,
        "blokken": dossier.paneelblokken(request, zaak, Plaats.OVERZICHT, nu),
        "zijblokken": dossier.paneelblokken(request, zaak, Plaats.ZIJKANT, nu),
    }


def _veelvoud(tekst: str) -> int:
    return min(int(tekst), 50) if tekst.isascii() and tekst.isdigit() and int(tekst) > 0 else 1


def _regels(zaak: Zaak, soort: str) -> Any:
    regels = Logregel.objects.tijdlijn(zaak).select_related("aanstelling__gebruiker")
    if soort in VOORVOEGSEL:
        return regels.filter(handeling__startswith=VOORVOEGSEL[soort])
    if soort == "stappen":
        for begin in VOORVOEGSEL.values():
            regels = regels.exclude(handeling__startswith=begin)
    return regels


def _gebeurtenissen(zaak: Zaak, regels: list[Logregel], alle_notities: bool) -> list[dict[str, Any]]:
    """Lines of the logboek as a story. A note shows its words, a document its link; two queries for all of them."""
    notities = {str(n.pk): n for n in zaak.notities.filter(pk__in=_nummers(regels, Notitie))}
    documenten = {str(d.pk): d for d in zaak.documenten.filter(pk__in=_nummers(regels, Document)).defer("inhoud")}
    uit = [
        _gebeurtenis(regel, notities.get(regel.object_id), documenten.get(regel.object_id), alle_notities)
        for regel in regels
    ]
    return _samengevat(uit)


def _samengevat(gebeurtenissen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Topics of the onderzoek that one person wrote on one day are one event."""
    uit: list[dict[str, Any]] = []
    for nieuw in gebeurtenissen:
        vorige = uit[-1] if uit else None
        if vorige and nieuw["bundel"] and vorige["bundel"] == nieuw["bundel"]:
            vorige["aantal"] += 1
            vorige |= {"kop": f"{vorige['aantal']} onderwerpen bijgewerkt", "tekst": ""}
        else:
            uit.append(nieuw)
    return uit


def _nummers(regels: list[Logregel], model: type) -> list[int]:
    soort = model._meta.label_lower  # type: ignore[attr-defined]
    return [int(r.object_id) for r in regels if r.object_soort == soort]


def _gebeurtenis(
    regel: Logregel, notitie: Notitie | None, document: Document | None, alle_notities: bool
) -> dict[str, Any]:
    kop, _, rest = regel.tekst.partition(". ")
    icoon, toon = next(((i, t) for begin, i, t in ICONEN if regel.handeling.startswith(begin)), ("notes", ""))
    uit: dict[str, Any] = {
        "kop": kop.removesuffix("."),
        "tekst": " ".join(deel for deel in (rest, regel.reden and f"Reden: {regel.reden}") if deel),
        "moment": regel.moment,
        "wie": regel.aanstelling.gebruiker.naam,
        "icoon": icoon,
        "toon": toon,
        "bundel": (regel.aanstelling_id, weergave.als_datum(regel.moment)) if regel.handeling in BUNDELEN else None,
        "aantal": 1,
    }
    if notitie is not None and regel.object_soort == Notitie._meta.label_lower:
        uit["tekst"] = notitie.tekst if alle_notities or not notitie.alleen_toegang else "Alleen voor de toegang."
    if document is not None and regel.object_soort == Document._meta.label_lower:
        naam = f"{document.titel} ({EXTENSIES.get(document.mimetype, 'bestand')}, {weergave.grootte(document.grootte)})"
        uit |= {"url": reverse("wmo:document", args=[document.pk]), "url_tekst": naam}
    return uit


def voorzieningen(client: Client, op: date) -> list[dict[str, Any]]:
    """What this client has, had and may get, over all cases in this gemeente."""
    rijen = Voorziening.objects.filter(client=client).select_related("product", "aanbieder", "beschikking__zaak")
    return [
        {"rij": v, "omvang": weergave.omvang(v.volume, v.eenheid, v.frequentie), "stand": _stand(v, op)}
        for v in rijen.order_by("-beschikking_id", "id")
    ]


def _stand(voorziening: Voorziening, op: date) -> tuple[str, str]:
    if voorziening.beschikking.status == "vervallen":
        return "Vervallen", "grijs"
    if voorziening.beschikking.status != "vastgesteld":
        return "In voorbereiding", "oranje"
    if voorziening.einddatum is not None and voorziening.einddatum < op:
        return "Gestopt", "grijs"
    return ("Begint later", "blauw") if voorziening.ingangsdatum > op else ("Loopt", "groen")
