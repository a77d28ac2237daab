"""By no way in does an owner's mark stand in a session that is not open, or outside its window (C2, C7).

The ways are the two pages (a scan, a typed code), what a phone sends late to either, and the action behind both.
There is no other: the portal has neither a Django admin nor an /api/.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as search
from hypothesis import strategies as st

from tests.client import PortalClient
from tests.factories.trainings import SessionFactory, enrol
from trainings import actions
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Attendance, SentCheckIn, TrainingSession
from trainings.window import Phase

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STATUSES = st.sampled_from(["draft", "scheduled", "open", "closed", "cancelled"])
# around the boundaries of the window (30 minutes before the start until the end, 3 hours later) and far from them
MINUTES = st.one_of(
    st.sampled_from([-31, -30, -29, 0, 14, 15, 16, 179, 180, 181]), st.integers(-3 * 24 * 60, 3 * 24 * 60)
)
WAYS = st.sampled_from(["scan", "typed", "late scan", "late typed", "action"])
BOUNDED = search(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Undo(Exception):
    """Takes back what an example did."""


@pytest.fixture
def session(db):
    start = timezone.now().replace(second=0, microsecond=0) + timedelta(days=10)
    return SessionFactory(starts_at=start, ends_at=start + timedelta(hours=3), closes_after=0)


@pytest.fixture
def owner(session):
    return enrol(session.cohort)[1]


def put(session, status):
    closing = {"closed_at": timezone.now()} if status == "closed" else {"closed_at": None}
    TrainingSession.objects.filter(pk=session.pk).update(status=status, **closing)
    session.refresh_from_db()


def go(way, phone, session, owner, key, proved):
    """Try to be marked now, with a proof that was good at the moment `proved`."""
    page = reverse("trainings:check_in_session", args=[session.code])
    code, now = spoken_code(session.secret, proved), timezone.now()
    clocks = {"key": str(key), "pressed": proved.isoformat(), "sent": now.isoformat()}
    match way:
        case "scan":
            phone.get(page, {"t": qr_token(session.secret, session.code, proved)})
            phone.post(page, {"key": str(key)})
        case "typed":
            phone.post(page, {"key": str(key), "code": code})
        case "late scan":
            with time_machine.travel(proved, tick=False):
                opened = phone.get(page, {"t": qr_token(session.secret, session.code, proved)})
            phone.cookies.pop("pindai", None)
            form = (opened.context or {}).get("form") if opened.status_code == 200 else None
            phone.post(page, clocks | {"scan": form["scan"].value() or "" if form else ""})
        case "late typed":
            phone.post(reverse("trainings:check_in"), clocks | {"code": code})
        case "action":
            try:
                with transaction.atomic():
                    actions.check_in(session, person=owner, code=code, by=owner.user, scanned_at=proved)
            except ValidationError:
                pass


@BOUNDED
@given(
    status=STATUSES, at=MINUTES, ago=st.sampled_from([0, 0, 1, 9, 30, 600]), way=WAYS, times=st.integers(1, 3)
)
def test_no_way_in_outside_the_window_or_unless_open(session, owner, status, at, ago, way, times):
    moment = session.starts_at + timedelta(minutes=at)
    try:
        with transaction.atomic(), time_machine.travel(moment, tick=False):
            put(session, status)
            phone = PortalClient()
            phone.force_login(owner.user, backend=BACKEND)
            key = uuid4()
            for _number in range(times):
                go(way, phone, session, owner, key, moment - timedelta(minutes=ago))
            marks = Attendance.objects.filter(session=session)
            may = status == "open" and session.window.phase(moment) in (Phase.OPEN, Phase.LATE)
            assert marks.count() <= (1 if may else 0)
            if may and ago == 0:
                assert marks.count() == 1  # and the honest are not kept out
            assert all(session.window.opens_at <= mark.marked_at <= moment for mark in marks)
            if status in ("draft", "scheduled", "cancelled"):
                assert not SentCheckIn.objects.exists()
            raise Undo
    except Undo:
        pass


@search(BOUNDED, max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(["scan", "typed", "late typed", "action"]), st.integers(0, 2)),
        min_size=1,
        max_size=12,
    )
)
def test_any_order_of_any_number_of_sendings_is_one_mark(session, owner, sendings):
    keys = [uuid4() for _number in range(3)]
    moment = session.starts_at + timedelta(minutes=5)
    try:
        with transaction.atomic(), time_machine.travel(moment, tick=False):
            put(session, "open")
            phone = PortalClient()
            phone.force_login(owner.user, backend=BACKEND)
            for way, number in sendings:
                go(way, phone, session, owner, keys[number], moment)
            assert Attendance.objects.filter(session=session).count() == 1
            raise Undo
    except Undo:
        pass


def test_there_is_no_other_way_in(client, login, owner):
    login(owner.user)
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    for address in ("/api/", "/api/attendance/", "/admin/", "/admin/trainings/attendance/add/"):
        assert client.post(address, {}).status_code == 404
