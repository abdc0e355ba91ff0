from django.db import migrations

ALLEEN_TOEVOEGEN = """
CREATE TRIGGER plekgebeurtenis_alleen_toevoegen BEFORE UPDATE OR DELETE ON wachtlijst_plekgebeurtenis
    FOR EACH ROW EXECUTE FUNCTION wmo_alleen_toevoegen();
"""

TERUG = "DROP TRIGGER plekgebeurtenis_alleen_toevoegen ON wachtlijst_plekgebeurtenis;"


class Migration(migrations.Migration):
    """The history of the list is guarded by the database: the function comes from wmo 0002."""

    dependencies = [("wachtlijst", "0001_initial"), ("wmo", "0002_bewakers")]
    operations = [migrations.RunSQL(ALLEEN_TOEVOEGEN, TERUG)]
