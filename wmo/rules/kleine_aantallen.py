"""Numbers that the regio may see: small ones could point at a person (R-002, screens S27)."""

DREMPEL = 5


def in_woorden(aantal: int) -> str:
    """0 stays 0 (nobody is nobody), 1 to 4 are "minder dan 5".

    Safe only where no total of the same row or column stands beside it: from a total one subtracts back.
    """
    if 0 < aantal < DREMPEL:
        return f"minder dan {DREMPEL}"
    return f"{aantal:,}".replace(",", ".")
