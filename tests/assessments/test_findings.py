"""From a weakness to its mending."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments import actions
from assessments.models import CorrectiveAction, Finding
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.assessments import FindingFactory
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
Status = Finding.Status
PHOTO = CleanPhoto(content=b"sesudah", sha256="b" * 64, width=4, height=3)

ALLOWED = {
    ("open", "in_progress"),
    ("open", "proposed"),
    ("open", "closed"),
    ("in_progress", "proposed"),
    ("in_progress", "closed"),
    ("proposed", "in_progress"),
    ("proposed", "closed"),
}


@pytest.mark.parametrize("before", Status.values)
@pytest.mark.parametrize("after", Status)
def test_no_move_but_the_allowed_ones(before, after):
    mentor = UserFactory(role=Role.MENTOR)
    closing = {"closed_at": timezone.now(), "closed_by": mentor}
    finding = FindingFactory(status=before, **(closing if before == "closed" else {}))
    extra = closing if after == Status.CLOSED else {}
    if (before, after) in ALLOWED:
        finding.move_to(after, by=mentor, **extra)
    else:
        with pytest.raises(TransitionError):
            finding.move_to(after, by=mentor, **extra)


@pytest.fixture
def finding():
    enrolment = EnrolmentFactory()
    MentorAssignmentFactory(enrolment=enrolment)
    PersonFactory(enterprise=enrolment.enterprise)
    return FindingFactory(enterprise=enrolment.enterprise)


def owner_of(finding):
    return finding.enterprise.people.get().user


def mentor_of(finding):
    return finding.enterprise.enrolments.get().mentor_assignments.get().mentor


def test_added_and_told_to_the_owner(finding):
    made = actions.add_finding(
        finding.enterprise,
        problem=" Pengaman pres rusak ",
        due_on=timezone.localdate(),
        by=mentor_of(finding),
    )
    assert made.problem == "Pengaman pres rusak"
    assert Notification.objects.get().user == owner_of(finding)


@pytest.mark.parametrize("late, allowed", [(-1, False), (0, True), (1, True)])
def test_due_not_before_it_was_found(finding, late, allowed):
    day = date(2026, 5, 5)
    if allowed:
        actions.add_finding(
            finding.enterprise,
            problem="x",
            found_on=day,
            due_on=day + timedelta(days=late),
            by=mentor_of(finding),
        )
    else:
        with pytest.raises(ValidationError, match="Tenggat"):
            actions.add_finding(
                finding.enterprise,
                problem="x",
                found_on=day,
                due_on=day + timedelta(days=late),
                by=mentor_of(finding),
            )


def test_owner_proposes_with_words_and_photo_and_the_mentor_closes(finding):
    owner, mentor = owner_of(finding), mentor_of(finding)
    actions.start_finding(finding, by=owner)
    with pytest.raises(ValidationError, match="Tulis apa"):
        actions.propose_closing(finding, " ", PHOTO, by=owner)
    with pytest.raises(ValidationError, match="Tambah foto"):
        actions.propose_closing(finding, "Pengaman dipasang", None, by=owner)
    made = actions.propose_closing(finding, "Pengaman dipasang", PHOTO, by=owner)
    with made.photo.open() as stored:
        assert stored.read() == b"sesudah"
    assert (finding.status, made.photo_sha256) == (Status.PROPOSED, "b" * 64)
    assert Notification.objects.get(kind="finding.proposed").user == mentor
    actions.close_finding(finding, by=mentor)
    assert (finding.status, finding.closed_by) == (Status.CLOSED, mentor)
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "finding.in_progress",
        "finding.proposed",
        "finding.action_added",
        "finding.closed",
    ]


def test_nobody_accepts_their_own_mending(finding):
    mentor = mentor_of(finding)
    actions.propose_closing(finding, "Saya perbaiki sendiri", PHOTO, by=mentor)
    with pytest.raises(ValidationError, match="orang lain"):
        actions.close_finding(finding, by=mentor)


def test_sent_back_with_a_reason(finding):
    actions.propose_closing(finding, "Pengaman dipasang", PHOTO, by=owner_of(finding))
    with pytest.raises(ValidationError, match="masih kurang"):
        actions.reopen(finding, "", by=mentor_of(finding))
    actions.reopen(finding, "Sensor belum bekerja", by=mentor_of(finding))
    assert finding.status == Status.IN_PROGRESS
    assert Notification.objects.get(kind="finding.reopened").body == "Sensor belum bekerja"


def test_a_refused_proposal_leaves_nothing_behind(finding):
    actions.close_finding(finding, by=mentor_of(finding))
    with pytest.raises(TransitionError):
        actions.propose_closing(finding, "Terlambat", PHOTO, by=owner_of(finding))
    assert not CorrectiveAction.objects.exists()
