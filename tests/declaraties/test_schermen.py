"""What people see of the money: who, what, and how many queries it costs."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from declaraties.actions import controle, declaraties, indexaties
from declaraties.models import Declaratie, Prestatie, Tarief
from declaraties.views import aanbieder as aanbiederviews
from tests.declaraties.conftest import NOVEMBER, NU
from tests.declaraties.test_indexaties import VNG
from tests.factories import GemeenteFactory, aanstelling, moment
from tests.factories.declaraties import PrestatieFactory
from wmo.actions import bezoeken
from wmo.models import Achtergrondtaak, Logregel
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
MAAND = "?maand=2026-11&gemeente=0632"


@pytest.fixture(autouse=True)
def _december(monkeypatch):
    """The pages read the moment in one place each; here it is 3 December 2026."""
    for module in ("aanbieder", "gemeente", "leveringen", "indexatie", "tarieven"):
        monkeypatch.setattr(f"declaraties.views.{module}.timezone.now", lambda: NU)


def als(client, aanstelling_):
    client.force_login(aanstelling_.gebruiker)
    return client


def tekst(antwoord) -> str:
    return antwoord.content.decode().replace("\xa0", " ")


def ingediend(w) -> Declaratie:
    concept = declaraties.bouw_maand(
        aanbieder=w.aanbieder, gemeente=w.gemeente, maand=NOVEMBER, door=w.administratie, nu=NU
    )
    return declaraties.dien_in(declaratie=concept, door=w.administratie, nu=NU).declaratie


def test_maand_invullen_controleren_en_indienen(client, wereld):
    """From an empty month to a submitted declaration, without scripts."""
    als(client, wereld.administratie)
    veld = f"aantal-{wereld.toewijzing.pk}"
    antwoord = client.get(reverse("declaraties:aanbieder") + MAAND)
    assert veld in tekst(antwoord)
    assert ">990<" in tekst(antwoord)  # six times 165
    client.post(reverse("declaraties:registreer"), {"maand": "2026-11", "gemeente": "0632", veld: "10:00"})
    assert Prestatie.objects.get().aantal == 600
    assert "€ 330,00" in tekst(client.get(reverse("declaraties:aanbieder") + MAAND))
    antwoord = client.post(reverse("declaraties:opstellen"), {"maand": "2026-11", "gemeente": "0632"}, follow=True)
    concept = Declaratie.objects.get()
    assert "Akkoord" in tekst(antwoord)
    assert "nog geen start gemeld" in tekst(antwoord)
    assert "17-12-2026" in tekst(client.get(reverse("declaraties:indienen", args=[concept.pk])))
    antwoord = client.post(reverse("declaraties:indienen", args=[concept.pk]), follow=True)
    assert "Declaratie 2026-11 is ingediend: 1 regels, € 330,00. U krijgt uiterlijk 17-12-2026 antwoord." in tekst(
        antwoord
    )


def test_onleesbare_minuten_komen_terug_met_de_goede_bewaard(client, wereld):
    tweede = wereld.toewijzing_erbij(ingangsdatum=date(2026, 11, 20))
    als(client, wereld.administratie)
    antwoord = client.post(
        reverse("declaraties:registreer"),
        {
            "maand": "2026-11",
            "gemeente": "0632",
            f"aantal-{wereld.toewijzing.pk}": "600",
            f"aantal-{tweede.pk}": "99999",
        },
    )
    assert antwoord.status_code == 422
    assert "meer dan 24 uur per dag" in tekst(antwoord)
    assert 'value="99999"' in tekst(antwoord)
    assert Prestatie.objects.get().toewijzing == wereld.toewijzing


def test_bewaren_zonder_wijziging_laat_de_dagen_staan(client, wereld):
    """The field shows the sum of two days; saving it unchanged must not make a month total of them."""
    for dag in (2, 9):
        PrestatieFactory(
            toewijzing=wereld.toewijzing, ingangsdatum=date(2026, 11, dag), einddatum=date(2026, 11, dag), aantal=150
        )
    veld = f"aantal-{wereld.toewijzing.pk}"
    als(client, wereld.administratie)
    assert 'value="300"' in tekst(client.get(reverse("declaraties:aanbieder") + MAAND))
    client.post(reverse("declaraties:registreer"), {"maand": "2026-11", "gemeente": "0632", veld: "300"})
    assert list(Prestatie.objects.values_list("aantal", flat=True)) == [150, 150]


def test_andermans_toewijzing_invullen_doet_niets(client, wereld):
    vreemd = wereld.toewijzing_erbij()
    vreemd.aanbieder = aanstelling(Rol.PLANNING).aanbieder
    vreemd.save()
    als(client, wereld.administratie).post(
        reverse("declaraties:registreer"), {"maand": "2026-11", "gemeente": "0632", f"aantal-{vreemd.pk}": "600"}
    )
    assert not Prestatie.objects.exists()


def test_bestand_met_fouten(client, wereld):
    als(client, wereld.administratie)
    nummer = wereld.toewijzing.toewijzingnummer
    regels = ["gemeente;toewijzingnummer;datum;minuten", f"0632;{nummer};02-11-2026;150"]
    regels.append(f"0632;{nummer};09-11-2026;2,5 uur")
    bestand = SimpleUploadedFile("november.csv", "\n".join(regels).encode())
    antwoord = client.post(reverse("declaraties:upload"), {"bestand": bestand}, follow=True)
    assert "Regel 3: kolom minuten bevat ‘2,5 uur’. Schrijf 150." in tekst(antwoord)
    pk = antwoord.redirect_chain[-1][0].rstrip("/").rsplit("/", 1)[1]
    fouten = tekst(client.get(reverse("declaraties:foutbestand", args=[pk])))
    assert "3;minuten;2,5 uur;" in fouten
    ander = aanstelling(Rol.ADMINISTRATIE)
    assert als(client, ander).get(reverse("declaraties:bestand", args=[pk])).status_code == 404


def test_leeg_bestand_is_een_fout_in_het_veld(client, wereld):
    antwoord = als(client, wereld.administratie).post(
        reverse("declaraties:upload"), {"bestand": SimpleUploadedFile("leeg.csv", b"")}
    )
    assert antwoord.status_code == 422
    assert "Dit bestand is leeg" in tekst(antwoord)


def test_invulbestand_heeft_een_regel_per_opdracht(client, wereld):
    inhoud = tekst(als(client, wereld.administratie).get(reverse("declaraties:sjabloon") + MAAND))
    assert f"0632;{wereld.toewijzing.toewijzingnummer};2026-11;0" in inhoud
    assert wereld.toewijzing.client.achternaam not in inhoud


def test_gemeente_ziet_uitval_in_gewone_taal_en_beantwoordt(client, geleverd):
    declaratie = ingediend(geleverd)
    geleverd.toewijzing.__class__.objects.update(budget=D("100.00"))
    controle.controleer_opnieuw(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    als(client, geleverd.backoffice)
    assert "Nog 10 werkdagen" in tekst(client.get(reverse("declaraties:overzicht")))
    pagina = tekst(client.get(reverse("declaraties:declaratie", args=[declaratie.pk])))
    assert "Budget op" in pagina
    assert "(9369)" in pagina
    assert "+ € 230,00" in pagina  # 330 against 100
    assert str(geleverd.toewijzing.client) in pagina
    assert Logregel.objects.filter(soort="lezen", object_id=str(declaratie.pk)).count() == 1
    regel = declaratie.regels.get()
    client.post(reverse("declaraties:besluit", args=[regel.pk]), {"goed": "1", "reden": "Budget gaat omhoog"})
    assert "€ 330,00" in tekst(client.get(reverse("declaraties:antwoord", args=[declaratie.pk])))
    client.post(reverse("declaraties:antwoord", args=[declaratie.pk]))
    client.post(reverse("declaraties:betaling", args=[declaratie.pk]))
    antwoord = client.post(
        reverse("declaraties:betaling", args=[declaratie.pk]), {"betaald_op": "03-12-2026"}, follow=True
    )
    assert "Betaald op 03-12-2026" in tekst(antwoord)
    declaratie.refresh_from_db()
    assert (declaratie.status, declaratie.toegekend_bedrag) == ("betaald", D("330.00"))


def test_beleid_leest_bedragen_zonder_namen(client, geleverd):
    """Without the right to read dossiers there is a number, and no button."""
    declaratie = ingediend(geleverd)
    pagina = tekst(
        als(client, aanstelling(Rol.BELEIDSMEDEWERKER)).get(reverse("declaraties:declaratie", args=[declaratie.pk]))
    )
    assert str(geleverd.toewijzing.toewijzingnummer) in pagina
    assert geleverd.toewijzing.client.achternaam not in pagina
    assert "Maak antwoord" not in pagina


@pytest.mark.parametrize(
    ("rol", "naam", "code"),
    [
        (Rol.REGIO, "overzicht", 403),
        (Rol.CONSULENT, "overzicht", 403),
        (Rol.PLANNING, "aanbieder", 403),
        (Rol.ADMINISTRATIE, "tarieven", 403),
        (Rol.REGIO, "tarieven", 200),
        (Rol.BELEIDSMEDEWERKER, "tarieven", 200),
        (Rol.BACKOFFICE, "overzicht", 200),
    ],
)
def test_wie_mag_waar(client, geleverd, rol, naam, code):
    assert als(client, aanstelling(rol)).get(reverse(f"declaraties:{naam}")).status_code == code


def test_buiten_de_eigen_gemeente_bestaat_niets(client, geleverd):
    declaratie = ingediend(geleverd)
    ander = aanstelling(Rol.BACKOFFICE, gemeente=GemeenteFactory(code="0335"))
    als(client, ander)
    for naam in ("declaratie", "antwoord", "download"):
        assert client.get(reverse(f"declaraties:{naam}", args=[declaratie.pk])).status_code == 404
    assert client.post(reverse("declaraties:besluit", args=[declaratie.regels.get().pk])).status_code == 404


def test_download_heeft_geen_namen(client, geleverd):
    declaratie = ingediend(geleverd)
    antwoord = als(client, geleverd.backoffice).get(reverse("declaraties:download", args=[declaratie.pk]))
    blad = load_workbook(BytesIO(antwoord.content)).active
    cellen = [str(cel.value) for rij in blad.iter_rows() for cel in rij]
    assert "330" in cellen
    assert not [cel for cel in cellen if geleverd.toewijzing.client.achternaam in cel]


def test_regio_rekent_gemeente_keurt_regio_publiceert(client, geleverd):
    """Indexation through the screens, with the warning about rounding and the total."""
    regio, beleid = aanstelling(Rol.REGIO), aanstelling(Rol.BELEIDSMEDEWERKER)
    als(client, regio).post(
        reverse("declaraties:indexatie-nieuw"), {"contract": geleverd.perceel.contract.pk, "jaar": 2027}
    )
    indexatie = geleverd.perceel.contract.indexaties.get()
    namen = ("indexatie", "indexatie-reken", "indexatie-stap", "indexatie-oordeel")
    url, reken, stap, oordeel = (reverse(f"declaraties:{naam}", args=[indexatie.pk]) for naam in namen)
    invoer = {naam: str(waarde) for naam, waarde in vars(VNG).items() if waarde is not False} | {"prijsgewicht": "10"}
    antwoord = client.post(reken, invoer | {"prijsgewicht": "5"})
    assert antwoord.status_code == 422
    assert "Loon en prijs zijn samen 95%. Maak er 100% van." in tekst(antwoord)
    client.post(reken, invoer)
    pagina = tekst(client.get(url))
    assert "4,957%" in pagina
    assert "4,95%" in pagina
    assert "€ 34,48" in pagina
    assert "3,64%" in pagina
    assert geleverd.toewijzing.client.achternaam not in pagina
    client.post(stap, {"stap": "vraag"})
    assert client.post(oordeel, {"oordeel": "goed"}).status_code == 403
    als(client, beleid)
    assert "Keur indexatie goed" in tekst(client.get(url))
    client.post(oordeel, {"oordeel": "goed"})
    als(client, regio).post(stap, {"stap": "publiceer"})
    assert Tarief.objects.get(ingangsdatum=date(2027, 1, 1)).tarief == D("34.48")


def test_nieuw_tarief_dat_overlapt(client, wereld):
    contract = wereld.perceel.contract
    invoer = {"contract": contract.nummer, "product": contract.producten.get().pk, "bron": "besluit"}
    als(client, aanstelling(Rol.REGIO))
    antwoord = client.post(
        reverse("declaraties:tarief-nieuw"), invoer | {"tarief": "36,00", "ingangsdatum": "01-01-2025"}
    )
    assert antwoord.status_code == 422
    assert "overlapt met 01-01-2026" in tekst(antwoord)
    antwoord = client.post(
        reverse("declaraties:tarief-nieuw"), invoer | {"tarief": "36,00", "ingangsdatum": "01-01-2027"}, follow=True
    )
    assert "€ 36,00" in tekst(antwoord)
    assert "Niet deelbaar door 0,60." in tekst(antwoord)
    assert "€ 33,00" in tekst(antwoord)  # what an hour of rounded minutes costs


def test_maandrun_met_voortgang(client, geleverd):
    antwoord = als(client, geleverd.backoffice).post(reverse("declaraties:maandrun"))
    taak = Achtergrondtaak.objects.get()
    assert antwoord.url == reverse("wmo:taak", args=[taak.pk])
    assert "<progress" in tekst(client.get(antwoord.url))
    client.post(reverse("declaraties:maandrun"))
    assert Achtergrondtaak.objects.count() == 1  # pressing twice starts one
    assert als(client, aanstelling(Rol.REGIO)).get(antwoord.url).status_code == 404


def test_wat_niet_doorging_staat_bij_de_minuten(client, geleverd):
    """R-144: of this month only, beside the row in which somebody might declare it."""
    for dag in (date(2026, 11, 9), date(2026, 11, 16), date(2026, 10, 5)):
        bezoeken.meld(
            toewijzing=geleverd.toewijzing, afspraak_op=moment(dag, 9), toelichting="Aangebeld.",
            door=geleverd.administratie, nu=moment(),
        )  # fmt: skip
    pagina = als(client, geleverd.administratie).get(reverse("declaraties:aanbieder") + MAAND)
    assert "2 bezoeken gingen niet door: niet declareren" in tekst(pagina)


@pytest.mark.parametrize("aantal", [1, 3])
def test_vragen_per_lijst(client, geleverd, django_assert_num_queries, aantal):
    """Literal counts, the same with one row and with three."""
    for _ in range(aantal - 1):
        PrestatieFactory(toewijzing=geleverd.toewijzing_erbij())
    declaratie = ingediend(geleverd)
    als(client, geleverd.administratie)
    with django_assert_num_queries(13):
        client.get(reverse("declaraties:aanbieder") + MAAND)
    with django_assert_num_queries(5):
        client.get(reverse("declaraties:eigen", args=[declaratie.pk]))
    als(client, geleverd.backoffice)
    with django_assert_num_queries(5):
        client.get(reverse("declaraties:overzicht"))
    with django_assert_num_queries(9):
        client.get(reverse("declaraties:declaratie", args=[declaratie.pk]))


@pytest.mark.parametrize("aantal", [1, 3])
def test_vragen_van_tarieven_en_indexatie(client, geleverd, django_assert_num_queries, aantal):
    for jaar in range(aantal):
        Tarief.objects.create(
            contract=geleverd.perceel.contract,
            product=geleverd.toewijzing.product,
            tarief=30,
            ingangsdatum=date(2020 - jaar, 1, 1),
            einddatum=date(2020 - jaar, 12, 31),
            bron="oud",
        )
    regio = aanstelling(Rol.REGIO)
    indexatie = indexaties.stel_voor(
        contract=geleverd.perceel.contract, jaar=2027, uitgangspunten=VNG, op=date(2026, 12, 1), door=regio, nu=NU
    )
    als(client, regio)
    with django_assert_num_queries(7):
        client.get(reverse("declaraties:tarieven"))
    with django_assert_num_queries(7):
        client.get(reverse("declaraties:indexatie", args=[indexatie.pk]))


def test_bevestiging_noemt_wat_achterbleef(geleverd):
    declaratie = ingediend(geleverd)
    zin = aanbiederviews._bevestiging(declaraties.Indiening(declaratie, 2))
    assert zin.endswith("2 regels zijn niet meegegaan. Zij komen terug in uw volgende concept.")
