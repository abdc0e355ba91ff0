"""Level 2: the technical rules (TR) that can be judged within the message. A fault gives 0001 on the header."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from berichten.rules.kern import Beoordeling, Fout, kindvelden, regel, sleutelfunctie
from berichten.rules.perioden import botsingen, van_product
from berichten.schema import klasse_van
from berichten.toestand import VERVALLEN, VERWIJDERD

PRODUCT_IS = "Een product is categorie en code samen; waar een van beide geen code heeft beslist de categorie."
BRP_ADRES, POSTADRES, VERBLIJFADRES = "01", "02", "03"
DEBET = "D"


def jaren_later(dag: date, jaren: int) -> tuple[int, int, int]:
    """As a tuple that compares: 29 February then needs no rule of its own."""
    return dag.year + jaren, dag.month, dag.day


def _getal(dag: date) -> tuple[int, int, int]:
    return dag.year, dag.month, dag.day


@regel("TR002", "De geboortedatum ligt meer dan 120 jaar terug.", berichten="301 305 307 315", op="Client Relatie")
def geboortedatum_niet_te_oud(personen: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for persoon in personen:
        geboren = persoon.geboortedatum
        if geboren is None or (geboren.datum == date(1900, 1, 1) and geboren.datum_gebruik == "3"):
            continue
        if jaren_later(geboren.datum, 120) < _getal(b.dagtekening):
            yield Fout(persoon, "Geboortedatum/Datum")


@regel("TR006", "Het contact heeft geen telefoonnummer en geen huisnummer met postcode.", berichten="301", op="Contact")
def contact_is_te_bereiken(contacten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for contact in contacten:
        adres = contact.adres
        if contact.telefoon is None and (adres is None or adres.huis is None or adres.postcode is None):
            yield Fout(contact)


@regel("TR018", "De einddatum ligt voor de begindatum.", berichten="307", op="StopProduct")
def stop_na_start(stops: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for stop in stops:
        if stop.einddatum < stop.begindatum:
            yield Fout(stop, "Einddatum")


@regel("TR061", "De cliënt heeft geen BRP-adres, postadres of verblijfadres.", berichten="301", op="Client")
def client_heeft_adres(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in clienten:
        if not {contact.soort for contact in client.contactgegevens} & {BRP_ADRES, POSTADRES, VERBLIJFADRES}:
            yield Fout(client, "Contactgegevens")


@regel(
    "TR101",
    "Deze regel staat dubbel in het bericht.",
    berichten="301 305 307 315 317 323 325",
    op="Bericht",
    keuze="Een leeg deel van de sleutel telt als een waarde: twee regels zonder toewijzingnummer kunnen dubbel zijn.",
)
def geen_dubbele_regels(berichten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    """The key of a class counts together with those above it, so only lines below the same parent can be double: two
    parents with one key are reported themselves. Which fields a key has stands in the declaration."""
    for bericht in berichten:
        yield from _dubbel_onder(bericht, b)


def _dubbel_onder(knoop: Any, b: Beoordeling) -> Iterator[Fout]:
    cls: type = type(knoop)
    for veld in kindvelden(cls):
        waarde = getattr(knoop, veld.naam)
        if veld.houder:
            # what may come in portions has one parent in the whole message
            eerder: set[Any] = b.doorlopend("TR101", set) if klasse_van(veld.type).stroom else set()
            yield from _dubbel_onderling(waarde, sleutelfunctie(veld.type), eerder)
        if kindvelden(veld.type):
            for kind in waarde if veld.houder else [waarde] * (waarde is not None):
                yield from _dubbel_onder(kind, b)


def _dubbel_onderling(items: tuple[Any, ...], sleutel: Callable[[Any], Any] | None, gezien: set[Any]) -> Iterator[Fout]:
    if sleutel is None:
        return
    sleutels = list(map(sleutel, items))
    nieuw = set(sleutels)
    if len(nieuw) == len(items) and gezien.isdisjoint(nieuw):
        gezien |= nieuw
        return
    for item, eigen in zip(items, sleutels, strict=True):
        if eigen in gezien:
            yield Fout(item)
        gezien.add(eigen)


@regel("TR134", "De geboortedatum ligt na de dagtekening.", berichten="301 305 307 315", op="Client Relatie")
def geboren_voor_dagtekening(personen: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for persoon in personen:
        if persoon.geboortedatum is not None and persoon.geboortedatum.datum > b.dagtekening:
            yield Fout(persoon, "Geboortedatum/Datum")


@regel("TR134", "De toewijzingsdatum ligt na de dagtekening.", berichten="301", op="ToegewezenProduct")
def toegewezen_voor_dagtekening(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.toewijzingsdatum > b.dagtekening:
            yield Fout(product, "Toewijzingsdatum")


@regel("TR134", "De begindatum ligt na de dagtekening.", berichten="305 307", op="StartProduct StopProduct")
def begonnen_voor_dagtekening(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.begindatum > b.dagtekening:
            yield Fout(product, "Begindatum")


@regel("TR134", "De dagtekening van de declaratie ligt na die van het bericht.", berichten="323", op="Declaratie")
def declaratie_voor_dagtekening(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for declaratie in declaraties:
        if declaratie.declaratie_dagtekening > b.dagtekening:
            yield Fout(declaratie, "DeclaratieDagtekening")


@regel("TR134", "De productperiode begint na de dagtekening.", berichten="323 325", op="Prestatie")
def geleverd_voor_dagtekening(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    dagtekening = b.dagtekening
    for prestatie in prestaties:
        if prestatie.product_periode.begindatum > dagtekening:
            yield Fout(prestatie, "ProductPeriode/Begindatum")


@regel("TR137", "De declaratieperiode klopt niet of is nog niet voorbij.", berichten="323", op="Declaratie")
def declaratieperiode_voorbij(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for declaratie in declaraties:
        periode = declaratie.declaratie_periode
        if not periode.begindatum <= periode.einddatum <= b.dagtekening:
            yield Fout(declaratie, "DeclaratiePeriode/Einddatum")


@regel("TR137", "De productperiode klopt niet of is nog niet voorbij.", berichten="323 325", op="Prestatie")
def productperiode_voorbij(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    dagtekening = b.dagtekening
    for prestatie in prestaties:
        periode = prestatie.product_periode
        if not periode.begindatum <= periode.einddatum <= dagtekening:
            yield Fout(prestatie, "ProductPeriode/Einddatum")


@regel(
    "TR302",
    "Hetzelfde product is twee keer toegewezen voor dezelfde dagen.",
    berichten="301",
    op="ToegewezenProduct",
    keuze=PRODUCT_IS,
)
def geen_stapeling(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    regels = [
        van_product(product, product.ingangsdatum, product.einddatum)
        for product in producten
        if not (product.reden_wijziging in (VERWIJDERD, VERVALLEN) and product.einddatum == product.ingangsdatum)
    ]
    for _, later in botsingen(regels):
        yield Fout(later.knoop)


@regel(
    "TR386",
    "Hetzelfde product is twee keer gevraagd voor dezelfde dagen.",
    berichten="315",
    op="AangevraagdProduct",
    keuze=PRODUCT_IS,
)
def aanvraag_stapelt_niet(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    regels = [van_product(p, p.toewijzing_ingangsdatum, p.toewijzing_einddatum) for p in producten]
    for _, later in botsingen(regels):
        yield Fout(later.knoop)


@regel(
    "TR410",
    "Hetzelfde nieuwe product staat er twee keer in voor dezelfde dagen.",
    berichten="317",
    op="NieuwProduct",
    keuze=PRODUCT_IS,
)
def nieuw_stapelt_niet(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for _, later in botsingen([van_product(p, p.gewenste_ingangsdatum, p.einddatum) for p in producten]):
        yield Fout(later.knoop)


@regel("TR352", "Het verzoek noemt geen enkele lopende toewijzing.", berichten="317", op="Verzoek")
def verzoek_noemt_toewijzing(verzoeken: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for verzoek in verzoeken:
        if not verzoek.ongewijzigde_producten and not verzoek.te_wijzigen_producten:
            yield Fout(verzoek)


@regel("TR353", "Het verzoek vraagt geen enkele wijziging.", berichten="317", op="Verzoek")
def verzoek_vraagt_iets(verzoeken: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for verzoek in verzoeken:
        if not verzoek.te_wijzigen_producten and not verzoek.nieuwe_producten:
            yield Fout(verzoek)


@regel(
    "TR380",
    "De gewenste ingangsdatum van een nieuw product ligt niet na de dagtekening.",
    berichten="317",
    op="NieuwProduct",
)
def nieuw_in_de_toekomst(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        if product.gewenste_ingangsdatum <= b.dagtekening:
            yield Fout(product, "GewensteIngangsdatum")


@regel("TR383", "Deze referentie staat twee keer in het bericht.", berichten="315", op="AangevraagdProduct")
def referentie_uniek_in_bericht(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    gezien = set()
    for product in producten:
        if product.referentie_aanbieder in gezien:
            yield Fout(product, "ReferentieAanbieder")
        gezien.add(product.referentie_aanbieder)
