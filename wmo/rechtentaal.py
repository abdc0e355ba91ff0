"""Rights in plain words, for "Wie ben ik en wat mag ik?"."""

from wmo.permissions import ROLRECHTEN, Recht, Rol

IN_WOORDEN: dict[Recht, str] = {
    Recht.WERKVOORRAAD: "de werkvoorraad zien",
    Recht.ZOEKEN: "een cliënt of zaak zoeken",
    Recht.DOSSIER_LEZEN: "dossiers van uw gemeente openen",
    Recht.MELDING_OPNEMEN: "een melding opnemen",
    Recht.ONDERZOEKEN: "een onderzoek doen",
    Recht.BESCHIKKING_OPSTELLEN: "een beschikking voorbereiden",
    Recht.BESCHIKKING_VASTSTELLEN: "een beschikking ondertekenen",
    Recht.ZAAK_VERDELEN: "zaken verdelen over collega's",
    Recht.TOEWIJZEN: "een opdracht geven aan een aanbieder",
    Recht.VERZOEK_BEOORDELEN: "een verzoek van een aanbieder beoordelen",
    Recht.INZAGE_LEZEN: "zien wie een dossier bekeek",
    Recht.WACHTLIJST_LEZEN: "de wachtlijst van uw gemeente zien",
    Recht.PLEK_PLAATSEN: "iemand op de wachtlijst zetten",
    Recht.PLEK_INGRIJPEN: "ingrijpen op de wachtlijst, samen met een collega",
    Recht.PLEK_CLAIMEN: "een plek op de wachtlijst claimen",
    Recht.SPOED_UITVRAGEN: "alle aanbieders tegelijk om hulp met spoed vragen",
    Recht.EIGEN_CLIENTEN: "de cliënten van uw organisatie zien",
    Recht.LEVERING_MELDEN: "start, stop en levering melden",
    Recht.CLIENTENSTOP_AANVRAGEN: "een cliëntenstop aanvragen voor uw organisatie",
    Recht.EIGEN_DECLARATIES: "de declaraties van uw organisatie zien",
    Recht.DECLAREREN: "declareren voor uw organisatie",
    Recht.BERICHTEN_LEZEN: "de berichten van uw gemeente lezen",
    Recht.EIGEN_BERICHTEN: "de berichten van uw organisatie lezen",
    Recht.BERICHTEN_VERWERKEN: "berichten herstellen en opnieuw versturen",
    Recht.DECLARATIES_LEZEN: "declaraties aan uw gemeente zien",
    Recht.DECLARATIES_BEOORDELEN: "declaraties goedkeuren of afkeuren",
    Recht.TARIEVEN_LEZEN: "tarieven zien",
    Recht.INDEXATIE_VOORSTELLEN: "een indexatie doorrekenen en voorstellen",
    Recht.INDEXATIE_GOEDKEUREN: "een indexatie goedkeuren",
    Recht.CONTRACTEN_LEZEN: "contracten en aanbieders zien",
    Recht.CLIENTENSTOP_BESLISSEN: "een cliëntenstop van een aanbieder goedkeuren of weigeren",
    Recht.RAPPORTAGE: "de rapportage van uw gemeente zien",
    Recht.REGIOCIJFERS: "cijfers van de regio zien, zonder personen",
    Recht.GEMEENTEREGELS_LEZEN: "de regels van de gemeenten vergelijken",
    Recht.GEMEENTEREGELS_WIJZIGEN: "een nieuwe gemeenteregel voorstellen",
    Recht.GEMEENTEREGELS_VASTSTELLEN: "een voorstel van een collega vaststellen",
    Recht.GEBRUIKERS_BEHEREN: "gebruikers uitnodigen en toegang stoppen",
    Recht.LOGBOEK_LEZEN: "het logboek lezen",
    Recht.REFERENTIE_BEHEREN: "referentiegegevens bijhouden",
}


def wat_mag(rol: Rol) -> list[str]:
    """The rights of a role in the order of `Recht`."""
    return [IN_WOORDEN[recht] for recht in Recht if recht in ROLRECHTEN[rol]]
