"""Which road a message takes when the installation is connected to the GGk.

An aanbieder for whom the portal itself makes the messages has no knooppunt behind it: between the two sides of one
portal the folder stays. The same for what such an aanbieder sends.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from berichten.transport import Post, Postbus, Zending
from berichten.transport.bestand import Map
from berichten.transport.ggk import Aansluiting, Ggk
from wmo.models import Aanbieder


@dataclass(frozen=True, slots=True)
class Wegwijzer:
    """A Transport of two. `intern` holds the AGB codes that stay in the folder."""

    ggk: Ggk
    map_: Map
    intern: frozenset[str]

    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        bus = zending.postbus
        if bus.kant == "aanbieder" and bus.aanbieder not in self.intern:
            self.ggk.verstuur(zending, inhoud)
        else:
            self.map_.verstuur(zending, inhoud)

    def haal_op(self, postbussen: Iterable[Postbus]) -> Iterator[Post]:
        """The GGk delivers by itself; only the folder is looked into."""
        return self.map_.haal_op(postbussen)

    def bevestig(self, post: Post) -> None:
        self.map_.bevestig(post)


def wegwijzer(map_: Map) -> Wegwijzer:
    aansluiting = Aansluiting(
        settings.GGK_ENDPOINT,
        settings.GGK_CERTIFICAAT,
        settings.GGK_SLEUTEL,
        settings.GGK_CA,
        settings.GGK_WACHTTIJD,
    )
    intern = Aanbieder.objects.filter(eigen_software=False).values_list("agb", flat=True)
    return Wegwijzer(Ggk(aansluiting), map_, frozenset(intern))
