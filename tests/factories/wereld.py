"""A small but complete world: one of everything, in one gemeente and at one aanbieder, for walks over all addresses.

Whoever belongs to `gemeente` or `aanbieder` is at home; `andere_gemeente` and `andere_aanbieder` have nothing here.
The two clients carry words that occur nowhere else: a page that shows one of `sporen` shows a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berichten.models import Bericht, Berichtdeel, Berichtkoppeling
from declaraties.models import Declaratie, Declaratieregel, Indexatie, Indexatieregel, Leveringsbestand
from tests.factories.besluit import klaar_om_te_tekenen, zaak_met_aanvraag
from tests.factories.declaraties import PrestatieFactory, TariefFactory
from tests.factories.levering import clientenstop
from tests.factories.wachtlijst import lijstgemeente, plek, spoed, toegekend
from tests.factories.wmo import (
    AanbiederFactory,
    BeschikkingFactory,
    ClientFactory,
    GemeenteFactory,
    PerceelFactory,
    ToewijzingFactory,
    VoorzieningFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wachtlijst.models import Ingreep, Plek
from wmo import models
from wmo.periodes import vandaag
from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, Rol

NU = moment()
ROLLEN = [rol for rol in Rol if rol != Rol.SYSTEEM]
GEHEIM = {
    "voorletters": "X", "voornamen": "Xanthippe", "achternaam": "Zeldzaamgeheim", "partnernaam": "Verholengeheim",
    "straatnaam": "Geheimzinnigsteeg", "huisnummer": 73, "postcode": "3449ZZ", "telefoon": "06-00 00 00 77",
    "email": "xanthippe@example.nl",
}  # fmt: skip
WACHTEND = {
    "voorletters": "Q", "voornamen": "Quirinus", "achternaam": "Verborgenwacht", "partnernaam": "",
    "straatnaam": "Wachtgeheimpad", "huisnummer": 41, "postcode": "3448ZZ", "telefoon": "06-00 00 00 88",
    "email": "quirinus@example.nl",
}  # fmt: skip
NAAMVELDEN = ("voornamen", "achternaam", "partnernaam", "straatnaam", "postcode", "telefoon", "email")


@dataclass
class Wereld:
    gemeente: models.Gemeente
    aanbieder: models.Aanbieder
    andere_gemeente: models.Gemeente
    andere_aanbieder: models.Aanbieder
    client: models.Client
    wachtende: models.Client
    zaak: models.Zaak
    beschikking: models.Beschikking
    toewijzing: models.Toewijzing
    plek: Plek
    rijen: dict[str, Any] = field(default_factory=dict)

    def thuis(self, rol: Rol) -> models.Aanstelling:
        return self._met(rol, self.gemeente, self.aanbieder)

    def elders(self, rol: Rol) -> models.Aanstelling:
        """The same role at another organisation. Roles without one have no elsewhere."""
        return self._met(rol, self.andere_gemeente, self.andere_aanbieder)

    def _met(self, rol: Rol, gemeente: models.Gemeente, aanbieder: models.Aanbieder) -> models.Aanstelling:
        if rol in GEMEENTEROLLEN:
            return aanstelling(rol, gemeente=gemeente)
        if rol in AANBIEDERROLLEN:
            return aanstelling(rol, aanbieder=aanbieder)
        return aanstelling(rol, gebruiker__is_staff=rol == Rol.BEHEERDER)

    def sporen(self, *clienten: models.Client) -> list[str]:
        """What a page would hold if it showed one of these people (both of them without an argument)."""
        gezocht = clienten or (self.client, self.wachtende)
        return [str(getattr(c, veld)) for c in gezocht for veld in (*NAAMVELDEN, "bsn") if getattr(c, veld)]


def bouw() -> Wereld:
    BeschikkingFactory.reset_sequence(900_000)  # far from the numbers that the actions give out
    gemeente = lijstgemeente()
    andere = lijstgemeente("0335")
    aanbieder, andere_aanbieder = AanbiederFactory(naam="Thuishulp Thuis"), AanbiederFactory(naam="Zorg Elders")
    PerceelFactory(aanbieder=aanbieder, gemeente=gemeente, bestedingsruimte=100_000)
    PerceelFactory(aanbieder=andere_aanbieder, gemeente=andere)
    client = ClientFactory(gemeente=gemeente, **GEHEIM)
    zaak = zaak_met_aanvraag(client=client)
    beschikking = klaar_om_te_tekenen(zaak)
    toewijzing = _toewijzing(client, aanbieder)
    plek_ = plek(gemeente, voorziening=toegekend(gemeente, client=WACHTEND))
    wereld = Wereld(
        gemeente=gemeente, aanbieder=aanbieder, andere_gemeente=andere, andere_aanbieder=andere_aanbieder,
        client=client, wachtende=plek_.client, zaak=zaak, beschikking=beschikking, toewijzing=toewijzing, plek=plek_,
    )  # fmt: skip
    for deel in (_dossier, _levering, _lijst, _geld, _bericht, _beheer):
        wereld.rijen |= deel(wereld)
    return wereld


def _toewijzing(client: models.Client, aanbieder: models.Aanbieder) -> models.Toewijzing:
    """An earlier case of the same client, that is being delivered; the person is known to the aanbieder (R-120)."""
    zaak = ZaakFactory(client=client, status="uitvoering")
    voorziening = VoorzieningFactory(beschikking=BeschikkingFactory(zaak=zaak), client=client)
    return ToewijzingFactory(voorziening=voorziening, aanbieder=aanbieder)


def _dossier(w: Wereld) -> dict[str, Any]:
    door = aanstelling(Rol.CONSULENT, gemeente=w.gemeente)
    document = models.Document.objects.create(
        zaak=w.zaak, soort="overig", titel="Stuk", bestandsnaam="stuk-1.pdf", mimetype="application/pdf",
        grootte=5, inhoud=b"%PDF-", gemaakt_op=NU, gemaakt_door=door,
    )  # fmt: skip
    document.gedeeld_met.add(w.aanbieder)
    notitie = models.Notitie.objects.create(
        zaak=w.zaak, tekst=f"Gebeld met {GEHEIM['achternaam']}.", moment=NU, auteur=door
    )
    toestemming = models.Toestemming.objects.create(
        client=w.client, partij="Huisarts", doel="gespreksverslag", gegeven_op=date(2026, 11, 1)
    )
    relatie = models.Relatie.objects.create(client=w.client, soort="contact", naam=f"Z. {GEHEIM['achternaam']}")
    taak = models.Taak.objects.create(
        sleutel="wereld",
        soort=models.Taak.Soort.values[0],
        titel="Proeftaak",
        gemeente=w.gemeente,
        zaak=w.zaak,
        ontstaan_op=NU,
    )
    terugbellen = models.Taak.objects.create(
        sleutel="bel", soort=models.Taak.Soort.TERUGBELLEN, titel="Terugbellen", gemeente=w.gemeente, zaak=w.zaak,
        uiterlijk=date(2026, 11, 20), ontstaan_op=NU,
    )  # fmt: skip
    verzoek = models.Verzoek.objects.create(
        soort="317", gemeente=w.gemeente, aanbieder=w.aanbieder, client=w.client, referentie="R1",
        dagtekening=date(2026, 11, 20), uiterlijk=date(2026, 11, 27), toelichting=f"{GEHEIM['achternaam']} wil meer.",
    )  # fmt: skip
    return {
        "document": document, "toestemming": toestemming, "relatie": relatie, "taak": taak, "verzoek": verzoek,
        "notitie": notitie, "terugbellen": terugbellen,
    }  # fmt: skip


def _levering(w: Wereld) -> dict[str, Any]:
    """What an aanbieder reported, an evaluation that goes on, and a stop that was asked."""
    door = aanstelling(Rol.PLANNING, aanbieder=w.aanbieder)
    naam = str(GEHEIM["achternaam"])
    bezoek = models.GemistBezoek.objects.create(
        toewijzing=w.toewijzing, soort="NO_SHOW", afspraak_op=NU - timedelta(days=2), gemeld_op=NU, gemeld_door=door,
        toelichting=f"{naam} deed niet open.",
    )  # fmt: skip
    models.Crisismelding.objects.create(
        toewijzing=w.toewijzing, datum=vandaag(NU), wat=f"{naam} is gevallen.", gemeld_op=NU, gemeld_door=door
    )
    models.Overlijdensmelding.objects.create(
        toewijzing=w.toewijzing, client=w.client, overleden_op=vandaag(NU), huisgenoot="ja", gemeld_op=NU,
        gemeld_door=door, toelichting=f"De partner van {naam} belde.",
    )  # fmt: skip
    evaluatie = models.Evaluatie.objects.create(
        zaak=w.toewijzing.voorziening.beschikking.zaak, status="uitgenodigd", gepland_op=vandaag(NU), verslag=naam
    )
    return {"bezoek": bezoek, "evaluatie": evaluatie, "clientenstop": clientenstop(
        w.aanbieder, w.gemeente, status="aangevraagd"
    )}  # fmt: skip


def _lijst(w: Wereld) -> dict[str, Any]:
    ingreep = Ingreep.objects.create(
        plek=w.plek, soort=Ingreep.Soort.SPOED_AAN, reden="Zware vervuiling gezien",
        voorgesteld_door=aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=w.gemeente), voorgesteld_op=NU,
    )  # fmt: skip
    anders = toegekend(w.gemeente, client=WACHTEND | {"achternaam": f"{WACHTEND['achternaam']}spoed"})
    return {"ingreep": ingreep, "spoed": spoed(w.gemeente, voorziening=anders)}


def _geld(w: Wereld) -> dict[str, Any]:
    tarief = TariefFactory()
    PrestatieFactory(toewijzing=w.toewijzing)
    declaratie = Declaratie.objects.create(
        aanbieder=w.aanbieder, gemeente=w.gemeente, maand=date(2026, 11, 1), declaratienummer="D1", status="ingediend",
        opgesteld_op=NU, ingediend_op=NU, antwoord_uiterlijk=date(2026, 12, 7), aantal_regels=1,
    )  # fmt: skip
    regel = Declaratieregel.objects.create(
        declaratie=declaratie, aanbieder=w.aanbieder, volgnummer=1, toewijzing=w.toewijzing,
        toewijzingnummer=w.toewijzing.toewijzingnummer, product=w.toewijzing.product, categorie="01",
        productcode="01A03", ingangsdatum=date(2026, 11, 2), einddatum=date(2026, 11, 30), eenheid="01", volume=600,
        tarief=Decimal("0.55"), bedrag=Decimal("330"), referentienummer="R1",
    )  # fmt: skip
    bestand = Leveringsbestand.objects.create(
        aanbieder=w.aanbieder, naam="leveringen.csv", inhoud=b"x", ontvangen_op=NU, verwerkt_op=NU,
        ontvangen_door=aanstelling(Rol.ADMINISTRATIE, aanbieder=w.aanbieder), aantal_fout=1, fouten=[],
    )  # fmt: skip
    return {"declaratie": declaratie, "declaratieregel": regel, "bestand": bestand, "tarief": tarief,
            "indexatie": _indexatie(tarief)}  # fmt: skip


def _indexatie(tarief: Any) -> Indexatie:
    regio = aanstelling(Rol.REGIO)
    indexatie = Indexatie.objects.create(
        contract=tarief.contract, jaar=2027, status="voorgesteld", loongewicht=90, ova_voorlopig=5, ppc_voorlopig=2,
        ova_nieuw=5, ppc_nieuw=2, correctiemethode="verschil", eerste_jaar=True, bron="fictief", gemaakt_op=NU,
        voorgesteld_door=regio, voorgesteld_op=NU,
    )  # fmt: skip
    Indexatieregel.objects.create(
        indexatie=indexatie, product=tarief.product, oud=Decimal("32.85"), nieuw=Decimal("34.40")
    )
    return indexatie


def _bericht(w: Wereld) -> dict[str, Any]:
    """A 301 that left, with its bytes and the toewijzing it is about."""
    inhoud = f"<Bericht><Naam>{GEHEIM['achternaam']}</Naam></Bericht>".encode()
    bericht = Bericht.objects.create(
        kant="gemeente", richting="uit", soort="301", afzender=w.gemeente.code, ontvanger=w.aanbieder.agb,
        identificatie="B1", gemeente=w.gemeente, aanbieder=w.aanbieder, client=w.client, status="verzonden",
        ontstaan_op=NU, verzonden_op=NU, grootte=len(inhoud),
    )  # fmt: skip
    Berichtdeel.objects.create(bericht=bericht, volgnummer=0, inhoud=inhoud)
    Berichtkoppeling.objects.create(bericht=bericht, toewijzing=w.toewijzing)
    return {"bericht": bericht}


def _beheer(w: Wereld) -> dict[str, Any]:
    voorstel = models.Regelvoorstel.objects.create(
        gemeente=w.gemeente, sleutel="overlijden_weken", waarde=6, ingangsdatum=vandaag(NU) + timedelta(days=40),
        bron="Verordening", voorgesteld_door=aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=w.gemeente), voorgesteld_op=NU,
    )  # fmt: skip
    contract = models.Contract.objects.get()
    models.Contactpersoon.objects.create(
        aanbieder=w.aanbieder, doel="contract", naam="E. Planmans", email="e.planmans@example.nl", telefoon="0300000000"
    )
    taak = models.Achtergrondtaak.objects.create(
        soort="proef",
        titel="Proef",
        sleutel="proef",
        gestart_door=w.thuis(Rol.BACKOFFICE),
        gestart_op=NU,
        bijgewerkt_op=NU,
    )
    return {
        "achtergrondtaak": taak,
        "regelvoorstel": voorstel,
        "contract": contract,
        "collega": aanstelling(Rol.BACKOFFICE, gemeente=GemeenteFactory()),
    }
