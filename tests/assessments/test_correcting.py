"""Corrections: the approved one stays as it is, a new version replaces it once somebody else approved it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.corrected import correction_of
from assessments.later_correction import later_correction
from assessments.models import Assessment, Finding
from assessments.recomputed import differences
from assessments.snapshots import previous_official
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.photos import CleanPhoto
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, criteria_of, fill
from tests.factories.participants import MentorAssignmentFactory

pytestmark = pytest.mark.django_db
REASON = "Butir R2.1 tertukar dengan R1.1 saat disalin dari kertas."
PHOTO = CleanPhoto(content=b"\xff\xd8 contoh \xff\xd9", sha256="c" * 64, width=4, height=3)


@pytest.fixture
def approved():
    """Approved at 3 everywhere but the critical KS7, which was scored 1 and shown by a photo."""
    made = AssessmentFactory(filled=3)
    fill(made, 3, KS7=1)
    item = criteria_of(made).get(code="KS7")
    actions.add_evidence(made, item, photo=PHOTO, taken_on=made.visited_on, by=made.assessor)
    actions.submit(made, by=made.assessor)
    actions.approve(made, by=UserFactory(role=Role.LEAD))
    return made


def corrected(assessment, **values):
    """A correction of the named items, approved by somebody else."""
    made = actions.start_correction(assessment, REASON, by=assessment.assessor)
    items = {item.code: item for item in criteria_of(made)}
    answers = {items[code.replace("_", ".")]: (value, False, "") for code, value in values.items()}
    actions.save_scores(made, answers, by=made.assessor)
    actions.submit(made, by=made.assessor)
    actions.approve(made, by=UserFactory(role=Role.LEAD))
    return made


def test_a_correction_begins_with_everything_and_the_same_files(approved):
    made = actions.start_correction(approved, REASON, by=approved.assessor)
    assert sorted(made.scores.values_list("criterion__code", "value")) == sorted(
        approved.scores.values_list("criterion__code", "value")
    )
    old, new = approved.evidence.get(), made.evidence.get()
    assert (new.file.name, new.sha256, new.taken_on) == (old.file.name, old.sha256, old.taken_on)
    assert (made.status, made.supersedes, made.overall) == ("draft", approved, None)
    assert list(Assessment.objects.official()) == [approved]
    assert Event.objects.about(made).get(verb="assessment.correction_started").data["reason"] == REASON


def test_taking_shared_evidence_away_leaves_the_file_to_the_approved_version(
    approved, django_capture_on_commit_callbacks
):
    made = actions.start_correction(approved, REASON, by=approved.assessor)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_evidence(made.evidence.get(), by=made.assessor)
    kept = approved.evidence.get().file
    assert kept.storage.exists(kept.name)


def test_an_approved_correction_is_the_official_one_and_says_what_it_changed(approved):
    made = corrected(approved, R2_1=2)
    assert list(Assessment.objects.official()) == [made]
    assert made.overall < approved.overall
    said = correction_of(made)
    assert [(one.place, one.before, one.after) for one in said.differences] == [("R2.1", "3", "2")]
    later = AssessmentFactory(enrolment=approved.enrolment, kind="midyear", visited_on=date(2026, 9, 9))
    assert previous_official(later) == made


def test_a_critical_item_that_did_not_change_raises_no_second_finding(approved):
    finding = approved.findings.get()
    closing = {"closed_at": timezone.now(), "closed_by": approved.assessor}
    Finding.objects.filter(pk=finding.pk).update(status="closed", **closing)
    corrected(approved, R2_1=2)
    assert Finding.objects.count() == 1


def test_one_correction_at_a_time_and_never_two_of_one_version(approved):
    made = actions.start_correction(approved, REASON, by=approved.assessor)
    assert actions.start_correction(approved, REASON, by=approved.assessor) == made
    other = UserFactory(role=Role.ASSESSOR)
    with pytest.raises(ValidationError, match="sedang dikoreksi"):
        actions.start_correction(approved, REASON, by=other)
    with transaction.atomic(), pytest.raises(IntegrityError):
        AssessmentFactory(enrolment=approved.enrolment, supersedes=approved, correction_reason=REASON)
    actions.submit(made, by=made.assessor)
    actions.approve(made, by=UserFactory(role=Role.LEAD))
    with pytest.raises(ValidationError, match="versi yang terbaru"):
        actions.start_correction(approved, REASON, by=other)
    assert actions.start_correction(made, REASON, by=other).supersedes == made


@pytest.mark.parametrize("reason", ["", "Salah ketik", " " * 40])
def test_a_correction_needs_a_reason_of_thirty_letters(approved, reason):
    with pytest.raises(ValidationError, match="30"):
        actions.start_correction(approved, reason, by=approved.assessor)


def test_only_what_is_approved_is_corrected_and_not_by_a_strange_mentor(approved):
    draft = AssessmentFactory()
    with pytest.raises(TransitionError):
        actions.start_correction(draft, REASON, by=draft.assessor)
    with pytest.raises(ValidationError, match="bukan mentor"):
        actions.start_correction(approved, REASON, by=UserFactory(role=Role.MENTOR))


def test_the_mentor_does_not_correct_what_an_assessor_found(approved):
    """A board may rest on it, and the correction would be the mentor's own word."""
    mentor = MentorAssignmentFactory(enrolment=approved.enrolment).mentor
    with pytest.raises(ValidationError, match="dikoreksi oleh penilai"):
        actions.start_correction(approved, REASON, by=mentor)


