"""From a complaint to the training it caused and back, by links alone (features.md G4)."""

import re

import pytest

from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def arrived(page, path):
    page.wait_for_url(lambda url: path in url)


def test_from_a_complaint_to_the_training_it_caused_and_back(visitor, transactional_db):
    world = World()
    complaint, assessment = world.linked_complaint, world.assessment
    code = complaint.criterion.code
    held = world.enrolment.attendances.get().session
    desk = visitor().sign_in(world.staff)
    page = desk.open("partnerships:complaint", complaint.code)
    # nothing but clicks from here on
    page.get_by_role("link", name="Penandaan barang").click()
    arrived(page, complaint.requirement_line.requirement.get_absolute_url())
    desk.picture("jalan-kebutuhan")
    page.get_by_role("link", name=f"butir {code}", exact=True).click()
    arrived(page, f"/butir/{code}/")
    desk.picture("jalan-butir")

    page.get_by_role("link", name=re.compile("Asesmen awal")).click()
    arrived(page, assessment.get_absolute_url())
    page.get_by_text(f"oleh {assessment.assessor}").first.wait_for()
    page.get_by_text("5R:").first.click()
    page.get_by_role("link", name=code, exact=True).first.click()
    arrived(page, f"/butir/{code}/")

    page.locator(f'a[href="{held.get_absolute_url()}"]').click()
    arrived(page, held.get_absolute_url())
    page.get_by_role(
        "link", name=str(world.enterprise), exact=True
    ).click()  # who was there, and then the next meeting
    page.get_by_label("Halaman IKM ini").get_by_role("link", name="Penilaian").click()
    page.get_by_role("link", name="3 Maret 2026").first.click()
    page.get_by_text("5R:").first.click()
    page.get_by_role("link", name=code, exact=True).first.click()
    page.locator(f'a[href="{world.training_session.get_absolute_url()}"]').click()
    arrived(page, world.training_session.get_absolute_url())
    desk.picture("jalan-sesi")

    page.get_by_role("link", name=complaint.problem).click()
    arrived(page, complaint.get_absolute_url())
    page.get_by_role("heading", name=complaint.problem).wait_for()
    desk.picture("jalan-keluhan")
