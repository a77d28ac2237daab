"""A 5R audit of two areas on a phone: photographed, interrupted, gone on with where it was, and handed in."""

import gzip
from datetime import timedelta

import factory
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from assessments.models import Assessment
from closedloop.accounts.roles import Role
from participants.models import Cohort, Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.areas import BANDS, KINDS
from tests.factories.assessments import CohortRubricFactory, RubricFactory, criterion, dimension
from tests.factories.participants import CohortFactory, EnrolmentFactory, MentorAssignmentFactory
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

GROUPS = ("Ringkas", "Rapi", "Resik", "Rawat", "Rajin")
ITEMS = 2  # of each group
FIRST_LOAD = 150 * 1024  # bytes over the wire: HTML, CSS, scripts and fonts


class FiveSFactory(RubricFactory):
    """5R with five groups, per area, and nothing else; a score of 0, 1 or 4 is shown by a photo."""

    area_kinds = KINDS

    @factory.post_generation
    def content(rubric, create, extracted, **options):
        per_area = {"is_per_area": True, "photo_scores": [0, 1, 4], "bands": BANDS, "pass_score": 75}
        five_s = dimension(rubric, "5R", "5R", 100, 1, **per_area)
        for number, group in enumerate(GROUPS, start=1):
            for item in range(1, ITEMS + 1):
                criterion(five_s, f"R{number}.{item}", number * 10 + item, group=group)


@pytest.fixture
def mentor(transactional_db):
    today = timezone.localdate()
    cohort = CohortFactory(status=Cohort.Status.RUNNING, starts_on=today - timedelta(days=60))
    CohortRubricFactory(cohort=cohort, rubric=FiveSFactory())
    enrolment = EnrolmentFactory(cohort=cohort, status=Enrolment.Status.ACTIVE)
    person = UserFactory(role=Role.MENTOR, full_name="Wening Asih")
    MentorAssignmentFactory(enrolment=enrolment, mentor=person)
    return person


@pytest.fixture
def rack(tmp_path):
    """A photo as a phone takes it."""
    picture = Image.new("RGB", (1600, 1200), "#cdd8df")
    ImageDraw.Draw(picture).rectangle((200, 300, 1400, 700), outline="#0e4f73", width=12)
    path = tmp_path / "rak.jpg"
    picture.save(path, "JPEG")
    return path


def test_two_areas_audited_with_photos_and_resumed_where_it_was(mentor, visitor, rack, count):
    phone = visitor(PHONE).sign_in(mentor)
    assessment = begins(phone)
    page = phone.page
    page.get_by_role("link", name="Ringkas").first.click()
    count("audit on a phone", first_load_bytes=first_load(page))
    fills(page, 5, rack)  # the whole first area
    fills(page, 2, rack)  # Ringkas and Rapi of the second
    page.locator('input[name="nilai_R3-1"][value="3"]').check(force=True)
    page.locator("#simpan", has_text="Tersimpan").wait_for()
    page.close()  # the phone rings, the browser goes

    phone.page = page = phone.context.new_page()
    phone.open("assessments:fill", assessment.code)
    phone.picture("audit-resumed")
    page.get_by_role("link", name="Lanjutkan di Produksi: Resik, butir R3.2").click()
    assert page.locator('input[name="nilai_R3-1"][value="3"]').is_checked()
    fills(page, 3, rack)
    page.get_by_text("Semua butir lengkap").wait_for()
    phone.picture("audit-check")
    page.get_by_role("button", name="Ajukan").click()
    page.get_by_text("menunggu tinjauan").first.wait_for()
    phone.picture("audit-result")
    assessment.refresh_from_db()
    assert assessment.status == Assessment.Status.SUBMITTED
    counts = {
        area.name: (area.scores.count(), area.evidence.photos().count()) for area in assessment.areas.all()
    }
    assert counts == {"Gudang bahan baku": (10, 1), "Produksi": (10, 1)}


def begins(phone) -> Assessment:
    """Start, take the store in beside the production, and go on to the form."""
    page = phone.open("assessments:start")
    page.select_option("select[name=enrolment]", index=1)
    page.get_by_label("Asesmen tengah").check()
    page.get_by_role("button", name="Mulai").click()
    page.get_by_role("heading", name="Area yang dinilai").wait_for()
    page.get_by_text("Tambah area").first.click()
    page.select_option("select[name=kind]", value="gudang")
    phone.picture("audit-areas")
    page.get_by_role("button", name="Tambah area").click()
    page.get_by_text("Area Gudang bahan baku ditambahkan").wait_for()
    made = Assessment.objects.get()
    made.areas.filter(name="Produksi").update(order=9)  # the store comes first here, as on the way in
    page.get_by_role("link", name="Lanjut mengisi").click()
    page.wait_for_url(f"**{reverse('assessments:fill', args=[made.code])}")
    phone.picture("audit-overview")
    return made


def fills(page, sections: int, rack) -> None:
    """Tap a score for each item still open, photograph the one 4 of each area, and go on by the page's button."""
    for _section in range(sections):
        page.wait_for_load_state()
        for box in page.locator(".score").all():
            if box.locator("input:checked").count():
                continue
            name = box.locator("input").first.get_attribute("name")
            value = "4" if name == "nilai_R2-1" else "3"
            label = box.locator(f'label:has(input[value="{value}"])')
            assert label.bounding_box()["height"] >= 44  # a thumb's size
            label.click()
            if value == "4":
                page.set_input_files('input[name="foto_R2-1"]', rack)
        before = page.url
        page.locator('button[value="next"]').click()
        page.wait_for_url(lambda url, before=before: url != before)


def first_load(page) -> int:
    """Load the page with an empty cache and return the bytes of what it needs, text compressed as on the wire."""
    asked = {}
    page.on("response", lambda answer: asked.setdefault(answer.url, answer.request.resource_type))
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.reload(wait_until="networkidle")
    needed = {
        url: kind for url, kind in asked.items() if kind in ("document", "stylesheet", "script", "font")
    }
    assert set(needed.values()) == {"document", "stylesheet", "script", "font"}
    sizes = {}
    for url, kind in needed.items():
        body = page.request.get(url).body()
        sizes[url] = len(body if kind == "font" else gzip.compress(body))
    assert sum(sizes.values()) <= FIRST_LOAD, sizes
    return sum(sizes.values())
