"""Sending through the GGk: over real HTTPS with certificates on both sides, and every way in which it can go wrong."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from berichten import tasks
from berichten.actions import outbox
from berichten.knooppunt.envelop import ACTIES, Envelop
from berichten.models import Bericht, Foutmelding
from berichten.simulator.papieren import Paar, maak
from berichten.transport import Onbestelbaar, Postbus, Zending, verbinding
from berichten.transport.bestand import Map
from berichten.transport.ggk import Ggk
from berichten.transport.https import Aansluiting, tls
from berichten.transport.wegwijzer import Wegwijzer
from config.server import vrije_poort
from tests.berichten import knooppunt as proef
from tests.berichten.knooppunt import Knooppunt
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, ToewijzingFactory, moment
from wmo.models import Toewijzing

NUMMER, VRAAG = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"
ZENDING = Zending(Postbus("0632", "01023456", "aanbieder"), "301", "1", NUMMER)


@pytest.fixture(scope="module")
def papieren(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paar]:
    """Two authorities that do not know each other, a server, and a client of each."""
    map_ = tmp_path_factory.mktemp("papieren")
    ca, vreemd = maak(map_, "ca"), maak(map_, "vreemd")
    return {
        "ca": ca,
        "vreemd": vreemd,
        "server": maak(map_, "server", ca),
        "wij": maak(map_, "wij", ca),
        "indringer": maak(map_, "indringer", vreemd),
    }


@pytest.fixture
def knooppunt(papieren: dict[str, Paar]) -> Iterator[Knooppunt]:
    with proef.luisterend(papieren["server"], papieren["ca"]) as knooppunt:
        yield knooppunt


@pytest.fixture
def aansluiting(knooppunt: Knooppunt, papieren: dict[str, Paar]) -> Aansluiting:
    wij = papieren["wij"]
    return Aansluiting(knooppunt.endpoint, wij.cert, wij.key, papieren["ca"].cert, wachttijd=5)


def test_bericht_komt_heel_aan_met_nummer_functie_en_actie(knooppunt, aansluiting):
    Ggk(aansluiting).verstuur(ZENDING, [b"<be", b"richt/>"])
    (envelop,) = knooppunt.ontvangen
    assert isinstance(envelop, Envelop)
    assert (envelop.code, envelop.functie, envelop.inhoud) == ("Di01", "WMO301", b"<bericht/>")
    assert (envelop.stuur.nummer, envelop.stuur.zender.organisatie) == (NUMMER, "0632")
    assert (envelop.stuur.ontvanger.organisatie, envelop.stuur.ontvanger.applicatie) == ("01023456", "GGk")
    assert envelop.versies[2:] == ("0003", "0002")
    assert knooppunt.acties == [f'"{ACTIES["Di01"]}"']


def test_antwoord_reist_als_du01_met_het_nummer_van_de_vraag(knooppunt, aansluiting):
    Ggk(aansluiting).verstuur(replace(ZENDING, soort="306", antwoord_op=VRAAG), [b"<antwoord/>"])
    (envelop,) = knooppunt.ontvangen
    assert (envelop.code, envelop.stuur.kruis) == ("Du01", VRAAG)
    assert knooppunt.acties == [f'"{ACTIES["Du01"]}"']


def test_heenbericht_noemt_geen_ander_nummer_ook_niet_als_het_ergens_op_volgt(knooppunt, aansluiting):
    """A 319 follows from a 315, and is a message of its own in the chain."""
    Ggk(aansluiting).verstuur(replace(ZENDING, soort="319", antwoord_op=VRAAG), [b"<antwoord/>"])
    assert (knooppunt.ontvangen[0].code, knooppunt.ontvangen[0].stuur.kruis) == ("Di01", "")


def test_antwoord_zonder_vraag_blijft_hier(knooppunt, aansluiting):
    with pytest.raises(Onbestelbaar, match="crossRefnummer"):
        Ggk(aansluiting).verstuur(replace(ZENDING, soort="306"), [b"<antwoord/>"])
    assert knooppunt.ontvangen == []


def test_te_groot_blijft_hier(knooppunt, aansluiting):
    with pytest.raises(Onbestelbaar, match="25 MB"):
        Ggk(aansluiting).verstuur(ZENDING, [b"x" * 20_000_000])
    assert knooppunt.ontvangen == []


def test_groot_bericht_gaat_er_nog_door(knooppunt, aansluiting):
    Ggk(aansluiting).verstuur(ZENDING, [b"x" * 12_000_000])
    assert len(knooppunt.ontvangen[0].inhoud) == 12_000_000


GGK = proef.Partij("IB", "GGk")
ANDER = replace(proef.antwoordkop(proef.controle.stuur(GGK, GGK, moment())), kruis=VRAAG)


@pytest.mark.parametrize(
    ("zeg", "zin"),
    [
        (proef.weiger("IB210", "Ontvangende organisatie onbekend"), "IB210: Ontvangende organisatie onbekend"),
        (lambda bericht: (503, b"<html>druk</html>"), "HTTP 503: Dit is geen bericht in SOAP"),
        (lambda bericht: (200, b"OK"), "HTTP 200: Dit is geen welgevormde XML"),
        (lambda bericht: (200, b""), "HTTP 200: De envelop is leeg"),
        (lambda bericht: (202, proef.bevestig(bericht)[1]), "HTTP 202 met een Bv03"),
        (lambda bericht: (200, proef.soap.pak_in(proef.Bevestiging(ANDER))), "ander bericht"),
        (lambda bericht: (200, b"<a>" + b" " * 2_000_000 + b"</a>"), "te groot"),
        (lambda bericht: (200, b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), "DOCTYPE"),
    ],
    ids=["fo03", "503", "geen-xml", "leeg", "202", "ander-nummer", "te-groot", "onveilig"],
)
def test_wat_geen_ontvangstbewijs_is_is_niet_bezorgd(knooppunt, aansluiting, zeg, zin):
    knooppunt.zeg = zeg
    with pytest.raises(Onbestelbaar, match=zin):
        Ggk(aansluiting).verstuur(ZENDING, [b"<bericht/>"])


def test_stilte(knooppunt, aansluiting):
    knooppunt.wacht = 20
    with pytest.raises(Onbestelbaar, match=r"niet binnen 0\.5 seconden"):
        Ggk(replace(aansluiting, wachttijd=0.5)).verstuur(ZENDING, [b"<bericht/>"])


def test_niemand_thuis(aansluiting):
    dicht = replace(aansluiting, endpoint=f"https://127.0.0.1:{vrije_poort(24000)}/ontvang")
    with pytest.raises(Onbestelbaar, match="niet te bereiken"):
        Ggk(dicht).verstuur(ZENDING, [b"<bericht/>"])


def test_zonder_vertrouwd_certificaat_van_ons_laat_het_knooppunt_niets_binnen(knooppunt, aansluiting, papieren):
    indringer = papieren["indringer"]
    with pytest.raises(Onbestelbaar, match="niet te bereiken"):
        Ggk(replace(aansluiting, certificaat=indringer.cert, sleutel=indringer.key)).verstuur(ZENDING, [b"<bericht/>"])
    assert knooppunt.ontvangen == []


def test_een_knooppunt_dat_wij_niet_vertrouwen_krijgt_niets(knooppunt, aansluiting, papieren):
    with pytest.raises(Onbestelbaar, match="CERTIFICATE_VERIFY_FAILED"):
        Ggk(replace(aansluiting, ca=papieren["vreemd"].cert)).verstuur(ZENDING, [b"<bericht/>"])
    assert knooppunt.ontvangen == []


def test_certificaat_dat_er_niet_is(aansluiting):
    with pytest.raises(Onbestelbaar, match="certificaat voor het knooppunt is niet te gebruiken"):
        Ggk(replace(aansluiting, certificaat="/bestaat/niet.pem")).verstuur(ZENDING, [b"<bericht/>"])


def test_oude_tls_gaat_niet(aansluiting):
    context = tls(aansluiting)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


# ------------------------------------------------------------------------------- the outbox over this road


@pytest.fixture
def aangesloten(settings, tmp_path: Path, aansluiting: Aansluiting) -> Wegwijzer:
    settings.BERICHTEN_TRANSPORT = "ggk"
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    settings.GGK_ENDPOINT, settings.GGK_CA = aansluiting.endpoint, aansluiting.ca
    settings.GGK_CERTIFICAAT, settings.GGK_SLEUTEL = aansluiting.certificaat, aansluiting.sleutel
    settings.GGK_WACHTTIJD = 5.0
    weg = verbinding()
    assert isinstance(weg, Wegwijzer)
    return weg


def opdracht(eigen_software: bool) -> Toewijzing:
    toewijzing = ToewijzingFactory(status="concept", aanbieder=AanbiederFactory(eigen_software=eigen_software))
    maak_opdrachten()
    return toewijzing


@pytest.mark.django_db
def test_opdracht_is_pas_verzonden_met_een_bv03(knooppunt, papieren, settings, tmp_path, request):
    toewijzing = opdracht(eigen_software=True)
    weg = request.getfixturevalue("aangesloten")
    knooppunt.zeg = proef.weiger("StUF055", "Bericht is niet volgens schema")
    assert outbox.verzend_volgende(weg, nu=moment())
    rij = Bericht.objects.get()
    assert (rij.status, rij.pogingen) == ("klaar", 1)
    assert rij.laatste_fout == "Het knooppunt weigert dit bericht. StUF055: Bericht is niet volgens schema"
    knooppunt.zeg = proef.bevestig
    assert rij.volgende_poging_op is not None
    outbox.verzend_volgende(weg, nu=rij.volgende_poging_op)
    toewijzing.refresh_from_db()
    assert (Bericht.objects.get().status, toewijzing.status) == ("verzonden", "verzonden")
    eerste, tweede = knooppunt.ontvangen
    assert eerste.stuur.nummer == tweede.stuur.nummer == str(rij.referentienummer), "dezelfde envelop, niet een nieuwe"
    assert tweede.inhoud == rij.inhoud


@pytest.mark.django_db
def test_aanbieder_zonder_software_blijft_in_de_map(knooppunt, request):
    toewijzing = opdracht(eigen_software=False)
    weg = request.getfixturevalue("aangesloten")
    outbox.verzend_volgende(weg, nu=moment())
    assert knooppunt.ontvangen == []
    bus = Postbus(toewijzing.gemeente.code, toewijzing.aanbieder.agb, "aanbieder")
    (post,) = weg.haal_op([bus])
    assert post.postbus == bus


def test_zonder_instelling_blijft_het_de_map(settings):
    assert isinstance(verbinding(), Map)


@pytest.mark.django_db
def test_de_taak_verstuurt_berichten_en_foutmeldingen(knooppunt, request):
    toewijzing = opdracht(eigen_software=True)
    request.getfixturevalue("aangesloten")
    Foutmelding.objects.create(
        richting="uit",
        gemeente=toewijzing.gemeente,
        tegenpartij=toewijzing.aanbieder.agb,
        referentienummer=VRAAG,
        cross_refnummer=NUMMER,
        code="StUF055",
        omschrijving="Berichtbody is niet conform schema in sectormodel",
        ontstaan_op=moment(),
    )
    tasks.verzend_outbox()
    assert [bericht.code for bericht in knooppunt.ontvangen] == ["Di01", "Fo01"]
    assert knooppunt.acties[1] == f'"{ACTIES["Fo01"]}"'
    assert Foutmelding.objects.get().verzonden_op is not None
    tasks.verzend_outbox()
    assert len(knooppunt.ontvangen) == 2
