import io
import zipfile
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.reports import artefacts
from closedloop.reports.models import ReportBatch, ReportJob
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory
from tests.factories.reports import PDF, ReportBatchFactory, ReportJobFactory

pytestmark = pytest.mark.django_db


def page_of(response) -> str:
    return response.content.decode()


def completed(user, **job):
    batch = ReportBatchFactory(requested_by=user, completed_at=timezone.now())
    return ReportJobFactory(batch=batch, **job)


def wish(**data):
    return {"language": "id", "form_key": uuid4(), **data}


# --- Asking -------------------------------------------------------------------------------------------
def test_asking_for_one_ikm_leads_to_its_page(client, login):
    login(Role.LEAD)
    enterprise = EnterpriseFactory()
    response = client.post(reverse("reports:request") + "?jenis=enterprise", wish(enterprise=enterprise.pk))
    batch = ReportBatch.objects.get()
    assert response.url == batch.get_absolute_url()
    page = page_of(client.get(response.url))
    assert "Laporan sedang dikerjakan" in page and "Antre" in page and "Perbarui" in page


def test_asking_for_a_cohort_makes_one_report_per_ikm(client, login):
    login(Role.STAFF)
    cohort = CohortFactory()
    for _ in range(3):
        EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort, status="withdrawn")
    client.post(reverse("reports:request") + "?jenis=enterprise", wish(cohort=cohort.pk))
    assert ReportJob.objects.count() == 3


def test_the_same_form_sent_twice_makes_one_request(client, login):
    login(Role.LEAD)
    data = wish(enterprise=EnterpriseFactory().pk)
    answers = [client.post(reverse("reports:request") + "?jenis=enterprise", data).url for _ in range(2)]
    assert ReportBatch.objects.count() == 1 and answers[0] == answers[1]


def test_the_same_form_with_another_wish_gets_a_message(client, login):
    login(Role.LEAD)
    key, address = uuid4(), reverse("reports:request") + "?jenis=enterprise"
    client.post(address, wish(enterprise=EnterpriseFactory().pk, form_key=key))
    response = client.post(address, wish(enterprise=EnterpriseFactory().pk, form_key=key))
    assert "Formulir ini sudah dipakai" in page_of(response)


@pytest.mark.parametrize(
    "kind, data, message",
    [
        ("enterprise", {}, "Pilih satu IKM, atau pilih angkatan"),
        ("enterprise", {"enterprise": "00000000-0000-0000-0000-000000000000"}, "Pilih IKM dari daftar"),
        ("cohort", {}, "Pilih angkatan."),
        ("enterprise", {"form_key": "x"}, "Muat ulang, lalu kirim lagi"),
    ],
)
def test_a_request_that_cannot_be_read_says_what_to_do(client, login, kind, data, message):
    login(Role.LEAD)
    EnrolmentFactory()
    response = client.post(reverse("reports:request") + f"?jenis={kind}", {**wish(), **data})
    assert response.status_code == 200 and message in page_of(response)
    assert not ReportBatch.objects.exists()


def test_a_kind_one_may_not_ask_for_is_never_taken_for_another(client, login):
    login(Role.LEAD)
    data = wish(enterprise=EnterpriseFactory().pk)
    assert client.post(reverse("reports:request") + "?jenis=cohort", data).status_code == 403
    assert client.post(reverse("reports:request"), data).status_code == 403


def test_another_page_can_fill_the_form(client, login):
    login(Role.LEAD)
    enterprise = EnterpriseFactory()
    page = page_of(client.get(reverse("reports:list") + f"?jenis=enterprise&ikm={enterprise.code}"))
    assert f'value="{enterprise.pk}" selected' in page


def test_nobody_names_an_ikm_outside_their_scope(client, login, world):
    world.enrolment  # noqa: B018 the mentor has one IKM of their own
    login(world.mentor)
    response = client.post(
        reverse("reports:request") + "?jenis=enterprise", wish(enterprise=world.other_enterprise.pk)
    )
    assert "Pilih IKM dari daftar" in page_of(response)


# --- Watching -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_asks_the_database_no_more_for_more_rows(client, login, rows, django_assert_max_num_queries):
    user = login(Role.LEAD)
    for _ in range(rows):
        completed(user, finished=True)
        ReportJobFactory(batch=ReportBatchFactory(requested_by=user))
    with django_assert_max_num_queries(21):
        client.get(reverse("reports:list"))


