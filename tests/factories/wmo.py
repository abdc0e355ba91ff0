"""Rows of the wmo app. All people are invented; BSNs come from the official test range."""

from datetime import date, datetime, time
from typing import Any

import factory

from tests.factories.fabriek import Fabriek
from wmo import models
from wmo.periodes import AMSTERDAM
from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, Rol

VANDAAG = date(2026, 11, 23)  # a Monday


def moment(dag: date = VANDAAG, uur: int = 10, minuut: int = 0) -> datetime:
    """An aware moment in Amsterdam, for `nu=`."""
    return datetime.combine(dag, time(uur, minuut), tzinfo=AMSTERDAM)


def testbsn(volgnummer: int) -> str:
    """The n-th valid number of the official test range 999900000-999999999 (R-320)."""
    gevonden = -1
    for nummer in range(999_900_000, 1_000_000_000):
        cijfers = [int(c) for c in str(nummer)]
        som = sum((9 - i) * c for i, c in enumerate(cijfers[:8])) - cijfers[8]
        gevonden += som % 11 == 0
        if gevonden == volgnummer:
            return str(nummer)
    raise ValueError("De testreeks heeft 9.091 geldige nummers.")


class GemeenteFactory(Fabriek[models.Gemeente]):
    class Meta:
        model = models.Gemeente
        django_get_or_create = ("code",)

    code = "0632"
    naam = factory.LazyAttribute(
        lambda o: {"0632": "Woerden", "0335": "Montfoort", "0589": "Oudewater"}.get(o.code, f"Gemeente {o.code}")
    )
    afkorting = factory.LazyAttribute(lambda o: {"0632": "WRD", "0335": "MNF", "0589": "OWD"}.get(o.code, o.code[1:]))
    slug = factory.LazyAttribute(lambda o: o.naam.lower().replace(" ", "-"))
    toegang = "WoerdenWijzer"
    verordening = "Verordening maatschappelijke ondersteuning"


class AanbiederFactory(Fabriek[models.Aanbieder]):
    class Meta:
        model = models.Aanbieder
        django_get_or_create = ("naam",)

    naam = factory.Sequence(lambda n: f"Thuishulp Proef {n}")
    agb = factory.Sequence(lambda n: f"4242{n:04d}")
    slug = factory.LazyAttribute(lambda o: o.naam.lower().replace(" ", "-"))


class GebruikerFactory(Fabriek[models.Gebruiker]):
    class Meta:
        model = models.Gebruiker

    naam = factory.Sequence(lambda n: f"N. Oefenstra {n}")
    email = factory.Sequence(lambda n: f"gebruiker{n}@example.nl")
    password = factory.django.Password("Oefenwachtwoord-1")


class AanstellingFactory(Fabriek[models.Aanstelling]):
    """`AanstellingFactory(rol=Rol.X)`: the organisation follows from the role unless given."""

    class Meta:
        model = models.Aanstelling

    gebruiker = factory.SubFactory(GebruikerFactory)
    rol = Rol.CONSULENT
    ingangsdatum = date(2023, 1, 1)
    gemeente = factory.LazyAttribute(lambda o: GemeenteFactory() if o.rol in GEMEENTEROLLEN else None)
    aanbieder = factory.LazyAttribute(lambda o: AanbiederFactory() if o.rol in AANBIEDERROLLEN else None)


def aanstelling(rol: Rol, **velden: Any) -> models.Aanstelling:
    return AanstellingFactory(rol=rol, **velden)


class ProductFactory(Fabriek[models.Product]):
    class Meta:
        model = models.Product
        django_get_or_create = ("code",)

    code = "01A03"
    categorie = factory.LazyAttribute(lambda o: o.code[:2])
    naam = "Hulp bij het huishouden"
    eenheid = models.Eenheid.MINUUT
    frequentie = models.Frequentie.WEEK
    geldig_vanaf = date(2023, 1, 1)


