from django.db import migrations

# A cohort asks by the version it began with, so that what is published is neither edited nor taken away. A set is
# made and published in one transaction; lines are added to it in no other.
FREEZE = """
CREATE FUNCTION participants_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON participants_indicatorset
    FOR EACH ROW EXECUTE FUNCTION participants_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON participants_indicatorline
    FOR EACH ROW EXECUTE FUNCTION participants_published_is_frozen();
"""
THAW = """
DROP TRIGGER published_is_frozen ON participants_indicatorline;
DROP TRIGGER published_is_frozen ON participants_indicatorset;
DROP FUNCTION participants_published_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0011_search_words")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
