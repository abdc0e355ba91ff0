"""Two states of one form side by side: what somebody typed and what a colleague saved meanwhile (ADR 0014)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django import forms
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import QueryDict

NIETS = "(niets ingevuld)"


@dataclass(frozen=True)
class Verschil:
    """One field that differs. `veld` names the control when it holds a long text: two of those can be joined."""

    label: str
    eigen: str
    ander: str
    veld: str = ""


def verschillen(eigen: BaseForm | None, ander: BaseForm | None, kop: str = "") -> list[Verschil]:
    """The fields that differ, in the order of the form; a row that one of the two lacks counts as empty."""
    een = eigen or ander
    if een is None:
        return []
    namen = [veld.name for veld in een if not veld.is_hidden and veld.name != "DELETE"]
    return [v for naam in namen if (v := _verschil(eigen, ander, een[naam], kop)) is not None]


def rijverschillen(eigen: BaseFormSet, ander: BaseFormSet, ding: str) -> list[Verschil]:
    """Row by row, as they stand on the page; a row that somebody took away is empty on that side."""
    paren = zip_longest(_rijen(eigen), _rijen(ander))
    return [v for nummer, paar in enumerate(paren, 1) for v in verschillen(*paar, kop=f"{ding} {nummer}: ")]


def onder_elkaar(invoer: QueryDict, delen: Iterable[Verschil]) -> QueryDict:
    """What was typed with the other text below it, for every long text that differs."""
    samen = invoer.copy()
    for deel in delen:
        if deel.veld:
            samen[deel.veld] = "\n\n".join(tekst for tekst in (deel.eigen, deel.ander) if tekst != NIETS)
    return samen


def _rijen(formset: BaseFormSet) -> list[BaseForm]:
    return [form for form in formset.forms if not ("DELETE" in form.fields and form["DELETE"].value())]


def _verschil(eigen: BaseForm | None, ander: BaseForm | None, veld: BoundField, kop: str) -> Verschil | None:
    links, rechts = (leesbaar(form[veld.name]) if form is not None else NIETS for form in (eigen, ander))
    if links == rechts:
        return None
    lang = eigen is not None and isinstance(veld.field.widget, forms.Textarea)
    return Verschil(f"{kop}{veld.label}", links, rechts, eigen[veld.name].html_name if lang and eigen else "")


def leesbaar(veld: BoundField) -> str:
    """The value of a field in words."""
    waarde = veld.value()
    if isinstance(veld.field, forms.BooleanField):
        return "Ja" if waarde else "Nee"
    if isinstance(veld.field, forms.ChoiceField | forms.ModelChoiceField):
        return _keuze(veld, waarde) or NIETS
    return ("" if waarde is None else str(waarde)).replace("\r\n", "\n").strip() or NIETS


def _keuze(veld: BoundField, waarde: Any) -> str:
    gekozen = waarde if isinstance(waarde, list | tuple) else [waarde]
    labels = {str(sleutel): str(label) for sleutel, label in veld.field.choices}  # type: ignore[attr-defined]
    return ", ".join(labels.get(str(w), "") for w in gekozen if w not in (None, ""))
