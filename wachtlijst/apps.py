from django.apps import AppConfig


class WachtlijstConfig(AppConfig):
    name = "wachtlijst"
    verbose_name = "Wachtlijst"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wachtlijst.actions.overlijden import sluit
        from wachtlijst.panelen import PANEEL
        from wmo import demo, panelen
        from wmo.actions.overlijden import NA_OVERLIJDEN

        demo.registreer("wachtlijst.demo.FASE")
        panelen.registreer(PANEEL)
        NA_OVERLIJDEN.append(sluit)
