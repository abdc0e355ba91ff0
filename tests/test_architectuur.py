"""The house keeps its shape: import directions, rooms, sizes (docs/architectuur.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve

BASIS = Path(__file__).resolve().parent.parent
APPS = {"wmo": 0, "wachtlijst": 1, "declaraties": 1, "berichten": 2}
BESTANDEN = [
    pad for app in (*APPS, "config") for pad in sorted((BASIS / app).rglob("*.py")) if "migrations" not in pad.parts
]
VERBODEN_NAMEN = {"utils", "helpers", "common", "misc", "services", "tools", "repositories"}
SCHRIJFT = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def naam(pad: Path) -> str:
    return str(pad.relative_to(BASIS))


def imports(pad: Path) -> Iterator[str]:
    """Dotted names of what a module imports, at the top and inside functions."""
    for knoop in ast.walk(ast.parse(pad.read_text())):
        if isinstance(knoop, ast.Import):
            yield from (alias.name for alias in knoop.names)
        elif isinstance(knoop, ast.ImportFrom) and knoop.module:
            yield from (f"{knoop.module}.{alias.name}" for alias in knoop.names)


def in_kamer(pad: Path, kamer: str) -> bool:
    delen = pad.relative_to(BASIS).parts
    return delen[1:2] == (kamer,) or delen[1:] == (f"{kamer}.py",)


@pytest.mark.parametrize("pad", [p for p in BESTANDEN if p.parts[len(BASIS.parts)] in APPS], ids=naam)
def test_imports_lopen_een_kant_op(pad):
    eigen = pad.relative_to(BASIS).parts[0]
    for doel in imports(pad):
        ander = doel.split(".")[0]
        assert ander != "tests", f"{naam(pad)} haalt {doel} op"
        if ander in APPS and ander != eigen:
            assert APPS[ander] < APPS[eigen], f"{naam(pad)} haalt {doel} op"


@pytest.mark.parametrize("pad", [p for p in BESTANDEN if p.parts[len(BASIS.parts)] == "config"], ids=naam)
def test_config_kent_geen_domein(pad):
    verboden = (".models", ".actions", ".rules")
    assert not [doel for doel in imports(pad) if doel.split(".")[0] in APPS and any(v in doel for v in verboden)]


@pytest.mark.parametrize(
    "pad", [p for p in BESTANDEN if in_kamer(p, "rules") and p.parts[len(BASIS.parts)] != "berichten"], ids=naam
)
def test_regels_zijn_puur(pad):
    for doel in imports(pad):
        assert not doel.startswith("django"), f"{naam(pad)} haalt {doel} op: een regel rekent met gegevens"
        assert ".models" not in doel, f"{naam(pad)} haalt {doel} op: een regel rekent met gegevens"


def aanroepen(pad: Path) -> Iterator[tuple[str, int]]:
    for knoop in ast.walk(ast.parse(pad.read_text())):
        if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute):
            yield knoop.func.attr, knoop.lineno


@pytest.mark.parametrize(
    "pad", [p for p in BESTANDEN if any(in_kamer(p, k) for k in ("views", "rules", "tasks"))], ids=naam
)
def test_schermen_regels_en_taken_schrijven_niet(pad):
    gevonden = [f"{naam(pad)}:{regel} .{functie}()" for functie, regel in aanroepen(pad) if functie in SCHRIJFT]
    assert not gevonden, "schrijven hoort in een actie"


@pytest.mark.parametrize(
    "pad", [p for p in BESTANDEN if any(in_kamer(p, k) for k in ("actions", "models", "rules"))], ids=naam
)
def test_domein_kent_geen_web(pad):
    verboden = ("django.http", "django.shortcuts", "django.template", "django.contrib.messages", "django.forms")
    assert not [doel for doel in imports(pad) if doel.startswith(verboden)]


@pytest.mark.parametrize("pad", BESTANDEN, ids=naam)
def test_niemand_leest_de_klok_diep_in_het_huis(pad):
    """`nu` and `op` are arguments. Views, commands and tasks are where the outside moment comes in."""
    if any(in_kamer(pad, kamer) for kamer in ("models", "rules", "actions", "permissions")):
        klok = [
            f"{naam(pad)}:{r}" for functie, r in aanroepen(pad) if functie in {"now", "today", "utcnow", "localdate"}
        ]
        assert not klok


@pytest.mark.parametrize("pad", [*BESTANDEN, *sorted((BASIS / "tests").rglob("*.py"))], ids=naam)
def test_een_moment_wordt_op_een_plek_een_dag(pad):
    """Between midnight here and midnight UTC they name another day: `wmo.periodes.vandaag` knows which one counts."""
    if naam(pad) not in {"wmo/periodes.py", "wmo/weergave.py"}:
        assert not [f"{naam(pad)}:{regel}" for functie, regel in aanroepen(pad) if functie == "date"]


@pytest.mark.parametrize("pad", BESTANDEN, ids=naam)
def test_module_past_op_een_paar_schermen(pad):
    assert len(pad.read_text().splitlines()) <= 400, f"{naam(pad)} is te lang: splits per onderwerp"
    assert pad.stem not in VERBODEN_NAMEN


@pytest.mark.parametrize("pad", sorted((BASIS / "templates").rglob("*.html")), ids=naam)
def test_sjabloon_is_kort_en_zonder_stijl_of_script(pad):
    tekst = pad.read_text()
    assert len(tekst.splitlines()) <= 130
    assert 'style="' not in tekst
    assert "<script>" not in tekst
    assert " onclick=" not in tekst


def vaste_paden(pad: Path) -> Iterator[str]:
    """Addresses written out as f"/zaken/{nummer}/", with every part that varies filled in as 1."""
    for knoop in ast.walk(ast.parse(pad.read_text())):
        if isinstance(knoop, ast.JoinedStr):
            delen = [str(deel.value) if isinstance(deel, ast.Constant) else "1" for deel in knoop.values]
            if delen and delen[0].startswith("/"):
                yield "".join(delen)


def test_een_uitgeschreven_adres_is_een_pagina():
    """A task carries its address as text, because the domain does not ask the web where a page is: it must exist."""
    gevonden = [adres for pad in BESTANDEN if in_kamer(pad, "actions") for adres in vaste_paden(pad)]
    assert len(gevonden) > 10
    for adres in gevonden:
        resolve(adres)


def functielengtes() -> list[int]:
    lengtes = []
    for pad in BESTANDEN:
        for knoop in ast.walk(ast.parse(pad.read_text())):
            if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef):
                lengtes.append((knoop.end_lineno or knoop.lineno) - knoop.lineno + 1)
    return sorted(lengtes)


def test_alleen_taken_schrijft_een_taak():
    """The case keeps the first day of its tasks (ADR 0011): who writes one elsewhere forgets that."""
    gevonden = {
        naam(pad)
        for pad in BESTANDEN
        for knoop in ast.walk(ast.parse(pad.read_text()))
        if isinstance(knoop, ast.Call)
        and isinstance(knoop.func, ast.Attribute)
        and knoop.func.attr in {*SCHRIJFT, "update"}
        and ast.unparse(knoop.func).startswith("Taak.objects")
    }
    assert gevonden == {"wmo/actions/taken.py"}


def test_functies_zijn_kort():
    lengtes = functielengtes()
    assert lengtes[len(lengtes) // 2] <= 9
    assert lengtes[len(lengtes) * 9 // 10] <= 25


def test_geen_ingeslikte_fouten():
    for pad in BESTANDEN:
        for knoop in ast.walk(ast.parse(pad.read_text())):
            if isinstance(knoop, ast.ExceptHandler):
                stil = all(isinstance(regel, ast.Pass) for regel in knoop.body)
                breed = knoop.type is None or (
                    isinstance(knoop.type, ast.Name) and knoop.type.id in {"Exception", "BaseException"}
                )
                assert not (stil and breed), f"{naam(pad)}:{knoop.lineno} slikt elke fout in"


def test_acties_zijn_acties():
    """Every public function that takes `door` carries a right and a transaction, or can only run inside one."""
    zonder = {"kader", "logboek", "nummers", "taken"}
    for pad in BESTANDEN:
        if not in_kamer(pad, "actions") or pad.stem in zonder:
            continue
        for functie in ast.parse(pad.read_text()).body:
            if (
                isinstance(functie, ast.FunctionDef)
                and "door" in {a.arg for a in functie.args.kwonlyargs}
                and not functie.name.startswith("_")
            ):
                assert any(
                    (isinstance(v, ast.Call) and getattr(v.func, "id", "") == "actie")
                    or getattr(v, "id", "") == "binnen_actie"
                    for v in functie.decorator_list
                ), f"{naam(pad)}:{functie.lineno} {functie.name} is geen @actie of @binnen_actie"
