"""Every letter is PDF/A-3a and PDF/UA-1 at once, in our own font, with nothing left out and nothing taken as markup."""

import itertools
import re
from pathlib import Path

import pytest

from tests.wmo.brieven import pdf
from tests.wmo.brieven.voorbeelden import EIGEN, PGB, VOORZIENING, voorbeeld
from wmo.brieven import Briefsoort, OnvolledigeBrief, bestandsnaam, maak_brief, ontbrekende_blokken
from wmo.brieven.blokken import BLOKKEN, BRIEFHOOFD
from wmo.brieven.blokken import PGB as PGBBLOKKEN
from wmo.brieven.maken import SJABLONEN, Briefstoring
from wmo.data import cbs_gemeenten

SOORTEN = list(EIGEN)


def beschikking_met_pgb() -> dict:
    gegevens = voorbeeld("beschikking")
    gegevens["voorzieningen"] = [VOORZIENING | {"vorm": "Persoonsgebonden budget", "pgb": dict(PGB)}]
    return gegevens


@pytest.mark.parametrize("soort", SOORTEN)
def test_brief_is_archiefwaardig_en_toegankelijk(soort):
    gegevens = voorbeeld(soort)
    with pdf.lees(maak_brief(soort, gegevens)) as document:
        meta = document.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == gegevens["titel"]
        assert str(document.Root.Lang).startswith("nl")
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle


@pytest.mark.parametrize("soort", SOORTEN)
def test_koppen_slaan_geen_niveau_over(soort):
    with pdf.lees(maak_brief(soort, voorbeeld(soort))) as document:
        niveaus = [int(tag[1]) for tag in pdf.structuur(document) if re.fullmatch(r"H[1-6]", tag)]
    assert niveaus[0] == 1
    assert niveaus.count(1) == 1
    assert all(volgende <= vorige + 1 for vorige, volgende in itertools.pairwise(niveaus))


def test_tabel_heeft_kopcellen_en_lijst_heeft_regels():
    with pdf.lees(maak_brief("beschikking", voorbeeld("beschikking"))) as document:
        tags = pdf.structuur(document)
    assert tags.count("TH") == 3
    assert {"Table", "L", "LI", "Caption"} <= set(tags)


def test_alleen_ons_eigen_lettertype():
    with pdf.lees(maak_brief("beschikking", beschikking_met_pgb())) as document:
        namen = {str(font.BaseFont) for pagina in document.pages for font in pagina.Resources.Font.values()}
    assert namen
    assert all("SourceSans3" in naam for naam in namen)


def test_ontbrekend_lettertype_is_een_storing_en_geen_stille_vervanging(settings, tmp_path):
    settings.LETTERTYPEN = tmp_path
    with pytest.raises(Briefstoring, match="font"):
        maak_brief("opschorting", voorbeeld("opschorting"))


@pytest.mark.parametrize(
    "stuk",
    [
        "het college van burgemeester en wethouders",
        "namens het college",
        "M. Mandaat, mandaathouder",
        "26 november 2026",
        "B-2026-000001",
        "artikel 2.3.5 van de Wet maatschappelijke ondersteuning 2015",
        "de Verordening",
        "mw. G. Fictief-de Test",
        "Op 12 november 2026 vroeg u ondersteuning aan.",
        "WMO-2026-004182-V",
        "Wij kennen u ondersteuning toe.",
        "Hulp bij het huishouden",
        "Zorg in natura",
        "180 minuten (3:00 uur) per week",
        "01-12-2026 t/m 30-11-2028",
        "Volgt via de wachtlijst",
        "Een schoon en leefbaar huis.",
        "Eigen kracht",
        "De buren kunnen niet helpen.",
        "De norm is 167 minuten.",
        "Wij wijken af met 13 minuten",
        "€ 21,80 per maand",
        "Laat het ons dan meteen weten",
        "terugvragen",
        "tot en met donderdag 7 januari 2027",
        "Stuur uw bezwaar naar",
        "waarom u het er niet mee eens bent",
        "voorlopige voorziening",
        "0348-00 00 00",
        "cliëntondersteuner",
    ],
)
def test_elk_blok_van_r060_staat_in_de_beschikking(stuk, beschikking_tekst):
    assert stuk in beschikking_tekst


@pytest.fixture(scope="module")
def beschikking_tekst() -> str:
    return pdf.tekst(maak_brief("beschikking", voorbeeld("beschikking")))


