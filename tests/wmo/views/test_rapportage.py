"""The report of a gemeente: right to the day, about itself alone, with the period before beside it (screen S26)."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from berichten.models import Bericht
from declaraties.models import Declaratie, Declaratieregel
from tests.factories import GemeenteFactory, ToewijzingFactory, ZaakFactory, aanstelling, moment
from tests.factories.wmo import NormtabelFactory
from wmo.models import Client, Gemeente, Leveringsfeit, Normberekening
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
OKTOBER = "/rapportage/?soort=maand&dag=15-10-2026"


@pytest.fixture
def gemeente() -> Gemeente:
    return GemeenteFactory()


@pytest.fixture
def lezer(client, gemeente):
    client.force_login(aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente).gebruiker)
    return client


def cijfers(lezer, pad: str = OKTOBER) -> dict[str, tuple[str, str]]:
    """Label -> (this period, the one before)."""
    blokken = lezer.get(pad).context["blokken"]
    return {regel.label: (regel.nu, regel.eerder) for _, regels in blokken for regel in regels}


def besloten(gemeente: Gemeente, *, aanvraag: date, bekend: date, **velden) -> None:
    ZaakFactory(
        client__gemeente=gemeente, melding_op=moment(date(2026, 9, 1)), status="bekendgemaakt", uiterste_datum=None,
        aanvraag_op=aanvraag, bekendgemaakt_op=bekend, **velden,
    )  # fmt: skip


def test_besluit_is_op_tijd_tot_en_met_de_laatste_dag(lezer, gemeente):
    """Two weeks from the aanvraag (R-020); a case of another gemeente does not count."""
    besloten(gemeente, aanvraag=date(2026, 10, 1), bekend=date(2026, 10, 15))
    besloten(gemeente, aanvraag=date(2026, 10, 1), bekend=date(2026, 10, 16))
    besloten(GemeenteFactory(code="0335"), aanvraag=date(2026, 10, 1), bekend=date(2026, 10, 15))
    assert cijfers(lezer)["Besluit bekend binnen de termijn"] == ("1 van 2 (50%)", "geen")
    assert cijfers(lezer)["Van melding tot besluit (mediaan)"][0] == "45 dagen"


def test_opschorting_verlengt_ook_in_het_cijfer(lezer, gemeente):
    """R-046: waiting for what the resident must bring stops the clock."""
    besloten(gemeente, aanvraag=date(2026, 10, 1), bekend=date(2026, 10, 16))
    zaak = gemeente.zaken.get()
    zaak.opschortingen.create(
        grond="4:15-1a", eerste_dag=date(2026, 10, 6), laatste_dag=date(2026, 10, 8),
        hersteltermijn_tot=date(2026, 10, 20),
    )  # fmt: skip
    assert cijfers(lezer)["Besluit bekend binnen de termijn"][0] == "1 van 1 (100%)"


def test_onderzoek_heeft_zes_weken(lezer, gemeente):
    """R-011: from the day of the melding."""
    for verslag in (date(2026, 10, 13), date(2026, 10, 14)):
        ZaakFactory(client__gemeente=gemeente, melding_op=moment(date(2026, 9, 1)), verslag_verstrekt_op=verslag)
    cijfer = cijfers(lezer)
    assert cijfer["Onderzoek klaar binnen 6 weken"] == ("1 van 2 (50%)", "geen")
    assert cijfer["Nieuwe meldingen"] == ("0", "2")
    assert cijfer["Waarvan spoed"] == ("0", "0")


def test_normenkader_telt_alleen_afwijkingen_in_het_gemiddelde(lezer, gemeente):
    zaak, tabel = ZaakFactory(client__gemeente=gemeente), NormtabelFactory()
    for versie, vastgesteld in enumerate((120, 150, 180), 1):
        Normberekening.objects.create(
            zaak=zaak, tabel=tabel, versie=versie, berekend=150, vastgesteld=vastgesteld if versie != 1 else 121,
            afwijking_reden="Zie het plan." if vastgesteld != 150 else "", vastgesteld_op=moment(date(2026, 10, 6)),
            vastgesteld_door=aanstelling(Rol.CONSULENT, gemeente=gemeente),
        )  # fmt: skip
    cijfer = cijfers(lezer)
    assert cijfer["Anders dan de norm vastgesteld"][0] == "2 van 3 (67%)"
    assert cijfer["Gemiddeld verschil bij een afwijking"] == ("+1 minuten per week", "geen")


def test_start_declaratie_en_bericht_komen_uit_hun_eigen_app(lezer, gemeente):
    toewijzing = ToewijzingFactory(voorziening__beschikking__zaak__client__gemeente=gemeente)
    Leveringsfeit.objects.create(
        levering=toewijzing.levering, soort="start", begindatum=date(2026, 11, 12), gemeld_op=moment()
    )
    _declareer(toewijzing)
    for antwoord in (moment(date(2026, 11, 16)), moment(date(2026, 11, 17)), None):
        Bericht.objects.create(
            kant="gemeente", richting="uit", soort="301", gemeente=gemeente, status="verzonden", ontstaan_op=moment(),
            antwoord_uiterlijk=date(2026, 11, 16), beantwoord_op=antwoord,
        )  # fmt: skip
    cijfer = cijfers(lezer, "/rapportage/?soort=maand&dag=01-11-2026")
    assert cijfer["Van besluit tot start (mediaan)"][0] == "10 dagen"
    assert cijfer["Ingediend"][0] == "€\xa0330,00"
    assert cijfer["Regels met uitval"][0] == "1 van 2 (50%)"
    assert cijfer["Vaakst waarom"][0] == "Tarief klopt niet (1)"
    assert cijfer["Antwoord op tijd gekregen"][0] == "1 van 3 (33%)"


def _declareer(toewijzing) -> None:
    declaratie = Declaratie.objects.create(
        aanbieder=toewijzing.aanbieder, gemeente=toewijzing.gemeente, maand=date(2026, 10, 1), declaratienummer="D1",
        status="ingediend", opgesteld_op=moment(), ingediend_op=moment(), antwoord_uiterlijk=date(2026, 11, 30),
        ingediend_bedrag=Decimal(330),
    )  # fmt: skip
    for nummer, codes in enumerate(([], ["0611"])):
        Declaratieregel.objects.create(
            declaratie=declaratie, aanbieder=toewijzing.aanbieder, toewijzing=toewijzing, categorie="01",
            toewijzingnummer=toewijzing.toewijzingnummer, productcode="01A15", ingangsdatum=date(2026, 10, 1 + nummer),
            einddatum=date(2026, 10, 31), eenheid="01", volume=300, tarief=Decimal("0.55"), bedrag=Decimal(165),
            referentienummer=f"R{nummer}", status="afgekeurd" if codes else "goedgekeurd", afkeurcodes=codes,
        )  # fmt: skip


@pytest.mark.parametrize("aantal", [1, 4])
def test_aantal_vragen_hangt_niet_af_van_het_aantal_zaken(lezer, gemeente, django_assert_num_queries, aantal):
    for _ in range(aantal):
        besloten(gemeente, aanvraag=date(2026, 10, 1), bekend=date(2026, 10, 15))
    lezer.get(OKTOBER)
    with django_assert_num_queries(23):
        lezer.get(OKTOBER)


def test_onleesbare_dag_geeft_een_zin_en_de_lopende_maand(lezer):
    antwoord = lezer.get("/rapportage/?soort=maand&dag=31-02-2026")
    assert antwoord.status_code == 422
    assert timezone.localdate() in antwoord.context["periode"]
    assert antwoord.context["form"].errors["dag"]


def test_download_heeft_dezelfde_cijfers(lezer, gemeente):
    besloten(gemeente, aanvraag=date(2026, 10, 1), bekend=date(2026, 10, 15))
    blad = load_workbook(BytesIO(lezer.get(OKTOBER.replace("/?", "/download/?")).content)).active
    rijen = [[cel.value for cel in rij] for rij in blad.rows]
    assert ["Op tijd", "Besluit bekend binnen de termijn", "1 van 1 (100%)", "geen"] in rijen
    assert Client.objects.get().achternaam not in str(rijen)
