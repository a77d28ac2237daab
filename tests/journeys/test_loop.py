"""One IKM through the whole loop, in a real browser, with six people signing in."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from PIL import Image, ImageDraw

from assessments.actions import pin_rubric
from assessments.models import Assessment, ClassDecision, ClassScheme, Rubric
from closedloop.accounts.roles import Role
from participants.models import Cohort, Enterprise
from partnerships.models import Agreement, Buyer, Delivery
from tests.factories.accounts import PASSWORD, OrganisationFactory, UserFactory
from tests.factories.participants import CohortFactory
from tests.journeys.conftest import DESK, PHONE
from trainings.actions import pin_curriculum
from trainings.models import Attendance, Curriculum, TrainingSession

WORKBOOK = Path(__file__).parents[1] / "data" / "pendaftaran-ikm-2026.xlsx"
NAME = "Cakra Machining"  # the first row of the workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def photo(folder) -> Path:
    """Draw a shelf, as a phone would photograph one."""
    picture = Image.new("RGB", (1200, 900), "#cdd8df")
    pen = ImageDraw.Draw(picture)
    for row in range(3):
        pen.rectangle((100, 150 + row * 220, 1100, 330 + row * 220), outline="#0e4f73", width=8)
    path = folder / "rak.jpg"
    picture.save(path, "JPEG")
    return path


def link_from_mail(address: str) -> str:
    """Return the activation link of the last mail to the address."""
    message = next(message for message in reversed(mail.outbox) if address in message.to)
    return re.search(r"(/aktivasi/\S+)", message.body).group(1)


@pytest.fixture
def programme(transactional_db):
    """What is there before the first IKM: the shipped rules, a cohort that pins them, and people."""
    call_command("load_reference", verbosity=0)
    body = OrganisationFactory(name="Lembaga Pembina Contoh", short_name="LPC")
    people = {
        role: UserFactory(role=role, full_name=name, organisation=body)
        for role, name in (
            (Role.STAFF, "Sekar Ayu"),
            (Role.LEAD, "Haryo Seno"),
            (Role.MENTOR, "Wening Asih"),
            (Role.ASSESSOR, "Bagas Prana"),
        )
    }
    today = timezone.localdate()
    cohort = CohortFactory(
        code="angkatan-6",
        name="Angkatan 6",
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=200),
        quota=90,
        status=Cohort.Status.OPEN,
    )
    pin_curriculum(cohort, Curriculum.objects.latest("version"), by=people[Role.STAFF])
    pin_rubric(
        cohort, Rubric.objects.latest("version"), ClassScheme.objects.latest("version"), by=people[Role.STAFF]
    )
    return people


def test_one_ikm_walks_the_whole_loop(programme, background, visitor, live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    staff = visitor(DESK).sign_in(programme[Role.STAFF])
    staff.picture("01-home-empty")
    enterprise = imports_the_workbook(staff)
    starts_the_cohort_and_the_enrolment(staff, enterprise, programme[Role.MENTOR])
    session = schedules_a_session(staff, programme[Role.MENTOR])
    owner = activates(visitor(PHONE), invites_the_owner(staff, enterprise))
    mentor = visitor(DESK).sign_in(programme[Role.MENTOR])
    runs_the_session(mentor, owner, session)
    assessment = files_an_assessment(
        visitor(PHONE).sign_in(programme[Role.MENTOR]), enterprise, photo(tmp_path)
    )
    approves(visitor(DESK).sign_in(programme[Role.ASSESSOR]), assessment)
    buyer, address = invites_a_buyer(staff)
    agreement = signs_an_agreement(staff, enterprise, buyer)
    orders(staff, agreement)
    partner = activates(visitor(DESK), address)
    delivers(owner, agreement)
    confirms(partner)
    decision = proposes(staff, enterprise)
    lead = visitor(DESK).sign_in(programme[Role.LEAD])
    decides(lead, decision)
    shows_the_same_figures_on_screen_and_paper(lead, enterprise)


def imports_the_workbook(staff) -> Enterprise:
    page = staff.open("participants:upload", query="?angkatan=angkatan-6")
    page.set_input_files('input[type="file"]', WORKBOOK)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("button", name="Simpan 73 IKM").wait_for()
    staff.picture("02-import-preview")
    page.get_by_role("button", name="Simpan 73 IKM").click()
    page.wait_for_load_state()
    staff.picture("03-import-saved")
    assert Enterprise.objects.count() == 73
    page = staff.open("participants:list", query=f"?q={NAME}")
    page.get_by_role("link", name=NAME).first.wait_for()
    staff.picture("04-list")
    return Enterprise.objects.get(name=NAME)


def starts_the_cohort_and_the_enrolment(staff, enterprise, mentor):
    page = staff.open("participants:cohort", "angkatan-6")
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_load_state()
    enrolment = enterprise.enrolments.get()
    page = staff.open("participants:move_enrolment", enrolment.pk)
    page.get_by_label("Aktif").check()
    page.get_by_role("button", name="Simpan").click()
    page = staff.open("participants:assign_mentor", enrolment.pk)
    page.select_option("select[name=mentor]", label=page_option(page, "mentor", str(mentor)))
    page.get_by_role("button", name="Tetapkan").click()
    page.wait_for_load_state()
    staff.picture("05-cohort")
    enrolment.refresh_from_db()
    assert enrolment.status == "active"
    assert enrolment.mentor_assignments.get().mentor == mentor


def schedules_a_session(staff, trainer) -> TrainingSession:
    page = staff.open("trainings:session_add")
    begin = timezone.localtime() + timedelta(minutes=5)
    end = min(begin + timedelta(hours=3), begin.replace(hour=23, minute=59))  # a session ends on its own day
    page.select_option("select[name=cohort]", label="Angkatan 6")
    page.select_option("select[name=module]", label=page_option(page, "module", "5R"))
    page.fill("[name=title]", "5R di lantai produksi")
    page.fill("[name=day]", begin.strftime("%Y-%m-%d"))
    page.fill("[name=begin]", begin.strftime("%H:%M"))
    page.fill("[name=end]", end.strftime("%H:%M"))
    page.fill("[name=lesson_hours]", "4")
    page.fill("[name=place]", "Aula sentra logam")
    page.fill("[name=regency]", "Kab. Tegal")
    page.select_option("select[name=trainer]", label=page_option(page, "trainer", str(trainer)))
    page.get_by_role("button", name="Jadwalkan").first.click()
    # 5R builds on a module that is not planned: it is said, and saved all the same
    page.get_by_role("button", name="Simpan juga").click()
    page.wait_for_load_state()
    staff.picture("06-session")
    return TrainingSession.objects.get(title="5R di lantai produksi")


def invites_the_owner(staff, enterprise) -> str:
    page = staff.open("participants:detail", enterprise.code)
    staff.picture("07-enterprise-data")
    page.get_by_role("button", name="Undang").first.click()
    page.wait_for_load_state()
    person = enterprise.people.get()
    assert person.user.role == Role.OWNER
    return person.email


def activates(someone, address):
    someone.page.goto(someone.server.url + link_from_mail(address))
    someone.picture(f"08-activation-{address.split('@')[0]}")
    someone.page.fill("[name=password]", PASSWORD)
    someone.page.get_by_role("button", name="Simpan kata sandi dan masuk").click()
    someone.page.wait_for_url(lambda url: "/aktivasi/" not in url)
    return someone


def runs_the_session(mentor, owner, session):
    page = mentor.open("trainings:session", session.code)
    page.get_by_role("button", name="Buka presensi").click()
    page.wait_for_load_state()
    mentor.picture("09-roster")
    screen = mentor.open("trainings:session_screen", session.code)
    mentor.picture("10-screen")
    code = re.sub(r"\s", "", screen.locator(".bigcode").inner_text())
    phone = owner.open("dashboard:owner_home")
    owner.picture("11-owner-home")
    phone.get_by_role("link", name="Catat kehadiran").click()
    phone.locator("[name=code]").fill(code.lower())
    phone.get_by_role("button", name="Catat kehadiran saya").click()
    phone.get_by_text("Kehadiran tercatat").first.wait_for()
    owner.picture("12-receipt")
    assert Attendance.objects.get().status == Attendance.Status.PRESENT
    page = mentor.open("trainings:session", session.code)
    page.get_by_role("button", name=re.compile("Verifikasi")).first.click()
    page.wait_for_load_state()
    mentor.picture("13-roster-verified")
    assert Attendance.objects.get().verification == Attendance.Verification.VERIFIED


def files_an_assessment(mentor, enterprise, picture) -> Assessment:
    page = mentor.open("assessments:start")
    page.select_option("select[name=enrolment]", label=page_option(page, "enrolment", NAME))
    page.get_by_label("Asesmen tengah").check()
    page.fill("[name=visited_on]", timezone.localdate().isoformat())
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Lanjut mengisi").click()  # the areas of 5R are fine
    page.wait_for_load_state()
    mentor.picture("14-sections")
    assessment = Assessment.objects.get()
    sections = page.locator('main a[href*="/isi/"]')
    page.goto(mentor.server.url + sections.first.get_attribute("href"))
    while "/isi/" in page.url:
        for name in dict.fromkeys(
            page.eval_on_selector_all(".score input", "all => all.map(one => one.name)")
        ):
            three = page.locator(f'.score input[name="{name}"][value="3"]')
            (three if three.count() else page.locator(f'.score input[name="{name}"][value="4"]')).check(
                force=True
            )
        for box in page.locator("textarea[name^=catatan_]").all():  # a visit note backs each score above 1
            box.evaluate("box => { box.value = 'Dilihat langsung di lini produksi.' }")
        if not assessment.evidence.exists():
            page.set_input_files('input[type="file"] >> nth=0', picture)
            mentor.picture("15-section")
        page.locator('button[value="next"]').click()
        page.wait_for_load_state()
    mentor.picture("16-check")
    page.fill("[name=recommendation]", "Siap untuk pesanan percobaan.")
    page.get_by_role("button", name="Ajukan").click()
    page.wait_for_load_state()
    mentor.picture("17-submitted")
    assessment.refresh_from_db()
    assert assessment.status == Assessment.Status.SUBMITTED
    assert assessment.evidence.filter(kind="photo").exists()
    return assessment


def page_option(page, name, word) -> str:
    return next(
        words for words in page.locator(f"select[name={name}] option").all_inner_texts() if word in words
    )


def approves(assessor, assessment):
    page = assessor.open("assessments:review", assessment.code)
    page.get_by_label("Setujui").check()
    assessor.picture("18-review")
    page.get_by_role("button", name="Simpan keputusan").click()
    page.wait_for_load_state()
    assessor.picture("19-approved")
    assessment.refresh_from_db()
    assert (assessment.status, round(assessment.overall)) == (Assessment.Status.APPROVED, 76)


def invites_a_buyer(staff) -> tuple[Buyer, str]:
    page = staff.open("partnerships:add_buyer")
    page.fill("[name=name]", "PT Arunika Otoparts Nusa")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_load_state()
    buyer = Buyer.objects.get()
    page = staff.open("partnerships:add_contact", buyer.code)
    page.fill("[name=full_name]", "Dimas Arya")
    page.fill("[name=email]", "dimas@arunika.contoh.id")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_load_state()
    page = staff.open("partnerships:buyer", buyer.code)
    page.get_by_role("button", name="Undang").first.click()
    page.wait_for_load_state()
    staff.picture("20-buyer")
    return buyer, "dimas@arunika.contoh.id"


def signs_an_agreement(staff, enterprise, buyer) -> Agreement:
    today = timezone.localdate()
    page = staff.open("partnerships:add_agreement")
    page.fill("[name=number]", "012/NK/IKM-CL/XI/2026")
    page.fill("[name=title]", "Pasokan baut M8 untuk rangka")
    page.fill("[name=starts_on]", (today - timedelta(days=20)).isoformat())
    page.fill("[name=ends_on]", (today + timedelta(days=340)).isoformat())
    row = page.locator("select[name$='-enterprise']").first.get_attribute("name").rsplit("-", 1)[0]
    page.select_option(f"[name={row}-enterprise]", label=page_option(page, f"{row}-enterprise", NAME))
    page.select_option(f"[name={row}-buyer]", label=str(buyer))
    page.fill(f"[name={row}-part_name]", "Baut M8")
    page.fill(f"[name={row}-unit_price]", "1.250")
    page.fill(f"[name={row}-monthly_volume]", "40.000")
    staff.picture("21-agreement-form")
    page.get_by_role("button", name="Simpan").first.click()
    page.wait_for_load_state()
    agreement = Agreement.objects.get()
    page = staff.open("partnerships:sign_agreement", agreement.code)
    page.fill("[name=signed_on]", (today - timedelta(days=20)).isoformat())
    page.fill("[name=place]", "Jakarta")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    staff.picture("21b-signed")
    page = staff.open("partnerships:activate_agreement", agreement.code)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    staff.picture("22-agreement")
    agreement.refresh_from_db()
    assert agreement.status == Agreement.Status.ACTIVE
    return agreement


def orders(staff, agreement):
    today = timezone.localdate()
    page = staff.open("partnerships:add_order", agreement.code)
    page.fill("[name=number]", "PO-4501")
    page.locator("[name=kind][value=trial]").check()
    page.fill("[name=ordered_on]", (today - timedelta(days=15)).isoformat())
    row = page.locator("select[name$='-line']").first.get_attribute("name").rsplit("-", 1)[0]
    page.select_option(f"[name={row}-line]", index=1)
    page.fill(f"[name={row}-quantity]", "10.000")
    page.fill(f"[name={row}-due_on]", today.isoformat())
    staff.picture("23-order-form")
    page.get_by_role("button", name="Simpan").first.click()
    page.wait_for_load_state()
    assert agreement.orders.get().lines.get().quantity == 10_000


def delivers(owner, agreement):
    page = owner.open("partnerships:my_supply")
    owner.picture("24-my-supply")
    page = owner.open("partnerships:send_delivery")
    page.select_option("select[name=line]", label=page_option(page, "line", "Baut M8"))
    page.fill("[name=note_number]", "SJ-0001")
    page.fill("[name=delivered_on]", timezone.localdate().isoformat())
    page.fill("[name=quantity]", "6.000")
    owner.picture("25-send")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    owner.picture("26-sent")
    assert Delivery.objects.get().status == Delivery.Status.SUBMITTED


def confirms(partner):
    page = partner.open("partnerships:confirmations")
    partner.picture("27-queue")
    page.get_by_role("link", name="Konfirmasi SJ-0001").click()
    page.fill("[name=accepted]", "5.940")
    page.fill("[name=rejected]", "60")
    partner.picture("28-confirm")
    page.get_by_role("button", name="Konfirmasi terima").click()
    page.wait_for_load_state()
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.accepted_quantity) == (Delivery.Status.CONFIRMED, 5_940)


def proposes(staff, enterprise) -> ClassDecision:
    page = staff.open("assessments:enterprise", enterprise.code)
    staff.picture("29-enterprise-assessments")
    page.get_by_role("button", name=re.compile("Ajukan")).first.click()
    page.wait_for_load_state()
    return ClassDecision.objects.get()


def decides(lead, decision):
    page = lead.open("assessments:decision", decision.code)
    page.locator("[name=outcome][value=promoted]").check(force=True)
    page.fill(
        "[name=reason]",
        "Lini produksi stabil, pesanan percobaan dipenuhi, dan pelatihan lanjutan sudah terjadwal.",
    )
    page.get_by_label("Bagas Prana").check()
    lead.picture("30-decision")
    page.get_by_role("button", name="Lanjut ke pemeriksaan").click()
    page.wait_for_load_state()
    for box in page.locator("[name=declared]").all():
        box.check()
    lead.picture("31-decision-check")
    page.get_by_role("button", name="Catat keputusan").click()
    page.wait_for_load_state()
    lead.picture("32-decided")
    decision.refresh_from_db()
    assert (decision.status, decision.outcome) == (
        ClassDecision.Status.DECIDED,
        ClassDecision.Outcome.PROMOTED,
    )
    decision.enterprise.refresh_from_db()
    assert decision.enterprise.class_level == decision.level_after == 2


def shows_the_same_figures_on_screen_and_paper(lead, enterprise):
    """Ask for the report, see it finish, take it away, and find in it every figure that the profile shows."""
    page = lead.open("dashboard:profile", enterprise.code)
    page.get_by_text("Kehadiran pelatihan").first.wait_for()
    lead.picture("33-profile")
    shown = (
        page.locator(".stats .stat .v").all_inner_texts() + page.locator(".stats .stat .d").all_inner_texts()
    )
    page = lead.open("reports:list", query="?jenis=enterprise")
    lead.picture("34-reports")
    page.select_option("select[name=enterprise]", label=page_option(page, "enterprise", NAME))
    page.get_by_role("button", name="Buat laporan").click()
    lead.picture("35-report-running")
    ready = page.get_by_role("button", name=re.compile("Unduh PDF"))
    ready.first.wait_for()  # htmx asks every three seconds; nobody reloads
    lead.picture("36-report-done")
    with page.expect_download() as download:
        ready.first.click()
    file = pypdf.PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    words = plain("\n".join(one.extract_text() for one in file.pages))
    assert NAME in words
    figures = [plain(text) for text in shown if re.search(r"\d", text)]
    assert "76,3" in figures
    assert "60 dari 6.000 pcs" in figures
    assert [figure for figure in figures if figure not in words] == []


def plain(text: str) -> str:
    """Return the text with every kind of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
