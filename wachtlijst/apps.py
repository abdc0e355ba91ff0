from django.apps import AppConfig


class WachtlijstConfig(AppConfig):
    name = "wachtlijst"
    verbose_name = "Wachtlijst"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wachtlijst.demo import FASE
        from wmo import demo

        demo.registreer(FASE)
