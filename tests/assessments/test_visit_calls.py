"""A bad month asks for one visit; it stays a task until a visit is planned, and the visit names the month."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assessments.actions.visit_calls import call_visit, plan_visit, settle_visit_call
from assessments.models import VisitCall
from assessments.visit_proposal import proposal_of, visit_day
from closedloop.accounts.roles import Role
from closedloop.dashboard.tasks import tasks_for
from closedloop.notifications.models import Notification
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ScorecardFactory
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory
from trainings.actions import cancel_session
from trainings.models import TrainingSession, Visit

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize("due, holidays, day", [
    (date(2026, 12, 8), (), date(2026, 12, 8)),
    (date(2026, 12, 6), (), date(2026, 12, 4)),  # a Sunday: the Friday before
    (date(2026, 12, 8), (date(2026, 12, 8), date(2026, 12, 7)), date(2026, 12, 4)),
    (date(2026, 11, 25), (date(2026, 11, 25),), date(2026, 11, 26)),
    (TODAY, (), date(2026, 11, 25)),
    (date(2026, 10, 1), (), date(2026, 11, 25)),  # long over
])  # fmt: skip
def test_the_day_is_the_last_working_one_that_is_in_time(due, holidays, day):
    assert visit_day(due, TODAY, holidays) == day


@pytest.fixture
def today(db):
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        yield TODAY


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def enrolment(today):
    enrolment = EnrolmentFactory(enterprise__name="Nira Contoh")
    pin = CohortCurriculumFactory(cohort=enrolment.cohort)
    ModuleFactory(curriculum=pin.curriculum, code="BM", order=1)
    ModuleFactory(curriculum=pin.curriculum, code="TEK", order=2)
    return enrolment


@pytest.fixture
def mentor(enrolment):
    return MentorAssignmentFactory(enrolment=enrolment).mentor


@pytest.fixture
def card(enrolment):
    return ScorecardFactory(enterprise=enrolment.enterprise, on_time_quantity=500, rejected_quantity=4)


@pytest.fixture
def call(card, mentor, staff):
    return call_visit(card, standing="Kurang", by=staff)


def details(call):
    proposal = proposal_of(call, TODAY)
    begin = timezone.make_aware(timezone.datetime.combine(proposal.initial["day"], proposal.initial["begin"]))
    keys = ("module", "title", "lesson_hours", "place", "address", "regency", "trainer")
    return proposal.enrolment, {name: proposal.initial[name] for name in keys} | {
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=3),
    }


def test_a_month_asks_once_and_tells_the_mentor(call, card, mentor, staff):
    assert (call.due_on, call.enterprise) == (date(2026, 12, 8), card.enterprise)
    assert call_visit(card, standing="Kurang", by=staff) == call
    told = Notification.objects.get(user=mentor)
    assert (told.kind, told.path) == ("visitcall.asked", call.get_absolute_url())
    september = ScorecardFactory(enterprise=card.enterprise, month=date(2026, 9, 1))
    assert call_visit(september, standing="Buruk", by=staff) is None  # one visit answers both
    assert VisitCall.objects.count() == 1


def test_what_is_proposed(call, mentor, enrolment):
    found = proposal_of(call, TODAY)
    assert (found.enrolment, found.mentor) == (enrolment, mentor)
    assert found.initial["module"].code == "TEK"
    assert (found.initial["day"], found.initial["trainer"]) == (date(2026, 12, 8), mentor)
    enrolment.cohort.status = "closed"
    enrolment.cohort.save()
    assert proposal_of(call, TODAY) is None


def test_a_task_until_it_is_planned_and_again_when_the_visit_is_called_off(call, mentor, staff):
    def waits(user):
        return [task for task in tasks_for(user, today=TODAY) if "diminta rapor QCD" in task.title]

    assert [len(waits(one)) for one in (mentor, staff)] == [1, 1]
    assert waits(mentor)[0].url == call.get_absolute_url()
    host, values = details(call)
    key = uuid4()
    session = plan_visit(call, host, by=staff, key=key, **values)
    assert plan_visit(call, host, by=staff, key=key, **values) == session  # pressed twice
    assert (session.kind, session.visit.host, TrainingSession.objects.count()) == ("visit", host, 1)
    assert [len(waits(one)) for one in (mentor, staff)] == [0, 0]
    with pytest.raises(ValidationError, match="sudah dijawab"):
        settle_visit_call(call, "Sudah didatangi mentor", by=mentor)
    cancel_session(session, "Pabrik tutup", by=staff)
    assert [len(waits(one)) for one in (mentor, staff)] == [1, 1]
    settle_visit_call(call, "Sudah didatangi mentor", by=mentor)
    assert not VisitCall.objects.open().exists()


def test_a_visit_in_the_past_answers_nothing(call, staff):
    host, values = details(call)
    values |= {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=3)}
    with pytest.raises(ValidationError, match="belum lewat"):
        plan_visit(call, host, by=staff, key=uuid4(), **values)
    assert not TrainingSession.objects.exists()


def test_the_pages_plan_it_and_link_back_to_the_month(call, card, staff, mentor):
    client = PortalClient()
    client.force_login(staff)
    page = client.get(call.get_absolute_url())
    text = page.content.decode()
    assert "rapor QCD Oktober 2026: Kurang" in text and 'value="2026-12-08"' in text
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    data |= {"begin": "09:00", "end": "12:00", "day": "2026-12-08"}
    plan = reverse("assessments:plan_visit", args=[call.pk])
    wrong = client.post(plan, data | {"title": "", "place": "Pabrik lain"}).content.decode()
    assert "Isi judul sesi" in wrong and "Pabrik lain" in wrong
    assert client.post(plan, data).status_code == 302
    visit = Visit.objects.get()
    for address in (
        visit.session.get_absolute_url(),
        reverse("assessments:qcd", args=[card.enterprise.code]),
    ):
        assert call.get_absolute_url() in client.get(address).content.decode()
    assert "Kunjungan 8 Desember 2026" in client.get(reverse("assessments:visit_calls")).content.decode()
    client.force_login(mentor)
    assert "Kunjungan dijadwalkan" in client.get(call.get_absolute_url()).content.decode()
