from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('berichten', '0004_op_naam_en_herinnerd'),
    ]

    operations = [
        migrations.AddField(
            model_name='foutmelding',
            name='afgehandeld_op',
            field=models.DateTimeField(blank=True, null=True, verbose_name='door een mens afgehandeld'),
        ),
    ]
