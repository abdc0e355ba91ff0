"""The melding: what starts the six weeks (R-010 to R-013, R-017)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from wmo.actions import documenten, klokken, nummers
from wmo.actions.bewerken import houd_vast
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.actions.logboek import noteer
from wmo.brieven import Briefsoort, maak_brief
from wmo.brieven import onderzoek as brieven
from wmo.models import Aanstelling, Client, Document, GelijkgesteldeDag, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import termijnen


@actie(Recht.MELDING_OPNEMEN)
def registreer(
    *,
    client: Client,
    melding_op: datetime,
    kanaal: str,
    hulpvraag: str,
    door: Aanstelling,
    nu: datetime,
    namens: str = "",
    spoedgrond: str = "",
    behandelaar: Aanstelling | None = None,
    ook_bij_lopende_zaak: bool = False,
    bevestigen: bool = False,
    clientondersteuning_kanaal: str = "",
) -> Zaak:
    """Open a case for `client`, who may be new (unsaved). A person with a BSN that is known here stays one Client.

    Refuses a moment in the future, another gemeente, and a second case beside a running one unless that is meant. With
    `bevestigen` the confirmation goes out at once; with a channel the pointer to cliëntondersteuning is on record too.
    """
    if melding_op > nu:
        raise Geweigerd("De datum van de melding ligt in de toekomst.", reden="TOEKOMST")
    if door.gemeente_id is not None and client.gemeente_id != door.gemeente_id:
        raise Geweigerd("Deze persoon hoort bij een andere gemeente. Verwijs de melding door.", reden="ANDERE_GEMEENTE")
    client = _bekende(client)
    if not ook_bij_lopende_zaak:
        _let_op_lopende_zaak(client)
    jaar = vandaag(nu).year
    zaak = Zaak.objects.create(
        zaaknummer=f"WMO-{jaar}-{nummers.volgende(f'zaak:{jaar}'):06d}",
        client=client,
        gemeente=client.gemeente,
        behandelaar=behandelaar,
        melding_op=melding_op,
        kanaal=kanaal,
        namens=namens,
        hulpvraag=hulpvraag,
        spoed=bool(spoedgrond),
        spoedgrond=spoedgrond,
    )
    klokken.werk_bij(zaak=zaak, nu=nu)
    noteer(
        door=door,
        nu=nu,
        handeling="meldingen.registreer",
        over=zaak,
        zaak=zaak,
        tekst=_melding_zin(zaak),
        details={"lopende_zaak": ook_bij_lopende_zaak},
    )
    if clientondersteuning_kanaal:
        wijs_op_clientondersteuning(
            zaak=zaak, op=vandaag(melding_op), kanaal=clientondersteuning_kanaal, door=door, nu=nu
        )
    if bevestigen:
        bevestig(zaak=zaak, door=door, nu=nu)
    return zaak


def _let_op_lopende_zaak(client: Client) -> None:
    if lopend := lopende_zaak(client):
        raise Geweigerd(
            f"Deze persoon heeft al een lopende zaak: {lopend.zaaknummer}. "
            "Open die zaak, of geef aan dat dit een nieuwe vraag is.",
            reden="LOPENDE_ZAAK",
        )


def _bekende(client: Client) -> Client:
    """The Client that is in the books already, else `client` itself, saved. One row per BSN and gemeente.

    Held until the action commits: of two meldingen at one moment the second sees the case of the first.
    """
    if client.pk is None and client.bsn:
        client = Client.objects.met_bsn(client.bsn).filter(gemeente=client.gemeente).first() or client
    if client.pk is not None:
        houd_vast(client, "gemeente")
        return client
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError as fout:
        zin = "Een collega heeft net een melding voor deze persoon vastgelegd. Zoek het dossier op."
        raise IntussenGewijzigd(zin) from fout
    return client


def lopende_zaak(client: Client) -> Zaak | None:
    """The newest case of this person that is still before the decision; support that runs does not stand in the way."""
    if client.pk is None:
        return None
    voor_besluit = Zaak.objects.lopend().filter(client=client, bekendgemaakt_op=None)
    return voor_besluit.order_by("-melding_op").first()


def _melding_zin(zaak: Zaak) -> str:
    wie = "namens de cliënt" if zaak.namens else "door de cliënt"
    spoed = f" Spoed: {zaak.get_spoedgrond_display()}." if zaak.spoed else ""
    return f"Melding ontvangen. Via {zaak.get_kanaal_display().lower()}, {wie}.{spoed}"


@actie(Recht.MELDING_OPNEMEN)
def bevestig(*, zaak: Zaak, door: Aanstelling, nu: datetime) -> Document:
    """Confirm receipt with a letter that names the six weeks and the seven days (R-010, R-012)."""
    # a condition in the UPDATE: two clicks at once send one letter
    if Zaak.objects.filter(pk=zaak.pk, bevestigd_op=None).update(bevestigd_op=nu) != 1:
        raise Geweigerd("De ontvangst van deze melding is al bevestigd.", reden="AL_BEVESTIGD")
    zaak.bevestigd_op = nu
    kalender = GelijkgesteldeDag.objects.kalender()
    document = documenten.maak(
        zaak=zaak,
        soort=Document.Soort.ONTVANGSTBEVESTIGING,
        titel="Ontvangstbevestiging",
        inhoud=maak_brief(
            Briefsoort.ONTVANGSTBEVESTIGING, brieven.ontvangstbevestiging(zaak, op=vandaag(nu), kalender=kalender)
        ),
        gemaakt_door=door,
        nu=nu,
    )
    _log(
        zaak,
        door,
        nu,
        "bevestig",
        "Ontvangst van de melding bevestigd. Met uitleg over het persoonlijk plan.",
        document,
    )
    return document


@actie(Recht.MELDING_OPNEMEN)
def wijs_op_clientondersteuning(*, zaak: Zaak, op: date, kanaal: str, door: Aanstelling, nu: datetime) -> None:
    """Date and channel of the pointer to free support, for client and mantelzorger (R-013)."""
    _niet_later(op, nu, "De datum van het gesprek over cliëntondersteuning ligt in de toekomst.")
    zaak.clientondersteuning_op, zaak.clientondersteuning_kanaal = op, kanaal
    zaak.save(update_fields=["clientondersteuning_op", "clientondersteuning_kanaal"])
    hoe = zaak.get_clientondersteuning_kanaal_display().lower()
    _log(
        zaak,
        door,
        nu,
        "wijs_op_clientondersteuning",
        f"Gewezen op gratis cliëntondersteuning. Via {hoe} op {op:%d-%m-%Y}.",
    )


@actie(Recht.MELDING_OPNEMEN)
def ontvang_persoonlijk_plan(*, zaak: Zaak, op: date, door: Aanstelling, nu: datetime) -> None:
    """A plan that was handed in within seven days must be used; a later one may (R-012)."""
    _niet_later(op, nu, "De datum van het persoonlijk plan ligt in de toekomst.")
    if op < vandaag(zaak.melding_op):
        raise Geweigerd("Het persoonlijk plan kan niet van voor de melding zijn.", reden="VOOR_MELDING")
    zaak.persoonlijk_plan_op, zaak.persoonlijk_plan_afgezien_op = op, None
    zaak.save(update_fields=["persoonlijk_plan_op", "persoonlijk_plan_afgezien_op"])
    laatste = termijnen.persoonlijk_plan(vandaag(zaak.melding_op), GelijkgesteldeDag.objects.kalender()).laatste_dag
    hoe = "Op tijd: het plan hoort bij het onderzoek." if op <= laatste else "Na de zeven dagen."
    _log(zaak, door, nu, "ontvang_persoonlijk_plan", f"Persoonlijk plan ontvangen op {op:%d-%m-%Y}. {hoe}")


@actie(Recht.MELDING_OPNEMEN)
def zie_af_van_plan(*, zaak: Zaak, op: date, door: Aanstelling, nu: datetime) -> None:
    """The client waives the persoonlijk plan, so that the onderzoek can start at once (R-012)."""
    if zaak.persoonlijk_plan_op is not None:
        raise Geweigerd("Er is al een persoonlijk plan ingeleverd.", reden="PLAN_IS_ER")
    _niet_later(op, nu, "Deze datum ligt in de toekomst.")
    zaak.persoonlijk_plan_afgezien_op = op
    zaak.save(update_fields=["persoonlijk_plan_afgezien_op"])
    _log(zaak, door, nu, "zie_af_van_plan", f"De cliënt ziet af van een persoonlijk plan. Gezegd op {op:%d-%m-%Y}.")


@actie(Recht.MELDING_OPNEMEN)
def meld_spoed(*, zaak: Zaak, grond: str, door: Aanstelling, nu: datetime) -> None:
    """Only the gemeente decides that something is spoed, on one of three grounds (R-125, R-126). The clocks go on."""
    if zaak.bekendgemaakt_op is not None or zaak.afgesloten_op is not None:
        raise Geweigerd("Het besluit is er al. Spoed melden kan niet meer.", reden="BESLUIT_IS_ER")
    zaak.spoed, zaak.spoedgrond = True, grond
    zaak.save(update_fields=["spoed", "spoedgrond"])
    _log(zaak, door, nu, "meld_spoed", f"Spoed gemeld. {zaak.get_spoedgrond_display()}.")


def _niet_later(dag: date, nu: datetime, zin: str) -> None:
    if dag > vandaag(nu):
        raise Geweigerd(zin, reden="TOEKOMST")


def _log(zaak: Zaak, door: Aanstelling, nu: datetime, wat: str, tekst: str, over: Document | None = None) -> None:
    noteer(door=door, nu=nu, handeling=f"meldingen.{wat}", over=over or zaak, zaak=zaak, tekst=tekst)
