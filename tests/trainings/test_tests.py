"""Tests on phones: who may answer when, sent once or a hundred times, and what becomes of the mark."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from tests.factories.accounts import UserFactory
from tests.factories.participants import MentorAssignmentFactory, PersonFactory
from tests.factories.trainings import (
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
    with_bank,
)
from trainings import actions, papers
from trainings.models import Answer, Attempt, TestResult
from trainings.opening import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return with_bank(ModuleFactory(curriculum=CohortCurriculumFactory().curriculum, code="5R"))


@pytest.fixture
def cohort(module):
    return module.curriculum.cohort_pins.get().cohort


@pytest.fixture
def place(cohort):
    """(enrolment, its owner, who can sign in)."""
    enrolment, person = enrol(cohort)
    if person.user is None:
        person.user = UserFactory(role=Role.OWNER)
        person.save()
    return enrolment, person


@pytest.fixture
def running(module, cohort):
    return SessionFactory(running=True, module=module, cohort=cohort)


@pytest.fixture
def over(module, cohort):
    return SessionFactory(held=True, module=module, cohort=cohort)


def own_test(place, module, kind):
    return papers.find_test(papers.tests_of(*place), module, kind)


def choices(test, right):
    """The first `right` questions answered rightly, the others wrongly."""
    return {
        asked.question.pk: asked.question.correct if number < right else 3 - asked.question.correct
        for number, asked in enumerate(test.paper())
    }


def hand_in(place, module, kind, right, **more):
    enrolment, person = place
    test = own_test(place, module, kind)
    more = {"id": new_id(), "by": person.user, **more}
    return actions.hand_in_test(enrolment, person, module, kind, choices(test, right), **more)


class TestOpening:
    def test_before_opens_with_the_first_session_and_after_with_the_last(self, place, module, cohort):
        def openings():
            return [own_test(place, module, kind).opening for kind in ("pre", "post")]

        assert openings() == [Opening.EARLY, Opening.EARLY]
        SessionFactory(
            module=module, cohort=cohort, status="cancelled", starts_at=timezone.now() - timedelta(days=9)
        )
        tomorrow = SessionFactory(module=module, cohort=cohort)
        assert openings() == [Opening.EARLY, Opening.EARLY]
        SessionFactory(held=True, module=module, cohort=cohort)
        assert openings() == [Opening.OPEN, Opening.EARLY]
        type(tomorrow).objects.filter(pk=tomorrow.pk).update(status="cancelled")
        assert openings() == [Opening.OVER, Opening.OPEN]
        SessionFactory(module=module, cohort=cohort, kind="make_up")
        assert openings() == [Opening.OVER, Opening.OPEN]

    def test_a_bank_of_nine_offers_no_test(self, place, cohort):
        small = with_bank(ModuleFactory(curriculum=cohort.curriculum_pin.curriculum, code="KEU"), 9)
        assert own_test(place, small, "pre") is None

    def test_the_same_ten_before_and_after(self, place, module):
        before, after = (own_test(place, module, kind).paper() for kind in ("pre", "post"))
        assert {one.question for one in before} == {one.question for one in after}
        assert len({one.question for one in before}) == 10
        assert [one.name for one in before] == [one.name for one in own_test(place, module, "pre").paper()]
        assert [(one.name, one.order) for one in before] != [(one.name, one.order) for one in after]


class TestHandingIn:
    def test_a_hundred_times_makes_one(self, place, module, running):
        key = new_id()
        for _press in range(100):
            attempt = hand_in(place, module, "pre", 7, id=key)
        assert (Attempt.objects.get(), attempt.right) == (attempt, 7)
        assert Answer.objects.count() == 10
        result = TestResult.objects.get()
        assert (result.mark, result.source, result.kind) == (70, "phone", "pre")

    def test_another_key_is_no_second_try_until_staff_open_it_again(self, place, module, running):
        attempt = hand_in(place, module, "pre", 4)
        with pytest.raises(ValidationError, match="tidak terbuka"):
            hand_in(place, module, "pre", 9)
        for _press in range(2):
            actions.reopen_test(attempt, "HP mati", by=UserFactory(role=Role.STAFF))
        hand_in(place, module, "pre", 9)
        assert Attempt.objects.count() == 2
        assert TestResult.objects.get().mark == 90
        with pytest.raises(ValidationError):
            hand_in(place, module, "pre", 10)

    def test_the_mark_is_the_best_of_its_people(self, place, module, over):
        other = PersonFactory(
            enterprise=place[0].enterprise, is_primary=False, user=UserFactory(role=Role.OWNER)
        )
        for person, right, mark in ((place[1], 6, 60), (other, 8, 80)):
            hand_in((place[0], person), module, "post", right)
            assert TestResult.objects.get().mark == mark
        third = PersonFactory(
            enterprise=place[0].enterprise, is_primary=False, user=UserFactory(role=Role.OWNER)
        )
        hand_in((place[0], third), module, "post", 2)
        assert TestResult.objects.get().mark == 80

    def test_a_mark_that_staff_wrote_down_stays(self, place, module, over):
        staff = UserFactory(role=Role.STAFF)
        actions.enter_test_result(place[0], module, "post", Decimal(55), timezone.localdate(), by=staff)
        hand_in(place, module, "post", 10)
        result = TestResult.objects.get()
        assert (result.mark, result.source, result.entered_by) == (55, "hand", staff)
        assert Attempt.objects.get().right == 10

    def test_both_clocks_are_kept_and_the_servers_counts(self, place, module, running):
        long_ago = timezone.now() - timedelta(days=400)
        attempt = hand_in(place, module, "pre", 5, finished=long_ago, sent=long_ago)
        assert (attempt.finished_on_phone, attempt.sent_on_phone) == (long_ago, long_ago)
        assert timezone.now() - attempt.created_at < timedelta(minutes=1)
        assert TestResult.objects.get().taken_on == timezone.localdate()

    def test_foreign_and_tampered_answers_are_refused(self, place, module, cohort, running):
        (enrolment, person), stranger = place, enrol(cohort)
        stranger_user = UserFactory(role=Role.OWNER)
        own = choices(own_test(place, module, "pre"), 10)
        some = next(iter(own))
        foreign = with_bank(ModuleFactory(), 1).questions.get().pk
        tampered = [
            {},
            {**own, foreign: 0},
            {foreign if pk == some else pk: choice for pk, choice in own.items()},
            {pk: choice for pk, choice in own.items() if pk != some},
            {**own, some: 4},
            {**own, some: -1},
        ]
        for answers in tampered:
            with pytest.raises(ValidationError):
                actions.hand_in_test(enrolment, person, module, "pre", answers, by=person.user, id=new_id())
        with pytest.raises(ValidationError):  # somebody of another IKM
            actions.hand_in_test(enrolment, stranger[1], module, "pre", own, by=stranger_user, id=new_id())
        attempt = hand_in(place, module, "pre", 10)
        with pytest.raises(ValidationError, match="Muat ulang"):  # another's key
            hand_in((stranger[0], stranger[1]), module, "pre", 10, id=attempt.pk, by=stranger_user)
        assert Attempt.objects.get() == attempt

    def test_leavers_hand_in_nothing(self, place, module, running):
        place[0].status = "withdrawn"
        with pytest.raises(ValidationError, match="daftar angkatan"):
            hand_in(place, module, "pre", 10)


class TestPages:
    @pytest.fixture
    def address(self, cohort):
        return lambda kind: reverse("trainings:take_test", args=[cohort.code, "5R", kind])

    def form(self, place, module, kind, right=10, **more):
        """What the page sends: the places at which the choices stood."""
        test = own_test(place, module, kind)
        own = choices(test, right)
        fields = {one.name: str(one.order.index(own[one.question.pk])) for one in test.paper()}
        return {"key": str(new_id()), "edition": test.edition, **fields, **more}

    def test_ten_questions_without_a_script(self, client, login, place, module, running, address):
        login(place[1].user)
        assert "Tes awal" in client.get(reverse("trainings:my_tests")).content.decode()
        page = client.get(address("awal")).content.decode()
        assert page.count("<fieldset") == 10 and page.count('type="radio"') == 40
        form = self.form(place, module, "pre", 8, finished="2026-01-02T03:04:05Z", sent="kemarin")
        short = {
            name: value
            for name, value in form.items()
            if name != own_test(place, module, "pre").paper()[0].name
        }
        page = client.post(address("awal"), short).content.decode()
        assert "Pilih satu jawaban" in page and page.count("checked") == 9
        for _press in range(2):
            response = client.post(address("awal"), form)
            assert response.status_code == 302
        attempt = Attempt.objects.get()
        assert (attempt.right, attempt.sent_on_phone) == (8, None) and attempt.finished_on_phone.year == 2026
        assert response.url == attempt.get_absolute_url()

    @pytest.mark.parametrize("told", ["of_before", "of_somebody_else", "none"])
    def test_a_page_of_another_try_or_person_is_asked_anew(
        self, client, login, place, module, running, address, told
    ):
        login(place[1].user)
        old = self.form(place, module, "pre", 10)
        actions.reopen_test(hand_in(place, module, "pre", 3), "HP mati", by=UserFactory())
        now = self.form(place, module, "pre", 10)
        edition = {"of_before": old, "of_somebody_else": {"edition": f"{new_id().hex}:pre:1"}, "none": {}}[
            told
        ]
        wrong = {**old, "edition": edition.get("edition", "")}
        page = client.post(address("awal"), wrong).content.decode()
        assert "sudah usang" in page and "checked" not in page and now["edition"] in page
        assert Attempt.objects.count() == 1
        assert "sudah usang" not in client.get(address("awal")).content.decode()
        client.post(address("awal"), now)
        assert [attempt.right for attempt in Attempt.objects.all()] == [3, 10]

    def test_right_and_wrong_are_told_after_the_test_after(
        self, client, login, place, module, running, address
    ):
        login(place[1].user)
        before = client.post(address("awal"), self.form(place, module, "pre", 8)).url
        page = client.get(before).content.decode()
        assert "8 dari 10 benar" in page and "sesudah tes akhir" in page
        assert not any(question.choices[0] in page for question in module.questions.all())
        actions.close_session(running, head_count=0, by=running.trainer)
        after = client.post(address("akhir"), self.form(place, module, "post", 9)).url
        for url in (before, after):
            page = client.get(url).content.decode()
            assert page.count("jawaban Anda") == 10 and "sesudah tes akhir" not in page
        actions.reopen_test(Attempt.objects.get(kind="post"), "Listrik padam", by=UserFactory())
        assert "jawaban Anda" not in client.get(after).content.decode()

    def test_too_early_and_too_late_say_when(self, client, login, place, over, address):
        login(place[1].user)
        assert "Tes awal sudah ditutup" in client.get(address("awal")).content.decode()
        assert client.get(address("lusa")).status_code == 404

    def test_a_mentor_sees_the_answers_of_own_enterprises_unless_trainer(
        self, client, login, cohort, place, module, over
    ):
        others = enrol(cohort)
        hand_in(place, module, "post", 4)
        hand_in(others, module, "post", 9, by=UserFactory())
        url = reverse("trainings:test_answers", args=[cohort.code, "5R"])
        mentor = UserFactory(role=Role.MENTOR)
        MentorAssignmentFactory(enrolment=place[0], mentor=mentor)
        login(mentor)
        page = client.get(url).content.decode()
        assert place[1].full_name in page and others[1].full_name not in page
        assert "Hanya dari IKM" in page and "dari 2 orang" not in page
        for all_seen in (over.trainer, UserFactory(role=Role.STAFF)):
            login(all_seen)
            page = client.get(url).content.decode()
            assert others[1].full_name in page and "dari 2 orang" in page and "Hanya dari IKM" not in page

    def test_a_test_whose_time_is_over_is_not_opened_again(self, client, login, place, module, running):
        attempt = hand_in(place, module, "pre", 4)
        actions.close_session(running, head_count=0, by=running.trainer)
        login(Role.STAFF)
        page = client.post(
            reverse("trainings:reopen_test", args=[attempt.pk]), {"reason": "HP mati"}
        ).content.decode()
        assert "sudah ditutup" in page and "HP mati" in page
        assert Attempt.objects.get().reopened_at is None

    def test_staff_see_how_hard_each_question_was(self, client, login, cohort, place, module, over, queries):
        hand_in(place, module, "post", 0)
        actions.reopen_test(Attempt.objects.get(), "Salah paham", by=UserFactory())
        hand_in(place, module, "post", 10)  # seen the answers: not counted
        url = reverse("trainings:test_answers", args=[cohort.code, "5R"])
        login(Role.STAFF)
        page = client.get(url).content.decode()
        assert page.count("0 dari 1 orang") == 10 and "1 dari 1 orang" not in page
        assert "dibuka lagi oleh" in page and "10 dari 10" in page
        few = queries(url)
        for _number in range(3):
            enrolment, person = enrol(cohort)
            hand_in((enrolment, person), module, "post", 5, by=UserFactory())
        assert queries(url) == few
