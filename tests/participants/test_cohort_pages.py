"""The pages of cohorts and of imports."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from participants.models import Cohort, Enterprise, ImportBatch
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import pinned_cohort
from tests.factories.participants import (
    CohortFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    ImportBatchFactory,
)

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"participants:{name}", args=args)


def planned(**more):
    return {
        "name": "Angkatan 8",
        "code": "angkatan-8",
        "starts_on": "2027-01-11",
        "ends_on": "2027-12-17",
        "quota": "42",
        **more,
    }


def test_a_cohort_is_changed_and_moved(client, login):
    login(Role.STAFF)
    pinned_cohort(code="angkatan-8")
    client.post(address("edit_cohort", "angkatan-8"), planned(quota="50"))
    page = client.post(address("move_cohort", "angkatan-8"), {"status": "running"}, follow=True)
    cohort = Cohort.objects.get()
    assert (cohort.quota, cohort.status) == (50, "running")
    assert "Status angkatan menjadi Berjalan" in page.content.decode()


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"name": ""}, "Isi nama angkatan."),
        ({"ends_on": "2027-01-11"}, "sesudah tanggal mulai"),
        ({"quota": "0"}, "Kuota paling sedikit 1."),
        ({"quota": "banyak"}, "Tulis kuotanya dengan angka."),
        ({"code": "angkatan 8"}, "Pakai huruf, angka, dan strip saja."),
        ({"code": "tambah"}, "Kode ini tidak dapat dipakai"),
        ({"starts_on": "kapan-kapan"}, "Tulis tanggal yang ada di kalender."),
    ],
)
def test_a_wrong_cohort_is_told_beside_its_field(client, login, wrong, message):
    cohort = pinned_cohort(code="angkatan-8", quota=7)
    login(Role.STAFF)
    assert message in client.post(address("edit_cohort", cohort.code), planned(**wrong)).content.decode()
    cohort.refresh_from_db()
    assert cohort.quota == 7


@pytest.mark.parametrize("status", ["planned", "", "selesai"])
def test_a_move_that_cannot_be_is_a_message(client, login, status):
    cohort = CohortFactory()
    login(Role.STAFF)
    response = client.post(address("move_cohort", cohort.code), {"status": status}, follow=True)
    assert 'role="alert"' in response.content.decode()


def test_members_are_filtered_by_status(client, login):
    active = EnrolmentFactory(status="active")
    EnrolmentFactory(cohort=active.cohort, status="withdrawn")
    login(Role.STAFF)
    page = client.get(address("cohort", active.cohort.code), {"status": "active"})
    assert list(page.context["page"]) == [active]


def test_enrolling_offers_only_those_who_are_free(client, login):
    busy, cohort = EnrolmentFactory(), CohortFactory(quota=1)
    free = EnterpriseFactory.create_batch(2)
    login(Role.STAFF)
    assert set(client.get(address("enrol", cohort.code)).context["candidates"]) == set(free)
    codes = [busy.enterprise.code, *(one.code for one in free)]
    page = client.post(address("enrol", cohort.code), {"ikm": codes}, follow=True).content.decode()
    assert "2 IKM menjadi calon peserta." in page and "melebihi kuota" in page
    assert cohort.enrolments.count() == 2


def test_leaving_without_a_reason_is_told_and_nothing_moves(client, login):
    enrolment = EnrolmentFactory(status="active")
    login(Role.STAFF)
    data = {"status": "withdrawn", "on": timezone.localdate().isoformat(), "reason": " "}
    page = client.post(address("move_enrolment", enrolment.pk), data).content.decode()
    assert "Isi alasannya." in page
    client.post(address("move_enrolment", enrolment.pk), data | {"reason": "Usaha dijual"})
    enrolment.refresh_from_db()
    assert enrolment.status == "withdrawn"


@pytest.mark.parametrize("days, message", [(1, "setelah hari ini"), (-4000, "sebelum perubahan terakhir")])
def test_a_move_on_a_strange_day_is_refused(client, login, days, message):
    enrolment = EnrolmentFactory(status="active")
    login(Role.STAFF)
    day = timezone.localdate() + timedelta(days=days)
    data = {"status": "graduated", "on": day.isoformat()}
    assert message in client.post(address("move_enrolment", enrolment.pk), data).content.decode()


def test_only_the_moves_of_the_table_are_offered(client, login):
    enrolment = EnrolmentFactory(status="registered")
    login(Role.STAFF)
    form = client.get(address("move_enrolment", enrolment.pk)).context["form"]
    assert [value for value, _label in form.fields["status"].choices] == ["active", "withdrawn"]


def test_a_mentor_is_assigned(client, login):
    enrolment, mentor = EnrolmentFactory(), UserFactory(role=Role.MENTOR)
    login(Role.STAFF)
    client.post(address("assign_mentor", enrolment.pk), {"mentor": mentor.pk, "starts_on": "2026-06-01"})
    assert enrolment.mentor_assignments.get().mentor == mentor
    page = client.post(address("assign_mentor", enrolment.pk), {"starts_on": "2026-06-01"}).content.decode()
    assert "Pilih mentor." in page


def test_an_import_from_upload_to_saved(client, login, codes, workbook):
    cohort = CohortFactory(code="2026")
    login(Role.STAFF)
    with workbook.open("rb") as file:
        response = client.post(
            address("upload"), {"cohort": "2026", "file": file, "key": new_id()}, follow=True
        )
    batch = ImportBatch.objects.get()
    page = response.content.decode()
    assert "Simpan 73 IKM" in page and "G18" in page
    assert not Enterprise.objects.exists()

    row = batch.rows.get(outcome="possible_duplicate")
    client.post(address("import_as_new", row.pk))
    page = client.post(address("save_import", batch.pk), follow=True).content.decode()
    assert "74 IKM baru dan 0 perubahan tersimpan." in page
    assert cohort.enrolments.count() == 74

    client.post(address("save_import", batch.pk), follow=True)  # pressed twice
    assert Enterprise.objects.count() == 74

    sheet = load_workbook(BytesIO(client.get(address("problems", batch.pk)).content)).active
    assert sheet.max_row == 1 + 12


@pytest.mark.parametrize(
    "content, message",
    [
        (b"bukan excel", "bukan .xlsx yang utuh"),
        (b"\xd0\xcf\x11\xe0lama", ".xls lama atau dikunci"),
        (b"", "Berkas ini kosong"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(client, login, content, message):
    CohortFactory(code="2026")
    login(Role.STAFF)
    file = SimpleUploadedFile("pendaftaran.xlsx", content)
    data = {"cohort": "2026", "file": file, "key": new_id()}
    assert message in client.post(address("upload"), data).content.decode()
    assert not ImportBatch.objects.exists()


def test_an_upload_needs_a_cohort_and_a_file(client, login):
    login(Role.STAFF)
    page = client.post(address("upload"), {"cohort": ""}).content.decode()
    assert "Pilih angkatan." in page and "Pilih berkas Excel." in page


def test_an_import_is_put_away(client, login):
    batch = ImportBatchFactory()
    login(Role.STAFF)
    client.post(address("discard_import", batch.pk))
    batch.refresh_from_db()
    assert batch.status == "discarded"
    page = client.post(address("save_import", batch.pk), follow=True).content.decode()
    assert "berstatus dibatalkan" in page
