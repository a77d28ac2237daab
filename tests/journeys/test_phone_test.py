"""An owner answers ten questions on a small phone; the signal goes, the page is loaded anew, one attempt arrives."""

import pytest

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.trainings import SessionFactory, enrol, with_bank
from trainings.models import Attempt

SMALL = {"width": 360, "height": 740}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def session(reference, transactional_db):
    session = SessionFactory(running=True, title="5R di lantai produksi")
    with_bank(session.module)
    return session


def test_answers_wait_for_the_signal_and_arrive_once(visitor, session):
    _enrolment, person = enrol(session.cohort)
    person.user = person.user or UserFactory(role=Role.OWNER)
    person.save()
    owner = visitor(SMALL).sign_in(person.user)
    page = owner.open("trainings:take_test", session.cohort.code, session.module.code, "awal")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    questions = page.locator("#tes fieldset")
    for number in range(6):
        questions.nth(number).get_by_text("Benar", exact=True).click()
    page.reload()
    assert page.locator("#tes input:checked").count() == 6  # kept on the phone
    for number in range(6, 10):
        questions.nth(number).get_by_text("Benar", exact=True).click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_text("Tidak ada sinyal").wait_for()
    assert not Attempt.objects.exists()
    owner.faults = [fault for fault in owner.faults if "INTERNET_DISCONNECTED" not in fault]
    page.context.set_offline(False)
    page.get_by_text("10 dari 10 benar").wait_for(timeout=20_000)
    attempt = Attempt.objects.get()
    assert attempt.finished_on_phone <= attempt.sent_on_phone
    assert not page.evaluate("Object.keys(localStorage).some(name => name.startsWith('tes:'))")
    assert Attempt.objects.count() == 1
