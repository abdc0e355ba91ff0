"""A declaration from outside: stored, judged and ready to be answered."""

from datetime import date
from decimal import Decimal as D

import pytest

from declaraties.actions import declaraties, ontvangst
from declaraties.models import Declaratie, Declaratieregel
from declaraties.rules.controle import Regel
from tests.declaraties.conftest import NOVEMBER, NU
from tests.factories import ToewijzingFactory
from tests.factories.declaraties import PrestatieFactory
from wmo.actions.kader import Geweigerd
from wmo.models import Logregel, Taak
from wmo.periodes import Periode

pytestmark = pytest.mark.django_db
DEEL = Periode(date(2026, 11, 2), date(2026, 11, 30))


def regel(toewijzing, nummer="E1", **velden) -> Regel:
    basis = Regel(
        nummer, toewijzing.toewijzingnummer, "01", "01A03", DEEL, 600, "01", D("0.55"), D("330.00"),
        bsn=toewijzing.client.bsn,
    )  # fmt: skip
    return basis._replace(**velden)


def ontvang(w, regels, nummer="EXT1", maand=NOVEMBER, bedrag="330.00") -> Declaratie:
    return ontvangst.ontvang(
        aanbieder=w.aanbieder,
        gemeente=w.gemeente,
        declaratienummer=nummer,
        maand=maand,
        ingediend_bedrag=D(bedrag),
        regels=iter(regels),
        door=w.backoffice,
        nu=NU,
    )


def codes(declaratie: Declaratie) -> dict[str, list[str]]:
    return dict(declaratie.regels.values_list("referentienummer", "afkeurcodes"))


def test_goede_en_foute_regels_apart(wereld):
    tweede = wereld.toewijzing_erbij()
    declaratie = ontvang(wereld, [regel(wereld.toewijzing), regel(tweede, "E2", bedrag=D("1.00"))])
    assert codes(declaratie) == {"E1": [], "E2": ["9346"]}
    assert (declaratie.ingediend_bedrag, declaratie.toegekend_bedrag) == (D("331.00"), D("330.00"))
    assert declaratie.status == Declaratie.Status.INGEDIEND
    assert declaratie.antwoord_uiterlijk == date(2026, 12, 17)
    assert Taak.objects.open().get().soort == Taak.Soort.DECLARATIE_BEANTWOORDEN
    assert Logregel.objects.filter(handeling="declaraties.ontvang").count() == 1
    declaraties.beantwoord(declaratie=declaratie, door=wereld.backoffice, nu=NU)
    assert declaratie.toegekend_bedrag == D("330.00")


def test_dezelfde_controle_als_een_eigen_declaratie(geleverd):
    """What the portal made and what came in get the same outcome."""
    eigen = declaraties.dien_in(
        declaratie=declaraties.bouw_maand(
            aanbieder=geleverd.aanbieder, gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.administratie, nu=NU
        ),
        door=geleverd.administratie,
        nu=NU,
    ).declaratie
    terug = ontvang(geleverd, [], nummer=eigen.declaratienummer)
    assert terug.pk == eigen.pk
    assert terug.ontvangen_op == NU
    assert terug.regels.get().status == Declaratieregel.Status.GOEDGEKEURD
    with pytest.raises(Geweigerd, match="al gebruikt"):
        ontvang(geleverd, [], nummer=eigen.declaratienummer)


def test_eigen_declaratie_met_ander_totaal_wordt_niet_verwerkt(geleverd):
    concept = declaraties.bouw_maand(
        aanbieder=geleverd.aanbieder, gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.administratie, nu=NU
    )
    declaraties.dien_in(declaratie=concept, door=geleverd.administratie, nu=NU)
    with pytest.raises(Geweigerd, match="Het bericht noemt"):
        ontvang(geleverd, [], nummer=concept.declaratienummer, bedrag="1.00")


