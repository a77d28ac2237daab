"""The page that explains supply clearance, samples handed over and decided, and an override that stays visible."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from partnerships import actions
from partnerships.actions.samples import decide_sample, submit_sample
from partnerships.models import Sample, SupplyClearance
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import agreement_between
from tests.factories.requirements import published_with

pytestmark = pytest.mark.django_db
REASON = "Pembeli meminta pengiriman darurat, disetujui pimpinan"


@pytest.fixture
def sample(today, enterprise, buyer, contact, owner):
    return submit_sample(
        enterprise, buyer, part_name=" Bracket  kiri", quantity=5, submitted_on=date(2026, 11, 2), by=owner
    )


def test_the_page_says_each_gate_with_its_figure_who_acts_and_the_days_before(
    today, client, staff, cleared, buyer
):
    agreement_between([cleared], [buyer])
    wanted = published_with({}, buyer=buyer)
    actions.compute_clearance(cleared, buyer)
    actions.refresh_all_clearances(today=date(2027, 1, 1))
    client.force_login(staff)
    answer = client.get(reverse("partnerships:clearance", args=[cleared.code, buyer.code]))
    gates = {row["gate"].asks: row["gate"] for row in answer.context["gates"]}
    assert (gates["BPJS berlaku"].figure, gates["BPJS berlaku"].acts) == (
        "Berlaku sampai 31 Desember 2026",
        "",
    )
    waiting = gates["Sampel disetujui pembeli ini"]
    assert (waiting.state, waiting.acts) == ("Belum", "IKM mengirim sampel, pembeli memutuskan")
    assert [(row["day"], row["met"], row["total"]) for row in answer.context["days"]] == [
        (date(2027, 1, 1), 9, 12),
        (date(2026, 11, 24), 11, 12),
    ]
    assert [row["requirement"] for row in answer.context["requirements"]] == [wanted]
    assert "Persetujuan lingkungan sudah habis masa berlakunya" in answer.context["days"][0]["unmet"]


# --- Samples ------------------------------------------------------------------------------------------
def test_an_approved_sample_opens_the_gate_and_a_refused_one_says_what_to_mend(
    today, cleared, buyer, contact, owner, sample
):
    assert contact.notifications.get().title == "CV Nira Contoh mengirim sampel Bracket kiri"
    with pytest.raises(ValidationError) as error:
        decide_sample(sample, approve=False, decided_on=today, by=contact)
    assert list(error.value.message_dict) == ["remark"]
    decide_sample(sample, approve=False, decided_on=today, by=contact, remark="Lubang 0,3 mm terlalu besar")
    assert owner.notifications.get().body == "Lubang 0,3 mm terlalu besar"
    assert not SupplyClearance.objects.filter(status="ready").exists()
    again = submit_sample(cleared, buyer, part_name="Bracket", quantity=5, submitted_on=today, by=owner)
    decide_sample(again, approve=True, decided_on=today, by=contact)
    assert SupplyClearance.objects.get().status == "ready"
    with pytest.raises(ValidationError):
        decide_sample(again, approve=True, decided_on=today, by=contact)


def test_only_the_buyer_or_staff_with_its_letter_decide_and_within_its_days(today, sample, owner, contact):
    for stranger in (owner, UserFactory(role=Role.BUYER)):
        with pytest.raises(PermissionDenied):
            decide_sample(sample, approve=True, decided_on=today, by=stranger)
    for day in (date(2026, 11, 1), date(2026, 11, 25)):
        with pytest.raises(ValidationError):
            decide_sample(sample, approve=True, decided_on=day, by=contact)
    assert Sample.objects.get().status == "submitted"


def test_a_buyer_decides_on_its_own_page_and_a_double_press_makes_one_sample(
    today, client, contact, owner, enterprise, buyer, sample
):
    client.force_login(contact)
    assert "1 sampel menunggu putusan pembeli" in client.get(reverse("partnerships:samples")).text
    address = reverse("partnerships:decide_sample", args=[sample.pk])
    answer = client.post(address, {"outcome": "rejected", "decided_on": "2026-11-24", "remark": ""})
    assert "Tulis apa yang harus diperbaiki." in answer.text
    client.post(address, {"outcome": "approved", "decided_on": "2026-11-24"})
    assert Sample.objects.get().status == "approved"
    agreement_between([enterprise], [buyer])
    client.force_login(owner)
    form = {
        "key": "019abcde-0000-7000-8000-000000000001",
        "part_name": "Klem",
        "quantity": "3",
        "submitted_on": "2026-11-24",
    }
    for _press in range(2):
        client.post(reverse("partnerships:add_sample", args=[enterprise.code, buyer.code]), form)
    assert Sample.objects.count() == 2


# --- The override -------------------------------------------------------------------------------------
def test_an_override_stands_on_its_order_and_on_the_clearance_page(
    today, client, staff, enterprise, buyer, contact
):
    line = actions.OrderLineDraft("Bracket", 10, 35_000)
    order = actions.enter_order(
        by=staff, enterprise=enterprise, buyer=buyer, number="PO-9", ordered_on=today, lines=[line],
        kind="regular", override_reason=REASON,
    )  # fmt: skip
    assert (order.clearance, order.override_reason) == ("not_ready", REASON)
    assert {"rule": "sample", "subject": "", "detail": ""} in order.override_unmet
    client.force_login(staff)
    for address in (
        order.get_absolute_url(),
        reverse("partnerships:clearance", args=[enterprise.code, buyer.code]),
    ):
        page = client.get(address).text
        assert REASON in page and str(staff) in page
    client.force_login(contact)
    page = client.get(order.get_absolute_url()).text
    assert REASON in page and "/mou/siap/" not in page  # the buyer has no page of the evidence
    client.force_login(staff)
    timeline = client.get(reverse("participants:timeline", args=[enterprise.code])).text
    assert "Pesanan rutin dicatat sebelum siap pasok" in timeline
