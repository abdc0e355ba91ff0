"""One received message on the table, and the two ways in which its processing can end badly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from berichten.codelijsten import lijst
from berichten.models import Bericht
from berichten.poort import Bevinding
from berichten.standaard import Berichtsoort
from wmo.actions.kader import Geweigerd
from wmo.fields import sleutelhash
from wmo.models import Aanbieder, Aanstelling, Client, Gemeente, Toewijzing


class Onverwerkbaar(Exception):
    """No answer is possible: the message is set apart with this Dutch sentence until a person looks."""

    def __init__(self, zin: str, bevindingen: Iterable[Bevinding] = ()) -> None:
        super().__init__(zin)
        self.zin = zin
        self.bevindingen = tuple(bevindingen)


class Afgekeurd(Exception):
    """The domain refuses what the rules let through: the whole message is refused, with codes for the answer."""

    def __init__(self, *bevindingen: Bevinding) -> None:
        super().__init__("; ".join(bevinding.tekst for bevinding in bevindingen))
        self.bevindingen = bevindingen


@dataclass(frozen=True)
class Ontvangst:
    """What a handler of the router gets. `bericht` is the message, `rij` its row, `door` the actor behind it.

    `clienten` are those of a declaration: they may come in while they are handled, and are gone then.
    """

    rij: Bericht
    bericht: Any
    soort: Berichtsoort
    gemeente: Gemeente
    aanbieder: Aanbieder
    door: Aanstelling
    nu: datetime
    clienten: Iterable[Any] = ()

    def toewijzing(self, nummer: int | None, klasse: str) -> Toewijzing:
        """The toewijzing of this gemeente and aanbieder, or Afgekeurd with 9019 (TR019)."""
        toewijzingen = Toewijzing.objects.filter(gemeente=self.gemeente, aanbieder=self.aanbieder)
        gevonden = toewijzingen.select_related(
            "client", "gemeente", "aanbieder", "product", "voorziening__beschikking__zaak"
        ).filter(toewijzingnummer=nummer or 0)
        if not gevonden:
            raise Afgekeurd(Bevinding("TR019", "9019", klasse, "Er is geen toewijzing met dit nummer.", klasse))
        return gevonden[0]

    def client(self, bsn: str) -> Client | None:
        clienten = Client.objects.filter(gemeente=self.gemeente, bsn_hash=sleutelhash(bsn))
        return clienten.select_related("gemeente").first()


def als_afkeuring(weigering: Geweigerd, klasse: str) -> Exception:
    """A refusal of an action as the answer of the standard; when its reason is no return code a person must look."""
    if weigering.reden in lijst("WJ001"):
        return Afgekeurd(Bevinding("", weigering.reden, klasse, weigering.zin, klasse))
    return Onverwerkbaar(weigering.zin)
