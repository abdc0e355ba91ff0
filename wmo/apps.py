from django.apps import AppConfig


class WmoConfig(AppConfig):
    name = "wmo"
    verbose_name = "Wmo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wmo import demo
        from wmo.demo import zaken

        demo.registreer(zaken.FASE)