def test_dubbel_nummer_en_te_vroege_maand(wereld):
    ontvang(wereld, [regel(wereld.toewijzing)])
    with pytest.raises(Geweigerd) as dubbel:
        ontvang(wereld, [])
    with pytest.raises(Geweigerd) as vroeg:
        ontvang(wereld, [], nummer="EXT2", maand=date(2026, 10, 1))
    assert (dubbel.value.reden, vroeg.value.reden) == ("9333", "8214")
    assert Declaratie.objects.count() == 1


def test_bsn_en_toewijzing_horen_bij_elkaar(wereld):
    """TR304: all lines of that client are refused; others go on."""
    tweede, vreemd = wereld.toewijzing_erbij(), ToewijzingFactory()
    declaratie = ontvang(
        wereld,
        [
            regel(wereld.toewijzing),
            regel(tweede, "E2", toewijzingnummer=wereld.toewijzing.toewijzingnummer),
            regel(tweede, "E3"),
            regel(vreemd, "E4"),
        ],
    )
    assert codes(declaratie) == {"E1": [], "E2": ["8187"], "E3": ["8187"], "E4": ["8187"]}


def test_onbekende_toewijzing_van_een_bekende_client(wereld):
    declaratie = ontvang(wereld, [regel(wereld.toewijzing, toewijzingnummer=999)])
    rij = declaratie.regels.get()
    assert (rij.afkeurcodes, rij.toewijzing_id, rij.volgnummer) == (["9338"], None, 1)


def test_credit_en_nieuwe_debet_in_een_bericht(wereld):
    """R-284, OP366: the credit stands last and is still judged first."""
    eerste = ontvang(wereld, [regel(wereld.toewijzing)])
    declaraties.beantwoord(declaratie=eerste, door=wereld.backoffice, nu=NU)
    tweede = ontvang(
        wereld,
        [
            regel(wereld.toewijzing, "E2", volume=480, bedrag=D("264.00")),
            regel(wereld.toewijzing, "E3", is_credit=True, vorig_referentienummer="E1"),
        ],
        nummer="EXT2",
    )
    assert codes(tweede) == {"E2": [], "E3": []}
    assert tweede.ingediend_bedrag == D("-66.00")
    debet = eerste.regels.get()
    assert debet.gecrediteerd
    assert tweede.regels.get(is_credit=True).vorige == debet


def test_tweede_debet_wordt_afgekeurd_en_bewaard(wereld):
    ontvang(wereld, [regel(wereld.toewijzing)])
    tweede = ontvang(wereld, [regel(wereld.toewijzing, "E2")], nummer="EXT2")
    assert codes(tweede) == {"E2": ["9389"]}


def test_hergebruikt_referentienummer(wereld):
    """TR314."""
    ontvang(wereld, [regel(wereld.toewijzing)])
    tweede = ontvang(wereld, [regel(wereld.toewijzing_erbij(), "E1")], nummer="EXT2")
    assert codes(tweede) == {"E1": ["8021"]}


def test_open_concept_maakt_plaats_voor_het_bericht(geleverd):
    """A provider that also has prestaties here: the message wins, the concept does not stand in its way."""
    concept = declaraties.bouw_maand(
        aanbieder=geleverd.aanbieder, gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.administratie, nu=NU
    )
    declaratie = ontvang(geleverd, [regel(geleverd.toewijzing)])
    assert codes(declaratie) == {"E1": []}
    assert not concept.regels.exists()


def test_porties_breken_geen_client_in_tweeen(wereld, monkeypatch):
    monkeypatch.setattr(ontvangst, "PORTIE", 2)
    a, b = wereld.toewijzing, wereld.toewijzing_erbij()
    regels = [regel(a, "1"), regel(a, "2"), regel(a, "3"), regel(b, "4")]
    gevonden = [[nummer for nummer, _ in portie] for portie in ontvangst.porties(iter(regels))]
    assert gevonden == [[1, 2, 3], [4]]


def test_aantal_vragen_hangt_niet_af_van_het_aantal_regels(wereld, django_assert_max_num_queries):
    regels = [regel(wereld.toewijzing_erbij(), f"E{i}") for i in range(12)]
    PrestatieFactory(toewijzing=wereld.toewijzing)
    with django_assert_max_num_queries(27):
        ontvang(wereld, regels)