def test_what_was_corrected_is_not_where_an_ikm_began(approved, client, login):
    corrected(approved, R2_1=2)
    login(Role.STAFF)
    page = client.get(reverse("assessments:enterprise", args=[approved.enterprise.code]))
    assert page.context["latest"].supersedes == approved
    assert page.context["board"].before is None


def test_the_assessor_of_a_correction_does_not_approve_it(approved):
    other = UserFactory(role=Role.ASSESSOR)
    made = actions.start_correction(approved, REASON, by=other)
    actions.submit(made, by=other)
    with pytest.raises(ValidationError):
        actions.approve(made, by=other)


def test_a_discarded_correction_leaves_room_for_another(approved):
    made = actions.start_correction(approved, REASON, by=approved.assessor)
    actions.discard_correction(made, by=approved.assessor)
    assert approved.scores.count() == 5
    assert actions.start_correction(approved, REASON, by=UserFactory(role=Role.ASSESSOR)).status == "draft"


def test_a_waiting_proposal_rests_on_the_correction_and_a_decided_one_stays(approved):
    proposal = actions.propose_decision(approved.enrolment, by=UserFactory(role=Role.STAFF))
    made = corrected(approved, R2_1=2)
    proposal.refresh_from_db()
    assert (proposal.assessment, proposal.assessor) == (made, made.assessor)
    members = [UserFactory(role=Role.ASSESSOR), UserFactory(role=Role.LEAD)]
    actions.decide(
        proposal,
        "retained",
        reason="Sidang menunggu satu kunjungan lagi sebelum memutuskan.",
        members=members,
        by=UserFactory(role=Role.LEAD),
    )
    assert later_correction(proposal) is None
    stored = proposal.snapshot_sha256
    again = corrected(made, R1_1=2, KS1=0)
    proposal.refresh_from_db()
    later = later_correction(proposal)
    assert (proposal.assessment, proposal.snapshot_sha256, differences(proposal)) == (made, stored, [])
    assert later.assessment == again
    assert [(old.met, new.met) for old, new in later.changed] == [(True, False)]


FROZEN = (
    "UPDATE assessments_assessment SET overall = 99 WHERE id = %(a)s",
    "UPDATE assessments_assessment SET status = 'draft', approved_at = NULL, overall = NULL WHERE id = %(a)s",
    "UPDATE assessments_assessment SET dimension_scores = '{}' WHERE id = %(a)s",
    "UPDATE assessments_score SET value = 4 WHERE assessment_id = %(a)s",
    "UPDATE assessments_score SET note = 'lain' WHERE assessment_id = %(a)s",
    "DELETE FROM assessments_score WHERE assessment_id = %(a)s",
    "UPDATE assessments_evidence SET sha256 = repeat('d', 64) WHERE assessment_id = %(a)s",
    "DELETE FROM assessments_evidence WHERE assessment_id = %(a)s",
    "UPDATE assessments_score SET assessment_id = %(b)s WHERE assessment_id = %(a)s",
)


def test_the_database_itself_keeps_what_was_approved(approved):
    other = AssessmentFactory(enrolment=approved.enrolment, kind="midyear")
    for statement in FROZEN:
        with (
            pytest.raises(IntegrityError, match="correction"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, {"a": approved.pk, "b": other.pk})


def test_a_merge_may_move_an_approved_assessment_to_the_surviving_record(approved):
    other = AssessmentFactory()
    Assessment.objects.filter(pk=approved.pk).update(enterprise=other.enterprise, enrolment=other.enrolment)
    approved.refresh_from_db()
    assert approved.enterprise == other.enterprise


def test_the_pages_tell_both_versions_of_each_other(approved, client, login):
    made = corrected(approved, R2_1=2)
    login(Role.LEAD)
    old = client.get(reverse("assessments:detail", args=[approved.code])).content.decode()
    new = client.get(reverse("assessments:detail", args=[made.code])).content.decode()
    assert "Sudah digantikan." in old and made.get_absolute_url() in old
    assert "Koreksi: 1 dari 5 butir berubah" in new and REASON in new and approved.get_absolute_url() in new


def test_a_short_reason_is_told_at_its_field_and_kept(approved, client, login):
    client.force_login(approved.assessor)
    page = client.post(reverse("assessments:correct", args=[approved.code]), {"reason": "Keliru"})
    text = page.content.decode()
    assert page.status_code == 200 and "paling sedikit 30 huruf" in text and "Keliru" in text
    assert Assessment.objects.count() == 1
