"""Who may open what: participants."""

from django.utils import timezone

from closedloop.core.models import new_id
from tests.access.table import Row

PROGRAMME = "lead staff mentor other_mentor assessor viewer admin"
OWNERS = "owner other_owner"
# those who may know of the enterprise of the table, and those from whom it is hidden
KNOWING = "lead staff mentor assessor owner viewer admin"
# those who may keep lists of their own, for whom another's is not there
NOT_STAFF = f"lead mentor other_mentor assessor viewer admin {OWNERS}"
NOT_KNOWING = "other_mentor other_owner"


def enterprise(world):
    return [world.enrolment.enterprise.code]


def person(world):
    return [world.enterprise.code, world.person.pk]


def cohort(world):
    return [world.enrolment.cohort.code]


def enrolment(world):
    return [world.enrolment.pk]


def pair(world):
    return [world.enterprise.code, world.twin.code]


def view(world):
    return [world.saved_view.pk]


def uninvited(world):
    """Take the account from the person, so that there is somebody to invite."""
    world.person.user = None
    world.person.email = "baru@contoh.id"
    world.person.save()


ROWS: list[Row] = [
    # the list; everybody sees their own part of it
    Row("participants:list", allowed=f"{PROGRAMME} {OWNERS}"),
    Row("participants:filters", allowed=f"{PROGRAMME} {OWNERS}"),
    Row("participants:export", allowed=f"{PROGRAMME} {OWNERS}"),
    Row(
        "participants:bulk",
        "post",
        allowed="staff",
        data=lambda world: {"aksi": "mentor", "ikm": [world.enrolment.enterprise.code]},
    ),
    # lists under a name; everybody has their own
    Row("participants:saved_views", allowed=f"{PROGRAMME} {OWNERS}"),
    Row("participants:save_view", allowed=f"{PROGRAMME} {OWNERS}"),
    Row(
        "participants:save_view",
        "post",
        allowed=f"{PROGRAMME} {OWNERS}",
        code=302,
        data=lambda world: {"name": "Madya", "saringan": "kelas=2", "key": str(new_id())},
    ),
    Row("participants:edit_view", args=view, allowed="staff", hidden=NOT_STAFF),
    Row(
        "participants:edit_view",
        "post",
        args=view,
        allowed="staff",
        hidden=NOT_STAFF,
        code=302,
        data=lambda world: {"name": "Baru", "key": str(new_id())},
    ),
    Row(
        "participants:update_view",
        "post",
        args=view,
        allowed="staff",
        hidden=NOT_STAFF,
        code=302,
        data=lambda world: {"saringan": "kelas=3"},
    ),
    Row("participants:delete_view", args=view, allowed="staff", hidden=NOT_STAFF),
    Row("participants:delete_view", "post", args=view, allowed="staff", hidden=NOT_STAFF, code=302),
    # one record
    Row("participants:detail", args=enterprise, allowed=KNOWING, hidden=NOT_KNOWING),
    Row("participants:timeline", args=enterprise, allowed=KNOWING, hidden=NOT_KNOWING),
    Row("participants:identity", "post", args=enterprise, allowed="lead staff"),
    Row("participants:add", allowed="staff"),
    Row("participants:edit", args=enterprise, allowed="staff"),
    Row("participants:add_person", args=enterprise, allowed="staff"),
    Row("participants:edit_person", args=person, allowed="staff"),
    Row("participants:invite_person", "post", args=person, allowed="staff", code=302, before=uninvited),
    Row("participants:add_document", args=enterprise, allowed="staff"),
    Row(
        "participants:document",
        args=lambda world: [world.document.pk],
        allowed=KNOWING,
        hidden=NOT_KNOWING,
    ),
    Row("participants:add_figure", args=enterprise, allowed="staff"),
    Row("participants:add_consent", args=enterprise, allowed="staff"),
    Row(
        "participants:withdraw_consent",
        args=lambda world: [world.enterprise.code, world.consent.pk],
        allowed="staff",
    ),
    Row(
        "participants:withdraw_consent",
        "post",
        args=lambda world: [world.enterprise.code, world.consent.pk],
        allowed="staff",
        code=302,
    ),
    # records that may be one enterprise
    Row("participants:duplicates", allowed="staff"),
    Row("participants:duplicates", allowed="staff", query="?status=bukan-ganda"),
    Row("participants:duplicates", allowed="staff", query="?status=digabung"),
    Row("participants:compare", args=pair, allowed="staff"),
    Row(
        "participants:compare",
        "post",
        args=pair,
        allowed="staff",
        code=302,
        data=lambda world: {
            "bertahan": world.enterprise.code,
            "survivor_version": world.enterprise.version,
            "other_version": world.twin.version,
            "pilih-name": "survivor",
            "pilih-nib": "survivor",
            "jalankan": "1",
        },
    ),
    Row(
        "participants:not_duplicate",
        "post",
        args=pair,
        allowed="staff",
        code=302,
        data=lambda world: {"reason": "Dua pabrik"},
    ),
    Row("participants:reopen_pair", "post", args=lambda world: [world.judged.pk], allowed="staff", code=302),
    Row("participants:merge", args=lambda world: [world.merge.pk], allowed="staff"),
    Row("participants:undo_merge", "post", args=lambda world: [world.merge.pk], allowed="staff", code=302),
    # cohorts
    Row("participants:cohorts", allowed=PROGRAMME),
    Row(
        "participants:cohort",
        args=cohort,
        allowed="lead staff mentor assessor viewer admin",
        hidden="other_mentor",
    ),
    Row("participants:edit_cohort", args=cohort, allowed="staff"),
    Row(
        "participants:move_cohort",
        "post",
        args=lambda world: [world.planned_cohort.code],
        allowed="staff",
        code=302,
        data=lambda world: {"status": "open"},
    ),
    Row("participants:enrol", args=cohort, allowed="staff"),
    Row(
        "participants:enrol",
        "post",
        args=cohort,
        allowed="staff",
        code=302,
        data=lambda world: {"ikm": [world.other_enterprise.code]},
    ),
    Row(
        "participants:bulk_move",
        "post",
        args=cohort,
        allowed="staff",
        code=302,
        data=lambda world: {
            "ikm": [world.enterprise.code],
            "status": "on_leave",
            "on": timezone.localdate().isoformat(),
            "reason": "Libur panjang",
            "jalankan": "1",
        },
    ),
    Row(
        "participants:enrolment",
        args=enrolment,
        allowed="lead staff mentor assessor viewer admin",
        hidden="other_mentor",
    ),
    Row("participants:finish_follow_up", args=lambda world: [world.follow_up.pk], allowed="staff"),
    Row("participants:move_enrolment", args=enrolment, allowed="staff"),
    Row("participants:assign_mentor", args=enrolment, allowed="staff"),
    # the owner's own
    Row("participants:my_enterprise", allowed=OWNERS, before=lambda world: world.enrolment),
    Row(
        "participants:edit_my_enterprise",
        allowed=OWNERS,
        before=lambda world: (world.enterprise, world.other_enterprise),
    ),
    Row("participants:my_documents", allowed=OWNERS),
]
