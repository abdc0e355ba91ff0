"""What a page shows: formats to the character, fields in their order, tables with roles."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from wmo import weergave
from wmo.grafieken import Regel, Staafdiagram

NU = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)


def toon(sjabloon: str, **context: Any) -> str:
    return Template("{% load wmo_tags %}" + sjabloon).render(Context(context))


def tekst(html: str) -> str:
    """What a sighted reader sees: no tags, no visually hidden words."""
    return re.sub(r"<[^>]+>", "", re.sub(r'<span class="wmo-vh">.*?</span>', "", html)).strip()


class Proefformulier(forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals in het paspoort.")
    reden = forms.CharField(label="Reden", widget=forms.Textarea, required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("a", "Verschil"), ("b", "Verhouding")], widget=forms.RadioSelect)
    product = forms.ChoiceField(label="Product", choices=[("", "Kies"), ("h", "Hulp")])
    akkoord = forms.BooleanField(label="Ik ga akkoord")


@pytest.mark.parametrize(
    ("uitdrukking", "waarde", "verwacht"),
    [
        ("w|datum", date(2026, 11, 26), "26-11-2026"),
        ("w|datum_lang", date(2026, 11, 26), "donderdag\u00a026-11-2026"),
        ("w|datum_voluit", date(2026, 11, 23), "Maandag 23\u00a0november 2026"),
        ("w|maand", date(2026, 11, 23), "november 2026"),
        ("w|tijd", NU, "10:42"),
        ("w|tijdstip", NU, "23-11-2026, 10:42"),
        ("w|bedrag", Decimal("1234.56"), "€\u00a01.234,56"),
        ("w|bedrag", Decimal("-0.41"), "\u2212\u00a0€\u00a00,41"),
        ("w|bedrag", 0, "€\u00a00,00"),
        ("w|bedrag", Decimal("0.575"), "€\u00a00,58"),
        ("w|bedrag_groot", Decimal("5910426"), "€\u00a05.910.426"),
        ("w|verschil:0", 76030, "+\u00a0€\u00a076.030"),
        ("w|procent", Decimal("4.96"), "4,96%"),
        ("w|procent:3", Decimal("3.944"), "3,944%"),
        ("w|minuten", 165, "165\u00a0minuten (2:45\u00a0uur)"),
        ("w|minuten", 1, "1\u00a0minuut (0:01\u00a0uur)"),
        ("w|uren", 165, "2:45"),
        ("w|aantal", 1284, "1.284"),
        ("w|aantal", "meer dan 1.000", "meer dan 1.000"),
        ("w|bsn_masker", "999900006", "*****0006"),
        ("w|telefoon", "0600000012", "06-00\u00a000\u00a000\u00a012"),
        ("w|telefoon", "0348000000", "0348-00\u00a000\u00a000"),
        ("w|telefoon", "0300000000", "030-000\u00a000\u00a000"),
        ("w|telefoon", "+32470000000", "+32470000000"),
        ("w|postcode", "3441ZZ", "3441\u00a0ZZ"),
        ("w|grootte", 182_000, "182\u00a0kB"),
        ("w|grootte", 1_400_000, "1,4\u00a0MB"),
    ],
)
def test_vormen(uitdrukking: str, waarde: Any, verwacht: str) -> None:
    assert tekst(toon("{{ " + uitdrukking + " }}", w=waarde)) == verwacht


@pytest.mark.parametrize("filter_", ["datum", "datum_lang", "moment", "bedrag", "minuten", "procent", "bsn_masker"])
def test_leeg_is_een_streepje_met_een_woord_voor_de_schermlezer(filter_: str) -> None:
    html = toon("{{ w|" + filter_ + " }}", w=None)
    assert tekst(html) == "–"
    assert "onbekend" in html


def test_datum_is_van_hier_niet_van_utc() -> None:
    oudjaar_laat = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    html = toon("{{ w|datum }}", w=oudjaar_laat)
    assert 'datetime="2027-01-01"' in html
    assert tekst(html) == "01-01-2027"


@pytest.mark.parametrize(
    ("geleden", "verwacht"),
    [
        (timedelta(0), "vandaag, 10:42"),
        (timedelta(days=1), "gisteren, 10:42"),
        (timedelta(days=3), "vrijdag\u00a020-11-2026, 10:42"),
        (timedelta(days=8), "15-11-2026, 10:42"),
    ],
)
def test_moment(geleden: timedelta, verwacht: str) -> None:
    assert tekst(toon("{{ w|moment:nu }}", w=NU - geleden, nu=NU)) == verwacht


def test_periode_is_tot_en_met() -> None:
    assert tekst(toon("{% periode a b %}", a=date(2026, 3, 1), b=date(2027, 2, 28))) == "01-03-2026 t/m\u00a028-02-2027"
    assert tekst(toon("{% periode a b %}", a=date(2026, 3, 1), b=None)) == "vanaf 01-03-2026"


def test_masker_laat_niets_van_het_begin_zien() -> None:
    assert "99990" not in toon("{{ w|bsn_masker }}", w="999900006")


def test_icoon_is_stil_en_een_onbekend_icoon_zegt_waar_het_hoort() -> None:
    html = toon('{% icon "clock" %}')
    assert 'aria-hidden="true"' in html
    assert "<path" in html
    assert "M0 0h24v24H0z" not in html
    with pytest.raises(KeyError, match=r"static/iconen\.txt"):
        toon('{% icon "bestaat-niet" %}')


def test_veld_zet_hint_en_fout_voor_de_invoer() -> None:
    form = Proefformulier({"naam": ""})
    html = toon("{% veld form.naam %}", form=form)
    plekken = [html.index(deel) for deel in ("<label", "id_naam-hint", "id_naam-fout", "<input")]
    assert plekken == sorted(plekken)
    assert 'aria-describedby="id_naam-hint id_naam-fout"' in html
    assert 'aria-invalid="true"' in html


def test_verplicht_is_gewoon_en_niet_verplicht_staat_erbij() -> None:
    html = toon("{% veld form.naam %}{% veld form.reden %}", form=Proefformulier())
    assert html.count("(niet verplicht)") == 1
    assert " required" not in html


def test_groep_is_een_fieldset_met_legend() -> None:
    html = toon("{% veld form.soort %}", form=Proefformulier())
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_fouten_noemen_het_veld_en_wijzen_ernaar() -> None:
    html = toon("{% fouten form %}", form=Proefformulier({}))
    assert "U moet nog 4 dingen aanpassen" in html
    assert '<a class="nl-link" href="#id_naam">Vul in: Naam.</a>' in html
    assert '<a class="nl-link" href="#id_soort_0">Kies: Soort.</a>' in html
    assert "Kies: Product." in html
    assert "Zet een vinkje bij: Ik ga akkoord." in html
    assert "Dit veld is verplicht" not in html


def test_zonder_fouten_geen_samenvatting() -> None:
    assert toon("{% fouten form %}", form=Proefformulier()).strip() == ""


def test_tabel_houdt_zijn_rollen() -> None:
    html = toon(
        '<table {% tabel %}><tr {% rij %}>{% kolom "Bedrag" sorteer="bedrag" getal=True %}</tr>'
        '<tr {% rij %}><th {% rijkop %}>x</th><td {% cel "Bedrag" getal=True %}>1</td></tr></table>',
        request=RequestFactory().get("/?sorteer=bedrag&stap=besluit&pagina=3"),
    )
    for rol in ("table", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{rol}"' in html
    assert 'aria-sort="ascending"' in html
    assert 'href="?sorteer=-bedrag&amp;stap=besluit"' in html
    assert 'data-label="Bedrag"' in html


def test_sortering_van_de_server_wint_van_het_adres() -> None:
    verzoek = RequestFactory().get("/?sorteer=onzin")
    html = toon('{% kolom "Termijn" sorteer="termijn" %}', request=verzoek, sorteer="-termijn")
    assert 'aria-sort="descending"' in html


def test_paginering_noemt_waar_men_is() -> None:
    pagina = Paginator(range(211), 25).page(3)
    html = toon('{% paginering pagina "zaken" %}', pagina=pagina, request=RequestFactory().get("/?stap=besluit"))
    assert "51 t/m 75 van 211 zaken" in tekst(html)
    assert 'href="?stap=besluit&amp;pagina=4"' in html
    assert html.count('aria-current="page"') == 1


def test_kruimels_eindigen_waar_men_is() -> None:
    html = toon('{% kruimels "Werkvoorraad" "/werkvoorraad/" "WMO-2026-004182" %}')
    assert '<span aria-current="page">WMO-2026-004182</span>' in html
    assert html.count("<a ") == 1


def diagram() -> Staafdiagram:
    regels = [Regel("Woerden", (1_540_000, 1_601_505), "+ € 61.505"), Regel("Oudewater", (466_000, 484_610))]
    heel = partial(weergave.bedrag, decimalen=0)
    return Staafdiagram("budget", "Budget", "Het stijgt.", ("2026", "2027"), regels, heel, weergave.bedrag_mln)


def test_grafiek_heeft_een_tabel_met_dezelfde_getallen() -> None:
    html = toon("{% staafdiagram d %}", d=diagram())
    for getal in ("€\u00a01.540.000", "€\u00a01.601.505", "€\u00a0466.000", "€\u00a0484.610"):
        assert getal in html[html.index("<table") :]
    assert html.index("Het stijgt.") < html.index('<svg class="wmo-grafiek')
    assert "style=" not in html


def test_balken_zijn_naar_verhouding() -> None:
    lang, kort = (rij.balken[0].breedte for rij in diagram().rijen)
    assert lang / kort == pytest.approx(1_540_000 / 466_000, rel=0.01)
    assert diagram().assen[0][1] == "€\u00a00"
    assert diagram().hoogste >= 1_601_505


def test_klok_zegt_woord_en_datum() -> None:
    klok = {"naam": "Besluit", "toon": "oranje", "tekst": "Nog 3 werkdagen", "uiterlijk": date(2026, 11, 26)}
    html = toon('{% include "_components/klok.html" %}', klok=klok)
    assert "Nog 3 werkdagen" in html
    assert "wmo-klok--oranje" in html
    assert re.sub(r"\s+", " ", tekst(html)).endswith("Besluit · uiterlijk 26-11-2026")
