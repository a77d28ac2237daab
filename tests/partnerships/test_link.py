"""A buyer's contact confirms deliveries behind a signed link, without an account (features.md E12)."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from partnerships import actions, link_limit
from partnerships.buyer_queue import said
from partnerships.models import (
    Complaint,
    ComplaintAction,
    ConfirmationLink,
    Delivery,
    Dispute,
    Invoice,
    Payment,
    PurchaseOrder,
)
from tests.factories.complaints import ComplaintActionFactory, ComplaintFactory
from tests.factories.links import LinkFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    PaymentFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 10)


@pytest.fixture
def link(buyer):
    return LinkFactory(contact=BuyerContactFactory(buyer=buyer, user=None, full_name="Rini Contoh"))


@pytest.fixture
def delivery(line, owner):
    return DeliveryFactory(line=line, entered_by=owner, note_number="SJ-0036", delivered_on=DAY, quantity=600)


@pytest.fixture
def rows(delivery, owner):
    """What else waits for the buyer: the order, an invoice and a payment, entered by the IKM."""
    order = delivery.line.order
    order.entered_by = owner
    order.save()
    invoice = InvoiceFactory(order=order, number="INV-1", amount=31_415_926, entered_by=owner)
    payment = PaymentFactory(invoice=invoice, amount=1_000_000, entered_by=owner)
    return {"order": order, "invoice": invoice, "payment": payment}


def page(client, link, name="link", *args, **data):
    address = reverse(f"partnerships:{name}", args=[link.token, *args])
    return client.post(address, data) if data else client.get(address)


def confirm(client, link, delivery, shown=600):
    return page(client, link, "link_confirm", delivery.code, jumlah=str(shown))


def counted(client, link, delivery, good, rejected, day=DAY):
    return page(
        client, link, "link_delivery", delivery.code, received_on=day, accepted=good, rejected=rejected
    )


# --- What the contact sees ----------------------------------------------------------------------------
def test_the_queue_is_that_of_the_buyers_accounts_and_shows_no_prices(client, login, link, delivery, contact):
    DeliveryFactory(line=delivery.line, status="confirmed")
    DeliveryFactory(note_number="SJ-LAIN")
    actions.confirm_row(delivery.line.order, by=contact)
    body = page(client, link).content.decode()
    assert "SJ-0036" in body and "SJ-LAIN" not in body and "Rp" not in body and "35.000" not in body
    mine = Delivery.objects.visible_to(contact).unconfirmed()
    assert set(mine) == set(Delivery.objects.of_buyer(link.contact.buyer).unconfirmed()) == {delivery}


def test_the_page_is_kept_nowhere_and_sends_no_address_on(client, link, delivery):
    for response in (
        page(client, link),
        confirm(client, link, delivery),
        client.get(f"{link.public_path[:-3]}/"),
    ):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
    assert 'content="noindex' in page(client, link).content.decode()


def test_the_page_speaks_english_when_asked(client, link, delivery):
    body = client.get(f"{link.public_path}?bahasa=en").content.decode()
    assert '<html lang="en">' in body and "?bahasa=en" in body


# --- What the contact says ----------------------------------------------------------------------------
def test_confirming_names_contact_and_link_in_the_trail(client, link, delivery):
    assert confirm(client, link, delivery).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.status, delivery.confirmed_link, delivery.confirmed_by) == ("confirmed", link, None)
    assert (delivery.received_on, delivery.accepted_quantity, delivery.rejected_quantity) == (DAY, 600, 0)
    event = Event.objects.get(verb="delivery.confirmed")
    assert "Rini Contoh" in event.actor_name and link.code in event.actor_name
    assert event.enterprise_id == delivery.line.order.enterprise_id


def test_confirming_twice_changes_nothing_and_says_so(client, link, delivery, rows):
    for one in (delivery, *rows.values()):
        name, args, data = next(act for act in acts_on(one) if act[0] in ("link_confirm", "link_row_confirm"))
        assert page(client, link, name, *args, **data).status_code == 302
        before = type(one).objects.filter(pk=one.pk).values().get()
        again = page(client, link, name, *args, **data)
        assert again.status_code == 409 and "Tidak ada yang berubah" in again.content.decode()
        assert type(one).objects.filter(pk=one.pk).values().get() == before
        assert (before["status"], before["confirmed_link_id"]) == ("confirmed", link.pk)
        assert Event.objects.about(one).filter(verb__endswith=".confirmed").count() == 1


def test_two_people_at_once_get_a_plain_page(client, link, delivery, contact):
    """A page left open does not undo what a colleague answered meanwhile, by account or by link."""
    actions.confirm_delivery(delivery, received_on=DAY, accepted=590, rejected=10, by=contact)
    for response in (
        confirm(client, link, delivery),
        counted(client, link, delivery, 600, 0),
        counted(client, link, delivery, 500, 0),
        page(client, link, "link_dispute", delivery.code, reason="quality", text="Retak"),
    ):
        assert response.status_code == 409
        assert str(contact) in response.content.decode()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.accepted_quantity, Dispute.objects.count()) == ("confirmed", 590, 0)


def test_a_note_that_changed_meanwhile_is_looked_at_again(client, link, delivery):
    response = confirm(client, link, delivery, shown=650)
    assert response.status_code == 409 and "berubah sejak halaman ini dibuka" in response.content.decode()
    assert Delivery.objects.get().status == "submitted"


@pytest.mark.parametrize("shown", ["", "-1", "6e2", "²", "9" * 30])
def test_a_bent_quantity_confirms_nothing(client, link, delivery, shown):
    assert confirm(client, link, delivery, shown=shown).status_code == 409
    assert Delivery.objects.get().status == "submitted"


def test_a_correction_that_makes_the_whole_is_a_confirmation(client, link, delivery):
    assert counted(client, link, delivery, 588, 12, DAY + timedelta(days=1)).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.status, delivery.received_on) == ("confirmed", date(2026, 2, 11))
    assert (delivery.accepted_quantity, delivery.rejected_quantity) == (588, 12)


@pytest.mark.parametrize(("good", "reason"), [(588, "quantity"), (0, "absent"), (601, "quantity")])
def test_another_total_is_a_dispute_with_the_counts(client, link, delivery, good, reason):
    assert counted(client, link, delivery, good, 0).status_code == 302
    found = Dispute.objects.get()
    assert (found.delivery.status, found.reason, found.raised_link) == ("disputed", reason, link)
    assert (found.counted_good, found.counted_rejected, found.arrived_on) == (good, 0, DAY)


def test_a_dispute_needs_reason_and_words_and_reaches_the_ikm(client, link, delivery, owner):
    empty = page(client, link, "link_dispute", delivery.code, reason="", text="")
    assert empty.status_code == 200 and "Pilih apa yang berbeda." in empty.content.decode()
    page(client, link, "link_dispute", delivery.code, reason="quality", text="Retak pada lubang")
    found = Dispute.objects.get()
    assert (found.reason, found.text, found.is_open) == ("quality", "Retak pada lubang", True)
    assert Notification.objects.filter(kind="delivery.disputed", user=owner).exists()


def test_settling_closes_the_dispute_with_its_outcome(link, delivery, staff):
    actions.dispute(delivery, "Kurang dua belas", by=link, reason="quantity")
    actions.settle(delivery, received_on=DAY, accepted=588, rejected=0, reason="Dihitung ulang", by=staff)
    found = Dispute.objects.get()
    assert (found.settled_by, found.outcome, found.is_open) == (staff, "Dihitung ulang", False)


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), date(2099, 1, 1)])
def test_a_day_that_cannot_be_stands_at_its_field_and_keeps_what_was_typed(client, link, delivery, day):
    response = counted(client, link, delivery, 588, 12, day)
    body = response.content.decode()
    assert response.status_code == 200 and 'value="588"' in body and "Tanggal terima" in body
    assert Delivery.objects.get().status == "submitted"


# --- Links that open nothing --------------------------------------------------------------------------
@pytest.fixture
def asked(delivery, rows):
    """All that a link may ask of the buyer: a delivery, an order, an invoice, a payment, a mended complaint."""
    order = delivery.line.order
    complaint = ComplaintFactory(enterprise=order.enterprise, buyer=order.buyer, status="proposed")
    action = ComplaintActionFactory(complaint=complaint, done_on=DAY, photo="a.jpg", photo_sha256="ab" * 32)
    return [delivery, *rows.values(), complaint, action]


def refused(client, address, data=None):
    response = client.post(address, data) if data else client.get(address)
    for kind in (Delivery, PurchaseOrder, Invoice, Payment):
        assert not kind.objects.exclude(status="submitted").exists()
    assert not Complaint.objects.exclude(status="proposed").exists()
    return response.status_code, response.content.decode()


def paths(link, asked):
    yield link.public_path, None
    for one in asked:
        for name, args, data in acts_on(one):
            yield reverse(f"partnerships:{name}", args=[link.token, *args]), data


def acts_on(one):
    match one:
        case Delivery():
            yield "link_delivery", [one.code], None
            yield "link_confirm", [one.code], {"jumlah": "600"}
            yield "link_dispute", [one.code], {"reason": "quality", "text": "Retak", "makes_complaint": "on"}
        case Complaint():
            yield "link_check", [one.code], None
            yield "link_check", [one.code], {"verdict": "effective", "note": "Baik"}
        case ComplaintAction():
            yield "link_photo", [one.pk], None
        case _:
            shown = said(one)
            yield "link_row", [shown.kind, one.pk], None
            yield "link_row_confirm", [shown.kind, one.pk], {"tanda": shown.mark}
            yield "link_row", [shown.kind, one.pk], {"reason": "unknown"}


@pytest.mark.parametrize("salt", ["partnerships.confirmation", "participants.application", ""])
def test_a_forged_link_is_refused(client, link, asked, salt):
    """Signed with another key, signed for another purpose, not signed at all, or changed by one letter."""
    signer = Signer(key="guessed" if salt == "partnerships.confirmation" else None, salt=salt or "x")
    forged = signer.sign(link.code) if salt else link.code
    last = "A" if link.token[-1] != "A" else "B"
    for token in (forged, link.token[:-1] + last):
        for address, data in paths(link, asked):
            status, body = refused(client, address.replace(link.token, token), data)
            assert status == 404 and "Tautan ini tidak dikenali" in body


def test_an_expired_link_is_refused(client, buyer, asked):
    moment = timezone.now()
    link = LinkFactory(
        contact__buyer=buyer, created_at=moment - timedelta(days=40), expires_at=moment - timedelta(seconds=1)
    )
    for address, data in paths(link, asked):
        status, body = refused(client, address, data)
        assert status == 410 and "Masa berlaku tautan ini sudah habis" in body


def test_a_revoked_link_is_refused(client, link, asked, staff):
    actions.revoke_link(link, by=staff)
    for address, data in paths(link, asked):
        status, body = refused(client, address, data)
        assert status == 410 and "Tautan ini sudah dicabut" in body


def test_the_link_of_a_contact_who_left_is_refused(client, link, asked):
    link.contact.is_active = False
    link.contact.save()
    for address, data in paths(link, asked):
        assert refused(client, address, data)[0] == 410


def test_another_buyers_link_opens_nothing_of_this_one(client, delivery, rows, asked):
    other = LinkFactory()
    OrderLineFactory(order=OrderFactory(buyer=other.contact.buyer, status="submitted"))
    body = page(client, other).content.decode()
    assert not [text for text in ("SJ-0036", "INV-1", "31.415.926", asked[-2].problem) if text in body]
    for address, data in list(paths(other, asked))[1:]:
        status, body = refused(client, address, data)
        assert status == 404 and "perusahaan Anda" in body
    complaint = asked[-2]
    for act in (
        lambda: actions.confirm_delivery(delivery, received_on=DAY, accepted=600, rejected=0, by=other),
        lambda: actions.dispute(delivery, "Retak", by=other),
        *(partial(actions.confirm_row, row, by=other) for row in rows.values()),
        *(partial(actions.dispute_row, row, "unknown", by=other) for row in rows.values()),
        lambda: actions.check_complaint(complaint, "effective", "Baik", by=other),
        lambda: actions.raise_complaint(complaint.enterprise, complaint.buyer, problem="Retak", by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_was_sent_once_is_not_sent_again_later(client, link, delivery, staff):
    """A recorded request, replayed after the dispute was settled: the settlement stays."""
    page(client, link, "link_dispute", delivery.code, reason="quantity", text="Kurang")
    actions.settle(delivery, received_on=DAY, accepted=588, rejected=0, reason="Dihitung ulang", by=staff)
    replay = page(client, link, "link_dispute", delivery.code, reason="quantity", text="Kurang")
    assert replay.status_code == 409
    delivery.refresh_from_db()
    assert (delivery.status, delivery.accepted_quantity, Dispute.objects.count()) == ("confirmed", 588, 1)


def test_a_link_revoked_while_the_act_runs_is_refused(link, delivery, rows, staff):
    stale = ConfirmationLink.objects.select_related("contact").get()
    actions.revoke_link(link, by=staff)
    with pytest.raises(PermissionDenied):
        actions.confirm_delivery(delivery, received_on=DAY, accepted=600, rejected=0, by=stale)
    for row in rows.values():
        with pytest.raises(PermissionDenied):
            actions.confirm_row(row, by=stale)


def test_too_many_acts_of_one_link_wait_and_another_link_at_the_same_address_does_not(
    client, link, delivery, buyer, monkeypatch
):
    monkeypatch.setattr(link_limit, "MOST", 2)
    for _time in range(2):
        confirm(client, link, delivery)
    assert confirm(client, link, delivery).status_code == 429
    assert page(client, link).status_code == 200
    assert confirm(client, LinkFactory(contact__buyer=buyer), delivery).status_code == 409


# --- How a link comes about ---------------------------------------------------------------------------
def test_a_new_link_revokes_the_one_before_and_is_mailed(client, link, staff):
    fresh = actions.issue_link(link.contact, by=staff)
    link.refresh_from_db()
    assert link.revoked_by == staff and fresh.revoked_at is None and fresh.month.day == 1
    mail = Notification.objects.get(address=link.contact.email)
    assert mail.path == fresh.public_path and "tanpa akun" in mail.body
    assert page(client, fresh).status_code == 200


def test_who_made_a_link_alone_reads_it_and_verifies_nothing_that_came_through_it(
    client, login, buyer, delivery, staff
):
    from_staff = actions.issue_link(BuyerContactFactory(buyer=buyer, user=None), by=staff)
    address = reverse("partnerships:contact_link", args=[from_staff.contact.pk])
    client.force_login(staff)
    assert from_staff.token in client.get(address).context["text"]
    colleague = login("staff")
    assert client.get(address).context["text"] == ""
    actions.confirm_delivery(delivery, received_on=DAY, accepted=600, rejected=0, by=from_staff)
    with pytest.raises(ValidationError, match="orang lain"):
        actions.verify_delivery(delivery, by=staff)
    actions.verify_delivery(delivery, by=colleague)


def test_no_link_for_a_contact_who_left(buyer, staff):
    gone = BuyerContactFactory(buyer=buyer, is_active=False)
    with pytest.raises(ValidationError, match="tidak aktif"):
        actions.issue_link(gone, by=staff)


def test_the_portal_mails_one_link_a_month_to_who_has_something_to_answer(today, buyer, contact, delivery):
    waiting = BuyerContactFactory(buyer=buyer, user=None)
    BuyerContactFactory(user=None)  # nothing waits for this one
    BuyerContactFactory(buyer=buyer, user=None, email="")
    assert [actions.issue_links_of_month(), actions.issue_links_of_month()] == [1, 0]
    made = ConfirmationLink.objects.get()
    assert (made.contact, made.issued_by, made.month) == (waiting, None, date(2026, 11, 1))
    assert Event.objects.get(verb="confirmation_link.issued").actor_name == "sistem"
