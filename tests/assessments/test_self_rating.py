"""An owner's own rating: on the phone, handed in and not reviewed, and beside the assessor's only after the score."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.beside import beside_of, self_rating_for
from assessments.models import Assessment
from assessments.self_rating import QUIET_DAYS, is_due
from assessments.sheet import Sheet
from closedloop.accounts.roles import Role
from closedloop.dashboard.tasks import tasks_for
from closedloop.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, CohortRubricFactory, criteria_of, fill
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory

TODAY = date(2026, 11, 24)
Kind, Status = Assessment.Kind, Assessment.Status


def ago(days):
    return None if days is None else TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    "last_self, last_official, due",
    [
        (None, None, True),
        (5, None, False),
        (None, QUIET_DAYS, True),
        (None, QUIET_DAYS - 1, False),
        (None, QUIET_DAYS + 1, True),
        (QUIET_DAYS, QUIET_DAYS, True),  # of the same day: made for that visit
        (QUIET_DAYS - 1, QUIET_DAYS, False),
        (QUIET_DAYS + 30, QUIET_DAYS, True),
    ],
)
def test_one_rating_before_each_official_assessment(last_self, last_official, due):
    assert is_due(last_self=ago(last_self), last_official=ago(last_official), today=TODAY) is due


@pytest.fixture
def enrolment(db):
    enrolment = EnrolmentFactory()
    CohortRubricFactory(cohort=enrolment.cohort)
    return enrolment


@pytest.fixture
def owner(enrolment, login):
    user = login(Role.OWNER)
    PersonFactory(enterprise=enrolment.enterprise, user=user)
    return user


def rate(enrolment, by, value=4, **values):
    """An owner's rating that was handed in."""
    made = actions.start_assessment(enrolment, Kind.SELF, timezone.localdate(), by=by)
    fill(made, value, **values)
    actions.submit(made, by=by)
    return made


def test_an_owner_rates_comes_back_and_hands_in(client, enrolment, owner, django_capture_on_commit_callbacks):
    mentor = MentorAssignmentFactory(enrolment=enrolment).mentor
    url = reverse("assessments:self_rating")
    assert [task.title for task in tasks_for(owner)].count("Isi penilaian mandiri") == 1
    assert "Mulai menilai" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    made = Assessment.objects.get()
    assert (made.kind, made.status, made.assessor) == (Kind.SELF, Status.DRAFT, owner)
    assert "bobot" in page
    section = reverse("assessments:section", args=[made.code, "5r-1"])
    client.post(section, {"version": made.version, "nilai_R1-1": "4", "go": "save"})
    assert "1 dari 5 butir sudah Anda nilai" in client.get(url).content.decode()
    client.post(url)
    assert Assessment.objects.count() == 1  # a second press goes on with it
    made.refresh_from_db()
    fill(made, 4)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(
            reverse("assessments:check", args=[made.code]), {"go": "submit"}, follow=True
        ).content.decode()
    assert "Penilaian mandiri diserahkan" in page
    made.refresh_from_db()
    assert made.status == Status.SUBMITTED
    assert Notification.objects.filter(user=mentor, kind="assessment.self_rated").count() == 1
    assert "Isi penilaian mandiri" not in [task.title for task in tasks_for(owner)]


def test_nobody_reviews_an_own_rating(enrolment, owner):
    made = rate(enrolment, owner)
    assert not Assessment.objects.awaiting_review().exists()
    assert not Assessment.objects.official().exists()
    for act in (actions.take_review, actions.approve):
        with pytest.raises(ValidationError, match="tidak ditinjau"):
            act(made, by=UserFactory(role=Role.ASSESSOR))


def test_the_next_one_is_a_new_record(enrolment, owner):
    first = rate(enrolment, owner)
    again = actions.start_assessment(enrolment, Kind.SELF, timezone.localdate(), by=owner)
    assert again != first


