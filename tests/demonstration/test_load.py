"""The demonstration programme shows every state there is, and gives every login something to do."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.test import override_settings

from assessments.actions import recommendation
from assessments.models import Assessment, ClassDecision, VisitCall
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.demonstration import people
from closedloop.demonstration.clock import clock_at
from closedloop.demonstration.enterprises import OWNER_LOGIN
from closedloop.demonstration.loading import COHORT, load
from closedloop.figures.catalogue import Scope
from closedloop.notifications.models import Notification
from closedloop.reports.kinds.programme import PROGRAMME
from closedloop.reports.models import Kind
from closedloop.workflow import Workflow
from participants.models import Cohort, Enrolment, Enterprise, ImportRow
from partnerships.models import (
    Agreement,
    Buyer,
    Delivery,
    ExpiryNotice,
    Milestone,
    PurchaseOrder,
    Requirement,
    ReviewDecision,
    ScheduleLine,
    Stall,
    StallAnswer,
    SupplyClearance,
)
from tests.demonstration.loads import NOW, digest, undone
from tests.reports.issuing import issue
from tests.reports.parity import (
    assert_paper_says,
    assert_public_page_says,
    assert_service_says,
    assert_sheet_says,
)
from trainings.models import Attendance, TrainingSession

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.django_db,  # each test works in a savepoint of the module's transaction
]

TODAY = NOW.date()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for all tests of this module."""
    plain = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with plain, django_db_blocker.unblock(), undone():
        load(NOW)
        yield


def values_of(model: type[models.Model], field: str) -> set:
    return set(model.objects.order_by().values_list(field, flat=True))


def workflows(base=Workflow):
    for model in base.__subclasses__():
        if not model._meta.abstract:
            yield model
        yield from workflows(model)


# --- The shape of the programme -----------------------------------------------------------------------
def test_the_programme_has_the_size_that_was_asked_for(demo):
    with_members = Cohort.objects.filter(enrolments__isnull=False).distinct()
    assert sorted(cohort.code for cohort in with_members) == ["angkatan-4", "angkatan-5", "angkatan-6"]
    assert (Enterprise.objects.count(), Buyer.objects.count()) == (42, 12)
    assert Enrolment.objects.filter(cohort__code="angkatan-4").count() == 18
    assert Enrolment.objects.filter(cohort__code="angkatan-5").count() == 24
    # the round to come has one so far, who applied
    assert Enrolment.objects.get(cohort__code="angkatan-6").status == Enrolment.Status.APPLICANT


def test_every_state_of_every_workflow_occurs(demo):
    missing = {
        model._meta.label: absent
        for model in workflows()
        if (absent := set(model.TRANSITIONS) - values_of(model, "status"))
    }
    assert missing == {}


@pytest.mark.parametrize(
    "model, field, choices",
    [
        (Attendance, "status", Attendance.Status),
        (Attendance, "verification", Attendance.Verification),
        (Attendance, "method", set(Attendance.Method) - {Attendance.Method.STAFF}),
        (Assessment, "kind", Assessment.Kind),
        (ClassDecision, "outcome", {*ClassDecision.Outcome, ""}),
        (Enterprise, "class_level", {None, 1, 2, 3, 4}),
        (ImportRow, "outcome", set(ImportRow.Outcome) - {ImportRow.Outcome.SAME}),
        (PurchaseOrder, "kind", PurchaseOrder.Kind),
        (Requirement, "status", Requirement.Status),
        (SupplyClearance, "status", SupplyClearance.Status),
        (TrainingSession, "kind", TrainingSession.Kind),
        (User, "role", Role),
    ],
)
def test_every_word_of_a_list_occurs(demo, model, field, choices):
    assert set(choices) - values_of(model, field) == set()


def test_there_are_gaps(demo):
    assert Enterprise.objects.filter(nib=None).exists()
    assert Enterprise.objects.filter(annual_figures=None).exists()
    assert Enterprise.objects.filter(employees_female=None).exists()
    assert Enterprise.objects.filter(people__user=None).exists()
    idle = Enterprise.objects.filter(enrolments__attendances=None, assessments=None, documents=None)
    assert idle.exists()


