"""Documents: asked for where they belong, made once, taken away as paper and as Excel."""

import io
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from closedloop.reports import kinds
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from closedloop.reports.work import work_on
from closedloop.reports.workbook import workbook
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DecisionFactory,
    ReviewFactory,
    agreement_between,
)
from tests.factories.trainings import AttendanceFactory, GuestFactory, SessionFactory
from tests.reports.papers import snapshot_of

pytestmark = [
    pytest.mark.django_db,
]


def test_an_owner_presses_twice_waits_and_takes_card_and_sheet_away(world, client, login):
    enterprise = world.enrolment.enterprise
    address = reverse("reports:document", args=["kartu-kemajuan", enterprise.code])
    login(world.owner)
    assert address in client.get(reverse("dashboard:owner_home")).content.decode()
    key = {"form_key": new_id()}
    first = client.post(address, key)
    assert client.post(address, key).url == first.url
    job = ReportJob.objects.get()
    assert job.enterprise_id == enterprise.pk
    work_on(job.pk)
    page = client.get(first.url).content.decode()
    assert "Kartu Kemajuan IKM" in page and "Unduh PDF" in page and "Unduh Excel" in page
    paper = client.post(reverse("reports:download", args=[job.code]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    sheet = client.post(reverse("reports:download_sheet", args=[job.code]))
    assert sheet["Content-Disposition"].endswith('.xlsx"')
    assert load_workbook(io.BytesIO(sheet.content)).sheetnames == ["Data", "Definisi", "Tentang laporan"]


def test_a_stale_page_and_an_unknown_kind_ask_for_nothing(world, client, login):
    login(world.staff)
    code = world.enrolment.enterprise.code
    page = client.post(reverse("reports:document", args=["kartu-kemajuan", code]), {}, follow=True)
    assert "sudah lama terbuka" in page.content.decode()
    for kind, of in (("laporan", code), ("notulen-tinjauan", "bukan-uuid")):
        answer = client.post(reverse("reports:document", args=[kind, of]), {"form_key": new_id()})
        assert answer.status_code == 404
    assert not ReportBatch.objects.exists()


def test_an_assessor_may_watch_without_a_way_to_pages_that_are_not_theirs(world, client, login):
    login(world.assessor)
    address = reverse("reports:document", args=["audit", world.assessment.code])
    page = client.post(address, {"form_key": new_id()}, follow=True).content.decode()
    assert "Laporan Audit 5R dan K3L" in page
    assert reverse("reports:list") + '"' not in page


def test_a_party_reads_of_no_other_buyer_and_no_other_ikm_in_review_minutes():
    mine, other = EnterpriseFactory(name="Milik Saya"), EnterpriseFactory(name="Lain Sekali")
    buyers = [BuyerFactory(name="PT Satu Contoh"), BuyerFactory(name="PT Dua Contoh")]
    deal = agreement_between([mine], buyers[:1])
    extra = agreement_between([other], buyers[1:])
    extra.lines.update(agreement=deal)
    extra.parties.update(agreement=deal)
    meeting = ReviewFactory(
        agreement=deal, figures={"money": {"promised": "840000000"}, "until": "2026-03-31"}
    )
    for text, who in (("Untuk semua", None), ("Untuk saya", mine), ("Untuk yang lain", other)):
        DecisionFactory(meeting=meeting, text=text, enterprise=who)
    buyer = UserFactory(role=Role.BUYER)
    BuyerContactFactory(buyer=buyers[0], user=buyer)
    words = json.dumps(snapshot_of(Kind.REVIEW, meeting, by=buyer), ensure_ascii=False)
    assert "Untuk semua" in words and "Untuk saya" in words
    for hidden in ("Untuk yang lain", "Lain Sekali", "PT Dua Contoh", "Nilai dipesan\\", 'Rp840.000.000"]'):
        assert hidden not in words, hidden
    reviews = snapshot_of(Kind.AGREEMENT, deal, by=buyer)["reviews"]
    assert {one["text"] for one in reviews[0]["decisions"]} == {"Untuk semua", "Untuk saya"}
    lead = snapshot_of(Kind.REVIEW, meeting, by=UserFactory(role=Role.LEAD))
    assert len(lead["decisions"]) == 3 and ["Nilai dijanjikan", "Rp840.000.000"] in lead["frozen"]


def test_an_attendance_list_says_who_verified_nothing_yet_and_leaves_room_for_late_comers():
    session = SessionFactory(running=True)
    AttendanceFactory(session=session)
    EnrolmentFactory(cohort=session.cohort)
    GuestFactory(session=session, name="Tamu Contoh")
    found = snapshot_of(Kind.REGISTER, session, by=session.trainer)
    assert [row["verification"] for row in found["rows"]] == ["Tercatat", ""]
    assert found["sums"][0][1:] == ["1 dari 2 IKM", 1]
    assert found["sums"][5][1:] == ["Belum ada data", None]  # nobody counted heads
    assert kinds.KINDS[Kind.REGISTER].context(found)["empty_lines"]
    table = rows_of(found)
    assert ("Jumlah", "Orang di ruangan", None) in table  # unknown is an empty cell
    assert ("Jumlah", "Hadir", 1) in table


def test_the_sheet_holds_numbers_as_numbers_and_text_as_text():
    made = AssessmentFactory(filled=2, submitted=True, approved=True, recommendation="=1+1")
    enterprise = made.enterprise
    enterprise.name = "=cmd|contoh"
    enterprise.save()
    found = snapshot_of(Kind.ENTERPRISE, enterprise)
    table = rows_of(found)
    values = {row[2]: row[3] for row in full_rows(found) if row[8]}
    for figure in found["figures"].values():
        if figure["value"] is not None and not figure["parts"]:
            assert Decimal(str(values[figure["name"]])) == pytest.approx(Decimal(figure["value"]))
    assert all(not str(value).startswith("=") or kind == "s" for value, kind in cells_of(found))
    assert table


def full_rows(snapshot) -> list[tuple]:
    content = workbook(snapshot, kinds.cells_of(snapshot))
    return list(load_workbook(io.BytesIO(content))["Data"].iter_rows(min_row=2, values_only=True))


def rows_of(snapshot) -> list[tuple]:
    return [(row[0], row[1], row[3]) for row in full_rows(snapshot)]


def cells_of(snapshot) -> list[tuple]:
    content = workbook(snapshot, kinds.cells_of(snapshot))
    sheet = load_workbook(io.BytesIO(content))["Data"]
    return [(cell.value, cell.data_type) for row in sheet.iter_rows() for cell in row]
