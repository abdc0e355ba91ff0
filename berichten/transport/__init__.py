"""How messages travel. The rest of the portal knows this interface and not the road behind it.

Whoever sends hands over bytes and hears whether they arrived; whoever collects gets what lies ready and says when it is
safely stored. A delivery may come twice; the rows decide that it counts once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Literal, Protocol

from django.conf import settings

Kant = Literal["gemeente", "aanbieder"]


@dataclass(frozen=True, slots=True)
class Postbus:
    """The mail between one gemeente (CBS code) and one aanbieder (AGB code) that `kant` collects."""

    gemeente: str
    aanbieder: str
    kant: Kant


@dataclass(frozen=True, slots=True)
class Zending:
    """One message on its way. `naam` is the same at every try, so that a second delivery replaces the first.

    On an envelope `referentienummer` is that sign, and `antwoord_op` the number of what is answered, "" for the rest.
    """

    postbus: Postbus
    soort: str
    identificatie: str
    referentienummer: str = ""
    antwoord_op: str = ""

    @property
    def naam(self) -> str:
        return f"WMO{self.soort}-{self.identificatie}"


class Post(Protocol):
    """Something that lies ready to be collected."""

    @property
    def postbus(self) -> Postbus: ...

    @property
    def grootte(self) -> int: ...

    @property
    def referentienummer(self) -> str:
        """The number under which the chain knows it, "" where there is none: an answer refers to it."""

    def open(self) -> IO[bytes]:
        """The bytes; raises AlOpgehaald, or Onbestelbaar when they cannot be had now."""


class AlOpgehaald(Exception):
    """Another worker stored and confirmed it between the listing and the reading: there is nothing left to do."""


class Onbestelbaar(Exception):
    """It could not be delivered now. The text says why, in Dutch, for the monitor."""


class Afgewezen(Onbestelbaar):
    """The other looked at it and will not have it: trying again is of no use."""


class Transport(Protocol):
    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        """Deliver, or raise Onbestelbaar. When it returns the receiver can collect the whole message."""

    def haal_op(self, postbussen: Iterable[Postbus]) -> Iterator[Post]:
        """What lies ready, oldest first within a postbus. Raises Onbestelbaar when it cannot be seen."""

    def bevestig(self, post: Post) -> None:
        """The message is stored: it need not be offered again."""


def verbinding() -> Transport:
    """The road of this installation: files in a folder, unless a knooppunt is connected."""
    from berichten.transport.bestand import Map
    from berichten.transport.wegwijzer import wegwijzer

    map_ = Map(settings.BERICHTEN_MAP)
    return wegwijzer(map_) if settings.BERICHTEN_TRANSPORT == "ggk" or settings.VECOZO_ADRES else map_