class ContractFactory(Fabriek[models.Contract]):
    class Meta:
        model = models.Contract
        django_get_or_create = ("nummer",)
        skip_postgeneration_save = True

    nummer = "UW-HH-2023"
    naam = "Huishoudelijke hulp"
    ingangsdatum = date(2023, 1, 1)
    einddatum = date(2027, 12, 31)
    uiterste_einddatum = date(2031, 12, 31)
    rekenmethode = "MINUUT_AFGEROND"

    @factory.post_generation
    def producten(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.producten.add(*(extracted or [ProductFactory()]))


class PerceelFactory(Fabriek[models.Perceel]):
    class Meta:
        model = models.Perceel

    contract = factory.SubFactory(ContractFactory)
    aanbieder = factory.SubFactory(AanbiederFactory)
    gemeente = factory.SubFactory(GemeenteFactory)
    ingangsdatum = date(2023, 1, 1)


class ClientFactory(Fabriek[models.Client]):
    class Meta:
        model = models.Client

    gemeente = factory.SubFactory(GemeenteFactory)
    bsn = factory.Sequence(testbsn)
    voorletters = "G"
    achternaam = factory.Sequence(lambda n: f"Fictief-de Test {n}")
    geboortedatum = date(1941, 3, 14)
    geslacht = "2"
    straatnaam = "Proefsteeg"
    huisnummer = 12
    postcode = "3441ZZ"
    plaatsnaam = "Woerden"


class ZaakFactory(Fabriek[models.Zaak]):
    class Meta:
        model = models.Zaak

    zaaknummer = factory.Sequence(lambda n: f"WMO-2026-{n:06d}")
    client = factory.SubFactory(ClientFactory)
    gemeente = factory.SelfAttribute("client.gemeente")
    melding_op = moment(date(2026, 10, 6), 13, 48)
    kanaal = "telefoon"
    hulpvraag = "Het huishouden lukt niet meer."
    uiterste_datum = date(2026, 11, 17)


class BeschikkingFactory(Fabriek[models.Beschikking]):
    """A decision that stands."""

    class Meta:
        model = models.Beschikking

    beschikkingnummer = factory.Sequence(lambda n: f"B-2026-{n:06d}")
    zaak = factory.SubFactory(ZaakFactory, status="bekendgemaakt")
    status = "vastgesteld"
    soort = "toekenning"
    opgesteld_door = factory.LazyAttribute(lambda o: aanstelling(Rol.CONSULENT, gemeente=o.zaak.gemeente))
    ondertekend_door = factory.LazyAttribute(lambda o: aanstelling(Rol.MANDAATHOUDER, gemeente=o.zaak.gemeente))
    besluitdatum = bekendgemaakt_op = date(2026, 11, 2)
    bezwaar_tot = date(2026, 12, 14)


class VoorzieningFactory(Fabriek[models.Voorziening]):
    class Meta:
        model = models.Voorziening

    beschikking = factory.SubFactory(BeschikkingFactory)
    client = factory.SelfAttribute("beschikking.zaak.client")
    product = factory.SubFactory(ProductFactory)
    volume = 165
    eenheid = "01"
    frequentie = "2"
    ingangsdatum = date(2026, 11, 2)
    einddatum = date(2028, 10, 31)
    resultaat = "Een schoon en leefbaar huis."
    van_kracht = True


class ToewijzingFactory(Fabriek[models.Toewijzing]):
    """A sent opdracht with its first version and an empty levering."""

    class Meta:
        model = models.Toewijzing
        skip_postgeneration_save = True

    toewijzingnummer = factory.Sequence(lambda n: 100_000 + n)
    voorziening = factory.SubFactory(VoorzieningFactory)
    gemeente = factory.SelfAttribute("voorziening.client.gemeente")
    client = factory.SelfAttribute("voorziening.client")
    product = factory.SelfAttribute("voorziening.product")
    aanbieder = factory.SubFactory(AanbiederFactory)
    status = "verzonden"
    ingangsdatum = factory.SelfAttribute("voorziening.ingangsdatum")
    einddatum = factory.SelfAttribute("voorziening.einddatum")
    volume = factory.SelfAttribute("voorziening.volume")
    eenheid = factory.SelfAttribute("voorziening.eenheid")
    frequentie = factory.SelfAttribute("voorziening.frequentie")

    @factory.post_generation
    def versie(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not create:
            return
        models.Levering.objects.create(toewijzing=self)
        models.ToewijzingVersie.objects.create(
            toewijzing=self,
            versie=1,
            toewijzingsdatum=date(2026, 11, 2),
            toewijzingstijd=time(9, 0),
            door=models.Aanstelling.objects.systeem(),
            **{
                veld: getattr(self, veld)
                for veld in ("ingangsdatum", "einddatum", "volume", "eenheid", "frequentie", "budget")
            },
        )


class NormtabelFactory(Fabriek[models.Normtabel]):
    class Meta:
        model = models.Normtabel

    naam = "Normtabel oefenregio"
    soort = "huishouden"
    ingangsdatum = date(2025, 1, 1)
    bron = "fictief"


class NormregelFactory(Fabriek[models.Normregel]):
    class Meta:
        model = models.Normregel

    tabel = factory.SubFactory(NormtabelFactory)
    code = "basis"
    resultaatgebied = "Schoon en leefbaar huis"
    omschrijving = "Volledige overname"
    soort = "basis"
    uren_per_jaar = 108
    volgorde = factory.Sequence(lambda n: n)


class OnderzoekFactory(Fabriek[models.Onderzoek]):
    """A running investigation with `besproken` of its seven topics written, identity known."""

    class Meta:
        model = models.Onderzoek
        skip_postgeneration_save = True

    zaak = factory.SubFactory(ZaakFactory, status="onderzoek", clientondersteuning_op=date(2026, 10, 7))
    gespreksdatum = date(2026, 10, 29)
    aanwezigen = "dochter"
    id_soort = "paspoort"
    id_laatste_vier = "21F4"
    id_geldig_tot = date(2031, 1, 1)
    id_gecontroleerd_op = date(2026, 10, 29)
    pgb_uitleg_op = date(2026, 10, 29)

    @factory.post_generation
    def besproken(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:
        if not create:
            return
        for letter in models.Onderwerp.values[: 7 if extracted is None else extracted]:
            models.Onderzoeksonderwerp.objects.create(
                onderzoek=self, onderwerp=letter, tekst=f"Besproken bij {letter}.", oordeel="deels"
            )


class DocumentFactory(Fabriek[models.Document]):
    class Meta:
        model = models.Document

    zaak = factory.SubFactory(ZaakFactory)
    soort = "overig"
    titel = "Brief huisarts"
    bestandsnaam = factory.LazyAttribute(lambda o: f"{o.zaak.zaaknummer}-overig-1.pdf")
    mimetype = "application/pdf"
    grootte = 5
    inhoud = b"%PDF-"
    gemaakt_op = factory.LazyFunction(moment)
    gemaakt_door = factory.LazyAttribute(lambda o: aanstelling(Rol.CONSULENT, gemeente=o.zaak.gemeente))
