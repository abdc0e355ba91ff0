"""What the GGk brings us: messages in their envelope, and the news that one of ours was not delivered.

An envelope is known by its number. The number of a message that came in stands in its `sleutel`, where the database
holds that it counts once; the number of what we sent is the `referentienummer` of its row.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO
from uuid import UUID

from django.db import connection

from berichten.actions import inbox, opdrachten
from berichten.actions.foutmeldingen import PAGINA, sleutel, taaksleutel
from berichten.knooppunt import controle
from berichten.knooppunt.envelop import Envelop, Fout
from berichten.models import Bericht, Foutmelding
from berichten.poort import Geweigerd
from berichten.transport import Postbus
from wmo.actions import logboek, taken
from wmo.actions.kader import actie
from wmo.models import Aanbieder, Aanstelling, Gemeente, Taak
from wmo.permissions import Recht

Status, Richting = Bericht.Status, Bericht.Richting


@dataclass(frozen=True, slots=True)
class Afgeleverd:
    """A Post in memory: the payload of one envelope."""

    postbus: Postbus
    inhoud: bytes
    referentienummer: str = ""

    @property
    def grootte(self) -> int:
        return len(self.inhoud)

    def open(self) -> IO[bytes]:
        return BytesIO(self.inhoud)


@actie(Recht.BERICHTEN_VERWERKEN)
def ontvang(*, envelop: Envelop, door: Aanstelling, nu: datetime) -> Bericht:
    """Store the message of an envelope; the same envelope again gives the row that is there.

    Raises poort.Geweigerd for what is not for us or says something else than its payload.
    """
    bus = _postbus(envelop)
    nummer = envelop.stuur.nummer
    _een_tegelijk(sleutel(nummer))
    bekend = Bericht.objects.filter(kant=bus.kant, sleutel=sleutel(nummer)).first()
    if bekend and (bekend.afzender, bekend.vingerafdruk) != (bus.aanbieder, sha256(envelop.inhoud).hexdigest()):
        raise Geweigerd(f"Het referentienummer {nummer} is al gebruikt voor een ander bericht.", 2)
    rij = inbox.neem_aan(post=Afgeleverd(bus, envelop.inhoud), door=door, nu=nu)
    if not rij.sleutel:
        rij.sleutel, rij.referentienummer = sleutel(nummer), UUID(nummer)
        rij.save(update_fields=["sleutel", "referentienummer"])
    return rij


def _postbus(envelop: Envelop) -> Postbus:
    """Where it belongs: the GGk delivers to a gemeente that works here, from an aanbieder that we know."""
    soort = controle.vergelijk(envelop)
    if soort.verzender == Bericht.Kant.GEMEENTE:
        raise Geweigerd(f"Een {soort.bericht} gaat naar een aanbieder. Hier komen berichten voor gemeenten.", 2)
    van, naar = envelop.stuur.zender.organisatie, envelop.stuur.ontvanger.organisatie
    if not Gemeente.objects.filter(code=naar, heeft_portaal=True).exists():
        raise Geweigerd(f"Gemeente {naar} werkt niet met dit portaal.", 2)
    if not Aanbieder.objects.filter(agb=van).exists():
        raise Geweigerd(f"Aanbieder {van} is bij ons niet bekend.", 2)
    return Postbus(naar, van, "gemeente")


def _een_tegelijk(kenmerk: str) -> None:
    """The same envelope twice at once: the second waits and then finds the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [kenmerk])


# ------------------------------------------------------------------------------- Fo01 from the chain


@actie(Recht.BERICHTEN_VERWERKEN)
def ontvang_fout(*, fout: Fout, door: Aanstelling, nu: datetime) -> Foutmelding:
    """One of our messages did not arrive: it counts as not sent, and somebody must look. Twice is once.

    Raises poort.Geweigerd when it is not for a gemeente of this portal. A number that we do not know is kept too.
    """
    kop = fout.stuur
    gemeente = Gemeente.objects.filter(code=kop.ontvanger.organisatie).first()
    if gemeente is None:
        raise Geweigerd(f"Organisatie {kop.ontvanger.organisatie or '(leeg)'} is bij ons niet bekend.", 2)
    _een_tegelijk(f"fo01:{kop.zender.organisatie}:{kop.nummer}")
    bekend = Foutmelding.objects.filter(
        richting=Richting.IN, tegenpartij=kop.zender.organisatie, referentienummer=kop.nummer
    ).first()
    melding = bekend or _bewaar(fout, gemeente, nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="knooppunt.ontvang_fout",
        over=melding.bericht or melding,
        client=melding.bericht.client if melding.bericht else None,
        gemeente=gemeente,
        tekst=f"Het knooppunt meldt {fout.foutcode} over een bericht dat wij stuurden",
    )
    return melding


def _bewaar(fout: Fout, gemeente: Gemeente, nu: datetime) -> Foutmelding:
    vraag = _verstuurd(fout.stuur.kruis, gemeente)
    melding = Foutmelding.objects.create(
        richting=Richting.IN,
        bericht=vraag,
        gemeente=gemeente,
        tegenpartij=fout.stuur.zender.organisatie,
        referentienummer=fout.stuur.nummer,
        cross_refnummer=fout.stuur.kruis,
        code=fout.foutcode,
        omschrijving=fout.omschrijving,
        details=fout.details,
        ontstaan_op=nu,
    )
    if vraag is None:
        _onbekend_nummer(melding, nu)
    else:
        niet_afgeleverd(vraag, melding, nu)
    return melding


def _verstuurd(nummer: str, gemeente: Gemeente) -> Bericht | None:
    """Locked: the outbox may still be writing down that it was sent."""
    try:
        kenmerk = UUID(nummer)
    except ValueError:
        return None
    verstuurd = Bericht.objects.filter(richting=Richting.UIT, referentienummer=kenmerk, gemeente=gemeente)
    return verstuurd.select_for_update(of=("self",)).first()


def niet_afgeleverd(vraag: Bericht, melding: Foutmelding, nu: datetime) -> None:
    """The message goes to the list "Actie nodig". Whoever sends it again makes a new one of it (actions/herstel.py).

    An answer that came all the same proves delivery: then the state stays, and the Fo01 is only kept.
    """
    if not vraag.kan_naar(Status.MISLUKT):
        return
    vraag.zet_status(
        Status.MISLUKT,
        laatste_fout=f"Niet afgeleverd. {melding.code}: {melding.omschrijving}",
        pogingen=max(vraag.pogingen, 1),  # it did leave, also when the sender died before it could write so down
        volgende_poging_op=None,
        antwoord_uiterlijk=None,
        afgehandeld_op=None,
    )
    opdrachten.meld_niet_gemaakt(vraag, nu)


def _onbekend_nummer(melding: Foutmelding, nu: datetime) -> None:
    taken.zet_klaar(
        sleutel=taaksleutel(melding),
        soort=Taak.Soort.BERICHT_AFGEKEURD,
        titel=f"Het knooppunt meldt {melding.code} over een bericht dat wij niet kennen",
        gemeente=melding.gemeente,
        nu=nu,
        pad=PAGINA,
    )
