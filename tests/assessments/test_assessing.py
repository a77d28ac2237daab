"""From an empty draft to official scores."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import actions
from assessments.models import Assessment, Evidence, Finding, Score
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, CohortRubricFactory, criteria_of, fill
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
Kind, Status = Assessment.Kind, Assessment.Status
DAY = date(2026, 5, 5)


def photo(letter="a"):
    return CleanPhoto(content=letter.encode() * 10, sha256=letter * 64, width=4, height=3)


def item(assessment, code):
    return criteria_of(assessment).get(code=code)


@pytest.fixture
def enrolment():
    enrolment = EnrolmentFactory()
    CohortRubricFactory(cohort=enrolment.cohort)
    return enrolment


@pytest.fixture
def assessor():
    return UserFactory(role=Role.ASSESSOR)


class TestStart:
    def test_rubric_comes_from_the_cohorts_pin(self, enrolment, assessor):
        assessment = actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=assessor)
        assert assessment.rubric == enrolment.cohort.rubric_pin.rubric
        assert (assessment.status, assessment.enterprise) == (Status.DRAFT, enrolment.enterprise)
        assert Event.objects.get().verb == "assessment.started"

    def test_a_second_start_returns_the_open_one(self, enrolment, assessor):
        first = actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=assessor)
        assert actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=assessor) == first
        assert actions.start_assessment(enrolment, Kind.MIDYEAR, DAY, by=assessor) != first

    def test_database_refuses_a_second_open_one(self, enrolment, assessor):
        first = actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=assessor)
        first.pk = None
        first._state.adding = True
        first.code = "LAIN22"
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(
                enterprise=first.enterprise,
                enrolment=enrolment,
                rubric=first.rubric,
                kind=Kind.BASELINE,
                visited_on=DAY,
                assessor=assessor,
            )

    def test_mentor_only_for_assigned_enterprises(self, enrolment):
        mentor = UserFactory(role=Role.MENTOR)
        with pytest.raises(ValidationError, match="bukan mentor"):
            actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=mentor)
        MentorAssignmentFactory(enrolment=enrolment, mentor=mentor)
        assert actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=mentor).assessor == mentor

    def test_own_mentor_may_not_make_the_final_one(self, enrolment):
        mentor = MentorAssignmentFactory(enrolment=enrolment).mentor
        with pytest.raises(ValidationError, match="bukan mentor IKM itu"):
            actions.start_assessment(enrolment, Kind.FINAL, DAY, by=mentor)

    @pytest.mark.parametrize("role", [Role.LEAD, Role.STAFF, Role.OWNER, Role.VIEWER, Role.ADMIN, Role.BUYER])
    def test_other_roles_assess_nobody(self, enrolment, role):
        with pytest.raises(ValidationError, match="Hanya mentor dan penilai"):
            actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=UserFactory(role=role))

    def test_self_assessment_is_the_owners(self, enrolment, assessor):
        with pytest.raises(ValidationError, match="diisi oleh pemilik"):
            actions.start_assessment(enrolment, Kind.SELF, DAY, by=assessor)

    @pytest.mark.parametrize("ahead, allowed", [(-1, True), (0, True), (1, False)])
    def test_no_visit_in_the_future(self, enrolment, assessor, ahead, allowed):
        day = timezone.localdate() + timedelta(days=ahead)
        if allowed:
            actions.start_assessment(enrolment, Kind.BASELINE, day, by=assessor)
        else:
            with pytest.raises(ValidationError, match="setelah hari ini"):
                actions.start_assessment(enrolment, Kind.BASELINE, day, by=assessor)

    @pytest.mark.parametrize("status", Enrolment.Status.values)
    def test_only_those_on_the_roster(self, enrolment, assessor, status):
        Enrolment.objects.update(status=status)
        enrolment.refresh_from_db()
        if status in ("registered", "active"):
            actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=assessor)
        else:
            with pytest.raises(ValidationError, match="tidak sedang menjadi peserta"):
                actions.start_assessment(enrolment, Kind.BASELINE, DAY, by=assessor)

    def test_a_cohort_without_a_rubric(self, assessor):
        with pytest.raises(ValidationError, match="belum memakai rubrik"):
            actions.start_assessment(EnrolmentFactory(), Kind.BASELINE, DAY, by=assessor)


class TestScores:
    def test_stored_changed_and_cleared(self):
        a = AssessmentFactory()
        one, two = item(a, "R1.1"), item(a, "R2.1")
        assert (
            actions.save_scores(
                a, {one: (3, False, " rapi "), two: (None, True, "tidak ada rak")}, by=a.assessor
            )
            == 2
        )
        assert {(s.criterion.code, s.value, s.not_applicable, s.note) for s in a.scores.all()} == {
            ("R1.1", 3, False, "rapi"),
            ("R2.1", None, True, "tidak ada rak"),
        }
        assert actions.save_scores(a, {one: (4, False, ""), two: (None, False, "")}, by=a.assessor) == 3
        assert [(s.criterion.code, s.value) for s in a.scores.all()] == [("R1.1", 4)]
        assert Event.objects.filter(verb="assessment.scored").first().data == {
            "changes": {"R1.1": ["3 rapi", "4"], "R2.1": ["N/A tidak ada rak", None]}
        }

    def test_the_same_again_is_no_change(self):
        a = AssessmentFactory()
        for _ in range(2):
            assert actions.save_scores(a, {item(a, "R1.1"): (3, False, "")}, by=a.assessor) == 2
        assert Event.objects.filter(verb="assessment.scored").count() == 1

    def test_a_stale_version_stores_nothing(self):
        a = AssessmentFactory()
        actions.save_scores(a, {item(a, "R1.1"): (3, False, "")}, by=a.assessor, version=1)
        with pytest.raises(actions.ConflictError, match="perangkat lain"):
            actions.save_scores(a, {item(a, "R1.1"): (1, False, "")}, by=a.assessor, version=1)
        assert a.scores.get().value == 3

    @pytest.mark.parametrize("code, value", [("R1.1", 5), ("R1.1", -1), ("LEG1", 1), ("LEG1", 3)])
    def test_scores_off_the_items_scale(self, code, value):
        a = AssessmentFactory()
        with pytest.raises(ValidationError, match="pilih salah satu nilai"):
            actions.save_scores(
                a, {item(a, "R2.1"): (3, False, ""), item(a, code): (value, False, "")}, by=a.assessor
            )
        assert not Score.objects.exists()

    def test_not_applicable_needs_a_reason(self):
        a = AssessmentFactory()
        with pytest.raises(ValidationError, match="alasan"):
            actions.save_scores(a, {item(a, "R1.1"): (None, True, "  ")}, by=a.assessor)

    def test_an_item_of_another_rubric(self):
        a, other = AssessmentFactory(), AssessmentFactory()
        with pytest.raises(ValidationError, match="bukan bagian rubrik"):
            actions.save_scores(a, {item(other, "R1.1"): (3, False, "")}, by=a.assessor)

    def test_only_by_its_assessor(self, assessor):
        a = AssessmentFactory()
        with pytest.raises(ValidationError, match="hanya dapat diubah oleh"):
            actions.save_scores(a, {item(a, "R1.1"): (3, False, "")}, by=assessor)

    @pytest.mark.parametrize("status", Status.values)
    def test_only_while_writable(self, status):
        a = AssessmentFactory(filled=3)
        force(a, status)
        if status in ("draft", "returned"):
            actions.save_scores(a, {item(a, "R1.1"): (2, False, "")}, by=a.assessor)
        else:
            with pytest.raises(TransitionError, match="tidak dapat diubah"):
                actions.save_scores(a, {item(a, "R1.1"): (2, False, "")}, by=a.assessor)


def force(assessment, status):
    """Put the row in a state, past every rule but the database's."""
    now = timezone.now()
    fields = {"status": status, "submitted_at": None if status == "draft" else now}
    if status == "approved":
        fields |= {"approved_at": now, "overall": 50, "reviewed_by": UserFactory(role=Role.LEAD)}
    if status == "returned":
        fields["return_reason"] = "kurang"
    Assessment.objects.filter(pk=assessment.pk).update(**fields)
    assessment.refresh_from_db()


