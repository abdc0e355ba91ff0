from django.db import migrations

ALLEEN_TOEVOEGEN = """
CREATE FUNCTION wmo_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Regels in % worden nooit gewijzigd of verwijderd', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER toewijzingversie_alleen_toevoegen BEFORE UPDATE OR DELETE ON wmo_toewijzingversie
    FOR EACH ROW EXECUTE FUNCTION wmo_alleen_toevoegen();

CREATE TRIGGER zegel_alleen_toevoegen BEFORE UPDATE OR DELETE ON wmo_zegel
    FOR EACH ROW EXECUTE FUNCTION wmo_alleen_toevoegen();

CREATE TRIGGER logregel_alleen_toevoegen BEFORE DELETE ON wmo_logregel
    FOR EACH ROW EXECUTE FUNCTION wmo_alleen_toevoegen();

-- sealing fills `zegel_id` once; nothing else may ever change
CREATE TRIGGER logregel_alleen_verzegelen BEFORE UPDATE ON wmo_logregel FOR EACH ROW
    WHEN (OLD.zegel_id IS NOT NULL OR to_jsonb(NEW) - 'zegel_id' IS DISTINCT FROM to_jsonb(OLD) - 'zegel_id')
    EXECUTE FUNCTION wmo_alleen_toevoegen();
"""

TERUG = """
DROP TRIGGER logregel_alleen_verzegelen ON wmo_logregel;
DROP TRIGGER logregel_alleen_toevoegen ON wmo_logregel;
DROP TRIGGER zegel_alleen_toevoegen ON wmo_zegel;
DROP TRIGGER toewijzingversie_alleen_toevoegen ON wmo_toewijzingversie;
DROP FUNCTION wmo_alleen_toevoegen();
"""


class Migration(migrations.Migration):
    """Append-only tables are guarded by the database, not by good manners."""

    dependencies = [("wmo", "0001_initial")]
    operations = [migrations.RunSQL(ALLEEN_TOEVOEGEN, TERUG)]
