"""Does the envelope say the same as the message in it? And how our own messages are put in one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from lxml import etree

from berichten.knooppunt.envelop import ONTVANGER, Envelop, Fout, Partij, Stuur
from berichten.parse import soort_van_bytes
from berichten.poort import VEILIG, Geweigerd, brokken
from berichten.standaard import Berichtsoort, berichtsoorten
from wmo.periodes import AMSTERDAM

# iWmo 3.2. The specification shows another version in its example: to be confirmed when an installation connects.
FUNCTIE = ("0003", "0002")
APPLICATIE = ("0001", "0000")


@dataclass(frozen=True, slots=True)
class Kop:
    """What the header of a message says, read without judging the rest."""

    soort: Berichtsoort
    code: str
    afzender: str
    ontvanger: str


def code_voor(soort: Berichtsoort) -> str:
    """Du01 for what answers: the retours and the 325."""
    return "Di01" if soort.antwoord else "Du01"


def soort_van_functie(functie: str) -> Berichtsoort:
    for soort in berichtsoorten.values():
        if soort.bericht == functie:
            return soort
    raise Geweigerd(f"De functie {functie or '(leeg)'} kennen wij niet.", 2)


def vergelijk(envelop: Envelop) -> Berichtsoort:
    """Which message this is, or Geweigerd. A payload that cannot be read is left to its own schema."""
    soort = soort_van_functie(envelop.functie)
    if envelop.bestandsnaam:
        raise Geweigerd("Een iWmo-bericht hoort in xmlBestand, niet in tekstBestand.", 2)
    if envelop.code != code_voor(soort):
        raise Geweigerd(f"{soort.bericht} hoort in een {code_voor(soort)}, niet in een {envelop.code}.", 2)
    if envelop.versies[2:] != FUNCTIE:
        raise Geweigerd(f"Wij verwerken versie {'-'.join(FUNCTIE)}, niet {'-'.join(envelop.versies[2:])}.", 2)
    kop = lees_kop(envelop.inhoud)
    if kop is not None:
        _past(envelop, soort, kop)
    return soort


def _past(envelop: Envelop, soort: Berichtsoort, kop: Kop) -> None:
    if kop.soort != soort or kop.code not in ("", soort.code):
        raise Geweigerd(f"De envelop zegt {soort.bericht}, maar er zit een {kop.soort.bericht} in.", 2)
    # The header of an answer is that of the message it answers: there the two stand the other way round.
    gelijk = (soort.kop_van == soort.verzender) and (kop.afzender, kop.ontvanger)
    partijen = gelijk or (kop.ontvanger, kop.afzender)
    if (envelop.stuur.zender.organisatie, envelop.stuur.ontvanger.organisatie) != partijen:
        raise Geweigerd("Zender of ontvanger op de envelop is een ander dan in het bericht.", 2)


class _KopGelezen(Exception):
    """The rest is not needed."""


class _Kopzoeker:
    """Parser target: the texts in the header, by local name, until it ends."""

    def __init__(self) -> None:
        self.waarden: dict[str, str] = {}
        self.delen: list[str] = []

    def start(self, naam: str, attributen: Any) -> None:
        self.delen = []

    def data(self, tekst: str) -> None:
        self.delen.append(tekst)

    def end(self, naam: str) -> None:
        lokaal = naam.rpartition("}")[2]
        if lokaal == "Header":
            raise _KopGelezen
        self.waarden.setdefault(lokaal, "".join(self.delen).strip())

    def close(self) -> None:
        return None


def lees_kop(inhoud: bytes) -> Kop | None:
    """None when there is no header to be read: the schema has more to say about that."""
    zoeker: Any = _Kopzoeker()
    parser = etree.XMLParser(target=zoeker, **VEILIG)
    try:
        soort = soort_van_bytes(inhoud)
        for brok in brokken(inhoud):
            parser.feed(brok)
    except _KopGelezen:
        w = zoeker.waarden
        return Kop(soort, w.get("BerichtCode", ""), w.get("Afzender", ""), w.get("Ontvanger", ""))
    except (Geweigerd, etree.XMLSyntaxError):
        return None
    return None


# ------------------------------------------------------------------------------- making


def stuur(zender: Partij, ontvanger: Partij, nu: datetime, *, nummer: str = "", kruis: str = "") -> Stuur:
    """A header; without `nummer` a new one."""
    return Stuur(zender, ontvanger, nummer or str(uuid4()), f"{nu.astimezone(AMSTERDAM):%Y%m%d%H%M%S}", kruis)


def verpak(soort: Berichtsoort, kop: Stuur, inhoud: bytes) -> Envelop:
    """One of our messages in its envelope. Raises ValueError for an answer that does not say to what."""
    if bool(kop.kruis) != (code_voor(soort) == "Du01"):
        raise ValueError(f"bij {soort.bericht} past dit crossRefnummer niet")
    return Envelop(kop, soort.bericht, (*APPLICATIE, *FUNCTIE), inhoud)


def fout(code: str, kop: Stuur, foutcode: str, omschrijving: str, *, plek: str = "client", details: str = "") -> Fout:
    return Fout(code, kop, foutcode, plek, omschrijving[:200], details[:1000])


def naar_knooppunt(organisatie: str) -> Partij:
    return Partij(organisatie, ONTVANGER)
