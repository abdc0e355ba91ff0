from django.apps import AppConfig


class WachtlijstConfig(AppConfig):
    name = "wachtlijst"
    verbose_name = "Wachtlijst"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wachtlijst.demo import FASE
        from wachtlijst.panelen import PANEEL
        from wmo import demo, panelen

        demo.registreer(FASE)
        panelen.registreer(PANEEL)
