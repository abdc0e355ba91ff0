"""323 at the gemeente, 325 at the aanbieder. What a declaration is worth is declared by declaraties."""

from berichten.actions.schrijven import als_json
from berichten.models import Bericht
from berichten.ontvangst import Afgekeurd, Ontvangst, Onverwerkbaar
from berichten.poort import Bevinding
from berichten.router.antwoorden import fouten
from berichten.translate.declareren import ingediend_bedrag, regels_uit_323
from declaraties.actions import ontvangst
from wmo.actions import taken
from wmo.actions.kader import Geweigerd

GEHEEL = frozenset({"9333", "8214"})


def declaratie(o: Ontvangst) -> None:
    """Store and judge the lines. The 325 follows when the backoffice has answered the declaration."""
    kop = o.bericht.declaratie
    try:
        o.rij.declaratie = ontvangst.ontvang(
            aanbieder=o.aanbieder,
            gemeente=o.gemeente,
            declaratienummer=kop.declaratie_nummer,
            maand=kop.declaratie_periode.begindatum,
            ingediend_bedrag=ingediend_bedrag(o.bericht),
            regels=regels_uit_323(o.clienten),
            door=o.door,
            nu=o.nu,
        )
    except Geweigerd as fout:
        if fout.reden in GEHEEL:
            raise Afgekeurd(Bevinding("", fout.reden, "Declaratie", fout.zin, "Declaratie")) from fout
        raise Onverwerkbaar(fout.zin) from fout


def antwoord(o: Ontvangst) -> None:
    """Our 323 is answered. A refusal of some lines is no refusal of the message."""
    kenmerk = o.bericht.header.declaratie_identificatie.identificatie
    vraag = (
        Bericht.objects.select_for_update(of=("self",))
        .filter(
            kant=o.rij.kant, richting=Bericht.Richting.UIT, soort="323", identificatie=kenmerk, aanbieder=o.aanbieder
        )
        .first()
    )
    if vraag is None:
        raise Onverwerkbaar("Dit is een antwoord op een declaratie die wij niet hebben verstuurd.")
    bevindingen = list(fouten(o.bericht))
    o.rij.antwoord_op, o.rij.declaratie = vraag, vraag.declaratie
    o.rij.bevindingen = als_json(bevindingen)
    geheel = any(b.klasse in ("Header", "DeclaratieAntwoord") for b in bevindingen)
    uitkomst = Bericht.Status.AFGEKEURD if geheel else Bericht.Status.GOEDGEKEURD
    if vraag.kan_naar(uitkomst):
        vraag.zet_status(uitkomst, beantwoord_op=o.nu, bevindingen=o.rij.bevindingen)
        taken.rond_af(sleutel=f"retour:{vraag.pk}", nu=o.nu)
