"""315 and 317 at the gemeente, 319 at the aanbieder for whom the portal plays."""

from django.db.models import QuerySet

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
    client, eerste = _client(o), None
    for nummer, product in enumerate(o.bericht.client.aangevraagde_producten, 1):
        verzoek = _dien_in(
            o,
            client,
            f"AangevraagdProduct[{nummer}]",
            soort=Verzoek.Soort.VOT,
            referentie=product.referentie_aanbieder,
            regels=regels_uit_315(product),
            toelichting=product.commentaar or o.bericht.client.commentaar or "",
            samen_met=eerste,
        )
        eerste = eerste or verzoek
    _hoort_bij(o, eerste)


def om_wijziging(o: Ontvangst) -> None:
    client, verzoek = _client(o), o.bericht.client.verzoek
    regels = regels_uit_317(verzoek, lambda nummer: o.toewijzing(nummer, "Verzoek"))
    ingediend = _dien_in(
        o,
        client,
        "Verzoek",
        soort=Verzoek.Soort.VOW,
        referentie=verzoek.referentie_aanbieder,
        regels=regels,
        reden=verzoek.reden_verzoek,
        toelichting=_erbij_geschreven(o),
    )
    _hoort_bij(o, ingediend)
    koppel(o.rij, [regel.toewijzing for regel in regels if regel.toewijzing])


def _hoort_bij(o: Ontvangst, verzoek: Verzoek | None) -> None:
    """On both sides, where the portal plays the aanbieder: its conversation tells what became of the request."""
    o.rij.verzoek = verzoek
    _van_hier(o).update(verzoek=verzoek)


def _erbij_geschreven(o: Ontvangst) -> str:
    """A 317 has no place for it; what was made in this portal carries it beside the message."""
    return _van_hier(o).values_list("toelichting", flat=True).first() or ""


def _van_hier(o: Ontvangst) -> QuerySet[Bericht]:
    """The same message on the side of the aanbieder; nothing when it came from outside."""
    return Bericht.objects.filter(
        kant=Bericht.Kant.AANBIEDER,
        richting=Bericht.Richting.UIT,
        soort=o.soort.nummer,
        identificatie=o.bericht.header.bericht_identificatie.identificatie,
        aanbieder=o.aanbieder,
    )


def _client(o: Ontvangst) -> Client:
    """A request needs somebody to hang on: who is unknown is refused, also in a 315 (TR304 names the 317 alone)."""
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
