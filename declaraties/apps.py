from django.apps import AppConfig


class DeclaratiesConfig(AppConfig):
    name = "declaraties"
    verbose_name = "Declaraties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from declaraties.bezwaren import tegen_verwijderen
        from wmo import demo
        from wmo.actions import toewijzingen

        demo.registreer("declaraties.demo.FASE")
        toewijzingen.BEZWAREN.append(tegen_verwijderen)
