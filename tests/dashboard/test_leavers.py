"""Who left or pauses is on no roster, no reminder and in no denominator, on any surface; their history stays."""

import json
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from pypdf import PdfReader

from closedloop.accounts.roles import Role
from closedloop.core.letterhead import letterhead
from closedloop.dashboard.tasks import tasks_for
from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import Scope
from closedloop.reports import pdf  # noqa: TID253 what is printed is looked at
from closedloop.reports.frame import identified
from closedloop.reports.kinds import cohort as cohort_report
from participants import actions
from participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, FindingFactory
from tests.factories.participants import CohortFactory, MentorAssignmentFactory
from tests.factories.trainings import AttendanceFactory, ModuleFactory, SessionFactory, enrol
from trainings.actions.sessions import owners_of
from trainings.actions.sheets import print_sheet
from trainings.progress import attendance_of, cohort_attendance, cohort_progress

pytestmark = pytest.mark.django_db
DAYS_AGO = 10


@pytest.fixture(params=["withdrawn", "on_leave"])
def programme(request):
    """A cohort with one IKM that stays and one that left or paused ten days ago, both with a mentor and a past."""
    staff = UserFactory(role=Role.STAFF)
    mentor = UserFactory(role=Role.MENTOR)
    cohort, module = CohortFactory(), ModuleFactory(code="5R")
    sessions = SimpleNamespace(
        past=SessionFactory(
            cohort=cohort,
            module=module,
            held=True,
            starts_at=timezone.now() - timedelta(days=30),
            trainer=mentor,
        ),
        later=SessionFactory(
            cohort=cohort,
            module=module,
            held=True,
            starts_at=timezone.now() - timedelta(days=5),
            trainer=mentor,
        ),
        running=SessionFactory(cohort=cohort, module=module, running=True, trainer=mentor),
        coming=SessionFactory(cohort=cohort, module=module, trainer=mentor),
    )
    since = timezone.localdate() - timedelta(days=60)
    members = {}
    for name in ("Tetap Hadir", "Pergi Jauh"):
        enrolment, person = enrol(cohort, enterprise__name=name, status="active", status_since=since)
        enrolment.moves.create(before="", after="active", on=since, by=staff)
        MentorAssignmentFactory(enrolment=enrolment, mentor=mentor, assigned_by=staff)
        AttendanceFactory(session=sessions.past, enrolment=enrolment, person=person)
        AssessmentFactory(enrolment=enrolment, assessor=mentor)
        FindingFactory(enterprise=enrolment.enterprise, due_on=timezone.localdate() - timedelta(days=1))
        members[name] = SimpleNamespace(enrolment=enrolment, person=person, user=person.user)
    gone = members["Pergi Jauh"]
    actions.move_enrolment(
        gone.enrolment,
        request.param,
        by=staff,
        on=timezone.localdate() - timedelta(days=DAYS_AGO),
        reason="Mesin utama rusak",
    )
    return SimpleNamespace(
        cohort=cohort, sessions=sessions, stays=members["Tetap Hadir"], gone=gone, staff=staff, mentor=mentor
    )


