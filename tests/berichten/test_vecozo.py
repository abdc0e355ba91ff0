"""Sending and collecting through VECOZO: over real HTTPS with certificates on both sides, and all that can go wrong."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from berichten import tasks
from berichten.actions import aanbieder, herstel, outbox, vecozo
from berichten.models import Bericht, Foutmelding
from berichten.parse import parse
from berichten.simulator.papieren import Papieren, oefenpapieren
from berichten.transport import Afgewezen, AlOpgehaald, Onbestelbaar, Postbus, Zending, verbinding
from berichten.transport.bestand import Map
from berichten.transport.https import Aansluiting
from berichten.transport.vecozo import Afspraken, Klaar, Vecozo
from berichten.transport.wegwijzer import Wegwijzer
from config.server import vrije_poort
from tests.berichten import vecozo as proef
from tests.berichten.test_rondgang import maak_opdrachten
from tests.berichten.vecozo import NagespeeldeVecozo
from tests.factories import aanstelling, moment
from wmo.actions.kader import Geweigerd
from wmo.models import Aanbieder, Taak, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Rol

NUMMER, VRAAG = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"
GEMEENTE, AGB = "0632", "01023456"
ZENDING = Zending(Postbus(GEMEENTE, AGB, "gemeente"), "305", "12", NUMMER)
BUS = Postbus(GEMEENTE, AGB, "aanbieder")
AFSPRAKEN = Afspraken("WMO", "WMO{soort}", "Indienen", "Instelling", "Gemeente")
INHOUD = b"<?xml version='1.0'?>\r\n<bericht>\xc3\xa9</bericht>"


@pytest.fixture(scope="module")
def papieren(tmp_path_factory: pytest.TempPathFactory) -> Papieren:
    return oefenpapieren(tmp_path_factory.mktemp("papieren"))


@pytest.fixture
def ander(papieren: Papieren) -> Iterator[NagespeeldeVecozo]:
    with proef.luisterend(papieren.knooppunt, papieren.ca) as ander:
        yield ander


@pytest.fixture
def weg(ander: NagespeeldeVecozo, papieren: Papieren) -> Vecozo:
    return Vecozo(Aansluiting(ander.adres, papieren.portaal.cert, papieren.portaal.key, papieren.ca.cert, 5), AFSPRAKEN)


# ------------------------------------------------------------------------------- the road


def test_heenbericht_komt_heel_aan_met_wie_wat_en_welk_nummer(ander, weg):
    weg.verstuur(ZENDING, [INHOUD[:9], INHOUD[9:]])
    assert ander.ingediend == [
        (
            {
                "routeringgegevens": {
                    "afzender": {"rol": "Instelling", "code": AGB},
                    "geadresseerden": [{"rol": "Gemeente", "code": GEMEENTE}],
                    "berichtstroom": {
                        "berichttype": "WMO",
                        "berichtsubtype": "WMO305",
                        "actie": "Indienen",
                        "berichtversie": 3,
                        "berichtsubversie": 2,
                    },
                },
                "referentiegegevens": {"conversatieId": NUMMER, "traceerId": NUMMER, "referentieId": "WMO305-12"},
            },
            INHOUD,
        )
    ]


def test_antwoord_noemt_de_vraag_en_blijft_in_haar_gesprek(ander, weg):
    weg.verstuur(replace(ZENDING, soort="302", antwoord_op=VRAAG), [INHOUD])
    verwacht = {"conversatieId": VRAAG, "traceerId": NUMMER, "alsAntwoordOp": VRAAG, "referentieId": "WMO302-12"}
    assert ander.ingediend[0][0]["referentiegegevens"] == verwacht


def test_een_naam_die_niet_is_afgesproken_gaat_niet_mee(ander, weg):
    weg.afspraken = replace(AFSPRAKEN, berichtsubtype="")
    weg.verstuur(ZENDING, [INHOUD])
    assert "berichtsubtype" not in ander.ingediend[0][0]["routeringgegevens"]["berichtstroom"]


@pytest.mark.parametrize("status", [400, 422])
def test_wat_vecozo_niet_wil_hebben_gaat_niet_nog_eens(ander, weg, status):
    ander.zeg = status, json.dumps(proef.BEZWAAR).encode()
    with pytest.raises(Afgewezen, match=r"^VECOZO weigert dit bericht\. Onjuist BRS13 Voldoet niet aan de XSD\.$"):
        weg.verstuur(ZENDING, [INHOUD])


@pytest.mark.parametrize(
    ("zeg", "zin"),
    [
        ((503, b"<html>druk</html>"), r"^VECOZO gaf HTTP 503\.$"),
        ((200, b"{}"), "HTTP 200"),
        ((401, b'{"title": "Onbekend certificaat"}'), "HTTP 401. Onbekend certificaat"),
        ((500, b"x" * 2_000_000), "te groot"),
    ],
)
def test_elk_ander_antwoord_is_later_nog_eens(ander, weg, zeg, zin):
    ander.zeg = zeg
    with pytest.raises(Onbestelbaar, match=zin) as fout:
        weg.verstuur(ZENDING, [INHOUD])
    assert not isinstance(fout.value, Afgewezen)


def test_te_groot_blijft_hier(ander, weg):
    with pytest.raises(Afgewezen, match="25 MB"):
        weg.verstuur(ZENDING, [b"x" * 27_000_000])
    assert ander.ingediend == []


def test_niemand_aan_de_andere_kant_of_niet_die_wij_vertrouwen(weg, papieren, tmp_path):
    doof = replace(weg.aansluiting, endpoint=f"https://127.0.0.1:{vrije_poort(20000)}")
    with pytest.raises(Onbestelbaar, match="VECOZO is niet te bereiken"):
        Vecozo(doof, AFSPRAKEN).verstuur(ZENDING, [INHOUD])
    vreemd = oefenpapieren(tmp_path)
    with pytest.raises(Onbestelbaar, match="CERTIFICATE_VERIFY_FAILED"):
        Vecozo(replace(weg.aansluiting, ca=vreemd.ca.cert), AFSPRAKEN).verstuur(ZENDING, [INHOUD])
    indringer = replace(weg.aansluiting, certificaat=vreemd.portaal.cert, sleutel=vreemd.portaal.key)
    with pytest.raises(Onbestelbaar, match="niet te bereiken"):
        Vecozo(indringer, AFSPRAKEN).verstuur(ZENDING, [INHOUD])
    with pytest.raises(Onbestelbaar, match="Het certificaat voor VECOZO is niet te gebruiken"):
        Vecozo(replace(weg.aansluiting, certificaat="/bestaat/niet.pem"), AFSPRAKEN).verstuur(ZENDING, [INHOUD])


def test_wat_klaarligt_wordt_een_keer_gehaald_en_is_na_bevestigen_weg(ander, weg):
    ander.leg_klaar(NUMMER, GEMEENTE, AGB, INHOUD)
    ander.leg_klaar(VRAAG, GEMEENTE, "01000000", INHOUD)  # for somebody who is not here
    (post,) = weg.haal_op([BUS, replace(BUS, kant="gemeente")])
    assert (post.postbus, post.grootte, post.referentienummer) == (BUS, len(INHOUD), NUMMER)
    assert post.open().read() == post.open().read() == INHOUD
    assert ander.opgehaald == [NUMMER], "een keer, en niet van het adres in de lijst"
    weg.bevestig(post)
    weg.bevestig(post)
    assert list(ander.klaar) == [VRAAG]


def test_zonder_eigen_bussen_wordt_er_niets_gevraagd(ander, weg):
    ander.zeg = 500, b""
    assert list(weg.haal_op([replace(BUS, kant="gemeente")])) == []


def test_wat_een_ander_ophaalde_is_weg(ander, weg):
    ander.leg_klaar(NUMMER, GEMEENTE, AGB, INHOUD)
    (post,) = weg.haal_op([BUS])
    ander.klaar.clear()
    with pytest.raises(AlOpgehaald):
        post.open()


def test_wat_onderweg_verandert_komt_er_niet_in(ander, weg):
    ander.leg_klaar(NUMMER, GEMEENTE, AGB, INHOUD, waarde="0" * 64)
    (post,) = weg.haal_op([BUS])
    with pytest.raises(Onbestelbaar, match="controlegetal"):
        post.open()


def test_een_som_die_wij_niet_kennen_laten_wij_liggen(ander, weg):
    ander.leg_klaar(NUMMER, GEMEENTE, AGB, INHOUD, algoritme="MD5")
    assert list(weg.haal_op([BUS])) == []


@pytest.mark.parametrize(
    ("lijst", "zin"), [(b"<html>", "iets anders"), (b'[{"los": 1}]', "zonder"), (b"[1]", "zonder")]
)
def test_een_lijst_die_geen_lijst_is(ander, weg, lijst, zin):
    ander.zeg = 200, lijst
    with pytest.raises(Onbestelbaar, match=zin):
        list(weg.haal_op([BUS]))


# ------------------------------------------------------------------------------- the portal on this road


@pytest.fixture
def aangesloten(settings: Any, tmp_path: Path, weg: Vecozo) -> None:
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    settings.VECOZO_ADRES, settings.VECOZO_CA = weg.aansluiting.endpoint, weg.aansluiting.ca
    settings.VECOZO_CERTIFICAAT, settings.VECOZO_SLEUTEL = weg.aansluiting.certificaat, weg.aansluiting.sleutel
    settings.VECOZO_WACHTTIJD = 5.0
    settings.VECOZO_BERICHTTYPE, settings.VECOZO_BERICHTSUBTYPE = AFSPRAKEN.berichttype, AFSPRAKEN.berichtsubtype
    settings.VECOZO_ACTIE = AFSPRAKEN.actie
    settings.VECOZO_ROL_AANBIEDER, settings.VECOZO_ROL_GEMEENTE = AFSPRAKEN.rol_aanbieder, AFSPRAKEN.rol_gemeente


def verstuur() -> None:
    transport = verbinding()
    while outbox.verzend_volgende(transport, nu=moment()):
        continue


@pytest.fixture
def opdracht(aangesloten: None, ander: NagespeeldeVecozo, toewijzing: Toewijzing) -> Bericht:
    """The 301 as the gemeente sent it, lying ready at VECOZO for an aanbieder for whom the portal plays."""
    maak_opdrachten()
    verstuur()  # to the folder: what a gemeente sends does not pass by here
    uit = Bericht.objects.get(soort="301", richting="uit")
    ander.leg_klaar(VRAAG, toewijzing.gemeente.code, toewijzing.aanbieder.agb, uit.inhoud)
    map_ = verbinding().map_  # type: ignore[attr-defined]
    for post in map_.haal_op(list(tasks.postbussen())):
        map_.bevestig(post)
    return uit


@pytest.mark.django_db
def test_opdracht_komt_binnen_en_het_antwoord_noemt_haar_nummer(ander, opdracht):
    tasks.verwerk_inbox()
    binnen = Bericht.objects.get(soort="301", richting="in")
    assert (binnen.kant, binnen.status, str(binnen.referentienummer)) == ("aanbieder", "goedgekeurd", VRAAG)
    assert binnen.inhoud == opdracht.inhoud
    assert ander.klaar == {}
    verstuur()
    ((metadata, inhoud),) = ander.ingediend
    assert metadata["referentiegegevens"]["alsAntwoordOp"] == VRAAG
    assert type(parse(inhoud)).__name__ == "Bericht302"
    assert Bericht.objects.get(soort="302", richting="uit").status == "verzonden"


@pytest.mark.django_db
def test_zonder_bevestiging_komt_het_terug_en_telt_een_keer(ander, opdracht):
    klaar = dict(ander.klaar)
    tasks.verwerk_inbox()
    ander.klaar = klaar
    tasks.verwerk_inbox()
    assert Bericht.objects.filter(soort="301", richting="in").count() == 1
    assert ander.klaar == {}


@pytest.mark.django_db
def test_vecozo_dat_niet_antwoordt_houdt_de_rest_niet_op(ander, opdracht, caplog):
    tasks.verwerk_inbox()
    Bericht.objects.filter(richting="in").update(status="ontvangen", verwerkt_op=None)
    ander.zeg = 503, b""
    tasks.verwerk_inbox()
    assert not Bericht.objects.te_verwerken().exists()
    assert "Post niet opgehaald: VECOZO gaf HTTP 503." in caplog.text


@pytest.fixture
def startmelding(ander: NagespeeldeVecozo, opdracht: Bericht, toewijzing: Toewijzing) -> Bericht:
    tasks.verwerk_inbox()
    verstuur()
    door = aanstelling(Rol.ADMINISTRATIE, aanbieder=toewijzing.aanbieder)
    toewijzing.refresh_from_db()
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=vandaag(moment()), door=door, nu=moment())
    return Bericht.objects.get(soort="305", richting="uit")


@pytest.mark.django_db
def test_een_weigering_aan_de_deur_is_meteen_werk(ander, startmelding):
    ander.zeg = 422, json.dumps(proef.BEZWAAR).encode()
    verstuur()
    startmelding.refresh_from_db()
    assert (startmelding.status, startmelding.pogingen, startmelding.volgende_poging_op) == ("mislukt", 1, None)
    assert "Voldoet niet aan de XSD." in startmelding.laatste_fout
    assert Taak.objects.open().filter(sleutel=f"bericht:{startmelding.pk}").exists()


@pytest.mark.django_db
def test_een_storing_wordt_later_nog_eens_geprobeerd(ander, startmelding):
    ander.zeg = 503, b""
    verstuur()
    startmelding.refresh_from_db()
    assert (startmelding.status, startmelding.pogingen) == ("klaar", 1)
    ander.zeg = None
    assert startmelding.volgende_poging_op is not None
    outbox.verzend_volgende(verbinding(), nu=startmelding.volgende_poging_op)
    assert [d["referentiegegevens"]["traceerId"] for d, _ in ander.ingediend][-1] == str(startmelding.referentienummer)


@pytest.mark.django_db
def test_wat_vecozo_later_weigert_is_niet_afgeleverd_en_gaat_als_nieuw_bericht(ander, weg, startmelding):
    verstuur()
    nummer = str(startmelding.referentienummer)
    ander.standen[nummer] = {"berichtstatus": "WordtVerwerkt"}
    vecozo.volg(weg, nu=moment())
    startmelding.refresh_from_db()
    assert startmelding.status == "verzonden"
    meldingen = [
        {"code": "BRS20", "omschrijving": "Identificatie is niet uniek.", "toelichting": "Al gebruikt in oktober."},
        {"code": "BRS28", "omschrijving": "XSLT."},
    ]
    ander.standen[nummer] = {"berichtstatus": "AfgekeurdDoorDienst", "meldingen": meldingen}
    vecozo.volg(weg, nu=moment())
    startmelding.refresh_from_db()
    assert startmelding.status == "mislukt"
    assert startmelding.laatste_fout == "Niet afgeleverd. BRS20: Identificatie is niet uniek. Al gebruikt in oktober."
    melding = Foutmelding.objects.get(bericht=startmelding)
    assert (melding.tegenpartij, melding.code, melding.details) == ("VECOZO", "BRS20", "BRS28: XSLT.")
    vecozo.volg(weg, nu=moment())
    assert Foutmelding.objects.count() == 1, "een keer gezegd is genoeg"
    door = aanstelling(Rol.ADMINISTRATIE, aanbieder=startmelding.aanbieder)
    herstel.stuur_eigen_opnieuw(bericht=startmelding, door=door, nu=moment())
    opnieuw = Bericht.objects.filter(soort="305", richting="uit").latest("id")
    assert opnieuw.pk != startmelding.pk
    assert opnieuw.identificatie != startmelding.identificatie


@pytest.mark.django_db
def test_een_aanbieder_stuurt_vanaf_zijn_scherm_opnieuw(ander, startmelding, als, client, nu):
    """What never left goes again as it is; the gemeente has no hand in it."""
    ander.zeg = 422, b""
    verstuur()
    wie = als(Rol.ADMINISTRATIE, aanbieder=startmelding.aanbieder)
    pad = reverse("berichten:aanbieder-bericht", args=[startmelding.pk])
    pagina = client.get(pad).content.decode()
    assert "Stuur opnieuw" in pagina
    assert "VECOZO weigert dit bericht." in pagina
    assert client.post(pad, {"wat": "opnieuw"}).status_code == 302
    startmelding.refresh_from_db()
    assert (startmelding.status, startmelding.pogingen) == ("klaar", 0)
    assert "Stuur opnieuw" not in client.get(pad).content.decode()
    assert client.post(pad, {"wat": "opnieuw"}).status_code == 422
    with pytest.raises(Geweigerd):
        herstel.stuur_eigen_opnieuw(bericht=Bericht.objects.get(soort="301", richting="uit"), door=wie, nu=moment())
    backoffice = aanstelling(Rol.BACKOFFICE, gemeente=startmelding.gemeente)
    with pytest.raises(Geweigerd):
        herstel.stuur_opnieuw(bericht=startmelding, door=backoffice, nu=moment())


@pytest.mark.django_db
def test_zonder_reden_zegt_vecozo_toch_dat_het_niet_ging(ander, weg, startmelding):
    verstuur()
    ander.standen[str(startmelding.referentienummer)] = {"berichtstatus": "BezorgingAfgebroken"}
    vecozo.volg(weg, nu=moment())
    startmelding.refresh_from_db()
    assert startmelding.status == "mislukt"
    assert "VECOZO zegt niet waarom." in startmelding.laatste_fout


@pytest.mark.django_db
def test_wat_nu_niet_te_vragen_is_wordt_later_gevraagd(ander, weg, startmelding, caplog):
    verstuur()
    ander.zeg = 503, b""
    vecozo.volg(weg, nu=moment())
    startmelding.refresh_from_db()
    assert startmelding.status == "verzonden"
    assert "geeft de stand van een bericht niet" in caplog.text


@pytest.mark.django_db
def test_de_taak_vraagt_alleen_met_een_aansluiting(settings, ander, startmelding):
    verstuur()
    ander.standen[str(startmelding.referentienummer)] = {"berichtstatus": "AanbiedenMislukt"}
    Bericht.objects.filter(pk=startmelding.pk).update(verzonden_op=timezone.now())
    adres, settings.VECOZO_ADRES = settings.VECOZO_ADRES, ""
    tasks.volg_verzonden()
    assert Bericht.objects.get(pk=startmelding.pk).status == "verzonden"
    settings.VECOZO_ADRES = adres
    tasks.volg_verzonden()
    assert Bericht.objects.get(pk=startmelding.pk).status == "mislukt"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kant", "intern", "ggk", "vecozo", "verwacht"),
    [
        ("aanbieder", True, False, False, "Map"),
        ("aanbieder", True, True, False, "Map"),
        ("aanbieder", True, False, True, "Map"),
        ("aanbieder", True, True, True, "Ggk"),
        ("aanbieder", False, True, False, "Ggk"),
        ("aanbieder", False, False, True, "Map"),
        ("gemeente", True, True, False, "Map"),
        ("gemeente", True, False, True, "Vecozo"),
        ("gemeente", True, True, True, "Vecozo"),
    ],
)
def test_welke_weg(settings, aangesloten, toewijzing, kant, intern, ggk, vecozo, verwacht):
    Aanbieder.objects.filter(pk=toewijzing.aanbieder_id).update(eigen_software=not intern)
    settings.BERICHTEN_TRANSPORT = "ggk" if ggk else "bestand"
    settings.VECOZO_ADRES = settings.VECOZO_ADRES if vecozo else ""
    transport = verbinding()
    bus = Postbus(toewijzing.gemeente.code, toewijzing.aanbieder.agb, kant)
    weg = transport._weg(bus) if isinstance(transport, Wegwijzer) else transport
    assert type(weg).__name__ == verwacht


def test_wat_klaarligt_wordt_bevestigd_waar_het_lag(ander, weg, tmp_path):
    ander.leg_klaar(NUMMER, GEMEENTE, AGB, INHOUD)
    wegwijzer = Wegwijzer(Map(tmp_path), frozenset({AGB}), vecozo=weg)
    wegwijzer.map_.verstuur(replace(ZENDING, postbus=BUS, soort="301"), [INHOUD])
    posten = list(wegwijzer.haal_op([BUS]))
    assert [isinstance(post, Klaar) for post in posten] == [False, True]
    for post in posten:
        wegwijzer.bevestig(post)
    assert list(wegwijzer.haal_op([BUS])) == []
