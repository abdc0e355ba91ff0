"""Django's admin as "Referentiegegevens": for the beheerder, and only for what an app of this project registers."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

EIGEN = {"wmo", "wachtlijst", "berichten", "declaraties"}


class Referentiebeheer(AdminSite):
    """One door (is_staff and the right), whatever page is asked for."""

    site_title = "Wmo-portaal"
    site_header = "Referentiegegevens"
    index_title = "Wat u hier bijhoudt"
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Packages bring admin pages along (groups, e-mail addresses, second steps): those stay out."""
        modellen = model_or_iterable if isinstance(model_or_iterable, list | tuple | set) else [model_or_iterable]
        if eigen := [model for model in modellen if model._meta.app_label in EIGEN]:
            super().register(eigen, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        from wmo.permissions import Recht

        aanstelling = getattr(request, "aanstelling", None)
        mag = aanstelling is not None and aanstelling.mag(Recht.REFERENTIE_BEHEREN)
        return mag and super().has_permission(request)


class ReferentieConfig(AdminConfig):
    default_site = "config.referentie.Referentiebeheer"
