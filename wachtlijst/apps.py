from django.apps import AppConfig


class WachtlijstConfig(AppConfig):
    name = "wachtlijst"
    verbose_name = "Wachtlijst"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wachtlijst.actions.overlijden import sluit
        from wachtlijst.cijfers import wachtlijst
        from wachtlijst.panelen import PANEEL
        from wmo import demo, panelen, rapportage
        from wmo.actions.overlijden import NA_OVERLIJDEN

        demo.registreer("wachtlijst.demo.FASE")
        panelen.registreer(PANEEL)
        rapportage.registreer(rapportage.Blok("wachtlijst", "Wachtlijst", wachtlijst))
        NA_OVERLIJDEN.append(sluit)
