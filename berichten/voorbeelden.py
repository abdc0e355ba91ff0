"""One realistic example of each message, all about one invented client. The docs show them; tests start from them."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from berichten.poort import Bevinding
from berichten.retour import retour
from berichten.standaard import berichtsoorten
from berichten.standaard.v3_2 import basis, wmo301, wmo305, wmo307, wmo315, wmo317, wmo319, wmo323

GEMEENTE = "0632"
AANBIEDER = "98765432"
BSN = "999900006"
VANDAAG = date(2025, 6, 20)
TOEWIJZING = 1001
PRODUCT = basis.Product(categorie="02", code="02A01")
OMVANG = basis.Omvang(volume=3, eenheid="04", frequentie="2")
GEBOREN = basis.Geboortedatum(datum=date(1948, 3, 14))
ACHTERNAAM = basis.Achternaam(achternaam="Linde", voorvoegsel="van der")


def identificatie(nummer: str) -> basis.BerichtIdentificatie:
    return basis.BerichtIdentificatie(identificatie=f"VB{nummer}0000001", dagtekening=VANDAAG)


def kop(cls: Any, nummer: str, gemeente_zendt: bool) -> Any:
    van, aan = (GEMEENTE, AANBIEDER) if gemeente_zendt else (AANBIEDER, GEMEENTE)
    return cls(afzender=van, ontvanger=aan, bericht_identificatie=identificatie(nummer))


def toewijzing() -> wmo301.Bericht301:
    thuis = wmo301.Contact(
        soort="01",
        adres=basis.Adres(
            huis=basis.Huis(huisnummer=12, huisletter="a"),
            postcode="3441AB",
            straatnaam="Lindelaan",
            plaatsnaam="Woerden",
            land_code="NL",
        ),
        telefoon=basis.Telefoonnummers(telefoon01=basis.Telefoon(telefoonnummer="0600000012", landnummer="31")),
    )
    product = wmo301.ToegewezenProduct(
        toewijzing_nummer=TOEWIJZING,
        product=PRODUCT,
        toewijzingsdatum=VANDAAG,
        toewijzingstijd=time(9, 30),
        ingangsdatum=date(2025, 7, 1),
        einddatum=date(2025, 12, 31),
        omvang=OMVANG,
    )
    client = wmo301.Client301(
        bsn=BSN,
        geboortedatum=GEBOREN,
        geslacht="2",
        naam=basis.VolledigeNaam(geslachtsnaam=ACHTERNAAM, voorletters="AM", naam_gebruik="1"),
        contactgegevens=(thuis,),
        toegewezen_producten=(product,),
    )
    return wmo301.Bericht301(header=kop(wmo301.Header301, "301", True), client=client)


def _verkort() -> basis.VerkorteNaam:
    return basis.VerkorteNaam(geslachtsnaam=ACHTERNAAM, voorletters="AM")


def start() -> wmo305.Bericht305:
    product = wmo305.StartProduct(
        toewijzing_nummer=TOEWIJZING,
        product=PRODUCT,
        toewijzing_ingangsdatum=date(2025, 1, 1),
        begindatum=date(2025, 1, 6),
        status_aanlevering="1",
    )
    client = wmo305.Client305(bsn=BSN, geboortedatum=GEBOREN, geslacht="2", naam=_verkort(), start_producten=(product,))
    return wmo305.Bericht305(header=kop(wmo305.Header305, "305", False), client=client)


def stop() -> wmo307.Bericht307:
    product = wmo307.StopProduct(
        toewijzing_nummer=TOEWIJZING,
        product=PRODUCT,
        toewijzing_ingangsdatum=date(2025, 1, 1),
        begindatum=date(2025, 1, 6),
        reden_beeindiging="19",
        einddatum=date(2025, 6, 15),
        status_aanlevering="1",
    )
    client = wmo307.Client307(bsn=BSN, geboortedatum=GEBOREN, geslacht="2", naam=_verkort(), stop_producten=(product,))
    return wmo307.Bericht307(header=kop(wmo307.Header307, "307", False), client=client)


def verzoek_om_toewijzing() -> wmo315.Bericht315:
    product = wmo315.AangevraagdProduct(
        referentie_aanbieder="VOT-2025-001",
        product=PRODUCT,
        toewijzing_ingangsdatum=date(2025, 7, 1),
        toewijzing_einddatum=date(2025, 12, 31),
        omvang=OMVANG,
        verwijzer=basis.Verwijzer(type="06"),
    )
    client = wmo315.Client315(
        bsn=BSN, geboortedatum=GEBOREN, geslacht="2", naam=_verkort(), aangevraagde_producten=(product,)
    )
    return wmo315.Bericht315(header=kop(wmo315.Header315, "315", False), client=client)


def verzoek_om_wijziging() -> wmo317.Bericht317:
    wijziging = wmo317.TeWijzigenProduct(
        toewijzing_nummer=TOEWIJZING,
        gewenste_ingangsdatum=date(2025, 8, 1),
        einddatum=date(2025, 12, 31),
        omvang=basis.Omvang(volume=5, eenheid="04", frequentie="2"),
    )
    verzoek = wmo317.Verzoek(referentie_aanbieder="VOW-2025-001", reden_verzoek="1", te_wijzigen_producten=(wijziging,))
    return wmo317.Bericht317(
        header=kop(wmo317.Header317, "317", False), client=wmo317.Client317(bsn=BSN, verzoek=verzoek)
    )


def antwoord() -> wmo319.Bericht319:
    return wmo319.Bericht319(
        header=kop(wmo319.Header319, "319", True),
        antwoord=wmo319.Antwoord(referentie_aanbieder="VOW-2025-001", verzoek_antwoord="2"),
    )


def prestatie(
    nummer: str = "P0001", *, volume: int = 12, tarief: int = 6000, vorig: str | None = None
) -> wmo323.Prestatie:
    """A line of May 2025, in hours; a credit when it names an earlier line."""
    return wmo323.Prestatie(
        product_referentie=basis.Referentie(referentie_nummer=nummer, vorig_referentie_nummer=vorig),
        toewijzing_nummer=TOEWIJZING,
        product_categorie="02",
        product_code="02A01",
        product_periode=basis.GeslotenPeriode(begindatum=date(2025, 5, 1), einddatum=date(2025, 5, 31)),
        geleverd_volume=volume,
        eenheid="04",
        product_tarief=tarief,
        ingediend_bedrag=basis.BedragMetDC(bedrag=volume * tarief, debet_credit="C" if vorig else "D"),
    )


def declaratie(*prestaties: wmo323.Prestatie) -> wmo323.Bericht323:
    """A declaration over May 2025 with a total that is right."""
    regels = prestaties or (prestatie(),)
    saldo = sum(regel.ingediend_bedrag.saldo for regel in regels)
    totaal = basis.TotaalBedragMetDC(totaal_bedrag=abs(saldo), debet_credit="C" if saldo < 0 else "D")
    return wmo323.Bericht323(
        header=kop(wmo323.Header323, "323", False),
        declaratie=wmo323.Declaratie(
            declaratie_nummer="D202505",
            declaratie_periode=basis.GeslotenPeriode(begindatum=date(2025, 5, 1), einddatum=date(2025, 5, 31)),
            declaratie_dagtekening=VANDAAG,
            totaal_ingediend_bedrag=totaal,
            clienten=(wmo323.Client323(bsn=BSN, prestaties=regels),),
        ),
    )


# For each heenbericht: how it is made, and a finding that shows what the classes of its answer look like.
HEEN: dict[str, tuple[Callable[[], Any], Bevinding]] = {
    "301": (toewijzing, Bevinding("TR332", "9332", "", "", "ToegewezenProduct[1]")),
    "305": (start, Bevinding("TR019", "9019", "", "", "StartProduct[1]")),
    "307": (stop, Bevinding("TR382", "9069", "", "", "StopProduct[1]")),
    "315": (verzoek_om_toewijzing, Bevinding("TR347", "9347", "", "", "AangevraagdProduct[1]")),
    "317": (verzoek_om_wijziging, Bevinding("TR351", "9351", "", "", "TeWijzigenProduct[1]")),
    "319": (antwoord, Bevinding("TR355", "9355", "", "", "Antwoord")),
    "323": (declaratie, Bevinding("TR321", "9321", "", "", "Prestatie[1]")),
}


def voorbeeld(nummer: str) -> Any:
    """The example of one kind of message; an answer shows one fault."""
    if nummer in HEEN:
        return HEEN[nummer][0]()
    heen = next(soort.nummer for soort in berichtsoorten.values() if soort.antwoord == nummer)
    maak, bevinding = HEEN[heen]
    return retour(maak(), [bevinding], identificatie=f"VB{nummer}0000001", dagtekening=VANDAAG)
