from django.apps import AppConfig


class DeclaratiesConfig(AppConfig):
    name = "declaraties"
    verbose_name = "Declaraties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from declaraties.bezwaren import tegen_verwijderen
        from declaraties.cijfers import declaraties
        from declaraties.kosten import kosten
        from wmo import demo, rapportage
        from wmo import kosten as kosten_van_wmo
        from wmo.actions import toewijzingen

        demo.registreer("declaraties.demo.FASE")
        toewijzingen.BEZWAREN.append(tegen_verwijderen)
        kosten_van_wmo.REKENAARS.append(kosten)
        rapportage.registreer(rapportage.Blok("declaraties", "Declaraties", declaraties))
