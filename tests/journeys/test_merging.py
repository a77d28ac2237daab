"""Two records of one IKM: found, put together and taken apart again, by clicking."""

import pytest

from closedloop.accounts.roles import Role
from participants.models import Enterprise, EnterpriseMerge
from tests.factories.accounts import UserFactory
from tests.factories.participants import DocumentFactory, EnrolmentFactory, EnterpriseFactory, PersonFactory
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def pair(transactional_db):
    """A record with everything, and one that somebody typed in again with a slip of the pen."""
    full = EnterpriseFactory(name="Sumber Jaya Casting", phone="+6281234567890")
    PersonFactory(enterprise=full, full_name="Sulastri")
    EnrolmentFactory(enterprise=full)
    again = EnterpriseFactory(name="Sumber Jaya Kasting", address="Jl. Pancakarya No. 8")
    PersonFactory(enterprise=again, full_name="Lastri", phone="+6281234567890")
    DocumentFactory(enterprise=again)
    return full, again


def test_staff_merge_two_records_and_take_it_back(pair, visitor):
    full, again = pair
    staff = visitor(DESK).sign_in(UserFactory(role=Role.STAFF))
    page = staff.open("participants:duplicates")
    page.get_by_text("telepon sama", exact=True).wait_for()
    staff.picture("duplicates")
    page.get_by_role("link", name="Bandingkan").click()
    page.get_by_role("heading", name="Satu usaha atau dua?").wait_for()
    staff.picture("compare")
    page.get_by_label("Jl. Pancakarya No. 8").check()
    page.get_by_role("button", name="Periksa sebelum digabung").click()
    page.get_by_role("heading", name="Gabungkan CV Sumber Jaya Kasting ke CV Sumber Jaya Casting?").wait_for()
    staff.picture("merge-confirm")
    page.get_by_role("button", name="Gabungkan", exact=True).click()
    page.get_by_role("heading", name="Urungkan penggabungan").wait_for()
    staff.picture("merge")
    full.refresh_from_db()
    assert full.address == "Jl. Pancakarya No. 8"
    assert full.documents.count() == 1 and full.people.count() == 2

    staff.open("participants:detail", again.code)
    page.get_by_text(f"({again.code}) digabung ke sini").first.wait_for()
    assert f"/ikm/{full.code}/" in page.url
    staff.open("participants:list", query="?q=Kasting")
    assert not page.get_by_role("link", name="CV Sumber Jaya Kasting").count()

    merge = EnterpriseMerge.objects.get()
    staff.open("participants:merge", merge.pk)
    page.get_by_role("button", name="Urungkan penggabungan").click()
    page.get_by_text("Penggabungan diurungkan").first.wait_for()
    full.refresh_from_db()
    assert full.address == "Jl. Contoh No. 5"
    assert Enterprise.objects.count() == 2 and again.documents.count() == 1


def test_the_pages_fit_a_phone_and_a_pair_is_judged(pair, visitor):
    full, again = pair
    staff = visitor(PHONE).sign_in(UserFactory(role=Role.STAFF))
    page = staff.open("participants:compare", full.code, again.code)
    staff.picture("compare-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("Alasan bukan ganda").fill("Dua pabrik satu keluarga")
    page.get_by_role("button", name="Bukan ganda").click()
    page.get_by_text("Tidak ada yang mirip").wait_for()
    staff.open("participants:duplicates", query="?status=bukan-ganda")
    page.get_by_text("Dua pabrik satu keluarga").wait_for()
    staff.picture("not-duplicate-phone")
