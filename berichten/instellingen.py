"""The bounds of this installation, from settings. The message layer itself knows no Django: callers pass these on."""

from pathlib import Path

from django.conf import settings

from berichten.poort import MB, Grenzen


def grenzen(max_mb: int | None = None) -> Grenzen:
    """IWMO_MAX_MB, IWMO_MAX_DIEPTE and IWMO_XSD_DIR. A transport with a bound of its own passes `max_mb`."""
    return Grenzen(
        max_bytes=(max_mb or settings.IWMO_MAX_MB) * MB,
        max_diepte=settings.IWMO_MAX_DIEPTE,
        xsd_map=Path(settings.IWMO_XSD_DIR) if settings.IWMO_XSD_DIR else None,
    )
