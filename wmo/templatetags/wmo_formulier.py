"""Form fields in the order of the NL Design System guideline: label, hint, error, field."""

from typing import Any

from django import forms, template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as gettext_django

register = template.Library()

GROEPEN = ("rondjes", "vinkjes")
WERKWOORD = {"tekst": "Vul in", "tekstvak": "Vul in", "vinkje": "Zet een vinkje bij"}

KLASSEN: dict[str, str] = {
    "tekst": "utrecht-textbox utrecht-textbox--html-input",
    "tekstvak": "utrecht-textarea utrecht-textarea--html-textarea",
    "keuzelijst": "utrecht-select utrecht-select--html-select",
    "bestand": "wmo-bestand",
    "vinkje": "wmo-check",
}


def soort(veld: BoundField) -> str:
    """Which of the seven ways of drawing this field needs; subclasses of a widget count as that widget."""
    widget = veld.field.widget
    soorten: tuple[tuple[str, type[forms.Widget]], ...] = (
        ("vinkjes", forms.CheckboxSelectMultiple),
        ("rondjes", forms.RadioSelect),
        ("vinkje", forms.CheckboxInput),
        ("bestand", forms.FileInput),
        ("tekstvak", forms.Textarea),
        ("keuzelijst", forms.Select),
    )
    return next((naam for naam, klasse in soorten if isinstance(widget, klasse)), "tekst")


def _attrs(veld: BoundField, naam: str, breedte: str, eigen: dict[str, Any]) -> dict[str, Any]:
    veld.form.use_required_attribute = False  # the server checks; a browser would do it in its own words and colours
    klassen = [KLASSEN.get(naam, ""), veld.field.widget.attrs.get("class", "")]
    breedte = breedte or getattr(veld.field, "breedte", "")
    if breedte:
        klassen.append(f"wmo-b-{breedte}")
    if veld.errors:
        klassen.append(KLASSEN.get(naam, "").split(" ")[0] + "--invalid")
    beschrijving = [f"{veld.auto_id}-hint"] * bool(veld.help_text) + [f"{veld.auto_id}-fout"] * bool(veld.errors)
    attrs: dict[str, Any] = {
        "class": " ".join(klasse for klasse in klassen if klasse),
        "aria-describedby": " ".join(beschrijving) or False,
        "aria-invalid": "true" if veld.errors else False,
        "placeholder": False,  # never an explanation that disappears while typing; False leaves the attribute out
    }
    return attrs | eigen


@register.inclusion_tag("_components/veld.html")
def veld(
    veld: BoundField, breedte: str = "", achter: str = "", label: str = "", klasse: str = "", **attrs: Any
) -> dict[str, Any]:
    """One whole field: `{% veld form.naam %}`.

    `breedte` is kort, datum, midden or vol; `achter` a unit inside the box ("%", "min"); `label` another label than the
    form's own; `klasse` goes on the wrapper; further arguments become attributes of the control (`rows=3`,
    `hx_get=url`; _ becomes -). A form with `toon_niet_verplicht = False`, such as a filter, has no "(niet verplicht)".
    """
    naam = soort(veld)
    eigen = {sleutel.replace("_", "-"): waarde for sleutel, waarde in attrs.items()}
    return {
        "veld": veld,
        "soort": naam,
        "label": label or veld.label,
        "klasse": klasse,
        "niet_verplicht": not veld.field.required and getattr(veld.form, "toon_niet_verplicht", True),
        "achter": achter,
        "foutteksten": foutteksten(veld),
        "invoer": "" if naam in GROEPEN else veld.as_widget(attrs=_attrs(veld, naam, breedte, eigen)),
        "keuzes": veld.subwidgets if naam in GROEPEN else (),
    }


@register.simple_tag
def invoer(veld: BoundField, label: str = "", **attrs: Any) -> SafeString:
    """Only the control, for a table cell: `label` becomes its accessible name."""
    eigen = {sleutel.replace("_", "-"): waarde for sleutel, waarde in attrs.items()}
    if label:
        eigen["aria-label"] = label
    return veld.as_widget(attrs=_attrs(veld, soort(veld), "", eigen))


def foutteksten(veld: BoundField) -> list[str]:
    """The errors of a field; Django's own "this field is required" becomes one that names the field and the act."""
    zonder_naam = gettext_django("This field is required.")
    benoemd = f"{WERKWOORD.get(soort(veld), 'Kies')}: {veld.label}."
    return [benoemd if fout == zonder_naam else str(fout) for fout in veld.errors]


def _anker(veld: BoundField) -> str:
    """The first control of a group is what can take focus, not the group."""
    return f"{veld.auto_id}_0" if soort(veld) in GROEPEN else veld.id_for_label


def _formulieren(delen: tuple[Any, ...]) -> list[BaseForm]:
    formulieren: list[BaseForm] = []
    for deel in delen:
        formulieren += list(deel.forms) if isinstance(deel, BaseFormSet) else [deel] * bool(deel)
    return formulieren


@register.inclusion_tag("_components/fouten.html")
def fouten(*delen: Any) -> dict[str, Any]:
    """The summary above a form: `{% fouten form formset %}`. Shows nothing while there are no errors."""
    regels: list[dict[str, str]] = []
    for deel in delen:
        if isinstance(deel, BaseFormSet):
            regels += [{"tekst": str(fout), "anker": ""} for fout in deel.non_form_errors()]
    for form in _formulieren(delen):
        regels += [{"tekst": str(fout), "anker": ""} for fout in form.non_field_errors()]
        regels += [{"tekst": tekst, "anker": _anker(v)} for v in form for tekst in foutteksten(v)]
    velden = sum(1 for regel in regels if regel["anker"])
    kop = f"U moet nog {velden} {'ding' if velden == 1 else 'dingen'} aanpassen" if velden else "Dat is niet gelukt"
    return {"regels": regels, "kop": kop}
