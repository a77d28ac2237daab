"""The figures an enterprise is asked for: asked once, unknown is an answer, always shown against the beginning."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.actions import Answer
from participants.models import Enterprise, Indicator, IndicatorAnswer, IndicatorSet
from participants.periods import Period, asked_about
from participants.told import questions_for, standing_of, told_of
from tests.factories.accounts import UserFactory
from tests.factories.participants import (
    AnnualFigureFactory,
    CohortFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
MINE = reverse("participants:my_figures")
IN_FEBRUARY, IN_MAY = "2026-02-10T03:00:00Z", "2026-05-12T03:00:00Z"


@pytest.fixture
def shipped():
    return actions.load_indicators()


@pytest.fixture
def owner(shipped):
    return PersonFactory(enterprise=EnterpriseFactory(regency_id="33.28")).user


def company_of(user) -> Enterprise:
    return Enterprise.objects.visible_to(user).get()


def indicator(code) -> Indicator:
    return Indicator.objects.get(code=code)


def tell(enterprise, code, period, *, by=None, channel="owner", **answer):
    told = [Answer(indicator(code), period, **answer)]
    return actions.record_answers(enterprise, told, by=by or UserFactory(), channel=channel)


def due(enterprise, day=None) -> list[str]:
    return [one.code for one in questions_for(enterprise, day) if one.is_due]


def test_the_shipped_set_has_at_most_ten_and_says_it_is_an_example(shipped):
    assert shipped.lines.count() <= 10
    assert "contoh" in shipped.name
    assert actions.load_indicators() == shipped
    assert IndicatorSet.objects.count() == 1


@pytest.mark.parametrize(
    "frequency, about, day, period",
    [
        ("yearly", "past", date(2026, 2, 10), Period(2025)),
        ("yearly", "present", date(2026, 2, 10), Period(2026)),
        ("quarterly", "past", date(2026, 2, 10), Period(2025, 4)),
        ("quarterly", "past", date(2026, 5, 1), Period(2026, 1)),
        ("quarterly", "present", date(2026, 12, 31), Period(2026, 4)),
    ],
)
def test_a_figure_is_asked_about_its_own_time(frequency, about, day, period):
    assert asked_about(frequency=frequency, about=about, day=day) == period


@time_machine.travel(IN_FEBRUARY, tick=False)
def test_an_owner_tells_what_they_know_and_what_they_do_not(client, owner):
    client.force_login(owner)
    assert "Dilihat oleh: pemilik" in client.get(MINE).content.decode()
    data = {
        "annual_sales": "1,2 M",
        "workers": "18",
        "capacity": "2.400",
        "capacity-unit": "pcs",
        "reject_rate-low": "2",
        "reject_rate-high": "4",
        "financing-unknown": "on",
    }
    page = client.post(MINE, data, follow=True)
    assert "Angka tersimpan" in page.content.decode()
    enterprise = company_of(owner)
    figure = enterprise.annual_figures.get()
    assert (figure.year, figure.annual_sales, figure.employee_count) == (2025, 1_200_000_000, 18)
    told = {answer.indicator.code: answer for answer in enterprise.indicator_answers.all()}
    assert set(told) == {"capacity", "reject_rate", "financing"}
    assert (told["capacity"].value, told["capacity"].unit) == (2400, "pcs")
    assert (told["reject_rate"].low, told["reject_rate"].high) == (2, 4)
    assert told["financing"].is_unknown and told["financing"].value is None
    assert all(answer.is_baseline and answer.channel == "owner" for answer in told.values())
    assert "workers_female" in due(enterprise) and "financing" not in due(enterprise)


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"customers": ""}, "Isi sedikitnya satu angka"),
        ({"annual_sales": "lumayan"}, "Jumlah tidak terbaca"),
        ({"annual_sales": "1 M", "annual_sales-unknown": "on"}, "Pilih satu"),
        ({"reject_rate-low": "5"}, "Isi kedua ujung kisaran"),
        ({"reject_rate-low": "5", "reject_rate-high": "2"}, "melebihi ujung atasnya"),
        ({"on_time": "140"}, "Paling besar 100"),
        ({"capacity": "900"}, "Isi satuannya"),
        ({"workers": "4", "workers_female": "9"}, "melebihi seluruh tenaga kerja"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_kept(client, owner, wrong, message):
    client.force_login(owner)
    page = client.post(MINE, {"customers": "3", **wrong}).content.decode()
    assert message in page
    assert all(f'value="{typed}"' in page for typed in wrong.values() if typed not in ("on", ""))
    assert not IndicatorAnswer.objects.exists() and not company_of(owner).annual_figures.exists()


@time_machine.travel(IN_FEBRUARY, tick=False)
def test_no_figure_is_asked_twice_in_a_quarter_whoever_asked_first(shipped):
    enterprise = EnterpriseFactory()
    everything = set(due(enterprise))
    AnnualFigureFactory(enterprise=enterprise, year=2024, annual_sales=900_000_000, employee_count=None)
    tell(enterprise, "customers", Period(2026), is_unknown=True)
    actions.pin_indicators(cohort := CohortFactory(status="planned"), shipped, by=None)
    EnrolmentFactory(enterprise=enterprise, cohort=cohort)
    assert everything - set(due(enterprise)) == {"annual_sales", "customers"}
    # a quarter later: last year's sales were never told, and what was unknown may be asked again
    assert {"annual_sales", "customers"} <= set(due(enterprise, date(2026, 5, 12)))


@time_machine.travel(IN_MAY, tick=False)
def test_what_is_known_for_its_time_is_not_asked_in_later_quarters(shipped):
    enterprise = EnterpriseFactory()
    AnnualFigureFactory(enterprise=enterprise, year=2025)
    for day in (date(2026, 8, 1), date(2026, 12, 31)):
        assert not {"annual_sales", "workers"} & set(due(enterprise, day))
    assert {"annual_sales", "workers"} <= set(due(enterprise, date(2027, 1, 2)))


def test_exact_sales_are_kept_once_and_replace_a_guess(shipped):
    enterprise, owner = EnterpriseFactory(), UserFactory()
    tell(enterprise, "annual_sales", Period(2025), low=Decimal(10**9), high=Decimal(2 * 10**9))
    assert not enterprise.annual_figures.exists()
    tell(enterprise, "annual_sales", Period(2025), value=Decimal(1_500_000_000), by=owner)
    assert enterprise.annual_figures.get().annual_sales == 1_500_000_000
    assert not enterprise.indicator_answers.exists()
    told = Event.objects.filter(verb="enterprise.figures_told").latest("pk").data["answers"]
    assert told["annual_sales"][1:] == [{"low": "1000000000", "high": "2000000000"}, {"value": 1_500_000_000}]
    with pytest.raises(ValidationError, match="sudah tercatat dengan angka pasti"):
        tell(enterprise, "annual_sales", Period(2025), is_unknown=True)


def test_a_correction_keeps_the_baseline_and_leaves_old_and_new(shipped):
    enterprise = EnterpriseFactory()
    tell(enterprise, "customers", Period(2025), value=Decimal(2))
    assert tell(enterprise, "customers", Period(2025), value=Decimal(2)) == []
    tell(enterprise, "customers", Period(2025), value=Decimal(3))
    answer = enterprise.indicator_answers.get()
    assert answer.is_baseline and answer.value == 3
    told, corrected = Event.objects.filter(verb="enterprise.figures_told").order_by("pk")
    assert told.data["answers"]["customers"] == ["2025", None, {"value": "2"}]
    assert corrected.data["answers"]["customers"] == ["2025", {"value": "2"}, {"value": "3"}]


def standing(enterprise, code):
    one = indicator(code)
    return standing_of(one, told_of([enterprise.pk], [one]).get((enterprise.pk, code), []))


def test_later_figures_stand_against_the_beginning(shipped):
    enterprise = EnterpriseFactory()
    AnnualFigureFactory(enterprise=enterprise, year=2023, annual_sales=10**9, is_baseline=True)
    AnnualFigureFactory(enterprise=enterprise, year=2022, annual_sales=3 * 10**9)  # found out later
    AnnualFigureFactory(enterprise=enterprise, year=2025, annual_sales=1_180_000_000)
    sales = standing(enterprise, "annual_sales")
    assert (sales.first.period, sales.last.period, sales.years) == (Period(2023), Period(2025), 2)
    assert (sales.ratio, sales.direction) == (Decimal("0.18"), "up")


def test_percentages_are_compared_in_points_and_quarters_counted(shipped):
    enterprise = EnterpriseFactory()
    tell(enterprise, "reject_rate", Period(2025, 4), low=Decimal(4), high=Decimal(6))
    tell(enterprise, "reject_rate", Period(2026, 1), value=Decimal(3))
    rejects = standing(enterprise, "reject_rate")
    assert (rejects.difference, rejects.ratio, rejects.direction) == (Decimal(-2), None, "down")
    assert (rejects.years, rejects.quarters) == (None, 1)


def test_nothing_is_said_of_a_change_between_unlike_or_unknown_figures(shipped):
    enterprise = EnterpriseFactory()
    tell(enterprise, "capacity", Period(2025), value=Decimal(900), unit="kg")
    tell(enterprise, "capacity", Period(2026), value=Decimal(4000), unit="pcs")
    tell(enterprise, "customers", Period(2025), is_unknown=True)
    assert standing(enterprise, "capacity").difference is None
    assert standing(enterprise, "customers").difference is None
    assert standing(enterprise, "financing").first is None


def test_a_mentor_fills_it_in_on_behalf_and_is_named(client, login, shipped):
    mentor = login(Role.MENTOR)
    enrolment = EnrolmentFactory()
    address = reverse("participants:record_figures", args=[enrolment.enterprise.code])
    assert client.get(address).status_code == 404
    actions.assign_mentor(enrolment, mentor, by=UserFactory(role=Role.STAFF))
    client.post(address, {"customers": "4"})
    answer = enrolment.enterprise.indicator_answers.get()
    assert (answer.channel, answer.told_by) == ("on_behalf", mentor)


def test_a_running_cohort_keeps_its_set(shipped):
    other = IndicatorSet.objects.create(code="lain", version=1, name="Lain", published_at="2026-01-01T00:00Z")
    cohort = CohortFactory(status="running")
    actions.pin_indicators(cohort, shipped, by=None)
    actions.pin_indicators(cohort, shipped, by=None)
    with pytest.raises(ValidationError, match="tidak dapat diganti"):
        actions.pin_indicators(cohort, other, by=None)
    unpublished = IndicatorSet.objects.create(code="draf", version=1, name="Draf")
    with pytest.raises(ValidationError, match="Terbitkan"):
        actions.pin_indicators(CohortFactory(status="planned"), unpublished, by=None)


def test_the_page_asks_the_figures_of_the_cohorts_own_set(shipped):
    short = IndicatorSet.objects.create(code="pendek", version=1, name="Pendek")
    short.lines.create(indicator=indicator("customers"), order=1, frequency="yearly", about="present")
    short.published_at = "2026-01-01T00:00Z"
    short.save()
    enrolment = EnrolmentFactory(cohort=CohortFactory(status="planned"))
    actions.pin_indicators(enrolment.cohort, short, by=None)
    assert [one.code for one in questions_for(enrolment.enterprise)] == ["customers"]
