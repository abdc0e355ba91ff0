"""A declaration that came in as a 323: stored and judged by the same control as one made here.

berichten hands over the lines as `rules.controle.Regel`, lazily and in the order of the message, and reads the outcome
from the rows. Memory holds two batches, and of all lines the reference number (TR314).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from declaraties.actions import feiten
from declaraties.actions.controle import keur
from declaraties.actions.declaraties import antwoord_uiterlijk, laatste_maand, zet_antwoordtaak
from declaraties.actions.sloten import vergrendel_geld
from declaraties.models import Declaratie, Declaratieregel, eerste_van
from declaraties.models.invoer import Beoordeeld, Invoer
from declaraties.models.maanden import tel_op
from declaraties.rules.controle import Bevinding, Boekhouding, Regel, beoordeel_alle, beoordeel_geheel
from wmo import weergave
from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.fields import sleutelhash
from wmo.models import Aanbieder, Aanstelling, Gemeente
from wmo.periodes import vandaag
from wmo.permissions import Recht

PORTIE = 5000  # lines judged and stored at a time
Genummerd = list[tuple[int, Regel]]


@actie(Recht.BERICHTEN_VERWERKEN)
def ontvang(
    *,
    aanbieder: Aanbieder,
    gemeente: Gemeente,
    declaratienummer: str,
    maand: date,
    ingediend_bedrag: Decimal,
    regels: Iterable[Regel],
    door: Aanstelling,
    nu: datetime,
) -> Declaratie:
    """Take in the lines of a 323, judge them, and leave them INGEDIEND with an outcome per row for `beantwoord`.

    One that was submitted in this portal is recognised by its number: its rows are judged again and `regels` is not
    read; reading it may not ask the database anything. Geweigerd with reden "9333" or "8214" when the declaration as a
    whole is refused: nothing is stored then. Code 8187 on lines means the client of those lines is refused; their own
    code in a 325 then is 0233.
    """
    vergrendel_geld(aanbieder.pk, gemeente.pk)
    bestaand = Declaratie.objects.filter(aanbieder=aanbieder, declaratienummer=declaratienummer).first()
    if bestaand and Declaratie.objects.voor_323().filter(pk=bestaand.pk).exists():
        declaratie = _eigen(bestaand, ingediend_bedrag, nu)
    else:
        declaratie = _nieuw(aanbieder, gemeente, declaratienummer, eerste_van(maand), bestaand is not None, nu)
        _neem_regels_over(declaratie, regels)
        tel_op(declaratie)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.ontvang",
        over=declaratie,
        gemeente=gemeente,
        tekst=f"{declaratie} ontvangen: {declaratie.aantal_regels} regels, {declaratie.aantal_uitval} uitval",
    )
    return declaratie


def _eigen(declaratie: Declaratie, ingediend_bedrag: Decimal, nu: datetime) -> Declaratie:
    if declaratie.ingediend_bedrag != ingediend_bedrag:
        raise Geweigerd(
            f"Het bericht noemt {weergave.bedrag(ingediend_bedrag)}, maar {declaratie} is ingediend met "
            f"{weergave.bedrag(declaratie.ingediend_bedrag)}. Verstuur de declaratie opnieuw.",
            reden="TOTAAL",
        )
    declaratie.ontvangen_op = nu
    declaratie.save(update_fields=["ontvangen_op"])
    keur(declaratie, nu=nu)
    return declaratie


def _nieuw(
    aanbieder: Aanbieder, gemeente: Gemeente, nummer: str, maand: date, nummer_bekend: bool, nu: datetime
) -> Declaratie:
    laatste = laatste_maand(aanbieder.pk, gemeente.pk)
    if bevindingen := beoordeel_geheel(maand, nummer_bekend=nummer_bekend, laatste_maand=laatste):
        raise Geweigerd(bevindingen[0].tekst, reden=bevindingen[0].code)
    declaratie = Declaratie.objects.create(
        aanbieder=aanbieder,
        gemeente=gemeente,
        declaratienummer=nummer,
        maand=maand,
        herkomst=Declaratie.Herkomst.BERICHT,
        status=Declaratie.Status.INGEDIEND,
        opgesteld_op=nu,
        ingediend_op=nu,
        ontvangen_op=nu,
        gecontroleerd_op=nu,
        antwoord_uiterlijk=antwoord_uiterlijk(gemeente, vandaag(nu)),
    )
    zet_antwoordtaak(declaratie, nu)
    return declaratie


def _neem_regels_over(declaratie: Declaratie, regels: Iterable[Regel]) -> None:
    """While PostgreSQL stores one batch the next is judged. What that is judged by is asked before and does not depend
    on it, since a client is never in two."""
    prijzen = feiten.Prijslijst(declaratie)
    concepten = Declaratie.objects.open().filter(aanbieder=declaratie.aanbieder_id, gemeente=declaratie.gemeente_id)
    in_de_weg = [concept.pk for concept in concepten]
    gebruikt: set[str] = set()
    vorige: list[Beoordeeld] = []
    with Invoer(declaratie) as invoer:
        for portie in porties(regels):
            invoer.wacht()
            weet = _haal_op(declaratie, portie)
            _maak_plaats(vorige, in_de_weg)
            invoer.begin()
            vorige = _beoordeel(declaratie, portie, weet, prijzen, gebruikt)
            invoer.zet_klaar(vorige)
        invoer.wacht()
        _maak_plaats(vorige, in_de_weg)
        invoer.begin()


def porties(regels: Iterable[Regel]) -> Iterator[Genummerd]:
    """Numbered lines in batches that never cut a client in two: in a 323 one client's lines stand together."""
    portie: Genummerd = []
    for _, groep in groupby(enumerate(regels, start=1), key=lambda paar: paar[1].bsn):
        portie += groep
        if len(portie) >= PORTIE:
            yield portie
            portie = []
    if portie:
        yield portie


