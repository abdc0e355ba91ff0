"""What kind of data every field holds. References and primary keys speak for themselves and are left out.

persoon      names or describes a resident, or is free text in which somebody may do so
dossier      a fact of one case or delivery: harmless alone, personal beside its reference
medewerker   about somebody at work: staff and contacts
organisatie  about a gemeente, aanbieder, contract, product, price or rule
techniek     keys, hashes, counters, states of machines
"""

PERSOON, DOSSIER, MEDEWERKER, ORGANISATIE, TECHNIEK = "persoon", "dossier", "medewerker", "organisatie", "techniek"

INDELING: dict[str, dict[str, str]] = {
    "wmo.aanbieder": {ORGANISATIE: "naam agb slug telefoon email eigen_software afzegrichtlijn"},
    "wmo.contactpersoon": {MEDEWERKER: "naam email telefoon", ORGANISATIE: "doel"},
    "wmo.gebruiker": {
        MEDEWERKER: "email naam telefoon last_login",
        TECHNIEK: "password is_superuser is_active is_staff sneltoetsen sessieronde",
    },
    "wmo.aanstelling": {MEDEWERKER: "rol ingangsdatum einddatum gecontroleerd_op gestopt_op"},
    "wmo.demo": {TECHNIEK: "gemaakt_op seed"},
    "wmo.achtergrondtaak": {
        TECHNIEK: "soort titel sleutel gestart_op bijgewerkt_op status totaal gedaan melding pad invoer"
    },
    "wmo.gemeente": {
        ORGANISATIE: "code code_vanaf code_tot naam afkorting slug toegang telefoon email postadres verordening "
        "heeft_portaal"
    },
    "wmo.gemeenteregel": {ORGANISATIE: "sleutel waarde ingangsdatum bron"},
    "wmo.regelvoorstel": {
        ORGANISATIE: "sleutel waarde ingangsdatum bron toelichting status voorgesteld_op besloten_op reden"
    },
    "wmo.gelijkgesteldedag": {ORGANISATIE: "datum bron"},
    "wmo.nummerreeks": {TECHNIEK: "sleutel laatste"},
    "wmo.product": {ORGANISATIE: "code categorie naam eenheid frequentie geldig_vanaf geldig_tot"},
    "wmo.contract": {
        ORGANISATIE: "nummer naam ingangsdatum einddatum uiterste_einddatum verlengingen rekenmethode indexatiebasis "
        "correctiemethode loongewicht betaaltermijn_dagen"
    },
    "wmo.perceel": {ORGANISATIE: "ingangsdatum einddatum bestedingsruimte verbruikt"},
    "wmo.client": {
        PERSOON: "bsn voornamen voorletters voorvoegsel achternaam partnernaam geboortedatum geslacht straatnaam "
        "huisnummer huisletter huisnummer_toevoeging postcode plaatsnaam telefoon email overleden_op afgeschermd "
        "sorteernaam",
        DOSSIER: "datum_gebruik geen_berichtenverkeer",
        TECHNIEK: "bsn_hash",
    },
    "wmo.relatie": {PERSOON: "soort naam verband telefoon"},
    "wmo.toestemming": {PERSOON: "partij", DOSSIER: "doel gegeven_op ingetrokken_op"},
    "wmo.zaak": {
        PERSOON: "namens hulpvraag spoedgrond",
        DOSSIER: "zaaknummer status melding_op kanaal spoed bevestigd_op clientondersteuning_op "
        "clientondersteuning_kanaal persoonlijk_plan_op persoonlijk_plan_afgezien_op verslag_verstrekt_op aanvraag_op "
        "ingebrekestelling_op besluit_op bekendgemaakt_op afgesloten_op uiterste_datum stilstand_tot taak_uiterlijk",
        TECHNIEK: "versie",
    },
    "wmo.opschorting": {PERSOON: "toelichting", DOSSIER: "grond eerste_dag laatste_dag hersteltermijn_tot"},
    "wmo.notitie": {PERSOON: "tekst", DOSSIER: "moment alleen_toegang"},
    "wmo.document": {PERSOON: "titel inhoud", DOSSIER: "soort bestandsnaam gemaakt_op", TECHNIEK: "mimetype grootte"},
    "wmo.taak": {DOSSIER: "soort titel uiterlijk pad ontstaan_op afgerond_op", TECHNIEK: "sleutel"},
    "wmo.concept": {PERSOON: "invoer", DOSSIER: "formulier", TECHNIEK: "bewaard_op"},
    "wmo.weergave": {MEDEWERKER: "lijst naam vraag"},
    "wmo.geziensignaal": {TECHNIEK: "sleutel gezien_op"},
    "wmo.beschikking": {
        PERSOON: "motivering eigen_bijdrage uitleg_verschillen teruggestuurd_reden",
        DOSSIER: "beschikkingnummer status soort grond werkt_vanaf besluitdatum bekendgemaakt_op bezwaar_tot",
        TECHNIEK: "bewerkt",
    },
    "wmo.voorziening": {
        PERSOON: "resultaat",
        DOSSIER: "vorm volume eenheid frequentie ingangsdatum einddatum via_wachtlijst van_kracht",
    },
    "wmo.pgb": {PERSOON: "doel berekening kwaliteitseisen wens bekwaamheid", DOSSIER: "bedrag"},
    "wmo.zegel": {TECHNIEK: "volgnummer moment aantal afdrukken vorige_hash hash"},
    "wmo.logregel": {
        PERSOON: "tekst reden details",
        DOSSIER: "soort handeling moment",
        MEDEWERKER: "rol",
        ORGANISATIE: "organisatie",
        TECHNIEK: "object_soort object_id",
    },
    "wmo.normtabel": {ORGANISATIE: "soort naam ingangsdatum einddatum bron fictief"},
    "wmo.normregel": {
        ORGANISATIE: "code resultaatgebied omschrijving soort uren_per_jaar minuten_per_keer keer_per_jaar niveau "
        "minuten_min minuten_max groep volgorde bron fictief"
    },
    "wmo.normberekening": {
        PERSOON: "afwijking_reden toelichting",
        DOSSIER: "versie berekend vastgesteld tweewekelijks vastgesteld_op",
        TECHNIEK: "bewerkt",
    },
    "wmo.normkeuze": {DOSSIER: "wie aantal minuten_per_keer keer_per_jaar"},
    "wmo.onderzoek": {
        PERSOON: "aanwezigen id_soort id_laatste_vier id_geldig_tot reden_overschrijding",
        DOSSIER: "gespreksdatum id_gecontroleerd_op pgb_uitleg_op",
        TECHNIEK: "versie",
    },
    "wmo.onderzoeksonderwerp": {PERSOON: "tekst oordeel", DOSSIER: "onderwerp gewijzigd_op", TECHNIEK: "versie"},
    "wmo.toets": {PERSOON: "reden", DOSSIER: "stap uitkomst"},
    "wmo.leefgebied": {ORGANISATIE: "code naam volgorde"},
    "wmo.perspectiefplan": {
        PERSOON: "stem_client risico",
        DOSSIER: "versie is_vervolg evaluatiedatum vastgesteld_op ontvangen_door_aanbieder_op",
        TECHNIEK: "bewerkt",
    },
    "wmo.planleefgebied": {PERSOON: "situatie eigen_kracht netwerk voorliggend nodig", DOSSIER: "ontwikkeling"},
    "wmo.doel": {PERSOON: "resultaat indicator wie", DOSSIER: "volgorde streefdatum onderwerp"},
    "wmo.planondersteuning": {DOSSIER: "bruto netto"},
    "wmo.aftrek": {PERSOON: "reden", DOSSIER: "bron volume"},
    "wmo.toewijzing": {
        PERSOON: "opmerking",
        DOSSIER: "toewijzingnummer status opmerking_gelezen_op uiterste_startdatum gewenste_startdatum ingangsdatum "
        "einddatum volume eenheid frequentie budget",
        MEDEWERKER: "contactpersoon",
    },
    "wmo.toewijzingversie": {
        DOSSIER: "versie toewijzingsdatum toewijzingstijd ingangsdatum einddatum volume eenheid frequentie budget "
        "reden_wijziging referentie_aanbieder"
    },
    "wmo.levering": {DOSSIER: "status begindatum einddatum reden_beeindiging geaccepteerd_op"},
    "wmo.leveringsfeit": {DOSSIER: "soort begindatum einddatum reden_beeindiging gemeld_op vervallen_op"},
    "wmo.verzoek": {
        PERSOON: "toelichting antwoord_toelichting",
        DOSSIER: "soort referentie dagtekening status reden uiterlijk antwoord_reden beantwoord_op",
    },
    "wmo.verzoekproduct": {DOSSIER: "soort gewenste_ingangsdatum einddatum volume eenheid frequentie budget"},
    "wmo.pauze": {PERSOON: "aanleiding reden", DOSSIER: "status vanaf verwacht_tot hervat_op"},
    "wmo.gemistbezoek": {
        PERSOON: "kwetsbaar toelichting overleg",
        DOSSIER: "soort afspraak_op afgezegd_op overmacht gemeld_op rekening beoordeeld_op",
    },
    "wmo.crisismelding": {PERSOON: "wat extra_hulp", DOSSIER: "datum gemeld_op"},
    "wmo.overlijdensmelding": {
        PERSOON: "overleden_op huisgenoot toelichting",
        DOSSIER: "status gemeld_op afgehandeld_op",
    },
    "wmo.kennismaking": {PERSOON: "verwachtingen afspraken indruk", DOSSIER: "soort gesprek_op vastgelegd_op"},
    "wmo.uitvoeringsplan": {
        PERSOON: "resultaten werkafspraken zelf_doen ritme_reden",
        DOSSIER: "versie ritme besproken_op bewaard_op verstuurd_op",
    },
    "wmo.evaluatie": {
        PERSOON: "verslag crisis",
        DOSSIER: "aanleiding status gepland_op uitgenodigd_op gesprek_op uitkomst afgerond_op",
        TECHNIEK: "bewerkt",
    },
    "wmo.evaluatiedoel": {PERSOON: "toelichting", DOSSIER: "ontwikkeling"},
    "wmo.evaluatieformulier": {
        PERSOON: "resultaten verandering motivering",
        DOSSIER: "soort advies volume ingediend_op",
    },
    "wmo.clientenstop": {
        ORGANISATIE: "status ingangsdatum einddatum reden overleg_op aangevraagd_op besluit besloten_op",
        MEDEWERKER: "overleg_met",
    },
    "wachtlijst.plek": {
        DOSSIER: "code beschikking_datum minuten_per_week postcode4 geplaatst_op spoed status huisdieren roken "
        "niet_op_dagen geclaimd_op startdatum opdracht_uiterlijk uiterste_start gestart_op",
        MEDEWERKER: "contactpersoon",
    },
    "wachtlijst.spoedtraject": {
        PERSOON: "grond afloop",
        DOSSIER: "code minuten_per_week postcode4 status uitgevraagd_op antwoord_uiterlijk leveren_uiterlijk "
        "startdatum",
        ORGANISATIE: "overleg_op overleg_waar",
    },
    "wachtlijst.spoedantwoord": {DOSSIER: "antwoord startdatum reden beantwoord_op gemaild_op"},
    "wachtlijst.spoedruimte": {PERSOON: "toelichting", DOSSIER: "moment"},
    "wachtlijst.plekgebeurtenis": {DOSSIER: "soort moment status spoed geplaatst_op", PERSOON: "reden"},
    "wachtlijst.weigering": {DOSSIER: "grond moment", PERSOON: "toelichting"},
    "wachtlijst.ingreep": {
        DOSSIER: "soort status startdatum voorgesteld_op beslist_op",
        PERSOON: "reden beslisreden",
    },
    "declaraties.declaratie": {
        ORGANISATIE: "maand declaratienummer status herkomst opgesteld_op ingediend_op ontvangen_op gecontroleerd_op "
        "antwoord_uiterlijk beantwoord_op betalen_uiterlijk betaald_op aantal_regels aantal_uitval ingediend_bedrag "
        "toegekend_bedrag"
    },
    "declaraties.declaratieregel": {
        DOSSIER: "volgnummer toewijzingnummer categorie productcode ingangsdatum einddatum eenheid volume tarief "
        "bedrag is_credit referentienummer vorig_referentienummer gecrediteerd status afkeurcodes bevindingen",
        PERSOON: "besluitreden",
    },
    "declaraties.indexcijfer": {ORGANISATIE: "jaar ova_voorlopig ova_definitief ppc_voorlopig ppc_definitief bron"},
    "declaraties.indexatie": {
        ORGANISATIE: "jaar status loongewicht ova_voorlopig ppc_voorlopig ova_definitief ppc_definitief ova_nieuw "
        "ppc_nieuw correctiemethode eerste_jaar bron gemaakt_op voorgesteld_op beoordeeld_op reden gepubliceerd_op"
    },
    "declaraties.indexatieregel": {ORGANISATIE: "oud nieuw"},
    "declaraties.indexatievolume": {ORGANISATIE: "aantal_per_jaar"},
    "declaraties.prestatie": {DOSSIER: "ingangsdatum einddatum aantal bron geregistreerd_op"},
    "declaraties.leveringsbestand": {
        DOSSIER: "inhoud fouten",
        ORGANISATIE: "naam ontvangen_op verwerkt_op aantal_goed aantal_fout",
    },
    "declaraties.tarief": {ORGANISATIE: "tarief ingangsdatum einddatum bron"},
    "berichten.bericht": {
        PERSOON: "toelichting",
        DOSSIER: "kant richting soort afzender ontvanger identificatie dagtekening status bevindingen ontstaan_op "
        "verzonden_op verwerkt_op antwoord_uiterlijk beantwoord_op afgehandeld_op herinnerd_op laatste_fout",
        TECHNIEK: "referentienummer sleutel pogingen volgende_poging_op grootte vingerafdruk herinnering_weg_op",
    },
    "berichten.berichtdeel": {PERSOON: "inhoud", TECHNIEK: "volgnummer"},
    "berichten.berichtkoppeling": {},
    "berichten.berichtversie": {},
    "berichten.foutmelding": {
        DOSSIER: "richting omschrijving details ontstaan_op verzonden_op laatste_fout afgehandeld_op",
        ORGANISATIE: "tegenpartij",
        TECHNIEK: "referentienummer cross_refnummer code pogingen volgende_poging_op",
    },
    "berichten.retourcodeuitleg": {ORGANISATIE: "code titel wat_is_er_mis wat_nu"},
}
