"""302, 306, 308, 316, 318, 320: what the other says of the message we sent."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from berichten.actions.schrijven import als_json, koppel
from berichten.codelijsten import GEEN_FOUT, omschrijving
from berichten.models import Bericht
from berichten.ontvangst import Ontvangst, Onverwerkbaar
from berichten.poort import Bevinding
from berichten.schema import klasse_van
from berichten.standaard import berichtsoorten
from wmo.actions import taken
from wmo.models import Taak


def retour(o: Ontvangst) -> None:
    sluit_vraag(o)


def sluit_vraag(o: Ontvangst) -> Bericht:
    """Find our message, write the outcome on it, and make work of a refusal. A second answer changes nothing."""
    vraag = _vraag(o)
    bevindingen = list(fouten(o.bericht))
    o.rij.antwoord_op, o.rij.client, o.rij.verzoek = vraag, vraag.client, vraag.verzoek
    o.rij.bevindingen = als_json(bevindingen)
    koppel(o.rij, vraag.toewijzingen.all())
    uitkomst = Bericht.Status.AFGEKEURD if bevindingen else Bericht.Status.GOEDGEKEURD
    if vraag.kan_naar(uitkomst):
        vraag.zet_status(uitkomst, beantwoord_op=o.nu, bevindingen=o.rij.bevindingen)
        taken.rond_af(sleutel=f"bericht:{vraag.pk}", nu=o.nu)
        taken.rond_af(sleutel=f"retour:{vraag.pk}", nu=o.nu)
        if bevindingen:
            meld_afkeuring(vraag, o)
    return vraag


def _vraag(o: Ontvangst) -> Bericht:
    """Locked: the sender may still be writing down that it was sent."""
    heen = next(soort.nummer for soort in berichtsoorten.values() if soort.antwoord == o.soort.nummer)
    kenmerk = o.bericht.header.bericht_identificatie.identificatie
    vraag = (
        Bericht.objects.select_for_update(of=("self",))
        .filter(
            kant=o.rij.kant, richting=Bericht.Richting.UIT, soort=heen, identificatie=kenmerk,
            gemeente=o.gemeente, aanbieder=o.aanbieder,
        )
        .first()
    )  # fmt: skip
    if vraag is None:
        raise Onverwerkbaar(f"Dit is een antwoord op een bericht {heen} dat wij niet hebben verstuurd.")
    return vraag


def meld_afkeuring(vraag: Bericht, o: Ontvangst) -> None:
    """Whoever sent it mends it: the backoffice, or the aanbieder for whom the portal plays."""
    taken.zet_klaar(
        sleutel=f"bericht:{vraag.pk}",
        soort=Taak.Soort.BERICHT_AFGEKEURD,
        titel=f"Bericht {vraag.soort} is afgekeurd door {_wie(vraag)}",
        gemeente=o.gemeente,
        nu=o.nu,
        aanbieder=o.aanbieder if vraag.kant == Bericht.Kant.AANBIEDER else None,
        pad=vraag.pad,
    )


def _wie(vraag: Bericht) -> str:
    return str(vraag.aanbieder if vraag.kant == Bericht.Kant.GEMEENTE else vraag.gemeente)


def fouten(bericht: Any) -> Iterator[Bevinding]:
    """The codes in an answer that say that something is wrong, with the class that carries them."""
    yield from _fouten(bericht, "Bericht", {})


def _fouten(knoop: Any, pad: str, tellers: dict[str, int]) -> Iterator[Bevinding]:
    for code in getattr(knoop, "retour_codes", ()):
        if code not in GEEN_FOUT:
            yield Bevinding("", code, pad, omschrijving("WJ001", code), pad.rsplit("/", 1)[-1])
    for veld in fields(knoop):
        waarde = getattr(knoop, veld.name)
        for kind in waarde if isinstance(waarde, tuple) else (waarde,):
            if is_dataclass(kind) and hasattr(type(kind), "__klasse__"):
                naam = klasse_van(type(kind)).element
                if isinstance(waarde, tuple):
                    tellers[naam] = tellers.get(naam, 0) + 1
                    naam = f"{naam}[{tellers[naam]}]"
                yield from _fouten(kind, f"{pad}/{naam}", tellers)
