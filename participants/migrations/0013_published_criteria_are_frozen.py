from django.db import migrations

# Applications are judged by the version that they were sent under: a changed rule is a new version.
FREEZE = """
CREATE FUNCTION participants_criteria_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published selection form does not change: make a new version'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON participants_selectionform
    FOR EACH ROW EXECUTE FUNCTION participants_criteria_are_frozen();
"""
THAW = """
DROP TRIGGER published_is_frozen ON participants_selectionform;
DROP FUNCTION participants_criteria_are_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0012_published_indicators_are_frozen")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
