"""The road through the GGk: SOAP 1.1 over HTTPS, with our certificate as well as theirs.

Sending alone: what comes in is delivered to us (berichten/views/knooppunt.py). The answer Bv03 means received and
stored; everything else means that the same envelope, with the same number, is offered again later.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from berichten.knooppunt import controle, soap
from berichten.knooppunt.envelop import ACTIES, Bericht, Bevestiging, Fout, Partij
from berichten.poort import Geweigerd
from berichten.standaard import berichtsoorten
from berichten.transport import Onbestelbaar, Zending
from berichten.transport.https import MAX_ANTWOORD, MAX_TEKST, Aansluiting, vraag

APPLICATIE = "Wmo-portaal"


class Ggk:
    """The sending half of a Transport."""

    def __init__(self, aansluiting: Aansluiting) -> None:
        self.aansluiting = aansluiting

    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        bus, soort = zending.postbus, berichtsoorten[zending.soort]
        van, naar = (bus.gemeente, bus.aanbieder) if bus.kant == "aanbieder" else (bus.aanbieder, bus.gemeente)
        kop = controle.stuur(
            Partij(van, APPLICATIE),
            controle.naar_knooppunt(naar),
            datetime.now(UTC),
            nummer=zending.referentienummer,
            kruis=zending.antwoord_op if controle.code_voor(soort) == "Du01" else "",
        )
        try:
            self.lever_af(controle.verpak(soort, kop, b"".join(inhoud)))
        except ValueError as fout:
            raise Onbestelbaar(f"Dit bericht kan niet in een envelop: {fout}."[:MAX_TEKST]) from fout

    def lever_af(self, bericht: Bericht) -> None:
        """Any envelope of our own; when it returns the knooppunt has it. Raises Onbestelbaar."""
        koppen = {"Content-Type": soap.CONTENT_TYPE, "SOAPAction": f'"{ACTIES[bericht.code]}"'}
        antwoord = vraag(self.aansluiting, "POST", content=soap.pak_in(bericht), headers=koppen)
        _oordeel(antwoord.status, antwoord.inhoud, bericht.stuur.nummer)


def _oordeel(status: int, data: bytes, nummer: str) -> None:
    """Received, or Onbestelbaar with what the other said: code and text together."""
    try:
        antwoord = soap.pak_uit(data, MAX_ANTWOORD)
    except Geweigerd as fout:
        raise Onbestelbaar(f"Het knooppunt gaf HTTP {status}: {fout.reden}"[:MAX_TEKST]) from fout
    if isinstance(antwoord, Fout):
        raise Onbestelbaar(f"Het knooppunt weigert dit bericht. {antwoord.zin}"[:MAX_TEKST])
    if not isinstance(antwoord, Bevestiging) or status != 200:
        raise Onbestelbaar(f"Het knooppunt gaf HTTP {status} met een {antwoord.code}; verwacht werd 200 met Bv03.")
    if antwoord.stuur.kruis != nummer:
        raise Onbestelbaar("Het knooppunt bevestigt een ander bericht dan wij stuurden.")
