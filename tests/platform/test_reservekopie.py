"""A backup is worth what its restore gives back: rows, keys and messages, also on another machine."""

import json
import stat
import tarfile
from pathlib import Path

import pytest

from config.beheer.reservekopie import zonder_wachtwoord
from tests.platform.proefportaal import Proefportaal, portaal, vraag

pytestmark = [pytest.mark.storing, pytest.mark.xdist_group("reservekopie")]

SCHRIJF = "from wmo.fields import versleutel; print('TOKEN', versleutel(b'geheim').decode())"
LEES = "from wmo.fields import ontsleutel; print('TEKST', ontsleutel({token!r}.encode()).decode())"


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A portal with one row, one encrypted text and one message, and the copy that was made while it ran."""
    map_ = tmp_path_factory.mktemp("bron")
    proef = Proefportaal(map_ / "data")
    proef.start()
    vraag(proef.database_url, "CREATE TABLE proef AS SELECT 'oud' AS stand")
    (proef.data / "berichten").mkdir(exist_ok=True)
    (proef.data / "berichten" / "301.xml").write_text("<bericht/>")
    token = portaal(proef.data, "manage", "shell", "-v0", "-c", SCHRIJF).stdout.split()[-1]
    uit = portaal(proef.data, "backup", str(map_ / "kopie.tar.gz"))
    assert uit.returncode == 0, uit.stderr
    proef.stop()
    return proef.data, map_ / "kopie.tar.gz", token


def _stand(data: Path, opdracht: str = "SELECT stand FROM proef") -> str:
    """Ask the stopped portal's database, by a manage command that starts it for as long."""
    code = f"from django.db import connection as c; k = c.cursor(); k.execute({opdracht!r}); "
    uit = portaal(data, "manage", "shell", "-v0", "-c", code + "print('STAND', k.description and k.fetchone()[0])")
    assert uit.returncode == 0, uit.stderr
    return uit.stdout.split()[-1]


def test_kopie_is_prive_en_bevat_de_sleutels(bron: tuple[Path, Path, str]) -> None:
    _data, kopie, _token = bron
    assert stat.S_IMODE(kopie.stat().st_mode) == 0o600
    with tarfile.open(kopie) as archief:
        namen = set(archief.getnames())
    assert {"database.dump", "sleutels/VERSLEUTEL_SLEUTELS", "sleutels/ZOEKSLEUTEL", "data/berichten/301.xml"} <= namen
    assert not [pad for pad in kopie.parent.iterdir() if pad.name.startswith(".")]


def test_terugzetten_op_dezelfde_machine(bron: tuple[Path, Path, str]) -> None:
    """Only with --overschrijf, and what was there before is kept beside it."""
    data, kopie, _token = bron
    _stand(data, "UPDATE proef SET stand = 'nieuw'")
    uit = portaal(data, "restore", str(kopie))
    assert uit.returncode == 1
    assert "--overschrijf" in uit.stderr
    assert _stand(data) == "nieuw"
    uit = portaal(data, "restore", str(kopie), "--overschrijf")
    assert uit.returncode == 0, uit.stderr
    assert _stand(data) == "oud"
    assert list(data.glob("voor-terugzetten-*/VERSLEUTEL_SLEUTELS"))


def test_terugzetten_op_een_andere_machine(bron: tuple[Path, Path, str], tmp_path: Path) -> None:
    """An empty data folder, other keys made there already: the copy's keys win and the old text is readable."""
    _, kopie, token = bron
    data = tmp_path / "data"
    uit = portaal(data, "restore", str(kopie))
    assert uit.returncode == 0, uit.stderr
    assert _stand(data) == "oud"
    assert (data / "berichten" / "301.xml").read_text() == "<bericht/>"
    lees = portaal(data, "manage", "shell", "-v0", "-c", LEES.format(token=token))
    assert lees.stdout.split()[-1] == "geheim"


def test_andere_sleutel_in_de_omgeving_wordt_geweigerd(bron: tuple[Path, Path, str], tmp_path: Path) -> None:
    uit = portaal(tmp_path / "data", "restore", str(bron[1]), ZOEKSLEUTEL="anders")
    assert uit.returncode == 1
    assert "ZOEKSLEUTEL" in uit.stderr


@pytest.mark.parametrize("inhoud", [None, b"", b"geen archief", "afgebroken"])
def test_kapotte_kopie_verandert_niets(
    bron: tuple[Path, Path, str], inhoud: bytes | str | None, tmp_path: Path
) -> None:
    kapot = tmp_path / "kapot.tar.gz"
    if inhoud is not None:
        kapot.write_bytes(inhoud if isinstance(inhoud, bytes) else bron[1].read_bytes()[:20_000])
    voor = json.dumps(sorted(str(pad) for pad in bron[0].rglob("*") if "postgres" not in pad.parts))
    uit = portaal(bron[0], "restore", str(kapot), "--overschrijf")
    assert uit.returncode == 1
    assert str(kapot) in uit.stderr
    assert json.dumps(sorted(str(pad) for pad in bron[0].rglob("*") if "postgres" not in pad.parts)) == voor


def test_bestaande_kopie_wordt_niet_overschreven(bron: tuple[Path, Path, str]) -> None:
    voor = bron[1].read_bytes()
    uit = portaal(bron[0], "backup", str(bron[1]))
    assert uit.returncode == 1
    assert "bestaat al" in uit.stderr
    assert bron[1].read_bytes() == voor


@pytest.mark.parametrize(
    ("url", "verwacht"),
    [
        ("postgresql://p:geheim@db:5432/wmo", ("postgresql://p@db:5432/wmo", "geheim")),
        ("postgresql://p:a%40b%25c@db/wmo", ("postgresql://p@db/wmo", "a@b%c")),
        ("postgresql://p@db/wmo", ("postgresql://p@db/wmo", "")),
    ],
)
def test_wachtwoord_gaat_zoals_postgres_het_leest(url: str, verwacht: tuple[str, str]) -> None:
    assert zonder_wachtwoord(url) == verwacht
