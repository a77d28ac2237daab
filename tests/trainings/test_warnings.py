"""Warnings: which fire, what they say, and when one that was dealt with comes back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

import participants.actions
from closedloop.accounts.roles import Role
from participants.models import MentorAssignment
from tests.factories.accounts import UserFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
)
from trainings import actions
from trainings.warned import warnings_of
from trainings.warning_rules import Held, Rule, missed_in_a_row
from trainings.words import reminder_text

PRESENT, ABSENT, EXCUSED = "hadir", "absen", "izin"


def held(marks):
    return [
        Held(f"S{place}", "Sesi", date(2026, 1, 1), mark == PRESENT, mark == EXCUSED)
        for place, mark in enumerate(marks)
    ]


@pytest.mark.parametrize(
    ("marks", "row"),
    [
        ([], 0),
        ([ABSENT], 0),
        ([ABSENT, ABSENT], 2),
        ([ABSENT, EXCUSED, ABSENT], 2),
        ([ABSENT, PRESENT, ABSENT], 0),
        ([ABSENT, ABSENT, PRESENT], 0),
        ([PRESENT, ABSENT, ABSENT, ABSENT], 3),
        ([EXCUSED, EXCUSED], 0),
    ],
)
def test_a_row_of_misses(marks, row):
    assert len(missed_in_a_row(held(marks))) == row


@given(st.lists(st.sampled_from([PRESENT, ABSENT, EXCUSED])))
def test_only_what_came_after_the_last_presence_counts(marks):
    since = marks[len(marks) - marks[::-1].index(PRESENT) :] if PRESENT in marks else marks
    misses = since.count(ABSENT)
    assert len(missed_in_a_row(held(marks))) == (misses if misses >= 2 else 0)


@pytest.fixture
def enrolment(db):
    pin = CohortCurriculumFactory()
    ModuleFactory(curriculum=pin.curriculum, code="5R")
    return enrol(pin.cohort)[0]


@pytest.fixture
def hold(enrolment):
    """Hold a session a number of days ago, with this mark of the enrolment."""

    def make(days, status):
        module = enrolment.cohort.curriculum_pin.curriculum.modules.get()
        session = SessionFactory(
            held=True,
            cohort=enrolment.cohort,
            module=module,
            starts_at=timezone.now() - timedelta(days=days),
        )
        AttendanceFactory(session=session, enrolment=enrolment, status=status)
        return session

    return make


def rules(enrolment):
    return {one.rule: one for one in warnings_of([enrolment])}


@pytest.mark.django_db
def test_the_facts_that_fired_are_shown(enrolment, hold):
    first, second = hold(9, "absent"), hold(2, "absent")
    found = rules(enrolment)
    assert [one.code for one in found[Rule.MISSED_IN_A_ROW].missed] == [first.code, second.code]
    assert found[Rule.BELOW_SHARE].module.attendance.jp_held == 8


@pytest.mark.django_db
def test_dealt_with_stays_so_until_something_new_happens(enrolment, hold):
    mentor = UserFactory(role=Role.MENTOR)
    hold(9, "absent"), hold(5, "absent")
    one = rules(enrolment)[Rule.MISSED_IN_A_ROW]
    answer = actions.answer_warning(enrolment, one.rule, one.key, "Sudah ditelepon", by=mentor)
    assert actions.answer_warning(enrolment, one.rule, one.key, "Lagi", by=mentor) == answer
    assert rules(enrolment)[Rule.MISSED_IN_A_ROW].answer == answer
    hold(1, "absent")
    assert rules(enrolment)[Rule.MISSED_IN_A_ROW].answer is None
    with pytest.raises(ValidationError, match="sudah berubah"):
        actions.answer_warning(enrolment, one.rule, one.key, "Lagi", by=mentor)


@pytest.mark.django_db
def test_a_leaver_is_warned_of_no_more(enrolment, hold):
    hold(9, "absent"), hold(5, "absent")
    participants.actions.move_enrolment(enrolment, "withdrawn", by=None, reason="Pindah usaha")
    assert warnings_of([enrolment]) == []


@pytest.mark.django_db
def test_many_cost_as_many_queries_as_one(enrolment, hold, django_assert_max_num_queries):
    hold(9, "absent"), hold(5, "absent")
    for _number in range(6):
        other = enrol(enrolment.cohort)[0]
        for session in enrolment.cohort.sessions.all():
            AttendanceFactory(session=session, enrolment=other, status="absent")
    everybody = list(enrolment.cohort.enrolments.select_related("enterprise", "cohort"))
    with django_assert_max_num_queries(14):
        assert len(warnings_of(everybody)) == 14


@pytest.mark.django_db
def test_a_reminder_is_in_indonesian_whoever_sends_it(enrolment, hold):
    hold(9, "absent"), hold(5, "absent")
    in_indonesian = [reminder_text(one) for one in warnings_of([enrolment])]
    with translation.override("en"):
        assert [reminder_text(one) for one in warnings_of([enrolment])] == in_indonesian
        assert translation.get_language() == "en"
    assert all(text.startswith("Selamat siang") for text in in_indonesian) and len(in_indonesian) == 2


@pytest.mark.django_db
def test_the_whatsapp_button_needs_a_consent(client, enrolment, hold):
    hold(9, "absent"), hold(5, "absent")
    person = enrolment.enterprise.people.get()
    person.phone = "+6281234567890"
    person.save()
    mentor = UserFactory(role=Role.MENTOR)
    MentorAssignment.objects.create(
        enrolment=enrolment, mentor=mentor, assigned_by=mentor, starts_on=timezone.localdate()
    )
    client.force_login(mentor)
    address = reverse("trainings:warnings")
    assert "wa.me" not in client.get(address).content.decode()
    participants.actions.give_consent(enrolment.enterprise, by=None, purpose="whatsapp", channel="Kertas")
    page = client.get(address).content.decode()
    assert "https://wa.me/6281234567890?text=Selamat%20siang" in page
    response = client.post(
        reverse("trainings:answer_warning", args=[enrolment.pk]),
        {"rule": "missed_in_a_row", "key": "x", "note": ""},
    )
    assert "Tulis apa yang sudah dilakukan" in response.content.decode()
