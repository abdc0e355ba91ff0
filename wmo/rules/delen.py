"""Which document may reach a provider, and how (R-300, R-343). Nothing here goes by iWmo."""

from dataclasses import dataclass

# the verslag only with the consent of the client; the plan always; the persoonlijk plan and letters never
VRIJ = frozenset({"perspectiefplan", "normenkader", "uitvoeringsplan", "overig"})
# what is asked from a provider of begeleiding is net, the normenkader is gross (S-021, S-022)
ALLEEN_GEMEENTE = "normenkader_begeleiding"
MET_TOESTEMMING = frozenset({"verslag"})


@dataclass(frozen=True)
class Deelbaar:
    """`reden` is the Dutch sentence for a refusal."""

    mag: bool
    reden: str = ""


def mag_naar_aanbieder(soort: str, *, toestemming: bool, opdracht: bool) -> Deelbaar:
    """`toestemming`: the client lets this provider have the verslag; `opdracht`: it has an opdracht for this client."""
    if not opdracht:
        return Deelbaar(
            False, "Deze aanbieder heeft geen opdracht voor deze cliënt. Deel alleen met wie de hulp levert."
        )
    if soort in VRIJ:
        return Deelbaar(True)
    if soort == ALLEEN_GEMEENTE:
        return Deelbaar(False, "Bij begeleiding deelt u het perspectiefplan, niet het normenkader.")
    if soort in MET_TOESTEMMING:
        zin = "De cliënt gaf geen toestemming voor het verslag en deze aanbieder. Leg eerst de toestemming vast."
        return Deelbaar(True) if toestemming else Deelbaar(False, zin)
    return Deelbaar(False, "Dit stuk is alleen voor de cliënt en de gemeente. U kunt het niet delen.")
