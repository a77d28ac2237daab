"""Who may open what: curricula while they are drafts, and tests on phones."""

from tests.access.table import Row
from tests.access.trainings import NOT_TAUGHT, OWNERS, RUNNERS, key, version
from tests.factories.trainings import ModuleFactory
from trainings.papers import find_test, tests_of


def unpin(world):
    """Leave the cohort without a curriculum, so that pinning it is an act."""
    world.curriculum.cohort_pins.all().delete()


def own_test(world):
    return [world.tested_module and world.person and world.cohort.code, world.module.code, "awal"]


def answered(world):
    """The first choice shown for each of the owner's ten questions."""
    test = find_test(tests_of(world.enrolment, world.person), world.tested_module, "pre")
    return {"key": key(), "edition": test.edition, **{asked.name: "0" for asked in test.paper()}}


def in_draft(world):
    return version(world.draft_module)


def module_of_draft(world):
    return [*version(world.draft_module), world.draft_module.code]


def question_of_draft(world):
    return [*module_of_draft(world), world.draft_question.pk]


def a_module_above(world):
    """Something to change places with."""
    ModuleFactory(curriculum=world.draft_module.curriculum, code="BM", order=0)


MODULE = {
    "name": "Modul lain",
    "name_en": "Another module",
    "lesson_hours": "8",
    "visits": "0",
    "min_attendance": "80",
    "pass_mark": "70",
}

QUESTION = {
    "text": "Mana yang benar?",
    "text_en": "Which is right?",
    "choices": "a\nb\nc\nd",
    "choices_en": "a\nb\nc\nd",
    "correct": "1",
}


ROWS: list[Row] = [
    # tests on phones
    Row("trainings:my_tests", before=lambda w: w.tested_module, allowed=OWNERS),
    Row("trainings:take_test", args=own_test, allowed="owner", hidden="other_owner"),
    Row(
        "trainings:take_test",
        "post",
        args=own_test,
        data=answered,
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row("trainings:my_attempt", args=lambda w: [w.attempt.pk], allowed="owner", hidden="other_owner"),
    Row(
        "trainings:test_answers",
        args=lambda w: [w.attempt.enrolment.cohort.code, w.module.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row("trainings:reopen_test", args=lambda w: [w.attempt.pk], allowed="staff"),
    Row(
        "trainings:reopen_test",
        "post",
        args=lambda w: [w.attempt.pk],
        data=lambda w: {"reason": "HP mati di tengah tes"},
        allowed="staff",
        code=302,
    ),
    # versions: edited by staff while they are drafts, hidden from everybody else
    Row("trainings:start_version", "post", args=lambda w: version(w.module), allowed="staff", code=302),
    Row("trainings:publish_version", args=in_draft, allowed="staff"),
    Row(
        "trainings:publish_version",
        "post",
        args=in_draft,
        data=lambda w: {"name": "Dasar baru", "change_note": "Jam 5R ditambah"},
        allowed="staff",
        code=302,
    ),
    Row("trainings:discard_version", args=in_draft, allowed="staff"),
    Row("trainings:discard_version", "post", args=in_draft, allowed="staff", code=302),
    Row("trainings:add_module", args=in_draft, allowed="staff"),
    Row(
        "trainings:add_module",
        "post",
        args=in_draft,
        data=lambda w: {"key": key(), "code": "KEU", **MODULE},
        allowed="staff",
        code=302,
    ),
    Row("trainings:edit_module", args=module_of_draft, allowed="staff"),
    Row(
        "trainings:edit_module",
        "post",
        args=module_of_draft,
        data=lambda w: MODULE,
        allowed="staff",
        code=302,
    ),
    Row(
        "trainings:move_module",
        "post",
        args=module_of_draft,
        data=lambda w: {"ke": "atas"},
        before=a_module_above,
        allowed="staff",
        code=302,
    ),
    Row("trainings:remove_module", "post", args=module_of_draft, allowed="staff", code=302),
    Row(
        "trainings:questions",
        args=lambda w: [*version(w.module), w.module.code],
        allowed=f"{RUNNERS} {NOT_TAUGHT}",
    ),
    Row("trainings:add_question", args=module_of_draft, allowed="staff"),
    Row(
        "trainings:add_question",
        "post",
        args=module_of_draft,
        data=lambda w: {"key": key(), **QUESTION},
        allowed="staff",
        code=302,
    ),
    Row("trainings:edit_question", args=question_of_draft, allowed="staff"),
    Row(
        "trainings:edit_question",
        "post",
        args=question_of_draft,
        data=lambda w: {"key": key(), **QUESTION},
        allowed="staff",
        code=302,
    ),
    Row("trainings:remove_question", "post", args=question_of_draft, allowed="staff", code=302),
    Row("trainings:pin_curriculum", args=lambda w: [w.cohort.code], allowed="staff"),
    Row(
        "trainings:pin_curriculum",
        "post",
        args=lambda w: [w.cohort.code],
        data=lambda w: {"curriculum": str(w.curriculum.pk)},
        before=unpin,
        allowed="staff",
        code=302,
    ),
]