def test_sessions_stand_in_all_three_time_zones(demo):
    zones = set(TrainingSession.objects.values_list("regency__province__time_zone", flat=True))
    assert zones == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


# --- Time ---------------------------------------------------------------------------------------------
def test_supply_clearance_of_every_day_is_as_it_was_stored(demo):
    out = StringIO()
    with clock_at(NOW):
        call_command("recompute_clearances", stdout=out)
    assert out.getvalue().strip().endswith("differences=0") and not out.getvalue().startswith("pairs=0")


def test_partnerships_stand_still_are_renewed_and_overridden(demo):
    assert Stall.objects.exists() and ExpiryNotice.objects.exists()
    assert Agreement.objects.filter(renews__isnull=False).exists()
    assert values_of(PurchaseOrder, "clearance") == {"", "ready", "not_ready"}
    assert values_of(Milestone, "step") == set(Milestone.Step.values)


def test_what_follows_from_bad_months_reviews_and_standstills_occurs(demo):
    assert set(StallAnswer.Side) <= values_of(StallAnswer, "side")
    let_through = Agreement.objects.filter(hold_overrides__isnull=False)
    assert let_through and not let_through.filter(status__in=Agreement.UNSIGNED).exists()
    calls = VisitCall.objects.with_visit()
    assert VisitCall.objects.open().exists() and calls.exclude(note="").exists()
    assert calls.exclude(session_code=None).exists()
    written = ReviewDecision.objects.filter
    assert written(plan_item__isnull=False).exists() and written(requirement__isnull=False).exists()


def test_nothing_happened_in_the_future(demo):
    latest = Event.objects.order_by("-at").first()
    assert latest.at <= NOW + timedelta(minutes=1)
    assert Notification.objects.filter(created_at__gt=NOW + timedelta(minutes=1)).count() == 0


def test_a_session_is_open_for_check_in_now(demo):
    session = TrainingSession.objects.get(status=TrainingSession.Status.OPEN)
    assert session.module.code == "5R"
    assert session.trainer.email == "mentor@contoh.id"
    assert session.window.opens_at <= NOW < session.window.late_from
    assert NOW - timedelta(minutes=10) <= session.starts_at <= NOW + timedelta(hours=1)
    assert session.attendances.filter(verification=Attendance.Verification.RECORDED).exists()


def test_the_owners_timeline_spans_months(demo):
    enterprise = Enterprise.objects.get(name=OWNER_LOGIN)
    days = sorted(event.at.date() for event in Event.objects.filter(enterprise_id=enterprise.pk))
    assert (days[-1] - days[0]).days > 300
    assert len({(day.year, day.month) for day in days}) >= 10


def test_old_messages_are_neither_mailed_again_nor_unread(demo):
    assert Notification.objects.unsent().count() == 0
    assert Notification.objects.unread().filter(created_at__lt=NOW - timedelta(days=30)).count() == 0


# --- What the logins find -----------------------------------------------------------------------------
def user(key: str) -> User:
    return User.objects.get(email=f"{key}@contoh.id")


def test_one_login_per_role_with_the_same_password(demo):
    rows = people.logins()
    assert len(rows) == len(Role)
    assert all(user(row[2].split("@")[0]).check_password(people.PASSWORD) for row in rows)


def test_the_owner_has_things_to_do(demo):
    owner = user("pemilik")
    enterprise = Enterprise.objects.visible_to(owner).get()
    assert enterprise.name == OWNER_LOGIN
    assert enterprise.enrolments.get().status == Enrolment.Status.ACTIVE
    assert enterprise.findings.open().count() >= 3
    assert enterprise.assessments.official().exists()
    lines = ScheduleLine.objects.filter(line__order__enterprise=enterprise)
    assert lines.filter(due_on__range=(TODAY, TODAY + timedelta(days=7))).exists()


