"""Six figures that are never mixed, read in a fixed number of queries, and only those one may know of."""

from datetime import date
from decimal import Decimal

import pytest

from closedloop.accounts.roles import Role
from partnerships import ledger
from partnerships.ledger import Key, Scope
from partnerships.realisation import Figures, Light
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory, PersonFactory
from tests.factories.partnerships import (
    AgreementFactory,
    BuyerContactFactory,
    BuyerFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    PaymentFactory,
    ScheduleFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def traded(enterprise, buyer, **fields):
    """An agreement with an order of 1.000, 700 confirmed of which 10 rejected, 200 waiting, a bill and a payment."""
    agreement = agreement_between([enterprise], [buyer], price=1_000, volume=1_000, **fields)
    order = OrderFactory(agreement=agreement, enterprise=enterprise, buyer=buyer)
    line = OrderLineFactory(order=order, unit_price=1_000)
    ScheduleFactory(line=line)
    DeliveryFactory(line=line, quantity=500, status="confirmed", rejected_quantity=10)
    DeliveryFactory(line=line, quantity=200, status="verified")
    DeliveryFactory(line=line, quantity=150)
    DeliveryFactory(line=line, quantity=50, status="disputed")
    PaymentFactory(invoice=InvoiceFactory(order=order, amount=600_000), amount=400_000)
    return agreement


FIGURES = Figures(
    promised=Decimal(4_000_000), ordered=Decimal(1_000_000), delivered=Decimal(900_000),
    accepted=Decimal(690_000), invoiced=Decimal(600_000), paid=Decimal(400_000), waiting=Decimal(200_000),
)  # fmt: skip


def test_each_figure_comes_from_its_own_table(enterprise, buyer):
    agreement = traded(enterprise, buyer)
    scope = Scope.everything()
    assert ledger.figures(scope) == FIGURES
    for key, owner in ((Key.AGREEMENT, agreement), (Key.ENTERPRISE, enterprise), (Key.BUYER, buyer)):
        assert dict(ledger.figures_by(scope, key)) == {owner.pk: FIGURES}


def test_delivered_is_accepted_rejected_and_waiting():
    assert FIGURES.delivered == FIGURES.accepted + 10 * 1_000 + FIGURES.waiting


def test_verified_only_counts_what_staff_checked(enterprise, buyer):
    traded(enterprise, buyer)
    assert ledger.figures(Scope.everything().verified()).accepted == 200_000


def test_nothing_promised_is_unknown_and_nothing_traded_is_zero():
    assert ledger.figures(Scope.everything()) == Figures()
    assert ledger.figures(Scope.everything()).promised is None


def test_a_draft_promises_nothing_yet_but_its_own_page_shows_it(enterprise, buyer):
    agreement = agreement_between([enterprise], [buyer], price=1_000, volume=1_000, status="draft")
    assert ledger.figures(Scope.everything()).promised is None
    assert ledger.figures_by(Scope.everything(), Key.AGREEMENT)[agreement.pk].promised == 4_000_000


def test_months_and_quarters_add_up_to_the_whole(enterprise, buyer):
    traded(enterprise, buyer)
    months = ledger.figures_by_month(Scope.everything(), date(2026, 1, 1), date(2026, 12, 31))
    quarters = ledger.figures_by_quarter(Scope.everything(), date(2026, 1, 1), date(2026, 12, 31))
    assert (len(months), len(quarters)) == (12, 4)
    for parts in (months, quarters):
        total = sum(parts.values(), Figures())
        assert round(total.promised) == FIGURES.promised
        assert total.paid == FIGURES.paid
        assert total.accepted == FIGURES.accepted
    assert quarters[date(2026, 1, 1)].promised.quantize(Decimal(1)) == 1_000_000


def test_a_period_counts_each_figure_by_its_own_day(enterprise, buyer):
    traded(enterprise, buyer)  # delivered 10 February, billed 15 February, paid 15 March
    february = ledger.figures(Scope.everything(), since=date(2026, 2, 1), until=date(2026, 2, 28))
    assert (february.ordered, february.delivered, february.invoiced, february.paid) == (
        0,
        900_000,
        600_000,
        0,
    )
    assert february.promised == Decimal(1_000_000) * 28 / 90


def test_pieces_on_time_and_rejected(enterprise, buyer):
    traded(enterprise, buyer)
    supply = ledger.supply_by(Scope.everything(), Key.ENTERPRISE, today=TODAY)[enterprise.pk]
    assert (supply.delivered, supply.rejected) == (700, 10)
    assert supply.ppm == Decimal(10) * 1_000_000 / 700
    assert (supply.punctuality.waiting, supply.punctuality.missing) == (200, 100)
    assert supply.on_time == Decimal(700) / 800


def test_nothing_due_and_nothing_received_is_unknown(enterprise):
    supply = ledger.supply_by(Scope.everything(), Key.ENTERPRISE)[enterprise.pk]
    assert (supply.on_time, supply.ppm, supply.fill_rate) == (None, None, None)


def test_a_standing_has_light_and_concerns_only_while_they_mean_something(enterprise, buyer):
    active = traded(enterprise, buyer)
    draft = agreement_between([enterprise], [buyer], status="draft")
    ended = agreement_between([enterprise], [buyer], status="completed")
    unpromised = AgreementFactory()
    rows = ledger.standings([active, draft, ended, unpromised], Scope.everything(), today=TODAY)
    assert (rows[active.pk].light, rows[active.pk].is_at_risk) == (Light.RED, True)
    assert len(rows[active.pk].concerns) == 2  # money and punctuality
    assert (rows[draft.pk].light, rows[draft.pk].concerns) == (None, [])
    assert rows[ended.pk].concerns == []
    assert (rows[unpromised.pk].light, rows[unpromised.pk].pace) == (None, None)


def test_an_agreement_without_any_delivery_needs_attention(enterprise, buyer):
    agreement = agreement_between([enterprise], [buyer])
    row = ledger.standings([agreement], Scope.everything(), today=TODAY)[agreement.pk]
    assert row.concerns == ["Nilai diterima baik di bawah 70 persen dari janji menurut waktu"]


def test_a_buyer_counts_only_what_is_theirs(enterprise, buyer, contact):
    other = BuyerFactory()
    agreement = traded(enterprise, buyer)
    shared = agreement_between([enterprise], [buyer, other], price=7, volume=1)
    OrderLineFactory(order=OrderFactory(agreement=shared, enterprise=enterprise, buyer=other), unit_price=777)
    mine = Scope.visible_to(contact)
    assert ledger.figures(mine).promised == FIGURES.promised + 28
    assert ledger.figures(mine).ordered == FIGURES.ordered
    assert set(ledger.figures_by(mine, Key.AGREEMENT)) == {agreement.pk, shared.pk}
    assert ledger.figures(Scope.visible_to(BuyerContactFactory(buyer=other).user)).ordered == 777_000


@pytest.mark.parametrize(
    "role, sees",
    [
        (Role.LEAD, True), (Role.STAFF, True), (Role.VIEWER, True), (Role.ADMIN, True),
        (Role.MENTOR, False), (Role.ASSESSOR, False), (Role.BUYER, False), (Role.OWNER, False),
    ],
)  # fmt: skip
def test_scope_follows_the_role(enterprise, buyer, role, sees):
    traded(enterprise, buyer)
    assert ledger.figures(Scope.visible_to(UserFactory(role=role))) == (FIGURES if sees else Figures())


def test_an_owner_counts_only_their_own(enterprise, owner, buyer):
    traded(enterprise, buyer)
    traded(EnterpriseFactory(), buyer)
    assert ledger.figures(Scope.visible_to(owner)) == FIGURES
    assert ledger.figures(Scope.visible_to(PersonFactory().user)) == Figures()


@pytest.mark.parametrize("rows", [1, 5])
def test_reads_do_not_grow_with_rows(rows, django_assert_num_queries):
    agreements = [traded(EnterpriseFactory(), BuyerFactory()) for _row in range(rows)]
    with django_assert_num_queries(7):
        ledger.figures_by(Scope.everything(), Key.ENTERPRISE)
    with django_assert_num_queries(7):
        ledger.figures_by_month(Scope.everything(), date(2026, 1, 1), date(2026, 12, 31))
    with django_assert_num_queries(4):
        ledger.supply_by(Scope.everything(), Key.ENTERPRISE)
    with django_assert_num_queries(13):
        ledger.standings(agreements, Scope.everything())
