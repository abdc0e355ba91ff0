"""No BSN leaves the process through a log line."""

import io
import logging

import pytest

from config.logging import MASKER, BsnFilter, maskeer_bsn


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("cliënt 999900006 gevonden", f"cliënt {MASKER} gevonden"),
        ("(999900006)", f"({MASKER})"),
        ("999900006, 999900018", f"{MASKER}, {MASKER}"),
        ("toewijzing 999900007", "toewijzing 999900007"),
        ("reeks 9999000061", "reeks 9999000061"),
        ("", ""),
    ],
    ids=["los", "haakjes", "twee", "geen elfproef", "tien cijfers", "leeg"],
)
def test_maskeer_bsn(tekst: str, verwacht: str) -> None:
    assert maskeer_bsn(tekst) == verwacht


def _logger() -> tuple[logging.Logger, io.StringIO]:
    uit = io.StringIO()
    handler = logging.StreamHandler(uit)
    handler.addFilter(BsnFilter())
    logger = logging.Logger("proef")
    logger.addHandler(handler)
    return logger, uit


def test_argumenten_en_traceback_worden_gemaskeerd() -> None:
    logger, uit = _logger()
    try:
        raise ValueError("bsn 999900006 bestaat al")
    except ValueError:
        logger.exception("fout bij %s", "999900006")
    assert "999900006" not in uit.getvalue()
    assert uit.getvalue().count(MASKER) == 3  # message, source line, exception
    assert "ValueError" in uit.getvalue()


RIJ = 'null value in column "x"\nDETAIL:  Failing row contains (7, J. Oefening,\nOefenlaan 3, 999900006).'


def test_de_rij_die_een_regel_brak_komt_niet_in_het_log() -> None:
    """PostgreSQL quotes the whole row, line breaks in its values included; what surrounds it stays readable."""
    logger, uit = _logger()
    try:
        try:
            raise ValueError(RIJ)
        except ValueError as fout:
            raise RuntimeError("niet bewaard") from fout
    except RuntimeError:
        logger.exception("taak mislukt: %r", ValueError(RIJ))
    assert "Oefen" not in uit.getvalue()
    assert uit.getvalue().count("DETAIL:  weggelaten") == 2  # message and traceback
    assert "null value in column" in uit.getvalue()
    assert "RuntimeError: niet bewaard" in uit.getvalue()


def test_elke_handler_heeft_het_filter(settings) -> None:
    handlers = settings.LOGGING["handlers"]
    assert handlers
    assert all("bsn" in handler["filters"] for handler in handlers.values())
