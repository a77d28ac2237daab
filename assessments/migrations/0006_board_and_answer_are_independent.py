"""What no CHECK can see, because it stands in several tables: who sits, and who answers (reliability D6)."""

from django.db import migrations

# At commit, so that a decision and its board may be written one after the other.
BOARD = """
CREATE FUNCTION assessments_board_is_independent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one assessments_classdecision;
    wanted uuid;
BEGIN
    IF TG_TABLE_NAME = 'assessments_classdecision' THEN
        wanted := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        wanted := OLD.decision_id;
    ELSE
        wanted := NEW.decision_id;
    END IF;
    SELECT * INTO one FROM assessments_classdecision WHERE id = wanted;
    IF NOT FOUND OR one.status <> 'decided' THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM assessments_boardmember WHERE decision_id = one.id) THEN
        RAISE EXCEPTION 'a class decision needs a board member beside the one who signs'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'class_board_has_two';
    END IF;
    IF EXISTS (
        SELECT FROM assessments_boardmember
        WHERE decision_id = one.id
          AND (declared_at IS NULL OR user_id IN (one.decided_by_id, one.assessor_id, one.proposed_by_id))
    ) OR EXISTS (
        SELECT FROM participants_mentorassignment AS assignment
        WHERE assignment.enrolment_id = one.enrolment_id
          AND (assignment.mentor_id = one.decided_by_id OR assignment.mentor_id IN (
              SELECT user_id FROM assessments_boardmember WHERE decision_id = one.id))
    ) THEN
        RAISE EXCEPTION 'assessor, proposer, mentor and signer do not sit, and every member declared no interest'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'class_board_is_independent';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER board_is_independent
    AFTER INSERT OR UPDATE OF status, decided_by_id, assessor_id, proposed_by_id ON assessments_classdecision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessments_board_is_independent();
CREATE CONSTRAINT TRIGGER board_is_independent
    AFTER INSERT OR UPDATE OR DELETE ON assessments_boardmember
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessments_board_is_independent();
"""
NO_BOARD = """
DROP TRIGGER board_is_independent ON assessments_classdecision;
DROP TRIGGER board_is_independent ON assessments_boardmember;
DROP FUNCTION assessments_board_is_independent();
"""
ANSWER = """
CREATE FUNCTION assessments_answer_is_independent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.answered_by_id IS NOT NULL AND EXISTS (
        SELECT FROM assessments_classdecision AS one
        WHERE one.id = NEW.decision_id
          AND (NEW.answered_by_id IN (one.decided_by_id, one.assessor_id, one.proposed_by_id)
               OR NEW.answered_by_id IN (
                   SELECT user_id FROM assessments_boardmember WHERE decision_id = one.id))
    ) THEN
        RAISE EXCEPTION 'who had a part in the decision does not answer the objection to it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_answer_is_independent';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER answer_is_independent
    AFTER INSERT OR UPDATE ON assessments_objection
    FOR EACH ROW EXECUTE FUNCTION assessments_answer_is_independent();
"""
NO_ANSWER = """
DROP TRIGGER answer_is_independent ON assessments_objection;
DROP FUNCTION assessments_answer_is_independent();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0005_objections_and_conditions"),
        ("participants", "0001_initial"),
    ]

    operations = [migrations.RunSQL(BOARD, NO_BOARD), migrations.RunSQL(ANSWER, NO_ANSWER)]