SURFACES = {
    "the roster": lambda p: reverse("trainings:session", args=[p.sessions.running.code]),
    "the printed list": lambda p: reverse(
        "trainings:sheet", args=[print_sheet(p.sessions.coming, by=p.staff).code]
    ),
    "the marks of a test": lambda p: reverse("trainings:results", args=[p.cohort.code, "5R"]),
    "the list of a cohort": lambda p: (
        f"{reverse('participants:list')}?angkatan={p.cohort.code}&status=active"
    ),
    "the tasks": lambda p: reverse("dashboard:tasks"),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_on_no_page_that_calls_people_by_name(client, login, programme, surface):
    login(programme.staff)
    page = client.get(SURFACES[surface](programme)).content.decode()
    assert "Pergi Jauh" not in page
    assert "Tetap Hadir" in page or surface == "the tasks"


def test_not_on_the_mentors_list_nor_among_their_tasks(client, login, programme):
    login(programme.mentor)
    response = client.get(reverse("dashboard:mentor_home"))
    assert [str(one) for one in response.context["enterprises"]] == [
        str(programme.stays.enrolment.enterprise)
    ]
    assert response.context["enterprise_count"] == 1
    assert "Pergi Jauh" not in " ".join(task.title for task in tasks_for(programme.mentor))
    assert "Tetap Hadir" in " ".join(task.title for task in tasks_for(programme.mentor))


def test_not_told_of_sessions_and_not_expected_at_any(client, login, programme):
    assert set(owners_of(programme.cohort)) == {programme.stays.user}
    for who, next_one in ((programme.stays, programme.sessions.running), (programme.gone, None)):
        login(who.user)
        assert client.get(reverse("dashboard:owner_home")).context["session"] == next_one
        coming = client.get(reverse("trainings:my_schedule")).context["coming"]
        assert bool(coming) == (who is programme.stays)


def test_not_reminded_of_findings(programme):
    assert tasks_for(programme.stays.user)
    assert not tasks_for(programme.gone.user)


def test_no_check_in_any_more(client, login, programme, world):
    login(programme.gone.user)
    url = reverse("trainings:check_in_session", args=[programme.sessions.running.code])
    client.post(url, {"code": "AAAAAA"})
    assert not programme.gone.enrolment.attendances.filter(session=programme.sessions.running).exists()


def test_in_no_denominator_of_attendance(programme):
    shares = cohort_attendance(programme.cohort)
    assert set(shares) == set(cohort_progress(programme.cohort)) == {programme.stays.enrolment.pk}
    assert (shares[programme.stays.enrolment.pk].sessions_held) == 2


def test_counted_up_to_the_day_of_leaving_and_kept_as_history(programme):
    share = attendance_of([programme.gone.enrolment])[programme.gone.enrolment.pk]
    assert (share.sessions_present, share.sessions_held) == (1, 1)
    assert programme.gone.enrolment.attendances.count() == 1


def test_in_no_figure_of_the_cohort_once_it_left(programme):
    is_leaver = programme.gone.enrolment.status == Enrolment.Status.WITHDRAWN
    for scope in (Scope(cohort=programme.cohort), Scope()):
        values = figures.collect(["pipeline.enterprises", "pipeline.stages", "attendance.sessions"], scope)
        # who pauses has left nothing but the sessions of the pause
        assert values["pipeline.enterprises"].value == (1 if is_leaver else 2)
        assert values["pipeline.stages"].value == (1 if is_leaver else 2)
        assert values["attendance.sessions"].records == (2 if is_leaver else 3)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_in_the_printed_report_of_the_cohort_neither_by_name_nor_in_a_denominator(programme, language):
    """Who left is not in the PDF; who pauses is, since only the sessions of the pause are not theirs."""
    is_leaver = programme.gone.enrolment.status == Enrolment.Status.WITHDRAWN
    with translation.override(language):
        (snapshot,) = cohort_report.snapshots(
            [programme.cohort], language=language, by=programme.staff, as_of=timezone.now()
        )
        printed = pdf.render(identified(snapshot, cohort_report.PREFIX, 1, "CONTOH22", letterhead()))
    pages = PdfReader(BytesIO(printed.content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Tetap Hadir" in text
    assert ("Pergi Jauh" in text) == ("Pergi Jauh" in json.dumps(snapshot)) == (not is_leaver)
    assert len(snapshot["enterprises"]) == (1 if is_leaver else 2)


def test_in_the_export_only_by_the_status_that_says_so(client, login, programme):
    login(programme.staff)

    def names(**asked):
        content = client.get(reverse("participants:export"), asked).content
        rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
        return " ".join(str(cell) for row in rows for cell in row)

    status = programme.gone.enrolment.status
    assert "Pergi Jauh" not in names(angkatan=programme.cohort.code, status="active")
    assert "Pergi Jauh" in names(angkatan=programme.cohort.code, status=status)
    if status == Enrolment.Status.WITHDRAWN:
        assert "Pergi Jauh" not in names(angkatan=programme.cohort.code)


def test_a_leavers_mentor_is_free(programme):
    present = programme.gone.enrolment.mentor_assignments.filter(ends_on=None)
    assert present.exists() == (programme.gone.enrolment.status == Enrolment.Status.ON_LEAVE)


def test_a_leaver_without_mentor_is_nobodys_task(programme):
    programme.gone.enrolment.mentor_assignments.all().delete()
    titles = [task.title for task in tasks_for(programme.staff)]
    assert "IKM tanpa mentor" not in titles
