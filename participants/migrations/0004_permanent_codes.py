from django.db import migrations, models

# A code that was ever given out keeps its meaning for ever (features.md J8): the label may change, the code may
# be retired, and neither a script nor a person at the database can delete or recode it.
REFUSE = """
CREATE FUNCTION participants_code_is_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'codes of % are permanent: rename or retire them', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER code_is_kept BEFORE DELETE ON participants_process
    FOR EACH ROW EXECUTE FUNCTION participants_code_is_permanent();
CREATE TRIGGER code_stays_as_it_is AFTER UPDATE ON participants_process
    FOR EACH ROW WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION participants_code_is_permanent();
CREATE TRIGGER code_is_kept BEFORE DELETE ON participants_kbli
    FOR EACH ROW EXECUTE FUNCTION participants_code_is_permanent();
CREATE TRIGGER code_stays_as_it_is AFTER UPDATE ON participants_kbli
    FOR EACH ROW WHEN (OLD.code <> NEW.code OR OLD.version <> NEW.version)
    EXECUTE FUNCTION participants_code_is_permanent();
"""
ALLOW = """
DROP TRIGGER code_is_kept ON participants_process;
DROP TRIGGER code_stays_as_it_is ON participants_process;
DROP TRIGGER code_is_kept ON participants_kbli;
DROP TRIGGER code_stays_as_it_is ON participants_kbli;
DROP FUNCTION participants_code_is_permanent();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0003_capability_and_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="kbli",
            name="is_retired",
            field=models.BooleanField(default=False, verbose_name="tidak dipakai lagi"),
        ),
        migrations.AddField(
            model_name="process",
            name="is_retired",
            field=models.BooleanField(default=False, verbose_name="tidak dipakai lagi"),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
