"""Points and windows in versions: sessions keep theirs, new ones follow the newest."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.trainings import (
    AttendanceFactory,
    ModuleFactory,
    SessionFactory,
    StatusSetFactory,
    enrol,
)
from trainings import actions
from trainings.earned import candidates
from trainings.models import StatusSet
from trainings.progress import enrolment_attendance, module_progress

pytestmark = pytest.mark.django_db

HALF = Decimal("0.5")


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def module(world):
    return world.module


def test_the_shipped_version_is_an_example_that_counts_who_is_there():
    shipped = StatusSet.objects.newest()
    assert (shipped.version, shipped.present, shipped.late) == (1, 1, 1)
    assert (shipped.excused, shipped.sick, shipped.absent) == (0, 0, 0)


def test_a_new_version_leaves_the_past_alone(staff):
    old = SessionFactory(held=True)
    enrolment, _person = enrol(old.cohort)
    AttendanceFactory(session=old, enrolment=enrolment, status="late")
    actions.publish_status_set(by=staff, late=HALF)
    assert enrolment_attendance(enrolment).jp_present == 4
    new = SessionFactory(held=True, cohort=old.cohort, module=old.module, lesson_hours=3)
    AttendanceFactory(session=new, enrolment=enrolment, status="late")
    share = enrolment_attendance(enrolment)
    assert (share.jp_present, share.jp_held) == (Decimal("5.5"), 7)
    assert (share.sessions_present, share.sessions_held) == (2, 2)


def test_an_excuse_may_be_worth_something_and_a_rejected_mark_never_is(staff):
    actions.publish_status_set(by=staff, excused=HALF)
    session = SessionFactory(held=True)
    excused, rejected = enrol(session.cohort)[0], enrol(session.cohort)[0]
    AttendanceFactory(session=session, enrolment=excused, status="excused")
    AttendanceFactory(
        session=session,
        enrolment=rejected,
        status="excused",
        verification="rejected",
        verified_by=staff,
        verified_at=timezone.now(),
    )
    assert enrolment_attendance(excused).jp_present == 2
    assert enrolment_attendance(excused).sessions_present == 0
    assert enrolment_attendance(rejected).jp_present == 0


def test_certificates_and_the_owners_hours_count_by_the_same_points(staff):
    actions.publish_status_set(by=staff, late=HALF)
    session = SessionFactory(held=True, module=ModuleFactory(owner_must_attend=True))
    enrolment, person = enrol(session.cohort)
    AttendanceFactory(session=session, enrolment=enrolment, person=person, status="late")
    AttendanceFactory(session=session, enrolment=enrolment, person=None, delegate_name="Sari")
    (item,) = module_progress(enrolment)
    assert (item.attendance.jp_present, item.jp_by_owner) == (4, 2)
    (candidate,) = candidates(session.cohort)
    assert (candidate.hours.jp_present, candidate.hours.sessions_present) == (2, 1)


def test_a_new_session_follows_the_newest_version_and_its_window(staff, world):
    made = actions.publish_status_set(by=staff, opens_before=45, late_after=5, closes_after=20)
    begin = timezone.now() + timedelta(days=3)
    details = {
        "cohort": world.enrolment.cohort,
        "module": world.module,
        "title": "5R",
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=3),
        "lesson_hours": 4,
        "place": "Balai contoh",
        "regency": world.training_session.regency,
        "trainer": world.mentor,
    }
    session = actions.schedule_session(by=staff, **details)
    assert session.status_set == made
    assert session.window.opens_at == begin - timedelta(minutes=45)
    assert session.window.late_from == begin + timedelta(minutes=5)
    assert session.window.closes_at == begin + timedelta(hours=3, minutes=20)
    other = {**details, "starts_at": begin + timedelta(days=1), "ends_at": begin + timedelta(days=1, hours=2)}
    assert actions.schedule_session(by=staff, late_after=30, **other).late_after == 30


def test_a_published_version_does_not_change():
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        StatusSet.objects.update(late=HALF)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        StatusSetFactory().delete()


def test_the_same_again_is_no_new_version(staff):
    with pytest.raises(ValidationError, match="Belum ada yang berubah"):
        actions.publish_status_set(by=staff, name="Nama lain", late=Decimal("1.00"))
    assert StatusSet.objects.count() == 1


class TestPage:
    FORM = {
        "key": "0190c2a0-0000-7000-8000-000000000001", "name": "Aturan 2027", "present": "1", "late": "0,75",
        "excused": "0", "sick": "0", "absent": "0", "opens_before": "30", "late_after": "15", "closes_after": "0",
    }  # fmt: skip
    NEW = "/aturan-kehadiran/baru/"

    def test_a_double_press_makes_one_version_and_the_difference_is_seen(self, client, login):
        login(Role.STAFF)
        for _press in range(2):
            page = client.post(self.NEW, self.FORM, follow=True)
        made = StatusSet.objects.newest()
        assert (made.version, made.late) == (2, Decimal("0.75"))
        assert StatusSet.objects.count() == 2
        assert [version.version for version, _points, _windows in page.context["rows"]] == [2, 1]
        assert "<b>0,75</b>" in page.content.decode()
        assert "semula 1" in page.content.decode()
        event = Event.objects.get(verb="statusset.published")
        assert event.data["changes"] == {"late": ["1.00", "0.75"]}

    @pytest.mark.parametrize("typed", ["1,01", "-0,5", "setengah", "0,333", ""])
    def test_points_that_are_no_share_are_refused_at_their_field(self, typed, client, login):
        login(Role.STAFF)
        page = client.post(self.NEW, {**self.FORM, "late": typed})
        assert "late" in page.context["form"].errors
        assert StatusSet.objects.count() == 1
        assert f'value="{typed}"' in page.content.decode() or typed == ""

    def test_the_form_begins_with_the_version_in_force(self, client, login):
        login(Role.STAFF)
        actions.publish_status_set(by=UserFactory(), late=HALF)
        assert 'value="0,5"' in client.get(self.NEW).content.decode()
