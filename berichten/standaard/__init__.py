"""The published versions of the standard. A version is never edited: 3.3 becomes `v3_3`."""

from berichten.standaard.berichtsoort import (
    Berichtsoort,
    berichtsoorten,
    ondersteund,
    soort_van,
    soort_van_namespace,
)
from berichten.standaard.v3_2 import (  # noqa: F401  (declaring fills the registry, in this order)
    wmo301,
    wmo305,
    wmo307,
    wmo315,
    wmo317,
    wmo319,
    wmo323,
)

__all__ = ["Berichtsoort", "berichtsoorten", "ondersteund", "soort_van", "soort_van_namespace"]
