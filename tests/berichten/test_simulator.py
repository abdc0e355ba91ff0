"""The simulated chain against the real portal: HTTPS and certificates out, the endpoint in, faults on demand."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.test import Client
from django.utils import timezone

from berichten.actions import foutmeldingen, herstel, inbox, outbox
from berichten.knooppunt import soap
from berichten.knooppunt.envelop import Bericht as Envelopbericht
from berichten.models import Bericht, Foutmelding
from berichten.simulator import Aanbiedersoftware
from berichten.simulator.knooppunt import KOP, Knooppunt, Onbereikbaar
from berichten.simulator.papieren import Papieren, oefenpapieren
from berichten.simulator.server import Server
from berichten.transport import verbinding
from berichten.transport.bestand import Map
from berichten.transport.wegwijzer import Wegwijzer
from tests.berichten.koppelvlak import PAD
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, ToewijzingFactory, VoorzieningFactory, aanstelling, moment
from tests.werker import Werker, wacht_met_berichten
from wmo.models import Levering, Toewijzing, Verzoek
from wmo.permissions import Rol

SCHIJF = "verwerkt"


@pytest.fixture(scope="module")
def papieren(tmp_path_factory: pytest.TempPathFactory) -> Papieren:
    return oefenpapieren(tmp_path_factory.mktemp("papieren"))


class Ingang:
    """The endpoint of the portal in this process, with the certificate that a TLS front would pass on."""

    def __init__(self, kop: str) -> None:
        self.client, self.kop = Client(), kop
        self.dicht = False

    def bezorg(self, bericht: Envelopbericht) -> Envelopbericht:
        if self.dicht:
            raise Onbereikbaar("geen verbinding met het portaal (dicht)")
        antwoord = self.client.post(PAD, soap.pak_in(bericht), content_type=soap.CONTENT_TYPE, headers={KOP: self.kop})
        return soap.pak_uit(antwoord.content)


@dataclass
class Keten:
    """The portal and the simulator, a round at a time and at a moment of one's own."""

    map_: Map
    ingang: Ingang
    server: Server | None = None
    zinnen: list[str] = field(default_factory=list)
    knooppunt: Any = None
    nu: datetime = field(default_factory=moment)

    def met(self, *fouten: str) -> "Keten":
        """Another simulator on the same folder, as after a restart."""
        self.knooppunt = Knooppunt(self.map_, self.ingang, frozenset(fouten), self.zinnen.append)
        return self

    def ronde(self, soort: str = "", *fouten: str) -> None:
        """Out, what the aanbieders do, in, and the answers out."""
        self.verstuur()
        self.speel(soort, *fouten)
        self.verstuur()

    def verstuur(self) -> None:
        weg = verbinding()
        assert isinstance(weg, Wegwijzer)
        assert weg.ggk is not None
        while outbox.verzend_volgende(weg, nu=self.nu):
            continue
        while foutmeldingen.verzend_volgende(weg.ggk, nu=self.nu):
            continue

    def speel(self, soort: str = "", *fouten: str) -> None:
        for bus in self.knooppunt.postbussen():
            software = Aanbiedersoftware(self.map_, bus.gemeente, bus.aanbieder, self.nu, fouten=frozenset(fouten))
            software.speel(soort)
        self.knooppunt.bezorg(self.nu)
        while inbox.verwerk_volgende(nu=self.nu):
            continue
        maak_opdrachten(self.nu)

    def later(self, **hoeveel: float) -> "Keten":
        self.nu += timedelta(**hoeveel)
        return self


@pytest.fixture
def keten(settings: Any, tmp_path: Path, papieren: Papieren, certificaat: str, onderweg: Toewijzing) -> Iterator[Keten]:
    """A portal with one 301 ready to go, and a simulator without faults."""
    keten = Keten(Map(tmp_path / "keten"), Ingang(certificaat))
    keten.met()
    # one request at a time, and the answer at the moment of the test
    keten.server = Server(papieren.knooppunt, papieren.ca, lambda b, _: keten.knooppunt.luister(b, keten.nu))
    settings.BERICHTEN_TRANSPORT = "ggk"
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    settings.GGK_ENDPOINT, settings.GGK_CA = keten.server.adres, papieren.ca.cert
    settings.GGK_CERTIFICAAT, settings.GGK_SLEUTEL = papieren.portaal.cert, papieren.portaal.key
    settings.GGK_WACHTTIJD = 5.0
    yield keten
    keten.server.stop()


def stand() -> list[tuple[str, str, str]]:
    return list(Bericht.objects.order_by("id").values_list("richting", "soort", "status"))


