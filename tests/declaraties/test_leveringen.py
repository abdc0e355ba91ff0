"""Registering and uploading deliveries."""

from datetime import date

import pytest
from django.db import connection

from declaraties.actions import bestanden, declaraties, leveringen
from declaraties.models import Leveringsbestand, Prestatie
from declaraties.rules.bestand import Leverregel, Regelfout, lees, minuten
from tests.declaraties.conftest import NOVEMBER, NU
from tests.factories import ToewijzingFactory
from tests.factories.declaraties import PrestatieFactory
from wmo.actions.kader import Geweigerd
from wmo.models import Achtergrondtaak, Logregel
from wmo.periodes import Periode

pytestmark = pytest.mark.django_db
MAAND = Periode.maand(2026, 11)
KOP = "gemeente;toewijzingnummer;datum;minuten\n"


def dag(nummer: int) -> Periode:
    return Periode(date(2026, 11, nummer), date(2026, 11, nummer))


def registreer(w, periode: Periode, aantal: int) -> None:
    leveringen.registreer_minuten(toewijzing=w.toewijzing, periode=periode, aantal=aantal, door=w.administratie, nu=NU)


def rijen() -> list[tuple]:
    return list(Prestatie.objects.order_by("ingangsdatum").values_list("ingangsdatum", "einddatum", "aantal"))


def test_maandtotaal_wordt_afgekapt_op_de_toewijzing(wereld):
    registreer(wereld, MAAND, 600)
    assert rijen() == [(date(2026, 11, 2), date(2026, 11, 30), 600)]
    assert Logregel.objects.get(handeling="leveringen.registreer").object_id == str(wereld.toewijzing.pk)


def test_dag_vervangt_dag_en_maand_vervangt_dagen(wereld):
    registreer(wereld, dag(2), 150)
    registreer(wereld, dag(9), 150)
    registreer(wereld, dag(9), 165)
    assert [rij[2] for rij in rijen()] == [150, 165]
    registreer(wereld, MAAND, 600)
    assert [rij[2] for rij in rijen()] == [600]


@pytest.mark.parametrize(
    ("periode", "aantal", "zin"),
    [
        (dag(1), 60, "01-11-2026 ligt buiten de toewijzing"),
        (Periode.maand(2027, 1), 60, "ligt in de toekomst"),
        (dag(3), 1441, "meer dan 24 uur per dag"),
    ],
)
def test_wat_niet_kan_zegt_waarom(wereld, periode, aantal, zin):
    with pytest.raises(Geweigerd, match=zin):
        registreer(wereld, periode, aantal)
    assert not rijen()


def test_dag_naast_een_maandtotaal(wereld):
    registreer(wereld, MAAND, 600)
    with pytest.raises(Geweigerd, match="al een maandtotaal"):
        registreer(wereld, dag(3), 60)


def test_gedeclareerde_maand_staat_vast(geleverd):
    concept = declaraties.bouw_maand(
        aanbieder=geleverd.aanbieder, gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.administratie, nu=NU
    )
    registreer(geleverd, MAAND, 500)  # a concept does not hold it
    declaraties.dien_in(declaratie=concept, door=geleverd.administratie, nu=NU)
    with pytest.raises(Geweigerd, match="al gedeclareerd"):
        registreer(geleverd, MAAND, 400)


def test_maand_op_het_scherm_bewaart_de_goede(wereld):
    tweede = wereld.toewijzing_erbij(ingangsdatum=date(2026, 12, 1))
    fout = leveringen.registreer_maand(
        maand=NOVEMBER, aantallen={wereld.toewijzing: 600, tweede: 60}, door=wereld.administratie, nu=NU
    )
    assert list(fout) == [tweede.pk]
    assert [rij[2] for rij in rijen()] == [600]


@pytest.mark.parametrize(("invoer", "aantal"), [("165", 165), ("2:45", 165), ("0", 0), (" 1 200 ", 1200)])
def test_minuten_of_uren_en_minuten(invoer, aantal):
    assert minuten(invoer) == aantal


@pytest.mark.parametrize(
    ("regel", "zin"),
    [
        ("0632;101;03-11-2026;2,5 uur", "Regel 2: kolom minuten bevat ‘2,5 uur’. Schrijf 150."),
        ("0632;101;03-11-2026;90 min", "Regel 2: kolom minuten bevat ‘90 min’. Schrijf 90."),
        ("0632;101;03-11-2026;veel", "Regel 2: kolom minuten bevat ‘veel’. Schrijf een heel getal, bijvoorbeeld 150."),
        ("0632;101;03-11-2026;-5", "Regel 2: kolom minuten bevat ‘-5’. Schrijf een heel getal, bijvoorbeeld 150."),
        ("0632;101;31-11-2026;5", "Regel 2: ‘31-11-2026’ is geen bestaande dag. Schrijf een dag als 26-11-2026."),
        (
            "0632;101;gisteren;5",
            "Regel 2: kolom datum bevat ‘gisteren’. Schrijf een dag als 26-11-2026 of een maand als 2026-11.",
        ),
        (
            "Woerden;101;03-11-2026;5",
            "Regel 2: kolom gemeente bevat ‘Woerden’. Schrijf de code van 4 cijfers, bijvoorbeeld 0632.",
        ),
        (
            "0632;A101;03-11-2026;5",
            "Regel 2: kolom toewijzingnummer bevat ‘A101’. Schrijf alleen cijfers, hooguit 9.",
        ),
    ],
)
def test_foute_regel_zegt_wat_te_schrijven(regel, zin):
    (fout,) = lees(KOP + regel)
    assert isinstance(fout, Regelfout)
    assert fout.zin == zin


