from django.apps import AppConfig


class DeclaratiesConfig(AppConfig):
    name = "declaraties"
    verbose_name = "Declaraties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wmo import demo

        demo.registreer("declaraties.demo.FASE")
