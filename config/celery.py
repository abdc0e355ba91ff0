"""The Celery application and, in one table, everything that happens by the clock.

Tasks are named, not imported: an app may be absent from a slimmed installation and the import direction
(`config` starts, apps decide) stays one way. Rows are the queue: each task looks for work in the database, so a
tick that is missed or delivered twice changes nothing.
"""

import gc
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("wmo_portaal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def ruim_zelden_op(**kwargs: Any) -> None:
    """Look for cyclic garbage less often: each search walks all lines of a big declaration, a third of its time."""
    gc.freeze()  # what is imported stays
    gc.set_threshold(100_000, 50, 50)


# Local time, Europe/Amsterdam: 1 January 00:05 is the moment at which the new tariffs hold.
SCHEMA: dict[str, tuple[str, crontab]] = {
    "berichten: inbox verwerken": ("berichten.tasks.verwerk_inbox", crontab()),
    "berichten: outbox verzenden": ("berichten.tasks.verzend_outbox", crontab()),
    "berichten: VECOZO naar de stand vragen": ("berichten.tasks.volg_verzonden", crontab(minute="*/10")),
    "berichten: herinneringen": ("berichten.tasks.stuur_herinneringen", crontab(minute="*/10")),
    "berichten: dagoverzicht": ("berichten.tasks.stuur_dagoverzicht", crontab(hour=7, minute=0)),
    "declaraties: concept per maand": (
        "declaraties.tasks.bouw_maanddeclaraties",
        crontab(day_of_month=1, hour=3, minute=0),
    ),
    "declaraties: indexatie voorbereiden": (
        "declaraties.tasks.bereid_indexatie_voor",
        crontab(month_of_year=12, day_of_month=1, hour=4, minute=0),
    ),
    "declaraties: indexatie publiceren": (
        "declaraties.tasks.publiceer_indexatie",
        crontab(month_of_year=1, day_of_month=1, hour=0, minute=5),
    ),
    "wachtlijst: claims laten vervallen": ("wachtlijst.tasks.laat_claims_vervallen", crontab(hour=2, minute=0)),
    "wachtlijst: spoed mailen": ("wachtlijst.tasks.mail_spoed", crontab()),
    "wachtlijst: spoed na 24 uur": ("wachtlijst.tasks.sluit_spoed", crontab(minute="*/5")),
    "wmo: achtergrondtaken hervatten": ("wmo.tasks.hervat_achtergrondtaken", crontab(minute="*/5")),
    "wmo: taakdatums herstellen": ("wmo.tasks.herstel_taakdatums", crontab(minute="*/10")),
    "wmo: logboek verzegelen": ("wmo.tasks.verzegel_logboek", crontab(minute=17)),
    "wmo: bureaus opruimen": ("wmo.tasks.ruim_bureaus_op", crontab(hour=2, minute=30)),
    "config: hartslag": ("config.health.hartslag", crontab()),
}

app.conf.beat_schedule = {naam: {"task": taak, "schedule": wanneer} for naam, (taak, wanneer) in SCHEMA.items()}