def test_only_an_owner_of_this_ikm_rates_it(enrolment, db):
    stranger = PersonFactory(user=UserFactory(role=Role.OWNER)).user
    with pytest.raises(ValidationError, match="Anda bukan pemilik"):
        actions.start_assessment(enrolment, Kind.SELF, TODAY, by=stranger)


class TestBeside:
    @pytest.fixture
    def rating(self, enrolment):
        owner = PersonFactory(enterprise=enrolment.enterprise, user=UserFactory(role=Role.OWNER)).user
        return rate(enrolment, owner, 4, KS1=0)

    @pytest.fixture
    def draft(self, enrolment, rating, login):
        return AssessmentFactory(
            enrolment=enrolment, assessor=login(Role.ASSESSOR), visited_on=timezone.localdate()
        )

    def test_the_assessor_scores_blind_item_by_item(self, client, draft, rating):
        url = reverse("assessments:section", args=[draft.code, "k3l"])
        assert "Nilai pemilik sendiri" not in client.get(url).content.decode()
        assert (
            "Penilaian mandiri diserahkan"
            in client.get(reverse("assessments:fill", args=[draft.code])).content.decode()
        )
        actions.save_scores(draft, {criteria_of(draft).get(code="KS1"): (3, False, "")}, by=draft.assessor)
        page = client.get(url).content.decode()
        assert page.count("Nilai pemilik sendiri") == 1
        assert "Nilai pemilik sendiri: 0" in page

    def test_nor_by_opening_the_rating_itself(self, client, draft, rating):
        response = client.get(rating.get_absolute_url())
        assert response.url == reverse("assessments:fill", args=[draft.code])
        fill(draft, 3)
        actions.save_scores(draft, {}, by=draft.assessor)
        actions.submit(draft, by=draft.assessor)
        assert client.get(rating.get_absolute_url()).status_code == 200

    def test_the_result_shows_both_and_can_leave_out_what_agrees(self, client, draft, rating):
        fill(draft, 3, KS1=2, R1_1=4)
        beside = beside_of(Sheet(draft))
        changes = {one.row.criterion.code: one.change for one in beside.all}
        assert {one.row.criterion.code for one in beside.large} == {"KS1"}
        assert changes["KS1"] == "+2"
        page = client.get(draft.get_absolute_url()).content.decode()
        assert "berbeda pada 3 dari 5 butir, 1 di antaranya dua tingkat atau lebih" in page
        assert "+2" in page
        table = page[page.index("h-mandiri") :].split("</table>")[0]
        fewer = client.get(draft.get_absolute_url(), {"beda": "1"}).content.decode()
        fewer = fewer[fewer.index("h-mandiri") :].split("</table>")[0]
        assert (table.count("<tr>"), fewer.count("<tr>")) == (6, 4)

    def test_the_owner_sees_both_once_it_is_official(self, client, enrolment, login, draft, rating):
        client.force_login(rating.assessor)
        assert client.get(draft.get_absolute_url()).status_code == 404
        fill(draft, 3)
        actions.submit(draft, by=draft.assessor)
        actions.approve(draft, by=UserFactory(role=Role.LEAD))
        page = client.get(draft.get_absolute_url()).content.decode()
        assert "Nilai mandiri dan nilai penilai" in page

    def test_an_unfinished_rating_is_nobody_elses(self, client, enrolment, owner, login):
        made = actions.start_assessment(enrolment, Kind.SELF, timezone.localdate(), by=owner)
        login(Role.ASSESSOR)
        assert client.get(made.get_absolute_url()).status_code == 404

    def test_a_rating_belongs_to_the_visit_after_it(self, enrolment, rating):
        day = timezone.localdate()
        official = AssessmentFactory(enrolment=enrolment, visited_on=day, approved=True)
        later = AssessmentFactory(enrolment=enrolment, visited_on=day + timedelta(days=90), kind=Kind.MIDYEAR)
        assert self_rating_for(official) == rating
        assert self_rating_for(later) is None
