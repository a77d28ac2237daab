"""What speaks against a plan, and that nothing is saved over it unread."""

from datetime import UTC, datetime, time, timedelta
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from closedloop.accounts.roles import Role
from tests.calendars import working_monday
from tests.factories.accounts import UserFactory
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory, SessionFactory, enrol
from trainings import actions
from trainings.clashes import NotAgreed, imagined, reason_of, review
from trainings.models import TrainingSession

FAR = datetime.combine(working_monday(timezone.localdate()), time(2), UTC)


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


def details(**changes):
    """A session that clashes with none, in September."""
    start = changes.pop("starts_at", FAR)
    pin = changes.pop("pin", None) or CohortCurriculumFactory()
    example = SessionFactory.build()
    return pin.cohort, {
        "module": ModuleFactory(curriculum=pin.curriculum),
        "title": "Mentalitas dasar",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "lesson_hours": 4,
        "place": "Balai contoh",
        "regency": example.regency,
        "trainer": UserFactory(role=Role.MENTOR),
        **changes,
    }


def texts(cohort, *rows):
    return [one.text for one in review([imagined(cohort, row) for row in rows]).cautions]


def test_a_plan_without_a_clash_asks_nothing(db):
    cohort, row = details()
    assert texts(cohort, row) == []
    assert review([]).digest == ""


def test_trainer_cohort_and_room_are_named_with_the_session_they_clash_with(db):
    cohort, row = details()
    at = {"starts_at": row["starts_at"] + timedelta(hours=1), "place": "Lain"}
    SessionFactory(title="A", trainer=row["trainer"], **at)
    SessionFactory(title="B", cohort=cohort, module=row["module"], **at)
    room = SessionFactory(title="C", **{**at, "place": " balai  CONTOH"})
    SessionFactory(title="D", **at)
    SessionFactory(title="E", trainer=row["trainer"], starts_at=row["ends_at"], place="Lain")  # follows on
    SessionFactory(title="F", trainer=row["trainer"], status="cancelled", **at)
    found = {one.text.rsplit(": ", 1)[1]: one.url for one in review([imagined(cohort, row)]).cautions}
    assert found.keys() == {"narasumbernya sama.", "angkatannya sama.", "tempatnya sama."}
    assert found["tempatnya sama."] == room.get_absolute_url()


def test_two_sessions_online_do_not_share_a_room(db):
    cohort, row = details(kind="online", place="Daring")
    SessionFactory(kind="online", place="Daring", starts_at=row["starts_at"])
    assert texts(cohort, row) == []


def test_the_rows_of_one_plan_clash_with_each_other(db):
    cohort, row = details()
    found = texts(cohort, row, {**row, "place": "Lain"})
    assert len(found) == 2
    assert all("angkatannya sama" in text for text in found)


def test_a_full_room_a_holiday_too_many_hours_and_what_it_builds_on_are_said(db):
    cohort, row = details(starts_at=FAR.replace(year=2027, month=8, day=17), seats=1, lesson_hours=20)
    enrol(cohort)
    enrol(cohort)
    before = ModuleFactory(curriculum=row["module"].curriculum)
    row["module"] = ModuleFactory(curriculum=before.curriculum, prerequisite=before)
    said = " ".join(texts(cohort, row))
    assert "Proklamasi Kemerdekaan" in said
    assert "Ruangan memuat 1 orang, padahal 2 IKM" in said
    assert "menjadi 20 JP, padahal kurikulum 16 JP" in said
    assert "yang belum dijadwalkan" in said
    late = {"starts_at": row["starts_at"] + timedelta(days=1)}
    SessionFactory(cohort=cohort, module=before, **late)
    assert any("dimulai sebelum" in text for text in texts(cohort, row))
    assert not any("belum dijadwalkan" in text for text in texts(cohort, row))


def test_nothing_is_saved_over_a_clash_unread_and_agreeing_is_to_these_clashes_only(staff):
    cohort, row = details()
    other = SessionFactory(trainer=row["trainer"], starts_at=row["starts_at"])
    with pytest.raises(NotAgreed) as refusal:
        actions.plan_sessions(cohort, [row], by=staff, agreed="")
    assert not cohort.sessions.exists()
    read = refusal.value.review.digest
    SessionFactory(trainer=row["trainer"], starts_at=other.starts_at + timedelta(hours=1))
    with pytest.raises(NotAgreed) as again:
        actions.plan_sessions(cohort, [row], by=staff, agreed=read)
    assert actions.plan_sessions(cohort, [row], by=staff, agreed=again.value.review.digest)


def test_moving_into_a_clash_is_asked_and_a_new_title_is_not(staff):
    cohort, row = details()
    SessionFactory(trainer=row["trainer"], starts_at=row["starts_at"])
    session = actions.schedule_session(by=staff, cohort=cohort, **row)
    when = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    assert (
        actions.move_session(session, by=staff, agreed="", title="Judul baru", **when).title == "Judul baru"
    )
    with pytest.raises(NotAgreed):
        actions.move_session(session, by=staff, agreed="", place="Aula lain", **when)
    session.refresh_from_db()
    assert session.place == "Balai contoh"
    other = UserFactory(role=Role.MENTOR)
    assert actions.move_session(session, by=staff, agreed="", trainer=other, **when).trainer == other


def test_a_session_says_every_reason(db):
    one = SessionFactory()
    twin = SessionFactory(trainer=one.trainer, cohort=one.cohort, module=one.module)
    assert reason_of(one, twin) == "narasumbernya sama, angkatannya sama, tempatnya sama"


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0]


def wait_until(true, *, seconds=10):
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, "nobody waited"
        sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_of_two_plans_at_once_the_second_sees_the_first(regions_survive):
    """The first holds its transaction open: the second waits for it instead of looking past it."""
    staff = UserFactory(role=Role.STAFF)
    cohort, row = details()
    other_cohort, other_row = details(trainer=row["trainer"], starts_at=row["starts_at"])
    saved, outcome = Event(), []

    def first():
        with transaction.atomic():
            actions.plan_sessions(cohort, [row], by=staff, agreed="")
            saved.set()
            wait_until(somebody_waits)
        connection.close()

    def second():
        saved.wait(5)
        try:
            actions.plan_sessions(other_cohort, [other_row], by=staff, agreed="")
        except NotAgreed as refusal:
            outcome.append(str(refusal))
        connection.close()

    threads = [Thread(target=first), Thread(target=second)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert len(outcome) == 1
    assert "narasumbernya sama" in outcome[0]
    assert TrainingSession.objects.count() == 1
