"""Products asked in one 315 hang together; the code of a gemeente has dates (TR374, TR378)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wmo", "0015_werkplek")]

    operations = [
        migrations.AddField(
            model_name="gemeente",
            name="code_vanaf",
            field=models.DateField(blank=True, help_text="Leeg: altijd al.", null=True, verbose_name="code geldt vanaf"),
        ),
        migrations.AddField(
            model_name="gemeente",
            name="code_tot",
            field=models.DateField(
                blank=True,
                help_text="De laatste dag voor een herindeling (TR378).",
                null=True,
                verbose_name="code geldt tot en met",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="samen_met",
            field=models.ForeignKey(
                blank=True,
                help_text="Het eerste verzoek uit hetzelfde bericht; elk krijgt een eigen uitkomst (R-303).",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ook_gevraagd",
                to="wmo.verzoek",
            ),
        ),
        migrations.RemoveConstraint(model_name="verzoek", name="verzoek_een_open_per_client"),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.UniqueConstraint(
                condition=models.Q(("samen_met", None), ("status__in", ["ingediend", "in_onderzoek"])),
                fields=("client", "aanbieder"),
                name="verzoek_een_open_per_client",
            ),
        ),
    ]
