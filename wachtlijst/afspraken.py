"""What a gemeente has laid down about its list, read once per act: dated rows and the calendar (R-130, R-230)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wmo.models import GelijkgesteldeDag, Gemeente, Gemeenteregel, Regelsleutel
from wmo.rules.contracttermijnen import OPDRACHT_WERKDAGEN, START_WERKDAGEN
from wmo.rules.kalender import Kalender

SLEUTELS = (
    Regelsleutel.WACHTLIJST_ACTIEF,
    Regelsleutel.SPOEDLABEL_OP_WACHTLIJST,
    Regelsleutel.OPDRACHT_WERKDAGEN,
    Regelsleutel.START_WERKDAGEN,
    Regelsleutel.CLAIM_VERVALT_NA_WERKDAGEN,
    Regelsleutel.BESLUITDAG_IS_WERKDAG,
)


@dataclass(frozen=True)
class Afspraken:
    """`sinds` and `bron` are those of the row that turned the list on: the evidence behind "Waarom op plek 7?"."""

    actief: bool
    spoedlabel: bool
    opdracht_werkdagen: int
    start_werkdagen: int
    vervalt_na_werkdagen: int
    kalender: Kalender
    sinds: date | None = None
    bron: str = ""

    @classmethod
    def van(cls, gemeente: Gemeente | int, *, op: date) -> Afspraken:
        """The agreements of `gemeente` on `op`. Two queries."""
        rijen = Gemeenteregel.objects.filter(gemeente=gemeente, sleutel__in=SLEUTELS, ingangsdatum__lte=op)
        regels = {rij.sleutel: rij for rij in rijen.order_by("ingangsdatum")}
        waarden = {sleutel: rij.waarde for sleutel, rij in regels.items()}
        aan = regels.get(Regelsleutel.WACHTLIJST_ACTIEF)
        return cls(
            actief=waarden.get(Regelsleutel.WACHTLIJST_ACTIEF, False),
            spoedlabel=waarden.get(Regelsleutel.SPOEDLABEL_OP_WACHTLIJST, True),
            opdracht_werkdagen=waarden.get(Regelsleutel.OPDRACHT_WERKDAGEN, OPDRACHT_WERKDAGEN),
            start_werkdagen=waarden.get(Regelsleutel.START_WERKDAGEN, START_WERKDAGEN),
            vervalt_na_werkdagen=waarden.get(Regelsleutel.CLAIM_VERVALT_NA_WERKDAGEN, 0),
            kalender=GelijkgesteldeDag.objects.kalender(
                besluitdag_is_werkdag=waarden.get(Regelsleutel.BESLUITDAG_IS_WERKDAG, True)
            ),
            sinds=aan.ingangsdatum if aan else None,
            bron=aan.bron if aan else "",
        )

    def opdracht_uiterlijk(self, claim: date) -> date:
        """Last day for the 301 (R-101)."""
        return self.kalender.werkdagen_na(claim, self.opdracht_werkdagen)

    def uiterste_start(self, claim: date) -> date:
        """Latest start that a claim of this day may name (besluiten 8)."""
        return self.kalender.werkdagen_na(claim, self.opdracht_werkdagen + self.start_werkdagen)

    def vervalt_op(self, claim: date) -> date | None:
        """The day after which a claim without opdracht lapses; None where claims never lapse."""
        if not self.vervalt_na_werkdagen:
            return None
        return self.kalender.werkdagen_na(claim, self.vervalt_na_werkdagen)