@pytest.mark.parametrize("rows", [1, 5])
def test_a_batch_asks_the_database_no_more_for_more_reports(
    client, login, rows, django_assert_max_num_queries
):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    for _ in range(rows):
        ReportJobFactory(batch=batch)
    with django_assert_max_num_queries(13):
        client.get(batch.get_absolute_url())


def test_progress_polls_until_everything_is_done(client, login):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    ReportJobFactory(batch=batch, finished=True)
    ReportJobFactory(batch=batch)
    address = reverse("reports:progress", args=[batch.code])
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "1 dari 2 laporan" in page_of(answer)
    assert "every 3s" in page_of(answer)
    ReportBatch.objects.update(completed_at=timezone.now())
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 286 and "every 3s" not in page_of(answer)


def test_a_failed_report_shows_its_reason_and_can_be_tried_again(client, login):
    job = completed(login(Role.LEAD), given_up=True)
    page = page_of(client.get(job.batch.get_absolute_url()))
    assert "Foto rusak pada temuan KS7." in page and "Ulangi yang gagal" in page
    client.post(reverse("reports:retry", args=[job.batch.code]))
    job.refresh_from_db()
    assert job.status == "queued"


# --- Taking away ----------------------------------------------------------------------------------------
def test_a_download_has_a_clear_name_and_leaves_a_trace(client, login):
    job = completed(login(Role.LEAD), finished=True)
    response = client.post(reverse("reports:download", args=[job.code]))
    assert b"".join(response.streaming_content) == PDF
    assert 'filename="laporan-ikm-cv-contoh-presisi-20261124.pdf"' in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store" and response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Event.objects.get().verb == "report.downloaded"


def test_a_zip_holds_only_reports_whose_taking_was_noted(client, login):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    noted = ReportJobFactory(batch=batch, finished=True)
    response = client.post(reverse("reports:download_all", args=[batch.code]))
    ReportJobFactory(batch=batch, finished=True)  # ends while the zip is being sent
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 1
    assert Event.objects.get(verb="report.downloaded").target_id == str(noted.pk)


def test_a_zip_holds_each_finished_report_under_its_own_name(client, login):
    job = completed(login(Role.LEAD), finished=True)
    twin = ReportJobFactory(batch=job.batch, finished=True)
    ReportJobFactory(batch=job.batch, given_up=True)
    response = client.post(reverse("reports:download_all", args=[job.batch.code]))
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert archive.read(names[0]) == PDF
    assert len(set(names)) == 2
    assert names[1].endswith((f"{twin.code.lower()}.pdf", f"{job.code.lower()}.pdf"))


@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7 diubah"], ids=["gone", "changed"])
@pytest.mark.parametrize("name, of", [("reports:download", "job"), ("reports:download_all", "batch")])
def test_a_file_that_is_gone_or_changed_is_told_and_never_handed_over(client, login, name, of, damage):
    job = completed(login(Role.LEAD), finished=True)
    path = artefacts.path_of(job.artifact_sha256)
    path.unlink()
    if damage:
        path.write_bytes(damage)
    response = client.post(reverse(name, args=[job.code if of == "job" else job.batch.code]), follow=True)
    assert "hilang, atau tidak sama dengan yang diterbitkan" in page_of(response)
    assert not Event.objects.exists()


def test_a_report_that_is_not_finished_cannot_be_taken(client, login):
    job = ReportJobFactory(batch=ReportBatchFactory(requested_by=login(Role.LEAD)))
    assert client.post(reverse("reports:download", args=[job.code])).status_code == 404
    response = client.post(reverse("reports:download_all", args=[job.batch.code]), follow=True)
    assert "Belum ada laporan yang selesai" in page_of(response)


def test_a_failed_report_stands_before_the_others(client, login):
    lead = login("lead")
    batch = ReportBatchFactory(requested_by=lead)
    ReportJobFactory(batch=batch, subject_name="CV Awal", finished=True)
    ReportJobFactory(batch=batch, subject_name="CV Zaman", given_up=True)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert page.index("Foto rusak") < page.index("CV Awal")
