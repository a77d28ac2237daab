"""A member of staff finds, keeps, chooses and walks the list of enterprises, in a real browser."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from closedloop.accounts.roles import Role
from participants.models import EnterpriseKbli, Kbli, MentorAssignment, Product, SavedView
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def register(transactional_db):
    """Forty makers of other things in one cohort, and four of knalpot, each known by something else."""
    call_command("load_reference", verbosity=0)
    cohort = CohortFactory(name="Angkatan Enam")
    for number in range(40):
        EnrolmentFactory(enterprise=EnterpriseFactory(name=f"Baja {number:02d}"), cohort=cohort)
    makers = [
        EnterpriseFactory(name=name) for name in ("Mutiara Knalpot", "Arum Kenalpot", "Bayu", "Cempaka")
    ]
    Product.objects.create(enterprise=makers[2], name="Knalpot Racing")
    EnterpriseKbli.objects.create(enterprise=makers[3], kbli=Kbli.objects.get(code="30912"), is_primary=True)
    for maker in makers:
        EnrolmentFactory(enterprise=maker, cohort=cohort)
    return {
        "staff": UserFactory(role=Role.STAFF, full_name="Sekar Ayu"),
        "mentor": UserFactory(role=Role.MENTOR, full_name="Wening Asih"),
    }


def names(page):
    return page.locator("#hasil tbody th a").all_inner_texts()


def test_find_keep_choose_and_assign(register, visitor):
    desk = visitor().sign_in(register["staff"])
    page = desk.open("participants:list")

    # a misspelling finds the makers, and each says why
    page.fill("form.filters [name=q]", "kenalpot")
    page.press("form.filters [name=q]", "Enter")
    expect(page.locator("#hasil tbody tr")).to_have_count(4)
    assert set(names(page)) == {"CV Mutiara Knalpot", "CV Arum Kenalpot", "CV Bayu", "CV Cempaka"}
    assert "produk: Knalpot Racing" in page.inner_text("#hasil")
    assert "KBLI: 30912" in page.inner_text("#hasil")
    desk.picture("list-found")

    # kept under a name, it is a tab with its count
    page.click("text=Simpan tampilan ini")
    page.fill("[name=name]", "Pembuat knalpot")
    page.click("main button[type=submit]:has-text('Simpan tampilan')")
    current = page.locator(".tabs [aria-current=page]")
    assert current.inner_text().split() == ["Pembuat", "knalpot", "4"]
    assert SavedView.objects.get().query == "q=kenalpot"

    # all of them get a mentor
    page.check("input[data-all]")
    assert page.inner_text("[data-selected]") == "4"
    page.click("button[value=mentor]")
    page.select_option("[name=mentor]", label=page.locator("[name=mentor] option").nth(1).inner_text())
    page.click("main button[type=submit]:has-text('Tetapkan mentor')")
    page.wait_for_selector("text=Mentor ditetapkan: 4 dari 4 IKM.")
    assert MentorAssignment.objects.filter(mentor=register["mentor"]).count() == 4
    assert "q=kenalpot" in page.url  # the list is as it was


def test_all_that_was_found_beyond_the_page(register, visitor):
    desk = visitor().sign_in(register["staff"])
    page = desk.open("participants:list", query="?q=baja")
    page.check("input[data-all]")
    page.check("input[name=semua]")
    expect(page.locator("[data-selected]")).to_have_text("40")
    desk.picture("list-selected")
    with page.expect_download() as download:
        page.click("button[value=unduh]")
    assert download.value.suggested_filename.endswith(".xlsx")
    page.click("button[value=daftar]")  # the page still works after a download
    page.wait_for_selector("text=Untuk 40 IKM.")


def test_keys_walk_the_table_and_only_there(register, visitor):
    desk = visitor().sign_in(register["staff"])
    page = desk.open("participants:list", query="?q=baja")
    focused = "document.activeElement.textContent"

    # outside the table, and inside a field, a letter is only a letter
    page.press("body", "x")
    page.press("body", "j")
    assert page.evaluate("document.activeElement === document.body")
    page.fill("form.filters [name=q]", "")
    page.press("form.filters [name=q]", "j")
    assert page.input_value("form.filters [name=q]") == "j"

    page.focus("#hasil .dt-wrap")
    page.keyboard.press("j")
    assert page.evaluate(focused) == "CV Baja 00"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    assert page.evaluate(focused) == "CV Baja 01"
    assert page.inner_text("[data-selected]") == "1"
    page.keyboard.press("k")
    page.keyboard.press("?")
    assert page.locator("details.keys").get_attribute("open") is not None
    page.keyboard.press("]")
    page.wait_for_url("**page=2**")
    expect(page.locator("#hasil tbody th a:focus")).to_have_text("CV Baja 25")  # back in the table
    page.keyboard.press("[")
    page.wait_for_url("**page=1**")
    expect(page.locator("#hasil tbody th a:focus")).to_have_text("CV Baja 00")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.focus("#hasil tbody th a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ikm/*/")


def test_on_a_phone_the_filters_are_a_page(register, visitor):
    phone = visitor(PHONE).sign_in(register["staff"])
    page = phone.open("participants:list")
    phone.picture("list-phone")
    page.click("text=Saring")
    page.check("text=Belum punya NPWP")
    page.select_option("[name=kelas]", "0")
    phone.picture("filters-phone")
    page.click("main button[type=submit]:has-text('Terapkan')")
    chips = page.locator(".chips .chip").all_inner_texts()
    assert [chip.split("hapus")[0].strip() for chip in chips] == [
        "Kelas: Belum ada kelas",
        "Belum punya NPWP",
    ]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
