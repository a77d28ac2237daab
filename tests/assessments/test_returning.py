"""Returned with a reason per item, mended or answered, handed in again: and everybody sees what changed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from assessments import actions
from assessments.models import Assessment, ReviewRemark
from assessments.rounds import rounds_of
from assessments.sheet import Sheet
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, criteria_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    return AssessmentFactory(filled=3, submitted=True)


@pytest.fixture
def reviewer():
    return UserFactory(role=Role.LEAD, full_name="Peninjau Contoh")


def give_back(assessment, by, reason="", **remarks):
    items = {item.code.replace(".", "_"): item for item in criteria_of(assessment)}
    asked = {(items[code], None): text for code, text in remarks.items()}
    return actions.return_to_assessor(assessment, reason, remarks=asked, by=by)


def mend(assessment, code, value, note=""):
    answers = {criteria_of(assessment).get(code=code): (value, False, note)}
    actions.save_scores(assessment, answers, by=assessment.assessor)


def last_round(assessment):
    return rounds_of(assessment, Sheet(assessment))[0]


class TestReturn:
    def test_remarks_alone_are_a_reason_and_both_are_told(self, submitted, reviewer):
        with translation.override(
            "en"
        ):  # whatever the reviewer reads, the assessor is told in the portal's own
            give_back(submitted, reviewer, R1_1="Foto kurang jelas", KS1="Tidak sesuai yang terlihat")
        assert submitted.return_reason == "Perbaiki butir R1.1, KS1."
        told = Notification.objects.get(kind="assessment.returned")
        assert told.title == f"Penilaian {submitted.enterprise} dikembalikan"
        assert "R1.1: Foto kurang jelas\nKS1: Tidak sesuai yang terlihat" in told.body
        event = Event.objects.get(verb="assessment.items_returned")
        assert event.data["remarks"] == {"R1.1": "Foto kurang jelas", "KS1": "Tidak sesuai yang terlihat"}

    def test_without_any_reason_nothing_happens(self, submitted, reviewer):
        with pytest.raises(ValidationError, match="Tulis apa yang harus diperbaiki"):
            give_back(submitted, reviewer, " ", R1_1="  ")
        submitted.refresh_from_db()
        assert submitted.status == Assessment.Status.SUBMITTED
        assert not submitted.rounds.exists()


class TestAnswers:
    def test_it_goes_back_only_when_every_remark_is_followed_or_replied_to(self, submitted, reviewer):
        give_back(submitted, reviewer, R1_1="Foto kurang jelas", KS1="Tidak sesuai")
        with pytest.raises(ValidationError) as refused:
            actions.submit(submitted, by=submitted.assessor)
        assert refused.value.messages == [
            "Butir R1.1: perbaiki atau tanggapi catatan peninjau",
            "Butir KS1: perbaiki atau tanggapi catatan peninjau",
        ]
        mend(submitted, "R1.1", 2)
        remark = ReviewRemark.objects.get(criterion__code="KS1")
        actions.answer_remarks(submitted, {remark.pk: "Sudah diukur ulang"}, by=submitted.assessor)
        actions.submit(submitted, by=submitted.assessor)
        assert submitted.rounds.get().resubmitted_at is not None
        assert Event.objects.get(verb="assessment.remarks_answered").data["replies"] == {
            "KS1": "Sudah diukur ulang"
        }

    def test_nobody_else_replies_and_nothing_after_handing_in(self, submitted, reviewer):
        give_back(submitted, reviewer, KS1="Tidak sesuai")
        remark = ReviewRemark.objects.get()
        with pytest.raises(ValidationError, match="hanya dapat diubah oleh"):
            actions.answer_remarks(submitted, {remark.pk: "Saya lain"}, by=reviewer)
        actions.answer_remarks(submitted, {remark.pk: "Sesuai"}, by=submitted.assessor)
        actions.submit(submitted, by=submitted.assessor)
        with pytest.raises(ValidationError, match="tidak dapat diubah"):
            actions.answer_remarks(submitted, {remark.pk: "Terlambat"}, by=submitted.assessor)


def test_each_round_keeps_what_it_asked_and_what_changed_after_it(submitted, reviewer):
    give_back(submitted, reviewer, "Dua butir", R1_1="Foto kurang jelas", KS1="Tidak sesuai")
    mend(submitted, "R1.1", 2, "Rak dua")
    mend(submitted, "KS1", 2)
    mend(submitted, "R2.1", 3, "Label baru")
    actions.submit(submitted, by=submitted.assessor)
    give_back(submitted, reviewer, "Sekali lagi", KS1="Masih tidak sesuai")
    mend(submitted, "KS1", 3)

    second, first = rounds_of(submitted, Sheet(submitted))
    assert [(line.row.criterion.code, line.said_before, line.says_now) for line in first.asked] == [
        ("R1.1", "3", "2, “Rak dua”"),
        ("KS1", "3", "2"),
    ]
    assert [(line.row.criterion.code, line.says_now) for line in first.others] == [
        ("R2.1", "3, “Label baru”")
    ]
    assert [(line.said_before, line.says_now, line.is_answered) for line in second.asked] == [
        ("2", "3", True)
    ]
    assert second.others == []


def test_new_evidence_answers_a_remark(submitted, reviewer, world):
    give_back(submitted, reviewer, R1_1="Foto kurang jelas")
    item = criteria_of(submitted).get(code="R1.1")
    actions.add_evidence(
        submitted, item, text="Dilihat lagi", taken_on=submitted.visited_on, by=submitted.assessor
    )
    line = last_round(submitted).asked[0]
    assert (line.is_answered, line.evidence_words) == (True, "1 bukti baru")


class TestPages:
    @pytest.fixture
    def returned(self, login):
        made = AssessmentFactory(assessor=login(Role.ASSESSOR), filled=3, submitted=True)
        give_back(made, UserFactory(role=Role.LEAD), KS1="Tidak sesuai yang terlihat")
        return made

    def test_the_reviewer_marks_items_and_what_was_written_is_kept(self, client, login):
        login(Role.LEAD)
        waiting = AssessmentFactory(filled=3, submitted=True)
        url = reverse("assessments:review", args=[waiting.code])
        assert "Tulis apa yang harus diperbaiki" in client.post(url, {"decision": "return"}).content.decode()
        page = client.post(
            url, {"decision": "approve", "butir_KS1": "Kabel terlihat terkelupas"}
        ).content.decode()
        assert "kembalikan, atau kosongkan catatannya" in page and "Kabel terlihat terkelupas" in page
        client.post(url, {"decision": "return", "butir_KS1": "Kabel terlihat terkelupas"})
        assert ReviewRemark.objects.get().text == "Kabel terlihat terkelupas"

    def test_the_assessor_finds_each_returned_item_and_replies_at_it(self, client, returned):
        remark = ReviewRemark.objects.get()
        home = client.get(reverse("assessments:fill", args=[returned.code])).content.decode()
        section = reverse("assessments:section", args=[returned.code, "k3l"])
        assert "1 butir dikembalikan" in home and f'href="{section}#KS1"' in home
        assert "Tidak sesuai yang terlihat" in client.get(section).content.decode()
        check = client.get(reverse("assessments:check", args=[returned.code])).content.decode()
        assert "Butir KS1: perbaiki atau tanggapi catatan peninjau" in check
        data = {"version": returned.version, "nilai_KS7": "3", "nilai_KS1": "3", "go": "save"}
        client.post(section, data | {f"tanggapan_{remark.pk}": "Sudah ditutup selubung"})
        remark.refresh_from_db()
        assert remark.reply == "Sudah ditutup selubung"

    def test_a_reply_is_sent_by_itself_too(self, client, returned):
        remark = ReviewRemark.objects.get()
        url = reverse("assessments:autosave", args=[returned.code, "k3l"])
        assert client.post(url, {f"tanggapan_{remark.pk}": "Sudah"}).json()["items"] == {}
        remark.refresh_from_db()
        assert remark.reply == "Sudah"

    def test_rounds_stay_to_be_read(self, client, login, returned):
        mend(returned, "KS1", 2, "Kabel terkelupas")
        actions.submit(returned, by=returned.assessor)
        login(Role.LEAD)
        for name in ("review", "detail"):
            page = client.get(reverse(f"assessments:{name}", args=[returned.code])).content.decode()
            assert (
                "Putaran 1" in page
                and "Tidak sesuai yang terlihat" in page
                and "2, “Kabel terkelupas”" in page
            )


class TestResuming:
    def test_it_goes_on_after_the_item_scored_last(self, client, login):
        draft = AssessmentFactory(assessor=login(Role.ASSESSOR))
        url = reverse("assessments:fill", args=[draft.code])
        assert "Lanjutkan di" not in client.get(url).content.decode()
        mend(draft, "KS7", 3)
        page = client.get(url).content.decode()
        section = reverse("assessments:section", args=[draft.code, "k3l"])
        assert "Lanjutkan di Kesehatan dan keselamatan, butir KS1" in page and f'href="{section}#KS1"' in page
