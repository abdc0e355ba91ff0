"""Complete data for every letter, in plain dictionaries: what the builders in wmo/brieven deliver."""

from copy import deepcopy
from typing import Any

HOOFD: dict[str, Any] = {
    "titel": "Brief over uw Wmo-vraag",
    "dag": [2026, 11, 26],
    "datum": "26 november 2026",
    "kenmerk": "B-2026-000001",
    "zaaknummer": "WMO-2026-004182",
    "concept": False,
    "huisstijl": {
        "afzender": "Gemeente Proefstad",
        "toegang": "Het Wmo-loket",
        "postadres": "Postbus 1, 1000 AA Proefstad",
        "telefoon": "0348-00 00 00",
        "email": "wmo@example.nl",
        "kleur": "#0a5663",
    },
    "ontvanger": {
        "naam": "mw. G. Fictief-de Test",
        "adres": "Proefsteeg 12",
        "postcode_plaats": "3441 ZZ Proefstad",
        "aanhef": "Geachte mevrouw Fictief-de Test",
    },
}
TOETSEN = [
    {"stap": "Eigen kracht", "uitkomst": "Lost het deels op", "reden": "U stoft zelf af op ooghoogte."},
    {"stap": "Sociaal netwerk", "uitkomst": "Lost het niet op", "reden": "De buren kunnen niet helpen."},
]
VOORZIENING: dict[str, Any] = {
    "product": "Hulp bij het huishouden",
    "vorm": "Zorg in natura",
    "omvang": "180 minuten (3:00 uur) per week",
    "periode": "01-12-2026 t/m 30-11-2028",
    "aanbieder": "Volgt via de wachtlijst",
    "resultaat": "Een schoon en leefbaar huis.",
    "pgb": None,
}
PGB = {
    "doel": "Hulp in huis van uw eigen keuze.",
    "bedrag": "€ 4.212,00 per jaar",
    "berekening": "180 minuten × 52 weken × € 0,45.",
    "kwaliteitseisen": "De hulp werkt veilig en komt de afspraken na.",
    "wens": "U wilt hulp van iemand die u al kent.",
    "bekwaamheid": "Uw dochter beheert het budget; zij doet ook uw administratie.",
}
EIGEN: dict[str, dict[str, Any]] = {
    "beschikking": {
        "titel": "Besluit over uw Wmo-aanvraag",
        "aanleiding": {
            "zinnen": [
                "Op 12 november 2026 vroeg u ondersteuning aan.",
                "Het verslag WMO-2026-004182-V kreeg u op 10 november 2026.",
            ]
        },
        "besluit": {"kent_toe": True, "zinnen": ["Wij kennen u ondersteuning toe."]},
        "besluitnemer": {
            "college": "het college van burgemeester en wethouders",
            "mandaat": "namens het college van burgemeester en wethouders",
            "ondertekenaar": "M. Mandaat, mandaathouder",
        },
        "grondslag": ["artikel 2.3.5 van de Wet maatschappelijke ondersteuning 2015", "de Verordening"],
        "voorzieningen": [VOORZIENING],
        "beeindigd": [],
        "motivering": {
            "tekst": "U kunt niet bukken.\n\nUw dochter doet de was.",
            "toetsen": TOETSEN,
            "normenkader": ["De norm is 167 minuten.", "Wij wijken af met 13 minuten omdat u een hond hebt."],
        },
        "eigen_bijdrage": ["U betaalt hoogstens € 21,80 per maand.", "Het CAK stuurt u de rekening."],
        "rechtsmiddelen": {
            "laatste_dag": "donderdag 7 januari 2027",
            "bij": "het college van burgemeester en wethouders",
            "adres": "Postbus 1, 1000 AA Proefstad",
        },
    },
    "ontvangstbevestiging": {
        "titel": "Wij hebben uw melding ontvangen",
        "melding": {"datum": "6 oktober 2026", "namens": " van uw dochter", "hulpvraag": "Het huishouden lukt niet."},
        "termijn": {"onderzoek": "17 november 2026", "persoonlijk_plan": "13 oktober 2026"},
        "clientondersteuning": "Wij vertelden u dit op 7 oktober 2026 per telefoon.",
    },
    "verslag": {
        "titel": "Verslag van het onderzoek",
        "onderzoek": {
            "gespreksdatum": "29 oktober 2026",
            "aanwezigen": "u en uw dochter",
            "hulpvraag": "Het huishouden lukt niet.",
        },
        "onderwerpen": [{"vraag": "Wat hebt u nodig?", "tekst": "Hulp bij dweilen.", "oordeel": "lost het deels op"}],
        "toetsen": TOETSEN,
        "pgb": ["Wij legden u op 29 oktober 2026 uit wat een pgb is."],
    },
    "normenkader": {
        "titel": "Normenkader huishoudelijke ondersteuning",
        "tabel": {
            "naam": "Normenkader HO 2025",
            "geldig": "vanaf 1 januari 2026",
            "bron": "openbare bron",
            "waarschuwing": "Deze tabel bevat verzonnen waarden.",
        },
        "regels": [
            {"omschrijving": "Volledige overname", "wie": "Hulp", "hoe_vaak": "per week", "per_week": "125 minuten"}
        ],
        "toelichting": "U ruimt zelf op.",
        "uitkomst": [{"label": "Vastgesteld", "waarde": "180 minuten (3:00 uur) per week"}],
        "uitleg": ["Wij wijken af omdat u een hond hebt."],
    },
    "perspectiefplan": {
        "titel": "Perspectiefplan",
        "plan": {
            "versie": "1",
            "stem": "Ik wil in mijn eigen huis blijven.",
            "risico": "Valgevaar.",
            "evaluatiedatum": "1 juni 2027",
        },
        "leefgebieden": [
            {
                "naam": "Huisvesting",
                "situatie": "Woont alleen.",
                "ontwikkeling": "",
                "eigen_kracht": "Kookt zelf.",
                "netwerk": "Dochter.",
                "voorliggend": "",
                "nodig": "Hulp bij zwaar werk.",
            }
        ],
        "doelen": [
            {
                "resultaat": "Een schoon huis",
                "indicator": "Zelf te zien",
                "streefdatum": "01-06-2027",
                "wie": "Aanbieder",
            }
        ],
        "ondersteuning": [
            {
                "product": "Hulp bij het huishouden",
                "bruto": "200 minuten per week",
                "netto": "180 minuten per week",
                "aftrekken": [{"bron": "Eigen kracht", "volume": "20 minuten", "reden": "Stoft zelf af."}],
            }
        ],
    },
    "opschorting": {
        "titel": "Ons besluit duurt langer",
        "aanvraag": "12 november 2026",
        "opschorting": {
            "wat": "De termijn voor ons besluit staat stil vanaf 17 november 2026.",
            "reden": "Wij missen informatie.",
            "gevolg": ["Deze dagen tellen niet mee."],
            "gevraagd": ["een verklaring van uw huisarts"],
            "hersteltermijn": "1 december 2026",
        },
    },
}


def voorbeeld(soort: str) -> dict[str, Any]:
    """A fresh copy that a test may change."""
    return deepcopy(HOOFD | EIGEN[soort])
