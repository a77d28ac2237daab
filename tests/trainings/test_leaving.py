"""The second scan: where a session asks for it, once, and in its own hours."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol
from trainings import actions
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Leaving

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory(running=True, asks_exit=True)


@pytest.fixture
def mark(session):
    enrolment, person = enrol(session.cohort)
    return AttendanceFactory(
        session=session, enrolment=enrolment, person=person, marked_by=person.user, method="qr"
    )


@pytest.fixture
def leave(session, mark):
    """Leave so many seconds after the session's end, with the code of that moment."""

    def act(seconds, code=None):
        moment = session.ends_at + timedelta(seconds=seconds)
        code = code or spoken_code(session.secret, moment)
        return actions.leave_session(mark, code, by=mark.marked_by, now=moment)

    return act


@pytest.mark.parametrize("seconds", [-1800, 0, 3599])
def test_from_half_an_hour_before_the_end_until_an_hour_after(leave, session, seconds):
    leaving = leave(seconds)
    assert leaving.left_at == session.ends_at + timedelta(seconds=seconds) and leaving.proof == "code"


@pytest.mark.parametrize("seconds, words", [(-1801, "dicatat mulai pukul"), (3600, "tidak dicatat lagi")])
def test_outside_it_is_told(leave, seconds, words):
    with pytest.raises(ValidationError, match=words):
        leave(seconds)
    assert not Leaving.objects.exists()


def test_a_second_time_is_the_first(leave):
    assert leave(10) == leave(20) and Leaving.objects.get().left_at == leave(30).left_at


def test_a_wrong_code_proves_nothing(leave):
    with pytest.raises(ValidationError, match="tidak dikenal"):
        leave(0, "AAAAAA")


@pytest.mark.parametrize("change", [{"asks_exit": False}, {"status": "closed"}])
def test_only_where_it_is_asked_and_not_closed(session, mark, leave, change):
    fields = (
        {"closed_at": timezone.now(), "closed_by": session.trainer, "head_count": 1}
        if "status" in change
        else {}
    )
    type(session).objects.filter(pk=session.pk).update(**change, **fields)
    with pytest.raises(ValidationError):
        leave(0)


@pytest.mark.parametrize("fields", [{"status": "absent"}, {"status": "excused"}])
def test_who_was_not_there_does_not_leave(session, mark, leave, fields):
    type(mark).objects.filter(pk=mark.pk).update(**fields)
    with pytest.raises(ValidationError):
        leave(0)


def test_the_same_qr_asks_the_way_home_and_the_roster_shows_it(client, login, session, mark):
    with time_machine.travel(session.ends_at - timedelta(minutes=5)):
        login(mark.person.user)
        token = qr_token(session.secret, session.code, timezone.now())
        address = reverse("trainings:check_in_session", args=[session.code])
        page = client.get(f"{address}?{urlencode({'t': token})}", follow=True)
        assert page.redirect_chain[-1][0] == reverse("trainings:leave", args=[mark.receipt])
        assert "Anda pulang dari sesi ini?" in page.content.decode()
        receipt = client.post(page.redirect_chain[-1][0], follow=True).content.decode()
        assert "Waktu pulang tercatat pukul" in receipt and "<dt>Pulang</dt>" in receipt
        login(session.trainer)
        roster = client.get(reverse("trainings:session", args=[session.code])).content.decode()
        assert "Pulang " in roster


def test_taking_the_mark_back_takes_it_too(leave, mark):
    leave(-10)
    actions.undo_check_in(mark, by=mark.marked_by)
    assert not Leaving.objects.exists()


def test_a_change_of_the_plan_keeps_the_choice(session):
    waiting = SessionFactory(asks_exit=True)
    times = {"starts_at": waiting.starts_at, "ends_at": waiting.ends_at}
    actions.move_session(waiting, by=session.trainer, title="Judul baru", **times)
    waiting.refresh_from_db()
    assert waiting.asks_exit and waiting.title == "Judul baru"
