"""Which road a message takes when the installation is connected to a knooppunt.

To an aanbieder with software of its own it goes through the GGk. For the others the portal is that software: what they
send leaves through VECOZO, and what they get is collected there, when the installation is connected to it. Otherwise
the folder stays between the two sides of one portal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from berichten.transport import Post, Postbus, Zending
from berichten.transport.bestand import Map
from berichten.transport.ggk import Ggk
from berichten.transport.https import Aansluiting
from berichten.transport.vecozo import Afspraken, Klaar, Vecozo
from wmo.models import Aanbieder


@dataclass(frozen=True, slots=True)
class Wegwijzer:
    """A Transport of three. `intern` holds the AGB codes of the aanbieders for whom the portal makes the messages."""

    map_: Map
    intern: frozenset[str]
    ggk: Ggk | None = None
    vecozo: Vecozo | None = None

    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        self._weg(zending.postbus).verstuur(zending, inhoud)

    def _weg(self, bus: Postbus) -> Map | Ggk | Vecozo:
        if bus.kant == "gemeente":
            return self.vecozo or self.map_
        in_de_keten = bus.aanbieder not in self.intern or self.vecozo is not None
        return self.ggk if self.ggk and in_de_keten else self.map_

    def haal_op(self, postbussen: Iterable[Postbus]) -> Iterator[Post]:
        """The GGk delivers by itself; the folder and VECOZO are looked into."""
        bussen = list(postbussen)
        yield from self.map_.haal_op(bussen)
        if self.vecozo:
            yield from self.vecozo.haal_op(bussen)

    def bevestig(self, post: Post) -> None:
        if isinstance(post, Klaar):
            post.vecozo.bevestig(post)
        else:
            self.map_.bevestig(post)


def wegwijzer(map_: Map) -> Wegwijzer:
    intern = Aanbieder.objects.filter(eigen_software=False).values_list("agb", flat=True)
    ggk = Ggk(_aansluiting("GGK", settings.GGK_ENDPOINT)) if settings.BERICHTEN_TRANSPORT == "ggk" else None
    vecozo = Vecozo(_aansluiting("VECOZO", settings.VECOZO_ADRES), _afspraken()) if settings.VECOZO_ADRES else None
    return Wegwijzer(map_, frozenset(intern), ggk, vecozo)


def _aansluiting(wie: str, endpoint: str) -> Aansluiting:
    certificaat, sleutel, ca, wachttijd = (
        getattr(settings, f"{wie}_{naam}") for naam in ("CERTIFICAAT", "SLEUTEL", "CA", "WACHTTIJD")
    )
    return Aansluiting(endpoint, certificaat, sleutel, ca, wachttijd)


def _afspraken() -> Afspraken:
    return Afspraken(
        settings.VECOZO_BERICHTTYPE,
        settings.VECOZO_BERICHTSUBTYPE,
        settings.VECOZO_ACTIE,
        settings.VECOZO_ROL_AANBIEDER,
        settings.VECOZO_ROL_GEMEENTE,
    )
