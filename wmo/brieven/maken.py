"""From data to PDF with typst: no markup comes from outside, no font is guessed, no warning is let through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from wmo.brieven.blokken import Briefsoort, OnvolledigeBrief, ontbrekende_blokken

SJABLONEN = Path(__file__).parent / "sjablonen"
NORMEN: list[typst.PDFStandard] = ["a-3a", "ua-1"]
MIMETYPE = "application/pdf"


class Briefstoring(RuntimeError):
    """Typst could not make the letter as asked: a missing font, a broken template. Never a fault of the person."""


def maak_brief(soort: str, gegevens: Mapping[str, Any]) -> bytes:
    """The letter as PDF/A-3a and PDF/UA-1 in one file; some 30 ms.

    Raises OnvolledigeBrief when a block is missing and Briefstoring when typst warns or fails: a warning usually is a
    font that is not there, which would otherwise be replaced in silence.
    """
    soort = Briefsoort(soort)
    if blokken := ontbrekende_blokken(soort, gegevens):
        raise OnvolledigeBrief(blokken)
    try:
        pdf, waarschuwingen = typst.compile_with_warnings(
            SJABLONEN / f"{soort}.typ",
            root=SJABLONEN,
            font_paths=[settings.LETTERTYPEN],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"gegevens": json.dumps(gegevens)},
            pdf_standards=NORMEN,
        )
    except typst.TypstError as fout:
        raise Briefstoring(f"{soort}: {fout.message}") from fout
    if waarschuwingen:
        raise Briefstoring(f"{soort}: {waarschuwingen[0].message}")
    return bytes(pdf)


def bestandsnaam(soort: str, kenmerk: str) -> str:
    """`beschikking-B-2026-000001.pdf`: the kenmerk, never a name or BSN (R-321)."""
    return f"{Briefsoort(soort)}-{kenmerk}.pdf"
