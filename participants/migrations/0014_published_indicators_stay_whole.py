from django.db import migrations

# A published set was safe from edits and deletions, and a further line could still be put into it. Its lines are
# made before it is published now.
FREEZE = """
DROP TRIGGER published_is_frozen ON participants_indicatorline;
CREATE OR REPLACE FUNCTION participants_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    is_published boolean;
BEGIN
    IF TG_TABLE_NAME = 'participants_indicatorset' THEN
        is_published := old_row->>'published_at' IS NOT NULL;
    ELSE
        SELECT bool_or(published_at IS NOT NULL) INTO is_published FROM participants_indicatorset
        WHERE id IN ((old_row->>'indicator_set_id')::uuid, (new_row->>'indicator_set_id')::uuid);
    END IF;
    IF is_published THEN
        RAISE EXCEPTION 'a published set of indicators does not change: make a new version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON participants_indicatorline
    FOR EACH ROW EXECUTE FUNCTION participants_published_is_frozen();
"""
THAW = """
DROP TRIGGER published_is_frozen ON participants_indicatorline;
CREATE OR REPLACE FUNCTION participants_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := to_jsonb(OLD);
    is_published boolean;
BEGIN
    IF TG_TABLE_NAME = 'participants_indicatorset' THEN
        is_published := old_row->>'published_at' IS NOT NULL;
    ELSE
        SELECT published_at IS NOT NULL INTO is_published FROM participants_indicatorset
        WHERE id = (old_row->>'indicator_set_id')::uuid;
    END IF;
    IF is_published THEN
        RAISE EXCEPTION 'a published set of indicators does not change: make a new version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON participants_indicatorline
    FOR EACH ROW EXECUTE FUNCTION participants_published_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0013_published_criteria_are_frozen")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
