"""A buyer writes and publishes on the pages; an owner reads what is missing; nobody learns a price not theirs."""

from uuid import uuid4

import pytest
from django.urls import reverse

from participants.models import Consent
from partnerships import actions
from partnerships.models import Requirement
from tests.factories.participants import ConsentFactory, DocumentFactory, EnterpriseFactory
from tests.factories.partnerships import OrderFactory
from tests.factories.requirements import published_with

pytestmark = pytest.mark.django_db
PRICE = 731_942
NIB = {"kind": "document", "text": "NIB berlaku", "subject": "nib"}
ISO = {"kind": "document", "text": "ISO 9001 berlaku", "subject": "iso9001"}


def page(client, name, *args, **query):
    response = client.get(reverse(f"partnerships:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def terms(contact=None, **fields):
    return {
        "key": str(uuid4()), "part_name": "Klem kabel", "volume": "24.000", "per": "year", "unit": "pcs",
        "evidence_months": "12", "contact": str(contact.pk) if contact else "", **fields,
    }  # fmt: skip


def test_a_buyer_drafts_a_requirement_with_lines_and_publishes_it(client, login, contact, buyer):
    login(contact)
    person = buyer.contacts.get(user=contact)
    form = terms(person, target_price="731.942")
    for _press in range(2):
        client.post(reverse("partnerships:add_requirement", args=[buyer.code]), form)
    draft = Requirement.objects.get()
    at = [draft.code, 1]
    line = {
        "key": str(uuid4()),
        "text": "Nilai teknis",
        "kind": "machine",
        "name": "press",
        "threshold": "tinggi",
    }
    answer = client.post(reverse("partnerships:add_requirement_line", args=at), line)
    assert "Tulis bilangan" in answer.content.decode() and 'value="tinggi"' in answer.content.decode()
    answer = client.post(reverse("partnerships:add_requirement_line", args=at), line | {"threshold": "80"})
    assert "Isi satuan kapasitas mesin" in answer.content.decode()
    client.post(
        reverse("partnerships:add_requirement_line", args=at), line | {"threshold": "80", "unit": "ton"}
    )
    assert "Mesin “press”, paling kecil 80 ton" in page(client, "requirement_version", *at)
    edit = reverse("partnerships:edit_requirement_line", args=[draft.lines.get().pk])
    assert 'value="80"' in client.get(edit).content.decode()
    client.post(edit, line | {"kind": "document", "document": "nib", "threshold": ""})
    assert draft.lines.get().subject == "nib"
    client.post(reverse("partnerships:publish_requirement", args=at))
    draft.refresh_from_db()
    assert not draft.is_draft and "Rp731.942" in page(client, "requirement_version", *at)


def test_a_new_version_says_what_changes_and_whom_it_affects(client, login, contact, buyer, enterprise):
    first = published_with(NIB, buyer=buyer, contact=buyer.contacts.get(user=contact), volume=24_000)
    OrderFactory(buyer=buyer, enterprise=enterprise)
    ConsentFactory(enterprise=enterprise, purpose=Consent.Purpose.SHARING)
    login(contact)
    client.post(reverse("partnerships:start_requirement_version", args=[first.code]))
    second = Requirement.objects.drafts().get()
    actions.change_requirement(second, by=contact, volume=36_000)
    actions.add_line(second, by=contact, **ISO)
    shown = page(client, "publish_requirement", second.code, 2)
    assert all(
        words in shown for words in ("24.000", "36.000", "Baris baru", "ISO 9001 berlaku", str(enterprise))
    )
    answer = client.post(
        reverse("partnerships:publish_requirement", args=[second.code, 2]), {"change_note": ""}
    )
    assert "Tulis alasan perubahan" in answer.content.decode()
    client.post(
        reverse("partnerships:publish_requirement", args=[second.code, 2]), {"change_note": "Model naik"}
    )
    assert "Model naik" in page(client, "requirement_version", second.code, 2)
    assert "Ini versi lama" in page(client, "requirement_version", first.code, 1)
    client.post(reverse("partnerships:close_requirement", args=[second.code, 2]), {"status": "met"})
    assert Requirement.objects.current().get().status == "met"


def test_an_owner_sees_what_is_missing_and_no_price_of_others(client, login, owner, enterprise, today):
    open_to_all = published_with(NIB, is_open=True, target_price=PRICE, part_name="Part umum")
    ours = published_with(NIB, ISO, target_price=12_800, part_name="Part kami")
    actions.address_requirement(ours, enterprise, by=None)
    published_with(NIB, target_price=PRICE, part_name="Part orang lain")
    DocumentFactory(enterprise=enterprise, kind="iso9001", expires_on="2026-11-23")
    login(owner)
    listed = page(client, "my_requirements")
    assert "Part umum" in listed and "Part kami" in listed and "Part orang lain" not in listed
    assert "731.942" not in listed + page(client, "my_requirement", open_to_all.code)
    shown = page(client, "my_requirement", ours.code)
    assert "Rp12.800" in shown and "ISO 9001 habis 23 November 2026, tidak dihitung" in shown
    assert reverse("participants:my_documents") in shown
    actions.close_requirement(ours, status="withdrawn", reason="Batal", by=None)
    assert "Part kami" not in page(client, "my_requirements")


def test_a_buyer_compares_only_ikm_that_share_their_profile(client, login, contact, buyer, enterprise, today):
    ours = published_with(NIB, buyer=buyer, contact=buyer.contacts.get(user=contact))
    shy = EnterpriseFactory(name="Tertutup Contoh")
    consent = ConsentFactory(enterprise=enterprise, purpose=Consent.Purpose.SHARING)
    login(contact)
    shown = page(client, "makers", ours.code, 1)
    assert "Nira Contoh" in shown and "Tertutup" not in shown and "1 dari 2 baris" in shown
    pair = reverse("partnerships:requirement_match", args=[ours.code, 1, shy.code])
    assert client.get(pair).status_code == 404
    page(client, "requirement_match", ours.code, 1, enterprise.code)
    consent.withdrawn_at = consent.given_at
    consent.save()
    assert "Nira Contoh" not in page(client, "makers", ours.code, 1)


def test_staff_find_requirements_and_what_one_ikm_could_make(client, login, staff, enterprise, today):
    found = published_with(NIB, part_name="Hub roda")
    published_with(NIB, part_name="Klip bodi")
    login(staff)
    assert "Klip bodi" not in page(client, "requirements", q="hub")
    assert "Tidak ada kebutuhan yang cocok" in page(client, "requirements", status="met")
    shown = page(client, "enterprise_requirements", enterprise.code)
    assert "Hub roda" in shown and "Belum diketahui: Kapasitas 2.000 pcs sebulan" in shown
    client.post(reverse("partnerships:address_requirement", args=[found.code, 1, enterprise.code]))
    assert list(found.addressees.all()) == [enterprise]
