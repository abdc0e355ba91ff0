"""Model fields for what may not lie readable on disk: BSN, documents, raw messages (R-344)."""

import hashlib
import hmac
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

SNELST = 1  # the level of zlib that costs least; for XML the higher ones gain little


@lru_cache(maxsize=4)
def _kluis(sleutels: tuple[str, ...]) -> MultiFernet:
    if not sleutels:
        raise ImproperlyConfigured("VERSLEUTEL_SLEUTELS is leeg: zet minstens één Fernet-sleutel.")
    return MultiFernet([Fernet(sleutel) for sleutel in sleutels])


def versleutel(inhoud: bytes) -> bytes:
    """Encrypt with the first key of `settings.VERSLEUTEL_SLEUTELS`; older keys still decrypt (rotation)."""
    return _kluis(tuple(settings.VERSLEUTEL_SLEUTELS)).encrypt(inhoud)


def ontsleutel(inhoud: bytes) -> bytes:
    try:
        return _kluis(tuple(settings.VERSLEUTEL_SLEUTELS)).decrypt(inhoud)
    except InvalidToken as fout:
        raise ImproperlyConfigured(
            "Deze gegevens zijn met een andere sleutel versleuteld; zet de oude sleutel terug."
        ) from fout


def sleutelhash(waarde: str) -> str:
    """Keyed hash for searching and uniqueness of an encrypted value; useless without the key."""
    return hmac.new(settings.ZOEKSLEUTEL.encode(), waarde.encode(), hashlib.sha256).hexdigest()


class VersleuteldeBytes(models.BinaryField):
    """Bytes in Python, Fernet token in the database. Cannot be filtered on."""

    _pyi_private_get_type: bytes  # what a type checker may count on

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else versleutel(bytes(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else ontsleutel(bytes(value))


class IngepakteBytes(VersleuteldeBytes):
    """The same, packed before it is encrypted: for text, of which a twentieth is left."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(None if value is None else zlib.compress(bytes(value), SNELST))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else pak_uit(bytes(value))


def pak_uit(inhoud: bytes) -> bytes:
    """What `IngepakteBytes` keeps, read without the field: as bytes that are still packed."""
    return zlib.decompress(ontsleutel(inhoud))


class VersleuteldeTekst(models.BinaryField):
    """Text in Python, Fernet token in the database. Cannot be filtered on: keep a `sleutelhash` beside it."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]  # stored as bytes, read and written as text

    def get_prep_value(self, value: Any) -> Any:
        return None if value in (None, "") else versleutel(str(value).encode())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return "" if value is None else ontsleutel(bytes(value)).decode()

    def to_python(self, value: Any) -> Any:
        return value


@models.Field.register_lookup
class EenVan(models.Lookup):
    """`veld__een_van={...}`: as `in`, but one parameter however many values there are. A set: a list is searched for
    expressions first."""

    lookup_name = "een_van"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        soort = self.lhs.output_field.db_type(connection)
        return f"{lhs} = ANY(%s::{soort}[])", (*params, als_array(self.rhs))


def als_array(waarden: Iterable[Any]) -> str:
    """An array as PostgreSQL writes it: the driver would look at each value three times."""
    teksten = list(map(str, waarden))
    if any('"' in tekst or "\\" in tekst for tekst in teksten):
        teksten = [tekst.replace("\\", r"\\").replace('"', r"\"") for tekst in teksten]
    return '{"' + '","'.join(teksten) + '"}' if teksten else "{}"


class Geld(models.DecimalField):
    """Decimal euros, two decimals. Cents exist only in berichten/datatypes.py."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)