class TestEvidence:
    def test_a_photo_is_kept_once_with_its_hash(self):
        a = AssessmentFactory()
        first = actions.add_evidence(a, item(a, "KS7"), photo=photo(), taken_on=DAY, by=a.assessor)
        again = actions.add_evidence(a, item(a, "KS7"), photo=photo(), taken_on=DAY, by=a.assessor)
        assert first == again
        with first.file.open() as stored:
            assert stored.read() == b"a" * 10
        assert (first.kind, Evidence.objects.count()) == ("photo", 1)

    def test_eight_photos_and_no_more(self):
        a = AssessmentFactory()
        for letter in "abcdefgh":
            actions.add_evidence(a, item(a, "KS7"), photo=photo(letter), taken_on=DAY, by=a.assessor)
        with pytest.raises(ValidationError, match="sudah punya 8 foto"):
            actions.add_evidence(a, item(a, "KS7"), photo=photo("i"), taken_on=DAY, by=a.assessor)

    def test_a_document_must_be_a_pdf(self):
        a = AssessmentFactory()
        paper = SimpleUploadedFile("surat.pdf", b"%PDF-1.7 isi")
        assert (
            actions.add_evidence(a, item(a, "KS1"), document=paper, taken_on=DAY, by=a.assessor).kind
            == "document"
        )
        with pytest.raises(ValidationError, match="bukan PDF"):
            actions.add_evidence(
                a,
                item(a, "KS1"),
                document=SimpleUploadedFile("surat.pdf", b"<html>"),
                taken_on=DAY,
                by=a.assessor,
            )

    def test_a_note_needs_words(self):
        a = AssessmentFactory()
        assert (
            actions.add_evidence(a, item(a, "KS1"), text="Tanya 3 orang", taken_on=DAY, by=a.assessor).kind
            == "note"
        )
        with pytest.raises(ValidationError, match="Pilih foto"):
            actions.add_evidence(a, item(a, "KS1"), text=" ", taken_on=DAY, by=a.assessor)

    def test_removed_with_its_file_while_writable(self, django_capture_on_commit_callbacks):
        a = AssessmentFactory()
        evidence = actions.add_evidence(a, item(a, "KS7"), photo=photo(), taken_on=DAY, by=a.assessor)
        storage, name = evidence.file.storage, evidence.file.name
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_evidence(evidence, by=a.assessor)
        assert not storage.exists(name)
        assert Event.objects.filter(verb="assessment.evidence_removed").count() == 1

    def test_not_removed_once_submitted(self):
        a = AssessmentFactory(filled=3)
        evidence = actions.add_evidence(a, item(a, "KS7"), photo=photo(), taken_on=DAY, by=a.assessor)
        actions.submit(a, by=a.assessor)
        with pytest.raises(TransitionError):
            actions.remove_evidence(evidence, by=a.assessor)


