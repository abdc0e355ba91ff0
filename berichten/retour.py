"""The answer, made from a message and its findings: 302..320 (IV028) and the 325 (IV087).

The classes of an answer are those of the message plus RetourCodes, so an answer is built by walking the declaration
of the answer beside the message. Only the 325 is a message of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from berichten.codelijsten import GOED, NIET_BEOORDEELD, VOLLEDIG_TOEGEKEND
from berichten.poort import Bevinding
from berichten.schema import klasse_van, velden
from berichten.standaard import berichtsoorten, soort_van
from berichten.standaard.v3_2.basis import XSD_VERSIE, BerichtIdentificatie, TotaalBedragMetDC
from berichten.standaard.v3_2.wmo323 import (
    Bericht323,
    Bericht325,
    Client323,
    ClientAntwoord,
    DeclaratieAntwoord,
    Header325,
    Prestatie,
    PrestatieAntwoord,
)

HEADER, DECLARATIE = "Header", "Declaratie"
ONBEKENDE_CLIENT = "8187"
Codelijst = tuple[str, ...]
Codes = dict[str, Codelijst]


def retour(bericht: Any, bevindingen: Iterable[Bevinding], *, identificatie: str, dagtekening: date) -> Any:
    """The answer to a message. `identificatie` is our own, at most 12 characters and unique per kind of message.

    Raises ValueError for a message that has no answer (302..320, 325).
    """
    soort = soort_van(bericht)
    if not soort.antwoord:
        raise ValueError(f"Op een {soort.bericht} komt geen antwoord.")
    codes = _per_klasse(bevindingen)
    if isinstance(bericht, Bericht323):
        return _declaratie_antwoord(bericht, codes, identificatie, dagtekening)
    return _retourbericht(bericht, codes, identificatie, dagtekening)


def _per_klasse(bevindingen: Iterable[Bevinding]) -> Codes:
    codes: dict[str, dict[str, None]] = {}
    for bevinding in bevindingen:
        if bevinding.code:
            codes.setdefault(bevinding.klasse, {})[bevinding.code] = None
    return {klasse: tuple(sorted(van_klasse)) for klasse, van_klasse in codes.items()}


# ------------------------------------------------------------------------------- 302..320


def _retourbericht(bericht: Any, codes: Codes, identificatie: str, dagtekening: date) -> Any:
    """Only the header when all is well or when the header itself is at fault; else the whole message with its codes."""
    klasse = berichtsoorten[soort_van(bericht).antwoord].klasse
    kop, romp = velden(klasse)
    inhoud = None
    kopcodes = codes.get(HEADER, ())
    if codes and not kopcodes:
        inhoud = _met_codes(romp.type, getattr(bericht, romp.naam), romp.element, codes, Counter())
        kopcodes = (GOED,)
    overgenomen = {v.name: getattr(bericht.header, v.name) for v in fields(bericht.header) if v.name != "bericht_code"}
    header = kop.type(
        **overgenomen,
        identificatie_retour=identificatie,
        dagtekening_retour=dagtekening,
        xsd_versie_retour=XSD_VERSIE,
        retour_codes=kopcodes,
    )
    return klasse(**{kop.naam: header, romp.naam: inhoud})


def _met_codes(cls: type, bron: Any, klasse: str, codes: Codes, tellers: Counter[str], zonder_fout: str = GOED) -> Any:
    """The same class with RetourCodes in it, and so for every class below: 0200 where nothing is wrong, 0233 below a
    client we do not know (TR304)."""
    waarden = {}
    eronder = NIET_BEOORDEELD if ONBEKENDE_CLIENT in codes.get(klasse, ()) else zonder_fout
    for veld in velden(cls):
        if veld.naam == "retour_codes":
            waarden[veld.naam] = codes.get(klasse, (zonder_fout,))
        elif veld.simpel or klasse_van(veld.type).basis:
            waarden[veld.naam] = getattr(bron, veld.naam)
        elif veld.houder:
            waarden[veld.naam] = tuple(
                _met_codes(veld.type, kind, _volgende(veld.item, tellers), codes, tellers, eronder)
                for kind in getattr(bron, veld.naam)
            )
        else:
            deel = getattr(bron, veld.naam)
            waarden[veld.naam] = _met_codes(veld.type, deel, veld.element, codes, tellers, eronder)
    return cls(**waarden)


def _volgende(item: str, tellers: Counter[str]) -> str:
    tellers[item] += 1
    return f"{item}[{tellers[item]}]"


# ------------------------------------------------------------------------------- 325


def _declaratie_antwoord(bericht: Bericht323, codes: Codes, identificatie: str, dagtekening: date) -> Bericht325:
    """A message of its own: the gemeente is Afzender. Only what is refused is in it."""
    kop = bericht.header
    header = Header325(
        afzender=kop.ontvanger,
        ontvanger=kop.afzender,
        bericht_identificatie=BerichtIdentificatie(identificatie=identificatie, dagtekening=dagtekening),
        declaratie_identificatie=kop.bericht_identificatie,
        xsd_versie_declaratie=kop.xsd_versie,
        retour_codes=codes.get(HEADER, (GOED,)),
    )
    if HEADER in codes:
        return Bericht325(header=header)
    return Bericht325(header=header, declaratie_antwoord=_antwoord(bericht, codes))


def _antwoord(bericht: Bericht323, codes: Codes) -> DeclaratieAntwoord:
    declaratie = bericht.declaratie
    eigen = codes.get(DECLARATIE, (GOED,) if codes else (VOLLEDIG_TOEGEKEND,))
    return DeclaratieAntwoord(
        declaratie_nummer=declaratie.declaratie_nummer,
        totaal_ingediend_bedrag=declaratie.totaal_ingediend_bedrag,
        totaal_toegekend_bedrag=_met_teken(_toegekend(bericht, codes)),
        clienten=() if DECLARATIE in codes else tuple(_afgewezen(bericht, codes)),
        retour_codes=eigen,
    )


def _met_teken(saldo: int) -> TotaalBedragMetDC:
    """Nothing is debet (CS325)."""
    return TotaalBedragMetDC(totaal_bedrag=abs(saldo), debet_credit="C" if saldo < 0 else "D")


def _regels(
    bericht: Bericht323, codes: Codes
) -> Iterator[tuple[Client323, Codelijst, list[tuple[Prestatie, Codelijst]]]]:
    """Each client with its codes, and its lines with theirs: those of a refused client are not judged."""
    nummer = 0
    for volgnummer, client in enumerate(bericht.declaratie.clienten, 1):
        client_codes = codes.get(f"Client[{volgnummer}]", ())
        regels = []
        for prestatie in client.prestaties:
            nummer += 1
            regels.append((prestatie, (NIET_BEOORDEELD,) if client_codes else codes.get(f"Prestatie[{nummer}]", ())))
        yield client, client_codes, regels


def _afgewezen(bericht: Bericht323, codes: Codes) -> Iterator[ClientAntwoord]:
    for client, client_codes, regels in _regels(bericht, codes):
        afgewezen = tuple(
            PrestatieAntwoord(**{veld.name: getattr(p, veld.name) for veld in fields(p)}, retour_codes=eigen)
            for p, eigen in regels
            if eigen
        )
        if afgewezen:
            yield ClientAntwoord(bsn=client.bsn, prestaties=afgewezen, retour_codes=client_codes or (GOED,))


def _toegekend(bericht: Bericht323, codes: Codes) -> int:
    """What was asked minus what is refused, in cents; nothing when the message or the whole declaration is refused.

    The total is the sum of the lines (TR358), so lines that are right need not be there.
    """
    if HEADER in codes or DECLARATIE in codes:
        return 0
    gevraagd = bericht.declaratie.totaal_ingediend_bedrag.saldo
    return gevraagd - sum(
        p.ingediend_bedrag.saldo for _, _, regels in _regels(bericht, codes) for p, eigen in regels if eigen
    )


def toegekend(bericht: Any, bevindingen: Iterable[Bevinding]) -> int | None:
    """Of a declaration: what is granted, in cents, negative when more is taken back. None for other messages."""
    return _toegekend(bericht, _per_klasse(bevindingen)) if isinstance(bericht, Bericht323) else None
