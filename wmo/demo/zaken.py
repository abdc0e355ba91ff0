"""How cases come in and go on: from melding to a signed decision, at the pace of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wmo import data
from wmo.actions import (
    beschikkingen,
    meldingen,
    normenkaders,
    normtabellen,
    onderzoeken,
    opschortingen,
    plannen,
    zaken,
)
from wmo.demo import mensen, referentie, schaal, teksten
from wmo.demo.agenda import Agenda, Verloop
from wmo.demo.wereld import Fase, Wereld
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Beschikking,
    Client,
    Eenheid,
    Gemeente,
    Gemeenteregel,
    Leefgebied,
    Normregel,
    Opschorting,
    Perceel,
    Product,
    Regelsleutel,
    Zaak,
)
from wmo.permissions import Rol
from wmo.rules.plannen import Aftrek

NORMTABELLEN = (
    ("huishouden", "Normenkader huishoudelijke ondersteuning (oefenregio)"),
    ("begeleiding", "Normenkader begeleiding (oefenregio)"),
)
JAAR = timedelta(days=364)
# share of the questions, as an upper bound of the dice
VRAGEN = (
    (0.68, "01A03", mensen.HULPVRAGEN),
    (0.86, "02A05", mensen.BEGELEIDINGSVRAGEN),
    (1.0, "07A12", mensen.DAGBESTEDINGSVRAGEN),
)
# what comes out, in hundredths: the rest gets what was asked
AFGEWEZEN, INGETROKKEN, DOORVERWEZEN = 7, 4, 5


@dataclass(frozen=True)
class Vraag:
    """What somebody needs: the product, why, and who leads the case."""

    gemeente: Gemeente
    product: Product
    hulpvraag: str
    consulent: Aanstelling


def richt_in(wereld: Wereld) -> None:
    """The region, its time norms, and who will ask for help when."""
    referentie.richt_in(wereld)
    beheerder = wereld.iemand(Rol.BEHEERDER)
    for soort, naam in NORMTABELLEN:
        normtabellen.laad(
            soort=soort,
            naam=naam,
            ingangsdatum=referentie.CONTRACTSTART,
            bron="Openbare bronnen; de rest is verzonnen",
            rijen=data.rijen(f"normtabel_{soort}"),
            door=beheerder,
            nu=wereld.moment(wereld.eerste_dag, uur=7),
        )
    wereld.geheugen["bsns"] = mensen.testbsns()
    wereld.geheugen["agenda"] = agenda = Agenda()
    dagen = (wereld.laatste_dag - wereld.eerste_dag).days
    gemeenten = list(Gemeente.objects.all())
    for _ in range(wereld.aantal_clienten):
        # a little more at the end, so that every stage of the road is busy this morning
        dag = wereld.eerste_dag + timedelta(days=round(dagen * wereld.rng.random() ** 0.45))
        agenda.begin(verloop(wereld, _vraag(wereld, wereld.rng.choice(gemeenten))), dag)


def dag(wereld: Wereld, dag: date) -> None:
    wereld.geheugen["agenda"].leef(dag)


def _vraag(wereld: Wereld, gemeente: Gemeente) -> Vraag:
    worp = wereld.rng.random()
    code, vragen = next((code, vragen) for grens, code, vragen in VRAGEN if worp <= grens)
    return Vraag(
        gemeente=gemeente,
        product=Product.objects.get(code=code),
        hulpvraag=wereld.rng.choice(vragen),
        consulent=wereld.iemand(Rol.CONSULENT, gemeente=gemeente),
    )


def verloop(wereld: Wereld, vraag: Vraag) -> Verloop:
    """One case, step by step; each yield is a wait in days."""
    rng, consulent = wereld.rng, vraag.consulent
    dag = yield 0
    zaak = _melding(wereld, vraag, dag)
    dag = yield rng.randint(1, 3)
    if rng.random() < 0.8:
        meldingen.zie_af_van_plan(zaak=zaak, op=dag, door=consulent, nu=wereld.moment(dag))
    else:
        dag = yield 9
    if rng.randrange(100) < DOORVERWEZEN:
        reden = "De vraag past bij een algemene voorziening."
        zaken.verwijs_door(zaak=zaak, naar="het wijkteam", reden=reden, door=consulent, nu=wereld.moment(dag))
        return
    dag = yield rng.randint(1, 5)
    onderzoeken.start(zaak=zaak, door=consulent, nu=wereld.moment(dag))
    dag = yield rng.randint(4, 24)
    _onderzoek(wereld, zaak, consulent, dag)
    dag = yield rng.randint(1, 9)
    if rng.randrange(100) < INGETROKKEN:
        zaken.trek_in(zaak=zaak, reden=rng.choice(teksten.REDENEN_INTREKKEN), door=consulent, nu=wereld.moment(dag))
        return
    _verslag(wereld, zaak, consulent, dag)
    dag = yield rng.randint(2, 10)
    afgewezen = rng.randrange(100) < AFGEWEZEN
    netto = 0 if afgewezen else _plan(wereld, zaak, vraag, dag)
    zaken.ontvang_aanvraag(zaak=zaak, ontvangen_op=dag, door=consulent, nu=wereld.moment(dag, uur=17))
    if rng.random() < 0.08:
        dag = yield 2
        _schort_op(wereld, zaak, consulent, dag)
        dag = yield rng.randint(5, 12)
        opschortingen.hervat(zaak=zaak, vanaf=dag, door=consulent, nu=wereld.moment(dag))
    dag = yield rng.randint(1, 8)
    beschikking = _beschikking(wereld, zaak, vraag, dag, netto)
    dag = yield rng.randint(1, 4)
    mandaathouder = wereld.iemand(Rol.MANDAATHOUDER, gemeente=vraag.gemeente)
    beschikkingen.stel_vast(beschikking=beschikking, door=mandaathouder, nu=wereld.moment(dag))


def _melding(wereld: Wereld, vraag: Vraag, dag: date) -> Zaak:
    rng = wereld.rng
    spoed = rng.random() < 0.06
    nu = wereld.moment(dag)
    return meldingen.registreer(
        client=_client(wereld, vraag.gemeente, dag),
        melding_op=nu,
        kanaal=rng.choice(Zaak.Kanaal.values),
        namens=rng.choice(["", "", "dochter", "zoon", "huisarts"]),
        hulpvraag=vraag.hulpvraag,
        spoedgrond=rng.choice(Zaak.Spoedgrond.values) if spoed else "",
        # a few are nobody's yet
        behandelaar=vraag.consulent if rng.random() < 0.93 else None,
        bevestigen=True,
        clientondersteuning_kanaal=Zaak.Kanaal.TELEFOON,
        door=vraag.consulent,
        nu=nu,
    )


def _client(wereld: Wereld, gemeente: Gemeente, dag: date) -> Client:
    rng = wereld.rng
    voorvoegsel, achternaam = mensen.achternaam(rng)
    plaats, postcode = rng.choice(mensen.WIJKEN[gemeente.code])
    return Client(
        gemeente=gemeente,
        # one in forty has no BSN yet: all but the messages works
        bsn=next(wereld.geheugen["bsns"]) if rng.random() > 0.025 else None,
        voorletters=rng.choice(mensen.VOORLETTERS),
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        geboortedatum=mensen.geboortedatum(rng, dag),
        geslacht=rng.choice("1222"),
        straatnaam=rng.choice(mensen.STRATEN),
        huisnummer=rng.randint(1, 240),
        postcode=f"{postcode}ZZ",
        plaatsnaam=plaats,
        telefoon=f"06000000{rng.randint(10, 99)}",
    )


def _onderzoek(wereld: Wereld, zaak: Zaak, consulent: Aanstelling, dag: date) -> None:
    onderzoek = zaak.onderzoek
    onderzoeken.bewaar_gesprek(
        onderzoek=onderzoek,
        gespreksdatum=dag,
        aanwezigen="cliënt en familielid",
        id_soort="paspoort",
        id_laatste_vier=f"{wereld.rng.randint(0, 9999):04d}",
        id_geldig_tot=dag + timedelta(days=900),
        id_gecontroleerd_op=dag,
        pgb_uitleg_op=dag,
        reden_overschrijding=teksten.OVERSCHRIJDING if zaak.uiterste_datum and dag > zaak.uiterste_datum else "",
        door=consulent,
        nu=wereld.moment(dag, uur=11),
    )
    for onderwerp, (tekst, oordeel) in teksten.ONDERWERPEN.items():
        onderzoeken.bewaar_onderwerp(
            onderzoek=onderzoek,
            onderwerp=onderwerp,
            tekst=tekst.format(hulpvraag=zaak.hulpvraag),
            oordeel=oordeel,
            door=consulent,
            nu=wereld.moment(dag, uur=13),
        )
    toetsen = [(stap, uitkomst, reden) for stap, (uitkomst, reden) in teksten.TOETSEN.items()]
    onderzoeken.bewaar_toetsen(zaak=zaak, toetsen=toetsen, door=consulent, nu=wereld.moment(dag, uur=14))


def _verslag(wereld: Wereld, zaak: Zaak, consulent: Aanstelling, dag: date) -> None:
    zaak.refresh_from_db()
    if zaak.uiterste_datum and dag > zaak.uiterste_datum:
        velden = (
            "gespreksdatum",
            "aanwezigen",
            "id_soort",
            "id_laatste_vier",
            "id_geldig_tot",
            "id_gecontroleerd_op",
            "pgb_uitleg_op",
        )
        onderzoeken.bewaar_gesprek(
            onderzoek=zaak.onderzoek,
            **{veld: getattr(zaak.onderzoek, veld) for veld in velden},
            reden_overschrijding=teksten.OVERSCHRIJDING,
            door=consulent,
            nu=wereld.moment(dag, uur=9),
        )
    onderzoeken.verstrek_verslag(zaak=zaak, door=consulent, nu=wereld.moment(dag, uur=15))


def _plan(wereld: Wereld, zaak: Zaak, vraag: Vraag, dag: date) -> int:
    """Normenkader first, then the plan with the same time (R-072). Returns the net volume a week."""
    nu, consulent = wereld.moment(dag, uur=10), vraag.consulent
    bruto = _norm(wereld, zaak, vraag, dag)
    dagdelen = vraag.product.eenheid == Eenheid.DAGDEEL
    aftrek = (Aftrek("mantelzorg", 1, "Een familielid vangt één dagdeel op."),) if dagdelen and bruto > 2 else ()
    plan = plannen.maak_concept(zaak=zaak, door=consulent, nu=nu)
    inhoud = plannen.Planinhoud(
        stem_client=teksten.STEM,
        risico=teksten.RISICO,
        evaluatiedatum=dag + JAAR,
        leefgebieden=[
            plannen.Leefgebieddeel(
                leefgebied, teksten.SITUATIE, eigen_kracht="Licht werk lukt zelf.", nodig=teksten.RESULTAAT
            )
            for leefgebied in Leefgebied.objects.filter(code="huishouden-en-zelf-wonen")
        ],
        doelen=[plannen.Doeldeel(teksten.RESULTAAT, teksten.INDICATOR, dag + JAAR / 2, "cliënt en aanbieder")],
        ondersteuning=[plannen.Ondersteuningdeel(vraag.product, bruto, aftrek)],
    )
    plannen.bewaar(plan=plan, inhoud=inhoud, door=consulent, nu=nu)
    plannen.stel_vast(plan=plan, door=consulent, nu=nu + timedelta(minutes=10))
    return inhoud.ondersteuning[0].als_regel().netto


def _norm(wereld: Wereld, zaak: Zaak, vraag: Vraag, dag: date) -> int:
    """Gross need a week in the unit of the product; dagbesteding goes by dagdelen (R-220)."""
    if vraag.product.eenheid == Eenheid.DAGDEEL:
        return wereld.rng.randint(2, 5)
    soort = "huishouden" if vraag.product.categorie == "01" else "begeleiding"
    nu = wereld.moment(dag, uur=9)
    berekening = normenkaders.maak_concept(zaak=zaak, soort=soort, door=vraag.consulent, nu=nu)
    keuzes = _keuzes(wereld, list(berekening.tabel.regels.all()), soort)
    uitkomst = normenkaders.reken(soort, keuzes)
    afwijkt = wereld.rng.random() < 0.15
    vastgesteld = uitkomst.berekend + (15 if afwijkt else 0)
    normenkaders.stel_vast(
        berekening=berekening,
        invulling=normenkaders.Invulling(
            keuzes,
            vastgesteld=vastgesteld,
            afwijking_reden=teksten.AFWIJKING if afwijkt or soort == "begeleiding" else "",
        ),
        door=vraag.consulent,
        nu=nu + timedelta(minutes=20),
    )
    return vastgesteld


def _keuzes(wereld: Wereld, regels: list[Normregel], soort: str) -> list[normenkaders.Keuze]:
    if soort == "begeleiding":
        gebieden = {regel.resultaatgebied: regel for regel in wereld.rng.sample(regels, len(regels))}
        return [normenkaders.Keuze(regel) for regel in list(gebieden.values())[:2]]
    keuzes = [normenkaders.Keuze(regel) for regel in regels if regel.soort == Normregel.Soort.BASIS]
    groepen: set[str] = set()
    for regel in regels:
        if regel.soort == Normregel.Soort.MEER and wereld.rng.random() < 0.2 and regel.groep not in groepen:
            groepen |= {regel.groep} - {""}
            keuzes.append(normenkaders.Keuze(regel))
        if regel.soort == Normregel.Soort.ACTIVITEIT and wereld.rng.random() < 0.25:
            keuzes.append(normenkaders.Keuze(regel, wie=wereld.rng.choice(["hulp", "netwerk", "client"])))
    return keuzes


def _schort_op(wereld: Wereld, zaak: Zaak, consulent: Aanstelling, dag: date) -> None:
    opschortingen.schort_op(
        zaak=zaak,
        grond=Opschorting.Grond.INSTEMMING,
        eerste_dag=dag,
        tot=dag + timedelta(days=21),
        toelichting="De cliënt wil eerst een second opinion.",
        door=consulent,
        nu=wereld.moment(dag),
    )


def _beschikking(wereld: Wereld, zaak: Zaak, vraag: Vraag, dag: date, netto: int) -> Beschikking:
    """Draw up and send to the mandaathouder; nothing granted is a refusal."""
    nu, door = wereld.moment(dag, uur=10), vraag.consulent
    zaak.refresh_from_db()
    soort = Beschikking.Soort.TOEKENNING if netto else Beschikking.Soort.AFWIJZING
    beschikking = beschikkingen.stel_op(zaak=zaak, soort=soort, door=door, nu=nu)
    if netto:
        beschikkingen.bewaar_voorzieningen(
            beschikking=beschikking,
            toekenningen=[
                beschikkingen.Toekenning(
                    product=vraag.product,
                    volume=netto,
                    eenheid=vraag.product.eenheid,
                    frequentie=vraag.product.frequentie,
                    ingangsdatum=dag,
                    einddatum=dag + 3 * JAAR,
                    resultaat=teksten.RESULTAAT,
                    aanbieder=_aanbieder(wereld, vraag, dag),
                )
            ],
            door=door,
            nu=nu,
        )
    beschikkingen.bewaar_motivering(
        beschikking=beschikking,
        motivering=teksten.MOTIVERING if netto else teksten.MOTIVERING_AFWIJZING,
        eigen_bijdrage=beschikking.eigen_bijdrage,
        door=door,
        nu=nu,
    )
    beschikkingen.bewaar_uitleg(beschikking=beschikking, uitleg_verschillen=teksten.UITLEG, door=door, nu=nu)
    return beschikkingen.vraag_handtekening(beschikking=beschikking, door=door, nu=nu + timedelta(hours=1))


def _aanbieder(wereld: Wereld, vraag: Vraag, dag: date) -> Aanbieder | None:
    """Help in the household goes through the wachtlijst where the gemeente has one; the rest is chosen at once."""
    lijst = Gemeenteregel.objects.waarde(vraag.gemeente, Regelsleutel.WACHTLIJST_ACTIEF, op=dag, standaard=False)
    if lijst and vraag.product.categorie == "01":
        return None
    percelen = Perceel.objects.op(dag).voor_product(vraag.product).filter(gemeente=vraag.gemeente)
    return wereld.rng.choice(list(percelen.select_related("aanbieder"))).aanbieder


FASE = Fase(naam="zaken", volgorde=10, richt_in=richt_in, dag=dag, kopieen=schaal.KOPIEEN)
