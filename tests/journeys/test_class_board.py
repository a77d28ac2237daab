"""A board decides at a desk; the owner objects from the phone, and somebody without a part answers."""

import pytest

from assessments.models import ClassDecision, Objection
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import CohortRubricFactory, waiting_decision
from tests.factories.participants import EnrolmentFactory, PersonFactory
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]
WHY = "Keterlambatan terjadi karena pelat terlambat datang."
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def decision(transactional_db):
    enrolment = EnrolmentFactory()
    CohortRubricFactory(cohort=enrolment.cohort)
    PersonFactory(enterprise=enrolment.enterprise, user=UserFactory(role=Role.OWNER))
    return waiting_decision(enrolment)


def test_decided_at_a_desk_objected_to_on_a_phone_and_answered(visitor, decision):
    lead, member, staff = (UserFactory(role=role) for role in (Role.LEAD, Role.ASSESSOR, Role.STAFF))
    desk = visitor(DESK).sign_in(lead)
    page = desk.open("assessments:decision", decision.code)
    page.locator("[name=outcome][value=conditional]").check(force=True)
    page.fill("[name=reason]", WHY)
    page.get_by_label(member.full_name).check()
    page.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    page.get_by_text("Tulis syarat yang dipantau.").first.wait_for()
    page.fill("[name=condition_1]", "APAR diisi ulang")
    page.fill("[name=due_1]", "2027-01-31")
    desk.picture("board-form-1440")
    page.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    page.get_by_role("button", name="Catat keputusan").click()
    page.get_by_text("belum lengkap").or_(page.get_by_text("Centang pernyataan")).first.wait_for()
    for box in page.locator("[name=declared]").all():
        box.check()
    desk.picture("board-check-1440")
    page.get_by_role("button", name="Catat keputusan").click()
    page.get_by_role("heading", name="Naik dengan syarat: Madya").wait_for()
    desk.picture("board-decided-1440")
    page.set_viewport_size(PHONE)
    assert page.evaluate(FITS)
    desk.picture("board-decided-390")

    owner = visitor(PHONE).sign_in(decision.enterprise.people.get().user)
    page = owner.open("assessments:decision", decision.code)
    owner.picture("owner-decided-390")
    assert page.evaluate(FITS)
    page.get_by_role("link", name="Ajukan keberatan").click()
    page.fill("[name=reason]", "Nilai K3L dihitung sebelum APAR kami diisi ulang.")
    owner.picture("owner-object-390")
    page.get_by_role("button", name="Kirim keberatan").click()
    page.get_by_text("Keberatan terkirim").wait_for()

    office = visitor(DESK).sign_in(staff)
    page = office.open("assessments:objection", Objection.objects.get().code)
    page.get_by_label("Terima: sidang ulang").check(force=True)
    page.fill("[name=answer]", "Foto APAR memang bertanggal sebelum penilaian itu.")
    office.picture("objection-answer-1440")
    page.get_by_role("button", name="Catat jawaban").click()
    page.get_by_role("link", name="Buka usulan sidang ulang").wait_for()
    page = owner.open("assessments:decision", decision.code)
    page.get_by_text("Sidang ulang").first.wait_for()
    owner.picture("owner-answered-390")
    assert ClassDecision.objects.waiting().count() == 1
