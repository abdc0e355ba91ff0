"""Level 3 for the 323: each line against its toewijzing and against earlier lines.

A client who fails TR304 is not judged further: his lines are 0233 in the 325 (IV087). A line without a toewijzing
(TR338) is not compared with one.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from berichten.rules.binnen import DEBET
from berichten.rules.condities import EUROS
from berichten.rules.kern import BERICHTOVERSTIJGEND, Beoordeling, Controle, Fout, regel
from berichten.toestand import GOEDGEKEURD, VERWIJDERD, EerderePrestatie, Toewijzing
from declaraties.rules.maximum import omrekenfactor
from wmo.periodes import Periode

EERST, LAATST = -1, 1


def credit(prestatie: Any) -> bool:
    return prestatie.ingediend_bedrag.debet_credit != DEBET


def te_beoordelen(b: Beoordeling) -> list[tuple[Any, str]]:
    """The lines of clients that passed TR304, with their BSN."""
    return b.eenmaal("te_beoordelen", lambda: list(_van_goede_clienten(b)))


def _van_goede_clienten(b: Beoordeling) -> Iterator[tuple[Any, str]]:
    for client in b.knopen("Client"):
        if id(client) not in b.afgekeurd:
            for prestatie in client.prestaties:
                yield prestatie, client.bsn


def met_toewijzing(b: Beoordeling) -> list[tuple[Any, Toewijzing]]:
    """The same lines with their toewijzing, where there is one."""
    return b.eenmaal("met_toewijzing", lambda: list(_gekoppeld(b)))


def _gekoppeld(b: Beoordeling) -> Iterator[tuple[Any, Toewijzing]]:
    zoek, gemeente, aanbieder = b.toestand.toewijzing, b.gemeente, b.aanbieder
    for prestatie, _ in te_beoordelen(b):
        toewijzing = zoek(gemeente, aanbieder, prestatie.toewijzing_nummer)
        if toewijzing is not None:
            yield prestatie, toewijzing


def credits(b: Beoordeling) -> list[tuple[Any, str]]:
    return b.eenmaal("credits", lambda: [(p, bsn) for p, bsn in te_beoordelen(b) if credit(p)])


def declaratieregel(
    id: str, tekst: str, code: str, *, op: str = "Prestatie", keuze: str = "", rang: int = 0
) -> Callable[[Controle], Controle]:
    return regel(id, tekst, berichten="323", op=op, niveau=BERICHTOVERSTIJGEND, code=code, keuze=keuze, rang=rang)


@declaratieregel(
    "TR304",
    "De cliënt heeft geen toewijzing bij deze aanbieder, of het nummer is van een ander.",
    "8187",
    op="Client",
    rang=EERST,
)
def client_is_bekend(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    toestand, gemeente, aanbieder = b.toestand, b.gemeente, b.aanbieder
    for client in clienten:
        if not toestand.toewijzingen_van(gemeente, aanbieder, client.bsn) or any(
            (t := toestand.toewijzing(gemeente, aanbieder, p.toewijzing_nummer)) and t.bsn != client.bsn
            for p in client.prestaties
        ):
            yield Fout(client, "Bsn")


@declaratieregel("TR333", "Dit declaratienummer is al gebruikt.", "9333", op="Declaratie")
def declaratienummer_is_nieuw(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bekend = {eerder.declaratienummer for eerder in b.toestand.declaraties}
    for declaratie in declaraties:
        if declaratie.declaratie_nummer in bekend:
            yield Fout(declaratie, "DeclaratieNummer")


@declaratieregel(
    "TR318",
    "De declaratieperiode ligt voor de laatst ingediende periode.",
    "8214",
    op="Declaratie",
    keuze="Of elke maand zorg is geleverd is niet te bewijzen: een hiaat mag. Teruggaan in de tijd niet (IV090).",
)
def declaratie_gaat_vooruit(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    laatste = max((d.begindatum for d in b.toestand.declaraties if d.begindatum), default=None)
    for declaratie in declaraties:
        if laatste is not None and declaratie.declaratie_periode.begindatum < laatste:
            yield Fout(declaratie, "DeclaratiePeriode")


@declaratieregel("TR338", "Er is geen toewijzing met dit nummer.", "9338")
def toewijzing_bestaat(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    gekoppeld = {id(prestatie) for prestatie, _ in met_toewijzing(b)}
    for prestatie, _ in te_beoordelen(b):
        if id(prestatie) not in gekoppeld:
            yield Fout(prestatie, "ToewijzingNummer")


@declaratieregel("TR384", "De toewijzing is verwijderd.", "9384")
def toewijzing_is_er_nog(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in met_toewijzing(b):
        if toewijzing.reden_wijziging == VERWIJDERD:
            yield Fout(prestatie, "ToewijzingNummer")


@declaratieregel("TR307", "De productperiode begint voor de toewijzing.", "9307")
def begint_in_toewijzing(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in met_toewijzing(b):
        if prestatie.product_periode.begindatum < toewijzing.ingangsdatum:
            yield Fout(prestatie, "ProductPeriode/Begindatum")


@declaratieregel("TR308", "De productperiode loopt door na de toewijzing.", "9308")
def eindigt_in_toewijzing(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in met_toewijzing(b):
        if toewijzing.einddatum is not None and prestatie.product_periode.einddatum > toewijzing.einddatum:
            yield Fout(prestatie, "ProductPeriode/Einddatum")


@declaratieregel("TR319", "De productperiode ligt na de declaratieperiode.", "9319")
def geleverd_voor_declaratieperiode(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    einde = b.bericht.declaratie.declaratie_periode.einddatum
    for prestatie, _ in te_beoordelen(b):
        if prestatie.product_periode.einddatum > einde:
            yield Fout(prestatie, "ProductPeriode/Einddatum")


@declaratieregel("TR339", "De productcategorie is anders dan toegewezen.", "9339")
def categorie_is_toegewezen(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in met_toewijzing(b):
        if toewijzing.categorie is not None and prestatie.product_categorie != toewijzing.categorie:
            yield Fout(prestatie, "ProductCategorie")


@declaratieregel("TR340", "De productcode is anders dan toegewezen.", "9340")
def code_is_toegewezen(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in met_toewijzing(b):
        if toewijzing.code is not None and prestatie.product_code != toewijzing.code:
            yield Fout(prestatie, "ProductCode")


@declaratieregel("TR341", "De eenheid past niet bij de toewijzing of het contract.", "9341")
def eenheid_past(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    """An aspecific or generic toewijzing has no unit: then the contract says it, where we know it."""
    contract = b.toestand.contracttarieven
    for prestatie, toewijzing in met_toewijzing(b):
        eenheid = toewijzing.eenheid or contract.get(prestatie.product_code, {}).get("eenheid")
        if eenheid is not None and omrekenfactor(eenheid, prestatie.eenheid) is None:
            yield Fout(prestatie, "Eenheid")


@declaratieregel("TR387", "De productperiode begint op de verkeerde dag.", "9387")
def begint_op_de_eerste(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in met_toewijzing(b):
        begin = prestatie.product_periode.begindatum
        # Almost every line starts on the first: only the others need the toewijzing.
        if (begin.day != 1 or toewijzing.ingangsdatum > begin) and begin != max(
            begin.replace(day=1), toewijzing.ingangsdatum
        ):
            yield Fout(prestatie, "ProductPeriode/Begindatum")


@declaratieregel("TR388", "De productperiode eindigt op de verkeerde dag.", "9388")
def eindigt_op_de_laatste(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    maandeinden: dict[tuple[int, int], Any] = {}
    for prestatie, toewijzing in met_toewijzing(b):
        einde = prestatie.product_periode.einddatum
        maand = (einde.year, einde.month)
        if maand not in maandeinden:
            maandeinden[maand] = Periode.maand(*maand).laatste_dag
        laatste = maandeinden[maand]
        if toewijzing.einddatum is not None and toewijzing.einddatum < laatste:
            laatste = toewijzing.einddatum
        if einde != laatste:
            yield Fout(prestatie, "ProductPeriode/Einddatum")


@declaratieregel(
    "TR314",
    "Dit referentienummer is al gebruikt.",
    "8021",
    keuze="Binnen het bericht krijgt de tweede regel met hetzelfde nummer de code.",
)
def referentie_is_nieuw(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    eerder = b.toestand.prestatie
    gezien: set[str] = set()
    for prestatie, _ in te_beoordelen(b):
        nummer = prestatie.product_referentie.referentie_nummer
        if nummer in gezien or nummer in eerder:
            yield Fout(prestatie, "ProductReferentie/ReferentieNummer")
        gezien.add(nummer)


@declaratieregel(
    "TR323",
    "Bij deze credit hoort geen eerder goedgekeurde debetregel met dezelfde gegevens.",
    "8017",
    keuze="Een credit is een kopie van de debetregel: cliënt, toewijzing, product, periode, tarief en bedrag. De "
    "bron spreekt van sleutelvelden; een credit met een ander bedrag zou meer of minder terugnemen dan betaald is.",
)
def credit_hoort_bij_debet(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, bsn in credits(b):
        debet = b.toestand.prestatie.get(prestatie.product_referentie.vorig_referentie_nummer)
        if debet is None or debet.dc != DEBET or debet.status != GOEDGEKEURD or not is_kopie(prestatie, bsn, debet):
            yield Fout(prestatie, "ProductReferentie/VorigReferentieNummer")


def gegevens(prestatie: Any, bsn: str) -> tuple[Any, ...]:
    """What a line says, apart from its numbers and its sign."""
    periode = prestatie.product_periode
    return (
        bsn,
        prestatie.toewijzing_nummer,
        prestatie.product_categorie,
        prestatie.product_code,
        periode.begindatum,
        periode.einddatum,
        prestatie.geleverd_volume,
        prestatie.eenheid,
        prestatie.product_tarief,
        prestatie.ingediend_bedrag.bedrag,
    )


def eerdere_gegevens(p: EerderePrestatie) -> tuple[Any, ...]:
    return (p.bsn, p.toewijzingnummer, p.cat, p.code, p.van, p.tot, p.vol, p.eh, p.tarief, p.bedrag)


def is_kopie(prestatie: Any, bsn: str, eerder: EerderePrestatie) -> bool:
    return gegevens(prestatie, bsn) == eerdere_gegevens(eerder)


@declaratieregel("TR390", "Deze regel is al gecrediteerd.", "9390")
def nog_niet_gecrediteerd(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, _ in credits(b):
        if prestatie.product_referentie.vorig_referentie_nummer in b.toestand.gecrediteerd:
            yield Fout(prestatie, "ProductReferentie/VorigReferentieNummer")


@declaratieregel(
    "TR418",
    "Het tarief is niet het tarief uit het contract.",
    "0611",
    keuze="Alleen waar het contract bekend is; minuten op een uurtarief hebben het afgeronde zestigste deel.",
)
def tarief_uit_contract(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    tarieven = b.toestand.contracttarieven
    verwacht: dict[tuple[str, str], int | None] = {}
    for prestatie, _ in te_beoordelen(b):
        soort = (prestatie.product_code, prestatie.eenheid)
        if soort not in verwacht:
            verwacht[soort] = _contracttarief(tarieven.get(prestatie.product_code), prestatie.eenheid)
        tarief = verwacht[soort]
        if tarief is not None and prestatie.product_tarief != tarief:
            yield Fout(prestatie, "ProductTarief")


def _contracttarief(contract: Mapping[str, Any] | None, eenheid: str) -> int | None:
    """Cents per unit of the line, half up; None where the contract does not say."""
    if contract is None or eenheid == EUROS or contract.get("tarief") is None:
        return None
    factor = omrekenfactor(contract.get("eenheid") or eenheid, eenheid)
    return None if factor is None else (2 * contract["tarief"] + factor) // (2 * factor)
