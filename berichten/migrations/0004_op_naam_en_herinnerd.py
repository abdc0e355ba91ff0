"""Who takes a message up, and who reminded the aanbieder when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("berichten", "0003_foutmelding"), ("wmo", "0011_normenkader_begeleiding")]

    operations = [
        migrations.AddField(
            model_name="bericht",
            name="behandelaar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wmo.aanstelling",
                verbose_name="op naam van",
            ),
        ),
        migrations.AddField(
            model_name="bericht", name="herinnerd_op", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="bericht",
            name="herinnerd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wmo.aanstelling",
            ),
        ),
    ]
