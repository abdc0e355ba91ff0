"""The region before its first day: gemeenten, aanbieders, contracts, products and users.

The matrix of percelen is invented (the scan of the source cannot be read): six providers in five gemeenten, three in
two, three in one, as the source counts them (R-006).
"""

from __future__ import annotations

from datetime import date

from django.utils.text import slugify

from wmo import data
from wmo.demo import mensen
from wmo.demo.wereld import Wereld
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Contactpersoon,
    Contract,
    Gebruiker,
    GelijkgesteldeDag,
    Gemeente,
    Gemeenteregel,
    Leefgebied,
    Perceel,
    Product,
)
from wmo.permissions import Rol

CONTRACTSTART = date(2023, 1, 1)
GEMEENTEN = (
    ("0736", "De Ronde Venen", "DRV", "Servicepunt De Ronde Venen", "0297-00 00 00"),
    ("0335", "Montfoort", "MNF", "SWOM", "0348-00 00 01"),
    ("0589", "Oudewater", "OWD", "Stadsteam Oudewater", "0348-00 00 02"),
    ("1904", "Stichtse Vecht", "STV", "Klant Contact Centrum", "0346-00 00 00"),
    ("0632", "Woerden", "WRD", "WoerdenWijzer", "0348-00 00 00"),
)
ALLE = ("0736", "0335", "0589", "1904", "0632")
AANBIEDERS = (
    ("Thuishulp De Proefpolder", ALLE),
    ("Zorgbureau Test", ALLE),
    ("Huishoudhulp Het Voorbeeld", ALLE),
    ("Oefenzorg Midden", ALLE),
    ("De Schone Schijn", ALLE),
    ("Fictieve Thuisdienst", ALLE),
    ("Hulp aan Huis Namaak", ("0632", "0335")),
    ("Poldervrienden Demo", ("0736", "1904")),
    ("Vechtzorg Proef", ("1904", "0632")),
    ("Huishoudelijk Verzonnen", ("0632",)),
    ("Dorpshulp Modelland", ("0736",)),
    ("Stadszorg Schets", ("1904",)),
)
ZONDER_SOFTWARE = {"Thuishulp De Proefpolder", "De Schone Schijn", "Huishoudelijk Verzonnen", "Dorpshulp Modelland"}
PRODUCTEN = (
    # code, name, unit, frequency (WJ756, WMO757); descriptions are our own
    ("01A03", "Hulp bij het huishouden", "01", "2"),
    ("02A05", "Begeleiding basis", "01", "2"),
    ("02A07", "Begeleiding praktisch", "01", "2"),
    ("02A09", "Begeleiding specialistisch", "01", "2"),
    ("07A12", "Dagbesteding", "16", "2"),
    ("04A01", "Kortdurend verblijf", "14", "2"),
)
LEEFGEBIEDEN = (
    "Financiën", "Werk en opleiding", "Tijdsbesteding", "Huisvesting", "Huiselijke relaties", "Geestelijke gezondheid",
    "Lichamelijke gezondheid", "Middelengebruik", "Basale dagelijkse activiteiten", "Huishouden en zelf wonen",
    "Sociaal netwerk", "Maatschappelijke participatie", "Justitie",
)  # fmt: skip
GEMEENTEROLLEN = (
    (Rol.CONSULENT, 3),
    (Rol.MANDAATHOUDER, 1),
    (Rol.BACKOFFICE, 2),
    (Rol.BELEIDSMEDEWERKER, 2),  # an intervention needs a second one
    (Rol.TOEZICHTHOUDER, 1),
)


def richt_in(wereld: Wereld) -> None:
    """Make every row that is there before the first melding."""
    gemeenten = _gemeenten()
    _regels(gemeenten)
    producten = _producten()
    aanbieders = _aanbieders(wereld, gemeenten, _contracten(producten))
    for volgorde, naam in enumerate(LEEFGEBIEDEN):
        Leefgebied.objects.create(code=slugify(naam)[:30], naam=naam, volgorde=volgorde)
    _gebruikers(wereld, gemeenten, aanbieders)


def _gemeenten() -> dict[str, Gemeente]:
    rijen = [
        Gemeente(
            code=code,
            naam=naam,
            afkorting=afkorting,
            slug=slugify(naam),
            toegang=toegang,
            telefoon=telefoon,
            email=f"wmo-{slugify(naam)}@example.nl",
            postadres=f"Postbus 1, 0000 ZZ {naam}",
            verordening=f"Verordening maatschappelijke ondersteuning {naam}",
        )
        for code, naam, afkorting, toegang, telefoon in GEMEENTEN
    ]
    return {gemeente.code: gemeente for gemeente in Gemeente.objects.bulk_create(rijen)}


