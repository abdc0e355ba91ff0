"""A reminder is a row first: asked for, then sent by the worker."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("berichten", "0005_foutmelding_afgehandeld")]

    operations = [
        migrations.AddField(
            model_name="bericht",
            name="herinnering_weg_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="mail met de herinnering verstuurd"),
        ),
        migrations.AddIndex(
            model_name="bericht",
            index=models.Index(
                F("id"),
                condition=Q(("herinnerd_op__isnull", False), ("herinnering_weg_op", None)),
                name="bericht_herinner",
            ),
        ),
    ]