GESTART = [
    ("uit", "301", "goedgekeurd"),
    ("in", "302", "goedgekeurd"),
    ("in", "305", "goedgekeurd"),
    ("uit", "306", "verzonden"),
]


@pytest.mark.django_db
def test_de_hele_keten_van_opdracht_tot_declaratie(keten):
    keten.ronde()
    assert stand() == GESTART
    (antwoord,) = keten.map_.wortel.glob("*/*/naar-aanbieder/WMO306-*.xml")
    assert antwoord.exists(), "de 306 ligt bij de aanbieder"
    keten.later(hours=1).ronde("317")
    assert Verzoek.objects.get().status == "ingediend"
    keten.later(days=14).ronde("323")  # December: then there is a month to declare
    assert Bericht.objects.get(soort="323").status == "goedgekeurd"
    keten.later(hours=1).ronde("307")
    assert Levering.objects.get().status == "definitief_gestopt"
    assert not Bericht.objects.filter(status__in=["geparkeerd", "mislukt", "afgekeurd"]).exists()
    assert not [zin for zin in keten.zinnen if "geweigerd" in zin or "afgewezen" in zin]


@pytest.mark.django_db
@pytest.mark.parametrize("fouten", [("dubbel",), ("volgorde",), ("dubbel", "volgorde")], ids="-".join)
def test_dubbel_en_door_elkaar_bezorgen_verandert_niets(keten, fouten):
    keten.met(*fouten).ronde("", *fouten)
    keten.ronde("", *fouten)
    assert sorted(stand()) == sorted(GESTART)
    assert Levering.objects.get().feiten.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fout", ["geen-bv03", "fo03"])
def test_wat_niet_bevestigd_is_gaat_nog_een_keer_en_telt_een_keer(keten, fout):
    keten.met(fout).ronde()
    vraag = Bericht.objects.get(soort="301")
    assert (vraag.status, vraag.pogingen) == (("klaar", 1) if fout == "fo03" else (vraag.status, vraag.pogingen))
    keten.later(minutes=1).ronde()
    keten.later(minutes=1).ronde()
    assert sorted(stand()) == sorted(GESTART)
    assert len(list(keten.map_.wortel.glob(f"*/*/naar-aanbieder/{SCHIJF}/WMO301-*.xml"))) == 1
    assert ("nog een keer" in " ".join(keten.zinnen)) == (fout == "geen-bv03")


@pytest.mark.django_db
def test_laat_en_stil(keten):
    keten.ronde("", "stil")
    assert stand() == [("uit", "301", "verzonden")]
    keten.later(days=4)
    assert herstel.bewaak_antwoorden(door=aanstelling(Rol.SYSTEEM), nu=keten.nu) == 1


@pytest.mark.django_db
def test_late_aanbieder_leest_pas_na_een_tijd(keten):
    keten.nu = timezone.now()  # how long a file lies is told by its own date
    keten.ronde("", "laat")
    assert stand() == [("uit", "301", "verzonden")]
    keten.later(minutes=2).ronde("", "laat")
    assert Bericht.objects.filter(soort="302").exists()


@pytest.mark.django_db
def test_kapotte_berichten_staan_apart_en_de_keten_hoort_het(keten):
    keten.ronde("", "kapot")
    assert stand() == [("uit", "301", "verzonden"), ("in", "", "geparkeerd"), ("in", "", "geparkeerd")]
    assert [zin for zin in keten.zinnen if zin.startswith("Fo01 van het portaal: StUF055")]
    assert Foutmelding.objects.filter(richting="uit").exclude(verzonden_op=None).count() == 2


@pytest.mark.django_db
def test_fo01_tijdens_een_freeze_en_daarna_opnieuw(keten, onderweg):
    keten.met("fo01").ronde()
    vraag = Bericht.objects.get()
    assert (vraag.status, vraag.laatste_fout[:22]) == ("mislukt", "Niet afgeleverd. IB103")
    door = aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    herstel.stuur_opnieuw(bericht=vraag, door=door, nu=keten.nu)
    keten.met().ronde()
    assert stand() == [("uit", "301", "mislukt"), *GESTART]


@pytest.mark.django_db
def test_de_keten_neemt_een_kenmerk_maar_een_keer_aan(keten):
    """BRS20: why a message goes again under a new identification after a Fo01."""
    keten.ronde()
    rij = Bericht.objects.get(soort="306")
    Bericht.objects.filter(pk=rij.pk).update(status="klaar", referentienummer="b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0")
    keten.ronde()
    rij.refresh_from_db()
    assert (rij.status, rij.laatste_fout[:23]) == ("mislukt", "Niet afgeleverd. BRS20:")


