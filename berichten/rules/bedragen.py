"""Level 2 for declarations: numbers, references and sums within one 323 or 325."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from berichten.codelijsten import GEEN_FOUT
from berichten.rules.binnen import DEBET, jaren_later
from berichten.rules.kern import Beoordeling, Fout, regel


@regel("TR315", "Deze regel wordt in dit bericht twee keer gecrediteerd.", berichten="323", op="Prestatie")
def een_keer_crediteren(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    gezien: set[str] = b.doorlopend("TR315", set)
    for prestatie in prestaties:
        vorig = prestatie.product_referentie.vorig_referentie_nummer
        if vorig is not None:
            if vorig in gezien:
                yield Fout(prestatie, "ProductReferentie/VorigReferentieNummer")
            gezien.add(vorig)


@regel("TR316", "De gecrediteerde regel staat in hetzelfde bericht.", berichten="323", op="Prestatie")
def debet_staat_elders(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    """In portions the credit may come before its debet: then the debet is what is reported."""
    nummers, gecrediteerd = b.doorlopend("TR316", lambda: (set[str](), set[str]()))
    hier = {p.product_referentie.referentie_nummer: p for p in prestaties}
    for nummer in gecrediteerd & hier.keys():
        yield Fout(hier[nummer], "ProductReferentie/ReferentieNummer")
    nummers.update(hier)
    for prestatie in prestaties:
        vorig = prestatie.product_referentie.vorig_referentie_nummer
        if vorig is not None:
            gecrediteerd.add(vorig)
            if vorig in nummers:
                yield Fout(prestatie, "ProductReferentie/VorigReferentieNummer")


@regel("TR335", "De productperiode ligt meer dan vijf jaar voor de declaratie.", berichten="323", op="Prestatie")
def niet_te_oud(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    dag = b.bericht.declaratie.declaratie_dagtekening
    grens = (dag.year, dag.month, dag.day)
    for prestatie in prestaties:
        if jaren_later(prestatie.product_periode.einddatum, 5) < grens:
            yield Fout(prestatie, "ProductPeriode/Einddatum")


@regel(
    "TR342",
    "De afgewezen regels verklaren het verschil met het toegekende bedrag niet.",
    berichten="325",
    op="DeclaratieAntwoord",
)
def verschil_is_verklaard(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    """With a fault on the declaration itself there are no lines and nothing is granted."""
    for antwoord in antwoorden:
        afgewezen = sum(p.ingediend_bedrag.saldo for client in antwoord.clienten for p in client.prestaties)
        toegekend = antwoord.totaal_toegekend_bedrag
        if set(antwoord.retour_codes) <= GEEN_FOUT:
            klopt = afgewezen == antwoord.totaal_ingediend_bedrag.saldo - toegekend.saldo
        else:
            klopt = not antwoord.clienten and toegekend.totaal_bedrag == 0 and toegekend.debet_credit == DEBET
        if not klopt:
            yield Fout(antwoord, "TotaalToegekendBedrag")


@regel("TR358", "Het totaal is niet de som van de regels.", berichten="323", op="Declaratie")
def totaal_is_de_som(declaraties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    geteld: Counter[str] = b.doorlopend("TR358", Counter)
    geteld["cent"] += sum(prestatie.ingediend_bedrag.saldo for prestatie in b.knopen("Prestatie"))
    for declaratie in declaraties if b.is_einde else ():
        if geteld["cent"] != declaratie.totaal_ingediend_bedrag.saldo:
            yield Fout(declaratie, "TotaalIngediendBedrag", f"De som is {geteld['cent']} cent.")


@regel(
    "TR416",
    "Deze maand staat twee keer in de declaratie.",
    berichten="323",
    op="Prestatie",
    keuze="De bron noemt het BSN niet: een toewijzingnummer is van één cliënt.",
)
def een_debet_per_maand(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    gezien: defaultdict[Any, set[int]] = b.doorlopend("TR416", lambda: defaultdict(set))
    for p in prestaties:
        if p.ingediend_bedrag.debet_credit != DEBET:
            continue
        periode = p.product_periode
        nummers = gezien[p.product_categorie, p.product_code, periode.begindatum, periode.einddatum]
        if p.toewijzing_nummer in nummers:
            yield Fout(p)
        nummers.add(p.toewijzing_nummer)
