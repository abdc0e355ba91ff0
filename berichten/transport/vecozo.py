"""The road through VECOZO, for an aanbieder for whom the portal makes the messages: REST with a system certificate.

We offer what goes to a gemeente, and collect what lies ready for the aanbieder. VECOZO looks at a message only after it
took it: what it refuses then is asked for later (`status`).

Source: the OpenAPI descriptions of the VSP-Koppeling (REST Push 1.0.3, REST Pull 1.0.1, Berichtstatus REST Pull 3.0.0).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

from berichten.knooppunt import controle
from berichten.poort import MB
from berichten.standaard import berichtsoorten
from berichten.transport import Afgewezen, AlOpgehaald, Onbestelbaar, Post, Postbus, Zending
from berichten.transport.https import MAX_TEKST, Aansluiting, Antwoord, vraag

WIE = "VECOZO"
VERSIE, SUBVERSIE = 3, 2  # of iWmo
PUSH, PULL, STATUS = "/berichten/rest-push/v1", "/berichten/rest-pull/v1", "/berichtstatus/rest-pull/v3"
HOOGSTENS = 250  # messages that one request lists
MAX_INHOUD = 25 * MB
# what VECOZO says of a message that went no further; the others are on their way or there
GEWEIGERD = frozenset({
    "AfgekeurdDoorDienst", "AanbiedenMislukt", "BezorgingAfgebroken", "DeelberichtAanleveringAfgekeurd",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Afspraken:
    """What VECOZO calls these messages and those who exchange them, as told when one connects: it is not in the
    published descriptions. `{soort}` in a name becomes 301, 305 and so on."""

    berichttype: str
    berichtsubtype: str
    actie: str
    rol_aanbieder: str
    rol_gemeente: str

    def stroom(self, soort: str) -> dict[str, Any]:
        namen = {"berichttype": self.berichttype, "berichtsubtype": self.berichtsubtype, "actie": self.actie}
        versies = {"berichtversie": VERSIE, "berichtsubversie": SUBVERSIE}
        return {naam: waarde.replace("{soort}", soort) for naam, waarde in namen.items() if waarde} | versies


@dataclass(slots=True)
class Klaar:
    """A Post that lies ready at VECOZO. Its bytes come over once, and only whole."""

    vecozo: "Vecozo"
    postbus: Postbus
    referentienummer: str
    grootte: int
    som: str
    _inhoud: bytes | None = field(default=None, repr=False)

    def open(self) -> IO[bytes]:
        if self._inhoud is None:
            self._inhoud = self.vecozo.inhoud(self)
        return BytesIO(self._inhoud)


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message that VECOZO took, with its reasons: codes and sentences."""

    naam: str
    meldingen: tuple[tuple[str, str], ...] = ()

    @property
    def is_geweigerd(self) -> bool:
        return self.naam in GEWEIGERD