def test_the_buyer_has_deliveries_to_confirm_some_of_them_late(demo):
    waiting = Delivery.objects.visible_to(user("pembeli")).unconfirmed()
    assert waiting.count() >= 2
    assert waiting.filter(delivered_on__lt=TODAY - timedelta(days=7)).exists()


def test_the_mentor_accompanies_six_and_has_work_left(demo):
    mentor = user("mentor")
    assert Enterprise.objects.visible_to(mentor).count() >= 6
    states = set(Assessment.objects.filter(assessor=mentor).values_list("status", flat=True))
    assert {Assessment.Status.DRAFT, Assessment.Status.RETURNED} <= states


def test_one_waiting_decision_fulfils_everything_and_one_lacks_a_little(demo):
    with clock_at(NOW):
        advice = {one.enterprise.name: recommendation(one) for one in ClassDecision.objects.waiting()}
    assert sorted(advice) == ["Galuh Tekno Karet", "Gemilang Baut", OWNER_LOGIN]
    assert advice["Galuh Tekno Karet"].is_promotion
    assert 1 <= advice[OWNER_LOGIN].counted - advice[OWNER_LOGIN].met <= 2


def test_every_decision_follows_from_what_it_stored(demo):
    said = StringIO()
    call_command("recompute_decisions", stdout=said)
    assert said.getvalue() == f"decisions={ClassDecision.objects.decided().count()} differences=0\n"


def test_agreements_are_of_many_parties_and_some_end_soon(demo):
    nira = Agreement.objects.get(title__startswith="Kemitraan pemasok")
    assert nira.parties.filter(part="enterprise").count() == 2
    assert nira.parties.filter(part="buyer").count() == 3
    soon = Agreement.objects.in_force().filter(ends_on__range=(TODAY, TODAY + timedelta(days=30)))
    assert soon.exists()


# --- Loading ------------------------------------------------------------------------------------------
def test_a_second_load_changes_nothing(demo):
    before, out = digest(), StringIO()
    call_command("load_demo", "--today", "2026-11-24", stdout=out)
    assert "sudah termuat" in out.getvalue()
    assert digest() == before


def test_logins_are_printed_as_a_table(demo):
    out = StringIO()
    call_command("load_demo", "--logins", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1 + len(Role)
    assert all("@contoh.id" in line and people.PASSWORD in line for line in lines[1:])


def test_it_refuses_where_known_passwords_would_be_a_danger(settings):
    settings.DEBUG = settings.INSECURE_HTTP = False
    with pytest.raises(CommandError, match="known password"):
        call_command("load_demo")


def test_its_papers_and_pages_and_tables_say_the_same_figures(demo, client, count):
    """Every figure of a report of each kind, read back from the paper, is that of its pages and of its Excel."""
    lead = User.objects.get(email="pimpinan@contoh.id")
    client.force_login(lead)
    cohort, enterprise = Cohort.objects.get(code=COHORT), Enterprise.objects.get(name=OWNER_LOGIN)
    agreement = Agreement.objects.filter(parties__enterprise=enterprise).earliest("starts_on")
    mine = Scope(user=lead, as_of=NOW, only=frozenset({enterprise.pk}))
    asked = [
        (Kind.ENTERPRISE, enterprise, mine),
        (Kind.CARD, enterprise, mine),
        (Kind.COHORT, cohort, Scope(user=lead, as_of=NOW, cohort=cohort)),
        (Kind.AGREEMENT, agreement, Scope(user=lead, as_of=NOW, agreement=agreement)),
        (Kind.PROGRAMME, PROGRAMME, Scope(user=lead, as_of=NOW)),
    ]
    with clock_at(NOW):
        for kind, subject, scope in asked:
            job = issue(kind, subject, by=lead)
            assert_service_says(job, scope)
            assert_public_page_says(job, client)
            figures = assert_paper_says(job)
            assert figures == assert_sheet_says(job, client) >= 7
            count("demonstration parity", papers=1, figures=figures)
