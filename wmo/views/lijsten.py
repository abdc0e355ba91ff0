"""Reading the werkvoorraad: which list, which numbers, which rows. View, download and bulk page share it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from wmo.forms.werkvoorraad import SORTEREN, STAPPEN, WerkvoorraadFilter, bewaarbaar, termijnfilter
from wmo.models import Aanstelling, Beschikking, Onderzoek, PlanOndersteuning, Taak, Voorziening, Weergave, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, Rol
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok, lijstklok, resttijd
from wmo.rules.werkvoorraad import Rijfeiten, wat_nu
from wmo.views.dossier import STATUSTOON, Tab

GRENS = 1000
# a badge has two words at most: the step, not the state
STAPLABEL = {status: label for label, statussen in STAPPEN.values() for status in statussen}
PER_PAGINA = 25
LIJSTEN = {
    "mijn": "Mijn werk",
    "team": "Mijn team",
    "alle": "Hele gemeente",
    "niet-toegewezen": "Niet toegewezen",
}


def begrensd(rijen: QuerySet) -> int:
    """How many, but never counting further than one past the bound; what a row shows is left out."""
    return rijen.order_by().values("pk")[: GRENS + 1].count()


def in_woorden(aantal: int) -> int | str:
    return "meer dan 1.000" if aantal > GRENS else aantal


class BegrensdePaginator(Paginator):
    """The first thousand rows in pages: whoever needs more, filters."""

    @cached_property
    def count(self) -> int:
        return min(begrensd(self.object_list), GRENS)  # type: ignore[arg-type]


def zaken(aanstelling: Aanstelling, lijst: str) -> QuerySet[Zaak]:
    """The cases of one list, before filters, in scope."""
    open_ = Zaak.objects.voor(aanstelling).open()
    match lijst:
        case "mijn":
            return open_.filter(behandelaar=aanstelling)
        case "team":
            return open_.filter(Q(behandelaar__rol=aanstelling.rol) | Q(behandelaar=None))
        case "niet-toegewezen":
            return open_.niet_toegewezen()
        case _:
            return open_


def met_rijgegevens(rijen: QuerySet[Zaak]) -> QuerySet[Zaak]:
    """What a row shows, in the same query."""
    besloten = Voorziening.objects.filter(beschikking__zaak=OuterRef("pk")).order_by("-id").values("product__naam")
    gevraagd = PlanOndersteuning.objects.filter(plan__zaak=OuterRef("pk")).order_by("-id").values("product__naam")
    gesprek = Onderzoek.objects.filter(zaak=OuterRef("pk")).values("gespreksdatum")
    return rijen.select_related("client", "behandelaar__gebruiker").annotate(
        product_=Coalesce(Subquery(besloten[:1]), Subquery(gevraagd[:1])), gesprek_=Subquery(gesprek[:1])
    )


def gesorteerd(rijen: QuerySet[Zaak], sorteer: str) -> QuerySet[Zaak]:
    """Spoed and last day first, unless the person asks for another column; a leading - turns it around."""
    velden = SORTEREN.get(sorteer.lstrip("-"), ())
    if not velden:
        return rijen.op_termijn() if not sorteer.startswith("-") else rijen.op_termijn().reverse()  # type: ignore[attr-defined]
    return rijen.order_by(*(f"-{veld}" if sorteer.startswith("-") else veld for veld in velden))


@dataclass(frozen=True)
class Rij:
    """One case in the list."""

    zaak: Zaak
    klok: Klok | None
    ondersteuning: str
    stap: str
    toon: str
    wat_nu: str


def rijen(pagina: Any, kalender: Kalender, op: date) -> list[Rij]:
    """Rows of a page; one query for the open tasks of all of them."""
    lijst = list(pagina)
    taken: dict[int, Taak] = {}
    van_deze = Taak.objects.open().filter(zaak__in=[z.pk for z in lijst], aanbieder=None)
    for taak in van_deze.order_by("-uiterlijk", "-id"):
        taken[taak.zaak_id] = taak  # type: ignore[index]  # the earliest comes last and stays
    return [_rij(zaak, taken.get(zaak.pk), kalender, op) for zaak in lijst]


def _rij(zaak: Zaak, taak: Taak | None, kalender: Kalender, op: date) -> Rij:
    spoed = zaak.spoed and zaak.bekendgemaakt_op is None
    klok = lijstklok(
        status=zaak.status,
        spoed=spoed,
        uiterste_datum=zaak.uiterste_datum,
        stilstand_tot=zaak.stilstand_tot,
        kalender=kalender,
        op=op,
    )
    stil = klok is not None and klok.toon == "stil"
    label, toon = ("Opgeschort", "grijs") if stil else (STAPLABEL[zaak.status], STATUSTOON.get(zaak.status, "grijs"))
    if spoed:
        label, toon = "Spoed", "rood"
    eigen = None if klok is None else klok.uiterlijk or zaak.stilstand_tot
    if taak is not None and not spoed and _gaat_voor(taak, eigen):
        klok = taakklok(taak, kalender, op)
    nu = taak.titel if taak is not None else wat_nu(_feiten(zaak), kalender, op)
    return Rij(zaak, klok, zaak.product_ or "Nog niet bekend", label, toon, nu)  # type: ignore[attr-defined]


def _gaat_voor(taak: Taak, dag: date | None) -> bool:
    """The row shows what comes first, as the list is sorted."""
    return taak.uiterlijk is not None and (dag is None or taak.uiterlijk < dag)


def taakklok(taak: Taak, kalender: Kalender, op: date) -> Klok | None:
    """The clock of a task: contract days, so working days."""
    if taak.uiterlijk is None:
        return None
    tekst, toon, icoon = resttijd(taak.uiterlijk, kalender, op)
    return Klok(taak.get_soort_display(), tekst, toon, icoon, uiterlijk=taak.uiterlijk)


def _feiten(zaak: Zaak) -> Rijfeiten:
    return Rijfeiten(
        status=zaak.status,
        melding=vandaag(zaak.melding_op),
        bevestigd=zaak.bevestigd_op is not None,
        clientondersteuning=zaak.clientondersteuning_op is not None,
        plan_bekend=zaak.persoonlijk_plan_op is not None or zaak.persoonlijk_plan_afgezien_op is not None,
        gespreksdatum=zaak.gesprek_,  # type: ignore[attr-defined]
        stilstand_tot=zaak.stilstand_tot,
        uiterste_datum=zaak.uiterste_datum,
    )


def tabs(aanstelling: Aanstelling, huidig: str, query: str) -> list[Tab]:
    """The lists with their numbers; a mandaathouder signs first. The filter goes along."""
    achter = f"?{query}" if query else ""
    uit = []
    if aanstelling.mag(Recht.BESCHIKKING_VASTSTELLEN):
        tekenen = Beschikking.objects.voor(aanstelling).ter_ondertekening()
        uit.append(_tab("tekenen", "Te tekenen", begrensd(tekenen), huidig))
    for sleutel, label in LIJSTEN.items():
        aantal = begrensd(zaken(aanstelling, sleutel))
        uit.append(_tab(sleutel, label, aantal, huidig, achter))
    return uit


def _tab(sleutel: str, label: str, aantal: int, huidig: str, achter: str = "") -> Tab:
    url = reverse("wmo:werkvoorraad-lijst", args=[sleutel]) + achter
    return Tab(label, url, in_woorden(aantal), sleutel == huidig)


def tegels(aanstelling: Aanstelling, lijst: str, kalender: Kalender, op: date) -> list[dict[str, Any]]:
    """Five numbers that lead to the same list, filtered."""
    basis = zaken(aanstelling, lijst)
    grens = kalender.werkdagen_na(op, 5)
    teksten = {
        "te-laat": ("Te laat", "termijn voorbij", "rood"),
        "5wd": ("Verloopt binnen 5 werkdagen", f"t/m {grens:%d-%m-%Y}", "oranje"),
        "spoed": ("Spoed", "direct besluiten", "merk"),
        "reactie": ("Reactie ontvangen", "van aanbieder", "blauw"),
        "opgeschort": ("Opgeschort", "klok staat stil", ""),
    }
    url = reverse("wmo:werkvoorraad-lijst", args=[lijst])
    return [
        {
            "label": teksten[sleutel][0],
            "sub": teksten[sleutel][1],
            "toon": teksten[sleutel][2],
            "getal": in_woorden(begrensd(basis.filter(conditie))),
            "url": f"{url}?termijn={sleutel}",
        }
        for sleutel, conditie in termijnfilter(op, kalender).items()
    ]


class _Aantal(Subquery):
    """How many rows a subquery has: counted in its index, where a join would read every case."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS geteld)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Eigen:
    """A saved view as a link."""

    naam: str
    url: str
    huidig: bool


