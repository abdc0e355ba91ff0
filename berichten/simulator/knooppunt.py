"""The GGk, for practice: takes the envelopes of the portal, and brings it what the aanbieders wrote.

Between the two lie the files of the aanbieders. What must survive a restart is a file too, under `.keten`: which
numbers came in, which message has which number, and every Fo01 that still has to leave.
"""

import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote
from uuid import uuid4

import httpx

from berichten.knooppunt import controle, soap
from berichten.knooppunt.envelop import ACTIES, Bericht, Bevestiging, Envelop, Fout, Partij, Stuur, lees_envelop
from berichten.knooppunt.envelop import naar_bytes as als_bytes
from berichten.parse import Geweigerd, parse
from berichten.simulator.aanbieder import DUBBEL, VOLGORDE
from berichten.simulator.papieren import Papieren
from berichten.simulator.server import Antwoord
from berichten.standaard import Berichtsoort, berichtsoorten, soort_van
from berichten.transport import Postbus, Zending
from berichten.transport.bestand import Bestand, Map

GEEN_BV03, FO03, FO01 = KETENFOUTEN = ("geen-bv03", "fo03", "fo01")
GGK, APPLICATIE = Partij("IB", "GGk"), "VECOZOWebservice"
KOP = "X-Client-Cert"
OEFENING = ("OEFEN", "Dit bericht wordt bij wijze van oefening geweigerd")
# Code and text as they come in practice: a freeze, an identification used before, a payload against its schema.
BEVROREN = ("IB103", "Aangeboden berichttype tijdelijk geblokkeerd")
KENMERK_GEBRUIKT = ("BRS20", "Identificatie moet per berichtsoort uniek zijn voor de verzendende partij")
TEGEN_SCHEMA = ("IB014", "Payload voldoet niet aan de XSD.")


class Onbereikbaar(Exception):
    """Nobody there, or somebody who does not speak SOAP: try again later."""


class Portaal(Protocol):
    def bezorg(self, bericht: Bericht) -> Bericht:
        """What the portal answers, or Onbereikbaar."""


class Koppelvlak:
    """`/koppelvlak/ggk/` of a portal. On plain HTTP we play its TLS front as well, and pass on our own certificate."""

    def __init__(self, adres: str, papieren: Papieren) -> None:
        eigen = papieren.knooppunt
        context = ssl.create_default_context()
        context.load_verify_locations(papieren.ca.cert)
        context.load_cert_chain(eigen.cert, eigen.key)
        self.adres = adres
        self.koppen = {KOP: quote(Path(eigen.cert).read_text())} if adres.startswith("http://") else {}
        self.client = httpx.Client(verify=context, timeout=30, trust_env=False)

    def bezorg(self, bericht: Bericht) -> Bericht:
        koppen = {"Content-Type": soap.CONTENT_TYPE, "SOAPAction": f'"{ACTIES[bericht.code]}"', **self.koppen}
        try:
            antwoord = self.client.post(self.adres, content=soap.pak_in(bericht), headers=koppen)
            return soap.pak_uit(antwoord.content)
        except httpx.HTTPError as fout:
            raise Onbereikbaar(f"geen verbinding met het portaal ({fout})") from fout
        except Geweigerd as fout:
            raise Onbereikbaar(f"het portaal gaf HTTP {antwoord.status_code} zonder envelop") from fout


