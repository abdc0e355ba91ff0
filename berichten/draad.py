"""The conversation of one toewijzing: every message with its answer, newest first, amounts to the cent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from berichten.actions.opvolgen import kan_herinneren
from berichten.kern import TITELS, kern
from berichten.ketenmeldingen import niet_afgeleverd
from berichten.models import Bericht
from berichten.parse import Geweigerd, parse
from berichten.rekening import Deel, Rekening
from berichten.rekening import van as rekening_van
from berichten.standaard import berichtsoorten
from berichten.uitleg import Uitleg, uitleg
from wmo import weergave
from wmo.models import Aanstelling, GelijkgesteldeDag, Toewijzing, Verzoek
from wmo.periodes import vandaag
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok, resttijd

Status = Bericht.Status
VERZOEKEN = ("315", "317")
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
    pk: int
    tekst: str = ""
    klok: Klok | None = None
    hulp: Uitleg | None = None
    retour: Retourregel | None = None
    verzoek: Verzoek | None = None
    status: str = ""
    stand: str = ""
    te_laat: bool = False
    te_herinneren: bool = False

    @property
    def fout(self) -> bool:
        return self.hulp is not None or (self.klok is not None and self.klok.toon == "rood")

    @property
    def actie(self) -> bool:
        """Somebody must answer a request."""
        return self.verzoek is not None


@dataclass(frozen=True)
class Blik:
    """Who looks at which toewijzing, and what every card needs to know besides its message."""

    toewijzing: Toewijzing | None
    aanstelling: Aanstelling
    rekening: Rekening
    codes: dict[str, Uitleg]
    kalender: Kalender
    nu: datetime


def van(toewijzing: Toewijzing, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    """Variables for the template: `kaarten` and `bedragen`. Nine queries, however many messages there are."""
    rekening = rekening_van(toewijzing)
    rijen = _rijen(toewijzing, aanstelling, rekening)
    codes = uitleg(b["code"] for rij in rijen for b in rij.bevindingen if b.get("code"))
    blik = Blik(toewijzing, aanstelling, rekening, codes, GelijkgesteldeDag.objects.kalender(), nu)
    kaarten = [_kaart(rij, blik) for rij in rijen]
    return {"kaarten": sorted(kaarten, key=lambda kaart: not kaart.actie), "bedragen": rekening}


def los(rij: Bericht, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    """The card of a message that speaks of no toewijzing: a request, a declaration, what cannot be read."""
    codes = uitleg(b["code"] for b in rij.bevindingen if b.get("code"))
    blik = Blik(None, aanstelling, Rekening(), codes, GelijkgesteldeDag.objects.kalender(), nu)
    return {"toewijzing": None, "kaarten": [_kaart(rij, blik)]}


def _rijen(toewijzing: Toewijzing, aanstelling: Aanstelling, rekening: Rekening) -> list[Bericht]:
    eigen = Bericht.objects.voor(aanstelling).filter(soort__in=HEEN)
    over = Q(koppelingen__toewijzing=toewijzing) | Q(declaratie__in=rekening.per_declaratie)
    rijen = eigen.filter(over).select_related(
        "verzoek", "declaratie", "behandelaar__gebruiker", "herinnerd_door__gebruiker"
    )
    return list(
        rijen.prefetch_related("antwoorden", "delen", "foutmeldingen").distinct().order_by("-ontstaan_op", "-id")
    )


def _kaart(rij: Bericht, blik: Blik) -> Kaart:
    kop, tekst = _inhoud(rij, blik)
    gevonden = [blik.codes[b["code"]] for b in rij.bevindingen if b.get("code") in blik.codes]
    open_verzoek = _open_verzoek(rij)
    return Kaart(
        pk=rij.pk,
        code=rij.soort,
        kop=kop,
        tekst=tekst,
        moment=rij.ontstaan_op,
        uit=rij.richting == Bericht.Richting.UIT,
        url=url_van(rij, blik.aanstelling),
        klok=_klok(rij, open_verzoek, blik.kalender, vandaag(blik.nu)),
        hulp=_hulp(rij, gevonden),
        retour=_retour(rij, blik),
        verzoek=open_verzoek if blik.aanstelling.is_gemeente else None,
        status=rij.get_status_display(),
        stand=stand(rij) if blik.aanstelling.is_gemeente else "",
        te_laat=rij.antwoord_ontbreekt(vandaag(blik.nu)),
        te_herinneren=kan_herinneren(rij, blik.nu),
    )


def _open_verzoek(rij: Bericht) -> Verzoek | None:
    gevraagd = rij.soort in VERZOEKEN and rij.verzoek is not None and rij.verzoek.status in Verzoek.OPEN
    return rij.verzoek if gevraagd else None


def stand(rij: Bericht) -> str:
    """What colleagues did with a message: on whose name, reminded when."""
    naam = f"Op naam van {rij.behandelaar.gebruiker.naam}" if rij.behandelaar else ""
    herinnerd = ""
    if rij.herinnerd_op and rij.herinnerd_door:
        herinnerd = f"Herinnerd op {weergave.datum(rij.herinnerd_op)} door {rij.herinnerd_door.gebruiker.naam}"
    return " · ".join(deel for deel in (naam, herinnerd) if deel)


def _hulp(rij: Bericht, gevonden: list[Uitleg]) -> Uitleg | None:
    """What the receiver or the chain has against this message."""
    if rij.status == Status.MISLUKT:
        return niet_afgeleverd(rij.foutmeldingen.all())
    return gevonden[0] if gevonden and rij.status == Status.AFGEKEURD else None


def url_van(rij: Bericht, aanstelling: Aanstelling) -> str:
    naam = "berichten:aanbieder-bericht" if aanstelling.is_aanbieder else "berichten:bericht"
    return reverse(naam, args=[rij.pk])


def _inhoud(rij: Bericht, blik: Blik) -> tuple[str, str]:
    if rij.status == Status.GEPARKEERD:
        return titel(rij), rij.laatste_fout
    if rij.soort == "323" and rij.declaratie is not None:
        deel = blik.rekening.per_declaratie.get(rij.declaratie.pk, Deel())
        bedrag = deel.ingediend if blik.toewijzing else rij.declaratie.ingediend_bedrag
        return f"Declaratie {weergave.maand(rij.declaratie.maand)}: {weergave.bedrag(bedrag)}", ""
    return kern(rij.soort, lees(rij), blik.toewijzing)


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


def _retour(rij: Bericht, blik: Blik) -> Retourregel | None:
    antwoord = _nieuwste(rij.antwoorden.all())
    if antwoord is None:
        return None
    if antwoord.status == Status.MISLUKT:
        return Retourregel(antwoord.soort, "niet afgeleverd", goed=False)
    dag = weergave.datum(antwoord.verzonden_op or antwoord.ontstaan_op)
    if rij.status == Status.AFGEKEURD:
        codes = ", ".join(dict.fromkeys(b["code"] for b in rij.bevindingen if b.get("code")))
        return Retourregel(antwoord.soort, f"afgekeurd op {dag}", goed=False, detail=f"code {codes}" if codes else "")
    if antwoord.soort == "325" and blik.toewijzing:
        deel = blik.rekening.per_declaratie.get(rij.declaratie_id or 0, Deel())
        tekst = f"{weergave.bedrag(deel.goedgekeurd)} goedgekeurd op {dag}"
        return Retourregel("325", tekst, goed=deel.goedgekeurd == deel.ingediend)
    wat = "ontvangst bevestigd" if rij.soort in VERZOEKEN else "goedgekeurd"
    return Retourregel(antwoord.soort, f"{wat} op {dag}", goed=True)


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
