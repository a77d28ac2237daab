"""From an approved assessment to the plan, and from the next one to closed items."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments import actions
from assessments.models import Assessment, PlanItem
from assessments.sheet import Sheet
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, PlanItemFactory, criterion, fill
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory
from tests.world.assessments import PHOTO

pytestmark = pytest.mark.django_db


def approved(enrolment, kind="baseline", day=date(2026, 5, 5), value=3, **values):
    assessment = AssessmentFactory(enrolment=enrolment, kind=kind, visited_on=day)
    fill(assessment, value, **values)
    photographed(assessment)
    actions.submit(assessment, by=assessment.assessor)
    actions.approve(assessment, by=UserFactory(role=Role.LEAD))
    return assessment


def photographed(assessment):
    """Show by a photo whatever must be shown."""
    for row in Sheet(assessment).rows:
        if row.needs_photo:
            day = assessment.visited_on
            actions.add_evidence(assessment, row.criterion, photo=PHOTO, taken_on=day, by=assessment.assessor)


def plan(enrolment):
    rows = PlanItem.objects.filter(enterprise=enrolment.enterprise).by_gain()
    return {row.criterion.code: row for row in rows}


def test_what_is_below_its_target_becomes_an_item_and_what_reaches_it_closes():
    enrolment = EnrolmentFactory()
    first = approved(enrolment, value=3, R1_1=1, KS7=1, KS1=2, LEG1=0)
    items = plan(enrolment)
    # KS7 has its critical finding, so no second line
    assert list(items) == ["R1.1", "LEG1", "KS1"]
    assert [(one.current_value, one.target_value) for one in items.values()] == [(1, 3), (0, 4), (2, 3)]
    event = Event.objects.get(verb="assessment.planned")
    assert event.data["made"] == ["LEG1", "R1.1", "KS1"]

    second = approved(enrolment, "midyear", date(2026, 9, 9), value=3, R1_1=3, KS1=1, LEG1=0)
    items = plan(enrolment)
    assert items["R1.1"].status == "done" and items["R1.1"].closed_in == second
    assert items["R1.1"].assessment == first
    assert (items["KS1"].status, items["KS1"].current_value, items["KS1"].assessment) == (
        "planned",
        1,
        second,
    )
    assert len(items) == 3


def test_an_older_one_approved_late_changes_nothing():
    enrolment = EnrolmentFactory()
    approved(enrolment, "midyear", date(2026, 9, 9), value=3)
    approved(enrolment, "baseline", date(2026, 5, 5), value=3, R1_1=1)
    assert plan(enrolment) == {}


def test_an_item_that_does_not_apply_any_more_is_dropped_with_a_reason():
    enrolment = EnrolmentFactory()
    first = approved(enrolment, value=3, KS1=2)
    second = AssessmentFactory(enrolment=enrolment, kind="final", visited_on=date(2026, 9, 9))
    fill(second, 3)
    criterion = first.rubric.dimensions.get(code="K3L").criteria.get(code="KS1")
    actions.save_scores(second, {criterion: (None, True, "Lini ini ditutup")}, by=second.assessor)
    actions.submit(second, by=second.assessor)
    actions.approve(second, by=UserFactory(role=Role.LEAD))
    item = plan(enrolment)["KS1"]
    assert item.status == "dropped" and item.remark and item.closed_in == second


def test_an_owner_reports_and_a_mentor_closes_but_nobody_their_own():
    owner, mentor = UserFactory(role=Role.OWNER), UserFactory(role=Role.MENTOR)
    item = PlanItemFactory()
    actions.start_plan_item(item, by=owner)
    with pytest.raises(ValidationError):
        actions.report_plan_item(item, "  ", by=owner)
    actions.report_plan_item(item, "Papan bayangan dipasang", by=owner)
    actions.return_plan_item(item, "Baru satu meja", by=mentor)
    assert (item.status, item.remark) == ("in_progress", "Baru satu meja")
    actions.report_plan_item(item, "Semua meja", by=mentor)
    with pytest.raises(ValidationError):
        actions.close_plan_item(item, by=mentor)
    actions.close_plan_item(item, by=UserFactory(role=Role.MENTOR))
    with pytest.raises(TransitionError):
        actions.drop_plan_item(item, "Tidak jadi", by=mentor)
    verbs = Event.objects.about(item).values_list("verb", flat=True)
    assert sorted(verbs) == [
        "planitem.done", "planitem.in_progress", "planitem.in_progress", "planitem.reported", "planitem.reported",
    ]  # fmt: skip


def test_the_page_shows_ten_and_says_how_many_more(client, login):
    enrolment = EnrolmentFactory()
    mentor = login(Role.MENTOR)
    MentorAssignmentFactory(enrolment=enrolment, mentor=mentor)
    assessment = AssessmentFactory(enrolment=enrolment, approved=True)
    dimension = assessment.rubric.dimensions.get(code="K3L")
    for n in range(12):
        one = criterion(dimension, f"X{n}", 10 + n)
        PlanItemFactory(enrolment=enrolment, assessment=assessment, criterion=one, gain=12 - n)
    page = client.get(reverse("assessments:plan", args=[enrolment.enterprise.code])).content.decode()
    assert "12 butir menunggu" in page and "2 butir lagi" in page
    assert (
        page.index("X0 Butir") < page.index("X9 Butir") < page.index("2 butir lagi") < page.index("X10 Butir")
    )
    assert "Usulkan kunjungan pendamping" in page


def test_bad_input_is_told_at_its_field_and_kept(client, login):
    owner = login(Role.OWNER)
    item = PlanItemFactory()
    PersonFactory(enterprise=item.enterprise, user=owner)
    long = "panjang " * 50
    page = client.post(reverse("assessments:report_plan_item", args=[item.code]), {"report": long})
    assert (
        "Laporan paling panjang 300 huruf" in page.content.decode() and long.strip() in page.content.decode()
    )
    item.refresh_from_db()
    assert item.status == "planned"
    assert Assessment.objects.count() == 1
