from django.apps import AppConfig


class WachtlijstConfig(AppConfig):
    name = "wachtlijst"
    verbose_name = "Wachtlijst"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wachtlijst.panelen import PANEEL
        from wmo import demo, panelen

        demo.registreer("wachtlijst.demo.FASE")
        panelen.registreer(PANEEL)
