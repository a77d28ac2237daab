"""A bad month holds a new agreement back; the lead may let one through, and it stands on its page and in the trail."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from partnerships import actions
from partnerships.actions.holds import override_hold
from partnerships.holds import held_in
from partnerships.models import Agreement, HoldOverride
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ScorecardFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import agreement_between

pytestmark = pytest.mark.django_db
REASON = "Pembeli meminta sendiri, dan perbaikan cetakan sudah selesai diperiksa."


@pytest.fixture
def lead(db):
    return UserFactory(role=Role.LEAD, full_name="Ratna Contoh")


@pytest.fixture
def held(today, enterprise, buyer):
    """A draft of an IKM whose October was all late and half refused."""
    ScorecardFactory(enterprise=enterprise, on_time_quantity=0, rejected_quantity=500)
    return agreement_between([enterprise], [buyer], status="draft")


def sign(agreement, by):
    actions.sign(agreement, signed_on=date(2026, 11, 20), place="Tegal", by=by)


def test_the_lead_lets_one_agreement_through_and_no_other(held, enterprise, buyer, staff, lead):
    with pytest.raises(ValidationError, match="Pimpinan dapat mengizinkan"):
        sign(held, staff)
    [override] = override_hold(held, REASON, by=lead)
    assert (override.scorecard.month, override.given_by) == (date(2026, 10, 1), lead)
    event = Event.objects.get(verb="agreement.hold_overridden")
    assert (event.enterprise_id, event.data["reason"]) == (enterprise.pk, REASON)
    assert Notification.objects.filter(user=staff, kind="agreement.hold_overridden").exists()
    sign(held, staff)
    held.refresh_from_db()
    assert held.status == Agreement.Status.SIGNED
    other = agreement_between([enterprise], [buyer], status="draft")
    with pytest.raises(ValidationError, match="MoU baru ditahan"):
        sign(other, staff)


def test_it_counts_for_the_ikm_held_then_and_not_for_one_that_joins(held, lead, buyer):
    override_hold(held, REASON, by=lead)
    with pytest.raises(ValidationError, match="Tidak ada rapor QCD"):
        override_hold(held, REASON, by=lead)
    joined = EnterpriseFactory()
    card = ScorecardFactory(enterprise=joined, on_time_quantity=0, rejected_quantity=500)
    held.parties.create(part="enterprise", enterprise=joined)
    assert [one.card for one in held_in(held, date(2026, 11, 24))] == [card]


@pytest.mark.parametrize("reason, named", [("", "reason"), (REASON[:29] + "   ", "reason")])
def test_a_short_reason_is_none(held, lead, reason, named):
    with pytest.raises(ValidationError) as refused:
        override_hold(held, reason, by=lead)
    assert named in refused.value.error_dict
    assert not HoldOverride.objects.exists()


def test_a_newer_good_month_holds_nothing_back(held, enterprise, lead):
    ScorecardFactory(enterprise=enterprise, month=date(2026, 11, 1), on_time_quantity=1000)
    with pytest.raises(ValidationError, match="Tidak ada rapor QCD"):
        override_hold(held, REASON, by=lead)


def test_the_leads_are_told_when_a_held_draft_is_handed_in(held, staff, lead):
    actions.submit_for_review(held, by=staff)
    assert Notification.objects.get(user=lead).kind == "agreement.held"


def test_only_the_lead_may():
    assert [role for role in Role if Permission.AGREEMENT_OVERRIDE in GRANTS[role]] == [Role.LEAD]


def test_the_page_says_who_and_why_and_the_buyer_reads_nothing_of_it(held, enterprise, lead, owner, contact):
    page, form = (
        reverse("partnerships:agreement", args=[held.code]),
        reverse("partnerships:override_hold", args=[held.code]),
    )
    client = PortalClient()
    client.force_login(lead)
    assert "Tanda tangan ditahan rapor QCD" in client.get(page).content.decode()
    short = client.post(form, {"reason": "Terlalu singkat"})
    assert "Isi alasan paling sedikit 30 huruf" in short.content.decode()
    assert "Terlalu singkat</textarea>" in short.content.decode()
    assert client.post(form, {"reason": REASON}).status_code == 302
    assert client.post(form, {"reason": REASON}).status_code == 302  # pressed twice: one
    assert HoldOverride.objects.count() == 1
    Agreement.objects.update(status="signed", signed_on=date(2026, 11, 20))
    said = client.get(page).content.decode()
    assert "Diizinkan walau rapor Oktober 2026 CV Nira Contoh Buruk" in said and REASON in said
    assert "oleh Ratna Contoh" in said and "ditahan rapor QCD" not in said
    client.force_login(owner)
    assert REASON in client.get(page).content.decode()
    client.force_login(contact)
    assert REASON not in client.get(page).content.decode()
