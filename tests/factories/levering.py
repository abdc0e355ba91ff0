"""What lies between start and stop: rows as the actions of the delivery leave them."""

from datetime import date
from typing import Any

from tests.factories.wmo import aanstelling, moment
from wmo.models import Aanbieder, Clientenstop, Evaluatie, Gemeente, Perspectiefplan, Toewijzing, Uitvoeringsplan, Zaak
from wmo.permissions import Rol

TEKST = "Wij dweilen en stofzuigen; mevrouw doet zelf de was."


def clientenstop(aanbieder: Aanbieder, gemeente: Gemeente, **velden: Any) -> Clientenstop:
    """An allowed stop, in November and December 2026 unless said otherwise."""
    velden = {
        "status": "toegestaan",
        "ingangsdatum": date(2026, 11, 1),
        "einddatum": date(2026, 12, 31),
        "reden": "Twee medewerkers zijn langdurig ziek.",
        "overleg_op": date(2026, 10, 12),
        "overleg_met": "Team contracten",
        "aangevraagd_op": moment(date(2026, 10, 13)),
        **velden,
    }
    return Clientenstop.objects.create(aanbieder=aanbieder, gemeente=gemeente, **velden)


def geevalueerd(zaak: Zaak, *, uitkomst: str = "verlengd", **velden: Any) -> Evaluatie:
    """A finished evaluation: opens the way to an extension."""
    return Evaluatie.objects.create(
        zaak=zaak,
        status="afgerond",
        gepland_op=date(2026, 11, 20),
        gesprek_op=date(2026, 11, 20),
        verslag="Besproken wat er goed gaat en wat er nog moet gebeuren.",
        uitkomst=uitkomst,
        **{"afgerond_op": moment(), **velden},
    )


def verstuurd_plan(toewijzing: Toewijzing, **velden: Any) -> Uitvoeringsplan:
    """An uitvoeringsplan that the gemeente has."""
    return Uitvoeringsplan.objects.create(
        toewijzing=toewijzing,
        versie=1,
        resultaten=TEKST,
        werkafspraken="Op dinsdagochtend, zelfde medewerker.",
        zelf_doen=TEKST,
        ritme="twee_weken",
        besproken_op=date(2026, 11, 16),
        bewaard_op=moment(),
        bewaard_door=aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder),
        **{"verstuurd_op": moment(), **velden},
    )


def vast_plan(zaak: Zaak, *, doelen: int = 2, **velden: Any) -> Perspectiefplan:
    """A fixed plan with goals, as an evaluation needs it."""
    plan = Perspectiefplan.objects.create(
        zaak=zaak, versie=1, evaluatiedatum=date(2027, 5, 3), vastgesteld_op=moment(date(2026, 11, 2)), **velden
    )
    for nummer in range(1, doelen + 1):
        plan.doelen.create(
            volgorde=nummer,
            resultaat=f"Het huis is leefbaar ({nummer}).",
            indicator="De keuken is schoon.",
            streefdatum=date(2027, 5, 3),
            wie="cliënt en aanbieder",
        )
    return plan
