"""A csv with deliveries: small files at once, large ones as a background task in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.urls import reverse

from declaraties.actions.leveringen import probeer
from declaraties.actions.sloten import vergrendel_geld
from declaraties.models import Leveringsbestand, Prestatie
from declaraties.rules.bestand import Leverregel, Regelfout, lees, ontcijfer
from wmo.actions import achtergrond, logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanbieder, Aanstelling, Achtergrondtaak, Toewijzing
from wmo.permissions import Recht

DIRECT_TOT = 500  # lines: half a second; above that a progress page
PER_KEER = 1000
MAX_BYTES = 10 * 1024 * 1024


@actie(Recht.LEVERING_MELDEN)
def neem_aan(
    *, aanbieder: Aanbieder, naam: str, inhoud: bytes, door: Aanstelling, nu: datetime
) -> tuple[Leveringsbestand, Achtergrondtaak | None]:
    """Keep the file as it came, and process it: at once, or by the worker when it is large."""
    if len(inhoud) > MAX_BYTES:
        raise Geweigerd("Dit bestand is groter dan 10 MB. Splits het per maand of per gemeente.", reden="TE_GROOT")
    regels = inhoud.count(b"\n")
    bestand = Leveringsbestand.objects.create(
        aanbieder=aanbieder, naam=naam[:120], inhoud=inhoud, ontvangen_op=nu, ontvangen_door=door
    )
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="leveringen.neem_aan",
        over=bestand,
        tekst=f"Bestand met leveringen ontvangen: {regels} regels",
    )
    if regels <= DIRECT_TOT:
        lees_csv(bestand=bestand, door=door, nu=nu)
        return bestand, None
    pad = reverse("declaraties:bestand", args=[bestand.pk])
    return bestand, achtergrond.zet_klaar(
        soort="declaraties.tasks.verwerk_bestand",
        titel="Leveringen inlezen",
        sleutel=f"leveringsbestand:{bestand.pk}",
        starter=door,
        nu=nu,
        pad=pad,
        bestand=bestand.pk,
    )


@actie(Recht.LEVERING_MELDEN)
def lees_csv(*, bestand: Leveringsbestand, door: Aanstelling, nu: datetime) -> Leveringsbestand:
    """Process a whole file in one transaction: good lines are kept, each wrong line gets its sentence."""
    delen = list(in_delen(bestand))
    fouten = [fout for deel in delen for fout in _neem_over(bestand.aanbieder, deel, door, nu)]
    _rond_af(bestand, sum(len(deel) for deel in delen), fouten, door, nu)
    return bestand


@actie(Recht.LEVERING_MELDEN)
def lees_deel(
    *, bestand: Leveringsbestand, deel: Sequence[Leverregel | Regelfout], door: Aanstelling, nu: datetime
) -> list[Regelfout]:
    """One piece of a large file in its own transaction: the worker may die between two and start over."""
    fouten = _neem_over(bestand.aanbieder, deel, door, nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="leveringen.lees_deel",
        over=bestand,
        tekst=f"{len(deel) - len(fouten)} leveringen uit een bestand overgenomen",
    )
    return fouten


@actie(Recht.LEVERING_MELDEN)
def rond_af(
    *, bestand: Leveringsbestand, aantal: int, fouten: list[Regelfout], door: Aanstelling, nu: datetime
) -> None:
    """Write the outcome of a file that was processed in pieces."""
    _rond_af(bestand, aantal, fouten, door, nu)


def _rond_af(bestand: Leveringsbestand, aantal: int, fouten: list[Regelfout], door: Aanstelling, nu: datetime) -> None:
    bestand.fouten = [fout.als_dict() for fout in sorted(fouten, key=lambda f: f.regel)]
    bestand.aantal_fout, bestand.aantal_goed, bestand.verwerkt_op = len(fouten), aantal - len(fouten), nu
    bestand.save(update_fields=["fouten", "aantal_fout", "aantal_goed", "verwerkt_op"])
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="leveringen.lees_csv",
        over=bestand,
        tekst=f"Leveringen ingelezen: {bestand.aantal_goed} regels goed, {bestand.aantal_fout} fout",
    )


def in_delen(bestand: Leveringsbestand) -> Iterator[list[Leverregel | Regelfout]]:
    """The lines in pieces of a thousand; a day that was in the file before is an error of its own line."""
    regels = _zonder_dubbele(lees(ontcijfer(bytes(bestand.inhoud))))
    while deel := list(islice(regels, PER_KEER)):
        yield deel


def _zonder_dubbele(regels: Iterator[Leverregel | Regelfout]) -> Iterator[Leverregel | Regelfout]:
    eerder: dict[tuple[object, ...], int] = {}
    for regel in regels:
        if isinstance(regel, Leverregel):
            sleutel = (regel.gemeente, regel.toewijzingnummer, regel.periode)
            eerste = eerder.setdefault(sleutel, regel.regel)
            if eerste != regel.regel:
                yield _fout(regel, f"deze levering staat ook op regel {eerste}. Haal er een weg.")
                continue
        yield regel


def _fout(regel: Leverregel, zin: str) -> Regelfout:
    return Regelfout(regel.regel, "", str(regel.toewijzingnummer), zin)


def _neem_over(
    aanbieder: Aanbieder, deel: Sequence[Leverregel | Regelfout], starter: Aanstelling, nu: datetime
) -> list[Regelfout]:
    fouten = [regel for regel in deel if isinstance(regel, Regelfout)]
    regels = [regel for regel in deel if isinstance(regel, Leverregel)]
    bekend = _toewijzingen(aanbieder, regels)
    vergrendel_geld(aanbieder.pk, *(toewijzing.gemeente_id for toewijzing in bekend.values()))
    pogingen = []
    for regel in regels:
        toewijzing = bekend.get((regel.gemeente, regel.toewijzingnummer))
        if toewijzing is None:
            fouten.append(_fout(regel, _onbekend(regel)))
        else:
            pogingen.append((regel, (toewijzing, regel.periode, regel.aantal)))
    geweigerd = probeer([p for _, p in pogingen], bron=Prestatie.Bron.BESTAND, starter=starter, nu=nu)
    zinnen = {id(poging): zin for poging, zin in geweigerd}
    return fouten + [_fout(regel, zinnen[id(poging)]) for regel, poging in pogingen if id(poging) in zinnen]


def _onbekend(regel: Leverregel) -> str:
    return (
        f"toewijzing {regel.toewijzingnummer} van gemeente {regel.gemeente} is niet van uw organisatie. "
        "Controleer het nummer."
    )


def _toewijzingen(aanbieder: Aanbieder, regels: Sequence[Leverregel]) -> dict[tuple[str, int], Toewijzing]:
    gevraagd = {(regel.gemeente, regel.toewijzingnummer) for regel in regels}
    rijen = Toewijzing.objects.filter(
        aanbieder=aanbieder, toewijzingnummer__in={nummer for _, nummer in gevraagd}
    ).select_related("gemeente")
    return {(t.gemeente.code, t.toewijzingnummer): t for t in rijen}
