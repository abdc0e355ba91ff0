"""The pages of docs/berichten: one per message, written from the declarations and the register of rules.

`manage.py iwmo_docs` writes them; a test fails when they are stale.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import get_args, get_type_hints

from lxml import etree

from berichten.build import build
from berichten.codelijsten import LIJSTEN, lijst
from berichten.rules import DOOR_HET_SCHEMA, REGELS, Regel, regels_voor
from berichten.schema import Plek, plekken
from berichten.standaard import Berichtsoort, berichtsoorten
from berichten.toestand import Toestand
from berichten.voorbeelden import voorbeeld

# Too long to print, and not ours to explain.
NIET_AFGEDRUKT = {"CBS", "COD032"}
TOESTAND_IN_WOORDEN = {
    "vandaag": "de dag waarop het bericht wordt beoordeeld",
    "contracttarieven": "productcode met `eenheid` en `tarief` in centen",
    "productcodelijst": "productcode met haar categorie",
    "gemeentecodes": "de geldige CBS-codes; leeg: de lijst in dit project",
    "gemeenteperioden": "code met `[eerste dag, laatste dag]` (leeg is null) van een gemeente die is heringedeeld",
}
NIVEAU = {2: "2 (binnen het bericht)", 3: "3 (met eerdere berichten)", 4: "4 (met een andere bron)"}


def paginas() -> dict[str, str]:
    """File name to text."""
    return {
        "README.md": _pagina(_overzicht()),
        "codelijsten.md": _pagina(_codelijsten()),
        **{f"{soort.bericht}.md": _pagina(_bericht(soort)) for soort in berichtsoorten.values()},
    }


def _pagina(regels: Iterator[str]) -> str:
    return "\n".join(regels) + "\n"


def _tabel(koppen: tuple[str, ...], rijen: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(koppen) + " |"
    yield "|" + "---|" * len(koppen)
    for rij in rijen:
        yield "| " + " | ".join(cel.replace("|", "\\|") for cel in rij) + " |"
    yield ""


def _overzicht() -> Iterator[str]:
    yield "# iWmo 3.2 in het portaal"
    yield ""
    yield "Deze pagina's komen uit de declaraties en de regels in `berichten/`."
    yield "Maak ze opnieuw met `manage.py iwmo_docs`."
    yield ""
    yield from _tabel(
        ("Bericht", "Naam", "Van", "Antwoord", "Waarvoor"),
        (
            (
                f"[{soort.bericht}]({soort.bericht}.md)",
                soort.naam,
                soort.verzender,
                f"WMO{soort.antwoord}" if soort.antwoord else "",
                soort.doel,
            )
            for soort in berichtsoorten.values()
        ),
    )
    yield from _controleren()
    yield from _toestand()
    yield "## Officiële schema's gebruiken"
    yield ""
    yield "`manage.py iwmo_schemas schemas.zip --naar MAP` controleert de bestanden en zet ze klaar;"
    yield "met `IWMO_XSD_DIR=MAP` gebruikt het portaal ze. Zonder bron schrijft het commando onze eigen schema's."
    yield ""
    yield f"Alle codes met hun betekenis: [codelijsten](codelijsten.md). Er zijn {len({r.id for r in REGELS})} regels."
    yield ""
    yield "## Regels die het schema al bewaakt"
    yield ""
    yield from _tabel(("Regel", "Waarom hier geen controle"), iter(DOOR_HET_SCHEMA.items()))


def _controleren() -> Iterator[str]:
    yield "## Een bericht controleren"
    yield ""
    yield "```"
    yield "manage.py iwmo_controleer bericht.xml [--toestand toestand.json]"
    yield "manage.py iwmo_controleer --jsonl < gevallen.jsonl > uitkomsten.jsonl"
    yield "```"
    yield ""
    yield "Er zijn drie poorten: veilige en welgevormde XML, het schema, en de regels. Zonder toestand gaan alleen"
    yield "de regels binnen het bericht mee (niveau 2). Een bericht dat wordt afgekeurd geeft afsluitcode 1."
    yield ""
    yield 'Met `--jsonl` is elke regel invoer een geval: `{"id": ..., "xml_b64": ..., "toestand": {...}}`. Elke regel'
    yield "uitvoer is de uitkomst ervan. Wat niet te lezen is heeft `fout`, en het volgende geval gaat gewoon door."
    yield ""


def _toestand() -> Iterator[str]:
    yield "## De toestand"
    yield ""
    yield "Wat de ontvanger al weet, als één JSON-object. Bedragen zijn centen, datums `jjjj-mm-dd`, tijden `uu:mm:ss`."
    yield "Een sleutel die ontbreekt telt als leeg; alleen `vandaag` en de cursieve velden zijn verplicht."
    yield ""
    yield from _tabel(
        ("Sleutel", "Wat erin staat"), ((f"`{veld.name}`", _inhoud(veld.name)) for veld in fields(Toestand))
    )


def _inhoud(naam: str) -> str:
    if naam in TOESTAND_IN_WOORDEN:
        return TOESTAND_IN_WOORDEN[naam]
    (soort, _) = get_args(get_type_hints(Toestand)[naam])
    namen = (f"*{veld.name}*" if veld.default is MISSING else veld.name for veld in fields(soort))
    return "rijen met " + ", ".join(namen)


def _bericht(soort: Berichtsoort) -> Iterator[str]:
    yield f"# {soort.bericht} {soort.naam}"
    yield ""
    yield soort.doel
    yield ""
    yield from _tabel(("Kenmerk", "Waarde"), _kenmerken(soort))
    yield "## Elementen"
    yield ""
    yield "Vet is een deel van de logische sleutel (TR101)."
    yield ""
    yield from _tabel(("Element", "Type", "Aantal", "Codelijst"), (_elementrij(plek) for plek in plekken(soort.klasse)))
    yield "## Regels"
    yield ""
    regels = regels_voor(soort.nummer)
    if regels:
        yield from _tabel(
            ("Regel", "Wat er fout kan zijn", "Niveau", "Retourcode", "Bij", "Keuze"), map(_regelrij, regels)
        )
    else:
        yield "Dit bericht heeft geen eigen regels: het antwoordt op een ander bericht."
        yield ""
    yield "## Voorbeeld"
    yield ""
    yield "```xml"
    yield _xml(soort)
    yield "```"


def _kenmerken(soort: Berichtsoort) -> Iterator[tuple[str, str]]:
    ontvanger = "aanbieder" if soort.verzender == "gemeente" else "gemeente"
    yield "Berichtcode", soort.code
    yield "Versie", soort.versie.replace("_", ".")
    yield "Verzender en ontvanger", f"{soort.verzender} naar {ontvanger}"
    yield "Antwoord", f"WMO{soort.antwoord}" if soort.antwoord else "geen"
    yield "Termijn", f"{soort.dagen} werkdagen" if soort.dagen else "geen vaste termijn"
    yield "Naamruimte", f"`{soort.namespace}`"


def _elementrij(plek: Plek) -> tuple[str, ...]:
    diepte = plek.pad.count("/")
    naam = plek.pad.rpartition("/")[2]
    lijstnaam = plek.type.lijst if plek.veld is not None and plek.veld.simpel and not plek.veld.houder else None
    return (
        "&nbsp;" * 4 * diepte + (f"**{naam}**" if plek.sleutel else naam),
        plek.type_naam,
        f"{int(plek.verplicht)}..{'*' if plek.herhaalt else '1'}",
        f"[{lijstnaam}](codelijsten.md#{lijstnaam.lower()})" if lijstnaam in LIJSTEN else lijstnaam or "",
    )


def _regelrij(regel: Regel) -> tuple[str, ...]:
    return regel.id, regel.tekst, NIVEAU[regel.niveau], regel.code or "geen", ", ".join(regel.op), regel.keuze


def _xml(soort: Berichtsoort) -> str:
    boom = etree.fromstring(build(voorbeeld(soort.nummer)))
    etree.indent(boom)
    return etree.tostring(boom, encoding="unicode")


def _codelijsten() -> Iterator[str]:
    yield "# Codelijsten"
    yield ""
    for naam, titel in LIJSTEN.items():
        yield f"## {naam}"
        yield ""
        if naam in NIET_AFGEDRUKT:
            yield f"{titel}: {len(lijst(naam))} codes, in `berichten/codelijsten.csv`."
            yield ""
            continue
        yield f"{titel}."
        yield ""
        yield from _tabel(
            ("Code", "Betekenis", "Wat nu"), ((c.code, c.omschrijving, c.wat_nu) for c in lijst(naam).values())
        )
