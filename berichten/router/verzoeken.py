"""315 and 317 at the gemeente, 319 at the aanbieder for whom the portal plays."""

from berichten.actions.schrijven import koppel
from berichten.models import Bericht
from berichten.ontvangst import Afgekeurd, Ontvangst, Onverwerkbaar, als_afkeuring
from berichten.poort import Bevinding
from berichten.translate.verzoeken import regels_uit_315, regels_uit_317
from wmo.actions import verzoeken
from wmo.actions.kader import Geweigerd
from wmo.models import Client, Verzoek


def om_toewijzing(o: Ontvangst) -> None:
    """Each product is a request of its own, with its own reference and outcome (R-303)."""
    client = _client(o)
    for nummer, product in enumerate(o.bericht.client.aangevraagde_producten, 1):
        o.rij.verzoek = _dien_in(
            o,
            client,
            f"AangevraagdProduct[{nummer}]",
            soort=Verzoek.Soort.VOT,
            referentie=product.referentie_aanbieder,
            regels=regels_uit_315(product),
            toelichting=product.commentaar or "",
        )


def om_wijziging(o: Ontvangst) -> None:
    client, verzoek = _client(o), o.bericht.client.verzoek
    regels = regels_uit_317(verzoek, lambda nummer: o.toewijzing(nummer, "Verzoek"))
    o.rij.verzoek = _dien_in(
        o,
        client,
        "Verzoek",
        soort=Verzoek.Soort.VOW,
        referentie=verzoek.referentie_aanbieder,
        regels=regels,
        reden=verzoek.reden_verzoek,
        toelichting=_erbij_geschreven(o),
    )
    koppel(o.rij, [regel.toewijzing for regel in regels if regel.toewijzing])


def _erbij_geschreven(o: Ontvangst) -> str:
    """The standard has no place for it; what was made in this portal carries it beside the message."""
    kenmerk = o.bericht.header.bericht_identificatie.identificatie
    eigen = Bericht.objects.filter(
        kant=Bericht.Kant.AANBIEDER, richting=Bericht.Richting.UIT, soort="317", identificatie=kenmerk,
        aanbieder=o.aanbieder,
    )  # fmt: skip
    return eigen.values_list("toelichting", flat=True).first() or ""


def _client(o: Ontvangst) -> Client:
    client = o.client(o.bericht.client.bsn)
    if client is None:
        raise Afgekeurd(Bevinding("TR304", "8187", "Client", "Deze cliënt is hier niet bekend.", "Client"))
    o.rij.client = client
    return client


def _dien_in(o: Ontvangst, client: Client, klasse: str, **gegevens: object) -> Verzoek:
    try:
        return verzoeken.dien_in(
            client=client,
            aanbieder=o.aanbieder,
            dagtekening=o.bericht.header.bericht_identificatie.dagtekening,
            door=o.door,
            nu=o.nu,
            **gegevens,  # type: ignore[arg-type]
        )
    except Geweigerd as fout:
        raise als_afkeuring(fout, klasse) from fout


def antwoord(o: Ontvangst) -> None:
    """The outcome stands on the Verzoek already; the message joins the conversation."""
    referentie = o.bericht.antwoord.referentie_aanbieder
    verzoek = Verzoek.objects.filter(gemeente=o.gemeente, aanbieder=o.aanbieder, referentie=referentie).first()
    if verzoek is None:
        raise Onverwerkbaar("Dit antwoord hoort bij geen enkel verzoek van deze aanbieder.")
    o.rij.verzoek, o.rij.client = verzoek, verzoek.client
    koppel(o.rij, [regel.toewijzing for regel in verzoek.producten.select_related("toewijzing") if regel.toewijzing])
