"""Level 3 for 315, 317 and 319: requests and the answers to them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from berichten.rules.condities import loopt_na_2020
from berichten.rules.kern import BERICHTOVERSTIJGEND, Beoordeling, Fout, regel
from berichten.rules.perioden import Regel, botsingen, van_product
from berichten.toestand import Toewijzing

TOTAAL = "6"
AFGEWEZEN, IN_ONDERZOEK = "1", "2"


def toewijzing_van(knoop: Any, b: Beoordeling) -> Toewijzing | None:
    """The client's own toewijzing at this aanbieder, whatever its period."""
    toewijzing = b.toestand.toewijzing(b.gemeente, b.aanbieder, knoop.toewijzing_nummer)
    return toewijzing if toewijzing and toewijzing.bsn == b.bericht.client.bsn else None


def van_client(b: Beoordeling) -> list[Toewijzing]:
    return b.toestand.toewijzingen_van(b.gemeente, b.aanbieder, b.bericht.client.bsn)


@regel(
    "TR304",
    "De cliënt heeft geen toewijzing bij deze aanbieder.",
    berichten="317",
    op="Client",
    niveau=BERICHTOVERSTIJGEND,
    code="8187",
    keuze="Bij een onbekende cliënt worden de producten daaronder niet beoordeeld.",
)
def client_is_bekend(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in clienten:
        if not van_client(b):
            yield Fout(client, "Bsn")


@regel(
    "TR347",
    "Deze referentie is al in een eerder verzoek gebruikt.",
    berichten="315 317",
    op="AangevraagdProduct Verzoek",
    niveau=BERICHTOVERSTIJGEND,
    code="9347",
)
def referentie_is_nieuw(verzoeken: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for verzoek in verzoeken:
        if verzoek.referentie_aanbieder in b.toestand.referenties:
            yield Fout(verzoek, "ReferentieAanbieder")


def _geen_lopend_verzoek(knopen: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for knoop in knopen:
        if open_ := b.toestand.open_verzoeken(b.bericht.client.bsn):
            yield Fout(knoop, "", f"Het gaat om {open_[0].referentie}.")


# The class is derived: the source names only the messages. A 315 has many products, so there the client carries it.
regel(
    "TR374",
    "Er loopt al een verzoek voor deze cliënt.",
    berichten="315",
    op="Client",
    niveau=BERICHTOVERSTIJGEND,
    code="9374",
)(_geen_lopend_verzoek)
regel(
    "TR374",
    "Er loopt al een verzoek voor deze cliënt.",
    berichten="317",
    op="Verzoek",
    niveau=BERICHTOVERSTIJGEND,
    code="9374",
)(_geen_lopend_verzoek)


@regel(
    "TR349",
    "Niet alle lopende toewijzingen staan in het verzoek.",
    berichten="317",
    op="Verzoek",
    niveau=BERICHTOVERSTIJGEND,
    code="9349",
    keuze="Actueel is op de dag van beoordelen, zoals de bron zegt, en niet op de dagtekening (OP095).",
)
def alle_toewijzingen_genoemd(verzoeken: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for verzoek in verzoeken:
        genoemd = {p.toewijzing_nummer for p in (*verzoek.ongewijzigde_producten, *verzoek.te_wijzigen_producten)}
        actueel = {t.nummer for t in van_client(b) if t.actueel(b.toestand.vandaag)}
        if gemist := sorted(actueel - genoemd):
            yield Fout(verzoek, "", f"Ontbreekt: {', '.join(map(str, gemist))}.")


def _is_actueel(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    if not van_client(b):
        return
    for product in producten:
        toewijzing = toewijzing_van(product, b)
        if toewijzing is None or not toewijzing.actueel(b.toestand.vandaag):
            yield Fout(product, "ToewijzingNummer")


NIET_ACTUEEL = "Er is geen lopende toewijzing met dit nummer."
regel("TR350", NIET_ACTUEEL, berichten="317", op="OngewijzigdProduct", niveau=BERICHTOVERSTIJGEND, code="9350")(
    _is_actueel
)
regel("TR351", NIET_ACTUEEL, berichten="317", op="TeWijzigenProduct", niveau=BERICHTOVERSTIJGEND, code="9351")(
    _is_actueel
)


def _te_wijzigen(producten: list[Any], b: Beoordeling) -> Iterator[tuple[Any, Toewijzing]]:
    for product in producten:
        if toewijzing := toewijzing_van(product, b):
            yield product, toewijzing


@regel(
    "TR357",
    "De gewenste ingangsdatum is voorbij en is niet die van de toewijzing.",
    berichten="317",
    op="TeWijzigenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9357",
)
def gewenst_in_de_toekomst(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, toewijzing in _te_wijzigen(producten, b):
        gewenst = product.gewenste_ingangsdatum
        if gewenst <= b.dagtekening and gewenst != toewijzing.ingangsdatum:
            yield Fout(product, "GewensteIngangsdatum")


@regel(
    "TR361",
    "Hetzelfde product staat er vaker in voor dezelfde dagen.",
    berichten="317",
    op="Verzoek",
    niveau=BERICHTOVERSTIJGEND,
    code="9361",
    keuze="Tot de gewenste ingangsdatum loopt de oude toewijzing door: de periode begint op haar ingangsdatum. De "
    "code komt bij het latere van de twee producten; welke klasse haar draagt zegt de bron niet.",
)
def verzoek_stapelt_niet(verzoeken: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for verzoek in verzoeken:
        for eerder, later in botsingen(_gewenste_regels(verzoek, b)):
            # Two new products are TR410's, and that is level 2.
            if eerder.knoop not in verzoek.nieuwe_producten:
                yield Fout(later.knoop)


def _gewenste_regels(verzoek: Any, b: Beoordeling) -> list[Regel]:
    blijft = [(p, t.ingangsdatum, t.einddatum, t) for p, t in _te_wijzigen(verzoek.ongewijzigde_producten, b)]
    wordt = [(p, t.ingangsdatum, p.einddatum, t) for p, t in _te_wijzigen(verzoek.te_wijzigen_producten, b)]
    bestaand = [_als_regel(*rij) for rij in (*blijft, *wordt)]
    return bestaand + [van_product(p, p.gewenste_ingangsdatum, p.einddatum) for p in verzoek.nieuwe_producten]


def _als_regel(knoop: Any, begin: date, einde: date | None, toewijzing: Toewijzing) -> Regel:
    return Regel(knoop, toewijzing.categorie, toewijzing.code, begin, einde)


@regel(
    "TR373",
    "Een budget of een totaal wijzigt over de hele looptijd.",
    berichten="317",
    op="TeWijzigenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9373",
    keuze="IV092 gaat uit van de toewijzing: zij heeft een budget of frequentie 6. Een overgang naar 6 valt er buiten.",
)
def totaal_over_hele_looptijd(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, toewijzing in _te_wijzigen(producten, b):
        heel = toewijzing.budget is not None or toewijzing.frequentie == TOTAAL
        if heel and product.gewenste_ingangsdatum != toewijzing.ingangsdatum:
            yield Fout(product, "GewensteIngangsdatum")


@regel(
    "TR375",
    "De toewijzing heeft geen product: er kan geen omvang bij.",
    berichten="317",
    op="TeWijzigenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9375",
)
def geen_omvang_bij_generiek(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, toewijzing in _te_wijzigen(producten, b):
        generiek = toewijzing.categorie is None and loopt_na_2020(toewijzing.einddatum)
        if generiek and product.omvang is not None:
            yield Fout(product, "Omvang")


@regel(
    "TR411",
    "De toewijzing heeft een productcode: vul de gewenste omvang in.",
    berichten="317",
    op="TeWijzigenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9411",
)
def omvang_bij_specifiek(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, toewijzing in _te_wijzigen(producten, b):
        if toewijzing.code is not None and product.omvang is None:
            yield Fout(product, "Omvang")


@regel(
    "TR412",
    "De toewijzing heeft geen productcode: laat de omvang weg.",
    berichten="317",
    op="TeWijzigenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9412",
)
def geen_omvang_zonder_code(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product, toewijzing in _te_wijzigen(producten, b):
        zonder_code = toewijzing.code is None and loopt_na_2020(toewijzing.einddatum)
        if zonder_code and product.omvang is not None:
            yield Fout(product, "Omvang")


# ------------------------------------------------------------------------------- 319, judged by the aanbieder


@regel(
    "TR355",
    "Deze referentie komt in geen enkel verzoek voor.",
    berichten="319",
    op="Antwoord",
    niveau=BERICHTOVERSTIJGEND,
    code="9355",
)
def antwoord_op_verzoek(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        if antwoord.referentie_aanbieder not in b.toestand.referenties:
            yield Fout(antwoord, "ReferentieAanbieder")


@regel(
    "TR359",
    "Op dit verzoek is al een toewijzing gestuurd.",
    berichten="319",
    op="Antwoord",
    niveau=BERICHTOVERSTIJGEND,
    code="9359",
)
def niet_na_toewijzing(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        if antwoord.referentie_aanbieder in b.toestand.toegewezen_referenties:
            yield Fout(antwoord, "ReferentieAanbieder")


def _eerdere_antwoorden(antwoord: Any, b: Beoordeling) -> set[str]:
    return {a.verzoek_antwoord for a in b.toestand.antwoorden if a.referentie == antwoord.referentie_aanbieder}


@regel(
    "TR360",
    "Op dit verzoek is al geantwoord: in onderzoek kan maar één keer.",
    berichten="319",
    op="Antwoord",
    niveau=BERICHTOVERSTIJGEND,
    code="9360",
)
def een_keer_in_onderzoek(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        if antwoord.verzoek_antwoord == IN_ONDERZOEK and _eerdere_antwoorden(antwoord, b):
            yield Fout(antwoord, "VerzoekAntwoord")


@regel(
    "TR365",
    "Op dit verzoek is al een eindantwoord gegeven.",
    berichten="319",
    op="Antwoord",
    niveau=BERICHTOVERSTIJGEND,
    code="9365",
)
def niet_na_eindantwoord(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for antwoord in antwoorden:
        if AFGEWEZEN in _eerdere_antwoorden(antwoord, b):
            yield Fout(antwoord, "VerzoekAntwoord")
