"""A factory visit on two phones of 390 px: the trainer writes what was seen, and both sides say that it happened."""

import pytest

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.capability import jpeg
from tests.factories.trainings import ModuleFactory, SessionFactory, enrol
from tests.journeys.conftest import PHONE
from trainings import actions
from trainings.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def session(transactional_db):
    return SessionFactory(running=True, kind="visit", module=ModuleFactory(code="5R"))


@pytest.fixture
def owner(session):
    """Of the factory that is visited."""
    enrolment, person = enrol(session.cohort)
    person.user = UserFactory(role=Role.OWNER)
    person.save()
    actions.name_host(session, enrolment, by=session.trainer)
    return person.user


def test_a_visit_is_written_photographed_and_confirmed_by_both_sides(visitor, session, owner):
    trainer = visitor(PHONE).sign_in(session.trainer)
    page = trainer.open("trainings:visit", session.code)
    answers = Visit.objects.get().answers.count()
    page.locator('input[type="file"]').set_input_files(
        {"name": "HP-0001.jpg", "mimeType": "image/jpeg", "buffer": jpeg("goldenrod", (640, 480))}
    )
    page.get_by_role("button", name="Simpan foto").click()
    page.locator("img[src*='/foto/']").first.wait_for()
    for choice in page.locator('input[type="radio"][value="yes"]').all():
        choice.check()
    page.get_by_label("Yang dibawa pulang").fill("Papan piket dan garis area sudah dipakai")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    trainer.picture("visit-trainer-390")
    page.get_by_role("button", name="Simpan dan konfirmasi").click()
    page.get_by_text("dikonfirmasi").first.wait_for()

    phone = visitor(PHONE).sign_in(owner)
    page = phone.open("dashboard:owner_home")
    page.get_by_role("link", name=session.title).click()
    page.get_by_text("Papan piket dan garis area sudah dipakai").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.picture("visit-owner-390")
    page.get_by_role("button", name="Ya, saya konfirmasi").click()
    page.get_by_text("Kedua pihak sudah mengonfirmasi kunjungan ini.").wait_for()
    visit = Visit.objects.get()
    assert visit.led_by == session.trainer and visit.hosted_by == owner
    assert visit.answers.filter(verdict="yes").count() == answers and visit.photos.count() == 1
