"""What the page skeleton needs on every page. Everything is lazy: an error page or a fragment pays for nothing."""

import tomllib
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wmo.menu import menu, vind_url
from wmo.models import Aanstelling, Demo
from wmo.permissions import Recht, Rol

VOETLINKS = (("Toegankelijkheid", "wmo:toegankelijkheid"), ("Privacy", "wmo:privacy"))


# read from the project itself: the portal runs from its checkout and is never installed as a package
VERSIE = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def is_oefenomgeving() -> bool:
    """Only the embedded database can hold a demo (ADR 0005)."""
    return settings.INGEBOUWD and Demo.objects.exists()


def demo_accounts() -> list[Aanstelling]:
    """Who the login page of an exercise region offers, role by role; elsewhere nobody."""
    if not is_oefenomgeving():
        return []
    volgorde = {rol: nummer for nummer, rol in enumerate(Rol.values)}
    rijen = Aanstelling.objects.exclude(rol=Rol.SYSTEEM).filter(einddatum=None, gebruiker__is_active=True)
    return sorted(rijen.filter(gebruiker__is_superuser=False).met_organisatie(), key=lambda a: volgorde[a.rol])


def portaal(request: HttpRequest) -> dict[str, Any]:
    """`aanstelling`, `aanstellingen`, `menu`, `demo`, `demo_accounts`, addresses in header and footer, the session."""
    aanstelling = getattr(request, "aanstelling", None)
    mag_zoeken = aanstelling is not None and aanstelling.mag(Recht.ZOEKEN)
    heeft_werk = aanstelling is not None and aanstelling.mag(Recht.WERKVOORRAAD)
    return {
        "aanstelling": aanstelling,
        "aanstellingen": getattr(request, "aanstellingen", []),
        "menu": SimpleLazyObject(lambda: menu(request)),
        "demo": SimpleLazyObject(is_oefenomgeving),
        "demo_accounts": SimpleLazyObject(demo_accounts),
        "zoek_url": vind_url("wmo:zoeken") if mag_zoeken else "",
        "signalen_url": vind_url("wmo:signalen") if heeft_werk else "",
        "profiel_url": SimpleLazyObject(lambda: vind_url("wmo:profiel")),
        "hulp_url": SimpleLazyObject(lambda: vind_url("wmo:hulp")),
        "voetlinks": [{"label": label, "url": url} for label, naam in VOETLINKS if (url := vind_url(naam))],
        "versie": VERSIE,
        "sessieduur": settings.SESSION_COOKIE_AGE,
        "sessieminuten": settings.SESSION_COOKIE_AGE // 60,
    }
