"""Who may open what: the homes, tasks, search, help and the profile of an IKM."""

from tests.access.table import EVERYBODY, OVERSIGHT, Row

ROWS = [
    Row("dashboard:start", allowed=EVERYBODY, code=302),
    Row("dashboard:home", allowed=OVERSIGHT),
    Row("dashboard:tasks", allowed=EVERYBODY),
    Row(
        "dashboard:owner_home",
        allowed="owner other_owner",
        before=lambda w: (w.enrolment, w.other_enterprise),
    ),
    Row("dashboard:mentor_home", allowed="mentor other_mentor assessor"),
    Row("dashboard:buyer_home", allowed="buyer other_buyer"),
    Row(
        "dashboard:profile",
        args=lambda w: [w.enrolment.enterprise.code],
        allowed=f"{OVERSIGHT} mentor assessor owner",
        hidden="other_mentor other_owner",
    ),
    Row(
        "dashboard:cohort",
        args=lambda w: [w.enrolment.cohort.code],
        allowed=f"{OVERSIGHT} mentor assessor",
        hidden="other_mentor",
    ),
    Row("dashboard:attendance", allowed=f"{OVERSIGHT} mentor other_mentor assessor"),
    Row(
        "dashboard:cohort_attendance",
        args=lambda w: [w.closed_attendance.session.cohort.code],
        allowed=f"{OVERSIGHT} mentor assessor",
        hidden="other_mentor",
    ),
    Row("dashboard:cohort_pins", args=lambda w: [w.enrolment.cohort.code], allowed="staff"),
    Row("dashboard:clone_cohort", args=lambda w: [w.training_session.cohort.code], allowed="staff"),
    Row("dashboard:first_cohort", allowed="staff"),
    Row("dashboard:add_cohort", allowed="staff"),
    Row("dashboard:search", allowed=EVERYBODY, query="?q=contoh"),
    Row("dashboard:help", allowed=EVERYBODY),
]