def test_verkeerde_kop_leest_niets():
    (fout,) = lees("klant,uren\n1,2\n")
    assert isinstance(fout, Regelfout)
    assert fout.zin == "Regel 1: de kop van het bestand klopt niet. Schrijf: gemeente;toewijzingnummer;datum;minuten."


def test_aanhalingsteken_zonder_einde_krijgt_een_zin_en_de_regels_ervoor_blijven_goed():
    goed, los = "0632;1;02-11-2026;60\n", '0632;"1;03-11-2026;60\n'
    eerste, fout = lees(KOP + goed + los + "0632;2;04-11-2026;60\n" * 8_000)
    assert isinstance(eerste, Leverregel)
    assert (eerste.regel, eerste.aantal) == (2, 60)
    assert isinstance(fout, Regelfout)
    assert "Haal losse aanhalingstekens weg" in fout.zin


def neem_aan(w, inhoud: str | bytes):
    ruw = inhoud if isinstance(inhoud, bytes) else inhoud.encode()
    return bestanden.neem_aan(aanbieder=w.aanbieder, naam="november.csv", inhoud=ruw, door=w.administratie, nu=NU)


def test_goede_regels_blijven_staan(wereld):
    nummer, vreemd = wereld.toewijzing.toewijzingnummer, ToewijzingFactory().toewijzingnummer
    regels = [
        f"632;{nummer};02-11-2026;150",  # a spreadsheet dropped the zero
        f"0632;{nummer};09-11-2026;2,5 uur",
        f"0632;{nummer};16-11-2026;2:30",
        f"0632;{vreemd};16-11-2026;60",
        f"0632;{nummer};02-11-2026;10",
    ]
    bestand, taak = neem_aan(wereld, "\ufeff" + KOP + "\n".join(regels))
    assert taak is None
    assert (bestand.aantal_goed, bestand.aantal_fout) == (2, 3)
    assert [rij[2] for rij in rijen()] == [150, 150]
    assert [f"{f['regel']}: {f['tekst']}" for f in bestand.fouten] == [
        "3: kolom minuten bevat ‘2,5 uur’. Schrijf 150.",
        f"5: toewijzing {vreemd} van gemeente 0632 is niet van uw organisatie. Controleer het nummer.",
        "6: deze levering staat ook op regel 2. Haal er een weg.",
    ]


def test_hele_maand_met_komma_en_windows_tekens(wereld):
    regel = f"{wereld.toewijzing.toewijzingnummer},0632,2026-11,600,café"
    bestand, _ = neem_aan(wereld, f"toewijzingnummer,gemeente,maand,minuten,opmerking\n{regel}\n".encode("cp1252"))
    assert (bestand.aantal_goed, bestand.aantal_fout) == (1, 0)
    assert rijen() == [(date(2026, 11, 2), date(2026, 11, 30), 600)]


def test_bestand_ligt_versleuteld(wereld):
    bestand, _ = neem_aan(wereld, KOP)
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhoud FROM declaraties_leveringsbestand WHERE id = %s", [bestand.pk])
        (ruw,) = cursor.fetchone()
    assert b"toewijzingnummer" not in bytes(ruw)
    assert bytes(Leveringsbestand.objects.get().inhoud) == KOP.encode()


def test_groot_bestand_wacht_op_de_werker(wereld):
    bestand, taak = neem_aan(wereld, KOP + "0632;1;02-11-2026;1\n" * 501)
    assert bestand.verwerkt_op is None
    assert (taak.status, taak.invoer) == (Achtergrondtaak.Status.WACHT, {"bestand": bestand.pk})


def test_te_groot_bestand_wordt_niet_bewaard(wereld):
    with pytest.raises(Geweigerd, match="groter dan 10 MB"):
        neem_aan(wereld, b"x" * (10 * 1024 * 1024 + 1))
    assert not Leveringsbestand.objects.exists()


def test_prestaties_overlappen_nooit(geleverd):
    with pytest.raises(Exception, match="prestatie_geen_overlap"):
        PrestatieFactory(toewijzing=geleverd.toewijzing)
