"""Who may open what: applications and their selection. The public form stands in PUBLIC."""

from tests.access.table import Row


def application(world):
    return [world.application.code]


def asked(world):
    return [world.review.application.code]


ROWS: list[Row] = [
    # reviewers see only what they are asked about; drafts are nobody's but the applicant's
    Row("participants:applications", allowed="lead staff mentor other_mentor assessor"),
    Row("participants:shortlist", args=lambda world: [world.open_cohort.code], allowed="lead staff"),
    Row("participants:selection_forms", allowed="lead staff"),
    Row("participants:new_selection_form", allowed="staff", before=lambda world: world.application),
    Row("participants:resend_links", allowed="staff"),
    Row("participants:resend_link", "post", args=application, allowed="staff", code=302),
    Row("participants:application", args=application, allowed="lead staff"),
    Row(
        "participants:assign_reviewers",
        "post",
        args=application,
        allowed="staff",
        code=302,
        data=lambda world: {"reviewers": [world.mentor.pk, world.assessor.pk]},
    ),
    Row(
        "participants:decide_application", args=lambda world: [world.judged_application.code], allowed="lead"
    ),
    Row("participants:review_application", args=asked, allowed="mentor assessor", hidden="other_mentor"),
    Row(
        "participants:recuse",
        "post",
        args=asked,
        allowed="mentor assessor",
        hidden="other_mentor",
        code=302,
        data=lambda world: {"reason": "Mengenal pemiliknya"},
    ),
]
