"""Reports with a real browser, worker and sweeper: asked for, watched, left, found again; stopped; tried again."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from closedloop.accounts.roles import Role
from closedloop.reports.models import ReportJob
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, PersonFactory
from tests.waiting import wait_for

PHONE = {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
Status = ReportJob.Status


def statuses() -> list[str]:
    return sorted(ReportJob.objects.values_list("status", flat=True))


def asked_for_cards(lead, cohort):
    """Ask for the progress card of everybody in the cohort, from the page of the cohort."""
    page = lead.open("dashboard:cohort", cohort.code)
    page.get_by_role("link", name="Dokumen (zip)").click()
    page.get_by_role("button", name="Buat dokumen").click()
    page.get_by_text("Dokumen sedang dikerjakan").wait_for()
    return page


def is_never_loaded_again(page):
    """Mark the page; a page that is loaded anew has lost the mark."""
    page.evaluate("window.hereFromTheBeginning = true")


def was_not_loaded_again(page) -> bool:
    return page.evaluate("window.hereFromTheBeginning === true")


def test_an_owner_watches_leaves_comes_back_and_downloads(background, visitor):
    enterprise = EnrolmentFactory().enterprise
    user = UserFactory(role=Role.OWNER)
    PersonFactory(enterprise=enterprise, user=user)
    owner = visitor(PHONE).sign_in(user)
    page = owner.open("dashboard:owner_home")
    page.get_by_role("button", name="Unduh kartu kemajuan (PDF)").click()
    page.wait_for_url("**/laporan/*/")
    is_never_loaded_again(page)
    owner.picture("card-waiting-390")
    ready = page.get_by_role("button", name="Unduh PDF")
    ready.wait_for()  # the page asks by itself
    assert was_not_loaded_again(page)
    owner.picture("card-ready-390")
    owner.open("dashboard:owner_home")
    page = owner.open("notifications:list")
    page.get_by_role("button", name="Laporan siap").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh PDF").click()
    content = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == ReportJob.objects.get().artifact_sha256
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("count", [5, pytest.param(42, marks=pytest.mark.long)])
def test_a_batch_is_made_while_its_page_is_left_and_comes_as_one_zip(background, visitor, count):
    cohort = CohortFactory()
    names = [str(EnrolmentFactory(cohort=cohort).enterprise) for _ in range(count)]
    lead = visitor().sign_in(UserFactory(role=Role.LEAD))
    page = asked_for_cards(lead, cohort)
    is_never_loaded_again(page)
    page.get_by_role("button", name="Unduh PDF").first.wait_for()
    lead.picture(f"batch-{count}-running")
    assert was_not_loaded_again(page)
    lead.open("reports:list")  # leaves; what is under way is on the list, and joins what is finished
    wait_for(lambda: statuses() == [Status.DONE] * count, 120)
    page.get_by_text(f"{count} berkas PDF").wait_for()
    page.get_by_role("link", name="Kartu Kemajuan IKM").click()
    assert page.locator("tbody tr").count() == count
    lead.picture(f"batch-{count}-ready")
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh semua sebagai zip").click()
    assert download.value.suggested_filename.startswith("kartu-kemajuan-ikm-")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        papers = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert len(papers) == len(set(names)) == count


def test_a_lead_stops_a_batch_and_keeps_what_is_finished(background, visitor):
    cohort = CohortFactory()
    for _ in range(15):
        EnrolmentFactory(cohort=cohort)
    lead = visitor().sign_in(UserFactory(role=Role.LEAD))
    page = asked_for_cards(lead, cohort)
    page.get_by_role("link", name="Batalkan").click()
    lead.picture("batch-cancel")
    wait_for(lambda: Status.DONE in statuses())
    page.get_by_role("button", name="Batalkan yang belum selesai").click()
    page.get_by_text("laporan dibatalkan.").wait_for()
    ended = statuses()
    assert set(ended) == {Status.DONE, Status.CANCELLED}
    lead.picture("batch-cancelled")
    assert page.get_by_role("button", name="Unduh PDF").count() == ended.count(Status.DONE)
    page.wait_for_timeout(2_000)
    assert statuses() == ended  # no worker goes on with what was cancelled


def test_only_what_failed_is_tried_again(transactional_db, visitor, request):
    cohort = CohortFactory()
    for _ in range(2):
        EnrolmentFactory(cohort=cohort)
    lead = visitor().sign_in(UserFactory(role=Role.LEAD))
    page = asked_for_cards(lead, cohort)
    broken, sound = ReportJob.objects.order_by("subject_name")
    whole = broken.snapshot
    ReportJob.objects.filter(pk=broken.pk).update(snapshot={**whole, "figures": "rusak"})
    request.getfixturevalue("background")  # nobody drew before one snapshot was broken
    page.get_by_role("button", name="Ulangi yang gagal").wait_for()
    page.get_by_text("Kesalahan pada pembuat laporan").wait_for()
    lead.picture("batch-failed")
    assert statuses() == [Status.DONE, Status.FAILED]
    first = ReportJob.objects.get(pk=sound.pk).finished_at
    ReportJob.objects.filter(pk=broken.pk).update(snapshot=whole)
    page.get_by_role("button", name="Ulangi yang gagal").click()
    page.get_by_role("button", name="Unduh semua sebagai zip").wait_for()
    assert statuses() == [Status.DONE] * 2
    assert ReportJob.objects.get(pk=sound.pk).finished_at == first
