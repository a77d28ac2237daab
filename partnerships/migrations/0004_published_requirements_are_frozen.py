from django.db import migrations

# What a buyer published is what IKM were matched with: only what became of it may still be written, and a new
# version says what is asked instead.
FREEZE = """
CREATE FUNCTION partnerships_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    is_published boolean;
BEGIN
    IF TG_TABLE_NAME = 'partnerships_requirement' THEN
        is_published := old_row->>'published_at' IS NOT NULL
            AND old_row - 'status' - 'status_reason' IS DISTINCT FROM new_row - 'status' - 'status_reason';
    ELSE
        SELECT bool_or(published_at IS NOT NULL) INTO is_published FROM partnerships_requirement
        WHERE id IN ((old_row->>'requirement_id')::uuid, (new_row->>'requirement_id')::uuid);
    END IF;
    IF is_published THEN
        RAISE EXCEPTION 'a published version does not change: make a new one'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON partnerships_requirement
    FOR EACH ROW EXECUTE FUNCTION partnerships_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON partnerships_requirementline
    FOR EACH ROW EXECUTE FUNCTION partnerships_published_is_frozen();
"""
THAW = """
DROP TRIGGER published_is_frozen ON partnerships_requirementline;
DROP TRIGGER published_is_frozen ON partnerships_requirement;
DROP FUNCTION partnerships_published_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_requirements_have_lines_and_versions")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
