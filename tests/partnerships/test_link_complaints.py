"""A complaint behind the signed link: raised with a dispute, and looked at when the IKM says it is mended."""

from datetime import date

import pytest
from django.urls import reverse

from closedloop.notifications.models import Notification
from partnerships import actions
from partnerships.models import Complaint, ConfirmationLink, Dispute
from tests.access.records import picture
from tests.factories.complaints import ComplaintActionFactory, ComplaintFactory
from tests.factories.links import LinkFactory
from tests.factories.partnerships import BuyerContactFactory, DeliveryFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 10)
QUALITY = {"reason": "quality", "text": "Lubang baut retak"}


@pytest.fixture
def link(buyer):
    return LinkFactory(contact=BuyerContactFactory(buyer=buyer, user=None, full_name="Rini Contoh"))


@pytest.fixture
def delivery(line, owner):
    return DeliveryFactory(line=line, entered_by=owner, delivered_on=DAY, quantity=600)


@pytest.fixture
def mended(line):
    order = line.order
    return ComplaintFactory(enterprise=order.enterprise, buyer=order.buyer, line=line, status="proposed")


def dispute(client, link, delivery, **typed):
    return client.post(reverse("partnerships:link_dispute", args=[link.token, delivery.code]), typed)


def check(client, link, complaint, **typed):
    return client.post(reverse("partnerships:link_check", args=[link.token, complaint.code]), typed)


def test_a_dispute_by_link_raises_the_complaint_with_its_photo(client, link, delivery, owner):
    assert (
        dispute(client, link, delivery, **QUALITY, makes_complaint="on", photo=picture()).status_code == 302
    )
    found = Complaint.objects.get()
    assert (found.dispute, found.line, found.problem) == (
        Dispute.objects.get(),
        delivery.line,
        QUALITY["text"],
    )
    assert (found.raised_link, found.raised_by, bool(found.photo)) == (link, None, True)
    assert "Rini Contoh" in str(found.raiser)
    assert Notification.objects.filter(kind="complaint.raised", user=owner).exists()


def test_a_dispute_stays_a_dispute_unless_asked_and_a_photo_is_never_lost_in_silence(client, link, delivery):
    lost = dispute(client, link, delivery, **QUALITY, photo=picture())
    assert "supaya fotonya ikut terkirim" in lost.content.decode() and not Dispute.objects.exists()
    dispute(client, link, delivery, **QUALITY)
    assert Dispute.objects.count() == 1 and not Complaint.objects.exists()


def test_a_repeat_names_an_earlier_complaint_of_this_buyer_about_this_ikm_alone(
    client, link, delivery, mended
):
    strangers = ComplaintFactory(enterprise=mended.enterprise)
    address = reverse("partnerships:link_dispute", args=[link.token, delivery.code])
    offered = client.get(address).context["form"].fields["repeat_of"].queryset
    assert list(offered) == [mended] and strangers not in offered
    typed = {**QUALITY, "makes_complaint": "on"}
    assert dispute(client, link, delivery, **typed, repeat_of=strangers.pk).status_code == 200
    assert dispute(client, link, delivery, **typed, repeat_of=mended.pk).status_code == 302
    assert Complaint.objects.get(raised_link=link).repeats == 1


def test_the_contact_looks_at_the_effect_once(client, link, mended, owner):
    ComplaintActionFactory(complaint=mended, description="Pin diganti")
    body = client.get(link.public_path).content.decode()
    assert mended.problem in body
    seen = client.get(reverse("partnerships:link_check", args=[link.token, mended.code])).content.decode()
    assert mended.root_cause in seen and "Pin diganti" in seen
    assert check(client, link, mended, verdict="effective", note="Tiga kiriman baik").status_code == 302
    mended.refresh_from_db()
    assert (mended.status, mended.checked_link, mended.checked_by) == ("effective", link, None)
    assert Notification.objects.filter(kind="complaint.effective", user=owner).exists()
    again = check(client, link, mended, verdict="not_effective", note="Berulang")
    assert again.status_code == 409 and Complaint.objects.count() == 1


def test_what_did_not_hold_begins_anew(client, link, mended):
    assert check(client, link, mended, verdict="not_effective", note="Retak lagi").status_code == 302
    assert Complaint.objects.get(repeat_of=mended).raised_link == link


def test_what_the_ikm_still_works_on_is_not_shown(client, link, mended):
    mended.status, mended.whys, mended.root_cause = "in_progress", [], ""
    mended.save()
    assert mended.problem not in client.get(link.public_path).content.decode()
    assert check(client, link, mended, verdict="effective", note="Baik").status_code == 404


def test_the_portal_mails_the_link_where_only_a_complaint_or_a_bill_waits(today, buyer, mended):
    BuyerContactFactory(buyer=buyer, user=None)
    actions.confirm_row(mended.line.order, by=BuyerContactFactory(buyer=buyer).user)
    assert actions.issue_links_of_month() == 1
    assert ConfirmationLink.objects.get().contact.buyer == buyer
