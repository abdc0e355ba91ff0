"""Retourcodes of the 325 in plain Dutch: a title, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Uitleg:
    titel: str
    wat_nu: str
    # lines where a gemeente may decide otherwise; nobody can approve what the standard forbids
    mag_toch: bool = False


UITLEG: dict[str, Uitleg] = {
    "0233": Uitleg("Niet beoordeeld", "Herstel het andere deel en stuur de regel opnieuw."),
    "0611": Uitleg("Tarief klopt niet", "Gebruik het tarief dat in die periode gold.", mag_toch=True),
    "8017": Uitleg("Credit hoort nergens bij", "Controleer het nummer van de regel die u corrigeert."),
    "8021": Uitleg("Nummer al gebruikt", "Geef deze regel een nieuw referentienummer."),
    "8187": Uitleg("Hoort niet bij deze cliënt", "Controleer het BSN en het toewijzingnummer."),
    "8214": Uitleg("Maand ligt te vroeg", "Declareer deze periode in de nieuwste maand."),
    "9307": Uitleg("Begint voor de toewijzing", "Begin de periode op de eerste dag van de toewijzing."),
    "9308": Uitleg("Eindigt na de toewijzing", "Eindig de periode op de laatste dag van de toewijzing."),
    "9319": Uitleg("Periode ligt na deze maand", "Declareer deze periode als de maand voorbij is."),
    "9321": Uitleg("Meer dan toegewezen", "Verlaag het aantal of vraag een wijziging (317).", mag_toch=True),
    "9322": Uitleg("Totaal meer dan toegewezen", "Verlaag het aantal of vraag een wijziging (317).", mag_toch=True),
    "9333": Uitleg("Declaratienummer al gebruikt", "Stuur de declaratie met een nieuw nummer."),
    "9338": Uitleg("Toewijzing niet gevonden", "Controleer het toewijzingnummer."),
    "9339": Uitleg("Andere categorie", "Gebruik de categorie van de toewijzing."),
    "9340": Uitleg("Andere productcode", "Gebruik de productcode van de toewijzing."),
    "9341": Uitleg("Eenheid past niet", "Declareer in de eenheid van de toewijzing."),
    "9346": Uitleg("Bedrag klopt niet", "Stuur de regel opnieuw met het juiste bedrag."),
    "9369": Uitleg("Budget op", "Overleg met de gemeente.", mag_toch=True),
    "9384": Uitleg("Toewijzing is verwijderd", "Neem contact op met de gemeente."),
    "9387": Uitleg("Begin is niet de eerste dag", "Begin op de eerste dag van de maand of van de toewijzing."),
    "9388": Uitleg("Einde is niet de laatste dag", "Eindig op de laatste dag van de maand of van de toewijzing."),
    "9389": Uitleg("Al gedeclareerd", "Crediteer eerst de oude regel. Gebruik “Corrigeer deze regel”."),
    "9390": Uitleg("Al gecrediteerd", "U hoeft deze regel niet nog eens te crediteren."),
    "S329": Uitleg("Productcode hoort niet bij categorie", "Kies een code uit de catalogus."),
}

ONBEKEND = Uitleg("Afgekeurd", "Wij hebben nog geen uitleg bij deze code.")


def uitleg(code: str) -> Uitleg:
    return UITLEG.get(code, ONBEKEND)


def mag_toch_goed(codes: list[str]) -> bool:
    """A gemeente may approve a line with these findings; one code that the standard forbids closes that road."""
    return bool(codes) and all(uitleg(code).mag_toch for code in codes)
