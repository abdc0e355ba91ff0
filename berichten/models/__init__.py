"""Messages as rows: what may not be lost is a row first; Celery only wakes the worker."""

from berichten.models.berichten import Bericht, Berichtdeel, Berichtkoppeling, Berichtversie
from berichten.models.knooppunt import Foutmelding
from berichten.models.uitleg import Retourcodeuitleg

__all__ = ["Bericht", "Berichtdeel", "Berichtkoppeling", "Berichtversie", "Foutmelding", "Retourcodeuitleg"]
