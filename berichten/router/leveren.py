"""305 and 307 at the gemeente: the delivery starts, stops, pauses and starts again."""

from collections.abc import Callable, Iterator
from typing import Any

from berichten.actions.schrijven import koppel
from berichten.ontvangst import Ontvangst, als_afkeuring
from berichten.translate.leveren import VERWIJDEREN
from wachtlijst.actions import plekken
from wachtlijst.models import Plek
from wmo.actions import leveringen, pauzes
from wmo.actions.kader import Geweigerd
from wmo.models import Pauze, Toewijzing
from wmo.rules.gemeenteregels import TIJDELIJKE_STOP, Aanleiding


def start(o: Ontvangst) -> None:
    for klasse, product in _op_volgorde("StartProduct", o.bericht.client.start_producten):
        toewijzing = _toewijzing(o, product, klasse)
        gedeeld = {"toewijzing": toewijzing, "begindatum": product.begindatum, "door": o.door, "nu": o.nu}
        if product.status_aanlevering == VERWIJDEREN:
            _doe(klasse, leveringen.verwijder_start, **gedeeld)
        else:
            _doe(klasse, leveringen.meld_start, **gedeeld)
            _na_start(o, toewijzing, product.begindatum)


def stop(o: Ontvangst) -> None:
    for klasse, product in _op_volgorde("StopProduct", o.bericht.client.stop_producten):
        toewijzing = _toewijzing(o, product, klasse)
        gedeeld = {
            "toewijzing": toewijzing,
            "begindatum": product.begindatum,
            "einddatum": product.einddatum,
            "reden": product.reden_beeindiging,
            "door": o.door,
            "nu": o.nu,
        }
        if product.status_aanlevering == VERWIJDEREN:
            _doe(klasse, leveringen.verwijder_stop, **gedeeld)
        else:
            _doe(klasse, leveringen.meld_stop, **gedeeld)
            _na_stop(o, toewijzing, product)


def _op_volgorde(naam: str, producten: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Removals first (OP033x2), each with the class by which the answer names it."""
    genummerd = [(f"{naam}[{nummer}]", product) for nummer, product in enumerate(producten, 1)]
    yield from sorted(genummerd, key=lambda paar: paar[1].status_aanlevering != VERWIJDEREN)


def _toewijzing(o: Ontvangst, product: Any, klasse: str) -> Toewijzing:
    toewijzing = o.toewijzing(product.toewijzing_nummer, klasse)
    o.rij.client = toewijzing.client
    koppel(o.rij, [toewijzing])
    return toewijzing


def _doe(klasse: str, actie: Callable[..., Any], **gegevens: Any) -> None:
    try:
        actie(**gegevens)
    except Geweigerd as fout:
        raise als_afkeuring(fout, klasse) from fout


def _na_start(o: Ontvangst, toewijzing: Toewijzing, begindatum: Any) -> None:
    """The place on the list is filled, and a pause is over."""
    plek = Plek.objects.filter(toewijzing=toewijzing).select_related("gemeente", "zaak", "client").first()
    if plek is not None and plek.kan_naar(Plek.Status.GESTART):
        plekken.markeer_gestart(plek=plek, begindatum=begindatum, door=o.door, nu=o.nu)
    pauze = _lopende_pauze(toewijzing)
    if pauze is not None and begindatum > pauze.vanaf:
        pauzes.hervat(pauze=pauze, hervat_op=begindatum, door=o.door, nu=o.nu)


def _na_stop(o: Ontvangst, toewijzing: Toewijzing, product: Any) -> None:
    """A temporary stop is a pause: declaring ends and the talk after some weeks is planned (R-137, R-233)."""
    if product.reden_beeindiging != TIJDELIJKE_STOP or _lopende_pauze(toewijzing) is not None:
        return
    pauzes.begin(
        toewijzing=toewijzing,
        vanaf=product.einddatum,
        aanleiding=Aanleiding.VERZOEK_CLIENT,
        reden="Stopbericht met reden 20.",
        door=o.door,
        nu=o.nu,
    )


def _lopende_pauze(toewijzing: Toewijzing) -> Pauze | None:
    return toewijzing.pauzes.filter(status=Pauze.Status.ACTIEF).first()
