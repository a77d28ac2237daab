"""Pages of addenda: drafted and signed in forms, before and after side by side, and nobody reads another's prices."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships.actions.addenda import LineChange, draft_addendum
from partnerships.actions.addendum_signing import sign_addendum
from partnerships.models import Addendum
from tests.client import PortalClient
from tests.factories.partnerships import BuyerContactFactory, BuyerFactory, agreement_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return BuyerFactory(name="PT Lain Contoh")


@pytest.fixture
def agreement(today, enterprise, buyer, other):
    """One part for each of two firms, at Rp35.000."""
    return agreement_between([enterprise], [buyer, other], ends_on=date(2026, 12, 31))


def client_of(user):
    client = PortalClient()
    client.force_login(user)
    return client


def page(user, name, *args, **query):
    return client_of(user).get(reverse(f"partnerships:{name}", args=args), query)


def text(response):
    return response.content.decode()


def signed(agreement, staff, line, price, number="ADD/1"):
    addendum = draft_addendum(
        agreement,
        by=staff,
        number=number,
        effective_on=date(2026, 8, 16),
        reason="Harga baja naik",
        changes=[LineChange(line, unit_price=price)],
    )
    sign_addendum(addendum, signed_on=date(2026, 8, 10), place="Tegal", by=staff)
    return addendum


def test_from_a_draft_to_its_signature_in_two_forms(agreement, staff, buyer):
    client, [line, _other] = client_of(staff), agreement.lines.order_by("part_name")
    address = reverse("partnerships:add_addendum", args=[agreement.code])
    form = client.get(address)
    assert "Adendum, perpanjangan, atau perjanjian baru?" in text(form)
    data = {
        "key": str(form.context["form"]["key"].value()),
        "number": "ADD/1",
        "effective_on": "2026-08-16",
        "reason": "Harga baja naik",
        f"{line.pk}-unit_price": "42.317",
        f"{line.pk}-monthly_volume": "",
        "tambahan-TOTAL_FORMS": "1",
        "tambahan-INITIAL_FORMS": "0",
        "tambahan-0-enterprise": str(line.enterprise_id),
        "tambahan-0-buyer": str(buyer.pk),
        "tambahan-0-part_name": "Klem",
        "tambahan-0-unit_price": "1.380",
        "tambahan-0-monthly_volume": "20.000",
    }
    bad = client.post(address, data | {"effective_on": "2027-03-01", f"{line.pk}-ends": "on"})
    assert "Kosongkan harga dan volume bila part diakhiri." in text(bad)
    assert "42.317" in text(bad)
    for _press in range(2):
        client.post(address, data)
    addendum = Addendum.objects.get()
    shown = text(client.get(addendum.get_absolute_url()))
    assert (
        "Rp35.000" in shown and "Rp42.317" in shown and "Klem" in shown and "belum mengubah apa pun" in shown
    )
    again = client.get(reverse("partnerships:edit_addendum", args=[addendum.code]))
    assert "42317" in text(again) or "42.317" in text(again)
    sign = reverse("partnerships:sign_addendum", args=[addendum.code])
    party = agreement.parties.get(buyer=buyer)
    client.post(
        sign,
        {
            "signed_on": "2026-08-10",
            "place": "Tegal",
            f"number-{party.pk}": "ARU/77",
            "scan": SimpleUploadedFile("a.pdf", b"%PDF-1.7 contoh"),
        },
    )
    addendum.refresh_from_db()
    assert (addendum.status, addendum.sequence, len(addendum.scan_sha256)) == ("signed", 1, 64)
    shown = text(client.get(addendum.get_absolute_url()))
    assert "ARU/77" in shown and "Berlaku" in shown
    assert client.get(reverse("partnerships:addendum_scan", args=[addendum.code])).status_code == 200
    assert "harga Rp35.000 menjadi Rp42.317" in text(client.get(agreement.get_absolute_url()))
    assert client.get(reverse("partnerships:edit_addendum", args=[addendum.code])).status_code == 302


@pytest.mark.parametrize(
    ("day", "price"), [("2026-08-15", "Rp35.000"), ("2026-08-16", "Rp42.317"), ("2026-08-17", "Rp42.317")]
)
def test_the_lines_of_a_chosen_day(agreement, staff, contact, buyer, day, price):
    signed(agreement, staff, agreement.lines.get(buyer=buyer), 42_317)
    response = page(contact, "agreement_terms", agreement.code, pada=day)
    [row] = response.context["rows"]
    assert f"{row.now.price:.0f}" in price.replace(".", "")
    assert price in text(response)
    assert [version.since for version, _by in row.versions] == [date(2026, 8, 16), date(2026, 1, 1)]


def test_a_day_that_is_none_is_said_at_its_field(agreement, staff):
    response = page(staff, "agreement_terms", agreement.code, pada="besok lusa")
    assert response.status_code == 200 and response.context["form"].errors


def test_a_buyer_reads_no_other_buyers_addendum(agreement, staff, contact, other):
    hidden = signed(agreement, staff, agreement.lines.get(buyer=other), 73_194)
    for name, code in (("addendum", hidden.code), ("addendum_scan", hidden.code)):
        assert page(contact, name, code).status_code == 404
    for name in ("agreement", "agreement_terms"):
        shown = text(page(contact, name, agreement.code))
        assert "73.194" not in shown and "ADD/1" not in shown
    stranger = BuyerContactFactory(buyer=other).user
    assert "73.194" in text(page(stranger, "addendum", hidden.code))


def test_a_paper_about_others_too_is_not_handed_out(agreement, staff, contact):
    """Each buyer reads its own change of a common addendum; the scan holds the other's price."""
    addendum = draft_addendum(
        agreement,
        by=staff,
        number="ADD/2",
        effective_on=date(2026, 8, 16),
        reason="Harga baja naik",
        changes=[LineChange(line, unit_price=73_194 + at) for at, line in enumerate(agreement.lines.all())],
    )
    Addendum.objects.filter(pk=addendum.pk).update(scan="addenda/x.pdf", scan_sha256="ab" * 32)
    shown = text(page(contact, "addendum", addendum.code))
    assert ("73.194" in shown) != ("73.195" in shown)
    assert "Naskah</a>" not in shown
    assert page(contact, "addendum_scan", addendum.code).status_code == 404


def test_pages_speak_english(agreement, staff, buyer, settings):
    addendum = signed(agreement, staff, agreement.lines.get(buyer=buyer), 42_317)
    client = client_of(staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Price before" in text(client.get(addendum.get_absolute_url()))
    terms = text(client.get(reverse("partnerships:agreement_terms", args=[agreement.code])))
    assert "Monthly volume" in terms and "Menurut" not in terms
