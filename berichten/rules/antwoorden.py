"""Level 3 for the 325, judged by the aanbieder against his own 323. A 325 has no answer: no code goes back."""

from collections.abc import Callable, Iterator
from typing import Any

from berichten.rules.declareren import eerdere_gegevens, gegevens
from berichten.rules.kern import BERICHTOVERSTIJGEND, Beoordeling, Controle, Fout, regel
from berichten.toestand import EerdereDeclaratie


def antwoordregel(id: str, tekst: str, code: str, op: str) -> Callable[[Controle], Controle]:
    return regel(id, tekst, berichten="325", op=op, niveau=BERICHTOVERSTIJGEND, code=code)


@antwoordregel("TR304", "Deze cliënt komt in onze administratie niet voor.", "8187", "Client")
def client_is_bekend(clienten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in clienten:
        if client.bsn not in b.toestand.clienten:
            yield Fout(client, "Bsn")


def beantwoord(b: Beoordeling) -> EerdereDeclaratie | None:
    """Our 323 that this message says it answers."""
    identificatie = b.bericht.header.declaratie_identificatie.identificatie
    return next((d for d in b.toestand.declaraties if d.identificatie == identificatie), None)


@antwoordregel("TR337", "Dit antwoord hoort bij geen enkele declaratie van ons.", "", "Header")
def antwoord_op_declaratie(headers: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for header in headers:
        if beantwoord(b) is None:
            yield Fout(header, "DeclaratieIdentificatie")


@antwoordregel("TR371", "De versie is niet die van onze declaratie.", "", "Header")
def versie_van_declaratie(headers: list[Any], b: Beoordeling) -> Iterator[Fout]:
    eerder = beantwoord(b)
    for header in headers:
        versie = header.xsd_versie_declaratie
        beide = {versie.basisschema_xsd_versie, versie.bericht_xsd_versie}
        if eerder is not None and eerder.xsd_versie is not None and beide != {eerder.xsd_versie}:
            yield Fout(header, "XsdVersieDeclaratie")


@antwoordregel("TR376", "Dit declaratienummer is niet van ons.", "", "DeclaratieAntwoord")
def nummer_van_declaratie(antwoorden: list[Any], b: Beoordeling) -> Iterator[Fout]:
    nummers = {declaratie.declaratienummer for declaratie in b.toestand.declaraties}
    for antwoord in antwoorden:
        if antwoord.declaratie_nummer not in nummers:
            yield Fout(antwoord, "DeclaratieNummer")


@antwoordregel("TR366", "Deze regel staat niet in onze declaratie.", "9366", "Prestatie")
def regel_is_van_ons(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie in prestaties:
        if prestatie.product_referentie.referentie_nummer not in b.toestand.prestatie:
            yield Fout(prestatie, "ProductReferentie")


@antwoordregel("TR367", "Deze regel is anders dan in onze declaratie.", "9367", "Prestatie")
def regel_is_ongewijzigd(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for client in b.knopen("Client"):
        for prestatie in client.prestaties:
            referentie = prestatie.product_referentie
            eerder = b.toestand.prestatie.get(referentie.referentie_nummer)
            if eerder is None:
                continue
            teken = (referentie.vorig_referentie_nummer, prestatie.ingediend_bedrag.debet_credit)
            if gegevens(prestatie, client.bsn) != eerdere_gegevens(eerder) or teken != (eerder.vorig, eerder.dc):
                yield Fout(prestatie)
