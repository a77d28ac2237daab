"""A buyer writes what it needs made, staff read who could make it line by line, and a new version says what changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from participants.models import Consent
from partnerships.models import Requirement
from tests.factories.accounts import UserFactory
from tests.factories.assessments import RubricFactory
from tests.factories.capability import MachineFactory
from tests.factories.participants import ConsentFactory, DocumentFactory, EnterpriseFactory
from tests.factories.partnerships import BuyerContactFactory, BuyerFactory, OrderFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def cast(transactional_db):
    """A buyer with an account, and an IKM that shares its profile: with a NIB and a press of 63 ton."""
    RubricFactory()
    buyer, maker = BuyerFactory(name="PT Arunika Contoh"), EnterpriseFactory(name="Nira Contoh")
    ConsentFactory(enterprise=maker, purpose=Consent.Purpose.SHARING)
    DocumentFactory(enterprise=maker, kind="nib", expires_on=timezone.localdate() + timedelta(days=90))
    MachineFactory(enterprise=maker, capacity=63)
    OrderFactory(buyer=buyer, enterprise=maker)
    return buyer, BuyerContactFactory(buyer=buyer).user, UserFactory(role=Role.STAFF)


def add_line(page, text, kind, **fields):
    page.get_by_role("link", name="Tambah baris").click()
    page.get_by_label("Yang diminta").fill(text)
    page.get_by_label("Dipenuhi oleh").select_option(kind)
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(index=1) if value is True else field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Simpan baris").click()
    page.get_by_text("Baris tersimpan.").wait_for()


def test_from_a_requirement_to_its_match_to_a_new_version(visitor, cast):
    buyer, contact, staff = cast
    desk, office = visitor().sign_in(contact), visitor().sign_in(staff)
    page = desk.open("partnerships:add_requirement", buyer.code)
    page.get_by_label("Nama part").fill("Klem kabel")
    page.get_by_label("Volume").fill("24.000")
    page.get_by_label("Cacat paling tinggi (ppm)").fill("500")
    page.get_by_role("button", name="Simpan draf").click()
    add_line(page, "NIB berlaku", "document", document="nib")
    add_line(page, "Nilai teknis cukup", "criterion", criterion=True, threshold="3")
    add_line(page, "Press 80 ton", "machine", name="press", threshold="80", unit="ton")
    desk.picture("kebutuhan-draf")
    page.get_by_role("link", name="Terbitkan").click()
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_text("Kebutuhan terbit.").wait_for()
    first = Requirement.objects.get()

    read = office.open("partnerships:requirement", first.code)
    read.get_by_role("link", name="IKM yang bisa memenuhi").click()
    read.get_by_role("link", name="Nira Contoh").click()
    lines = {
        word: read.locator(".req li", has_text=word) for word in ("NIB berlaku", "Press 80", "Nilai teknis")
    }
    assert "Terpenuhi" in lines["NIB berlaku"].inner_text()
    assert "63 ton" in lines["Press 80"].inner_text() and "no" in lines["Press 80"].get_attribute("class")
    assert "Belum diketahui" in lines["Nilai teknis"].inner_text()
    office.picture("kebutuhan-cocok")

    page.get_by_role("button", name="Buat versi baru").click()
    page.get_by_role("link", name="Press 80 ton").click()
    page.get_by_label("Yang diminta").fill("Press 60 ton")
    page.locator("[name=threshold]").fill("60")
    page.get_by_role("button", name="Simpan baris").click()
    page.get_by_role("link", name="Terbitkan").click()
    page.get_by_role("heading", name="IKM yang terdampak").wait_for()
    assert "Nira Contoh" in page.locator("main").inner_text()
    desk.picture("kebutuhan-terbit-versi")
    page.get_by_label("Alasan perubahan").fill("Tebal plat turun")
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_role("heading", name="Berubah sejak versi 1").wait_for()
    shown = page.locator("main").inner_text()
    assert "Press 80 ton" in shown and "Press 60 ton" in shown and "Tebal plat turun" in shown
    desk.picture("kebutuhan-berubah")

    read = office.open("partnerships:requirement_match", first.code, 2, cast_code(first))
    assert "no" not in (read.locator(".req li", has_text="Press 60").get_attribute("class") or "")


def cast_code(requirement):
    """The code of the one IKM that supplies the buyer."""
    return requirement.buyer.orders.get().enterprise.code
