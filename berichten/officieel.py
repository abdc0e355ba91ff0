"""Official schemas that an installation downloaded itself: are they complete, safe, and of the same mind as ours?"""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from berichten.build import build
from berichten.poort import MB, VEILIG, Geweigerd, bewaak
from berichten.standaard import Berichtsoort, berichtsoorten
from berichten.voorbeelden import voorbeeld
from berichten.xsd import BASISBESTAND

GROOTSTE = 5 * MB
Bestanden = Mapping[str, bytes]


def lees(bron: Path) -> dict[str, bytes]:
    """The .xsd files in a folder or a zip, by bare name in the spelling we use. Raises Geweigerd."""
    if bron.is_dir():
        return {_naam(pad.name): pad.read_bytes() for pad in sorted(bron.glob("*.xsd"))}
    try:
        with zipfile.ZipFile(bron) as zip_:
            leden = [lid for lid in zip_.infolist() if lid.filename.lower().endswith(".xsd")]
            if sum(lid.file_size for lid in leden) > GROOTSTE:
                raise Geweigerd("De schema's zijn samen groter dan 5 MB. Dat kan niet kloppen.")
            # Only the last part of the name counts: an entry may not choose where it lands.
            return {_naam(Path(lid.filename).name): zip_.read(lid) for lid in leden}
    except (OSError, zipfile.BadZipFile) as fout:
        raise Geweigerd(f"{bron} is geen map en geen leesbaar zip-bestand.") from fout


def _naam(naam: str) -> str:
    """Publications differ in capitals: Basisschema.xsd, wmo301.xsd."""
    return BASISBESTAND if naam.lower() == BASISBESTAND else f"{Path(naam).stem.upper()}.xsd"


def bezwaren(bestanden: Bestanden) -> Iterator[str]:
    """What is against using these files; nothing when they are right. Missing messages are only said."""
    if BASISBESTAND not in bestanden:
        yield f"{BASISBESTAND} ontbreekt: zonder dat bestand werkt geen enkel schema."
        return
    for soort in soorten_in(bestanden):
        if bezwaar := _bezwaar(soort, bestanden):
            yield f"{soort.bericht}.xsd: {bezwaar}"
    if not soorten_in(bestanden):
        yield "Er zit geen schema van een bericht van iWmo 3.2 in."


def soorten_in(bestanden: Bestanden) -> list[Berichtsoort]:
    return [soort for soort in berichtsoorten.values() if f"{soort.bericht}.xsd" in bestanden]


def _bezwaar(soort: Berichtsoort, bestanden: Bestanden) -> str:
    try:
        schema = _gecompileerd(soort, bestanden)
    except Geweigerd as fout:
        return fout.reden
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, FileNotFoundError):
        return "dit is geen bruikbaar schema. Is het bestand heel, en zijn alle bestanden erbij?"
    if not schema.validate(etree.fromstring(build(voorbeeld(soort.nummer)))):
        return "ons eigen voorbeeld wordt er door afgekeurd. Is dit de versie 3.2?"
    return ""


def _gecompileerd(soort: Berichtsoort, bestanden: Bestanden) -> etree.XMLSchema:
    for naam in (BASISBESTAND, f"{soort.bericht}.xsd"):
        bewaak(bestanden[naam])

    class UitDeBestanden(etree.Resolver):
        def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
            naam = _naam(Path(system_url).name)
            if naam not in bestanden:
                raise FileNotFoundError(system_url)
            return self.resolve_string(bestanden[naam].decode(), context, base_url=naam)

    parser = etree.XMLParser(**VEILIG)
    parser.resolvers.add(UitDeBestanden())
    return etree.XMLSchema(etree.fromstring(bestanden[f"{soort.bericht}.xsd"], parser))