def test_pgb_brengt_de_blokken_van_r061_mee(beschikking_tekst):
    met_pgb = pdf.tekst(maak_brief("beschikking", beschikking_met_pgb()))
    for stuk in [*PGB.values(), "trekkingsrecht", "veilig, goed en op u gericht"]:
        assert stuk in met_pgb
        assert stuk not in beschikking_tekst


def _wis(gegevens: dict, pad: str) -> None:
    """Empty the field at the end of a path, in every member of a list."""
    stap, _, rest = pad.partition(".")
    naam = stap.removesuffix("[]")
    if not rest:
        gegevens[naam] = [] if isinstance(gegevens[naam], list) else ""
    else:
        for deel in gegevens[naam] if stap.endswith("[]") else [gegevens[naam]]:
            _wis(deel, rest)


PADEN = [(soort, pad, naam) for soort in Briefsoort for pad, naam in (BRIEFHOOFD | BLOKKEN[soort]).items()]


@pytest.mark.parametrize(("soort", "pad", "naam"), PADEN, ids=[f"{s}-{p}" for s, p, _ in PADEN])
def test_zonder_een_blok_wordt_de_brief_niet_gemaakt(soort, pad, naam):
    gegevens = voorbeeld(soort)
    assert ontbrekende_blokken(soort, gegevens) == []
    _wis(gegevens, pad)
    with pytest.raises(OnvolledigeBrief) as fout:
        maak_brief(soort, gegevens)
    assert naam in fout.value.blokken


@pytest.mark.parametrize(("pad", "naam"), PGBBLOKKEN.items())
def test_pgb_zonder_een_blok_wordt_niet_gemaakt(pad, naam):
    gegevens = beschikking_met_pgb()
    _wis(gegevens, pad)
    with pytest.raises(OnvolledigeBrief, match=naam):
        maak_brief("beschikking", gegevens)


@pytest.mark.parametrize(
    ("sleutel", "naam"), [("voorzieningen", "toegekende ondersteuning"), ("toetsen", "uitkomst van de toetsen")]
)
def test_toekenning_zonder_inhoud_wordt_niet_gemaakt(sleutel, naam):
    gegevens = voorbeeld("beschikking")
    (gegevens if sleutel in gegevens else gegevens["motivering"])[sleutel] = []
    with pytest.raises(OnvolledigeBrief, match=naam):
        maak_brief("beschikking", gegevens)


def test_afwijzing_hoeft_geen_ondersteuning_te_noemen():
    gegevens = voorbeeld("beschikking") | {
        "voorzieningen": [],
        "besluit": {"kent_toe": False, "zinnen": ["Wij kennen u geen ondersteuning toe."]},
    }
    assert "Uw ondersteuning" not in pdf.tekst(maak_brief("beschikking", gegevens))


def test_tekst_van_mensen_blijft_tekst():
    gegevens = voorbeeld("beschikking")
    lelijk = '#set page(fill: red) *vet* $x$ @ref // weg "quote" \\ <label>'
    gegevens["motivering"]["tekst"] = lelijk
    assert lelijk in pdf.tekst(maak_brief("beschikking", gegevens))


def test_namen_met_tekens_van_elders_vallen_niet_uit_het_lettertype():
    gegevens = voorbeeld("beschikking")
    gegevens["ontvanger"]["naam"] = "mw. Ş. Özgür-Łukaszewicz Nuñez"
    assert "mw. Ş. Özgür-Łukaszewicz Nuñez" in pdf.tekst(maak_brief("beschikking", gegevens))


def test_concept_zegt_dat_het_een_concept_is(beschikking_tekst):
    gegevens = voorbeeld("beschikking") | {"concept": True}
    assert "nog niet ondertekend" in pdf.tekst(maak_brief("beschikking", gegevens))
    assert "nog niet ondertekend" not in beschikking_tekst


def test_bestandsnaam_draagt_alleen_het_kenmerk():
    assert bestandsnaam("beschikking", "B-2026-000001") == "beschikking-B-2026-000001.pdf"


@pytest.mark.parametrize("sjabloon", sorted(SJABLONEN.glob("*.typ")), ids=lambda pad: Path(pad).name)
def test_geen_gemeentenaam_in_een_sjabloon(sjabloon):
    woorden = set(re.findall(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*", sjabloon.read_text()))
    assert not woorden & set(cbs_gemeenten().values())
