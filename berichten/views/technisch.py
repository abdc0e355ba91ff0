"""The technical side of one message, for the backoffice: its fields, its XML, the file. Each look is on record."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from lxml import etree

from berichten import draad
from berichten.actions import inzage
from berichten.models import Bericht
from berichten.poort import VEILIG
from berichten.schema import elementnaam, klasse_van
from berichten.views.bericht import haal
from wmo import weergave
from wmo.http import PortaalRequest
from wmo.permissions import Recht, vereist

BSN = re.compile(r"(<[^<>]*Bsn>)\d{5}(\d{4}<)")
TOON_TEKENS = 100_000


@vereist(Recht.BERICHTEN_VERWERKEN)
def technisch(request: PortaalRequest, pk: int) -> HttpResponse:
    """Its fields as a table, then the XML with the BSN masked; the look is on record."""
    rij = haal(request, pk)
    inzage.bekijk_technisch(bericht=rij, wat="technisch bekeken", door=request.aanstelling, nu=timezone.now())
    gelezen = draad.lees(rij)
    xml = _leesbaar(rij) or b"".join(bytes(deel.inhoud) for deel in rij.delen.all()[:1])[:TOON_TEKENS]
    context = {
        "rij": rij,
        "titel": draad.titel(rij),
        "velden": list(_velden(gelezen, "")) if gelezen is not None else [],
        "xml": BSN.sub(r"\1*****\2", xml.decode("utf-8", "replace")),
        "ingekort": rij.grootte > TOON_TEKENS,
    }
    return render(request, "berichten/technisch.html", context)


def _leesbaar(rij: Bericht) -> bytes:
    """The XML with an indent per level; nothing when it is big or is no XML."""
    if rij.grootte > TOON_TEKENS:
        return b""
    lezer = etree.XMLParser(remove_blank_text=True, **VEILIG)
    try:
        return etree.tostring(etree.fromstring(rij.inhoud, lezer), pretty_print=True, encoding="utf-8")
    except etree.XMLSyntaxError:
        return b""


@vereist(Recht.BERICHTEN_VERWERKEN)
def xml(request: PortaalRequest, pk: int) -> HttpResponse:
    """The bytes as they came or went, as a file."""
    rij = haal(request, pk)
    inzage.bekijk_technisch(bericht=rij, wat="XML gedownload", door=request.aanstelling, nu=timezone.now())
    antwoord = HttpResponse(rij.delen_van_inhoud(), content_type="application/xml")
    antwoord["Content-Disposition"] = f'attachment; filename="WMO{rij.soort}-{rij.identificatie}.xml"'
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _velden(knoop: Any, pad: str) -> Iterator[tuple[str, str]]:
    """Every filled element with its path; a BSN is masked."""
    for veld in fields(knoop):
        waarde, naam = getattr(knoop, veld.name), f"{pad}/{elementnaam(veld.name)}".lstrip("/")
        if is_dataclass(waarde):
            yield from _velden(waarde, naam)
        elif isinstance(waarde, tuple):
            for nummer, deel in enumerate(waarde, 1):
                if is_dataclass(deel):
                    yield from _velden(deel, f"{naam}/{klasse_van(type(deel)).element}[{nummer}]")
                else:
                    yield f"{naam}[{nummer}]", str(deel)
        elif waarde is not None:
            yield naam, _waarde(veld.name, waarde)


def _waarde(naam: str, waarde: Any) -> str:
    if naam == "bsn":
        return weergave.bsn_masker(waarde)
    if isinstance(waarde, date):
        return weergave.datum(waarde)
    return weergave.tijd(waarde) if isinstance(waarde, time) else str(waarde)
