"""Addenda of an agreement: drafted, signed, frozen; what they change counts from their day and nothing before it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from partnerships import ledger
from partnerships.actions.addenda import (
    AddedLine,
    LineChange,
    discard_addendum,
    draft_addendum,
    redraft_addendum,
)
from partnerships.actions.addendum_signing import sign_addendum
from partnerships.actions.months import close_month
from partnerships.actions.renewals import renew, send_expiry_notices
from partnerships.agreed import histories, price_for
from partnerships.models import Addendum, Promise, ScopeLine
from partnerships.terms import on_day
from tests.factories.partnerships import (
    BuyerFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 16)  # in the middle of a quarter


@pytest.fixture
def agreement(today, enterprise, buyer):
    """One part at Rp35.000; 3.000 pieces in each quarter of 2026."""
    return agreement_between([enterprise], [buyer], ends_on=date(2026, 12, 31))


@pytest.fixture
def part(agreement):
    return agreement.lines.get()


def drafted(agreement, staff, *changes, number="ADD/1", on=DAY, **fields):
    return draft_addendum(
        agreement,
        by=staff,
        number=number,
        effective_on=on,
        reason="Harga baja naik",
        changes=changes,
        **fields,
    )


def signed(agreement, staff, *changes, **fields):
    addendum = drafted(agreement, staff, *changes, **fields)
    sign_addendum(addendum, signed_on=date(2026, 8, 10), place="Tegal", by=staff)
    return addendum


def history(line):
    line = ScopeLine.objects.select_related("agreement").get(pk=line.pk)
    return histories([line])[line.pk]


def promised(agreement, since=None, until=None):
    scope = ledger.Scope.everything().of(agreements=[agreement.pk])
    return ledger.figures(scope, since=since, until=until).promised


def test_a_draft_changes_nothing_and_says_who_wrote_it(agreement, part, staff):
    before = promised(agreement)
    addendum = drafted(agreement, staff, LineChange(part, unit_price=40_000))
    assert (promised(agreement), len(history(part))) == (before, 1)
    assert Event.objects.get(verb="addendum.drafted").actor_id == staff.pk
    redraft_addendum(
        addendum,
        by=staff,
        number="ADD/2",
        effective_on=DAY,
        reason="Lain",
        changes=[LineChange(part, ends=True)],
    )
    assert [(one.kind, one.unit_price) for one in addendum.changes.all()] == [("end", None)]


def test_the_price_counts_from_its_day_and_the_days_before_keep_theirs(agreement, part, staff):
    eve = DAY - timedelta(days=1)
    past, whole = promised(agreement, until=eve), promised(agreement)
    signed(agreement, staff, LineChange(part, unit_price=42_000))
    versions = history(part)
    prices = [on_day(versions, day).price for day in (eve, DAY, DAY + timedelta(days=1))]
    assert prices == [35_000, 42_000, 42_000]
    assert abs(promised(agreement, until=eve) - past) <= 1
    rest = whole - past
    assert abs(promised(agreement, since=DAY) - rest * Decimal("1.2")) < 42_000  # a piece that a split rounds
    old = Promise.objects.filter(replaced_by__isnull=False)
    assert {one.value for one in old} == {105_000_000}  # what was agreed first stays readable


def test_volume_added_and_ended_parts(agreement, part, staff, enterprise, buyer):
    new = AddedLine(enterprise, buyer, "Klem", 1_000, 300)
    signed(agreement, staff, LineChange(part, monthly_volume=2_000), new, on=date(2026, 10, 1))
    assert promised(agreement, since=date(2026, 10, 1)) == 6_000 * 35_000 + 900 * 1_000
    clamp = agreement.lines.get(part_name="Klem")
    assert on_day(history(clamp), date(2026, 9, 30)) is None
    assert on_day(history(clamp), date(2026, 10, 1)).monthly_volume == 300
    signed(agreement, staff, LineChange(part, ends=True), number="ADD/2", on=date(2026, 11, 1))
    assert on_day(history(part), date(2026, 10, 31)).monthly_volume == 2_000
    assert on_day(history(part), date(2026, 11, 1)) is None
    assert promised(agreement, since=date(2026, 11, 1)) == 1_000 * 900 * Decimal(61) / 92
    [draft] = renew(agreement, by=staff).lines.all()
    assert (draft.part_name, draft.unit_price) == ("Klem", 1_000)


def test_a_later_end_goes_on_and_is_announced_anew(agreement, part, staff, owner):
    send_expiry_notices()
    assert agreement.expiry_notices.count() == 1
    signed(agreement, staff, extends_to=date(2027, 2, 22), on=date(2026, 11, 24))
    agreement.refresh_from_db()
    assert agreement.ends_on == date(2027, 2, 22)
    assert promised(agreement, since=date(2027, 1, 1)) == 35_000 * 1_786
    assert promised(agreement, until=date(2026, 12, 31)) == 4 * 105_000_000
    assert Addendum.objects.get().extended_from == date(2026, 12, 31)
    send_expiry_notices(today=date(2026, 11, 24))
    assert {one.ends_on for one in agreement.expiry_notices.all()} == {date(2026, 12, 31), date(2027, 2, 22)}
    assert Notification.objects.filter(user=owner, kind="addendum.signed").exists()
    assert (
        Event.objects.get(verb="agreement_party.amended", enterprise_id__isnull=False).data["number"]
        == "ADD/1"
    )


@pytest.mark.parametrize(
    ("ordered_on", "gap"), [(date(2026, 8, 15), "0.2"), (DAY, "0"), (date(2026, 8, 17), "0")]
)
def test_an_order_is_compared_with_the_price_of_its_own_day(agreement, part, staff, ordered_on, gap):
    signed(agreement, staff, LineChange(part, unit_price=42_000))
    order = OrderFactory(
        agreement=agreement, enterprise=part.enterprise, buyer=part.buyer, ordered_on=ordered_on
    )
    row = OrderLineFactory(order=order, part_name=part.part_name, unit_price=42_000)
    DeliveryFactory(line=row, delivered_on=date(2026, 9, 10), status="confirmed")
    assert close_month(part.enterprise, date(2026, 9, 1)).price_gap == Decimal(gap)


def test_a_closed_month_stays_as_it_was_frozen(agreement, part, staff):
    card = close_month(part.enterprise, date(2026, 9, 1))
    signed(agreement, staff, LineChange(part, monthly_volume=9_000))
    card.refresh_from_db()
    assert card.promised_value == round(Decimal(105_000_000) * 30 / 92)


def test_the_target_to_date_keeps_its_pace_until_the_day(agreement, part, staff):
    def target(day):
        return ledger.standings([agreement], ledger.Scope.everything(), today=day)[agreement.pk].target

    eve = DAY - timedelta(days=1)
    before = target(eve)
    signed(agreement, staff, LineChange(part, monthly_volume=10_000))
    assert abs(target(eve) / before - 1) < Decimal("0.01")
    assert target(DAY) - target(eve) > 5 * before / (eve - agreement.starts_on).days
    assert target(agreement.ends_on) == promised(agreement)


def test_an_order_before_the_first_day_has_the_first_price(agreement, part, staff):
    signed(agreement, staff, LineChange(part, unit_price=42_000))
    line = ScopeLine.objects.select_related("agreement").get(pk=part.pk)
    assert price_for(line, history(part), date(2025, 12, 1)) == 35_000
    assert price_for(line, history(part), date(2027, 1, 5)) == 42_000


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"on": date(2025, 12, 31)}, "di dalam masa berlaku"),
        ({"on": date(2027, 1, 1)}, "di dalam masa berlaku"),
        ({"extends_to": date(2026, 12, 31)}, "Perpanjangan harus sesudah 31 Desember 2026"),
        ({"number": "ADD/0"}, "sudah dipakai"),
        ({"on": date(2026, 7, 31)}, "Adendum ADD/0 sudah berlaku mulai 1 Agustus 2026"),
    ],
)
def test_what_an_addendum_cannot_say(agreement, part, staff, fields, message):
    signed(agreement, staff, LineChange(part, unit_price=36_000), number="ADD/0", on=date(2026, 8, 1))
    with pytest.raises(ValidationError, match=message):
        drafted(agreement, staff, LineChange(part, unit_price=40_000), **fields)
    assert Addendum.objects.count() == 1


def test_what_it_cannot_change(agreement, part, staff, enterprise, buyer):
    with pytest.raises(ValidationError, match="paling sedikit satu perubahan"):
        drafted(agreement, staff)
    with pytest.raises(ValidationError, match="harus menjadi pihak"):
        drafted(agreement, staff, AddedLine(enterprise, BuyerFactory(), "Klem", 1_000, 300))
    with pytest.raises(ValidationError, match="sudah ada"):
        drafted(agreement, staff, AddedLine(enterprise, buyer, part.part_name, 1_000, 300))
    late = drafted(agreement, staff, LineChange(part, unit_price=40_000), number="ADD/8")
    signed(agreement, staff, LineChange(part, ends=True), on=date(2026, 8, 1))
    with pytest.raises(ValidationError, match="tidak berlaku pada 16 Agustus 2026"):
        sign_addendum(late, signed_on=date(2026, 8, 10), place="Tegal", by=staff)
    discard_addendum(late, "Part sudah diakhiri", by=staff)
    with pytest.raises(ValidationError, match="tidak dapat menjadi"):
        sign_addendum(late, signed_on=date(2026, 8, 10), place="Tegal", by=staff)
    agreement.status, agreement.status_reason = "suspended", "Menunggu gambar"
    agreement.save()
    with pytest.raises(ValidationError, match="perjanjian yang aktif"):
        drafted(agreement, staff, LineChange(part, unit_price=41_000), number="ADD/9")


def test_the_database_freezes_what_was_signed(agreement, part, staff):
    addendum = signed(agreement, staff, LineChange(part, unit_price=42_000))
    old, new = Promise.objects.filter(replaced_by=addendum), Promise.objects.filter(addendum=addendum)
    acts = [
        lambda: Addendum.objects.update(reason="Lain"),
        lambda: Addendum.objects.update(status="draft", sequence=None, signed_on=None),
        lambda: addendum.changes.update(unit_price=1),
        lambda: addendum.changes.all().delete(),
        lambda: addendum.numbers.create(party=agreement.parties.first(), number="X"),
        lambda: old.delete(),
        lambda: old.update(value=1),
        lambda: new.update(value=1),
        lambda: new.delete(),
    ]
    for act in acts:
        with pytest.raises((IntegrityError, InternalError), match="does not change"), transaction.atomic():
            act()
