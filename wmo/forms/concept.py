"""Fields and forms of something that is still being written."""

from typing import Any

from django import forms
from django.core import signing
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from wmo.forms.velden import DatumVeld
from wmo.models import Aanstelling, Zaak

VELD = "concept"
ZOUT = "wmo.concept"
GELDIG = 24 * 3600
NIET_BEWAREN = ("csrfmiddlewaretoken", VELD)


class MagNogLeeg:
    """Mixin: obligatory in the end, so no "(niet verplicht)" beside it, but empty may be saved for now.

    Whoever closes the whole (a `clean`, an action) says what is missing.
    """

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class Tekst(MagNogLeeg, forms.CharField):
    pass


class Datum(MagNogLeeg, DatumVeld):
    pass


def merk(aanstelling: Aanstelling, zaak: Zaak, formulier: str) -> str:
    """Whose draft of what a form is. Signed, so that text of an ended session can be kept for its writer alone."""
    return signing.dumps([aanstelling.pk, zaak.pk, formulier], salt=ZOUT)


def lees_merk(invoer: QueryDict) -> tuple[int, int, str] | None:
    """(aanstelling, zaak, formulier) of a posted form; None without a mark, or with a false or an old one."""
    try:
        aanstelling, zaak, formulier = signing.loads(invoer.get(VELD, ""), salt=ZOUT, max_age=GELDIG)
    except signing.BadSignature:
        return None
    return aanstelling, zaak, formulier


def kaal(invoer: QueryDict) -> str:
    """What somebody typed, without what belongs to the page."""
    rest = invoer.copy()
    for naam in NIET_BEWAREN:
        rest.pop(naam, None)
    return rest.urlencode()


def rij_erbij(invoer: QueryDict, formset: str) -> QueryDict:
    """The same input with one more empty row in the formset with that prefix; a count that is no number stays wrong."""
    naam = f"{formset}-TOTAL_FORMS"
    ruimer, aantal = invoer.copy(), invoer.get(naam, "")
    if aantal.isdecimal():
        ruimer[naam] = str(int(aantal) + 1)
    return ruimer


def zonder_oordeel(*delen: BaseForm | BaseFormSet) -> None:
    """Show what was typed without saying what is wrong with it: nothing was sent yet."""
    for deel in delen:
        deel.is_valid()  # fills cleaned_data for a page that reckons with it
        if isinstance(deel, BaseFormSet):
            deel._errors, deel._non_form_errors = [], ErrorList()  # type: ignore[attr-defined]
            zonder_oordeel(*deel.forms)
        else:
            deel._errors = ErrorDict()  # type: ignore[attr-defined]
