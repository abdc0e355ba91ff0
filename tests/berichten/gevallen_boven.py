"""Cases for toewijzen, leveren and verzoeken (level 3), and for another source (level 4)."""

from dataclasses import replace
from datetime import date, timedelta

from berichten.standaard.v3_2 import wmo317
from berichten.standaard.v3_2.basis import Product
from berichten.toestand import OntvangenBericht
from berichten.voorbeelden import VANDAAG
from tests.berichten.gevallen import (
    ANDER_BSN,
    ANDERE_CLIENT,
    ASPECIFIEK,
    BETAALD,
    GENERIEK,
    GEPAUZEERD,
    GESTART,
    GESTOPT,
    GEWOON,
    LIJST,
    MET_BUDGET,
    VERZOEK,
    Antwoord,
    Geval,
    dubbel,
    zet,
)
from tests.berichten.gevallen_binnen import MORGEN, NIEUW, NIEUW_PRODUCT, PRODUCT_301, WIJZIGING

START, STOP = "client.start_producten.0", "client.stop_producten.0"
WEG = (f"{START}.status_aanlevering", "3")
STOP_WEG = (f"{STOP}.status_aanlevering", "3")
TWEEDE = replace(GEWOON, nummer=1002, categorie="07", code="07A12")
GEEN_OMVANG = (f"{WIJZIGING}.omvang", None)
HEEL = (f"{WIJZIGING}.gewenste_ingangsdatum", date(2025, 1, 1))

TOEWIJZEN = [
    Geval(
        "TR332",
        "301",
        weet={"toewijzingen": (replace(GEWOON, bsn=ANDER_BSN),)},
        weet_goed={"toewijzingen": (replace(GEWOON, ingangsdatum=date(2025, 7, 1)),)},
    ),
    Geval(
        "TR332",
        "301",
        weet={"toewijzingen": (replace(GEWOON, aanbieder="12121212"),)},
        weet_goed={"toewijzingen": (replace(GEWOON, gemeente="0384", bsn=ANDER_BSN),)},
    ),
    Geval(
        "TR379",
        "301",
        fout=((f"{PRODUCT_301}.referentie_aanbieder", "VOW-9"),),
        goed=((f"{PRODUCT_301}.referentie_aanbieder", "VOW-2025-001"),),
        weet={"verzoeken": (VERZOEK,)},
        weet_goed={"verzoeken": (VERZOEK,)},
    ),
    Geval(
        "TR385",
        "301",
        fout=((f"{PRODUCT_301}.reden_wijziging", "13"), (f"{PRODUCT_301}.einddatum", date(2025, 7, 1))),
        goed=((f"{PRODUCT_301}.reden_wijziging", "13"), (f"{PRODUCT_301}.einddatum", date(2025, 7, 1))),
        weet={"prestaties": (BETAALD,)},
        weet_goed={"prestaties": (replace(BETAALD, gecrediteerd=True),)},
    ),
]

