"""Cases for the rules within the message (level 2)."""

from datetime import date

from berichten.standaard.v3_2 import wmo301, wmo317
from berichten.standaard.v3_2.basis import (
    Adres,
    Communicatie,
    GeslotenPeriode,
    Omvang,
    OpenPeriode,
    Product,
    TotaalBedragMetDC,
    Verwijzer,
)
from berichten.voorbeelden import GEBOREN, VANDAAG, declaratie, prestatie, voorbeeld
from tests.berichten.gevallen import Geval, dubbel, zet

MORGEN = date(2025, 6, 21)
PRODUCT_301 = "client.toegewezen_producten.0"
CONTACT = "client.contactgegevens.0"
AANVRAAG = "client.aangevraagde_producten.0"
WIJZIGING = "client.verzoek.te_wijzigen_producten.0"
NIEUW = "client.verzoek.nieuwe_producten"
REGEL = "declaratie.clienten.0.prestaties"
KIND = wmo301.Relatie(
    nummer="1", soort="16", naam=voorbeeld("301").client.naam, contact=voorbeeld("301").client.contactgegevens[0]
)
NIEUW_PRODUCT = wmo317.NieuwProduct(
    product=Product(categorie="07", code="07A12"),
    gewenste_ingangsdatum=date(2025, 7, 1),
    einddatum=date(2025, 12, 31),
    omvang=Omvang(volume=2, eenheid="16", frequentie="2"),
)
PER_DAG = Omvang(volume=1, eenheid="16", frequentie="1")
UREN_PER_DAG = Omvang(volume=1, eenheid="04", frequentie="1")
ZONDER_CODE = Product(categorie="02")


def antwoord_325(**velden: object) -> tuple[tuple[str, object], ...]:
    return tuple((f"declaratie_antwoord.{naam}", waarde) for naam, waarde in velden.items())


