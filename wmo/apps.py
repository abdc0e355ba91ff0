from django.apps import AppConfig


class WmoConfig(AppConfig):
    name = "wmo"
    verbose_name = "Wmo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        self._controlepaneel()
        from wmo import cijfers, demo

        cijfers.registreer_blokken()
        demo.registreer("wmo.demo.zaken.FASE")
        demo.registreer("wmo.demo.levering.FASE")
        demo.registreer("wmo.demo.bureau.FASE")

    @staticmethod
    def _controlepaneel() -> None:
        """The chain control is a block on the dossier like those of other apps."""
        from wmo import panelen
        from wmo.permissions import Recht
        from wmo.views import beschikkingen

        panelen.registreer(
            panelen.Paneel(
                "keten",
                "Klopt alles met elkaar?",
                Recht.DOSSIER_LEZEN,
                "wmo/_paneel_controle.html",
                beschikkingen.paneel,
                plaats=panelen.Plaats.ZIJKANT,
            )
        )
