from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "berichten"
    verbose_name = "Berichten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from berichten import panelen
        from berichten.cijfers import berichten
        from wmo import demo, rapportage

        panelen.registreer()
        rapportage.registreer(rapportage.Blok("berichten", "Berichten", berichten))
        demo.registreer("berichten.demo.FASE")
