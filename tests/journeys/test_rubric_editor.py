"""Staff make the next version of a rubric: a wrong total is told at once, mended, tried, and published when right."""

import pytest

from assessments.actions.rubric_versions import start_rubric
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import RubricFactory
from tests.journeys.conftest import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def test_a_draft_is_weighed_wrongly_mended_tried_and_published(visitor, transactional_db):
    staff = UserFactory(role=Role.STAFF)
    draft = start_rubric(RubricFactory(), by=staff)
    desk = visitor(DESK).sign_in(staff)
    page = desk.open("assessments:rubric", draft.code, draft.version)
    total = page.locator("[data-total]")
    page.fill("[name=bobot_K3L]", "60,5")  # beside 40 and 10
    assert total.inner_text() == "110,5" and "text-bad" in total.get_attribute("class")
    page.get_by_role("button", name="Simpan bobot").click()
    page.get_by_text("Bobot bidang berjumlah 110,5").first.wait_for()
    assert page.input_value("[name=bobot_K3L]").replace(".", ",") == "60,5"
    desk.picture("rubric-wrong-1440")
    page.get_by_role("link", name="Periksa dan terbitkan").click()
    page.get_by_text("Bobot bidang berjumlah 110,5").first.wait_for()

    page = desk.open("assessments:rubric", draft.code, draft.version)
    page.fill("[name=bobot_K3L]", "55")
    page.fill("[name=bobot_5R]", "35")
    assert total.inner_text() == "100" and "text-bad" not in (total.get_attribute("class") or "")
    page.get_by_role("button", name="Simpan bobot").click()
    page.get_by_text("Siap diterbitkan").wait_for()

    page.get_by_role("link", name="Coba", exact=True).click()
    page.select_option("[name=semua]", "3")
    page.get_by_role("button", name="Hitung", exact=True).click()
    page.get_by_text("Nilai total").first.wait_for()
    desk.picture("rubric-tried-1440")

    page = desk.open("assessments:publish_rubric", draft.code, draft.version)
    page.fill("[name=change_note]", "K3L lebih berat sesudah dua kecelakaan")
    desk.picture("rubric-publish-1440")
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_role("heading", name="Rubrik").first.wait_for()
    draft.refresh_from_db()
    assert draft.published_by == staff and draft.dimensions.get(code="K3L").weight == 55
