"""The werkvoorraad also sorts and counts on the first day that an open task of a case is due."""

import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.models import F, Q

VUL = """
UPDATE wmo_zaak z SET taak_uiterlijk = n.eerste
FROM (SELECT zaak_id, min(uiterlijk) AS eerste FROM wmo_taak
      WHERE afgerond_op IS NULL AND aanbieder_id IS NULL AND zaak_id IS NOT NULL GROUP BY zaak_id) n
WHERE z.id = n.zaak_id
"""
SPOED_NU = models.ExpressionWrapper(Q(spoed=True) & Q(bekendgemaakt_op=None), output_field=models.BooleanField())


class Migration(migrations.Migration):
    dependencies = [("wmo", "0018_evaluatie_vervalt")]
    operations = [
        migrations.AddField("zaak", "taak_uiterlijk", models.DateField(blank=True, null=True)),
        migrations.RunSQL(VUL, migrations.RunSQL.noop),
        migrations.RemoveIndex("zaak", "zaak_werkvoorraad"),
        migrations.AddIndex(
            "zaak",
            models.Index(
                F("gemeente"),
                SPOED_NU.desc(),
                django.db.models.functions.comparison.Least(
                    F("uiterste_datum"), F("stilstand_tot"), F("taak_uiterlijk")
                ).asc(),
                F("id"),
                name="zaak_werkvoorraad",
                condition=Q(afgesloten_op=None),
            ),
        ),
        migrations.AddIndex(
            "zaak",
            models.Index(
                fields=["gemeente", "taak_uiterlijk"],
                name="zaak_taak",
                condition=Q(afgesloten_op=None, taak_uiterlijk__isnull=False),
            ),
        ),
    ]
