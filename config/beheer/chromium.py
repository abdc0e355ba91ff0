"""The browser of the browser tests: Debian's Chromium, since no wheel carries a usable one."""

import ctypes.util
import os
import shutil
import subprocess

from config.server import Storing

PAKKETTEN = ("chromium", "libatomic1")
ZIN = (
    "De browsertests hebben Chromium nodig: installeer het met `sudo apt-get install chromium libatomic1`, "
    "of zet CHROMIUM op het programma."
)


def chromium() -> str | None:
    """Path of the browser: CHROMIUM, else the first on PATH."""
    for naam in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if naam and (pad := shutil.which(naam)):
            return pad
    return None


def zorg_voor_chromium() -> None:
    """Install what is missing when we may (root with apt); else say how."""
    if chromium() and ctypes.util.find_library("atomic"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Storing(ZIN)
    print("Chromium installeren met apt-get (eenmalig)", flush=True)
    omgeving = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for opdracht in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PAKKETTEN]):
        uit = subprocess.run(
            ["apt-get", *opdracht], env=omgeving, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if uit.returncode:
            raise Storing(f"{ZIN} apt-get zegt: {uit.stderr.strip()[-300:]}")
