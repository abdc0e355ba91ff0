"""The numbers above the werkvoorraad, each from an index of its own."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("wmo", "0016_verzoek_samen_en_gemeentecode")]

    operations = [
        migrations.AddIndex(
            "taak", models.Index(fields=["soort", "zaak"], condition=Q(afgerond_op=None), name="taak_soort")
        ),
        migrations.AddIndex(
            "taak",
            models.Index(
                fields=["gemeente", "uiterlijk", "id"], condition=Q(afgerond_op=None, zaak=None), name="taak_los"
            ),
        ),
        migrations.AddIndex(
            "zaak",
            models.Index(
                fields=["gemeente"],
                condition=Q(afgesloten_op=None, bekendgemaakt_op=None, spoed=True),
                name="zaak_spoed",
            ),
        ),
    ]
