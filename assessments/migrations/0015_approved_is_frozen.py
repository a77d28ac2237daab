from django.db import migrations

# What was approved never changes: a correction is a new version. A merge of two records of one IKM may still move
# the assessment to the surviving one. The checks come after the row's own constraints, so that those speak first.
FREEZE = """
CREATE FUNCTION assessments_approved_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    movable text[] := ARRAY['enterprise_id', 'enrolment_id'];
    is_frozen boolean;
BEGIN
    IF TG_TABLE_NAME = 'assessments_assessment' THEN
        is_frozen := old_row->>'status' = 'approved' AND (old_row - movable) IS DISTINCT FROM (new_row - movable);
    ELSIF TG_TABLE_NAME = 'assessments_secondscore' THEN
        SELECT bool_or(a.status = 'approved') INTO is_frozen
        FROM assessments_secondassessment s JOIN assessments_assessment a ON a.id = s.assessment_id
        WHERE s.id IN ((old_row->>'second_id')::uuid, (new_row->>'second_id')::uuid);
    ELSE
        SELECT bool_or(status = 'approved') INTO is_frozen FROM assessments_assessment
        WHERE id IN ((old_row->>'assessment_id')::uuid, (new_row->>'assessment_id')::uuid);
    END IF;
    IF is_frozen THEN
        RAISE EXCEPTION 'an approved assessment does not change: make a correction'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER approved_is_frozen AFTER UPDATE OR DELETE ON assessments_assessment
    FOR EACH ROW EXECUTE FUNCTION assessments_approved_is_frozen();
CREATE TRIGGER approved_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_score
    FOR EACH ROW EXECUTE FUNCTION assessments_approved_is_frozen();
CREATE TRIGGER approved_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_evidence
    FOR EACH ROW EXECUTE FUNCTION assessments_approved_is_frozen();
CREATE TRIGGER approved_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_area
    FOR EACH ROW EXECUTE FUNCTION assessments_approved_is_frozen();
CREATE TRIGGER approved_is_frozen AFTER UPDATE OR DELETE ON assessments_secondassessment
    FOR EACH ROW EXECUTE FUNCTION assessments_approved_is_frozen();
CREATE TRIGGER approved_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_secondscore
    FOR EACH ROW EXECUTE FUNCTION assessments_approved_is_frozen();
CREATE FUNCTION assessments_handed_in_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    agreement text[] := ARRAY['settled_value', 'settled_not_applicable', 'settlement_note', 'proposed_by_id',
        'proposed_at', 'confirmed_by_id', 'confirmed_at'];
BEGIN
    IF OLD.handed_in_at IS NOT NULL AND (OLD.confirmed_at IS NOT NULL AND old_row IS DISTINCT FROM new_row
        OR (old_row - agreement) IS DISTINCT FROM (new_row - agreement)) THEN
        RAISE EXCEPTION 'a second score that was handed in stays as it is'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER handed_in_stays AFTER UPDATE OR DELETE ON assessments_secondscore
    FOR EACH ROW EXECUTE FUNCTION assessments_handed_in_stays();
"""
THAW = """
DROP TRIGGER handed_in_stays ON assessments_secondscore;
DROP FUNCTION assessments_handed_in_stays();
DROP TRIGGER approved_is_frozen ON assessments_secondscore;
DROP TRIGGER approved_is_frozen ON assessments_secondassessment;
DROP TRIGGER approved_is_frozen ON assessments_area;
DROP TRIGGER approved_is_frozen ON assessments_evidence;
DROP TRIGGER approved_is_frozen ON assessments_score;
DROP TRIGGER approved_is_frozen ON assessments_assessment;
DROP FUNCTION assessments_approved_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0014_corrections_and_second_assessor")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
