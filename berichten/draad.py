"""The conversation of one toewijzing: every message with its answer, newest first, amounts to the cent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse

from berichten.kern import TITELS, kern
from berichten.ketenmeldingen import niet_afgeleverd
from berichten.models import Bericht
from berichten.parse import Geweigerd, parse
from berichten.standaard import berichtsoorten
from berichten.uitleg import Uitleg, uitleg
from declaraties.models import Declaratieregel
from wmo import weergave
from wmo.models import Aanstelling, GelijkgesteldeDag, Toewijzing, Verzoek
from wmo.periodes import vandaag
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok, resttijd

Status = Bericht.Status
LEESBAAR = 200_000  # bytes: bigger messages are shown by their rows, not read again
HEEN = [nummer for nummer, soort in berichtsoorten.items() if soort.soort == "heen" and nummer != "325"]


@dataclass(frozen=True)
class Retourregel:
    """The line under a card: what the other answered, or that it did not."""

    code: str
    tekst: str
    goed: bool
    detail: str = ""


@dataclass(frozen=True)
class Kaart:
    """One message in the conversation, as `berichten/_kaart.html` shows it."""

    code: str
    kop: str
    moment: datetime
    uit: bool
    url: str
    tekst: str = ""
    klok: Klok | None = None
    hulp: Uitleg | None = None
    retour: Retourregel | None = None
    verzoek: Verzoek | None = None
    status: str = ""

    @property
    def fout(self) -> bool:
        return self.hulp is not None or (self.klok is not None and self.klok.toon == "rood")

    @property
    def actie(self) -> bool:
        """Somebody must answer a request."""
        return self.verzoek is not None


@dataclass
class Bedragen:
    """Of the declared lines of this toewijzing, in euros (credits negative)."""

    ingediend: Decimal = Decimal(0)
    goedgekeurd: Decimal = Decimal(0)
    afgekeurd: Decimal = Decimal(0)
    betaald: Decimal = Decimal(0)
    per_declaratie: dict[int, Decimal] = field(default_factory=dict)


def van(toewijzing: Toewijzing, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    """Variables for the template: `kaarten` and `bedragen`. Nine queries, however many messages there are."""
    bedragen = _bedragen(toewijzing)
    rijen = _rijen(toewijzing, aanstelling, bedragen)
    codes = uitleg(b["code"] for rij in rijen for b in rij.bevindingen if b.get("code"))
    kalender, op = GelijkgesteldeDag.objects.kalender(), vandaag(nu)
    kaarten = [_kaart(rij, toewijzing, aanstelling, bedragen, codes, kalender, op) for rij in rijen]
    return {"kaarten": sorted(kaarten, key=lambda kaart: not kaart.actie), "bedragen": bedragen}


def _rijen(toewijzing: Toewijzing, aanstelling: Aanstelling, bedragen: Bedragen) -> list[Bericht]:
    eigen = Bericht.objects.voor(aanstelling).filter(soort__in=HEEN)
    over = Q(koppelingen__toewijzing=toewijzing) | Q(declaratie__in=bedragen.per_declaratie)
    rijen = eigen.filter(over).select_related("verzoek", "declaratie").prefetch_related(
        "antwoorden", "delen", "foutmeldingen"
    )
    return list(rijen.distinct().order_by("-ontstaan_op", "-id"))


def _bedragen(toewijzing: Toewijzing) -> Bedragen:
    bedragen = Bedragen()
    regels = Declaratieregel.objects.filter(toewijzing=toewijzing).select_related("declaratie")
    for regel in regels.exclude(declaratie__status="opgesteld"):
        bedrag = -regel.bedrag if regel.is_credit else regel.bedrag
        bedragen.ingediend += bedrag
        declaratie = regel.declaratie
        bedragen.per_declaratie[declaratie.pk] = bedragen.per_declaratie.get(declaratie.pk, Decimal(0)) + bedrag
        if regel.status == Declaratieregel.Status.GOEDGEKEURD and declaratie.is_beantwoord:
            bedragen.goedgekeurd += bedrag
            bedragen.betaald += bedrag if declaratie.status == "betaald" else 0
        elif regel.status == Declaratieregel.Status.AFGEKEURD:
            bedragen.afgekeurd += bedrag
    return bedragen


def _kaart(
    rij: Bericht,
    toewijzing: Toewijzing,
    aanstelling: Aanstelling,
    bedragen: Bedragen,
    codes: dict[str, Uitleg],
    kalender: Kalender,
    op: date,
) -> Kaart:
    kop, tekst = _inhoud(rij, toewijzing, bedragen)
    gevonden = [codes[b["code"]] for b in rij.bevindingen if b.get("code") in codes]
    open_verzoek = rij.verzoek if rij.verzoek and rij.soort == "317" and rij.verzoek.status in Verzoek.OPEN else None
    return Kaart(
        code=rij.soort,
        kop=kop,
        tekst=tekst,
        moment=rij.ontstaan_op,
        uit=rij.richting == Bericht.Richting.UIT,
        url=url_van(rij, aanstelling),
        klok=_klok(rij, open_verzoek, kalender, op),
        hulp=_hulp(rij, gevonden),
        retour=_retour(rij),
        verzoek=open_verzoek if aanstelling.is_gemeente else None,
        status=rij.get_status_display(),
    )


def _hulp(rij: Bericht, gevonden: list[Uitleg]) -> Uitleg | None:
    """What the receiver or the chain has against this message."""
    if rij.status == Status.MISLUKT:
        return niet_afgeleverd(rij.foutmeldingen.all())
    return gevonden[0] if gevonden and rij.status == Status.AFGEKEURD else None


def url_van(rij: Bericht, aanstelling: Aanstelling) -> str:
    naam = "berichten:aanbieder-bericht" if aanstelling.is_aanbieder else "berichten:bericht"
    return reverse(naam, args=[rij.pk])


def _inhoud(rij: Bericht, toewijzing: Toewijzing, bedragen: Bedragen) -> tuple[str, str]:
    if rij.soort == "323" and rij.declaratie is not None:
        bedrag = bedragen.per_declaratie.get(rij.declaratie.pk, Decimal(0))
        return f"Declaratie {weergave.maand(rij.declaratie.maand)}: {weergave.bedrag(bedrag)}", ""
    return kern(rij.soort, lees(rij), toewijzing)


def lees(rij: Bericht) -> Any:
    """The message again, from its prefetched parts; None for what is too big or cannot be read."""
    if not 0 < rij.grootte <= LEESBAAR:
        return None
    try:
        return parse(b"".join(bytes(deel.inhoud) for deel in rij.delen.all()))
    except Geweigerd:
        return None


def _klok(rij: Bericht, verzoek: Verzoek | None, kalender: Kalender, op: date) -> Klok | None:
    """The term that runs: ours to answer a request, theirs to answer our message."""
    if verzoek is not None:
        return klok("Antwoord", verzoek.uiterlijk, kalender, op)
    if rij.status != Status.VERZONDEN or rij.afgehandeld_op is not None:
        return None
    return klok(f"Antwoord {berichtsoorten[rij.soort].antwoord}", rij.antwoord_uiterlijk, kalender, op)


def klok(naam: str, uiterlijk: date | None, kalender: Kalender, op: date) -> Klok | None:
    if uiterlijk is None:
        return None
    tekst, toon, icoon = resttijd(uiterlijk, kalender, op)
    return Klok(naam, tekst, toon, icoon, uiterlijk=uiterlijk)


def _retour(rij: Bericht) -> Retourregel | None:
    antwoord = _nieuwste(rij.antwoorden.all())
    if antwoord is None:
        return None
    if antwoord.status == Status.MISLUKT:
        return Retourregel(antwoord.soort, "niet afgeleverd", goed=False)
    fout = rij.status == Status.AFGEKEURD
    codes = ", ".join(dict.fromkeys(b["code"] for b in rij.bevindingen if b.get("code")))
    woord = "afgekeurd" if fout else "goedgekeurd"
    if antwoord.soort == "325" and antwoord.bevindingen:
        woord, codes = "met afgekeurde regels", ""
    dag = weergave.datum(antwoord.verzonden_op or antwoord.ontstaan_op)
    return Retourregel(antwoord.soort, f"{woord} op {dag}", not fout, f"code {codes}" if fout and codes else "")


def _nieuwste(rijen: Iterable[Bericht]) -> Bericht | None:
    """An answer that was not delivered is followed by one that takes its place."""
    return max(rijen, key=lambda rij: rij.pk, default=None)


def titel(rij: Bericht) -> str:
    """In a list: what this is about, in plain words."""
    if rij.status == Status.GEPARKEERD:
        return "Bericht dat wij niet kunnen verwerken"
    if rij.status == Status.AFGEKEURD:
        return f"{TITELS[rij.soort]} afgekeurd"
    if rij.status == Status.MISLUKT:
        return f"{TITELS[rij.soort]} niet {'afgeleverd' if rij.verzonden_op else 'verzonden'}"
    return TITELS[rij.soort]
