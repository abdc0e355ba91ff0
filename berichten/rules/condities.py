"""Level 2: the conditions (CD): what must be filled, or must stay empty, because of something else in the message."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from berichten.rules.kern import Beoordeling, Fout, regel

PRODUCTEN = "ToegewezenProduct AangevraagdProduct NieuwProduct"
MET_BUDGET = f"{PRODUCTEN} TeWijzigenProduct"
EEN_WEEK = "2"
EUROS = "83"
TOLK_TAAL = "1"
TIJDELIJK_ADRES = "04"
# Since 2021 an aspecific toewijzing has no Omvang; older ones may still have one.
OUDE_OMVANG_TOT = date(2020, 12, 31)
VERWIJZERS_MET_AGB = frozenset({"02", "03", "04", "05"})


def einde_van(product: Any) -> date | None:
    """Einddatum, or ToewijzingEinddatum in a 315."""
    return product.toewijzing_einddatum if hasattr(product, "toewijzing_einddatum") else product.einddatum


def einde_veld(product: Any) -> str:
    return "ToewijzingEinddatum" if hasattr(product, "toewijzing_einddatum") else "Einddatum"


def loopt_na_2020(einde: date | None) -> bool:
    return einde is None or einde > OUDE_OMVANG_TOT


@regel(
    "CD005",
    "Alleen de postcode of alleen het land is gevuld: vul beide of geen van beide.",
    berichten="301",
    op="Contact",
)
def postcode_met_land(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        if contact.adres and (contact.adres.postcode is None) != (contact.adres.land_code is None):
            yield Fout(contact, "Adres/LandCode")


@regel(
    "CD007",
    "De taal ontbreekt bij een tolk voor een taal, of staat er bij een andere vorm.",
    berichten="301",
    op="Client",
)
def taal_bij_tolk(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in clienten:
        vorm = client.communicatie
        if vorm and (vorm.vorm == TOLK_TAAL) != (vorm.taal is not None):
            yield Fout(client, "Communicatie/Taal")


@regel("CD009", "Er staat een periode bij een adres dat niet tijdelijk is.", berichten="301", op="Contact")
def periode_bij_tijdelijk(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        if contact.periode and contact.soort != TIJDELIJK_ADRES:
            yield Fout(contact, "Periode")


@regel("CD025", "Bij een adres in Nederland ontbreekt het huisnummer.", berichten="301", op="Contact")
def huis_in_nederland(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        if contact.adres and contact.adres.land_code == "NL" and contact.adres.huis is None:
            yield Fout(contact, "Adres/Huis")


@regel(
    "CD034",
    "Bij een BRP-adres of verblijfadres ontbreekt de postcode.",
    berichten="301",
    op="Contact",
    keuze="Alleen als er een adres is: de conditie staat bij een onderdeel van Adres. Zonder adres geldt TR006.",
)
def postcode_bij_verblijf(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        if contact.adres and contact.soort in ("01", "03") and contact.adres.postcode is None:
            yield Fout(contact, "Adres/Postcode")


@regel("CD041", "Het product heeft een code en geen omvang.", berichten="301 315 317", op=PRODUCTEN)
def omvang_bij_code(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.product and product.product.code is not None and product.omvang is None:
            yield Fout(product, "Omvang")


@regel(
    "CD043",
    "Van de beschikking is alleen het nummer of alleen de ingangsdatum gevuld.",
    berichten="315",
    op="AangevraagdProduct",
)
def beschikking_met_datum(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if (product.beschikking_nummer is None) != (product.beschikking_ingangsdatum is None):
            yield Fout(product, "BeschikkingIngangsdatum")


@regel(
    "CD060",
    "Bij een credit ontbreekt het vorige referentienummer, of het staat bij een debet.",
    berichten="323 325",
    op="Prestatie",
)
def vorig_bij_credit(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for p in prestaties:
        if (p.ingediend_bedrag.debet_credit == "C") != (p.product_referentie.vorig_referentie_nummer is not None):
            yield Fout(p, "ProductReferentie/VorigReferentieNummer")


@regel(
    "CD066", "Bij deze verwijzer is de AGB-code genoeg: laat de naam leeg.", berichten="315", op="AangevraagdProduct"
)
def geen_naam_naast_agb(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        verwijzer = product.verwijzer
        if verwijzer.type in VERWIJZERS_MET_AGB and verwijzer.zorgverlener_code and verwijzer.naam is not None:
            yield Fout(product, "Verwijzer/Naam")


@regel("CD067", "Bij deze verwijzer ontbreken de naam en de AGB-code.", berichten="315", op="AangevraagdProduct")
def naam_of_agb(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        verwijzer = product.verwijzer
        if verwijzer.type in VERWIJZERS_MET_AGB and not verwijzer.zorgverlener_code and verwijzer.naam is None:
            yield Fout(product, "Verwijzer/Naam")


@regel("CD068", "Bij deze verwijzer staat een AGB-code. Laat die weg.", berichten="315", op="AangevraagdProduct")
def geen_agb(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.verwijzer.type not in VERWIJZERS_MET_AGB and product.verwijzer.zorgverlener_code is not None:
            yield Fout(product, "Verwijzer/ZorgverlenerCode")


@regel("CD075", "Er is een budget en geen einddatum.", berichten="301 315 317", op=MET_BUDGET)
def einde_bij_budget(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.budget is not None and einde_van(product) is None:
            yield Fout(product, einde_veld(product))


@regel("CD076", "Er is een omvang per week en geen einddatum.", berichten="301 315 317", op=MET_BUDGET)
def einde_bij_week(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.omvang and product.omvang.frequentie == EEN_WEEK and einde_van(product) is None:
            yield Fout(product, einde_veld(product))


@regel("CD077", "Er staat een omvang naast een budget.", berichten="301 315 317", op=MET_BUDGET)
def geen_omvang_bij_budget(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.budget is not None and product.omvang is not None:
            yield Fout(product, "Omvang")


@regel("CD078", "Er staat een budget naast een omvang.", berichten="301 315 317", op=MET_BUDGET)
def geen_budget_bij_omvang(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.omvang is not None and product.budget is not None:
            yield Fout(product, "Budget")


@regel("CD079", "Er is geen budget en geen product.", berichten="301 315 317", op=PRODUCTEN)
def product_zonder_budget(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.budget is None and product.product is None:
            yield Fout(product, "Product")


def _omvang_zonder_code(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        zonder_code = product.product is None or product.product.code is None
        if zonder_code and product.omvang is not None and loopt_na_2020(einde_van(product)):
            yield Fout(product, "Omvang")


# One condition, three numbers: each message has its own.
ZONDER_CODE = "Er is een omvang en geen productcode."
regel("CD080", ZONDER_CODE, berichten="301", op="ToegewezenProduct")(_omvang_zonder_code)
regel("CD095", ZONDER_CODE, berichten="315", op="AangevraagdProduct")(_omvang_zonder_code)
regel("CD096", ZONDER_CODE, berichten="317", op="NieuwProduct")(_omvang_zonder_code)


@regel("CD085", "De reden van de afwijzing ontbreekt.", berichten="319", op="Antwoord")
def reden_bij_afwijzing(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        if antwoord.verzoek_antwoord == "1" and antwoord.reden_afwijzing_verzoek is None:
            yield Fout(antwoord, "RedenAfwijzingVerzoek")


@regel("CD086", "Het verzoek is in onderzoek en er staat toch een reden van afwijzing.", berichten="319", op="Antwoord")
def geen_reden_bij_onderzoek(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        if antwoord.verzoek_antwoord == "2" and antwoord.reden_afwijzing_verzoek is not None:
            yield Fout(antwoord, "RedenAfwijzingVerzoek")


@regel("CD087", "Het tarief ontbreekt, of het staat er bij een bedrag in euro's.", berichten="323", op="Prestatie")
def tarief_behalve_bij_euros(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie in prestaties:
        if (prestatie.eenheid == EUROS) != (prestatie.product_tarief is None):
            yield Fout(prestatie, "ProductTarief")