class Weet(NamedTuple):
    """What a batch is judged by. `vreemd` are the BSNs of clients who are refused (TR304); `gewoon` are the other
    lines, of which `boeken`, `bekend` (used reference numbers) and `vorige` (ids of credited lines) speak."""

    toewijzingen: dict[int, feiten.ToewijzingFeit]
    vreemd: set[str]
    gewoon: list[Regel]
    boeken: dict[int, Boekhouding]
    bekend: set[str]
    vorige: dict[str, int]


def _haal_op(declaratie: Declaratie, portie: Genummerd) -> Weet:
    toewijzingen = feiten.toewijzingen(declaratie, (regel.toewijzingnummer for _, regel in portie))
    vreemd = _vreemde_clienten(declaratie, portie, toewijzingen)
    gewoon = [regel for _, regel in portie if regel.bsn not in vreemd]
    boeken = feiten.boeken(declaratie, toewijzingen.values(), gewoon)
    bekend = feiten.bekende_nummers(declaratie, gewoon)
    return Weet(toewijzingen, vreemd, gewoon, boeken, bekend, _vorige_ids(declaratie, gewoon))


def _beoordeel(
    declaratie: Declaratie, portie: Genummerd, weet: Weet, prijzen: feiten.Prijslijst, gebruikt: set[str]
) -> list[Beoordeeld]:
    gebruikt |= weet.bekend
    uitkomst = iter(
        beoordeel_alle(
            weet.gewoon,
            maand=declaratie.periode,
            toewijzingen={nummer: feit.toegewezen for nummer, feit in weet.toewijzingen.items()},
            prijzen=prijzen.voor(weet.gewoon),
            boeken=weet.boeken,
            bekende_nummers=gebruikt,
        )
    )
    weigering = [Bevinding("8187", "Deze regels horen niet bij een cliënt van deze aanbieder.")]
    beoordeeld = []
    for nummer, regel in portie:
        feit = weet.toewijzingen.get(regel.toewijzingnummer)
        toewijzing_id, product_id = (feit.id, feit.product_id) if feit else (None, None)
        vorige_id = weet.vorige.get(regel.vorig_referentienummer)
        oordeel = weigering if regel.bsn in weet.vreemd else next(uitkomst)
        beoordeeld.append(Beoordeeld(nummer, regel, toewijzing_id, product_id, vorige_id, oordeel))
    return beoordeeld


def _vreemde_clienten(declaratie: Declaratie, portie: Genummerd, bekend: dict[int, feiten.ToewijzingFeit]) -> set[str]:
    """TR304: BSNs without a toewijzing here, or that come with the toewijzing of somebody else."""
    hashes = {bsn: sleutelhash(bsn) for bsn in {regel.bsn for _, regel in portie} if bsn}
    eigen = {feit.bsn_hash for feit in bekend.values()}
    eigen |= feiten.clienten(declaratie, set(hashes.values()) - eigen)
    vreemd = {bsn for bsn, hash_ in hashes.items() if hash_ not in eigen}
    for _, regel in portie:
        feit = bekend.get(regel.toewijzingnummer)
        if feit and regel.bsn and feit.bsn_hash != hashes[regel.bsn]:
            vreemd.add(regel.bsn)
    return vreemd


def _vorige_ids(declaratie: Declaratie, regels: list[Regel]) -> dict[str, int]:
    nummers = {regel.vorig_referentienummer for regel in regels if regel.is_credit}
    if not nummers:
        return {}
    debets = Declaratieregel.objects.goedgekeurd().filter(
        aanbieder=declaratie.aanbieder_id, referentienummer__een_van=nummers, is_credit=False
    )
    return dict(debets.values_list("referentienummer", "id"))


def _maak_plaats(regels: list[Beoordeeld], concepten: list[int]) -> None:
    """Mark what is credited, and drop lines of an open concept that this message declares itself."""
    credits = [b.vorige_id for b in regels if b.vorige_id and b.is_goed and b.regel.is_credit]
    Declaratieregel.objects.filter(pk__in=credits).update(gecrediteerd=True)
    if concepten:
        Declaratieregel.objects.filter(
            declaratie__in=concepten,
            toewijzing__in={b.toewijzing_id for b in regels if b.is_goed and not b.regel.is_credit},
            is_credit=False,
        ).delete()
