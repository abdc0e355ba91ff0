from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "berichten"
    verbose_name = "Berichten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from berichten import panelen
        from wmo import demo

        panelen.registreer()
        demo.registreer("berichten.demo.FASE")