@pytest.mark.django_db
def test_een_dicht_portaal_kost_alleen_tijd_ook_na_een_herstart_van_het_knooppunt(keten):
    keten.ingang.dicht = True
    keten.ronde()
    assert stand() == [("uit", "301", "verzonden")]
    keten.ingang.dicht = False
    keten.met().ronde()
    assert stand() == GESTART


def test_papieren_blijven_bij_een_herstart_dezelfde(papieren):
    weer = oefenpapieren(papieren.ca.map_)
    assert weer.knooppunt.vingerafdruk == papieren.knooppunt.vingerafdruk
    assert Path(papieren.portaal.key).stat().st_mode & 0o777 == 0o600


# ------------------------------------------------------------------------------- as a region would run it


class Simulator:
    """`manage.py simuleer_keten --ggk` as a process of its own, without a database."""

    def __init__(self, map_: Path, portaal: str, *opties: str) -> None:
        self.log = map_ / f"simulator-{len(list(map_.glob('simulator-*')))}.log"
        opdracht = [sys.executable, "manage.py", "simuleer_keten", "--ggk", "--map", str(map_ / "keten")]
        opdracht += ["--poort", "0", "--portaal", portaal, "--pauze", "0.3", *opties]
        nergens = {**os.environ, "DATABASE_URL": "postgresql://niemand@127.0.0.1:1/nergens"}
        with self.log.open("wb") as log:
            self.proces = subprocess.Popen(opdracht, stdout=log, stderr=log, env=nergens, cwd=instellingen.BASE_DIR)

    def wacht(self, tekst: str) -> str:
        einde = timezone.now() + timedelta(seconds=30)
        while tekst not in self.log.read_text():
            assert self.proces.poll() is None, self.log.read_text()
            assert timezone.now() < einde, self.log.read_text()
        return self.log.read_text()

    def instellingen(self) -> dict[str, str]:
        """What it says the portal needs."""
        regels = self.wacht("Het GGk luistert op").splitlines()
        return dict(regel.split("=", 1) for regel in regels if regel.startswith(("GGK_", "BERICHTEN_")))

    def stop(self) -> None:
        self.proces.terminate()
        self.proces.wait(10)


@pytest.fixture
def simuleer(tmp_path: Path, live_server: Any) -> Iterator[Callable[..., Simulator]]:
    gestart: list[Simulator] = []

    def _simuleer(*opties: str) -> Simulator:
        gestart.append(Simulator(tmp_path, live_server.url + PAD, *opties))
        return gestart[-1]

    yield _simuleer
    for simulator in gestart:
        simulator.stop()


@pytest.mark.xdist_group("celery")
@pytest.mark.django_db(transaction=True)
def test_een_regio_oefent_met_een_echte_werker_en_een_keten_die_hapert(simuleer, maak_werker, settings, tmp_path):
    """Over both connections, with its own process for each part; everything double, and the first Bv03 of each lost."""
    vandaag = timezone.localdate()
    voorziening = VoorzieningFactory(ingangsdatum=vandaag - timedelta(days=60), einddatum=vandaag + timedelta(days=700))
    ToewijzingFactory(status="concept", aanbieder=AanbiederFactory(eigen_software=True), voorziening=voorziening)
    simulator = simuleer("--fout", "dubbel", "--fout", "geen-bv03")
    omgeving = simulator.instellingen()
    settings.GGK_CERTIFICAATKOP, settings.GGK_VERTROUWD = omgeving["GGK_CERTIFICAATKOP"], [omgeving["GGK_VERTROUWD"]]
    werker: Werker = maak_werker(BERICHTEN_MAP=str(tmp_path / "berichten"), GGK_WACHTTIJD="3", **omgeving)

    def gestart() -> bool:
        Bericht.objects.filter(status="klaar").update(volgende_poging_op=None)  # not a minute's patience
        return sorted(stand()) == sorted(GESTART)

    wacht_met_berichten(gestart, werker)
    simulator.stop()
    simuleer("--soort", "323").wacht("Di01 WMO323 aan het portaal: Bv03")
    wacht_met_berichten(lambda: Bericht.objects.filter(soort="323", status="goedgekeurd").exists(), werker)
    assert Levering.objects.get().feiten.count() == 1
    # not so the 301: the 302 that came in the meantime proves that it arrived
    assert "Du01 WMO306: dezelfde envelop nog een keer" in simulator.log.read_text()
