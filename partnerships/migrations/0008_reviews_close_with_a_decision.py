from django.db import migrations

# A review that decides nothing changes nothing: it cannot be closed without a decision, whoever writes, and what
# a closed review decided is neither added to nor taken away. What is written later is only where a decision led.
GUARD = """
CREATE FUNCTION partnerships_review_needs_a_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.closed_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM partnerships_reviewdecision WHERE meeting_id = NEW.id) THEN
        RAISE EXCEPTION $q$a review closes with at least one decision$q$ USING ERRCODE = $q$check_violation$q$;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_needs_a_decision BEFORE INSERT OR UPDATE ON partnerships_reviewmeeting
    FOR EACH ROW EXECUTE FUNCTION partnerships_review_needs_a_decision();
CREATE FUNCTION partnerships_closed_review_keeps_its_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid := CASE WHEN TG_OP = $q$INSERT$q$ THEN NEW.meeting_id ELSE OLD.meeting_id END;
BEGIN
    IF EXISTS (SELECT FROM partnerships_reviewmeeting WHERE id = touched AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION $q$the decisions of a closed review are final$q$ USING ERRCODE = $q$restrict_violation$q$;
    END IF;
    RETURN CASE WHEN TG_OP = $q$DELETE$q$ THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER closed_review_keeps_its_decisions BEFORE INSERT OR DELETE ON partnerships_reviewdecision
    FOR EACH ROW EXECUTE FUNCTION partnerships_closed_review_keeps_its_decisions();
"""
UNGUARD = """
DROP TRIGGER closed_review_keeps_its_decisions ON partnerships_reviewdecision;
DROP FUNCTION partnerships_closed_review_keeps_its_decisions();
DROP TRIGGER review_needs_a_decision ON partnerships_reviewmeeting;
DROP FUNCTION partnerships_review_needs_a_decision();
"""


def close_recorded(apps, schema_editor):
    """A review of before was recorded whole, with its decisions: closed when it was written."""
    meetings = apps.get_model("partnerships", "ReviewMeeting").objects
    for meeting in meetings.filter(closed_at=None, decisions__isnull=False).distinct():
        meeting.closed_at, meeting.closed_by_id = meeting.created_at, meeting.recorded_by_id
        meeting.save(update_fields=["closed_at", "closed_by"])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_complaints_and_reviews_that_close")]

    operations = [
        migrations.RunPython(close_recorded, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
