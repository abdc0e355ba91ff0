"""Write docs/berichten from the declarations and the rules."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from berichten.documentatie import paginas


class Command(BaseCommand):
    help = "Schrijft de pagina's in docs/berichten opnieuw."
    requires_system_checks = ()

    def handle(self, *args: Any, **opties: Any) -> None:
        map_ = Path(settings.BASE_DIR) / "docs" / "berichten"
        map_.mkdir(parents=True, exist_ok=True)
        for naam, tekst in paginas().items():
            (map_ / naam).write_text(tekst, encoding="utf-8")
        self.stdout.write(f"{len(paginas())} pagina's geschreven in docs/berichten.")