LEVEREN = [
    Geval("TR019", "305", weet={"toewijzingen": ()}),
    Geval("TR019", "305", weet={"toewijzingen": (ANDERE_CLIENT,)}, goed=((f"{START}.toewijzing_nummer", None),)),
    Geval(
        "TR019", "307", weet={"toewijzingen": (replace(GEWOON, einddatum=GEWOON.ingangsdatum, reden_wijziging="13"),)}
    ),
    Geval("TR063", "305", fout=(WEG,), goed=(WEG,), weet_goed={"starts": (GESTART,)}),
    Geval(
        "TR063",
        "307",
        fout=(STOP_WEG,),
        goed=(STOP_WEG,),
        weet={"stops": (GESTOPT,)},
        weet_goed={"stops": (replace(GESTOPT, einddatum=date(2025, 6, 15)),)},
    ),
    Geval(
        "TR071",
        "305",
        fout=(WEG,),
        goed=(WEG,),
        weet={"starts": (GESTART,), "stops": (GESTOPT,)},
        weet_goed={"starts": (GESTART,)},
    ),
    Geval(
        "TR074",
        "305",
        weet={"starts": (GESTART,), "stops": (GESTOPT,)},
        weet_goed={"starts": (replace(GESTART, code="02A02"),)},
    ),
    Geval(
        "TR074",
        "307",
        weet={"stops": (replace(GEPAUZEERD, reden_beeindiging="19", einddatum=date(2025, 6, 15)),)},
        weet_goed={"stops": (GEPAUZEERD,)},
    ),
    Geval(
        "TR326",
        "305",
        fout=((f"{START}.begindatum", date(2025, 3, 3)),),
        goed=((f"{START}.begindatum", date(2025, 3, 3)),),
        weet={"starts": (GESTART,)},
        weet_goed={"starts": (GESTART,), "stops": (GEPAUZEERD,)},
    ),
    Geval("TR326", "305", fout=(("client.start_producten", dubbel(begindatum=date(2025, 2, 3))),)),
    Geval(
        "TR326",
        "305",
        fout=(
            (f"{START}.begindatum", date(2025, 3, 3)),
            ("client.start_producten", dubbel(begindatum=date(2025, 1, 6))),
        ),
        goed=(WEG, ("client.start_producten", dubbel(begindatum=date(2025, 3, 3), status_aanlevering="1"))),
        weet={"starts": ()},
        weet_goed={"starts": (GESTART,)},
    ),
    Geval(
        "TR382",
        "307",
        weet={"starts": (replace(GESTART, begindatum=date(2025, 1, 7)),)},
        weet_goed={"stops": (GEPAUZEERD,)},
    ),
    Geval(
        "TR413",
        "307",
        fout=((f"{STOP}.reden_beeindiging", "20"),),
        goed=((f"{STOP}.reden_beeindiging", "20"),),
        weet={"stops": (GEPAUZEERD,)},
        weet_goed={"stops": ()},
    ),
    Geval(
        "TR414",
        "307",
        weet={"stops": (replace(GEPAUZEERD, einddatum=date(2025, 6, 16)),)},
        weet_goed={"stops": (replace(GEPAUZEERD, einddatum=date(2025, 6, 15)),)},
    ),
    Geval("TR415", "307", weet={"stops": (GESTOPT,)}, weet_goed={"stops": (GEPAUZEERD,)}),
    Geval(
        "TR415",
        "307",
        fout=(("client.stop_producten", dubbel(reden_beeindiging="21")),),
        goed=(
            (STOP, lambda stop: replace(stop, einddatum=date(2025, 5, 31), status_aanlevering="3")),
            ("client.stop_producten", dubbel(reden_beeindiging="21", status_aanlevering="1")),
        ),
        weet_goed={"stops": (GESTOPT,)},
    ),
]

VERZOEKEN = [
    Geval("TR304", "317", weet={"toewijzingen": (ANDERE_CLIENT,)}),
    Geval(
        "TR347",
        "317",
        weet={"verzoeken": (replace(VERZOEK, bsn=ANDER_BSN),)},
        weet_goed={"verzoeken": (replace(VERZOEK, referentie="A", bsn=ANDER_BSN),)},
    ),
    Geval(
        "TR347",
        "315",
        weet={"verzoeken": (replace(VERZOEK, soort="315", referentie="VOT-2025-001", status="afgewezen"),)},
    ),
    Geval(
        "TR374",
        "315",
        weet={"verzoeken": (VERZOEK,)},
        weet_goed={"verzoeken": (VERZOEK,), "antwoorden": (Antwoord("VOW-2025-001", "1"),)},
    ),
    Geval(
        "TR374",
        "317",
        weet={"verzoeken": (replace(VERZOEK, referentie="VOW-0", status="in onderzoek"),)},
        weet_goed={
            "verzoeken": (replace(VERZOEK, referentie="VOW-0"),),
            "toewijzingen": (replace(GEWOON, referentie_aanbieder="VOW-0"),),
        },
    ),
    Geval(
        "TR349",
        "317",
        goed=(("client.verzoek.ongewijzigde_producten", (wmo317.OngewijzigdProduct(toewijzing_nummer=1002),)),),
        weet={"toewijzingen": (GEWOON, TWEEDE)},
        weet_goed={"toewijzingen": (GEWOON, TWEEDE)},
    ),
    Geval(
        "TR349",
        "317",
        weet={"toewijzingen": (GEWOON, replace(TWEEDE, einddatum=VANDAAG))},
        weet_goed={"toewijzingen": (GEWOON, replace(TWEEDE, einddatum=date(2025, 6, 19)))},
    ),
    Geval(
        "TR350",
        "317",
        fout=(("client.verzoek.ongewijzigde_producten", (wmo317.OngewijzigdProduct(toewijzing_nummer=1002),)),),
        weet={"toewijzingen": (GEWOON, replace(TWEEDE, einddatum=date(2025, 6, 19)))},
    ),
    Geval("TR351", "317", fout=((f"{WIJZIGING}.toewijzing_nummer", 999),)),
    Geval("TR357", "317", fout=((f"{WIJZIGING}.gewenste_ingangsdatum", VANDAAG),), goed=(HEEL,)),
    Geval(
        "TR361",
        "317",
        fout=((NIEUW, (zet(NIEUW_PRODUCT, "product", Product(categorie="02", code="02A01")),)),),
        goed=((NIEUW, (NIEUW_PRODUCT,)),),
    ),
    Geval(
        "TR373",
        "317",
        fout=(GEEN_OMVANG,),
        goed=(GEEN_OMVANG, HEEL),
        weet={"toewijzingen": (MET_BUDGET,)},
        weet_goed={"toewijzingen": (MET_BUDGET,)},
    ),
    Geval(
        "TR373",
        "317",
        weet={"toewijzingen": (replace(GEWOON, frequentie="6"),)},
        goed=((f"{WIJZIGING}.omvang.frequentie", "6"),),
    ),
    Geval(
        "TR375",
        "317",
        fout=(HEEL,),
        goed=(HEEL, GEEN_OMVANG),
        weet={"toewijzingen": (GENERIEK,)},
        weet_goed={"toewijzingen": (GENERIEK,)},
    ),
    Geval("TR411", "317", fout=(GEEN_OMVANG,)),
    Geval(
        "TR412",
        "317",
        goed=(GEEN_OMVANG,),
        weet={"toewijzingen": (ASPECIFIEK,)},
        weet_goed={"toewijzingen": (ASPECIFIEK,)},
    ),
    Geval("TR355", "319", weet={"verzoeken": ()}),
    Geval(
        "TR359",
        "319",
        weet={"toewijzingen": (replace(GEWOON, referentie_aanbieder="VOW-2025-001"),)},
        weet_goed={"toewijzingen": (GEWOON,)},
    ),
    Geval(
        "TR360",
        "319",
        weet={"antwoorden": (Antwoord("VOW-2025-001", "2"),)},
        weet_goed={"antwoorden": (Antwoord("A", "2"),)},
    ),
    Geval(
        "TR365",
        "319",
        goed=(("antwoord.verzoek_antwoord", "1"), ("antwoord.reden_afwijzing_verzoek", "3")),
        weet={"antwoorden": (Antwoord("VOW-2025-001", "1"),)},
        weet_goed={"antwoorden": (Antwoord("VOW-2025-001", "2"),)},
    ),
]

