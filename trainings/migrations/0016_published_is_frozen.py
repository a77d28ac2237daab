from django.db import migrations

# What is published never changes: cohorts are judged by it, and an edit is a new version. The checks come after
# the row's own constraints, so that those speak first.
FREEZE = """
CREATE FUNCTION trainings_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    is_published boolean;
BEGIN
    IF TG_TABLE_NAME = 'trainings_curriculum' THEN
        is_published := old_row->>'published_at' IS NOT NULL;
    ELSIF TG_TABLE_NAME = 'trainings_module' THEN
        SELECT bool_or(published_at IS NOT NULL) INTO is_published FROM trainings_curriculum
        WHERE id IN ((old_row->>'curriculum_id')::uuid, (new_row->>'curriculum_id')::uuid);
    ELSE
        SELECT bool_or(c.published_at IS NOT NULL) INTO is_published
        FROM trainings_module m JOIN trainings_curriculum c ON c.id = m.curriculum_id
        WHERE m.id IN ((old_row->>'module_id')::uuid, (new_row->>'module_id')::uuid);
    END IF;
    IF is_published THEN
        RAISE EXCEPTION 'a published curriculum does not change: make a new version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON trainings_curriculum
    FOR EACH ROW EXECUTE FUNCTION trainings_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON trainings_module
    FOR EACH ROW EXECUTE FUNCTION trainings_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON trainings_question
    FOR EACH ROW EXECUTE FUNCTION trainings_published_is_frozen();
"""
THAW = """
DROP TRIGGER published_is_frozen ON trainings_question;
DROP TRIGGER published_is_frozen ON trainings_module;
DROP TRIGGER published_is_frozen ON trainings_curriculum;
DROP FUNCTION trainings_published_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0015_versions_outcomes_and_questions")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
