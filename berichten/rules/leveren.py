"""Level 3 for 305 and 307: the deliveries that run, stop and start again.

Within one message the removals (status 3) are taken first (OP033x2); after that every line meets what the lines
before it have changed, so that two starts in one message cannot pass where two messages could not.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from berichten.rules.kern import BERICHTOVERSTIJGEND, Beoordeling, Fout, regel
from berichten.toestand import TIJDELIJK, Start, Stop

NIEUW, VERWIJDEREN = "1", "3"
IN_VOLGORDE = "Verwijderingen in hetzelfde bericht gaan voor; daarna tellen de eerdere regels van het bericht mee."


def als_start(product: Any, b: Beoordeling) -> Start:
    categorie = product.product.categorie if product.product else None
    code = product.product.code if product.product else None
    return Start(b.bericht.client.bsn, product.begindatum, product.toewijzing_nummer, categorie, code)


def als_stop(product: Any, b: Beoordeling) -> Stop:
    start = als_start(product, b)
    return Stop(
        start.bsn,
        start.begindatum,
        product.reden_beeindiging,
        product.einddatum,
        start.toewijzingnummer,
        start.categorie,
        start.code,
    )


def nieuwe(producten: Iterable[Any]) -> list[Any]:
    """A removal is not judged on anything but its own existence (TR063)."""
    return [product for product in producten if product.status_aanlevering == NIEUW]


def te_verwijderen(producten: Iterable[Any]) -> list[Any]:
    return [product for product in producten if product.status_aanlevering == VERWIJDEREN]


@regel(
    "TR019",
    "Er is geen toewijzing met dit nummer voor deze cliënt.",
    berichten="305 307",
    op="StartProduct StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9019",
    keuze="Zonder toewijzingnummer is het taakgericht (IV096): dan is er niets om aan te koppelen.",
)
def hoort_bij_toewijzing(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bsn = b.bericht.client.bsn
    for product in nieuwe(producten):
        if product.toewijzing_nummer is None:
            continue
        toewijzing = b.toestand.toewijzing(b.gemeente, b.aanbieder, product.toewijzing_nummer)
        if toewijzing is None or toewijzing.bsn != bsn or toewijzing.verwijderd:
            yield Fout(product, "ToewijzingNummer")


@regel(
    "TR063",
    "Er is geen eerdere startmelding met deze sleutel.",
    berichten="305",
    op="StartProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9063",
)
def verwijderde_start_bestaat(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bekend = {start.sleutel for start in b.toestand.starts}
    for product in te_verwijderen(producten):
        if als_start(product, b).sleutel not in bekend:
            yield Fout(product)


@regel(
    "TR063",
    "Er is geen eerdere stopmelding met deze sleutel.",
    berichten="307",
    op="StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9063",
)
def verwijderde_stop_bestaat(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bekend = {stop.sleutel for stop in b.toestand.stops}
    for product in te_verwijderen(producten):
        if als_stop(product, b).sleutel not in bekend:
            yield Fout(product)


@regel(
    "TR071",
    "De start kan niet weg: de levering is al gestopt.",
    berichten="305",
    op="StartProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9071",
)
def start_zonder_stop(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    gestopt = {stop.start for stop in b.toestand.stops}
    for product in te_verwijderen(producten):
        if als_start(product, b).sleutel in gestopt:
            yield Fout(product, "StatusAanlevering")


@regel(
    "TR074",
    "Deze start is al gemeld.",
    berichten="305",
    op="StartProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9074",
)
def start_is_nieuw(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bekend = {start.sleutel for start in lopend(producten, b)}
    for product in nieuwe(producten):
        if als_start(product, b).sleutel in bekend:
            yield Fout(product)


@regel(
    "TR074",
    "Deze stop is al gemeld.",
    berichten="307",
    op="StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9074",
)
def stop_is_nieuw(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bekend = {stop.sleutel for stop in gestopt(producten, b)}
    for product in nieuwe(producten):
        if als_stop(product, b).sleutel in bekend:
            yield Fout(product)


def lopend(producten: list[Any], b: Beoordeling) -> list[Start]:
    """The starts that are left after the removals of this message."""
    weg = {als_start(product, b).sleutel for product in te_verwijderen(producten)}
    return [start for start in b.toestand.starts if start.sleutel not in weg]


def gestopt(producten: list[Any], b: Beoordeling) -> list[Stop]:
    """The stops that are left after the removals of this message."""
    weg = {als_stop(product, b).sleutel for product in te_verwijderen(producten)}
    return [stop for stop in b.toestand.stops if stop.sleutel not in weg]


@regel(
    "TR326",
    "De levering loopt al.",
    berichten="305",
    op="StartProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9326",
    keuze=IN_VOLGORDE,
)
def niet_twee_keer_gestart(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    gestopte_starts = {stop.start for stop in b.toestand.stops}
    actief = {start.levering for start in lopend(producten, b) if start.sleutel not in gestopte_starts}
    for product in nieuwe(producten):
        levering = als_start(product, b).levering
        if levering in actief:
            yield Fout(product)
        actief.add(levering)


@regel(
    "TR382",
    "Er is geen startmelding met deze begindatum.",
    berichten="307",
    op="StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9069",
    keuze="Een start die al gestopt is telt als start: wat er dan mis is zeggen TR413, TR414 en TR415.",
)
def stop_hoort_bij_start(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    starts = {start.sleutel for start in b.toestand.starts}
    for product in nieuwe(producten):
        if als_stop(product, b).start not in starts:
            yield Fout(product, "Begindatum")


def eerdere_stops(producten: list[Any], b: Beoordeling) -> Iterator[tuple[Any, list[Stop]]]:
    """Each new stop with the stops that went before it. The rules name BSN, number and begin date, not the product."""
    per_levering: dict[tuple[Any, ...], list[Stop]] = {}
    for stop in gestopt(producten, b):
        per_levering.setdefault((stop.bsn, stop.toewijzingnummer, stop.begindatum), []).append(stop)
    for product in nieuwe(producten):
        stop = als_stop(product, b)
        eerder = per_levering.setdefault((stop.bsn, stop.toewijzingnummer, stop.begindatum), [])
        yield product, list(eerder)
        eerder.append(stop)


@regel(
    "TR413",
    "De levering is al tijdelijk gestopt.",
    berichten="307",
    op="StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9413",
    keuze=IN_VOLGORDE,
)
def niet_twee_keer_tijdelijk(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, eerder in eerdere_stops(producten, b):
        if product.reden_beeindiging == TIJDELIJK and any(s.reden_beeindiging == TIJDELIJK for s in eerder):
            yield Fout(product, "RedenBeeindiging")


@regel(
    "TR414",
    "De einddatum ligt voor de einddatum van de eerdere stop.",
    berichten="307",
    op="StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9414",
    keuze=IN_VOLGORDE,
)
def niet_voor_de_eerdere_stop(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, eerder in eerdere_stops(producten, b):
        if any(product.einddatum < stop.einddatum for stop in eerder):
            yield Fout(product, "Einddatum")


@regel(
    "TR415",
    "De levering is al definitief gestopt.",
    berichten="307",
    op="StopProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9415",
    keuze=IN_VOLGORDE,
)
def niet_na_definitieve_stop(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, eerder in eerdere_stops(producten, b):
        if any(stop.reden_beeindiging != TIJDELIJK for stop in eerder):
            yield Fout(product)
