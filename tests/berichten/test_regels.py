"""Every rule with a message that breaks it and one that just does not; the register against the published table."""

from collections import defaultdict
from datetime import date

import pytest

from berichten.build import build
from berichten.codelijsten import codes
from berichten.rules import DOOR_HET_SCHEMA, REGELS
from berichten.rules.kern import XSLT
from berichten.schema import klasse_van, klassen
from berichten.standaard import berichtsoorten
from berichten.toestand_json import lees_toestand
from berichten.validate import controleer
from berichten.voorbeelden import voorbeeld
from tests.berichten.bron import met_bron, tabel
from tests.berichten.gevallen import TOESTANDEN, Geval, gewijzigd, replace
from tests.berichten.gevallen_binnen import GEVALLEN as BINNEN
from tests.berichten.gevallen_boven import GEVALLEN as BOVEN
from tests.berichten.gevallen_constraints import GEVALLEN as CONSTRAINTS
from tests.berichten.gevallen_declareren import GEVALLEN as DECLAREREN

GEVALLEN = [*BINNEN, *CONSTRAINTS, *BOVEN, *DECLAREREN]
NIVEAUS = {"xslt (binnen bericht)": 2, "berichtoverstijgend": 3, "externe bron": 4}


@pytest.mark.parametrize("geval", GEVALLEN, ids=str)
def test_fout_wordt_gevonden(geval: Geval) -> None:
    bericht = gewijzigd(geval.begin or voorbeeld(geval.nummer), geval.fout)
    uitkomst = controleer(build(bericht), replace(TOESTANDEN[geval.nummer], **geval.weet))
    assert uitkomst.soort is not None
    assert uitkomst.schema_geldig, uitkomst.bevindingen
    (regel,) = {r.code: r for r in REGELS if r.id == geval.regel and geval.nummer in r.berichten}.values()
    gevonden = [bevinding for bevinding in uitkomst.bevindingen if bevinding.regel == geval.regel]
    assert gevonden, uitkomst.bevindingen
    assert {bevinding.code for bevinding in gevonden} == {regel.code}
    assert all(bevinding.pad.startswith("Bericht/") and bevinding.tekst for bevinding in gevonden)
    if regel.code and uitkomst.soort.antwoord:
        assert all(regel.code in uitkomst.codes[bevinding.klasse] for bevinding in gevonden)
    if regel.niveau == XSLT and uitkomst.soort.antwoord:
        assert uitkomst.codes == {"Header": ["0001"]}


@pytest.mark.parametrize("geval", [geval for geval in GEVALLEN if geval.goed or geval.weet_goed], ids=str)
def test_net_goed_komt_erdoor(geval: Geval) -> None:
    bericht = gewijzigd(voorbeeld(geval.nummer) if geval.goed or geval.begin is None else geval.begin, geval.goed)
    uitkomst = controleer(build(bericht), replace(TOESTANDEN[geval.nummer], **geval.weet_goed))
    assert uitkomst.schema_geldig, uitkomst.bevindingen
    assert uitkomst.goedgekeurd, uitkomst.bevindingen


def test_volume_is_niet_ook_te_veel_omdat_de_periode_te_lang_is() -> None:
    """TR321 counts the weeks of the product period: that it runs on after the toewijzing is TR308 and TR388."""
    kort = replace(TOESTANDEN["323"].toewijzingen[0], einddatum=date(2025, 5, 17))
    uitkomst = controleer(build(voorbeeld("323")), replace(TOESTANDEN["323"], toewijzingen=(kort,)))
    assert uitkomst.codes == {"Prestatie[1]": ["9308", "9388"]}


@pytest.mark.parametrize("nummer", TOESTANDEN)
def test_voorbeeld_is_goed(nummer: str) -> None:
    uitkomst = controleer(build(voorbeeld(nummer)), TOESTANDEN[nummer])
    assert uitkomst.goedgekeurd, uitkomst.bevindingen


def test_elke_regel_heeft_een_geval() -> None:
    assert {regel.id for regel in REGELS} - {geval.regel for geval in GEVALLEN} == set()


def test_elke_retourcode_van_een_regel_bestaat() -> None:
    assert {regel.code for regel in REGELS if regel.code} <= set(codes("WJ001"))


@met_bron
def test_register_is_de_gepubliceerde_tabel() -> None:
    """Each rule, for each of its messages, at its level and with its code; what the schema holds is named as such."""
    van_ons: dict[str, set[tuple[str, int, str]]] = defaultdict(set)
    for regel in REGELS:
        van_ons[regel.id] |= {(nummer, regel.niveau, regel.code) for nummer in regel.berichten}
    gepubliceerd: dict[str, set[tuple[str, int, str]]] = defaultdict(set)
    door_het_schema = set()
    for rij in tabel("regels.csv"):
        if rij["soort"] not in ("TR", "CD", "CS"):
            continue
        if rij["controle"] == "xsd":
            door_het_schema.add(rij["id"])
            continue
        code = "" if rij["retourcode"] == "n.v.t." else rij["retourcode"]
        nummers = rij["berichten"].replace("WMO", "").split()
        gepubliceerd[rij["id"]] |= {(nummer, NIVEAUS[rij["controle"]], code) for nummer in nummers}
    assert dict(van_ons) == dict(gepubliceerd)
    assert door_het_schema == set(DOOR_HET_SCHEMA)


def test_gemeente_die_is_heringedeeld_uit_json() -> None:
    """TR378: a former code is known by its dates, and a message without a date of a toewijzing may name it."""
    gegevens = {"vandaag": "2025-06-20", "gemeentecodes": ["0335"], "gemeenteperioden": {"0632": [None, "2025-06-30"]}}
    toestand = replace(lees_toestand(gegevens), verzoeken=TOESTANDEN["319"].verzoeken)
    opdracht = controleer(build(voorbeeld("301")), toestand)
    assert [(b.regel, b.pad) for b in opdracht.bevindingen] == [("TR378", "Bericht/Header/Afzender")]
    assert "Op 01-07-2025 gold deze code niet." in opdracht.bevindingen[0].tekst
    assert controleer(build(voorbeeld("319")), toestand).goedgekeurd


def test_regels_noemen_bestaande_klassen() -> None:
    for regel in REGELS:
        for nummer in regel.berichten:
            bestaand = {klasse_van(cls).element for cls in klassen(berichtsoorten[nummer].klasse)}
            assert bestaand & set(regel.op), (regel.id, nummer)
