"""The data of the beschikking: every block of R-060, and R-061 for a pgb."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wmo import weergave
from wmo.brieven.hoofd import COLLEGE, briefhoofd, datum, toetsen, zin_periode
from wmo.data import eigen_bijdrage_maxima
from wmo.models import Aanstelling, Beschikking, Eenheid, Normberekening, Voorziening, Zaak
from wmo.rules.beschikkingen import eenheid_meervoud
from wmo.rules.eigen_bijdrage import maximum_per_maand

WET = "van de Wet maatschappelijke ondersteuning 2015"
NOG_NIET = "(volgt na ondertekening)"


def gegevens(
    beschikking: Beschikking, *, op: date, bezwaar_tot: date | None, ondertekenaar: Aanstelling | None
) -> dict[str, Any]:
    """The letter as it goes out on `op`; without `ondertekenaar` the preview of a concept."""
    zaak = beschikking.zaak
    voorzieningen = list(beschikking.voorzieningen.select_related("product", "aanbieder", "pgb"))
    hoofd = briefhoofd(
        zaak,
        titel=titel(beschikking),
        kenmerk=beschikking.beschikkingnummer,
        op=op,
        concept=ondertekenaar is None,
    )
    return hoofd | {
        "aanleiding": {"zinnen": _aanleiding(zaak)},
        "besluit": {"kent_toe": beschikking.soort in Beschikking.TOEKENNEND, "zinnen": _besluit(beschikking)},
        "besluitnemer": _besluitnemer(zaak, ondertekenaar),
        "grondslag": _grondslag(beschikking, voorzieningen),
        "voorzieningen": [_voorziening(v) for v in voorzieningen],
        "beeindigd": _beeindigd(beschikking),
        "motivering": {
            "tekst": beschikking.motivering,
            "toetsen": toetsen(zaak),
            "normenkader": normenkader(zaak),
        },
        "eigen_bijdrage": [deel for deel in beschikking.eigen_bijdrage.splitlines() if deel.strip()],
        "rechtsmiddelen": {
            "laatste_dag": weergave.datum_voluit(bezwaar_tot) if bezwaar_tot else "",
            "bij": COLLEGE,
            "adres": hoofd["huisstijl"]["postadres"],
        },
    }


def titel(beschikking: Beschikking) -> str:
    onderwerpen: dict[str, str] = {
        Beschikking.Soort.AFWIJZING: "Wij wijzen uw Wmo-aanvraag af",
        Beschikking.Soort.BEEINDIGING: "Wij stoppen uw Wmo-ondersteuning",
        Beschikking.Soort.HERZIENING: "Wij wijzigen uw Wmo-ondersteuning",
    }
    return onderwerpen.get(beschikking.soort, "Besluit over uw Wmo-aanvraag")


def eigen_bijdrage_tekst(op: date) -> str:
    """What is due per household, with the dated amount where it is known (R-080, R-085); one sentence per line."""
    maxima = eigen_bijdrage_maxima()
    cent = maximum_per_maand(op.year, maxima)
    jaar = op.year if cent is not None else max(maxima)
    euro = weergave.bedrag(Decimal(cent if cent is not None else maxima[jaar]) / 100)
    zinnen = [
        "U betaalt een eigen bijdrage voor deze ondersteuning.",
        f"In {jaar} is dat hoogstens {euro} per maand voor uw hele huishouden, voor alle Wmo-ondersteuning samen.",
        "Het CAK berekent de bijdrage en stuurt u de rekening.",
    ]
    if jaar != op.year:
        zinnen.insert(2, f"Het bedrag voor {op.year} is nog niet bekend.")
    return "\n".join(zinnen)


def omvang(voorziening: Voorziening) -> str:
    """180 minuten (3:00 uur) per week; 2 dagdelen (4 uur) per week."""
    if voorziening.eenheid == Eenheid.MINUUT:
        hoeveel = weergave.minuten(voorziening.volume)
    else:
        naam = eenheid_meervoud(voorziening.get_eenheid_display(), voorziening.volume)
        hoeveel = f"{voorziening.volume} {naam}"
    return f"{hoeveel} {voorziening.get_frequentie_display()}"


def aanbieder(voorziening: Voorziening) -> str:
    if voorziening.vorm == Voorziening.Vorm.PGB:
        return "U kiest zelf uw hulpverlener"
    if voorziening.aanbieder and not voorziening.via_wachtlijst:
        return voorziening.aanbieder.naam
    return "Volgt via de wachtlijst: u hoort van ons welke aanbieder u helpt"


def _aanleiding(zaak: Zaak) -> list[str]:
    """Aanvraag, talk and verslag with their dates (R-060.2)."""
    onderzoek = getattr(zaak, "onderzoek", None)
    zinnen = (
        [f"Op {datum(zaak.aanvraag_op)} kregen wij uw aanvraag voor Wmo-ondersteuning."] if zaak.aanvraag_op else []
    )
    if onderzoek and onderzoek.gespreksdatum:
        zinnen.append(f"Wij spraken u op {datum(onderzoek.gespreksdatum)}.")
    if zaak.verslag_verstrekt_op:
        zinnen.append(f"Het verslag van dat onderzoek kreeg u op {datum(zaak.verslag_verstrekt_op)}.")
    plan = zaak.plannen.exclude(vastgesteld_op=None).first()
    if plan:
        zinnen.append(f"Dit besluit hoort bij uw perspectiefplan, versie {plan.versie}.")
    return zinnen


def _besluit(beschikking: Beschikking) -> list[str]:
    soorten = Beschikking.Soort
    vanaf = datum(beschikking.werkt_vanaf)
    zinnen = {
        soorten.TOEKENNING: ["Wij kennen u de ondersteuning toe die hieronder staat."],
        soorten.GEDEELTELIJK: [
            "Wij kennen u een deel toe van de ondersteuning waar u om vroeg.",
            "Waarom niet alles, leest u hieronder.",
        ],
        soorten.AFWIJZING: ["Wij kennen u geen ondersteuning toe.", "Waarom, leest u hieronder."],
        soorten.BEEINDIGING: [f"Wij stoppen uw ondersteuning vanaf {vanaf}."],
        soorten.HERZIENING: [f"Wij wijzigen uw ondersteuning vanaf {vanaf}."],
    }[Beschikking.Soort(beschikking.soort)]
    return zinnen + ([f"De reden is: {beschikking.get_grond_display().lower()}."] if beschikking.grond else [])


def _besluitnemer(zaak: Zaak, ondertekenaar: Aanstelling | None) -> dict[str, str]:
    college = f"{COLLEGE} van de gemeente {zaak.gemeente.naam}"
    naam = f"{ondertekenaar.gebruiker.naam}, {ondertekenaar.rolnaam.lower()}" if ondertekenaar else NOG_NIET
    return {"college": college, "mandaat": f"Namens {college},", "ondertekenaar": naam}


def _grondslag(beschikking: Beschikking, voorzieningen: list[Voorziening]) -> list[str]:
    if beschikking.soort in Beschikking.WIJZIGEND:
        artikelen = [f"artikel 2.3.10, eerste lid, onder {beschikking.grond}, {WET}"]
    else:
        artikelen = [f"artikel 2.3.5 {WET}"]
    if any(v.vorm == Voorziening.Vorm.PGB for v in voorzieningen):
        artikelen.append(f"artikel 2.3.6 {WET}, over het persoonsgebonden budget")
    verordening = beschikking.zaak.gemeente.verordening
    return [*artikelen, f"de {verordening}"] if verordening else artikelen


def _voorziening(voorziening: Voorziening) -> dict[str, Any]:
    pgb = getattr(voorziening, "pgb", None) if voorziening.vorm == Voorziening.Vorm.PGB else None
    return {
        "product": voorziening.product.naam,
        "vorm": voorziening.get_vorm_display(),
        "omvang": omvang(voorziening),
        "periode": zin_periode(voorziening.ingangsdatum, voorziening.einddatum),
        "aanbieder": aanbieder(voorziening),
        "resultaat": voorziening.resultaat,
        "pgb": pgb
        and {
            "doel": pgb.doel,
            "bedrag": f"{weergave.bedrag(pgb.bedrag)} per jaar",
            "berekening": pgb.berekening,
            "kwaliteitseisen": pgb.kwaliteitseisen,
            "wens": pgb.wens,
            "bekwaamheid": pgb.bekwaamheid,
        },
    }


def _beeindigd(beschikking: Beschikking) -> list[str]:
    """What stood and now ends; a decision that changes states its day (R-030)."""
    return [
        f"{v.product.naam}, {omvang(v)}: stopt vanaf {datum(beschikking.werkt_vanaf)}."
        for v in beschikking.beeindigt.select_related("product")
    ]


def normenkader(zaak: Zaak) -> list[str]:
    """Outcome of each kind, and the deviation with its reason (R-060.5, R-203)."""
    alineas: list[str] = []
    gezien: set[str] = set()
    for berekening in zaak.normberekeningen.exclude(vastgesteld_op=None).select_related("tabel"):
        if berekening.tabel.soort not in gezien:
            gezien.add(berekening.tabel.soort)
            alineas += _uitkomst(berekening)
    return alineas


def _uitkomst(berekening: Normberekening) -> list[str]:
    tabel = berekening.tabel
    kop = f"Voor de tijd gebruikten wij {tabel.naam} ({tabel.get_soort_display().lower()}). "
    alineas = [f"{kop}Volgens die norm is {weergave.minuten(berekening.berekend)} per week nodig."]
    if berekening.vastgesteld != berekening.berekend:
        alineas.append(
            f"Wij stellen {weergave.minuten(berekening.vastgesteld)} per week vast. Dat wijkt af van de norm. "
            f"De reden: {berekening.afwijking_reden}"
        )
    return alineas
