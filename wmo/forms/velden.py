"""Form fields that take what people in the Netherlands type, and say what to type instead."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from wmo import weergave
from wmo.rules.identificatie import is_postcode_nl, normaliseer_bsn

MAANDNUMMERS = {naam[:3]: nummer for nummer, naam in enumerate(weergave.MAANDEN, 1)} | {"mrt": 3}
WIT = re.compile(r"[\s\u00a0\u202f]+")
DATUM_CIJFERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})|([0-9]{2})([0-9]{2})([0-9]{4})")
DATUM_WOORD = re.compile(r"(?:[a-z]{2,9} )?([0-9]{1,2})[ -]([a-z]{3,9})\.?[ -]([0-9]{4}|[0-9]{2})")
GROEPEN = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|[0-9]+(,[0-9]+)?")
PUNT_IS_KOMMA = re.compile(r"[0-9]+\.[0-9]{1,2}")
UUR_MINUUT = re.compile(r"([0-9]{1,3})(?::| ?u(?:ur|ren)?(?: en)? ?)([0-5]?[0-9])(?: ?(?:m|min|minuten|uur|u))?")
UREN = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?u(?:ur|ren)?")
MINUTEN = re.compile(r"([0-9]+) ?(?:m|min|minuut|minuten)?")
TELEFOON = re.compile(r"(?:\+|00)[1-9][0-9]{7,14}|0[0-9]{9}")


def _netjes(waarde: Any) -> str:
    return WIT.sub(" ", str(waarde)).strip()


class DatumVeld(forms.DateField):
    """26-11-2026, 26/11/26, 26112026 or 26 nov 2026. With `verleden` a year of two digits lies in the past (births)."""

    widget = forms.TextInput
    breedte = "datum"
    default_error_messages = {
        "required": "Vul een datum in, bijvoorbeeld 07-12-2026.",
        "invalid": "Vul een datum in, bijvoorbeeld 07-12-2026.",
        "bestaat_niet": "Deze datum bestaat niet. Vul een datum in, bijvoorbeeld 07-12-2026.",
    }

    def __init__(self, *, verleden: bool = False, **opties: Any) -> None:
        self.verleden = verleden
        super().__init__(**opties)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return weergave.datum(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return weergave.als_datum(value)
        dag, maand, jaar = self._delen(_netjes(value).lower())
        try:
            return date(self._jaartal(jaar), maand, dag)
        except ValueError as fout:
            raise ValidationError(self.error_messages["bestaat_niet"], code="bestaat_niet") from fout

    def _delen(self, tekst: str) -> tuple[int, int, str]:
        if cijfers := DATUM_CIJFERS.fullmatch(tekst):
            dag, maand, jaar = (deel for deel in cijfers.groups() if deel is not None)
            return int(dag), int(maand), jaar
        woorden = DATUM_WOORD.fullmatch(tekst)
        maandnummer = woorden and MAANDNUMMERS.get(woorden[2][:3])
        if not woorden or not maandnummer:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(woorden[1]), maandnummer, woorden[3]

    def _jaartal(self, jaar: str) -> int:
        """26 is 2026; for a birth in 1941 "41" cannot be 2041."""
        if len(jaar) == 4:
            return int(jaar)
        deze_eeuw = 2000 + int(jaar)
        return deze_eeuw - 100 if self.verleden and deze_eeuw > timezone.localdate().year else deze_eeuw


def tekstvak(rijen: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen})


def lees_getal(tekst: str) -> Decimal:
    """1.234,56, 1234,56 and 1234.56 (a dot before one or two last digits is a decimal dot); ValueError otherwise."""
    kaal = WIT.sub("", tekst).replace(weergave.MIN, "-")
    teken, kaal = (-1, kaal[1:]) if kaal.startswith("-") else (1, kaal)
    if PUNT_IS_KOMMA.fullmatch(kaal):
        return teken * Decimal(kaal)
    if not GROEPEN.fullmatch(kaal):
        raise ValueError(tekst)
    return teken * Decimal(kaal.replace(".", "").replace(",", "."))


class GetalVeld(forms.DecimalField):
    """A number with a comma. `decimalen` is the most that may be given."""

    widget = forms.TextInput
    breedte = "kort"
    voorbeeld = "Vul een getal in, bijvoorbeeld 4,96."

    def __init__(self, *, decimalen: int = 2, **opties: Any) -> None:
        self.decimalen = decimalen
        opties.setdefault("max_digits", 14)
        zinnen = {"required": self.voorbeeld, "invalid": self.voorbeeld}
        opties["error_messages"] = zinnen | opties.get("error_messages", {})
        super().__init__(decimal_places=decimalen, **opties)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return weergave.getal(value, self.decimalen) if isinstance(value, int | float | Decimal) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return lees_getal(self._kaal(_netjes(value)))
        except (ValueError, InvalidOperation) as fout:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from fout

    def _kaal(self, tekst: str) -> str:
        return tekst


class BedragVeld(GetalVeld):
    """Euros: 1234,56, 1.234,56 or € 1234.56."""

    breedte = "datum"
    voorbeeld = "Vul een bedrag in, bijvoorbeeld 1.234,56."

    def _kaal(self, tekst: str) -> str:
        return tekst.replace("€", "", 1)  # the minus stands before it, as the portal writes it


class PercentageVeld(GetalVeld):
    """4,96, 4.96 or 4,96%."""

    voorbeeld = "Vul een percentage in, bijvoorbeeld 4,96."

    def _kaal(self, tekst: str) -> str:
        return tekst.removesuffix("%")


class MinutenVeld(forms.IntegerField):
    """Whole minutes from 165, 2:45, 2 uur 45 or 2,75 uur."""

    widget = forms.TextInput
    breedte = "kort"
    default_error_messages = {
        "required": "Vul een tijd in, bijvoorbeeld 165 of 2:45.",
        "invalid": "Vul een tijd in, bijvoorbeeld 165 of 2:45.",
        "gebroken": "%(uren)s uur is geen heel aantal minuten. Vul minuten in, bijvoorbeeld 165.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        tekst = _netjes(value).lower()
        if treffer := MINUTEN.fullmatch(tekst):
            return int(treffer[1])
        if treffer := UREN.fullmatch(tekst):
            return self._uit_uren(treffer[1])
        if treffer := UUR_MINUUT.fullmatch(tekst):
            return int(treffer[1]) * 60 + int(treffer[2])
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def _uit_uren(self, uren: str) -> int:
        minuten = Decimal(uren.replace(",", ".")) * 60
        if minuten != int(minuten):
            raise ValidationError(self.error_messages["gebroken"], code="gebroken", params={"uren": uren})
        return int(minuten)


class SchoonVeld(forms.CharField):
    """Text from which spaces, dots and dashes go before it is judged; never filled in by a browser."""

    breedte = "datum"
    schil = re.compile(r"[\s\u00a0\u202f.\-/]+")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        schoon = self.schil.sub("", str(value or "")).upper()
        return self.keur(schoon) if schoon else self.empty_value

    def keur(self, schoon: str) -> str:
        raise NotImplementedError

    def weiger(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid")


class BsnVeld(SchoonVeld):
    """Nine digits that satisfy the elfproef (R-320); eight get a leading zero."""

    default_error_messages = {
        "required": "Vul het burgerservicenummer in: 9 cijfers.",
        "invalid": "Dit burgerservicenummer klopt niet. Vul de 9 cijfers in van het paspoort of de identiteitskaart.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric"}

    def keur(self, schoon: str) -> str:
        bsn = normaliseer_bsn(schoon)
        if bsn is None:
            raise self.weiger()
        return bsn


class PostcodeVeld(SchoonVeld):
    """1234 AB in any spelling; the value is 1234AB, as iWmo wants it (CS089)."""

    breedte = "kort"
    default_error_messages = {
        "required": "Vul een postcode in, bijvoorbeeld 1234 AB.",
        "invalid": "Vul een postcode in, bijvoorbeeld 1234 AB.",
    }

    def keur(self, schoon: str) -> str:
        if not is_postcode_nl(schoon):
            raise self.weiger()
        return schoon


class TelefoonVeld(SchoonVeld):
    """A Dutch number of ten digits, or one from abroad with + or 00; +31 6 becomes 06."""

    breedte = "midden"
    schil = re.compile(r"[\s\u00a0\u202f.\-/()]+")
    default_error_messages = {
        "required": "Vul een telefoonnummer in, bijvoorbeeld 06-00 00 00 12.",
        "invalid": "Vul een telefoonnummer van 10 cijfers in, bijvoorbeeld 06-00 00 00 12.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "tel"}

    def keur(self, schoon: str) -> str:
        nationaal = re.sub(r"(?:\+|00)310?", "0", schoon, count=1) if schoon.startswith(("+31", "0031")) else schoon
        if not TELEFOON.fullmatch(nationaal):
            raise self.weiger()
        return nationaal
