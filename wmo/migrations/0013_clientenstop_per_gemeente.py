"""A stop that a beheerder had set as a date becomes an allowed request in every gemeente of that aanbieder."""

from django.db import migrations
from django.utils import timezone

OVERGENOMEN = "Overgenomen: deze datum was door een beheerder gezet."


def neem_over(apps, schema_editor):
    Aanbieder, Clientenstop = apps.get_model("wmo", "Aanbieder"), apps.get_model("wmo", "Clientenstop")
    nu = timezone.now()
    op = timezone.localdate(nu)
    for aanbieder in Aanbieder.objects.filter(clientenstop_tot__gte=op):
        gemeenten = aanbieder.percelen.order_by().values_list("gemeente", flat=True).distinct()
        Clientenstop.objects.bulk_create(
            Clientenstop(
                aanbieder=aanbieder,
                gemeente_id=gemeente,
                status="toegestaan",
                ingangsdatum=op,
                einddatum=aanbieder.clientenstop_tot,
                reden=OVERGENOMEN,
                overleg_op=op,
                overleg_met="Onbekend",
                aangevraagd_op=nu,
                besluit=OVERGENOMEN,
                besloten_op=nu,
            )
            for gemeente in gemeenten
        )


class Migration(migrations.Migration):
    dependencies = [("wmo", "0012_levering")]

    operations = [migrations.RunPython(neem_over, migrations.RunPython.noop)]
