"""One module per aggregate; import models from here."""

from wmo.models.aanbieders import Aanbieder, Contactpersoon
from wmo.models.achtergrond import Achtergrondtaak
from wmo.models.beschikkingen import Beschikking, Pgb, Voorziening
from wmo.models.bezoeken import Crisismelding, GemistBezoek, Overlijdensmelding
from wmo.models.clienten import Client, Relatie, Toestemming, sorteersleutel
from wmo.models.clientenstops import Clientenstop
from wmo.models.contracten import Contract, Eenheid, Frequentie, Perceel, Product, Productcategorie
from wmo.models.dossiers import Document, Notitie, Opschorting, Taak, Zaak
from wmo.models.evaluaties import Evaluatie, Evaluatiedoel, Evaluatieformulier
from wmo.models.gebruikers import SYSTEEM_EMAIL, Aanstelling, Demo, Gebruiker
from wmo.models.gemeenten import GelijkgesteldeDag, Gemeente, Gemeenteregel, Nummerreeks, Regelsleutel
from wmo.models.logboek import Logregel, Zegel
from wmo.models.normenkader import Normberekening, Normkeuze, Normregel, Normtabel
from wmo.models.onderzoeken import Onderwerp, Onderzoek, Onderzoeksonderwerp, Toets
from wmo.models.perspectiefplannen import Aftrek, Doel, Leefgebied, Perspectiefplan, PlanLeefgebied, PlanOndersteuning
from wmo.models.regelvoorstellen import Regelvoorstel
from wmo.models.status import MetStatus, OngeldigeOvergang, overgangen
from wmo.models.toewijzingen import (
    Levering,
    Leveringsfeit,
    Pauze,
    Toewijzing,
    ToewijzingVersie,
    Verzoek,
    VerzoekProduct,
)
from wmo.models.uitvoering import Kennismaking, Uitvoeringsplan
from wmo.models.werkplek import Concept, GezienSignaal, Weergave

__all__ = [
    "SYSTEEM_EMAIL",
    "Aanbieder",
    "Aanstelling",
    "Achtergrondtaak",
    "Aftrek",
    "Beschikking",
    "Client",
    "Clientenstop",
    "Concept",
    "Contactpersoon",
    "Contract",
    "Crisismelding",
    "Demo",
    "Document",
    "Doel",
    "Eenheid",
    "Evaluatie",
    "Evaluatiedoel",
    "Evaluatieformulier",
    "Frequentie",
    "Gebruiker",
    "GelijkgesteldeDag",
    "Gemeente",
    "Gemeenteregel",
    "GemistBezoek",
    "GezienSignaal",
    "Kennismaking",
    "Leefgebied",
    "Levering",
    "Leveringsfeit",
    "Logregel",
    "MetStatus",
    "Normberekening",
    "Normkeuze",
    "Normregel",
    "Normtabel",
    "Notitie",
    "Nummerreeks",
    "Onderwerp",
    "Onderzoek",
    "Onderzoeksonderwerp",
    "OngeldigeOvergang",
    "Opschorting",
    "Overlijdensmelding",
    "Pauze",
    "Perceel",
    "Perspectiefplan",
    "Pgb",
    "PlanLeefgebied",
    "PlanOndersteuning",
    "Product",
    "Productcategorie",
    "Regelsleutel",
    "Regelvoorstel",
    "Relatie",
    "Taak",
    "Toestemming",
    "Toets",
    "Toewijzing",
    "ToewijzingVersie",
    "Uitvoeringsplan",
    "Verzoek",
    "VerzoekProduct",
    "Voorziening",
    "Weergave",
    "Zaak",
    "Zegel",
    "overgangen",
    "sorteersleutel",
]
