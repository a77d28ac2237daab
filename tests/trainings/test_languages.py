"""What is kept for others is in the portal's language, also when who writes it reads English."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from closedloop.accounts.roles import Role
from closedloop.notifications.models import Notification
from closedloop.regions.models import Regency
from tests.calendars import working_monday
from tests.factories.accounts import UserFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
)
from trainings import actions
from trainings.models import SignalAnswer
from trainings.reviewed import signals_of

pytestmark = pytest.mark.django_db


def titles():
    return list(Notification.objects.order_by("created_at").values_list("title", flat=True))


def texts():
    return " ".join(f"{one.title} {one.body}" for one in Notification.objects.all())


@pytest.fixture
def row(db):
    pin = CohortCurriculumFactory()
    start = timezone.make_aware(
        timezone.datetime.combine(working_monday(timezone.localdate()), timezone.datetime.min.time())
    ) + timedelta(hours=9)
    enrol(pin.cohort)
    return {
        "module": ModuleFactory(curriculum=pin.curriculum),
        "title": "BM",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "lesson_hours": 4,
        "place": "Balai contoh",
        "regency": Regency.objects.select_related("province").get(code="91.71"),
        "trainer": UserFactory(role=Role.MENTOR),
    }


def test_a_series_planned_moved_and_called_off_in_english(row):
    staff = UserFactory(role=Role.STAFF)
    cohort = row["module"].curriculum.cohort_pins.get().cohort
    with translation.override("en"):
        first, second = actions.plan_sessions(cohort, actions.series(row, count=2), by=staff)
        later = row["starts_at"] + timedelta(days=7)
        actions.move_session(
            first, by=staff, with_later=True, starts_at=later, ends_at=later + timedelta(hours=3)
        )
        second.refresh_from_db()
        with pytest.raises(ValidationError, match="reason"):
            actions.cancel_session(second, "", by=staff)
        actions.cancel_session(second, "Listrik padam", by=staff)
        assert translation.get_language() == "en"
    assert [first.title, second.title] == ["BM, pertemuan 1", "BM, pertemuan 2"]
    assert {title.split(":")[0] for title in titles()} == {"2 sesi baru", "Jadwal berubah", "Sesi batal"}
    assert texts().count("Narasumber: ") == Notification.objects.count() > 0
    assert "Sesudahnya: " in texts() and "Trainer" not in texts()


def test_a_mark_refused_in_english(db):
    session = SessionFactory(running=True)
    for _number in range(2):
        enrolment, person = enrol(session.cohort)
        AttendanceFactory(
            session=session,
            enrolment=enrolment,
            person=person,
            marked_by=person.user,
            method="qr",
            device="satu-hp",
        )
    signal = signals_of(session)[0]
    with translation.override("en"):
        actions.answer_signal(
            session, signal.kind, signal.key, SignalAnswer.Verdict.REFUSED, by=session.trainer
        )
        english = str(signal.kind.label)
    assert [title.split(":")[0] for title in titles()] == ["Kehadiran ditolak"]
    assert str(signal.kind.label) in texts() and english not in texts()
