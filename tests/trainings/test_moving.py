"""Sessions moved: everybody told once, the rest of a series too, and every calendar follows."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.regions.models import Regency
from closedloop.workflow import TransitionError
from tests import calendars
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory, SessionFactory, enrol
from trainings import actions
from trainings.clashes import NotAgreed
from trainings.models import TrainingSession

pytestmark = pytest.mark.django_db
# nine in Jayapura (WIT)
START = datetime.combine(calendars.working_monday(timezone.localdate()), time(), UTC)


@pytest.fixture
def staff(login):
    return login(Role.STAFF)


@pytest.fixture
def series(staff):
    """Four weekly sessions in Jayapura, and an owner on the roster; nobody has a message yet."""
    pin = CohortCurriculumFactory()
    row = {
        "module": ModuleFactory(curriculum=pin.curriculum),
        "title": "BM",
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "lesson_hours": 4,
        "place": "Balai contoh",
        "regency": Regency.objects.select_related("province").get(code="91.71"),
        "trainer": UserFactory(role=Role.MENTOR),
    }
    made = actions.plan_sessions(pin.cohort, actions.series(row, count=4), by=staff)
    made[0].owner = enrol(pin.cohort)[1].user
    Notification.objects.all().delete()
    return made


def days(series):
    return [
        (one.starts_at - START).days for one in TrainingSession.objects.filter(pk__in=[s.pk for s in series])
    ]


def told():
    return sorted(Notification.objects.values_list("user__full_name", flat=True))


@pytest.mark.parametrize("shift", [7, -2, 3])
def test_the_rest_of_a_series_moves_as_far_and_everybody_is_told_once(series, staff, shift):
    second = series[1]
    new = second.starts_at + timedelta(days=shift)
    for _press in range(2):
        actions.move_session(
            second, by=staff, with_later=True, starts_at=new, ends_at=new + timedelta(hours=3), agreed=""
        )
    assert days(series) == sorted([0, 7 + shift, 14 + shift, 21 + shift])
    assert told() == sorted([series[0].owner.full_name, second.trainer.full_name])
    message = Notification.objects.get(user=series[0].owner)
    assert message.title == "Jadwal berubah: BM, pertemuan 2 dan 2 sesi sesudahnya"
    assert "WIT" in message.body
    assert "Sesudahnya: " in message.body
    assert Event.objects.filter(verb="trainingsession.moved").count() == 3


def test_both_trainers_and_the_owner_hear_of_a_new_trainer_once(series, staff):
    one, other = series[0], UserFactory(role=Role.MENTOR)
    old = one.trainer
    when = {"starts_at": one.starts_at + timedelta(days=1), "ends_at": one.ends_at + timedelta(days=1)}
    actions.move_session(one, by=staff, trainer=other, agreed="", **when)
    assert told() == sorted([old.full_name, other.full_name, series[0].owner.full_name])


def test_a_draft_moves_without_noise(series, staff):
    TrainingSession.objects.update(status="draft")
    one = series[0]
    when = {"starts_at": one.starts_at + timedelta(days=1), "ends_at": one.ends_at + timedelta(days=1)}
    actions.move_session(one, by=staff, with_later=True, **when)
    assert days(series) == [1, 8, 15, 22]
    assert told() == []


def test_what_is_open_or_of_another_module_stays(series, staff):
    other = SessionFactory(cohort=series[0].cohort, starts_at=START + timedelta(days=2), place="Lain")
    TrainingSession.objects.filter(pk=series[2].pk).update(status="cancelled")
    one = series[0]
    when = {"starts_at": one.starts_at + timedelta(days=1), "ends_at": one.ends_at + timedelta(days=1)}
    actions.move_session(one, by=staff, with_later=True, **when)
    assert days([*series, other]) == [1, 2, 8, 14, 22]


def test_a_clash_of_any_of_them_keeps_all_where_they_are(series, staff):
    busy = SessionFactory(trainer=series[0].trainer, starts_at=START + timedelta(days=22), place="Lain")
    one = series[0]
    when = {"starts_at": one.starts_at + timedelta(days=1), "ends_at": one.ends_at + timedelta(days=1)}
    with pytest.raises(NotAgreed, match=str(busy)) as refusal:
        actions.move_session(one, by=staff, with_later=True, agreed="", **when)
    assert days(series) == [0, 7, 14, 21]
    assert told() == []
    actions.move_session(one, by=staff, with_later=True, agreed=refusal.value.review.digest, **when)
    assert days(series) == [1, 8, 15, 22]


def test_the_form_moves_the_rest_and_says_which(client, series):
    one = series[1]
    address = reverse("trainings:session_edit", args=[one.code])
    page = client.get(address).content.decode()
    assert "Geser juga 2 sesi sesudahnya" in page
    assert "Jam di formulir ini adalah WIT, waktu di Kota Jayapura." in page
    data = {
        "title": one.title,
        "kind": "class",
        "day": (START + timedelta(days=8)).date().isoformat(),
        "begin": "13:00",
        "end": "16:00",
        "lesson_hours": "4",
        "place": one.place,
        "regency": "Kota Jayapura",
        "trainer": str(one.trainer.pk),
        "with_later": "on",
    }
    assert client.post(address, data).status_code == 302
    clocks = {
        one.starts_at.astimezone(one.zone).isoformat()[11:]
        for one in TrainingSession.objects.following(series[0]).with_place()
    }
    assert days(series) == [0, 8, 15, 22]
    assert clocks == {"13:00:00+09:00"}


def test_a_session_opened_meanwhile_is_not_moved(client, series):
    address = reverse("trainings:session_edit", args=[series[3].code])
    assert "with_later" not in client.get(address).content.decode()
    TrainingSession.objects.filter(pk=series[3].pk).update(status="open")
    with pytest.raises(TransitionError):
        actions.move_session(series[3], by=series[3].trainer, starts_at=START, ends_at=series[3].ends_at)


class TestCalendars:
    """A trainer who lives in WIB follows sessions that are held in WIT."""

    @pytest.fixture
    def read(self, series):
        feed = actions.make_feed(by=series[0].trainer)
        address = reverse("trainings:feed", args=[feed.token])
        return lambda: calendars.events(PortalClient().get(address).content)

    def test_the_hour_is_one_moment_and_the_words_say_the_clock_of_the_place(self, read, series):
        event = read()[f"{series[0].pk}@ikm-closed-loop"]
        assert calendars.moment(event["DTSTART"]) == START
        assert "09.00–12.00\N{NO-BREAK SPACE}WIT" in event["DESCRIPTION"]
        assert event["LOCATION"] == "Balai contoh, Kota Jayapura"

    def test_moved_and_called_off_they_keep_their_uid_and_raise_their_sequence(self, read, series, staff):
        before = read()
        one = series[1]
        when = {"starts_at": one.starts_at + timedelta(days=1), "ends_at": one.ends_at + timedelta(days=1)}
        actions.move_session(one, by=staff, with_later=True, **when)
        actions.cancel_session(series[3], "Banjir", by=staff)
        after = read()
        assert after.keys() == before.keys()
        raised = [
            int(after[uid]["SEQUENCE"]) - int(before[uid]["SEQUENCE"])
            for uid in (f"{s.pk}@ikm-closed-loop" for s in series)
        ]
        assert raised == [0, 1, 1, 2]
        moved = after[f"{one.pk}@ikm-closed-loop"]
        assert calendars.moment(moved["DTSTART"]) == when["starts_at"]
        assert calendars.moment(moved["DTEND"]) == when["ends_at"]
        assert moved["STATUS"] == "CONFIRMED"
        assert after[f"{series[3].pk}@ikm-closed-loop"]["STATUS"] == "CANCELLED"
