"""The other side, for practice: the software of a set of aanbieders, and the GGk between them and us.

`aanbieder` knows files alone. `knooppunt` brings envelopes to those files and back, over `server` and with the
certificates of `papieren`. Nothing here touches the database of the portal. docs/beheer/oefenen.md says how to use it.
"""

from berichten.simulator.aanbieder import FOUTEN, OP_VERZOEK, STIL, Aanbiedersoftware

__all__ = ["FOUTEN", "OP_VERZOEK", "STIL", "Aanbiedersoftware"]
