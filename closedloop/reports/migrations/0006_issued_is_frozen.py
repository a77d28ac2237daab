from django.db import migrations

# An issued report never changes: neither what it says, nor the hash of its bytes, nor who asked for it. What became
# of it stands in rows of its own, which are written once. The checks come after the rows' own constraints.
FREEZE = """
CREATE FUNCTION reports_issued_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    is_frozen boolean;
BEGIN
    IF TG_TABLE_NAME = 'reports_reportjob' THEN
        is_frozen := OLD.status = 'done' AND to_jsonb(OLD) IS DISTINCT FROM new_row;
    ELSIF TG_TABLE_NAME = 'reports_reportbatch' THEN
        is_frozen := (to_jsonb(OLD) - 'completed_at') IS DISTINCT FROM (new_row - 'completed_at')
            AND EXISTS (SELECT FROM reports_reportjob WHERE batch_id = OLD.id AND status = 'done');
    ELSE
        is_frozen := true;
    END IF;
    IF is_frozen THEN
        RAISE EXCEPTION 'an issued report does not change: issue a new one or revoke it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER issued_is_frozen AFTER UPDATE OR DELETE ON reports_reportjob
    FOR EACH ROW EXECUTE FUNCTION reports_issued_is_frozen();
CREATE TRIGGER issued_is_frozen AFTER UPDATE OR DELETE ON reports_reportbatch
    FOR EACH ROW EXECUTE FUNCTION reports_issued_is_frozen();
CREATE TRIGGER issued_is_frozen AFTER UPDATE OR DELETE ON reports_supersession
    FOR EACH ROW EXECUTE FUNCTION reports_issued_is_frozen();
CREATE TRIGGER issued_is_frozen AFTER UPDATE OR DELETE ON reports_revocation
    FOR EACH ROW EXECUTE FUNCTION reports_issued_is_frozen();
"""
THAW = """
DROP TRIGGER issued_is_frozen ON reports_revocation;
DROP TRIGGER issued_is_frozen ON reports_supersession;
DROP TRIGGER issued_is_frozen ON reports_reportbatch;
DROP TRIGGER issued_is_frozen ON reports_reportjob;
DROP FUNCTION reports_issued_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_succession")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
