"""The three gates in order: safe and well-formed, schema, rules. Bad input gives an outcome, never an exception."""

from dataclasses import dataclass
from typing import Any

from berichten.codelijsten import GEEN_FOUT
from berichten.parse import lees, soort_van_bytes
from berichten.poort import STANDAARD, Bevinding, Geweigerd, Grenzen, bewaak, op192_ok
from berichten.retour import toegekend
from berichten.rules import beoordeel
from berichten.standaard import Berichtsoort, berichtsoorten
from berichten.toestand import Toestand

__all__ = ["Bevinding", "Uitkomst", "controleer"]


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What the gates say. `bericht` is None when the message did not pass the second; `reden` is then the sentence.

    `op192_ok` stands apart: a message in another encoding can be valid and still not be sent as the standard wants.
    """

    veilig: bool
    op192_ok: bool
    schema_geldig: bool
    soort: Berichtsoort | None = None
    bericht: Any = None
    bevindingen: tuple[Bevinding, ...] = ()
    reden: str = ""

    @property
    def goedgekeurd(self) -> bool:
        """Nothing is wrong: a finding without a retourcode is a fault too (TR337)."""
        return self.bericht is not None and not self.bevindingen

    @property
    def codes(self) -> dict[str, list[str]]:
        """The classes that carry a fault code in the answer, in order; empty for a message that has no answer."""
        codes: dict[str, list[str]] = {}
        if self.soort is None or not self.soort.antwoord:
            return codes
        for bevinding in self.bevindingen:
            eigen = codes.setdefault(bevinding.klasse, []) if bevinding.code else None
            if eigen is not None and bevinding.code not in (*eigen, *GEEN_FOUT):
                eigen.append(bevinding.code)
        return {klasse: sorted(van_klasse) for klasse, van_klasse in codes.items() if van_klasse}

    @property
    def retourbericht(self) -> str | None:
        """The name of the answer that goes back ("WMO308"), or None: no answer to what does not pass the schema."""
        if self.bericht is None or self.soort is None or not self.soort.antwoord:
            return None
        return berichtsoorten[self.soort.antwoord].bericht

    @property
    def toegekend(self) -> int | None:
        """Of a declaration: the granted total in cents, negative when more is taken back. None for other messages."""
        return None if self.bericht is None else toegekend(self.bericht, self.bevindingen)


def controleer(data: bytes, toestand: Toestand | None = None, grenzen: Grenzen = STANDAARD) -> Uitkomst:
    """Judge one message. Without a toestand only the first two gates and the rules within the message (level 2)."""
    goed_gecodeerd = op192_ok(data)
    try:
        bewaak(data, grenzen)
    except Geweigerd as fout:
        return Uitkomst(False, goed_gecodeerd, False, bevindingen=_bevindingen(fout), reden=fout.reden)
    soort = None
    try:
        soort = soort_van_bytes(data, grenzen)
        bericht = lees(data, soort, grenzen)
    except Geweigerd as fout:
        bevindingen = _bevindingen(fout)
        # A date that the schema allows and we cannot hold: valid, and refused all the same.
        geldig = fout.poort == 3
        return Uitkomst(fout.poort > 1, goed_gecodeerd, geldig, soort, None, bevindingen, fout.reden)
    return Uitkomst(True, goed_gecodeerd, True, soort, bericht, tuple(beoordeel(bericht, toestand)))


def _bevindingen(fout: Geweigerd) -> tuple[Bevinding, ...]:
    return fout.bevindingen or (Bevinding("XSD", "", "", fout.reden),)
