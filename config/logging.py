"""Log configuration. No line that leaves the process may hold a BSN or a row of the database: a filter masks them."""

import logging
import re
import traceback
from typing import Any

MASKER = "*********"
_NEGEN_CIJFERS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
# up to the next exception of a chained traceback: a value may hold line breaks of its own
_RIJ = re.compile(r"DETAIL:.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL)
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def _maskeer_treffer(treffer: re.Match[str]) -> str:
    """Other nine-digit numbers stay readable: only what satisfies the elfproef can be a BSN."""
    cijfers = treffer.group()
    som = sum(gewicht * int(cijfer) for gewicht, cijfer in zip(_GEWICHTEN, cijfers, strict=True))
    return MASKER if som % 11 == 0 else cijfers


def maskeer_bsn(tekst: str) -> str:
    """Replace every standalone nine-digit number that satisfies the elfproef."""
    return _NEGEN_CIJFERS.sub(_maskeer_treffer, tekst)


def verberg_rij(tekst: str) -> str:
    """Cut what PostgreSQL says about the row that broke a constraint: names, addresses and keys stand in it."""
    return _RIJ.sub("DETAIL:  weggelaten", tekst)


class BsnFilter(logging.Filter):
    """Cleans message, arguments and traceback; sits on the handler, so that no logger can go around it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = maskeer_bsn(verberg_rij(record.getMessage()))
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        if record.exc_text:
            record.exc_text = maskeer_bsn(verberg_rij(record.exc_text))
        return True


def log_config(niveau: str) -> dict[str, Any]:
    """Build LOGGING: one stream to stderr, where systemd or the supervisor picks it up.

    Django's mail to admins is left out on purpose: a mailed traceback carries local variables.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"bsn": {"()": BsnFilter}},
        "formatters": {"regel": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "regel", "filters": ["bsn"]}},
        "root": {"handlers": ["stderr"], "level": niveau},
        "loggers": {
            "django": {"handlers": [], "level": niveau, "propagate": True},
            "django.server": {"handlers": [], "level": niveau, "propagate": True},
        },
    }
