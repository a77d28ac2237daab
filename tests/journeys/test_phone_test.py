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


def test_on_a_shared_phone_nobody_sends_what_another_answered(visitor, session):
    owners = []
    for _number in range(2):
        _enrolment, person = enrol(session.cohort)
        person.user = person.user or UserFactory(role=Role.OWNER)
        person.save()
        owners.append(person)
    phone = visitor(SMALL).sign_in(owners[0].user)
    where = ("trainings:take_test", session.cohort.code, session.module.code, "awal")
    page = phone.open(*where)
    for fieldset in page.locator("#tes fieldset").all():
        fieldset.get_by_text("Benar", exact=True).click()
    page.context.route("**/awal/", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_text("Tidak ada sinyal").wait_for()
    phone.faults = [fault for fault in phone.faults if "INTERNET_DISCONNECTED" not in fault]
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.unroute("**/awal/")
    page = phone.sign_in(owners[1].user).open(*where)
    assert page.locator("#tes input:checked").count() == 0
    page.wait_for_timeout(500)
    assert not Attempt.objects.exists()
    page.context.clear_cookies()
    page = phone.sign_in(owners[0].user).open(*where)
    page.get_by_text("10 dari 10 benar").wait_for(timeout=20_000)
    assert Attempt.objects.get().person == owners[0]
