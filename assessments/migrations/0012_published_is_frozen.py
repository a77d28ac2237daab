from django.db import migrations

# What is published is neither edited, added to nor taken away: assessments and decisions are read by it for ever.
# A rubric becomes published only whole: what has no items, no words for a score, or weights that are not 100 in
# all cannot be judged by. The checks come after the row's own constraints, so that those speak first.
FREEZE = """
CREATE FUNCTION assessments_published_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    is_published boolean;
BEGIN
    IF TG_TABLE_NAME IN ('assessments_rubric', 'assessments_classscheme') THEN
        is_published := old_row->>'published_at' IS NOT NULL;
    ELSIF TG_TABLE_NAME = 'assessments_dimension' THEN
        SELECT bool_or(published_at IS NOT NULL) INTO is_published FROM assessments_rubric
        WHERE id IN ((old_row->>'rubric_id')::uuid, (new_row->>'rubric_id')::uuid);
    ELSIF TG_TABLE_NAME = 'assessments_criterion' THEN
        SELECT bool_or(r.published_at IS NOT NULL) INTO is_published
        FROM assessments_dimension d JOIN assessments_rubric r ON r.id = d.rubric_id
        WHERE d.id IN ((old_row->>'dimension_id')::uuid, (new_row->>'dimension_id')::uuid);
    ELSE
        SELECT bool_or(published_at IS NOT NULL) INTO is_published FROM assessments_classscheme
        WHERE id IN ((old_row->>'scheme_id')::uuid, (new_row->>'scheme_id')::uuid);
    END IF;
    IF is_published THEN
        RAISE EXCEPTION 'a published version does not change: make a new one'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON assessments_rubric
    FOR EACH ROW EXECUTE FUNCTION assessments_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_dimension
    FOR EACH ROW EXECUTE FUNCTION assessments_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_criterion
    FOR EACH ROW EXECUTE FUNCTION assessments_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER UPDATE OR DELETE ON assessments_classscheme
    FOR EACH ROW EXECUTE FUNCTION assessments_published_is_frozen();
CREATE TRIGGER published_is_frozen AFTER INSERT OR UPDATE OR DELETE ON assessments_classrequirement
    FOR EACH ROW EXECUTE FUNCTION assessments_published_is_frozen();

CREATE FUNCTION assessments_rubric_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fault text;
BEGIN
    SELECT CASE
        WHEN (SELECT coalesce(sum(weight), 0) FROM assessments_dimension WHERE rubric_id = NEW.id) <> 100
            THEN 'the weights of its dimensions are not 100 in all'
        WHEN EXISTS (
            SELECT FROM assessments_dimension d WHERE d.rubric_id = NEW.id
            AND NOT EXISTS (SELECT FROM assessments_criterion c WHERE c.dimension_id = d.id)
        ) THEN 'a dimension has no items'
        WHEN EXISTS (
            SELECT FROM assessments_criterion c JOIN assessments_dimension d ON d.id = c.dimension_id
            WHERE d.rubric_id = NEW.id GROUP BY c.code HAVING count(*) > 1
        ) THEN 'a code stands for two items'
        WHEN EXISTS (
            SELECT FROM assessments_criterion c JOIN assessments_dimension d ON d.id = c.dimension_id
            WHERE d.rubric_id = NEW.id AND (
                jsonb_array_length(c.anchors) <> NEW.scale_max + 1
                OR coalesce(c.anchors->>0, '') = '' OR coalesce(c.anchors->>-1, '') = ''
                OR (NOT c.is_yes_no AND c.anchors @> '[""]')
            )
        ) THEN 'an item does not say what each score means'
    END INTO fault;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'a rubric is published whole: %', fault USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rubric_is_whole AFTER INSERT OR UPDATE ON assessments_rubric
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION assessments_rubric_is_whole();

CREATE FUNCTION assessments_scheme_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM assessments_classrequirement WHERE scheme_id = NEW.id) THEN
        RAISE EXCEPTION 'a class scheme is published whole: it asks for nothing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER scheme_is_whole AFTER INSERT OR UPDATE ON assessments_classscheme
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION assessments_scheme_is_whole();
"""
THAW = """
DROP TRIGGER scheme_is_whole ON assessments_classscheme;
DROP FUNCTION assessments_scheme_is_whole();
DROP TRIGGER rubric_is_whole ON assessments_rubric;
DROP FUNCTION assessments_rubric_is_whole();
DROP TRIGGER published_is_frozen ON assessments_classrequirement;
DROP TRIGGER published_is_frozen ON assessments_classscheme;
DROP TRIGGER published_is_frozen ON assessments_criterion;
DROP TRIGGER published_is_frozen ON assessments_dimension;
DROP TRIGGER published_is_frozen ON assessments_rubric;
DROP FUNCTION assessments_published_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0011_publications_are_whole")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