ALLOWED = {
    ("draft", "submitted"),
    ("submitted", "in_review"),
    ("submitted", "approved"),
    ("submitted", "returned"),
    ("in_review", "approved"),
    ("in_review", "returned"),
    ("returned", "submitted"),
}


@pytest.mark.parametrize("before", Status.values)
@pytest.mark.parametrize("after", Status)
def test_no_move_but_the_allowed_ones(before, after):
    a = AssessmentFactory(filled=3)
    force(a, before)
    now = timezone.now()
    extra = {"submitted_at": now, "return_reason": "kurang"}
    if after == Status.APPROVED:
        extra |= {"approved_at": now, "overall": 50, "reviewed_by": UserFactory(role=Role.LEAD)}
    if (before, after) in ALLOWED:
        a.move_to(after, by=a.assessor, **extra)
        assert a.status == after
    else:
        with pytest.raises(TransitionError):
            a.move_to(after, by=a.assessor, **extra)


class TestSubmit:
    def test_lists_everything_that_is_missing(self):
        a = AssessmentFactory()
        answers = {
            item(a, "R1.1"): (1, False, ""),
            item(a, "KS7"): (0, False, ""),
            item(a, "KS1"): (0, False, ""),
        }
        actions.save_scores(a, answers, by=a.assessor)
        with pytest.raises(ValidationError) as error:
            actions.submit(a, by=a.assessor)
        assert error.value.messages == [
            "Butir R1.1: tambah foto, karena nilainya 1",
            "Butir R2.1: beri nilai",
            "Butir KS7: tambah foto, karena nilainya 0",
            "Butir LEG1: beri nilai",
        ]
        a.refresh_from_db()
        assert a.status == Status.DRAFT

    def test_a_field_in_which_nothing_applies_is_incomplete(self):
        a = AssessmentFactory(filled=3)
        actions.save_scores(a, {item(a, "LEG1"): (None, True, "belum diperiksa")}, by=a.assessor)
        with pytest.raises(ValidationError, match="Legalitas"):
            actions.submit(a, by=a.assessor)

    def test_submitted_and_told_to_the_assessors(self, assessor):
        a = AssessmentFactory(filled=3)
        actions.submit(a, by=a.assessor)
        assert (a.status, a.submitted_at is not None) == (Status.SUBMITTED, True)
        assert [n.user for n in Notification.objects.all()] == [assessor]

    def test_only_by_its_assessor(self, assessor):
        with pytest.raises(ValidationError, match="hanya dapat diubah oleh"):
            actions.submit(AssessmentFactory(filled=3), by=assessor)


