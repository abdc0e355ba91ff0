"""The investigation of art. 2.3.2: start, topics, conversation, tests, verslag (R-011 to R-016, R-019, R-024)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from wmo.actions import documenten, klokken
from wmo.actions.bewerken import houd_vast
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.actions.logboek import noteer
from wmo.actions.versies import afdruk, wijzig
from wmo.brieven import Briefsoort, OnvolledigeBrief, maak_brief
from wmo.brieven import onderzoek as brieven
from wmo.models import Aanstelling, Document, GelijkgesteldeDag, Onderwerp, Onderzoek, Onderzoeksonderwerp, Toets, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import termijnen


@actie(Recht.ONDERZOEKEN)
def start(*, zaak: Zaak, door: Aanstelling, nu: datetime) -> Onderzoek:
    """Begin: after the pointer to support (R-013) and after the seven days for a plan, or the waiver of it (R-012)."""
    if zaak.status != Zaak.Status.MELDING:
        raise Geweigerd("Het onderzoek is al gestart, of de zaak is gesloten.", reden="AL_GESTART")
    if zaak.clientondersteuning_op is None:
        raise Geweigerd(
            "Wijs de cliënt eerst op gratis cliëntondersteuning. Leg de datum vast bij de melding.",
            reden="CLIENTONDERSTEUNING",
        )
    _let_op_persoonlijk_plan(zaak, nu)
    zaak.zet_status(Zaak.Status.ONDERZOEK)
    onderzoek = Onderzoek.objects.create(zaak=zaak)
    klokken.werk_bij(zaak=zaak, nu=nu)
    _log(zaak, door, nu, "start", "Onderzoek gestart", onderzoek)
    return onderzoek


def _let_op_persoonlijk_plan(zaak: Zaak, nu: datetime) -> None:
    if zaak.persoonlijk_plan_op is not None or zaak.persoonlijk_plan_afgezien_op is not None:
        return
    termijn = termijnen.persoonlijk_plan(vandaag(zaak.melding_op), GelijkgesteldeDag.objects.kalender())
    if not termijn.is_verstreken(vandaag(nu)):
        raise Geweigerd(
            f"De cliënt kan nog tot en met {termijn.laatste_dag:%d-%m-%Y} een persoonlijk plan inleveren. "
            "Wilt u wachten, of ziet de cliënt ervan af?",
            reden="PERSOONLIJK_PLAN",
        )


@actie(Recht.ONDERZOEKEN)
def bewaar_onderwerp(
    *, onderzoek: Onderzoek, onderwerp: str, tekst: str, oordeel: str, door: Aanstelling, nu: datetime, versie: int = 0
) -> Onderzoeksonderwerp:
    """Write one of the seven topics. `versie` is what the form was made from; 0 means that there was nothing yet."""
    _nog_niet_verstrekt(onderzoek.zaak)
    velden = {"tekst": tekst, "oordeel": oordeel, "gewijzigd_op": nu, "gewijzigd_door": door}
    rij = Onderzoeksonderwerp.objects.select_for_update().filter(onderzoek=onderzoek, onderwerp=onderwerp).first()
    if rij is None:
        rij = Onderzoeksonderwerp.objects.create(onderzoek=onderzoek, onderwerp=onderwerp, **velden)
    elif versie == 0:
        raise IntussenGewijzigd
    else:
        wijzig(rij, versie=versie, **velden)
    _log(onderzoek.zaak, door, nu, "bewaar_onderwerp", f"Onderwerp bijgewerkt: {Onderwerp(onderwerp).label}", rij)
    return rij


@actie(Recht.ONDERZOEKEN)
def bewaar_gesprek(
    *,
    onderzoek: Onderzoek,
    door: Aanstelling,
    nu: datetime,
    versie: int | None = None,
    gespreksdatum: date | None = None,
    aanwezigen: str = "",
    id_soort: str = "",
    id_laatste_vier: str = "",
    id_geldig_tot: date | None = None,
    id_gecontroleerd_op: date | None = None,
    pgb_uitleg_op: date | None = None,
    reden_overschrijding: str = "",
) -> None:
    """When, with whom, and who somebody is: kind and last four signs of the document, never a copy (R-016)."""
    _nog_niet_verstrekt(onderzoek.zaak)
    if id_gecontroleerd_op and id_geldig_tot and id_geldig_tot < id_gecontroleerd_op:
        raise Geweigerd("Dit identiteitsbewijs was verlopen. Vraag om een geldig document.", reden="ID_VERLOPEN")
    wijzig(
        onderzoek,
        versie=versie,
        gespreksdatum=gespreksdatum,
        aanwezigen=aanwezigen,
        id_soort=id_soort,
        id_laatste_vier=id_laatste_vier,
        id_geldig_tot=id_geldig_tot,
        id_gecontroleerd_op=id_gecontroleerd_op,
        pgb_uitleg_op=pgb_uitleg_op,
        reden_overschrijding=reden_overschrijding,
    )
    _log(onderzoek.zaak, door, nu, "bewaar_gesprek", _gesprekzin(onderzoek), onderzoek)


def _gesprekzin(onderzoek: Onderzoek) -> str:
    delen = [f"Gesprek op {onderzoek.gespreksdatum:%d-%m-%Y}" if onderzoek.gespreksdatum else "Gesprek bijgewerkt"]
    if onderzoek.id_gecontroleerd_op:
        soort = onderzoek.get_id_soort_display().lower()
        delen.append(f"Identiteit gecontroleerd ({soort}, eindigt op {onderzoek.id_laatste_vier})")
    return ". ".join(delen)


@actie(Recht.ONDERZOEKEN)
def bewaar_toetsen(
    *,
    zaak: Zaak,
    toetsen: Iterable[tuple[str, str, str]],
    door: Aanstelling,
    nu: datetime,
    gezien: Mapping[str, str] | None = None,
) -> list[Toets]:
    """(stap, uitkomst, reden) for each test that was done, in the order of the law (R-024).

    `gezien` gives per stap the fingerprint of what the form was made from; IntussenGewijzigd when it changed since.
    """
    _nog_niet_besloten(zaak)
    rijen = [_bewaar_toets(zaak, *toets, gezien=(gezien or {}).get(toets[0])) for toets in toetsen]
    stappen = ", ".join(rij.get_stap_display().lower() for rij in rijen)
    _log(zaak, door, nu, "bewaar_toetsen", f"Toetsen vastgelegd: {stappen or 'geen'}")
    return rijen


def _bewaar_toets(zaak: Zaak, stap: str, uitkomst: str, reden: str, gezien: str | None) -> Toets:
    if not reden.strip():
        raise Geweigerd(f"Leg uit wat de uitkomst is bij: {Toets.Stap(stap).label}.", reden="TOETS_REDEN")
    if gezien and gezien != _afdruk_nu(zaak, stap):
        raise IntussenGewijzigd
    rij, _ = Toets.objects.update_or_create(zaak=zaak, stap=stap, defaults={"uitkomst": uitkomst, "reden": reden})
    return rij


def _afdruk_nu(zaak: Zaak, stap: str) -> str:
    rij = Toets.objects.select_for_update().filter(zaak=zaak, stap=stap).first()
    return afdruk(rij.uitkomst, rij.reden) if rij else afdruk("", "")


@actie(Recht.ONDERZOEKEN)
def verstrek_verslag(*, zaak: Zaak, door: Aanstelling, nu: datetime) -> Document:
    """Give the result in writing (R-019): seven of seven topics (R-014), identity known (R-016).

    After the six weeks it needs a reason (R-048). From this day on an aanvraag is possible (R-020).
    """
    houd_vast(zaak, "status", "verslag_verstrekt_op")
    _nog_niet_verstrekt(zaak)
    onderzoek = Onderzoek.objects.filter(zaak=zaak).first()
    if onderzoek is None:
        raise Geweigerd("Het onderzoek is nog niet gestart.", reden="NIET_GESTART")
    _let_op_persoonlijk_plan(zaak, nu)
    if zin := wat_ontbreekt(onderzoek):
        raise Geweigerd(zin, reden="ONVOLLEDIG")
    _let_op_zes_weken(onderzoek, nu)
    op = vandaag(nu)
    _rond_af(zaak, op)
    klokken.werk_bij(zaak=zaak, nu=nu)
    document = documenten.maak(
        zaak=zaak,
        soort=Document.Soort.VERSLAG,
        titel="Verslag van het onderzoek",
        inhoud=_brief(zaak, op),
        gemaakt_door=door,
        nu=nu,
    )
    _log(zaak, door, nu, "verstrek_verslag", "Verslag verstuurd aan de cliënt", document)
    return document


def _rond_af(zaak: Zaak, op: date) -> None:
    """An aanvraag that came first, after six weeks, keeps its state: the verslag follows (R-020)."""
    if zaak.status != Zaak.Status.AANVRAAG:
        zaak.zet_status(Zaak.Status.ONDERZOEK_AFGEROND, verslag_verstrekt_op=op)
    else:
        zaak.verslag_verstrekt_op = op
        zaak.save(update_fields=["verslag_verstrekt_op"])


def wat_ontbreekt(onderzoek: Onderzoek) -> str:
    """The first thing that stands between this onderzoek and its verslag, as a sentence; empty when it is complete."""
    besproken = set(onderzoek.onderwerpen.exclude(tekst="").values_list("onderwerp", flat=True))
    for nummer, (letter, vraag) in enumerate(Onderwerp.choices, 1):
        if letter not in besproken:
            return f"Onderwerp {nummer} is nog leeg: {vraag} Vul het in, of kies Niet van toepassing en leg uit waarom."
    if onderzoek.gespreksdatum is None:
        return "Vul in wanneer het gesprek was."
    if onderzoek.id_gecontroleerd_op is None:
        return "Leg eerst vast met welk document u de identiteit hebt gecontroleerd."
    return ""


def _let_op_zes_weken(onderzoek: Onderzoek, nu: datetime) -> None:
    """The term cannot be extended; the reason of an overrun is kept (R-048)."""
    termijn = termijnen.onderzoek(vandaag(onderzoek.zaak.melding_op), GelijkgesteldeDag.objects.kalender())
    if termijn.is_verstreken(vandaag(nu)) and not onderzoek.reden_overschrijding:
        raise Geweigerd(
            f"Het onderzoek moest klaar zijn op {termijn.laatste_dag:%d-%m-%Y}. Leg uit waarom het langer duurde.",
            reden="OVERSCHRIJDING",
        )


def _brief(zaak: Zaak, op: date) -> bytes:
    try:
        return maak_brief(Briefsoort.VERSLAG, brieven.verslag(zaak, op=op))
    except OnvolledigeBrief as fout:
        raise Geweigerd(f"Het verslag is nog niet compleet. {fout}", reden="BRIEF") from fout


def _nog_niet_verstrekt(zaak: Zaak) -> None:
    """After the verslag the topics stand as they were given to the client."""
    if zaak.status == Zaak.Status.MELDING:
        raise Geweigerd("Het onderzoek is nog niet gestart.", reden="NIET_GESTART")
    if zaak.verslag_verstrekt_op is not None or zaak.status not in (Zaak.Status.ONDERZOEK, Zaak.Status.AANVRAAG):
        raise Geweigerd("Het verslag is al verstuurd. U kunt het onderzoek niet meer wijzigen.", reden="AFGEROND")


def _nog_niet_besloten(zaak: Zaak) -> None:
    if zaak.status in (Zaak.Status.MELDING, Zaak.Status.BESLUIT_CONCEPT) or zaak.bekendgemaakt_op or not zaak.is_lopend:
        raise Geweigerd("De toetsen horen bij het onderzoek. U kunt ze nu niet wijzigen.", reden="AFGEROND")


def _log(zaak: Zaak, door: Aanstelling, nu: datetime, wat: str, tekst: str, over: object | None = None) -> None:
    noteer(door=door, nu=nu, handeling=f"onderzoeken.{wat}", over=over or zaak, zaak=zaak, tekst=tekst)  # type: ignore[arg-type]
