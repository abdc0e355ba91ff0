"""A desk full of work: one case in every stage, with dates around today, for pages that are looked at."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.factories.wmo import ClientFactory, GemeenteFactory, OnderzoekFactory, ZaakFactory, aanstelling
from wmo import models
from wmo.actions import clienten, klokken, meldingen, notities, onderzoeken, opschortingen, taken, zaken
from wmo.periodes import vandaag
from wmo.permissions import Rol


def dagen(aantal: int) -> datetime:
    return timezone.now() + timedelta(days=aantal)


def zaak(naam: str, **velden: Any) -> models.Zaak:
    """A case with its clock written."""
    rij = ZaakFactory(client__achternaam=naam, client__bsn=velden.pop("bsn", None), **velden)
    klokken.werk_bij(zaak=rij, nu=timezone.now())
    return rij


def werkvoorraad(consulent: models.Aanstelling) -> dict[str, models.Zaak]:
    """Nine cases in the gemeente of `consulent`, by what is special about them."""
    gemeente = consulent.eigen_gemeente
    basis: dict[str, Any] = {"client__gemeente": gemeente, "behandelaar": consulent}
    rijen = {
        "spoed": zaak(
            "Testink", **{**basis, "behandelaar": None}, melding_op=dagen(0), spoed=True, spoedgrond="ziekenhuis"
        ),
        "te laat": zaak("Proefman", **basis, melding_op=dagen(-60), status="aanvraag", aanvraag_op=vandaag(dagen(-17))),
        "vandaag": zaak("Demo-Jansma", **basis, melding_op=dagen(-42), status="onderzoek"),
        "bijna": zaak(
            "Fictief-de Test", **basis, melding_op=dagen(-48), status="aanvraag", aanvraag_op=vandaag(dagen(-11))
        ),
        "stil": zaak("Monsterboer", **basis, melding_op=dagen(-50), status="aanvraag", aanvraag_op=vandaag(dagen(-9))),
        "ruim": zaak("Oefenaar", **basis, melding_op=dagen(-20), status="onderzoek"),
        "nieuw": zaak("Schijnvoort", **basis, melding_op=dagen(-2)),
        "wacht": zaak("Verzonnen", **basis, melding_op=dagen(-30), status="onderzoek_afgerond"),
        "loopt": zaak("Namaak", **basis, melding_op=dagen(-90), status="uitvoering"),
    }
    nu = timezone.now()
    opschortingen.schort_op(
        zaak=rijen["stil"], grond="4:15-1a", eerste_dag=vandaag(nu), tot=vandaag(dagen(10)), door=consulent, nu=nu
    )
    taken.zet_klaar(sleutel="v:1", soort="opdracht_maken", titel="Opdracht (301) maken", gemeente=gemeente, nu=nu,
                    zaak=rijen["loopt"], uiterlijk=vandaag(dagen(1)), pad="/wachtlijst/")  # fmt: skip
    taken.zet_klaar(sleutel="v:2", soort="declaratie_beantwoorden", titel="Declaratie van oktober beantwoorden",
                    gemeente=gemeente, nu=nu, uiterlijk=vandaag(dagen(6)), pad="/declaraties/")  # fmt: skip
    return rijen


def dossier(consulent: models.Aanstelling) -> models.Zaak:
    """A whole history through the actions: melding to aanvraag, 45 days long."""
    client = ClientFactory(gemeente=consulent.gemeente, achternaam="Fictief-de Test", telefoon="0600000012")
    wie: dict[str, Any] = {"door": consulent}
    rij = meldingen.registreer(
        client=client, melding_op=dagen(-45), kanaal="telefoon", hulpvraag="Het huishouden lukt niet.",
        namens="dochter", behandelaar=consulent, bevestigen=True, clientondersteuning_kanaal="telefoon",
        nu=dagen(-45), **wie,
    )  # fmt: skip
    dochter: dict[str, Any] = {"naam": "mw. S. Fictief", "verband": "dochter", "telefoon": "0600000012"}
    clienten.voeg_relatie_toe(zaak=rij, soort="mantelzorger", **dochter, nu=dagen(-44), **wie)
    onderzoek = onderzoeken.start(zaak=rij, nu=dagen(-30), **wie)
    for letter, label in models.Onderwerp.choices:
        onderzoeken.bewaar_onderwerp(
            onderzoek=onderzoek, onderwerp=letter, tekst=f"Besproken. {label}", oordeel="deels", nu=dagen(-25), **wie
        )
    gesprek = vandaag(dagen(-25))
    paspoort: dict[str, Any] = {"id_soort": "paspoort", "id_laatste_vier": "21F4"}
    onderzoeken.bewaar_gesprek(
        onderzoek=onderzoek, gespreksdatum=gesprek, aanwezigen="dochter", **paspoort, id_geldig_tot=vandaag(dagen(900)),
        id_gecontroleerd_op=gesprek, nu=dagen(-25), **wie,
    )  # fmt: skip
    clienten.leg_toestemming_vast(
        zaak=rij, doel="gespreksverslag", partij="Thuishulp Proef", gegeven_op=vandaag(dagen(-25)), nu=dagen(-25), **wie
    )
    onderzoeken.verstrek_verslag(zaak=rij, nu=dagen(-13), **wie)
    zaken.ontvang_aanvraag(zaak=rij, ontvangen_op=vandaag(dagen(-11)), nu=dagen(-11), **wie)
    tekst = "Dochter doet de boodschappen en de strijk. Zij kan dit volhouden. Zwaar schoonmaken lukt haar niet."
    notities.voeg_toe(zaak=rij, tekst=tekst, nu=dagen(-3), **wie)
    return rij


def half_onderzoek(consulent: models.Aanstelling) -> models.Zaak:
    """Three of seven topics written."""
    onderzoek = OnderzoekFactory(besproken=3, zaak__client__gemeente=consulent.gemeente, zaak__melding_op=dagen(-20))
    return onderzoek.zaak


def consulent_woerden() -> models.Aanstelling:
    return aanstelling(Rol.CONSULENT, gemeente=GemeenteFactory())
