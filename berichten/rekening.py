"""What was declared on one toewijzing and what became of it, to the cent; and what is left of it."""

from dataclasses import dataclass, field
from decimal import Decimal

from berichten.kern import eenheden
from declaraties.models import Declaratie, Declaratieregel
from declaraties.rules.maximum import Frequentie, Omvang, max_totaal, omrekenfactor
from wmo import weergave
from wmo.models import Toewijzing
from wmo.periodes import Periode

NUL = Decimal("0.00")


@dataclass
class Deel:
    """Of the lines of one declaration, in euros; a credit counts negative."""

    ingediend: Decimal = NUL
    goedgekeurd: Decimal = NUL


@dataclass
class Rekening:
    """In euros. What was submitted is to be judged, granted or refused, and nothing else. Paid can be more than granted
    for a while: a credit counts at once and is settled with the next payment.

    `ruimte` says what may still be declared over the whole opdracht (TR322, TR369), "" where there is no total.
    """

    ingediend: Decimal = NUL
    te_beoordelen: Decimal = NUL
    goedgekeurd: Decimal = NUL
    afgekeurd: Decimal = NUL
    betaald: Decimal = NUL
    ruimte: str = ""
    per_declaratie: dict[int, Deel] = field(default_factory=dict)

    def boek(self, regel: Declaratieregel) -> None:
        declaratie, bedrag = regel.declaratie, -regel.bedrag if regel.is_credit else regel.bedrag
        deel = self.per_declaratie.setdefault(declaratie.pk, Deel())
        self.ingediend += bedrag
        deel.ingediend += bedrag
        if not declaratie.is_beantwoord:
            self.te_beoordelen += bedrag
        elif regel.status == Declaratieregel.Status.AFGEKEURD:
            self.afgekeurd += bedrag
        else:
            self.goedgekeurd += bedrag
            deel.goedgekeurd += bedrag
            self.betaald += bedrag if declaratie.status == Declaratie.Status.BETAALD else NUL


def van(toewijzing: Toewijzing) -> Rekening:
    """One query; `toewijzing.product` is loaded."""
    regels = Declaratieregel.objects.filter(toewijzing=toewijzing).select_related("declaratie")
    ingediend = list(regels.exclude(declaratie__status=Declaratie.Status.OPGESTELD))
    rekening = Rekening()
    for regel in ingediend:
        rekening.boek(regel)
    rekening.ruimte = _budget(toewijzing, rekening) or _volume(toewijzing, ingediend)
    return rekening


def _budget(toewijzing: Toewijzing, rekening: Rekening) -> str:
    if toewijzing.budget is None:
        return ""
    return f"{weergave.bedrag(toewijzing.budget - rekening.goedgekeurd)} van {weergave.bedrag(toewijzing.budget)}"


def _volume(toewijzing: Toewijzing, regels: list[Declaratieregel]) -> str:
    """In the unit of the toewijzing."""
    if toewijzing.volume is None or not toewijzing.frequentie:
        return ""
    periode = Periode(toewijzing.ingangsdatum, toewijzing.einddatum)
    frequentie, categorie = Frequentie(int(toewijzing.frequentie)), toewijzing.product.categorie
    totaal = max_totaal(Omvang(toewijzing.volume, toewijzing.eenheid, frequentie, categorie, periode))
    if totaal is None:
        return ""
    over = totaal - sum((_toegekend(regel, toewijzing.eenheid) for regel in regels), NUL)
    return f"{weergave.getal(over, 0)} van {weergave.getal(totaal)} {eenheden(toewijzing.eenheid)}"


def _toegekend(regel: Declaratieregel, eenheid: str) -> Decimal:
    factor = omrekenfactor(eenheid, regel.eenheid)
    if not factor or not regel.declaratie.is_beantwoord or regel.status != Declaratieregel.Status.GOEDGEKEURD:
        return NUL
    volume = Decimal(regel.volume) / factor
    return -volume if regel.is_credit else volume