@dataclass
class Knooppunt:
    """`map_` is the folder of the aanbieders, not that of the portal. `meld` gets a line for every event."""

    map_: Map
    portaal: Portaal
    fouten: frozenset[str] = frozenset()
    meld: Callable[[str], None] = print
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        for naam in ("gezien", "nummers", "fo01", "geweigerd"):
            self._vak(naam).mkdir(parents=True, exist_ok=True, mode=0o700)

    def _vak(self, naam: str) -> Path:
        return self.map_.wortel / ".keten" / naam

    # --------------------------------------------------------------------------- from the portal

    def luister(self, bericht: Bericht, nu: datetime) -> Antwoord | None:
        """The answer to one envelope; None is silence. Called by threads of the server."""
        kop = controle.stuur(GGK, bericht.stuur.zender, nu, kruis=bericht.stuur.nummer)
        with self._slot:
            merk = self._vak("gezien") / quote(bericht.stuur.nummer, safe="")
            eerste_keer = not merk.exists()
            if eerste_keer and FO03 in self.fouten:
                merk.touch()
                self.meld(f"{_titel(bericht)}: geweigerd met Fo03, bij wijze van oefening")
                return 500, soap.pak_in(controle.fout("Fo03", kop, *OEFENING))
            self._neem_aan(bericht, merk, nu)
        if eerste_keer and GEEN_BV03 in self.fouten:
            self.meld(f"{_titel(bericht)}: aangenomen zonder iets te zeggen, bij wijze van oefening")
            return None
        return 200, soap.pak_in(Bevestiging(kop))

    def _neem_aan(self, bericht: Bericht, merk: Path, nu: datetime) -> None:
        """Once: `merk` is filled when it is done."""
        if merk.exists() and merk.read_text():
            self.meld(f"{_titel(bericht)}: dezelfde envelop nog een keer, er verandert niets")
            return
        zin = "aangenomen"
        if isinstance(bericht, Fout):
            zin = bericht.zin
        elif isinstance(bericht, Envelop) and (reden := BEVROREN if FO01 in self.fouten else self._breng(bericht)):
            self._meld_fo01(bericht.stuur, *reden, nu)
            zin = f"afgewezen, {': '.join(reden)}"
        self.meld(f"{_titel(bericht)} van het portaal: {zin}")
        merk.write_text(zin)

    def _breng(self, envelop: Envelop) -> tuple[str, str] | None:
        """Into the postbus of the aanbieder, or why not."""
        try:
            bericht = parse(envelop.inhoud)
        except Geweigerd:
            return TEGEN_SCHEMA
        van, soort, kenmerk = envelop.stuur.zender.organisatie, soort_van(bericht), _kenmerk(bericht)
        nummer = self._nummerbestand(van, soort, kenmerk)
        if nummer.exists() and nummer.read_text() != envelop.stuur.nummer:
            return KENMERK_GEBRUIKT
        nummer.write_text(envelop.stuur.nummer)  # first: the aanbieder may answer at once
        bus = Postbus(van, envelop.stuur.ontvanger.organisatie, "aanbieder")
        self.map_.verstuur(Zending(bus, soort.nummer, kenmerk), [envelop.inhoud])
        return None

    def _nummerbestand(self, zender: str, soort: Berichtsoort, kenmerk: str) -> Path:
        return self._vak("nummers") / f"{zender}-{soort.nummer}-{quote(kenmerk, safe='')}"

    def _meld_fo01(self, over: Stuur, code: str, tekst: str, nu: datetime) -> None:
        kop = controle.stuur(GGK, over.zender, nu, kruis=over.nummer)
        fout = controle.fout("Fo01", kop, code, tekst)
        (self._vak("fo01") / f"{kop.nummer}.xml").write_bytes(als_bytes(fout))

    # --------------------------------------------------------------------------- to the portal

    def bezorg(self, nu: datetime) -> int:
        """Everything that lies ready; the number of envelopes that the portal confirmed."""
        posten = list(self.map_.haal_op(self.postbussen()))
        posten.sort(key=lambda post: post.pad.stat().st_mtime_ns, reverse=VOLGORDE in self.fouten)
        gelukt = sum(self._bezorg_fo01(pad) for pad in sorted(self._vak("fo01").glob("*.xml")))
        return gelukt + sum(self._bezorg_post(post, nu) for post in posten)

    def postbussen(self) -> Iterator[Postbus]:
        """Every pair of gemeente and aanbieder that a message went between."""
        for pad in sorted(self.map_.wortel.glob("[0-9]*/[0-9]*/naar-aanbieder")):
            yield Postbus(pad.parent.parent.name, pad.parent.name, "gemeente")

    def _bezorg_fo01(self, pad: Path) -> bool:
        if not self._bezorg(lees_envelop(pad.read_bytes())):
            return False
        pad.unlink()
        return True

    def _bezorg_post(self, post: Bestand, nu: datetime) -> bool:
        envelop = self._verpak(post, nu)
        antwoorden = [self._bezorg(envelop) for _ in range(2 if DUBBEL in self.fouten else 1)]
        if isinstance(antwoorden[0], Fout):
            post.pad.replace(self._vak("geweigerd") / post.pad.name)
        elif antwoorden[0] is not None:
            self.map_.bevestig(post)
        return isinstance(antwoorden[0], Bevestiging)

    def _bezorg(self, bericht: Bericht) -> Bericht | None:
        """What the portal says; None when nothing came of it, and then it stays for the next round."""
        try:
            antwoord = self.portaal.bezorg(bericht)
        except Onbereikbaar as fout:
            self.meld(f"{_titel(bericht)}: {fout}")
            return None
        zin = f"geweigerd, {antwoord.zin}" if isinstance(antwoord, Fout) else antwoord.code
        self.meld(f"{_titel(bericht)} aan het portaal: {zin}")
        return antwoord

    def _verpak(self, post: Bestand, nu: datetime) -> Envelop:
        """In the same envelope at every try. What cannot be read is an answer to nothing that we know."""
        inhoud, soort = post.pad.read_bytes(), berichtsoorten[post.pad.name[3:6]]
        eigen = self._vak("nummers") / f"uit-{post.pad.stem}"
        if not eigen.exists():
            eigen.write_text(str(uuid4()))
        kop = controle.stuur(
            Partij(post.postbus.aanbieder, APPLICATIE),
            controle.naar_knooppunt(post.postbus.gemeente),
            nu,
            nummer=eigen.read_text(),
            kruis=self._vraag_van(inhoud, soort) if controle.code_voor(soort) == "Du01" else "",
        )
        return controle.verpak(soort, kop, inhoud)

    def _vraag_van(self, inhoud: bytes, soort: Berichtsoort) -> str:
        """The number of the envelope that this answers: an answer repeats the identification of its message."""
        try:
            kop: Any = parse(inhoud).header
        except Geweigerd:
            return str(uuid4())
        vraag = next(heen for heen in berichtsoorten.values() if heen.antwoord == soort.nummer)
        nummer = self._nummerbestand(kop.afzender, vraag, kop.bericht_identificatie.identificatie)
        return nummer.read_text() if nummer.exists() else str(uuid4())


def _kenmerk(bericht: Any) -> str:
    kop = bericht.header
    return kop.identificatie_retour if soort_van(bericht).soort == "retour" else kop.bericht_identificatie.identificatie


def _titel(bericht: Bericht) -> str:
    return f"{bericht.code} {bericht.functie}" if isinstance(bericht, Envelop) else bericht.code