def weergaven(aanstelling: Aanstelling, lijst: str, vraag: QueryDict) -> list[Eigen]:
    """The views of this person; the one that shows exactly this list is marked."""
    hier = (lijst, bewaarbaar(vraag))
    return [
        Eigen(
            w.naam,
            reverse("wmo:werkvoorraad-lijst", args=[w.lijst]) + (f"?{w.vraag}" if w.vraag else ""),
            (w.lijst, w.vraag) == hier,
        )
        for w in Weergave.objects.voor(aanstelling)
    ]


def collegas(aanstelling: Aanstelling, op: date) -> list[Aanstelling]:
    """Consulenten of this gemeente with the number of cases they have open; one query."""
    actief = Aanstelling.objects.actief(op=op).filter(gemeente=aanstelling.gemeente, rol=Rol.CONSULENT)
    openstaand = _Aantal(Zaak.objects.open().filter(behandelaar=OuterRef("pk")).order_by().values("behandelaar"))
    return list(actief.select_related("gebruiker").annotate(openstaand=openstaand).order_by("gebruiker__naam", "id"))


def filterform(
    request: HttpRequest, collega_lijst: list[Aanstelling], op: date, kalender: Kalender
) -> WerkvoorraadFilter:
    return WerkvoorraadFilter(request.GET, collegas=collega_lijst, op=op, kalender=kalender)
