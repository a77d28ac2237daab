"""Milestones of a part, the end of an agreement announced, its renewal, and questions when nothing moves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.dashboard import morning
from partnerships import actions, milestones
from partnerships.actions.milestones import set_milestones
from partnerships.actions.renewals import renew, send_expiry_notices
from partnerships.actions.stalls import answer_stall, ask_of_stalls
from partnerships.models import Agreement, ExpiryNotice, Milestone, Stall, StallAnswer
from partnerships.standstills import open_stalls
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import DeliveryFactory, OrderFactory, OrderLineFactory, agreement_between

DAY = date(2026, 11, 24)
IN_DATABASE = pytest.mark.django_db


@pytest.mark.parametrize(
    "left, notice",
    [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30), (-1, None)],
)
def test_the_end_is_announced_at_each_step_and_a_missed_morning_is_made_up_for(left, notice):
    assert milestones.notice_due(DAY + timedelta(days=left), DAY) == notice


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 100))
def test_it_stands_still_from_the_forty_fifth_day_after_the_newest_movement(last, later):
    assert milestones.stands_still(last, last + timedelta(days=later)) == (later >= 45)


@pytest.fixture
def agreement(today, enterprise, buyer):
    return agreement_between([enterprise], [buyer], ends_on=DAY + timedelta(days=80))


# --- Milestones ---------------------------------------------------------------------------------------
@IN_DATABASE
def test_steps_are_planned_reached_and_taken_away_with_a_trail(agreement, staff):
    line, step = agreement.lines.get(), Milestone.Step
    days = {step.QUOTATION: (DAY, None), step.TRIAL: (DAY + timedelta(days=9), None)}
    assert set_milestones(line, days, by=staff) == 2
    assert set_milestones(line, days, by=staff) == 0
    assert set_milestones(line, {step.QUOTATION: (DAY, DAY), step.TRIAL: (None, None)}, by=staff) == 2
    assert list(line.milestones.values_list("step", "planned_on", "reached_on")) == [("quotation", DAY, DAY)]
    assert Event.objects.filter(verb="milestone.changed").count() == 2
    with pytest.raises(ValidationError) as error:
        set_milestones(line, {step.AUDIT: (None, DAY + timedelta(days=1))}, by=staff)
    assert list(error.value.message_dict) == ["audit_reached"]


@IN_DATABASE
def test_the_first_regular_order_reaches_its_step_by_itself_once(agreement, staff, cleared, buyer):
    actions.approve_sample(cleared, buyer, approved_on=DAY, by=staff)
    part = agreement.lines.get().part_name
    for number, day in (("PO-1", date(2026, 11, 2)), ("PO-2", DAY)):
        actions.enter_order(
            by=staff, enterprise=cleared, buyer=buyer, number=number, ordered_on=day, agreement=agreement,
            lines=[actions.OrderLineDraft(part, 10, 35_000)],
        )  # fmt: skip
    assert Milestone.objects.get().reached_on == date(2026, 11, 2)


@IN_DATABASE
def test_the_page_says_late_and_reached_and_a_future_day_comes_back_at_its_field(client, agreement, staff):
    line = agreement.lines.get()
    client.force_login(staff)
    address = reverse("partnerships:edit_milestones", args=[line.pk])
    answer = client.post(address, {"audit_reached": "2026-11-25"})
    assert "Tanggal tercapai tidak boleh setelah hari ini." in answer.text and not Milestone.objects.exists()
    client.post(address, {"quotation_planned": "2026-11-01", "enquiry_reached": "2026-10-01"})
    page = client.get(reverse("partnerships:milestones", args=[agreement.code])).text
    assert "1 dari 7 tahap tercapai" in page and "Terlambat" in page


# --- The end ------------------------------------------------------------------------------------------
@IN_DATABASE
def test_each_notice_goes_out_once_to_the_parties_and_staff(agreement, owner, contact, staff):
    assert [send_expiry_notices(today=DAY + timedelta(days=days)) for days in (0, 0, 1, 20, 50, 51)] == [
        1, 0, 0, 1, 1, 0
    ]  # fmt: skip
    assert list(ExpiryNotice.objects.values_list("days_before", flat=True)) == [90, 60, 30]
    for person in (owner, contact, staff):
        titles = person.notifications.filter(kind="agreement.expiring").values_list("title", flat=True)
        assert f"Perjanjian {agreement.number} berakhir 60 hari lagi" in titles and len(titles) == 3


@IN_DATABASE
def test_a_renewal_follows_on_with_the_same_parts_and_ends_the_old_one_when_it_runs(agreement, staff):
    renewal = renew(agreement, by=staff)
    assert renewal.starts_on == agreement.ends_on + timedelta(days=1)
    assert list(renewal.lines.values_list("part_name", "unit_price")) == list(
        agreement.lines.values_list("part_name", "unit_price")
    )
    with pytest.raises(ValidationError):
        renew(agreement, by=staff)
    actions.sign(renewal, signed_on=DAY, place="Slawi", by=staff)
    assert Agreement.objects.get(pk=agreement.pk).status == "active"
    actions.activate(renewal, by=staff, today=renewal.starts_on)
    assert Agreement.objects.get(pk=agreement.pk).status == "extended"


# --- Nothing moves ------------------------------------------------------------------------------------
@IN_DATABASE
def test_both_sides_are_asked_once_and_a_delivery_ends_the_standstill(
    agreement, enterprise, buyer, owner, contact, staff
):
    order = OrderFactory(enterprise=enterprise, buyer=buyer, agreement=agreement, ordered_on=date(2026, 9, 1))
    DeliveryFactory(line=OrderLineFactory(order=order), delivered_on=date(2026, 10, 10))
    assert ask_of_stalls(today=date(2026, 11, 23)) == 0
    morning.watch_agreements()
    morning.watch_agreements()
    assert (Stall.objects.get().since, ExpiryNotice.objects.count()) == (date(2026, 10, 10), 1)
    assert [
        person.notifications.filter(kind="stall.asked").count() for person in (owner, contact, staff)
    ] == [1, 1, 0]
    assert len(open_stalls(staff)) == 1
    DeliveryFactory(line=order.lines.get(), note_number="SJ-2", delivered_on=DAY)
    assert open_stalls(staff) == []


@IN_DATABASE
def test_each_side_says_its_own_reason_and_staff_see_them_counted(client, agreement, owner, contact, staff):
    ask_of_stalls(today=DAY)
    stall = Stall.objects.get()
    answer_stall(stall, reason="material", by=owner)
    answer_stall(stall, reason="price", by=owner)
    with pytest.raises(ValidationError) as error:
        answer_stall(stall, reason="other", by=contact)
    assert list(error.value.message_dict) == ["note"]
    for stranger in (staff, UserFactory(role=Role.OWNER), UserFactory(role=Role.BUYER)):
        with pytest.raises(PermissionDenied):
            answer_stall(stall, reason="price", by=stranger)
    client.force_login(contact)
    client.post(
        reverse("partnerships:answer_stall", args=[stall.pk]), {"reason": "drawing", "note": "Rev. C"}
    )
    assert sorted(StallAnswer.objects.values_list("side", "reason")) == [
        ("buyer", "drawing"), ("enterprise", "price")
    ]  # fmt: skip
    client.force_login(staff)
    page = client.get(reverse("partnerships:stalls"))
    assert dict(page.context["reasons"]) == {
        "Harga belum disepakati": 1,
        "Menunggu gambar atau spesifikasi": 1,
    }
    assert "1 dari 2 jawaban" in page.text and "Rev. C" in page.text