def _regels(gemeenten: dict[str, Gemeente]) -> None:
    """Policy of R-230 as dated rows, and the decree days."""
    Gemeenteregel.objects.bulk_create(
        Gemeenteregel(
            gemeente=gemeenten[rij["gemeente"]],
            sleutel=rij["sleutel"],
            waarde=data.waarde(rij["waarde"]),
            ingangsdatum=rij["geldig_vanaf"],
            bron=rij["bron"],
        )
        for rij in data.rijen("gemeenteregels")
    )
    GelijkgesteldeDag.objects.bulk_create(
        GelijkgesteldeDag(datum=dag, bron="Koninklijk besluit, te controleren in de Staatscourant")
        for dag in sorted(data.besluitdagen())
    )


def _producten() -> list[Product]:
    return Product.objects.bulk_create(
        Product(
            code=code, categorie=code[:2], naam=naam, eenheid=eenheid, frequentie=frequentie, geldig_vanaf=CONTRACTSTART
        )
        for code, naam, eenheid, frequentie in PRODUCTEN
    )


def _contracten(producten: list[Product]) -> list[Contract]:
    """Both rounding methods of R-262 occur: one contract, one method."""
    huishouden = Contract.objects.create(
        nummer="UW-HH-2023",
        naam="Huishoudelijke hulp Utrecht-West",
        ingangsdatum=CONTRACTSTART,
        einddatum=date(2027, 12, 31),
        uiterste_einddatum=date(2031, 12, 31),
        verlengingen="drie keer twee jaar",
        rekenmethode=Contract.Rekenmethode.MINUUT_AFGEROND,
    )
    begeleiding = Contract.objects.create(
        nummer="UW-BG-2023",
        naam="Begeleiding, dagbesteding en verblijf Utrecht-West",
        ingangsdatum=CONTRACTSTART,
        einddatum=date(2027, 12, 31),
        uiterste_einddatum=date(2031, 12, 31),
        verlengingen="drie keer twee jaar",
        rekenmethode=Contract.Rekenmethode.UUR_NAAR_RATO,
    )
    huishouden.producten.set(producten[:1])
    begeleiding.producten.set(producten[1:])
    return [huishouden, begeleiding]


def _aanbieders(wereld: Wereld, gemeenten: dict[str, Gemeente], contracten: list[Contract]) -> list[Aanbieder]:
    aanbieders = []
    for volgnummer, (naam, codes) in enumerate(AANBIEDERS):
        slug = slugify(naam)
        aanbieder = Aanbieder.objects.create(
            naam=naam,
            agb=f"4242{volgnummer + 1:04d}",
            slug=slug,
            telefoon=f"030-00 00 {volgnummer:02d}",
            email=f"info@{slug}.example.nl",
            eigen_software=naam not in ZONDER_SOFTWARE,
        )
        # guidance is bought from the six that work everywhere
        for contract in contracten if codes == ALLE else contracten[:1]:
            Perceel.objects.bulk_create(
                Perceel(
                    contract=contract,
                    aanbieder=aanbieder,
                    gemeente=gemeenten[code],
                    ingangsdatum=CONTRACTSTART,
                    bestedingsruimte=wereld.rng.choice([150_000, 250_000, 400_000]),
                )
                for code in codes
            )
        for doel in Contactpersoon.Doel:
            Contactpersoon.objects.create(
                aanbieder=aanbieder,
                doel=doel,
                naam=mensen.naam(wereld.rng),
                email=f"{doel}@{slug}.example.nl",
                telefoon=f"06-00 00 00 {wereld.rng.randint(10, 99)}",
            )
        aanbieders.append(aanbieder)
    return aanbieders


def _gebruikers(wereld: Wereld, gemeenten: dict[str, Gemeente], aanbieders: list[Aanbieder]) -> None:
    for gemeente in gemeenten.values():
        for rol, aantal in GEMEENTEROLLEN:
            for nummer in range(1, aantal + 1):
                _gebruiker(wereld, rol, f"{rol}{nummer}@{gemeente.slug}.example.nl", gemeente=gemeente)
    for aanbieder in aanbieders:
        _gebruiker(wereld, Rol.PLANNING, f"planning@{aanbieder.slug}.example.nl", aanbieder=aanbieder)
        _gebruiker(wereld, Rol.ADMINISTRATIE, f"administratie@{aanbieder.slug}.example.nl", aanbieder=aanbieder)
    for nummer in (1, 2):
        _gebruiker(wereld, Rol.REGIO, f"inkoop{nummer}@regio.example.nl")
    _gebruiker(wereld, Rol.BEHEERDER, "beheer@regio.example.nl", is_staff=True)


def _gebruiker(
    wereld: Wereld,
    rol: Rol,
    email: str,
    *,
    gemeente: Gemeente | None = None,
    aanbieder: Aanbieder | None = None,
    is_staff: bool = False,
) -> None:
    gebruiker = Gebruiker.objects.create(email=email, naam=mensen.naam(wereld.rng), is_staff=is_staff, password="!")
    wereld.ken(
        Aanstelling.objects.create(
            gebruiker=gebruiker, rol=rol, gemeente=gemeente, aanbieder=aanbieder, ingangsdatum=CONTRACTSTART
        )
    )