EXTERN = [
    *(
        Geval(regel, nummer, weet=weet)
        for nummer in ("301", "305", "307", "315", "317", "319", "323")
        for regel, weet in (
            ("TR135", {"vandaag": date(2025, 6, 19)}),
            ("TR378", {"gemeentecodes": frozenset({"0384"})}),
        )
    ),
    *(
        Geval(
            "TR378",
            nummer,
            weet={"gemeenteperioden": {"0632": (None, begin - timedelta(days=1))}},
            weet_goed={"gemeenteperioden": {"0632": (begin, begin)}},
        )
        for nummer, begin in (
            ("301", date(2025, 7, 1)),
            ("305", date(2025, 1, 1)),
            ("307", date(2025, 1, 1)),
            ("315", date(2025, 7, 1)),
        )
    ),
    Geval("TR378", "325", fout=(("header.afzender", "9999"),)),
    Geval("TR135", "325", fout=(("header.bericht_identificatie.dagtekening", MORGEN),)),
    *(
        Geval("TR381", nummer, weet={"productcodelijst": {"02A01": "07"}}, weet_goed={"productcodelijst": LIJST})
        for nummer in ("301", "305", "307", "315")
    ),
    Geval(
        "TR381",
        "317",
        fout=((NIEUW, (NIEUW_PRODUCT,)),),
        weet={"productcodelijst": {"02A01": "02"}},
        weet_goed={"productcodelijst": LIJST},
    ),
    Geval(
        "TR056",
        "301",
        weet={"ontvangen_berichten": (OntvangenBericht("0632", "414", "VB3010000001"),)},
        weet_goed={"ontvangen_berichten": (OntvangenBericht("0632", "482", "VB3010000001"),)},
    ),
    Geval(
        "TR056",
        "305",
        weet={"ontvangen_berichten": (OntvangenBericht("98765432", "418", "VB3050000001"),)},
        weet_goed={"ontvangen_berichten": (OntvangenBericht("12121212", "418", "VB3050000001"),)},
    ),
    Geval("TR056", "323", weet={"ontvangen_berichten": (OntvangenBericht("98765432", "484", "VB3230000001"),)}),
    Geval("TR056", "325", weet={"ontvangen_berichten": (OntvangenBericht("0632", "485", "VB3250000001"),)}),
]

GEVALLEN = [*TOEWIJZEN, *LEVEREN, *VERZOEKEN, *EXTERN]
