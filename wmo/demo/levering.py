"""What happens between start and stop in the exercise region: talks, plans, visits that fail, evaluations, stops."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from wmo.actions import aanbieders, bezoeken, clientenstops, evaluaties, overlijden, uitvoering, zaken
from wmo.actions.kader import Geweigerd
from wmo.demo import teksten
from wmo.demo.wereld import Fase, Kopie, Wereld
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Clientenstop,
    Crisismelding,
    Evaluatie,
    Evaluatiedoel,
    Evaluatieformulier,
    Gemeente,
    GemistBezoek,
    Kennismaking,
    Levering,
    Overlijdensmelding,
    Perceel,
    Taak,
    Toewijzing,
    Uitvoeringsplan,
)
from wmo.permissions import Rol
from wmo.rules.uitvoering import hoort_uitvoeringsplan

ZATERDAG = 5
ZAAD = 41  # dice of its own: the rest of the region stays as it is
# chances per running opdracht and working day
NIET_THUIS, AFZEGGEN, CRISIS, MUTATIE = 0.0012, 0.002, 0.0003, 0.0004
VOORAF = timedelta(days=21)  # so long before an evaluation the aanbieder is asked
LAATST = timedelta(days=3)  # what comes in at the end waits for who looks this morning


def richt_in(wereld: Wereld) -> None:
    wereld.geheugen["levering"] = eigen = replace(wereld, rng=random.Random(ZAAD))
    for aanbieder in Aanbieder.objects.order_by("id"):
        door = eigen.iemand(Rol.ADMINISTRATIE, aanbieder=aanbieder)
        nu = eigen.moment(wereld.eerste_dag, uur=8)
        aanbieders.bewaar_afzegrichtlijn(richtlijn=teksten.AFZEGRICHTLIJN, door=door, nu=nu)


def dag(wereld: Wereld, dag: date) -> None:
    if dag.weekday() >= ZATERDAG:
        return
    eigen: Wereld = wereld.geheugen["levering"]
    _bereid_voor(eigen, dag)
    _lopend(eigen, dag)
    _overlijdens(eigen, dag)
    _toegang(eigen, dag)
    _evalueer(eigen, dag)
    _stops(eigen, dag)
    if dag == _werkdag(eigen.laatste_dag - timedelta(days=2)):
        _laat_iets_liggen(eigen, dag)


def _laat_iets_liggen(eigen: Wereld, dag: date) -> None:
    """For who looks this morning, also in a small region: each kind of report once, and evaluations that wait."""
    lopend = list(_rijen(levering__status=Levering.Status.GESTART, einddatum__gte=dag)[:5])
    for toewijzing in lopend[:1]:
        for dagen in (12, 0):
            bezoeken.meld(
                afspraak_op=eigen.moment(dag - timedelta(days=dagen), uur=9),
                toelichting="Twee keer aangebeld en gebeld. Een briefje in de bus gedaan.",
                **_wie(eigen, toewijzing, dag),
            )
    for toewijzing in lopend[1:2]:
        wat = "Meneer is gevallen en kan tijdelijk niets."
        bezoeken.meld_crisis(datum=dag, wat=wat, extra_hulp="Elke dag langs.", **_wie(eigen, toewijzing, dag))
    for toewijzing in lopend[2:3]:
        _doe(evaluaties.dien_formulier_in, soort="mutatie", resultaten="Het huis is schoon.", advies="meer",
             motivering="De buurvrouw die hielp is weg.", **_wie(eigen, toewijzing, dag))  # fmt: skip
    for toewijzing in lopend[3:]:
        zaak = toewijzing.voorziening.beschikking.zaak
        wie = _consulent(eigen, zaak.gemeente, dag)
        _doe(evaluaties.plan, zaak=zaak, gepland_op=dag + timedelta(days=7), aanleiding="tussentijds", **wie)
        if evaluatie := Evaluatie.objects.filter(zaak=zaak, status=Evaluatie.Status.GEPLAND).first():
            _doe(evaluaties.nodig_uit, evaluatie=evaluatie, **wie)


def _doe(actie: Callable[..., Any], **gegevens: Any) -> None:
    """People try things that cannot be; the portal says no and the day goes on."""
    with suppress(Geweigerd):
        actie(**gegevens)


def _rijen(**filter_: Any) -> Any:
    rijen = Toewijzing.objects.filter(**filter_).exclude(status__in=["concept", "verwijderd", "afgekeurd"])
    return rijen.select_related(
        "client__gemeente", "gemeente", "aanbieder", "product", "levering", "voorziening__beschikking__zaak__gemeente"
    ).order_by("id")


def _wie(eigen: Wereld, toewijzing: Toewijzing, dag: date) -> dict[str, Any]:
    planner = eigen.iemand(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    return {"toewijzing": toewijzing, "door": planner, "nu": eigen.moment(dag, uur=15)}


def _bereid_voor(eigen: Wereld, dag: date) -> None:
    """A talk first, the plan a few days later; some are late with it."""
    for toewijzing in _rijen(kennismaking=None, ingangsdatum__lte=dag, einddatum__gte=dag):
        if eigen.rng.random() < 0.4:
            _doe(
                uitvoering.leg_kennismaking_vast,
                gesprek_op=dag,
                verwachtingen="Een schoon huis, en iemand die even tijd heeft.",
                afspraken=eigen.rng.choice(["Op dinsdagochtend.", "Om de week op vrijdag, met een vaste medewerker."]),
                **_wie(eigen, toewijzing, dag),
            )
    wachtend = _rijen(kennismaking__isnull=False, uitvoeringsplannen=None, einddatum__gte=dag)
    for toewijzing in wachtend:
        if hoort_uitvoeringsplan(toewijzing.product.categorie) and eigen.rng.random() < 0.12:
            _doe(uitvoering.stuur_plan, inhoud=_plan(eigen, dag), **_wie(eigen, toewijzing, dag))


def _plan(eigen: Wereld, dag: date) -> dict[str, Any]:
    wekelijks = eigen.rng.random() < 0.3
    return {
        "resultaten": "Wij doen het zware werk: dweilen, stofzuigen, ramen en het sanitair.",
        "werkafspraken": "Vaste medewerker, vaste ochtend. Afzeggen kan tot een dag van tevoren.",
        "zelf_doen": "Licht werk lukt zelf, zoals afstoffen en de was opvouwen. De dochter doet boodschappen.",
        "ritme": "week" if wekelijks else "twee_weken",
        "ritme_reden": "Door een longziekte moet het stof elke week weg." if wekelijks else "",
        "besproken_op": dag,
    }


def _lopend(eigen: Wereld, dag: date) -> None:
    lopend = _rijen(levering__status=Levering.Status.GESTART, einddatum__gte=dag)
    for toewijzing in lopend:
        dobbel = eigen.rng.random()
        if dobbel > NIET_THUIS + AFZEGGEN + CRISIS + MUTATIE:
            continue
        wie = _wie(eigen, toewijzing, dag)
        if dobbel < NIET_THUIS:
            _doe(
                bezoeken.meld,
                afspraak_op=eigen.moment(dag, uur=9),
                kwetsbaar=eigen.rng.random() < 0.3,
                toelichting="Twee keer aangebeld en gebeld. Een briefje in de bus gedaan.",
                **wie,
            )
        elif dobbel < NIET_THUIS + AFZEGGEN:
            afspraak = eigen.moment(dag, uur=14)
            _doe(bezoeken.meld, afspraak_op=afspraak, afgezegd_op=afspraak - timedelta(hours=eigen.rng.choice([4, 30])),
                 toelichting="Heeft een afspraak bij de dokter.", **wie)  # fmt: skip
        elif dobbel < NIET_THUIS + AFZEGGEN + CRISIS:
            _doe(bezoeken.meld_crisis, datum=dag, wat="Mevrouw is gevallen en kan tijdelijk niets.",
                 extra_hulp="Wij komen deze week elke dag.", **wie)  # fmt: skip
        else:
            _doe(evaluaties.dien_formulier_in, soort="mutatie", resultaten="Het huis is schoon.", advies="meer",
                 verandering="De buurvrouw die hielp is weg.", motivering="Er blijft werk liggen.", **wie)  # fmt: skip


def _overlijdens(eigen: Wereld, dag: date) -> None:
    """Who stopped for that reason reports it too (R-150)."""
    for toewijzing in _rijen(levering__reden_beeindiging="02", overlijdensmeldingen=None, client__overleden_op=None):
        huisgenoot = eigen.rng.choice(["nee", "nee", "ja", "onbekend"])
        overleden_op = toewijzing.levering.einddatum or dag
        wie = _wie(eigen, toewijzing, dag)
        _doe(overlijden.meld, overleden_op=min(overleden_op, dag), huisgenoot=huisgenoot, **wie)


def _toegang(eigen: Wereld, dag: date) -> None:
    """Within some days, except at the very end."""
    if dag >= eigen.laatste_dag - LAATST:
        return
    niet_thuis = GemistBezoek.objects.filter(soort=GemistBezoek.Soort.NIET_THUIS, beoordeeld_op=None)
    for bezoek in niet_thuis.select_related("toewijzing__voorziening__beschikking__zaak__gemeente").order_by("id"):
        if eigen.rng.random() < 0.4:
            wie = _consulent(eigen, bezoek.toewijzing.gemeente, dag)
            _doe(bezoeken.beoordeel, bezoek=bezoek, rekening="niet", overleg="Zij lag in het ziekenhuis.", **wie)
    open_ = set(Taak.objects.open().filter(soort=Taak.Soort.CRISIS).values_list("sleutel", flat=True))
    crises = Crisismelding.objects.select_related("toewijzing__voorziening__beschikking__zaak__gemeente")
    for melding in crises.filter(pk__in=[int(sleutel.split(":")[1]) for sleutel in open_]).order_by("id"):
        _doe(bezoeken.zie_crisis, melding=melding, **_consulent(eigen, melding.toewijzing.gemeente, dag))
    gemeld = Overlijdensmelding.objects.filter(status=Overlijdensmelding.Status.GEMELD)
    for overleden in gemeld.select_related("client__gemeente").order_by("id"):
        if eigen.rng.random() < 0.5:
            blijft = overleden.huisgenoot == Overlijdensmelding.Huisgenoot.JA
            wie = _consulent(eigen, overleden.client.gemeente, dag)
            _doe(zaken.meld_overlijden, client=overleden.client, overleden_op=overleden.overleden_op,
                 huisgenoot=blijft, **wie)  # fmt: skip


def _consulent(eigen: Wereld, gemeente: Gemeente, dag: date) -> dict[str, Any]:
    return {"door": eigen.iemand(Rol.CONSULENT, gemeente=gemeente), "nu": eigen.moment(dag, uur=16)}


def _evalueer(eigen: Wereld, dag: date) -> None:
    rijen = Evaluatie.objects.open().filter(gepland_op__lte=dag + VOORAF)
    for evaluatie in rijen.select_related("zaak__gemeente", "plan").order_by("id"):
        wie = _consulent(eigen, evaluatie.zaak.gemeente, dag)
        if evaluatie.status == Evaluatie.Status.GEPLAND:
            _doe(evaluaties.nodig_uit, evaluatie=evaluatie, **wie)
        elif evaluatie.status == Evaluatie.Status.UITGENODIGD:
            _antwoord(eigen, evaluatie, dag)
        elif evaluatie.gepland_op <= dag and eigen.rng.random() < 0.3:
            _doe(evaluaties.rond_af, evaluatie=evaluatie, inhoud=_verslag(eigen, evaluatie, dag), **wie)


def _antwoord(eigen: Wereld, evaluatie: Evaluatie, dag: date) -> None:
    for toewijzing in _rijen(pk__in=evaluaties.lopende_opdrachten(evaluatie.zaak, op=dag).values("pk")):
        if eigen.rng.random() < 0.3:
            _doe(evaluaties.dien_formulier_in, soort="evaluatie", resultaten=teksten.RESULTAAT, advies="ongewijzigd",
                 motivering="De cliënt is tevreden.", **_wie(eigen, toewijzing, dag))  # fmt: skip


def _verslag(eigen: Wereld, evaluatie: Evaluatie, dag: date) -> evaluaties.Inhoud:
    doelen = evaluatie.plan.doelen.values_list("pk", flat=True) if evaluatie.plan else ()
    return evaluaties.Inhoud(
        gesprek_op=dag,
        verslag="De hulp loopt goed. De cliënt doet het lichte werk zelf en is tevreden.",
        crisis="Besproken: het is nu rustig." if evaluaties.crises(evaluatie).exists() else "",
        uitkomst=eigen.rng.choice(["ongewijzigd", "ongewijzigd", "aangepast"]),
        doelen={doel: (eigen.rng.choice(["vooruit", "gelijk", "gehaald"]), "") for doel in doelen},
    )


def _stops(eigen: Wereld, dag: date) -> None:
    """One aanbieder asked in time and got its answer; another asks this week."""
    for dagen, toestaan in ((70, True), (4, None)):
        if dag != _werkdag(eigen.laatste_dag - timedelta(days=dagen)):
            continue
        aanbieder = eigen.rng.choice(list(Aanbieder.objects.filter(clientenstops=None).order_by("id")))
        perceel = Perceel.objects.filter(aanbieder=aanbieder).select_related("gemeente").order_by("id").first()
        assert perceel is not None
        stops = clientenstops.vraag_aan(
            gemeenten=[perceel.gemeente],
            ingangsdatum=dag + timedelta(days=20),
            einddatum=dag + timedelta(days=110),
            reden="Twee medewerkers zijn langdurig ziek.",
            overleg_op=dag - timedelta(days=2),
            overleg_met="Team contracten",
            door=eigen.iemand(Rol.PLANNING, aanbieder=aanbieder),
            nu=eigen.moment(dag, uur=10),
        )
        if toestaan:
            _beslis(eigen, stops[0], dag)


def _beslis(eigen: Wereld, stop: Clientenstop, dag: date) -> None:
    door: Aanstelling = eigen.iemand(Rol.BELEIDSMEDEWERKER, gemeente=stop.gemeente)
    besluit = "Akkoord. Bestaande cliënten houden hun hulp."
    clientenstops.beslis(stop=stop, toestaan=True, besluit=besluit, door=door, nu=eigen.moment(dag, uur=16))


def _werkdag(dag: date) -> date:
    return dag - timedelta(days=max(0, dag.weekday() - ZATERDAG + 1))


FASE = Fase(
    naam="levering",
    volgorde=40,
    richt_in=richt_in,
    dag=dag,
    kopieen=tuple(
        Kopie(model)
        for model in (
            Kennismaking,
            Uitvoeringsplan,
            GemistBezoek,
            Crisismelding,
            Overlijdensmelding,
            Evaluatie,
            Evaluatiedoel,
            Evaluatieformulier,
        )
    ),
)
