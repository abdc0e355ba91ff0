"""The exercise region's money: tariffs that were indexed, months that were delivered, declared, answered and paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from declaraties.actions import declaraties, indexaties, leveringen, tarieven, voorbereiding
from declaraties.models import Declaratie, Declaratieregel, Indexatie, Indexcijfer, Prestatie
from wmo.demo import Fase, Wereld
from wmo.demo.schaal import opgehoogd
from wmo.demo.wereld import Kopie
from wmo.models import Aanbieder, Contract, Gemeente, Levering, Toewijzing
from wmo.periodes import Periode, maanden_later
from wmo.permissions import Rol
from wmo.rules.kalender import Kalender

# invented tariffs of 2025: an hour of help as in the worked example of R-261
TARIEVEN_2025 = {
    "01A03": Decimal("32.85"),
    "02A05": Decimal("62.40"),
    "02A07": Decimal("51.60"),
    "02A09": Decimal("78.90"),
    "07A12": Decimal("46.20"),
    "04A01": Decimal("198.50"),
}
BRON = "Verzonnen voor de oefenregio"
# wages (OVA) and prices (PPC): the published advice of 2025 for 2024 and 2025; 2026 and later are invented
CIJFERS = (
    (2024, "4.94", "6.00", "2.51", "3.10", "Advies indexatie 2025"),
    (2025, "4.18", "4.31", "1.82", "2.05", "Advies indexatie 2025; definitief verzonnen"),
    (2026, "3.62", "3.71", "2.04", "1.98", BRON),
    (2027, "3.35", None, "1.90", None, BRON),
)
INDIENEN, BEANTWOORDEN, BETALEN = 4, 11, 25  # days of the month
# most weeks go as planned: delivered as a share of what was assigned
GELEVERD = (0.7, 0.85, 0.95, 1.0, 1.0, 1.0)


def richt_in(wereld: Wereld) -> None:
    """Tariffs from the start of the contracts, and the published index figures."""
    inkoper = wereld.iemand(Rol.REGIO)
    nu = wereld.moment(wereld.eerste_dag, uur=8)
    for contract in Contract.objects.all():
        for product in contract.producten.all():
            tarieven.leg_vast(
                contract=contract,
                product=product,
                tarief=TARIEVEN_2025[product.code],
                ingangsdatum=date(2025, 1, 1),
                bron=BRON,
                door=inkoper,
                nu=nu,
            )
    Indexcijfer.objects.bulk_create(
        Indexcijfer(
            jaar=jaar, ova_voorlopig=ova, ova_definitief=ova2, ppc_voorlopig=ppc, ppc_definitief=ppc2, bron=bron
        )
        for jaar, ova, ova2, ppc, ppc2, bron in CIJFERS
    )


def dag(wereld: Wereld, dag: date) -> None:
    _indexeer(wereld, dag)
    if dag.day == INDIENEN:
        _dien_maand_in(wereld, maanden_later(dag.replace(day=1), -1))
    elif dag.day == BEANTWOORDEN:
        _beantwoord(wereld, dag)
    elif dag.day == BETALEN:
        _betaal(wereld, dag)


def _indexeer(wereld: Wereld, dag: date) -> None:
    """Proposal in December, approval by a gemeente, new rows on 1 January (R-274); the last days show one waiting."""
    inkoper, nu = wereld.iemand(Rol.REGIO), wereld.moment(dag, uur=9)
    if (dag.month, dag.day) == (12, 1) or dag == wereld.laatste_dag - timedelta(days=4):
        for contract in Contract.objects.all():
            voorbereiding.bereid_voor(contract=contract, jaar=dag.year + 1, door=inkoper, nu=nu)
    if (dag.month, dag.day) == (12, 5) or dag == wereld.laatste_dag - timedelta(days=2):
        for indexatie in Indexatie.objects.filter(status=Indexatie.Status.PROEF, contract__nummer__contains="HH"):
            indexaties.vraag_goedkeuring(indexatie=indexatie, door=inkoper, nu=nu)
    if (dag.month, dag.day) == (12, 12):
        beleid = wereld.iemand(Rol.BELEIDSMEDEWERKER, gemeente=Gemeente.objects.get(code="0632"))
        for indexatie in Indexatie.objects.filter(status=Indexatie.Status.VOORGESTELD):
            indexaties.keur_goed(indexatie=indexatie, door=beleid, nu=nu)
    if (dag.month, dag.day) == (1, 1):
        for indexatie in Indexatie.objects.filter(status=Indexatie.Status.GOEDGEKEURD):
            indexaties.publiceer(indexatie=indexatie, door=inkoper, nu=nu)


def _dien_maand_in(wereld: Wereld, maand: date) -> None:
    """Each aanbieder types what it delivered and submits, gemeente by gemeente (R-253)."""
    periode = Periode.maand_van(maand)
    gestart = Toewijzing.objects.exclude(levering__status=Levering.Status.NIET_GESTART).filter(
        levering__begindatum__lte=periode.laatste_dag
    )
    dag = maanden_later(maand, 1).replace(day=INDIENEN)
    for aanbieder in Aanbieder.objects.filter(toewijzingen__in=gestart).distinct().order_by("id"):
        administratie = wereld.iemand(Rol.ADMINISTRATIE, aanbieder=aanbieder)
        eigen = gestart.filter(aanbieder=aanbieder).select_related("levering", "product", "gemeente")
        aantallen = {t: aantal for t in eigen.order_by("id") if (aantal := _geleverd(wereld, t, periode))}
        leveringen.registreer_maand(maand=maand, aantallen=aantallen, door=administratie, nu=wereld.moment(dag, uur=9))
        for gemeente in sorted({t.gemeente for t in aantallen}, key=lambda gemeente: gemeente.pk):
            declaratie = declaraties.bouw_maand(
                aanbieder=aanbieder, gemeente=gemeente, maand=maand, door=administratie, nu=wereld.moment(dag, uur=10)
            )
            if declaratie.aantal_regels:
                declaraties.dien_in(declaratie=declaratie, door=administratie, nu=wereld.moment(dag, uur=11))


def _geleverd(wereld: Wereld, toewijzing: Toewijzing, periode: Periode) -> int:
    """What was delivered that month, in the unit of the product: full weeks from the start, not always all of it."""
    begin = max(periode.ingangsdatum, toewijzing.levering.begindatum or periode.ingangsdatum, toewijzing.ingangsdatum)
    eind = min(periode.laatste_dag, toewijzing.levering.einddatum or date.max, toewijzing.einddatum or date.max)
    weken = max(0, (eind - begin).days + 1) // 7
    return round(weken * (toewijzing.volume or 0) * wereld.rng.choice(GELEVERD))


def _beantwoord(wereld: Wereld, dag: date) -> None:
    for declaratie in Declaratie.objects.te_beantwoorden().select_related("gemeente").order_by("id"):
        backoffice = wereld.iemand(Rol.BACKOFFICE, gemeente=declaratie.gemeente)
        # somebody is always late: those wait in the werkvoorraad
        if wereld.rng.random() < 0.9 and not declaratie.regels.filter(status="open").exists():
            declaraties.beantwoord(declaratie=declaratie, door=backoffice, nu=wereld.moment(dag, uur=10))
            if declaratie.toegekend_bedrag:
                declaraties.stel_betaalbaar(declaratie=declaratie, door=backoffice, nu=wereld.moment(dag, uur=17))


def _betaal(wereld: Wereld, dag: date) -> None:
    for declaratie in Declaratie.objects.filter(status=Declaratie.Status.BETAALBAAR).select_related("gemeente"):
        backoffice = wereld.iemand(Rol.BACKOFFICE, gemeente=declaratie.gemeente)
        betaald_op = Kalender().werkdagen_na(dag - timedelta(days=1), 1)
        declaraties.meld_betaald(
            declaratie=declaratie, betaald_op=min(betaald_op, dag), door=backoffice, nu=wereld.moment(dag, uur=15)
        )


FASE = Fase(
    naam="declaraties",
    volgorde=40,
    richt_in=richt_in,
    dag=dag,
    kopieen=(
        Kopie(Prestatie),
        Kopie(Declaratie, {"declaratienummer": opgehoogd("declaratienummer", 7)}),
        Kopie(Declaratieregel, {"referentienummer": "'K' || k || 'N' || id"}),
    ),
)
