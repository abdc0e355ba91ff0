"""Rights: one enum, one table. Everything a person may do follows from the active Aanstelling.

Out of scope (another gemeente, another aanbieder) is decided by `.voor(aanstelling)` on a queryset and answers 404;
a right that this role lacks on something it can see answers 403 (ADR 0001).
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpResponseBase

from wmo.http import PortaalRequest

View = Callable[..., HttpResponseBase]


class Rol(TextChoices):
    """A person can hold several, one Aanstelling each."""

    CONSULENT = "consulent", "Consulent"
    MANDAATHOUDER = "mandaathouder", "Mandaathouder"
    BACKOFFICE = "backoffice", "Backoffice"
    BELEIDSMEDEWERKER = "beleidsmedewerker", "Beleidsmedewerker"
    PLANNING = "aanbieder-planning", "Aanbieder: planning"
    ADMINISTRATIE = "aanbieder-administratie", "Aanbieder: administratie"
    REGIO = "regio", "Regionale inkoop"
    BEHEERDER = "beheerder", "Functioneel beheer"
    TOEZICHTHOUDER = "toezichthouder", "Toezichthouder"
    SYSTEEM = "systeem", "Systeem"


GEMEENTEROLLEN = frozenset(
    {Rol.CONSULENT, Rol.MANDAATHOUDER, Rol.BACKOFFICE, Rol.BELEIDSMEDEWERKER, Rol.TOEZICHTHOUDER}
)
AANBIEDERROLLEN = frozenset({Rol.PLANNING, Rol.ADMINISTRATIE})
LANDELIJK = frozenset({Rol.REGIO, Rol.BEHEERDER, Rol.SYSTEEM})
PERSOONSROLLEN = GEMEENTEROLLEN | AANBIEDERROLLEN  # never together with Rol.REGIO


class Recht(StrEnum):
    """What one can do, named after the act. Rights on persons never reach Rol.REGIO (R-002)."""

    # the case
    WERKVOORRAAD = "werkvoorraad"
    ZOEKEN = "zoeken"
    DOSSIER_LEZEN = "dossier lezen"
    MELDING_OPNEMEN = "melding opnemen"
    ONDERZOEKEN = "onderzoeken"
    BESCHIKKING_OPSTELLEN = "beschikking opstellen"
    BESCHIKKING_VASTSTELLEN = "beschikking vaststellen"
    ZAAK_VERDELEN = "zaak verdelen"
    TOEWIJZEN = "toewijzen"
    VERZOEK_BEOORDELEN = "verzoek beoordelen"
    INZAGE_LEZEN = "inzage lezen"
    # the list
    WACHTLIJST_LEZEN = "wachtlijst lezen"
    PLEK_PLAATSEN = "plek plaatsen"
    PLEK_INGRIJPEN = "plek ingrijpen"
    PLEK_CLAIMEN = "plek claimen"
    SPOED_UITVRAGEN = "spoed uitvragen"
    # the provider
    EIGEN_CLIENTEN = "eigen cliënten"
    LEVERING_MELDEN = "levering melden"
    CLIENTENSTOP_AANVRAGEN = "cliëntenstop aanvragen"
    EIGEN_DECLARATIES = "eigen declaraties"
    DECLAREREN = "declareren"
    # messages and money
    BERICHTEN_LEZEN = "berichten lezen"
    EIGEN_BERICHTEN = "eigen berichten"
    BERICHTEN_VERWERKEN = "berichten verwerken"
    DECLARATIES_LEZEN = "declaraties lezen"
    DECLARATIES_BEOORDELEN = "declaraties beoordelen"
    TARIEVEN_LEZEN = "tarieven lezen"
    INDEXATIE_VOORSTELLEN = "indexatie voorstellen"
    INDEXATIE_GOEDKEUREN = "indexatie goedkeuren"
    # numbers, rules and audit
    CONTRACTEN_LEZEN = "contracten lezen"
    CLIENTENSTOP_BESLISSEN = "cliëntenstop beslissen"
    RAPPORTAGE = "rapportage"
    REGIOCIJFERS = "regiocijfers"
    GEMEENTEREGELS_LEZEN = "gemeenteregels lezen"
    GEMEENTEREGELS_WIJZIGEN = "gemeenteregels wijzigen"
    GEMEENTEREGELS_VASTSTELLEN = "gemeenteregels vaststellen"
    GEBRUIKERS_BEHEREN = "gebruikers beheren"
    LOGBOEK_LEZEN = "logboek lezen"
    REFERENTIE_BEHEREN = "referentiegegevens beheren"


_R = Recht
ROLRECHTEN: dict[Rol, frozenset[Recht]] = {
    Rol.CONSULENT: frozenset({
        _R.WERKVOORRAAD, _R.ZOEKEN, _R.DOSSIER_LEZEN, _R.MELDING_OPNEMEN, _R.ONDERZOEKEN, _R.BESCHIKKING_OPSTELLEN,
        _R.ZAAK_VERDELEN, _R.INZAGE_LEZEN, _R.WACHTLIJST_LEZEN, _R.PLEK_PLAATSEN, _R.BERICHTEN_LEZEN,
        _R.VERZOEK_BEOORDELEN, _R.SPOED_UITVRAGEN,
    }),
    Rol.MANDAATHOUDER: frozenset({
        _R.WERKVOORRAAD, _R.DOSSIER_LEZEN, _R.BESCHIKKING_VASTSTELLEN, _R.RAPPORTAGE, _R.WACHTLIJST_LEZEN,
    }),
    Rol.BACKOFFICE: frozenset({
        _R.WERKVOORRAAD, _R.ZOEKEN, _R.DOSSIER_LEZEN, _R.BESCHIKKING_OPSTELLEN, _R.TOEWIJZEN, _R.VERZOEK_BEOORDELEN,
        _R.WACHTLIJST_LEZEN, _R.PLEK_PLAATSEN, _R.BERICHTEN_LEZEN, _R.BERICHTEN_VERWERKEN, _R.DECLARATIES_LEZEN,
        _R.DECLARATIES_BEOORDELEN, _R.TARIEVEN_LEZEN, _R.CONTRACTEN_LEZEN,
    }),
    Rol.BELEIDSMEDEWERKER: frozenset({
        _R.WACHTLIJST_LEZEN, _R.PLEK_INGRIJPEN, _R.TARIEVEN_LEZEN, _R.INDEXATIE_GOEDKEUREN, _R.CONTRACTEN_LEZEN,
        _R.RAPPORTAGE, _R.GEMEENTEREGELS_LEZEN, _R.GEMEENTEREGELS_WIJZIGEN, _R.GEMEENTEREGELS_VASTSTELLEN,
        _R.DECLARATIES_LEZEN, _R.SPOED_UITVRAGEN, _R.CLIENTENSTOP_BESLISSEN,
    }),
    Rol.PLANNING: frozenset({
        _R.PLEK_CLAIMEN, _R.EIGEN_CLIENTEN, _R.LEVERING_MELDEN, _R.EIGEN_BERICHTEN, _R.CLIENTENSTOP_AANVRAGEN,
    }),
    Rol.ADMINISTRATIE: frozenset({
        _R.EIGEN_CLIENTEN, _R.LEVERING_MELDEN, _R.EIGEN_BERICHTEN, _R.EIGEN_DECLARATIES, _R.DECLAREREN,
        _R.CLIENTENSTOP_AANVRAGEN,
    }),
    Rol.REGIO: frozenset({
        _R.REGIOCIJFERS, _R.TARIEVEN_LEZEN, _R.INDEXATIE_VOORSTELLEN, _R.CONTRACTEN_LEZEN, _R.GEMEENTEREGELS_LEZEN,
    }),
    Rol.BEHEERDER: frozenset({
        _R.GEBRUIKERS_BEHEREN, _R.LOGBOEK_LEZEN, _R.REFERENTIE_BEHEREN, _R.CONTRACTEN_LEZEN, _R.GEMEENTEREGELS_LEZEN,
        _R.GEMEENTEREGELS_VASTSTELLEN,
    }),
    Rol.TOEZICHTHOUDER: frozenset({_R.LOGBOEK_LEZEN, _R.RAPPORTAGE}),
    Rol.SYSTEEM: frozenset(Recht),
}  # fmt: skip


def vereist(recht: Recht) -> Callable[[View], View]:
    """Guard a view with one right; the walk over the URL tree in tests reads `view.recht`."""

    def versier(view: View) -> View:
        @wraps(view)
        def bewaakt(request: PortaalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            aanstelling = request.aanstelling
            if aanstelling is None or not aanstelling.mag(recht):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        bewaakt.recht = recht  # type: ignore[attr-defined]
        return bewaakt

    return versier


def iedereen(view: View) -> View:
    """Mark a view as open to every signed-in person (profile, help): deliberate, so that the URL walk accepts it."""
    view.recht = None  # type: ignore[attr-defined]
    return view
