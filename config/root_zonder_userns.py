"""Root on a machine that refuses user namespaces (some containers): postgres must really run as nobody.

Nobody cannot read root's home, so programs and data move to a folder that it can reach. Linux only.
"""

import hashlib
import os
import pwd
import shutil
from pathlib import Path

VERHUISPLAATS = Path("/var/lib/wmo-portaal")  # not /var/tmp: that is swept after a month


def geef_aan_nobody(pad: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(pad, nobody.pw_uid, nobody.pw_gid)


def verhuis(huis: Path, bin_map: Path) -> tuple[Path, Path]:
    """Copy the programs once and make a folder of nobody: returns (folder of programs, folder for the data)."""
    VERHUISPLAATS.mkdir(mode=0o711, parents=True, exist_ok=True)
    if VERHUISPLAATS.is_symlink() or VERHUISPLAATS.stat().st_uid != 0:
        raise PermissionError(f"{VERHUISPLAATS} is niet van root: verwijder die map en start opnieuw.")
    data = VERHUISPLAATS / f"data-{_kenmerk(huis)}"
    data.mkdir(mode=0o700, exist_ok=True)
    geef_aan_nobody(data)
    if bin_map.is_relative_to("/usr"):  # installed by the system: everyone can reach it
        return bin_map, data
    programmas = VERHUISPLAATS / f"programma-{_kenmerk(bin_map)}"
    if not programmas.exists():
        _kopieer(bin_map, programmas)
    return programmas / bin_map.relative_to(bin_map.parents[2]), data


def _kenmerk(pad: Path) -> str:
    return hashlib.sha256(str(pad.resolve()).encode()).hexdigest()[:12]


def _kopieer(bin_map: Path, naar: Path) -> None:
    """The wheel keeps its shared libraries in `<package>.libs` beside the package: they move along."""
    half = naar.with_name(f"{naar.name}.{os.getpid()}")
    half.mkdir(mode=0o711)
    pakket = bin_map.parents[1]
    for bron in (pakket, pakket.with_name(pakket.name + ".libs")):
        if bron.exists():
            shutil.copytree(bron, half / bron.name, symlinks=True)
    if naar.exists():  # another process was first
        shutil.rmtree(half)
    else:
        half.rename(naar)
