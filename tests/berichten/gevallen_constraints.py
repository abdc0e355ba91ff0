"""Cases for the constraints (CS): which values fit each other."""

from datetime import date

from berichten.standaard.v3_2.basis import (
    Achternaam,
    BedragMetDC,
    GeslotenPeriode,
    OpenPeriode,
    Referentie,
    TotaalBedragMetDC,
)
from berichten.voorbeelden import GEBOREN, VANDAAG, declaratie, prestatie
from tests.berichten.gevallen import Geval, dubbel, zet
from tests.berichten.gevallen_binnen import (
    AANVRAAG,
    CONTACT,
    KIND,
    PER_DAG,
    PRODUCT_301,
    REGEL,
    UREN_PER_DAG,
    WIJZIGING,
    antwoord_325,
)

GEVALLEN = [
    *(
        Geval("CS002", nummer, fout=(("client.bsn", bsn),))
        for nummer in ("301", "305", "307", "315", "317")
        for bsn in ("123456789", "000000000")
    ),
    Geval("CS002", "323", fout=(("declaratie.clienten.0.bsn", "999900005"),)),
    Geval("CS002", "325", fout=(("declaratie_antwoord.clienten.0.bsn", "999900005"),)),
    Geval(
        "CS003",
        "301",
        fout=((f"{PRODUCT_301}.einddatum", date(2025, 6, 30)),),
        goed=((f"{PRODUCT_301}.einddatum", date(2025, 7, 1)),),
    ),
    Geval(
        "CS003",
        "301",
        fout=(
            (
                "client.contactgegevens",
                dubbel(soort="04", periode=OpenPeriode(begindatum=VANDAAG, einddatum=date(2025, 6, 19))),
            ),
        ),
    ),
    Geval("CS003", "315", fout=((f"{AANVRAAG}.toewijzing_einddatum", date(2025, 6, 30)),)),
    Geval("CS003", "317", fout=((f"{WIJZIGING}.einddatum", date(2025, 7, 31)),)),
    Geval("CS050", "301", fout=(("client.naam.naam_gebruik", "2"),)),
    Geval(
        "CS050",
        "301",
        fout=(("client.naam.partnernaam", Achternaam(achternaam="Dijk")), ("client.naam.naam_gebruik", "5")),
        goed=(("client.naam.partnernaam", Achternaam(achternaam="Dijk")), ("client.naam.naam_gebruik", "3")),
    ),
    Geval("CS058", "305", fout=(("client.start_producten.0.status_aanlevering", "2"),)),
    Geval("CS058", "307", fout=(("client.stop_producten.0.status_aanlevering", "9"),)),
    Geval("CS089", "301", fout=((f"{CONTACT}.adres.postcode", "3441 AB"),)),
    Geval(
        "CS089",
        "301",
        fout=((f"{CONTACT}.adres.postcode", "0441AB"),),
        goed=((f"{CONTACT}.adres.postcode", "B-1000"), (f"{CONTACT}.adres.land_code", "BE")),
    ),
    Geval(
        "CS100",
        "323",
        fout=(
            (
                "declaratie.declaratie_periode",
                GeslotenPeriode(begindatum=date(2020, 12, 1), einddatum=date(2020, 12, 31)),
            ),
        ),
    ),
    Geval(
        "CS100",
        "323",
        fout=(
            (f"{REGEL}.0.product_periode", GeslotenPeriode(begindatum=date(2020, 12, 1), einddatum=date(2020, 12, 31))),
        ),
    ),
    *(
        Geval("CS139", nummer, fout=(("client.geboortedatum.datum_gebruik", gebruik),))
        for nummer in ("301", "305", "307", "315")
        for gebruik in ("1", "2", "3")
    ),
    Geval(
        "CS139",
        "305",
        fout=(("client.geboortedatum", zet(zet(GEBOREN, "datum", date(1948, 2, 1)), "datum_gebruik", "2")),),
        goed=(("client.geboortedatum", zet(zet(GEBOREN, "datum", date(1948, 2, 1)), "datum_gebruik", "1")),),
    ),
    Geval(
        "CS318",
        "301",
        fout=(("client.naam.naam_gebruik", "6"),),
        goed=(("client.relaties", (zet(KIND, "naam.naam_gebruik", "6"),)),),
    ),
    Geval(
        "CS325",
        "323",
        begin=declaratie(prestatie(volume=0)),
        fout=(("declaratie.totaal_ingediend_bedrag.debet_credit", "C"),),
    ),
    Geval(
        "CS325",
        "323",
        begin=declaratie(prestatie(volume=0)),
        fout=(
            (f"{REGEL}.0.ingediend_bedrag", BedragMetDC(bedrag=0, debet_credit="C")),
            (f"{REGEL}.0.product_referentie", Referentie(referentie_nummer="P2", vorig_referentie_nummer="P1")),
        ),
    ),
    Geval(
        "CS325", "325", fout=antwoord_325(totaal_toegekend_bedrag=TotaalBedragMetDC(totaal_bedrag=0, debet_credit="C"))
    ),
    Geval(
        "CS335",
        "301",
        fout=((f"{PRODUCT_301}.reden_wijziging", "13"),),
        goed=((f"{PRODUCT_301}.reden_wijziging", "13"), (f"{PRODUCT_301}.einddatum", date(2025, 7, 1))),
    ),
    Geval(
        "CS336",
        "301",
        fout=((f"{PRODUCT_301}.reden_wijziging", "01"),),
        goed=((f"{PRODUCT_301}.reden_wijziging", "14"),),
    ),
    Geval("CS337", "323", fout=((f"{REGEL}.0.product_periode.begindatum", date(2025, 4, 30)),)),
    Geval("CS338", "301", fout=((f"{PRODUCT_301}.omvang", PER_DAG),), goed=((f"{PRODUCT_301}.omvang", UREN_PER_DAG),)),
    Geval("CS338", "317", fout=((f"{WIJZIGING}.omvang", PER_DAG),), goed=((f"{WIJZIGING}.omvang", UREN_PER_DAG),)),
    Geval("CS343", "315", fout=((f"{AANVRAAG}.omvang", PER_DAG),), goed=((f"{AANVRAAG}.omvang", UREN_PER_DAG),)),
    Geval(
        "CS339",
        "323",
        fout=(
            (f"{REGEL}.0.eenheid", "83"),
            (f"{REGEL}.0.product_tarief", None),
            (f"{REGEL}.0.geleverd_volume", 71_999),
        ),
    ),
    Geval("CS340", "323", fout=(("declaratie.declaratie_periode.einddatum", date(2025, 5, 30)),)),
    Geval("CS340", "323", fout=(("declaratie.declaratie_periode.begindatum", date(2025, 5, 2)),)),
]
