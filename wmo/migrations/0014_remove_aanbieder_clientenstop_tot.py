from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wmo", "0013_clientenstop_per_gemeente")]

    operations = [migrations.RemoveField(model_name="aanbieder", name="clientenstop_tot")]
