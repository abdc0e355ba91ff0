"""Messages are packed before they are encrypted; those that are there already as well."""

import zlib

from django.db import migrations

import wmo.fields


def pak_in(apps, schema_editor):
    deel_model = apps.get_model("berichten", "Berichtdeel")
    for deel in deel_model.objects.order_by("id").iterator(chunk_size=1):
        deel.inhoud = zlib.compress(bytes(deel.inhoud), wmo.fields.SNELST)
        deel.save(update_fields=["inhoud"])


def pak_uit(apps, schema_editor):
    deel_model = apps.get_model("berichten", "Berichtdeel")
    for deel in deel_model.objects.order_by("id").iterator(chunk_size=1):
        deel.inhoud = zlib.decompress(bytes(deel.inhoud))
        deel.save(update_fields=["inhoud"])


class Migration(migrations.Migration):
    dependencies = [("berichten", "0006_herinnering")]

    operations = [
        # while the state still knows the old field: it encrypts and packs nothing
        migrations.RunPython(pak_in, pak_uit),
        migrations.AlterField("berichtdeel", "inhoud", wmo.fields.IngepakteBytes()),
    ]
