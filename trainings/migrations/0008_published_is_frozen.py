from django.db import migrations

# What is published never changes (features.md B1): cohorts are judged by it. An edit is a new version. The checks
# come after the row's own constraints, so that those speak first.
FREEZE = """
CREATE FUNCTION trainings_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_published boolean;
BEGIN
    IF TG_TABLE_NAME = 'trainings_curriculum' THEN
        is_published := OLD.published_at IS NOT NULL;
    ELSIF TG_TABLE_NAME = 'trainings_module' THEN
        SELECT published_at IS NOT NULL INTO is_published
        FROM trainings_curriculum WHERE id = OLD.curriculum_id;
    ELSE
        SELECT published_at IS NOT NULL INTO is_published
        FROM trainings_module AS m JOIN trainings_curriculum AS c ON c.id = m.curriculum_id
        WHERE m.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.module_id ELSE OLD.module_id END;
    END IF;
    IF is_published THEN
        RAISE EXCEPTION 'a published curriculum does not change: make a new version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_frozen AFTER UPDATE ON trainings_curriculum
    FOR EACH ROW EXECUTE FUNCTION trainings_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON trainings_module
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
    dependencies = [("trainings", "0007_questions_and_factory_actions")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
