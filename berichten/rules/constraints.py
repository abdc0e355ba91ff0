"""Level 2: the constraints (CS): which values fit each other."""

import calendar
from collections.abc import Iterator
from datetime import date
from typing import Any

from berichten.rules.condities import EUROS, MET_BUDGET, einde_van, einde_veld, loopt_na_2020
from berichten.rules.kern import Beoordeling, Fout, regel
from berichten.toestand import VERVALLEN, VERWIJDERD
from wmo.rules.identificatie import is_bsn_in_bericht, is_postcode_nl

ONBEKEND = date(1900, 1, 1)
EERSTE_DECLARATIEDAG = date(2021, 1, 1)
ORGANISATIE = "6"
MET_PARTNERNAAM = frozenset({"1", "2", "3", "4"})
ZONDER_PARTNERNAAM = frozenset({"1", ORGANISATIE})
# Etmaal, dagdeel, euro's and stuks (inspanning) are never assigned per day.
NIET_PER_DAG = frozenset({"14", "16", "83", "84"})


@regel(
    "CS002",
    "Het BSN voldoet niet aan de elfproef.",
    berichten="301 305 307 315 317 323 325",
    op="Client",
    keuze="000000000 gaat rekenkundig goed en is geen BSN: ook afgekeurd.",
)
def bsn_klopt(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in clienten:
        if not is_bsn_in_bericht(client.bsn):
            yield Fout(client, "Bsn")


@regel("CS003", "De einddatum ligt voor de begindatum.", berichten="301", op="Contact")
def contactperiode_klopt(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        periode = contact.periode
        if periode and periode.begindatum and periode.einddatum and periode.einddatum < periode.begindatum:
            yield Fout(contact, "Periode/Einddatum")


@regel("CS003", "De einddatum ligt voor de ingangsdatum.", berichten="301 315 317", op=MET_BUDGET)
def productperiode_klopt(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        einde = einde_van(product)
        if einde is not None and einde < _begin_van(product):
            yield Fout(product, einde_veld(product))


def _begin_van(product: Any) -> date:
    """Ingangsdatum (301), ToewijzingIngangsdatum (315) or GewensteIngangsdatum (317)."""
    namen = ("ingangsdatum", "toewijzing_ingangsdatum", "gewenste_ingangsdatum")
    return next(getattr(product, naam) for naam in namen if hasattr(product, naam))


@regel("CS050", "Het gebruik van de naam past niet bij de naam van de partner.", berichten="301", op="Client Relatie")
def naamgebruik_past(personen: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for persoon in personen:
        mag = MET_PARTNERNAAM if persoon.naam.partnernaam else ZONDER_PARTNERNAAM
        if persoon.naam.naam_gebruik not in mag:
            yield Fout(persoon, "Naam/NaamGebruik")


@regel("CS058", "De status is niet 1 (nieuw) of 3 (verwijderen).", berichten="305 307", op="StartProduct StopProduct")
def status_1_of_3(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.status_aanlevering not in ("1", "3"):
            yield Fout(product, "StatusAanlevering")


@regel(
    "CS089",
    "De postcode is geen vier cijfers en twee hoofdletters zonder spatie.",
    berichten="301",
    op="Contact",
)
def postcode_in_vorm(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        adres = contact.adres
        if adres and adres.land_code == "NL" and adres.postcode is not None and not is_postcode_nl(adres.postcode):
            yield Fout(contact, "Adres/Postcode")


@regel("CS100", "De declaratieperiode ligt voor 2021.", berichten="323", op="Declaratie")
def declaratieperiode_vanaf_2021(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for declaratie in declaraties:
        periode = declaratie.declaratie_periode
        if min(periode.begindatum, periode.einddatum) < EERSTE_DECLARATIEDAG:
            yield Fout(declaratie, "DeclaratiePeriode")


@regel("CS100", "De productperiode ligt voor 2021.", berichten="323", op="Prestatie")
def productperiode_vanaf_2021(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie in prestaties:
        periode = prestatie.product_periode
        if periode.begindatum < EERSTE_DECLARATIEDAG or periode.einddatum < EERSTE_DECLARATIEDAG:
            yield Fout(prestatie, "ProductPeriode")


@regel(
    "CS139",
    "De geboortedatum past niet bij wat ervan bekend is.",
    berichten="301 305 307 315",
    op="Client Relatie",
    keuze="Leeg betekent dat de hele datum bekend is; dat is niet te toetsen.",
)
def datumgebruik_past(personen: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for persoon in personen:
        geboren = persoon.geboortedatum
        if geboren is not None and not _past(geboren.datum, geboren.datum_gebruik):
            yield Fout(persoon, "Geboortedatum/DatumGebruik")


def _past(datum: date, gebruik: str | None) -> bool:
    match gebruik:
        case "1":
            return datum.day == 1
        case "2":
            return (datum.month, datum.day) == (1, 1)
        case "3":
            return datum == ONBEKEND
    return True


@regel(
    "CS318",
    "De cliënt staat er als organisatie.",
    berichten="301",
    op="Client",
    keuze="Het pad in de bron noemt ook Relatie, de tabel alleen Client: een relatie mag een organisatie zijn.",
)
def client_is_mens(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in clienten:
        if client.naam.naam_gebruik == ORGANISATIE:
            yield Fout(client, "Naam/NaamGebruik")


@regel("CS325", "Een bedrag van nul staat als credit; nul is debet.", berichten="323", op="Declaratie")
def nul_is_debet_in_totaal(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for declaratie in declaraties:
        yield from _nul_is_debet(declaratie, "TotaalIngediendBedrag", declaratie.totaal_ingediend_bedrag)


@regel("CS325", "Een bedrag van nul staat als credit; nul is debet.", berichten="325", op="DeclaratieAntwoord")
def nul_is_debet_in_antwoord(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        yield from _nul_is_debet(antwoord, "TotaalIngediendBedrag", antwoord.totaal_ingediend_bedrag)
        yield from _nul_is_debet(antwoord, "TotaalToegekendBedrag", antwoord.totaal_toegekend_bedrag)


def _nul_is_debet(knoop: Any, veld: str, bedrag: Any) -> Iterator[Fout]:
    if bedrag.totaal_bedrag == 0 and bedrag.debet_credit == "C":
        yield Fout(knoop, f"{veld}/DebetCredit")


@regel("CS325", "Een bedrag van nul staat als credit; nul is debet.", berichten="323 325", op="Prestatie")
def nul_is_debet_in_regel(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie in prestaties:
        bedrag = prestatie.ingediend_bedrag
        if bedrag.bedrag == 0 and bedrag.debet_credit == "C":
            yield Fout(prestatie, "IngediendBedrag/DebetCredit")


@regel("CS335", "De verwijderde toewijzing eindigt niet op haar ingangsdatum.", berichten="301", op="ToegewezenProduct")
def verwijderd_eindigt_op_begin(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.reden_wijziging == VERWIJDERD and product.einddatum != product.ingangsdatum:
            yield Fout(product, "RedenWijziging")


@regel("CS336", "Reden 01 is vervallen. Gebruik 13 of 14.", berichten="301", op="ToegewezenProduct")
def reden_01_is_vervallen(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.reden_wijziging == VERVALLEN:
            yield Fout(product, "RedenWijziging")


@regel("CS337", "De productperiode loopt over de maand heen.", berichten="323", op="Prestatie")
def productperiode_in_een_maand(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie in prestaties:
        begin, einde = prestatie.product_periode.begindatum, prestatie.product_periode.einddatum
        if begin.month != einde.month or begin.year != einde.year:
            yield Fout(prestatie, "ProductPeriode/Einddatum")


def _niet_per_dag(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        omvang = product.omvang
        if omvang and omvang.eenheid in NIET_PER_DAG and omvang.frequentie == "1" and loopt_na_2020(einde_van(product)):
            yield Fout(product, "Omvang/Frequentie")


# One constraint, two numbers: the 315 has its own.
PER_DAG = "Deze eenheid kan niet per dag."
regel("CS338", PER_DAG, berichten="301 317", op="ToegewezenProduct NieuwProduct TeWijzigenProduct")(_niet_per_dag)
regel("CS343", PER_DAG, berichten="315", op="AangevraagdProduct")(_niet_per_dag)


@regel(
    "CS339", "Het volume is niet gelijk aan het bedrag, terwijl de eenheid euro's is.", berichten="323", op="Prestatie"
)
def volume_is_bedrag(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie in prestaties:
        if prestatie.eenheid == EUROS and prestatie.ingediend_bedrag.bedrag != prestatie.geleverd_volume:
            yield Fout(prestatie, "IngediendBedrag/Bedrag")


@regel("CS340", "De declaratieperiode is niet precies één kalendermaand.", berichten="323", op="Declaratie")
def declaratieperiode_is_maand(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for declaratie in declaraties:
        begin, einde = declaratie.declaratie_periode.begindatum, declaratie.declaratie_periode.einddatum
        laatste = calendar.monthrange(begin.year, begin.month)[1]
        if begin.day != 1 or einde != begin.replace(day=laatste):
            yield Fout(declaratie, "DeclaratiePeriode")
