"""The software of an aanbieder, for practice: it knows nothing but the files that the gemeente sent and its own.

Reads 301, 319 and 325; answers 302 and 320; reports the start of what has begun; on demand a stop, a request or a
declaration. `fouten` makes it misbehave, so that a region can rehearse a release. It needs no database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from berichten.build import build
from berichten.parse import Geweigerd, parse
from berichten.retour import retour
from berichten.schema import velden
from berichten.standaard import soort_van
from berichten.standaard.v3_2.basis import (
    BedragMetDC,
    BerichtIdentificatie,
    GeslotenPeriode,
    Omvang,
    Referentie,
    TotaalBedragMetDC,
    VerkorteNaam,
)
from berichten.standaard.v3_2.wmo305 import Bericht305, Client305, StartProduct
from berichten.standaard.v3_2.wmo307 import Bericht307, Client307, StopProduct
from berichten.standaard.v3_2.wmo317 import Bericht317, Client317, OngewijzigdProduct, TeWijzigenProduct, Verzoek
from berichten.standaard.v3_2.wmo323 import Bericht323, Client323, Declaratie, Prestatie
from berichten.transport import Postbus, Zending
from berichten.transport.bestand import Map
from wmo.periodes import Periode, vandaag

LAAT, DUBBEL, VOLGORDE, KAPOT, STIL = FOUTEN = ("laat", "dubbel", "volgorde", "kapot", "stil")
OP_VERZOEK = ("307", "317", "323")
VERWIJDERD = "13"
WEKEN_PER_MAAND = 4
ALFABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Aanbiedersoftware:
    """One aanbieder at one gemeente. `nu` is the moment it believes in; `tarief` is eurocents per unit; `alleen` limits
    what is made on demand to these toewijzingnummers; with the fault "laat" mail lies unread for `uitstel`.
    """

    map: Map
    gemeente: str
    agb: str
    nu: datetime
    fouten: frozenset[str] = frozenset()
    tarief: int = 55
    alleen: frozenset[int] = frozenset()
    uitstel: timedelta = timedelta(minutes=1)
    _uit: list[Any] = field(default_factory=list)
    _volgnummer: int = 0
    _gelezen: dict[str, Any] = field(default_factory=dict)

    @property
    def _postbus(self) -> Postbus:
        return Postbus(self.gemeente, self.agb, "aanbieder")

    def speel(self, soort: str = "") -> list[str]:
        """One round: read the mail, answer, report. The names of what was sent, such as WMO302-..."""
        for post in self.map.haal_op([self._postbus]):
            if self._nog_niet_aan_toe(post.pad):
                continue
            with post.open() as bestand:
                self._lees(bestand.read())
            self.map.bevestig(post)
        self._uit += self._starts()
        if soort:
            self._uit += getattr(self, f"_maak_{soort}")()
        return self._verstuur()

    # --------------------------------------------------------------------------- reading

    def _nog_niet_aan_toe(self, pad: Path) -> bool:
        return LAAT in self.fouten and self.nu.timestamp() - pad.stat().st_mtime < self.uitstel.total_seconds()

    def _lees(self, inhoud: bytes) -> None:
        """Answer what asks for an answer. What cannot be read is left: a supplier would call."""
        try:
            bericht = parse(inhoud)
        except Geweigerd:
            return
        soort = soort_van(bericht)
        if soort.soort == "heen" and soort.antwoord:
            kenmerk = self._kenmerk()
            self._uit.append((soort.antwoord, kenmerk, self._antwoord(bericht, kenmerk)))

    def _antwoord(self, bericht: Any, kenmerk: str) -> Any:
        return retour(bericht, (), identificatie=kenmerk, dagtekening=vandaag(self.nu))

    def _opdrachten(self) -> dict[int, tuple[Any, Any]]:
        """Every opdracht ever received by its number: client and newest version (IV013)."""
        stand: dict[int, tuple[Any, Any]] = {}
        for client, product in self._ontvangen():
            bekend = stand.get(product.toewijzing_nummer)
            if bekend is None or _versie(product) >= _versie(bekend[1]):
                stand[product.toewijzing_nummer] = (client, product)
        return {nummer: paar for nummer, paar in stand.items() if paar[1].reden_wijziging != VERWIJDERD}

    def _ontvangen(self) -> Iterator[tuple[Any, Any]]:
        for pad in self.map.verwerkt(self._postbus, "301"):
            client = self._open(pad).client
            for product in client.toegewezen_producten:
                yield client, product

    def _gemeld(self, soort: str, houder: str) -> set[int]:
        """Numbers that an own message of this kind was sent for, processed by the gemeente or not."""
        return {
            product.toewijzing_nummer for bericht in self._eigen(soort) for product in getattr(bericht.client, houder)
        }

    def _eigen(self, soort: str) -> Iterator[Any]:
        vak = self.map.vak(Postbus(self.gemeente, self.agb, "gemeente"))
        for pad in sorted((*vak.glob(f"WMO{soort}-*.xml"), *vak.glob(f"verwerkt/WMO{soort}-*.xml"))):
            try:
                yield self._open(pad)
            except Geweigerd:  # one that was broken on purpose
                continue

    def _open(self, pad: Path) -> Any:
        """A message on disk never changes: each is read once."""
        if pad.name not in self._gelezen:
            self._gelezen[pad.name] = parse(pad.read_bytes())
        return self._gelezen[pad.name]

    # --------------------------------------------------------------------------- writing

    def _kop(self, kenmerk: str) -> dict[str, Any]:
        return {
            "afzender": self.agb,
            "ontvanger": self.gemeente,
            "bericht_identificatie": BerichtIdentificatie(identificatie=kenmerk, dagtekening=vandaag(self.nu)),
        }

    def _kenmerk(self) -> str:
        """Unique per sender, whatever gemeente it writes to: the moment in milliseconds, the gemeente and a counter."""
        self._volgnummer += 1
        getal, tekens = (int(self.nu.timestamp() * 1000) * 10_000 + int(self.gemeente)) * 100 + self._volgnummer, ""
        while getal:
            getal, rest = divmod(getal, 36)
            tekens = ALFABET[rest] + tekens
        return tekens[-12:]

    def _starts(self) -> Iterator[tuple[str, str, Any]]:
        gemeld = self._gemeld("305", "start_producten")
        for nummer, (client, product) in self._opdrachten().items():
            if nummer not in gemeld and product.ingangsdatum <= vandaag(self.nu):
                start = StartProduct(**_van(product), begindatum=product.ingangsdatum, status_aanlevering="1")
                kenmerk = self._kenmerk()
                kop = _kopklasse(Bericht305)(**self._kop(kenmerk))
                persoon = Client305(**_persoon(client), start_producten=(start,))
                yield "305", kenmerk, Bericht305(header=kop, client=persoon)

    def _gekozen(self, nummer: int) -> bool:
        return not self.alleen or nummer in self.alleen

    def _maak_307(self) -> Iterator[tuple[str, str, Any]]:
        lopend = self._gemeld("305", "start_producten") - self._gemeld("307", "stop_producten")
        for nummer, (client, product) in self._opdrachten().items():
            if nummer in lopend and self._gekozen(nummer):
                stop = StopProduct(
                    **_van(product), begindatum=product.ingangsdatum, reden_beeindiging="19",
                    einddatum=vandaag(self.nu), status_aanlevering="1",
                )  # fmt: skip
                kenmerk = self._kenmerk()
                kop = _kopklasse(Bericht307)(**self._kop(kenmerk))
                yield (
                    "307",
                    kenmerk,
                    Bericht307(header=kop, client=Client307(**_persoon(client), stop_producten=(stop,))),
                )

    def _maak_317(self) -> Iterator[tuple[str, str, Any]]:
        """Half an hour more from tomorrow on, for the first opdracht of every client."""
        per_client: dict[str, list[Any]] = {}
        for client, product in self._opdrachten().values():
            if product.einddatum is None or product.einddatum >= vandaag(self.nu):
                per_client.setdefault(client.bsn, []).append(product)
        for bsn, (eerste, *rest) in per_client.items():
            if eerste.omvang is None or not self._gekozen(eerste.toewijzing_nummer):
                continue
            kenmerk = self._kenmerk()
            omvang = Omvang(
                volume=eerste.omvang.volume + 30, eenheid=eerste.omvang.eenheid, frequentie=eerste.omvang.frequentie
            )
            verzoek = Verzoek(
                referentie_aanbieder=kenmerk,
                reden_verzoek="1",
                ongewijzigde_producten=tuple(OngewijzigdProduct(toewijzing_nummer=p.toewijzing_nummer) for p in rest),
                te_wijzigen_producten=(
                    TeWijzigenProduct(
                        toewijzing_nummer=eerste.toewijzing_nummer,
                        gewenste_ingangsdatum=vandaag(self.nu) + timedelta(days=1),
                        einddatum=eerste.einddatum,
                        omvang=omvang,
                    ),
                ),
            )
            kop = _kopklasse(Bericht317)(**self._kop(kenmerk))
            yield "317", kenmerk, Bericht317(header=kop, client=Client317(bsn=bsn, verzoek=verzoek))

    def _maak_323(self) -> Iterator[tuple[str, str, Any]]:
        """Last month: four times the weekly volume of every opdracht that ran in it."""
        maand = Periode.maand_van(vandaag(self.nu).replace(day=1) - timedelta(days=1))
        kenmerk = self._kenmerk()
        regels: dict[str, list[Any]] = {}
        for client, product in self._opdrachten().values():
            if prestatie := self._prestatie(product, maand, f"{kenmerk}-{product.toewijzing_nummer}"[:20]):
                regels.setdefault(client.bsn, []).append(prestatie)
        if not regels:
            return
        totaal = sum(p.ingediend_bedrag.bedrag for lijst in regels.values() for p in lijst)
        declaratie = Declaratie(
            declaratie_nummer=kenmerk,
            declaratie_periode=GeslotenPeriode(begindatum=maand.ingangsdatum, einddatum=maand.laatste_dag),
            declaratie_dagtekening=vandaag(self.nu),
            totaal_ingediend_bedrag=TotaalBedragMetDC(totaal_bedrag=totaal, debet_credit="D"),
            clienten=tuple(Client323(bsn=bsn, prestaties=tuple(lijst)) for bsn, lijst in regels.items()),
        )
        kop = _kopklasse(Bericht323)(**self._kop(kenmerk))
        yield "323", kenmerk, Bericht323(header=kop, declaratie=declaratie)

    def _prestatie(self, product: Any, maand: Periode, nummer: str) -> Prestatie | None:
        begin = max(maand.ingangsdatum, product.ingangsdatum)
        einde = min(maand.laatste_dag, product.einddatum or date.max)
        if begin > einde or product.omvang is None or product.product is None:
            return None
        volume = WEKEN_PER_MAAND * product.omvang.volume
        return Prestatie(
            product_referentie=Referentie(referentie_nummer=nummer),
            toewijzing_nummer=product.toewijzing_nummer,
            product_categorie=product.product.categorie,
            product_code=product.product.code,
            product_periode=GeslotenPeriode(begindatum=begin, einddatum=einde),
            geleverd_volume=volume,
            eenheid=product.omvang.eenheid,
            product_tarief=self.tarief,
            ingediend_bedrag=BedragMetDC(bedrag=volume * self.tarief, debet_credit="D"),
        )

    def _verstuur(self) -> list[str]:
        if STIL in self.fouten:
            self._uit.clear()
        if VOLGORDE in self.fouten:
            self._uit.reverse()
        namen = []
        for soort, kenmerk, bericht in self._uit:
            inhoud = build(bericht)
            if KAPOT in self.fouten:
                inhoud = inhoud[: len(inhoud) // 2]
            for keer in range(2 if DUBBEL in self.fouten else 1):
                zending = Zending(Postbus(self.gemeente, self.agb, "gemeente"), soort, f"{kenmerk}{'-2' * keer}")
                self.map.verstuur(zending, [inhoud])
                namen.append(zending.naam)
        self._uit.clear()
        return namen


def _kopklasse(klasse: type) -> Any:
    return velden(klasse)[0].type


def _versie(product: Any) -> tuple[Any, Any]:
    return product.toewijzingsdatum, product.toewijzingstijd


def _van(product: Any) -> dict[str, Any]:
    return {
        "toewijzing_nummer": product.toewijzing_nummer,
        "product": product.product,
        "toewijzing_ingangsdatum": product.ingangsdatum,
    }


def _persoon(client: Any) -> dict[str, Any]:
    naam = client.naam
    return {
        "bsn": client.bsn,
        "geboortedatum": client.geboortedatum,
        "geslacht": client.geslacht,
        "naam": VerkorteNaam(geslachtsnaam=naam.geslachtsnaam, voornamen=naam.voornamen, voorletters=naam.voorletters),
    }