GEVALLEN = [
    Geval(
        "TR002",
        "305",
        fout=(("client.geboortedatum.datum", date(1905, 6, 19)),),
        goed=(("client.geboortedatum.datum", date(1905, 6, 20)),),
    ),
    Geval(
        "TR002",
        "301",
        fout=(("client.relaties", (zet(KIND, "geboortedatum", zet(GEBOREN, "datum", date(1890, 1, 1))),)),),
        goed=(("client.geboortedatum", zet(zet(GEBOREN, "datum", date(1900, 1, 1)), "datum_gebruik", "3")),),
    ),
    Geval(
        "TR006",
        "301",
        fout=((f"{CONTACT}.telefoon", None), (f"{CONTACT}.adres.huis", None), (f"{CONTACT}.adres.land_code", "BE")),
        goed=((f"{CONTACT}.telefoon", None),),
    ),
    Geval(
        "TR018",
        "307",
        fout=(("client.stop_producten.0.einddatum", date(2025, 1, 5)),),
        goed=(("client.stop_producten.0.einddatum", date(2025, 1, 6)),),
    ),
    Geval("TR061", "301", fout=((f"{CONTACT}.soort", "04"),), goed=((f"{CONTACT}.soort", "02"),)),
    Geval("TR101", "305", fout=(("client.start_producten", dubbel(status_aanlevering="3")),), goed=()),
    Geval("TR101", "307", fout=(("client.stop_producten", dubbel(status_aanlevering="3")),)),
    Geval(
        "TR101",
        "301",
        fout=(("client.contactgegevens", dubbel(telefoon=None)),),
        goed=(("client.contactgegevens", dubbel(soort="03")),),
    ),
    Geval("TR101", "317", fout=(("client.verzoek.te_wijzigen_producten", dubbel(einddatum=date(2025, 11, 30))),)),
    Geval("TR101", "323", fout=(("declaratie.clienten", dubbel()),), begin=declaratie(prestatie(volume=0)), goed=()),
    Geval("TR101", "325", fout=(("declaratie_antwoord.clienten", dubbel()),)),
    Geval(
        "TR134",
        "301",
        fout=((f"{PRODUCT_301}.toewijzingsdatum", MORGEN),),
        goed=((f"{PRODUCT_301}.toewijzingsdatum", VANDAAG),),
    ),
    Geval(
        "TR134",
        "305",
        fout=(("client.start_producten.0.begindatum", MORGEN),),
        goed=(("client.start_producten.0.begindatum", VANDAAG),),
    ),
    Geval("TR134", "307", fout=(("client.geboortedatum.datum", MORGEN),)),
    Geval(
        "TR134", "315", fout=(("client.geboortedatum.datum", MORGEN),), goed=(("client.geboortedatum.datum", VANDAAG),)
    ),
    Geval("TR134", "323", fout=(("declaratie.declaratie_dagtekening", MORGEN),)),
    Geval("TR134", "325", fout=(("declaratie_antwoord.clienten.0.prestaties.0.product_periode.begindatum", MORGEN),)),
    Geval(
        "TR137",
        "323",
        fout=(
            (f"{REGEL}.0.product_periode", GeslotenPeriode(begindatum=date(2025, 6, 1), einddatum=date(2025, 6, 30))),
        ),
    ),
    Geval("TR137", "323", fout=(("declaratie.declaratie_periode.einddatum", date(2025, 6, 30)),)),
    Geval(
        "TR137",
        "325",
        fout=(("declaratie_antwoord.clienten.0.prestaties.0.product_periode.einddatum", date(2025, 4, 30)),),
    ),
    Geval(
        "TR302",
        "301",
        fout=(("client.toegewezen_producten", dubbel(toewijzing_nummer=1002, ingangsdatum=date(2025, 12, 31))),),
        goed=(
            (
                "client.toegewezen_producten",
                dubbel(toewijzing_nummer=1002, ingangsdatum=date(2026, 1, 1), einddatum=date(2026, 6, 30)),
            ),
        ),
    ),
    Geval(
        "TR302",
        "301",
        fout=(("client.toegewezen_producten", dubbel(toewijzing_nummer=1002, product=ZONDER_CODE, omvang=None)),),
        goed=(
            (
                "client.toegewezen_producten",
                dubbel(toewijzing_nummer=1002, einddatum=date(2025, 7, 1), reden_wijziging="13"),
            ),
        ),
    ),
    Geval(
        "TR302",
        "301",
        fout=(("client.toegewezen_producten", dubbel(toewijzing_nummer=1002, product=None, omvang=None, budget=100)),),
        goed=(
            (f"{PRODUCT_301}.product", Product(categorie="11", code="11X01")),
            ("client.toegewezen_producten", dubbel(toewijzing_nummer=1002, product=None, omvang=None, budget=100)),
        ),
    ),
    Geval("TR315", "323", begin=declaratie(prestatie("P2", vorig="P1"), prestatie("P3", vorig="P1"))),
    Geval("TR316", "323", begin=declaratie(prestatie("P1"), prestatie("P2", vorig="P1"))),
    Geval(
        "TR335",
        "323",
        fout=(
            ("declaratie.declaratie_dagtekening", date(2026, 5, 1)),
            ("header.bericht_identificatie.dagtekening", date(2026, 5, 1)),
            (f"{REGEL}.0.product_periode", GeslotenPeriode(begindatum=date(2021, 4, 1), einddatum=date(2021, 4, 30))),
        ),
    ),
    Geval(
        "TR342", "325", fout=antwoord_325(totaal_toegekend_bedrag=TotaalBedragMetDC(totaal_bedrag=1, debet_credit="D"))
    ),
    Geval(
        "TR342",
        "325",
        fout=antwoord_325(retour_codes=("9333",)),
        goed=antwoord_325(retour_codes=("9333",), clienten=()),
    ),
    Geval(
        "TR352",
        "317",
        fout=(("client.verzoek.te_wijzigen_producten", ()), (NIEUW, (NIEUW_PRODUCT,))),
        goed=((NIEUW, (NIEUW_PRODUCT,)),),
    ),
    Geval(
        "TR353",
        "317",
        fout=(
            ("client.verzoek.te_wijzigen_producten", ()),
            ("client.verzoek.ongewijzigde_producten", (wmo317.OngewijzigdProduct(toewijzing_nummer=1001),)),
        ),
    ),
    Geval("TR358", "323", fout=(("declaratie.totaal_ingediend_bedrag.totaal_bedrag", 1),)),
    Geval(
        "TR380",
        "317",
        fout=((NIEUW, (zet(NIEUW_PRODUCT, "gewenste_ingangsdatum", VANDAAG),)),),
        goed=((NIEUW, (zet(NIEUW_PRODUCT, "gewenste_ingangsdatum", MORGEN),)),),
    ),
    Geval(
        "TR383",
        "315",
        fout=(("client.aangevraagde_producten", dubbel(product=Product(categorie="07", code="07A12"))),),
        goed=(
            (
                "client.aangevraagde_producten",
                dubbel(product=Product(categorie="07", code="07A12"), referentie_aanbieder="B"),
            ),
        ),
    ),
    Geval("TR386", "315", fout=(("client.aangevraagde_producten", dubbel(referentie_aanbieder="B")),)),
    Geval(
        "TR410", "317", fout=((NIEUW, (NIEUW_PRODUCT, zet(NIEUW_PRODUCT, "gewenste_ingangsdatum", date(2025, 8, 1)))),)
    ),
    Geval("TR416", "323", begin=declaratie(prestatie("P1"), prestatie("P2"))),
    # -------------------------------------------------------------------------- CD
    Geval("CD005", "301", fout=((f"{CONTACT}.adres.land_code", None),)),
    Geval("CD005", "301", fout=((f"{CONTACT}.adres.postcode", None), (f"{CONTACT}.soort", "02"))),
    Geval(
        "CD007",
        "301",
        fout=(("client.communicatie", Communicatie(vorm="2", taal="Frans")),),
        goed=(("client.communicatie", Communicatie(vorm="1", taal="Frans")),),
    ),
    Geval(
        "CD007",
        "301",
        fout=(("client.communicatie", Communicatie(vorm="1")),),
        goed=(("client.communicatie", Communicatie(vorm="3")),),
    ),
    Geval(
        "CD009",
        "301",
        fout=((f"{CONTACT}.periode", OpenPeriode(begindatum=VANDAAG)),),
        goed=(("client.contactgegevens", dubbel(soort="04", periode=OpenPeriode(begindatum=VANDAAG))),),
    ),
    Geval("CD025", "301", fout=((f"{CONTACT}.adres.huis", None),)),
    Geval("CD034", "301", fout=((f"{CONTACT}.adres", Adres()),), goed=((f"{CONTACT}.adres", None),)),
    Geval("CD041", "301", fout=((f"{PRODUCT_301}.omvang", None),)),
    Geval("CD041", "315", fout=((f"{AANVRAAG}.omvang", None),)),
    Geval("CD041", "317", fout=((NIEUW, (zet(NIEUW_PRODUCT, "omvang", None),)),), goed=((NIEUW, (NIEUW_PRODUCT,)),)),
    Geval(
        "CD043",
        "315",
        fout=((f"{AANVRAAG}.beschikking_nummer", 7),),
        goed=((f"{AANVRAAG}.beschikking_nummer", 7), (f"{AANVRAAG}.beschikking_ingangsdatum", VANDAAG)),
    ),
    Geval("CD060", "323", fout=((f"{REGEL}.0.product_referentie.vorig_referentie_nummer", "P0"),)),
    Geval(
        "CD060",
        "325",
        fout=(("declaratie_antwoord.clienten.0.prestaties.0.product_referentie.vorig_referentie_nummer", "P0"),),
    ),
    Geval(
        "CD066",
        "315",
        fout=((f"{AANVRAAG}.verwijzer", Verwijzer(type="02", naam="Arts", zorgverlener_code="01000001")),),
        goed=((f"{AANVRAAG}.verwijzer", Verwijzer(type="02", naam="Arts")),),
    ),
    Geval(
        "CD067",
        "315",
        fout=((f"{AANVRAAG}.verwijzer", Verwijzer(type="02")),),
        goed=((f"{AANVRAAG}.verwijzer", Verwijzer(type="02", zorgverlener_code="01000001")),),
    ),
    Geval("CD068", "315", fout=((f"{AANVRAAG}.verwijzer", Verwijzer(type="06", zorgverlener_code="01000001")),)),
    Geval(
        "CD075",
        "301",
        fout=(
            (f"{PRODUCT_301}.omvang", None),
            (f"{PRODUCT_301}.product", None),
            (f"{PRODUCT_301}.budget", 100),
            (f"{PRODUCT_301}.einddatum", None),
        ),
        goed=((f"{PRODUCT_301}.omvang", None), (f"{PRODUCT_301}.product", None), (f"{PRODUCT_301}.budget", 100)),
    ),
    Geval(
        "CD075",
        "317",
        fout=((f"{WIJZIGING}.omvang", None), (f"{WIJZIGING}.budget", 100), (f"{WIJZIGING}.einddatum", None)),
    ),
    Geval(
        "CD076",
        "301",
        fout=((f"{PRODUCT_301}.einddatum", None),),
        goed=((f"{PRODUCT_301}.einddatum", None), (f"{PRODUCT_301}.omvang.frequentie", "4")),
    ),
    Geval("CD076", "315", fout=((f"{AANVRAAG}.toewijzing_einddatum", None),)),
    Geval("CD076", "317", fout=((f"{WIJZIGING}.einddatum", None),)),
    Geval("CD077", "301", fout=((f"{PRODUCT_301}.budget", 100),)),
    Geval("CD078", "315", fout=((f"{AANVRAAG}.budget", 100),)),
    Geval("CD078", "317", fout=((f"{WIJZIGING}.budget", 100),)),
    Geval("CD079", "301", fout=((f"{PRODUCT_301}.product", None), (f"{PRODUCT_301}.omvang", None))),
    Geval("CD079", "315", fout=((f"{AANVRAAG}.product", None), (f"{AANVRAAG}.omvang", None))),
    Geval(
        "CD080",
        "301",
        fout=((f"{PRODUCT_301}.product", ZONDER_CODE),),
        goed=(
            (f"{PRODUCT_301}.product", ZONDER_CODE),
            (f"{PRODUCT_301}.ingangsdatum", date(2020, 1, 1)),
            (f"{PRODUCT_301}.einddatum", date(2020, 12, 31)),
        ),
    ),
    Geval(
        "CD085",
        "319",
        fout=(("antwoord.verzoek_antwoord", "1"),),
        goed=(("antwoord.verzoek_antwoord", "1"), ("antwoord.reden_afwijzing_verzoek", "3")),
    ),
    Geval("CD086", "319", fout=(("antwoord.reden_afwijzing_verzoek", "3"),)),
    Geval("CD087", "323", fout=((f"{REGEL}.0.product_tarief", None),)),
    Geval("CD087", "323", fout=((f"{REGEL}.0.eenheid", "83"), (f"{REGEL}.0.geleverd_volume", 72_000))),
    Geval("CD095", "315", fout=((f"{AANVRAAG}.product", ZONDER_CODE),)),
    Geval("CD096", "317", fout=((NIEUW, (zet(NIEUW_PRODUCT, "product", ZONDER_CODE),)),)),
]
