"""An agreement from draft to its end."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.models import Agreement, AgreementParty, Promise, SupplyClearance
from partnerships.scans import Scan
from tests.factories.accounts import OrganisationFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import (
    AgreementFactory,
    BuyerFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
Status = Agreement.Status
ALLOWED = {
    ("draft", "in_review"), ("draft", "signed"), ("in_review", "draft"), ("in_review", "signed"),
    ("signed", "active"), ("signed", "terminated"),
    ("active", "suspended"), ("active", "completed"), ("active", "expired"), ("active", "extended"),
    ("active", "terminated"), ("suspended", "active"), ("suspended", "terminated"),
}  # fmt: skip


def draft(staff, enterprises, buyers, **changed):
    lines = [
        actions.draft_line(
            enterprise, buyer, "Bracket BRK-21", 35_000,
            monthly_volume=1000, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        )
        for enterprise in enterprises for buyer in buyers
    ]  # fmt: skip
    values = {
        "number": "MOU/2026/0147", "title": "MoU pasokan bracket", "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31), "enterprises": enterprises, "buyers": buyers, "lines": lines, **changed,
    }  # fmt: skip
    return actions.draft_agreement(by=staff, **values)


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_no_move_but_the_allowed_ones(staff, before, after):
    agreement = AgreementFactory(status=before)
    changes = {"signed_on": date(2026, 1, 1), "status_reason": "Alasan"}
    if (before, after) in ALLOWED:
        agreement.move_to(after, by=staff, **changes)
        assert Agreement.objects.get().status == after
    else:
        with pytest.raises(TransitionError):
            agreement.move_to(after, by=staff, **changes)
        assert Agreement.objects.get().status == before


def test_a_draft_holds_many_ikm_many_firms_and_promises_per_quarter(staff):
    enterprises, buyers = EnterpriseFactory.create_batch(2), BuyerFactory.create_batch(3)
    witness = OrganisationFactory()
    agreement = draft(staff, enterprises, buyers, witnesses=[witness], facilitator=OrganisationFactory())
    parts = list(agreement.parties.values_list("part", flat=True))
    assert sorted(parts) == ["buyer"] * 3 + ["enterprise"] * 2 + ["facilitator", "witness"]
    assert agreement.lines.count() == 6
    assert set(Promise.objects.values_list("volume", "value")) == {(3000, 105_000_000)}
    assert Promise.objects.count() == 24
    assert Event.objects.get().verb == "agreement.drafted"


def test_a_line_between_outsiders_is_refused_and_nothing_is_saved(staff, enterprise, buyer):
    line = actions.LineDraft(EnterpriseFactory(), buyer, "Clamp", 1000)
    with pytest.raises(ValidationError, match="harus menjadi pihak"):
        draft(staff, [enterprise], [buyer], lines=[line])
    assert not Agreement.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"number": "MOU/LAMA"}, "number"),
        ({"ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"number": ""}, "number"),
        ({"title": ""}, "title"),
    ],
)
def test_terms_that_cannot_be_are_refused_beside_their_field(staff, enterprise, buyer, changed, field):
    AgreementFactory(number="MOU/LAMA")
    with pytest.raises(ValidationError) as error:
        draft(staff, [enterprise], [buyer], **changed)
    assert list(error.value.message_dict) == [field]


def test_the_same_part_twice_is_refused(staff, enterprise, buyer):
    line = actions.LineDraft(enterprise, buyer, "Clamp", 1000)
    with pytest.raises(ValidationError, match="dua kali"):
        draft(staff, [enterprise], [buyer], lines=[line, line])


def test_a_draft_is_replaced_whole_until_it_is_signed(today, staff, enterprise, buyer):
    agreement = draft(staff, [enterprise], [buyer])
    other = EnterpriseFactory()
    line = actions.LineDraft(other, buyer, "Clamp", 1000)
    actions.update_draft(agreement, by=staff, enterprises=[other], buyers=[buyer], lines=[line], title="Baru")
    agreement.refresh_from_db()
    assert (agreement.title, [row.enterprise for row in agreement.lines.all()]) == ("Baru", [other])
    actions.sign(agreement, signed_on=today, place="Tegal", by=staff)
    with pytest.raises(ValidationError, match="bukan draf lagi"):
        actions.update_draft(agreement, by=staff, enterprises=[other], buyers=[buyer], lines=[line])


def test_signing_stamps_keeps_the_scan_and_tells_both_sides(today, staff, enterprise, owner, buyer, contact):
    agreement = draft(staff, [enterprise], [buyer])
    actions.sign(
        agreement, signed_on=today, place="Tegal", by=staff, scan=Scan(b"%PDF-1.7", "ab" * 32, "pdf")
    )
    agreement.refresh_from_db()
    assert (agreement.status, agreement.signed_at_place, agreement.scan_sha256) == (
        Status.SIGNED,
        "Tegal",
        "ab" * 32,
    )
    with agreement.scan.open() as paper:
        assert paper.read() == b"%PDF-1.7"
    assert set(Notification.objects.values_list("user", flat=True)) == {owner.pk, contact.pk}
    assert Event.objects.get(verb="agreement_party.signed").enterprise_id == enterprise.pk
    assert SupplyClearance.objects.get(enterprise=enterprise, buyer=buyer).status == "not_ready"


def test_signing_needs_a_day_not_to_come_a_place_both_sides_and_a_part(today, staff, enterprise, buyer):
    agreement = draft(staff, [enterprise], [buyer])
    for changed in ({"signed_on": date(2026, 11, 25)}, {"place": " "}):
        with pytest.raises(ValidationError):
            actions.sign(agreement, by=staff, **{"signed_on": today, "place": "Tegal", **changed})
    for empty in (
        draft(staff, [enterprise], [], number="1", lines=[]),
        draft(staff, [enterprise], [buyer], number="2", lines=[]),
    ):
        with pytest.raises(ValidationError):
            actions.sign(empty, signed_on=today, place="Tegal", by=staff)
    assert set(Agreement.objects.values_list("status", flat=True)) == {"draft"}


def test_signing_twice_leaves_the_first_scan(today, staff, enterprise, buyer):
    agreement = draft(staff, [enterprise], [buyer])
    actions.sign(agreement, signed_on=today, place="Tegal", by=staff, scan=Scan(b"%PDF-1", "ab" * 32, "pdf"))
    with pytest.raises(TransitionError):
        actions.sign(
            agreement, signed_on=today, place="Tegal", by=staff, scan=Scan(b"%PDF-2", "cd" * 32, "pdf")
        )
    assert Agreement.objects.get().scan_sha256 == "ab" * 32


@pytest.mark.parametrize("today, is_active", [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_it_runs_from_its_first_day(staff, today, is_active):
    agreement = AgreementFactory(status="signed")
    if is_active:
        actions.activate(agreement, by=staff, today=today)
    else:
        with pytest.raises(ValidationError):
            actions.activate(agreement, by=staff, today=today)
    assert (Agreement.objects.get().status == "active") is is_active


def test_stopping_needs_a_reason_and_resuming_clears_it(staff):
    agreement = AgreementFactory()
    for act in (actions.suspend, actions.terminate):
        with pytest.raises(ValidationError):
            act(agreement, "  ", by=staff)
    actions.suspend(agreement, "Mesin terbakar", by=staff)
    assert Agreement.objects.get().status_reason == "Mesin terbakar"
    actions.resume(agreement, by=staff)
    assert (Agreement.objects.get().status, Agreement.objects.get().status_reason) == ("active", "")
    with pytest.raises(ValidationError):
        actions.resume(AgreementFactory(status="signed"), by=staff)


@pytest.mark.parametrize(
    "pieces, status", [(9599, "expired"), (9600, "completed"), (9601, "completed"), (None, "expired")]
)
def test_eighty_percent_accepted_is_completed(staff, enterprise, buyer, pieces, status):
    agreement = agreement_between([enterprise], [buyer], volume=3_000)  # 12.000 pieces at Rp35.000
    order = OrderFactory(agreement=agreement, enterprise=enterprise, buyer=buyer)
    if pieces:
        DeliveryFactory(
            line=OrderLineFactory(order=order, quantity=20_000), quantity=pieces, status="confirmed"
        )
    with pytest.raises(ValidationError, match="belum berakhir"):
        actions.complete(agreement, by=staff, today=date(2026, 12, 31))
    assert actions.complete(agreement, by=staff, today=date(2027, 1, 1)) == status


def test_without_a_promise_nothing_shows_that_it_was_kept(staff):
    assert actions.complete(AgreementFactory(), by=staff, today=date(2027, 1, 1)) == "expired"


def test_every_party_is_exactly_one(enterprise, buyer):
    agreement = agreement_between([enterprise], [buyer])
    assert {str(party) for party in AgreementParty.objects.filter(agreement=agreement)} == {
        str(enterprise),
        str(buyer),
    }
