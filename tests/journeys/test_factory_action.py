"""One factory action on three phones of 390 px: the trainer gives it, the owner shows it, the mentor closes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.capability import jpeg
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory
from tests.journeys.conftest import PHONE
from trainings.models import FactoryAction

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

TEXT = "Beri garis dan label di satu rak bahan"


@pytest.fixture
def people(transactional_db):
    """(session, owner, mentor): the owner's IKM is at a session that another mentor runs."""
    session = SessionFactory(running=True)
    enrolment = EnrolmentFactory(cohort=session.cohort)
    owner = UserFactory(role=Role.OWNER)
    person = PersonFactory(enterprise=enrolment.enterprise, user=owner)
    AttendanceFactory(session=session, enrolment=enrolment, person=person)
    mentor = MentorAssignmentFactory(enrolment=enrolment, mentor=UserFactory(role=Role.MENTOR)).mentor
    return session, owner, mentor


def no_wider_than_the_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_action_goes_from_the_class_to_the_factory_and_back(people, visitor):
    session, owner, mentor = people

    page = visitor(PHONE).sign_in(session.trainer).open("trainings:session_close", session.code)
    page.fill('input[name="head_count"]', "1")
    page.get_by_role("button", name="Tutup sesi").click()
    page.wait_for_url("**/aksi/")
    page.fill('input[name="text"]', TEXT)
    page.fill('input[name="due_on"]', (timezone.localdate() + timedelta(days=14)).isoformat())
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Beri aksi").click()
    page.get_by_text("Aksi diberikan kepada 1 IKM.").wait_for()

    phone = visitor(PHONE).sign_in(owner)
    page = phone.open("trainings:my_actions")
    no_wider_than_the_phone(page)
    page.get_by_role("link", name=TEXT).click()
    # two taps: the photo, and send
    page.locator('input[name="photo"]').first.set_input_files(
        {"name": "HP-0001.jpg", "mimeType": "image/jpeg", "buffer": jpeg("goldenrod", (640, 480))}
    )
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan terkirim.").wait_for()
    phone.picture("factory-action-owner")

    desk = visitor(PHONE).sign_in(mentor)
    page = desk.open("trainings:actions", query="?status=reported")
    page.get_by_role("link", name=TEXT).click()
    no_wider_than_the_phone(page)
    desk.picture("factory-action-mentor")
    page.get_by_role("button", name="Nyatakan selesai").click()
    page.get_by_text("Aksi selesai.").wait_for()
    assert FactoryAction.objects.get().closed_by == mentor
    assert phone.open("trainings:my_actions").get_by_text("1 dari 1 aksi selesai.").is_visible()