class Vecozo:
    """A Transport of one side: it sends what goes to a gemeente and collects what is for an aanbieder."""

    def __init__(self, aansluiting: Aansluiting, afspraken: Afspraken) -> None:
        self.aansluiting, self.afspraken = aansluiting, afspraken

    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        """Raises Afgewezen when VECOZO will not have it as it is, Onbestelbaar when it could not look."""
        data = b"".join(inhoud)
        if len(data) > MAX_INHOUD:
            raise Afgewezen(f"VECOZO neemt berichten aan tot {MAX_INHOUD // MB} MB. Splits het bericht.")
        bestanden = {
            "berichtMetadata": (None, json.dumps(self._metadata(zending)), "application/json"),
            "payload": (f"{zending.naam}.xml", data, "application/octet-stream"),
        }
        antwoord = vraag(self.aansluiting, "POST", f"{PUSH}/berichten", wie=WIE, files=bestanden)
        if antwoord.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise Afgewezen(f"VECOZO weigert dit bericht. {_bezwaren(antwoord)}"[:MAX_TEKST])
        _verwacht(antwoord, HTTPStatus.NO_CONTENT)

    def haal_op(self, postbussen: Iterable[Postbus]) -> Iterator[Klaar]:
        """Oldest first; what is for nobody here stays there, and is no more than a line in a list."""
        eigen = {(bus.gemeente, bus.aanbieder): bus for bus in postbussen if bus.kant == "aanbieder"}
        if not eigen:
            return
        antwoord = vraag(self.aansluiting, "GET", f"{PULL}/berichten", wie=WIE, params={"limit": HOOGSTENS})
        for bericht in _json(_verwacht(antwoord, HTTPStatus.OK)):
            try:
                klaar = self._klaar(bericht, eigen)
            except (KeyError, TypeError, AttributeError) as fout:
                raise Onbestelbaar(f"VECOZO noemt een bericht zonder {fout}.") from fout
            if klaar is not None:
                yield klaar

    def bevestig(self, post: Post) -> None:
        """It does not come back in the list; when it was gone already that is as good."""
        antwoord = vraag(self.aansluiting, "DELETE", f"{PULL}/berichten/{post.referentienummer}", wie=WIE)
        _verwacht(antwoord, HTTPStatus.ACCEPTED, HTTPStatus.NOT_FOUND)

    def inhoud(self, post: Klaar) -> bytes:
        """The payload, from our own address whatever address the list named, and the one that was announced."""
        pad = f"{PULL}/berichten/{post.referentienummer}/payload"
        antwoord = vraag(self.aansluiting, "GET", pad, wie=WIE, hoogstens=MAX_INHOUD)
        if antwoord.status == HTTPStatus.NOT_FOUND:
            raise AlOpgehaald
        data = _verwacht(antwoord, HTTPStatus.OK).inhoud
        if sha256(data).hexdigest() != post.som.lower():
            raise Onbestelbaar("Het bericht van VECOZO is onderweg veranderd: het controlegetal klopt niet.")
        return data

    def status(self, nummer: str) -> Status | None:
        """Of the message that we sent under this number; None when VECOZO does not know it."""
        pad = f"{STATUS}/berichtstatussen"
        antwoord = vraag(self.aansluiting, "GET", pad, wie=WIE, params={"traceerId": nummer})
        for gegevens in _json(_verwacht(antwoord, HTTPStatus.OK)):
            if gegevens["referentiegegevens"]["traceerId"] == nummer:
                return Status(gegevens["berichtstatus"], tuple(map(_melding, gegevens.get("meldingen", ()))))
        return None

    def _metadata(self, zending: Zending) -> dict[str, Any]:
        bus, antwoord = zending.postbus, controle.code_voor(berichtsoorten[zending.soort]) == "Du01"
        referentie = {
            # a conversation has the number of the message that began it
            "conversatieId": zending.antwoord_op if antwoord else zending.referentienummer,
            "traceerId": zending.referentienummer,
            "referentieId": zending.naam,
        }
        return {
            "routeringgegevens": {
                "afzender": {"rol": self.afspraken.rol_aanbieder, "code": bus.aanbieder},
                "geadresseerden": [{"rol": self.afspraken.rol_gemeente, "code": bus.gemeente}],
                "berichtstroom": self.afspraken.stroom(zending.soort),
            },
            "referentiegegevens": referentie | ({"alsAntwoordOp": zending.antwoord_op} if antwoord else {}),
        }

    def _klaar(self, bericht: dict[str, Any], eigen: dict[tuple[str, str], Postbus]) -> Klaar | None:
        route, payload = bericht["routeringgegevens"], bericht["basisgegevens"]["payload"]
        for geadresseerde in route["geadresseerden"]:
            bus = eigen.get((route["afzender"].get("code"), geadresseerde.get("code")))
            if bus is not None and payload["checksum"]["algoritme"].upper().replace("-", "") == "SHA256":
                nummer = bericht["referentiegegevens"]["traceerId"]
                return Klaar(self, bus, nummer, payload["grootte"], payload["checksum"]["waarde"])
        return None


def _melding(melding: dict[str, str]) -> tuple[str, str]:
    return melding["code"], f"{melding['omschrijving']} {melding.get('toelichting', '')}".strip()


def _verwacht(antwoord: Antwoord, *goed: int) -> Antwoord:
    if antwoord.status not in goed:
        raise Onbestelbaar(f"VECOZO gaf HTTP {antwoord.status}. {_bezwaren(antwoord)}".strip()[:MAX_TEKST])
    return antwoord


def _json(antwoord: Antwoord) -> Any:
    try:
        return json.loads(antwoord.inhoud)
    except ValueError as fout:
        raise Onbestelbaar("VECOZO gaf iets anders terug dan een lijst.") from fout


def _bezwaren(antwoord: Antwoord) -> str:
    """The words of a refusal (RFC 9457), "" where there are none."""
    try:
        gelezen = json.loads(antwoord.inhoud)
        zinnen = [zin for veld in gelezen.get("errors", {}).values() for zin in veld]
        return " ".join(str(zin) for zin in (gelezen.get("title"), gelezen.get("detail"), *zinnen) if zin)
    except (ValueError, AttributeError):
        return ""
