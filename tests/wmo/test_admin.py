"""Referentiegegevens: one door, reference data only, nothing about a resident, every change in the logboek."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.factories import AanbiederFactory, aanstelling
from tests.factories.wereld import ROLLEN, bouw
from wmo.admin import AlleenLezen, Referentie
from wmo.models import Aanbieder, GelijkgesteldeDag, Logregel
from wmo.permissions import Rol

# Everything else has an action or is about a person. A model that is new in the admin must be named here.
BEWERKBAAR = {
    "wmo.gemeente", "wmo.aanbieder", "wmo.contactpersoon", "wmo.product", "wmo.contract", "wmo.perceel",
    "wmo.leefgebied", "wmo.gelijkgesteldedag", "declaraties.indexcijfer",
    "berichten.retourcodeuitleg",
}  # fmt: skip
ALLEEN_LEZEN = {
    "wmo.gemeenteregel", "wmo.normtabel", "wmo.normregel", "wmo.nummerreeks", "wmo.zegel", "declaraties.tarief",
}  # fmt: skip
GEREGISTREERD = {model._meta.label_lower: beheer for model, beheer in admin.site._registry.items()}


@pytest.fixture
def beheerder(db: None, client: Client) -> Client:
    client.force_login(aanstelling(Rol.BEHEERDER, gebruiker__is_staff=True).gebruiker)
    return client


def test_alleen_wat_op_de_lijst_staat_is_geregistreerd() -> None:
    assert GEREGISTREERD.keys() <= BEWERKBAAR | ALLEEN_LEZEN
    assert {"wmo.gemeente", "wmo.aanbieder", "wmo.product", "wmo.contract", "wmo.perceel"} <= GEREGISTREERD.keys()


def test_elk_beheer_volgt_onze_deur() -> None:
    for label, beheer in GEREGISTREERD.items():
        assert isinstance(beheer, Referentie), f"{label} heeft niet de rechten van Referentie"
        assert isinstance(beheer, AlleenLezen) == (label in ALLEEN_LEZEN), label


def test_niets_wat_naar_een_inwoner_wijst() -> None:
    """Registered models have no field that leads to a client or a case: no column, filter or form can show one."""
    personen = {apps.get_model("wmo", naam) for naam in ("Client", "Zaak", "Document", "Logregel", "Gebruiker")}
    for model in admin.site._registry:
        verwijst = {veld.related_model for veld in model._meta.fields if veld.is_relation}
        assert verwijst.isdisjoint(personen), model


@pytest.mark.parametrize("rol", [rol for rol in ROLLEN if rol != Rol.BEHEERDER])
def test_andere_rollen_komen_er_niet_in(db: None, client: Client, rol: Rol) -> None:
    """Not even with the flag that Django itself looks at."""
    client.force_login(aanstelling(rol, gebruiker__is_staff=True).gebruiker)
    for pad in (reverse("admin:index"), reverse("admin:wmo_gemeente_changelist"), reverse("admin:wmo_gemeente_add")):
        assert client.get(pad).status_code in {302, 403}, pad
        assert client.post(pad, {}).status_code in {302, 403}, pad


def test_beheerder_zonder_de_vlag_komt_er_niet_in(db: None, client: Client) -> None:
    client.force_login(aanstelling(Rol.BEHEERDER).gebruiker)
    assert client.get(reverse("admin:index")).status_code in {302, 403}


def test_alle_bladzijden_van_het_beheer_zonder_spoor_van_een_inwoner(beheerder: Client) -> None:
    wereld = bouw()
    for model, beheer in admin.site._registry.items():
        naam = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paden = [reverse(f"{naam}_changelist")]
        if (eerste := model._default_manager.first()) is not None:
            paden += [reverse(f"{naam}_{wat}", args=[eerste.pk]) for wat in ("change", "history")]
        if not isinstance(beheer, AlleenLezen):
            paden.append(reverse(f"{naam}_add"))
        for pad in paden:
            antwoord = beheerder.get(pad)
            assert antwoord.status_code == 200, pad
            assert not [spoor for spoor in wereld.sporen() if spoor in antwoord.content.decode()], pad


@pytest.mark.parametrize("label", sorted(ALLEEN_LEZEN))
def test_alleen_lezen_weigert_schrijven(beheerder: Client, label: str) -> None:
    naam = f"admin:{label.replace('.', '_')}"
    assert beheerder.get(reverse(f"{naam}_changelist")).status_code == 200
    assert beheerder.post(reverse(f"{naam}_add"), {}).status_code == 403


def test_verwijderen_bestaat_niet(beheerder: Client) -> None:
    """The page that asks for confirmation would list the names of residents."""
    aanbieder = AanbiederFactory()
    assert beheerder.get(reverse("admin:wmo_aanbieder_delete", args=[aanbieder.pk])).status_code == 403
    beheerder.post(
        reverse("admin:wmo_aanbieder_changelist"),
        {"action": "delete_selected", "_selected_action": [aanbieder.pk], "post": "yes"},
    )
    assert Aanbieder.objects.filter(pk=aanbieder.pk).exists()


def test_wijzigen_staat_in_het_logboek(beheerder: Client) -> None:
    antwoord = beheerder.post(
        reverse("admin:wmo_gelijkgesteldedag_add"), {"datum": "15-05-2026", "bron": "Staatscourant"}
    )
    assert antwoord.status_code == 302
    dag = GelijkgesteldeDag.objects.get()
    regel = Logregel.objects.get(handeling="referentie.voeg_toe")
    assert (regel.object_id, regel.tekst) == (str(dag.pk), "Gelijkgestelde dag toegevoegd: 15-05-2026")
    assert regel.details == {"velden": ["bron", "datum"]}
