"""Whose rows: every queryset × every role."""

import pytest

from closedloop.accounts.roles import Role
from partnerships.models import (
    Agreement,
    Buyer,
    Delivery,
    Invoice,
    OrderLine,
    Payment,
    PurchaseOrder,
    Requirement,
    ReviewMeeting,
    ScopeLine,
    SupplyClearance,
)
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.participants import EnterpriseFactory, PersonFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    ClearanceFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    PaymentFactory,
    ReviewFactory,
    agreement_between,
)
from tests.factories.requirements import RequirementFactory

pytestmark = pytest.mark.django_db
# rows hang on one IKM and one buyer, and whoever sees the pair sees them
PAIRED = [ScopeLine, PurchaseOrder, OrderLine, Delivery, Invoice, Payment]
EVERYTHING = [Agreement, Buyer, Requirement, ReviewMeeting, SupplyClearance, *PAIRED]


@pytest.fixture
def pairs(enterprise, buyer):
    """Two IKM and two buyers in one agreement, and every kind of row for each of the four pairs."""
    ikm, firms = [enterprise, EnterpriseFactory()], [buyer, BuyerFactory()]
    agreement = agreement_between(ikm, firms)
    ReviewFactory(agreement=agreement)
    for firm in firms:
        RequirementFactory(buyer=firm)
        for one in ikm:
            order = OrderFactory(agreement=agreement, enterprise=one, buyer=firm)
            DeliveryFactory(line=OrderLineFactory(order=order))
            PaymentFactory(invoice=InvoiceFactory(order=order))
            ClearanceFactory(enterprise=one, buyer=firm)
    agreement_between([EnterpriseFactory()], [BuyerFactory()])  # a stranger's


def seen(user) -> dict:
    return {model: model.objects.visible_to(user).count() for model in EVERYTHING}


@pytest.mark.parametrize("role", [Role.LEAD, Role.STAFF, Role.ADMIN, Role.VIEWER])
def test_oversight_sees_everything(pairs, role):
    assert seen(UserFactory(role=role)) == {model: model.objects.count() for model in EVERYTHING}


@pytest.mark.parametrize("role", [Role.MENTOR, Role.ASSESSOR, Role.OWNER, Role.BUYER])
def test_without_a_tie_nothing_is_seen(pairs, role):
    assert set(seen(UserFactory(role=role)).values()) == {0}


def test_a_buyer_sees_the_rows_of_their_company_with_each_ikm(pairs, contact, buyer):
    found = seen(contact)
    assert {model: found[model] for model in PAIRED} == dict.fromkeys(PAIRED, 2)
    assert (found[Agreement], found[ReviewMeeting], found[Requirement], found[SupplyClearance]) == (
        1,
        1,
        1,
        2,
    )
    assert list(Buyer.objects.visible_to(contact)) == [buyer]


def test_an_owner_sees_the_rows_of_their_ikm_with_each_buyer(pairs, owner, enterprise):
    found = seen(owner)
    assert {model: found[model] for model in PAIRED} == dict.fromkeys(PAIRED, 2)
    assert (found[Agreement], found[Buyer], found[SupplyClearance]) == (1, 2, 2)
    assert {order.enterprise for order in PurchaseOrder.objects.visible_to(owner)} == {enterprise}


def test_who_left_sees_nothing_more(pairs, enterprise, buyer):
    former = PersonFactory(enterprise=enterprise, is_active=False).user
    gone = BuyerContactFactory(buyer=buyer, is_active=False).user
    assert set(seen(former).values()) == {0}
    assert set(seen(gone).values()) == {0}


def test_a_regional_viewer_sees_only_agreements_of_the_region(pairs, enterprise):
    other = OrganisationFactory(kind="regional_office", province=enterprise.regency.province)
    inside = UserFactory(role=Role.VIEWER, organisation=other)
    assert Agreement.objects.visible_to(inside).count() == 2