class TestReview:
    def test_approving_freezes_the_figures_and_tells(self, assessor):
        a = AssessmentFactory(filled=3, submitted=True)
        owner = PersonFactory(enterprise=a.enterprise).user
        Notification.objects.all().delete()
        actions.take_review(a, by=assessor)
        actions.approve(a, by=assessor)
        a.refresh_from_db()
        assert (a.status, a.reviewed_by) == (Status.APPROVED, assessor)
        assert a.overall == 40 * 75 / 100 + 50 * 75 / 100 + 10
        assert {code: float(value) for code, value in a.dimension_scores.items()} == {
            "5R": 75,
            "K3L": 75,
            "LEG": 100,
        }
        assert {n.user for n in Notification.objects.all()} == {owner, a.assessor}
        assert Event.objects.filter(verb="assessment.approved", actor_id=assessor.pk).count() == 1

    def test_nobody_approves_their_own(self):
        a = AssessmentFactory(filled=3, submitted=True)
        for act in (actions.take_review, actions.approve):
            with pytest.raises(ValidationError, match="bukan oleh penilainya sendiri"):
                act(a, by=a.assessor)
        with pytest.raises(ValidationError, match="bukan oleh penilainya sendiri"):
            actions.return_to_assessor(a, "kurang", by=a.assessor)

    def test_database_refuses_the_assessor_as_reviewer(self):
        a = AssessmentFactory(filled=3, submitted=True)
        with pytest.raises(IntegrityError, match="assessment_reviewer_is_not_its_assessor"):
            Assessment.objects.filter(pk=a.pk).update(reviewed_by=a.assessor)

    def test_low_critical_items_become_findings_once(self, assessor):
        a = AssessmentFactory()
        fill(a, 3, KS7=1)
        actions.add_evidence(a, item(a, "KS7"), photo=photo(), taken_on=DAY, by=a.assessor)
        actions.submit(a, by=a.assessor)
        actions.approve(a, by=assessor)
        finding = Finding.objects.get()
        today = timezone.localdate()
        assert (finding.is_critical, finding.criterion.code, finding.found_on) == (True, "KS7", DAY)
        assert finding.due_on == today + timedelta(days=30)
        again = AssessmentFactory(enrolment=a.enrolment, kind=Kind.MIDYEAR)
        fill(again, 3, KS7=0)
        actions.add_evidence(again, item(again, "KS7"), photo=photo(), taken_on=DAY, by=again.assessor)
        actions.submit(again, by=again.assessor)
        actions.approve(again, by=assessor)
        assert Finding.objects.count() == 1  # the open one keeps its age

    def test_returned_with_a_reason_and_handed_in_again(self, assessor):
        a = AssessmentFactory(filled=3, submitted=True)
        with pytest.raises(ValidationError, match="harus diperbaiki"):
            actions.return_to_assessor(a, " ", by=assessor)
        actions.return_to_assessor(a, "Foto rak kurang jelas", by=assessor)
        assert (a.status, a.return_reason) == (Status.RETURNED, "Foto rak kurang jelas")
        note = Notification.objects.get(user=a.assessor, kind="assessment.returned")
        assert note.body == "Foto rak kurang jelas"
        actions.submit(a, by=a.assessor)
        actions.approve(a, by=assessor)

    def test_an_approved_one_never_changes(self):
        a = AssessmentFactory(approved=True)
        with pytest.raises(TransitionError):
            actions.approve(a, by=UserFactory(role=Role.LEAD))
        with pytest.raises(TransitionError):
            actions.save_scores(a, {item(a, "R1.1"): (0, False, "")}, by=a.assessor)
