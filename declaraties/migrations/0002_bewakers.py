from django.db import migrations

BEWAKERS = """
CREATE FUNCTION declaraties_nooit_wijzigen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een tarief wordt nooit gewijzigd of verwijderd: maak een nieuwe periode'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER tarief_nooit_verwijderen BEFORE DELETE ON declaraties_tarief
    FOR EACH ROW EXECUTE FUNCTION declaraties_nooit_wijzigen();

-- closing a period is the only change a tariff can undergo
CREATE TRIGGER tarief_alleen_afsluiten BEFORE UPDATE ON declaraties_tarief FOR EACH ROW
    WHEN (to_jsonb(NEW) - 'einddatum' IS DISTINCT FROM to_jsonb(OLD) - 'einddatum')
    EXECUTE FUNCTION declaraties_nooit_wijzigen();

CREATE FUNCTION declaraties_bevroren_regel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM declaraties_declaratie WHERE id = OLD.declaratie_id AND status <> 'opgesteld') THEN
        RAISE EXCEPTION 'Een ingediende declaratieregel staat vast: prijs, volume en bedrag veranderen niet meer'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER declaratieregel_niet_weg BEFORE DELETE ON declaraties_declaratieregel
    FOR EACH ROW EXECUTE FUNCTION declaraties_bevroren_regel();

-- outcome and credit mark may change after submission; what was claimed may not. The WHEN keeps it free of cost
CREATE TRIGGER declaratieregel_bevroren BEFORE UPDATE ON declaraties_declaratieregel FOR EACH ROW
    WHEN ((NEW.declaratie_id, NEW.toewijzing_id, NEW.toewijzingnummer, NEW.productcode, NEW.ingangsdatum, NEW.einddatum,
           NEW.eenheid, NEW.volume, NEW.tarief, NEW.bedrag, NEW.is_credit, NEW.referentienummer)
          IS DISTINCT FROM
          (OLD.declaratie_id, OLD.toewijzing_id, OLD.toewijzingnummer, OLD.productcode, OLD.ingangsdatum, OLD.einddatum,
           OLD.eenheid, OLD.volume, OLD.tarief, OLD.bedrag, OLD.is_credit, OLD.referentienummer))
    EXECUTE FUNCTION declaraties_bevroren_regel();
"""

TERUG = """
DROP TRIGGER declaratieregel_bevroren ON declaraties_declaratieregel;
DROP TRIGGER declaratieregel_niet_weg ON declaraties_declaratieregel;
DROP TRIGGER tarief_alleen_afsluiten ON declaraties_tarief;
DROP TRIGGER tarief_nooit_verwijderen ON declaraties_tarief;
DROP FUNCTION declaraties_bevroren_regel();
DROP FUNCTION declaraties_nooit_wijzigen();
"""


class Migration(migrations.Migration):
    """A price that was published and a line that was submitted are history: the database holds that, not good manners."""

    dependencies = [("declaraties", "0001_initial")]
    operations = [migrations.RunSQL(BEWAKERS, TERUG)]
