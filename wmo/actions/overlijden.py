"""A death: reported by the aanbieder, settled by the gemeente on one date (R-150 to R-154)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from wmo.actions import logboek, taken
from wmo.actions.kader import Geweigerd, actie, binnen_actie
from wmo.models import (
    Aanstelling,
    Client,
    Evaluatie,
    Gemeenteregel,
    Overlijdensmelding,
    Pauze,
    Taak,
    Toewijzing,
    Zaak,
)
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import gemeenteregels as regels

Status = Overlijdensmelding.Status
# apps above wmo close what is theirs: a place on the list, a spoedtraject
NA_OVERLIJDEN: list[Callable[[Client, Aanstelling, datetime], None]] = []


def gevolgen(client: Client, *, overleden_op: date, huisgenoot: bool) -> regels.NaOverlijden:
    """What the policy of this gemeente says; `huisgenoot`: somebody with an own need stays behind. One query."""
    geldend = Gemeenteregel.objects.geldend(client.gemeente, op=overleden_op)
    return regels.na_overlijden(
        regels.Gemeenteregels.uit(geldend), overleden=overleden_op, huisgenoot_met_behoefte=huisgenoot
    )


@actie(Recht.LEVERING_MELDEN)
def meld(
    *, toewijzing: Toewijzing, overleden_op: date, huisgenoot: str, toelichting: str = "", door: Aanstelling,
    nu: datetime,
) -> Overlijdensmelding:  # fmt: skip
    """The aanbieder has to report it (R-150). When the gemeente knew the same date already, nothing is left to do."""
    if overleden_op > vandaag(nu):
        raise Geweigerd("De datum van overlijden ligt in de toekomst.", reden="TOEKOMST")
    if toewijzing.overlijdensmeldingen.filter(status=Status.GEMELD).exists():
        raise Geweigerd("Uw organisatie heeft dit al gemeld. De gemeente neemt contact op.", reden="AL_GEMELD")
    client = toewijzing.client
    bekend = client.overleden_op == overleden_op
    melding = toewijzing.overlijdensmeldingen.create(
        client=client, overleden_op=overleden_op, huisgenoot=huisgenoot, toelichting=toelichting, gemeld_op=nu,
        gemeld_door=door, status=Status.VERWERKT if bekend else Status.GEMELD, afgehandeld_op=nu if bekend else None,
    )  # fmt: skip
    zaak = toewijzing.voorziening.beschikking.zaak
    if not bekend:
        _vraag_verwerking(melding, zaak, nu)
    tekst = f"De aanbieder meldt een overlijden (toewijzing {toewijzing.toewijzingnummer})"
    logboek.noteer(door=door, nu=nu, handeling="overlijden.meld", over=melding, zaak=zaak, tekst=tekst)
    return melding


def _vraag_verwerking(melding: Overlijdensmelding, zaak: Zaak, nu: datetime) -> None:
    """A second date is not overwritten: somebody looks which one is right."""
    ander = " (andere datum dan bekend)" if melding.client.overleden_op else ""
    taken.zet_klaar(
        sleutel=f"overlijdensmelding:{melding.client_id}",
        soort=Taak.Soort.OVERLIJDEN,
        titel=f"Aanbieder meldt een overlijden{ander}",
        gemeente=melding.toewijzing.gemeente,
        zaak=zaak,
        uiterlijk=vandaag(nu),
        pad=f"/zaken/{zaak.zaaknummer}/overlijden/",
        nu=nu,
    )


@actie(Recht.BESCHIKKING_OPSTELLEN)
def wijs_af(*, client: Client, reden: str, door: Aanstelling, nu: datetime) -> None:
    """The report was wrong: nothing changes for the client."""
    open_ = list(client.overlijdensmeldingen.filter(status=Status.GEMELD))
    if not open_:
        raise Geweigerd("Er is geen melding meer om af te wijzen.", reden="GEEN_MELDING")
    for melding in open_:
        melding.zet_status(Status.ONJUIST, afgehandeld_op=nu)
    taken.rond_af(sleutel=f"overlijdensmelding:{client.pk}", nu=nu)
    tekst = "De melding van een overlijden klopt niet"
    logboek.noteer(
        door=door, nu=nu, handeling="overlijden.wijs_af", over=client, client=client, tekst=tekst, reden=reden
    )


@binnen_actie
def handel_af(*, client: Client, gevolgen: regels.NaOverlijden, door: Aanstelling, nu: datetime) -> None:
    """Close what must be closed and ask for the rest. Part of `zaken.meld_overlijden`, which closes the cases."""
    for melding in client.overlijdensmeldingen.filter(status=Status.GEMELD):
        melding.zet_status(Status.VERWERKT, afgehandeld_op=nu)
    taken.rond_af(sleutel=f"overlijdensmelding:{client.pk}", nu=nu)
    for evaluatie in Evaluatie.objects.open().filter(zaak__client=client):
        evaluatie.zet_status(Evaluatie.Status.VERVALLEN)
    for pauze in Pauze.objects.filter(toewijzing__client=client, status=Pauze.Status.ACTIEF):
        pauze.zet_status(Pauze.Status.BEEINDIGD)
    opdrachten = list(Toewijzing.objects.actueel(vandaag(nu)).filter(client=client).select_related("gemeente"))
    _sluit_taken(client, opdrachten, nu)
    for toewijzing in opdrachten:
        _vraag_om_einde(toewijzing, nu)
    if gevolgen.tijdelijk_tot_en_met and opdrachten:
        _vraag_om_vervolg(client, gevolgen, nu)
    for sluit in NA_OVERLIJDEN:
        sluit(client, door, nu)


def _sluit_taken(client: Client, opdrachten: list[Toewijzing], nu: datetime) -> None:
    """What the aanbieder still had to do, and what waited on the cases, has no more use."""
    for toewijzing in opdrachten:
        begin = f"/aanbieder/clienten/{toewijzing.pk}/"
        taken.rond_alle_af(Taak.objects.filter(aanbieder=toewijzing.aanbieder_id, pad__startswith=begin), nu=nu)
    taken.rond_alle_af(Taak.objects.filter(zaak__client=client, soort=Taak.Soort.EVALUATIE), nu=nu)


def _vraag_om_einde(toewijzing: Toewijzing, nu: datetime) -> None:
    """The end is the day of death, also when help goes on for a housemate: that is an opdracht of its own (R-154)."""
    zaak = toewijzing.voorziening.beschikking.zaak
    taken.zet_klaar(
        sleutel=f"overlijden:{toewijzing.pk}",
        soort=Taak.Soort.OVERIG,
        titel=f"Toewijzing {toewijzing.toewijzingnummer} beëindigen na overlijden",
        gemeente=toewijzing.gemeente,
        nu=nu,
        uiterlijk=vandaag(nu),
        pad=f"/zaken/{zaak.zaaknummer}/toewijzingen/{toewijzing.pk}/stoppen/",
    )


def _vraag_om_vervolg(client: Client, gevolgen: regels.NaOverlijden, nu: datetime) -> None:
    """Temporary help in the name of who stays behind, and an onderzoek where the gemeente wants one (R-151, R-152)."""
    onderzoek = " en nieuw onderzoek" if gevolgen.heronderzoek else ""
    taken.zet_klaar(
        sleutel=f"achterblijver:{client.pk}",
        soort=Taak.Soort.OVERLIJDEN,
        titel=f"Neem een melding op voor de huisgenoot: hulp t/m {gevolgen.hulp_tot_en_met:%d-%m-%Y}{onderzoek}",
        gemeente=client.gemeente,
        nu=nu,
        uiterlijk=vandaag(nu),
        pad="/meldingen/nieuw/",
    )
