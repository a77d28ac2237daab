"""Taking a saved import back: all of it, or the reason why not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.formats import moment
from closedloop.workflow import TransitionError
from participants import actions
from participants.models import (
    AnnualFigure,
    Consent,
    Enrolment,
    EnrolmentMove,
    Enterprise,
    EnterpriseKbli,
    ImportBatch,
    Person,
    Product,
)
from participants.undo_refusals import pointing_at
from tests.factories.accounts import UserFactory
from tests.factories.participants import (
    CohortFactory,
    DocumentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
    PersonFactory,
)
from tests.factories.trainings import AttendanceFactory
from tests.guards.walk import tables
from tests.world.imports import sheet

pytestmark = pytest.mark.django_db
HEADERS = [
    "Nama Usaha",
    "Bentuk Usaha",
    "Nama Pemilik",
    "No. HP/WA",
    "NIB",
    "KBLI",
    "Alamat",
    "Kab/Kota",
    "Karyawan L",
    "Modal Usaha",
    "Omzet 2025",
    "Produk Utama",
    "Proses",
    "Setuju data diproses (Ya/Tidak)",
]
NIB = "9120000000011"
NEW = [
    "Contoh Tempa",
    "CV",
    "Wulan",
    "0812 3456 7890",
    "9120000000022",
    "25920",
    "Jl. Baru 1",
    "Kab. Tegal",
    "4",
    "750 juta",
    "1,5 M",
    "Braket",
    "Stamping",
    "Ya",
]
CHANGED = [
    "Lama Makmur",
    "CV",
    "Orang Baru",
    "0812 3456 7899",
    NIB,
    "25920",
    "Jl. Pindah 9",
    "Kab. Tegal",
    "7",
    "900 juta",
    "2,5 M",
    "Pelat",
    "Stamping",
    "Ya",
]
WRITTEN = (Enterprise, Person, Enrolment, EnrolmentMove, Consent, AnnualFigure, Product, EnterpriseKbli)


@pytest.fixture
def staff(codes):
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def cohort(codes):
    return CohortFactory(code="2026", quota=80)


@pytest.fixture
def known(staff):
    """An enterprise that was there before, with a figure of the same year."""
    enterprise = EnterpriseFactory(name="Lama Makmur", legal_form="cv", nib=NIB, address="Jl. Lama 1")
    PersonFactory(enterprise=enterprise, full_name="Pemilik Lama")
    actions.record_annual_figure(
        enterprise, by=None, year=2025, annual_sales=10**9, employee_count=5, source="dulu.xlsx"
    )
    return enterprise


def state() -> dict:
    """Everything an import writes, as plain values, without when it was touched and how often."""
    found = {}
    for model in WRITTEN:
        fields = [field.attname for field in model._meta.concrete_fields]
        fields = [name for name in fields if name not in ("version", "updated_at")]
        found[model] = sorted(map(str, model._base_manager.values_list(*fields)))
    found["processes"] = sorted(
        map(str, Enterprise.processes.through.objects.values_list("enterprise", "process"))
    )
    return found


def saved(cohort, staff, *rows):
    batch = actions.preview_import(sheet(HEADERS, *rows), cohort, by=staff, file_name="daftar.xlsx")
    assert batch.rows.refused().count() == 0, [row.problems for row in batch.rows.refused()]
    return actions.save_import(batch, by=staff)


def test_all_that_was_written_is_taken_back(cohort, staff, known):
    before = state()
    batch = saved(cohort, staff, NEW, CHANGED)
    known.refresh_from_db()
    assert (known.address, known.capital) == ("Jl. Pindah 9", 900_000_000)
    assert known.annual_figures.get().annual_sales == 2_500_000_000
    assert known.people.count() == 2
    written = state()
    assert all(written[model] != before[model] for model in WRITTEN)

    actions.undo_import(batch, by=staff)

    assert state() == before
    batch.refresh_from_db()
    assert batch.status == "undone" and batch.undone_at
    # the trail outlives what it is about
    removed = Event.objects.get(verb="enterprise.removed")
    assert "Contoh Tempa" in removed.target_name
    assert Event.objects.filter(enterprise_id=removed.enterprise_id, verb="enterprise.registered").exists()
    assert Event.objects.filter(verb="importbatch.undone", actor_id=staff.pk).count() == 1


def test_the_same_file_can_be_imported_again(cohort, staff, known):
    first = saved(cohort, staff, NEW, CHANGED)
    written = [model.objects.count() for model in WRITTEN]
    actions.undo_import(first, by=staff)
    again = saved(cohort, staff, NEW, CHANGED)
    assert again.counts() == {**first.counts(), "new": 1, "changed": 1}
    assert [model.objects.count() for model in WRITTEN] == written


def test_it_is_taken_back_once(cohort, staff):
    batch = saved(cohort, staff, NEW)
    actions.undo_import(batch, by=staff)
    with pytest.raises(TransitionError):
        actions.undo_import(ImportBatch.objects.get(pk=batch.pk), by=staff)


def built(name):
    """Return an act that builds on the enterprise a row registered."""

    def by_hand(enterprise, staff):
        actions.update_enterprise(enterprise, by=staff, address="Jl. Betul 3")

    def mentor(enterprise, staff):
        MentorAssignmentFactory(enrolment=enterprise.enrolments.get(), assigned_by=staff)

    def attendance(enterprise, staff):
        AttendanceFactory(enrolment=enterprise.enrolments.get())

    def document(enterprise, staff):
        DocumentFactory(enterprise=enterprise)

    def active(enterprise, staff):
        actions.move_enrolment(enterprise.enrolments.get(), "active", by=staff)

    return {act.__name__: act for act in (by_hand, mentor, attendance, document, active)}[name]


@pytest.mark.parametrize("name", ["by_hand", "mentor", "attendance", "document", "active"])
def test_what_was_built_on_it_holds_it(name, cohort, staff):
    batch = saved(cohort, staff, NEW)
    enterprise = Enterprise.objects.get(name="Contoh Tempa")
    built(name)(enterprise, staff)
    before = state()

    with pytest.raises(ValidationError) as refusal:
        actions.undo_import(batch, by=staff)

    assert any(f"({enterprise.code})" in message for message in refusal.value.messages)
    assert state() == before
    assert ImportBatch.objects.get(pk=batch.pk).status == "saved"


def test_a_correction_by_hand_of_a_changed_record_holds_it(cohort, staff, known):
    batch = saved(cohort, staff, CHANGED)
    known.refresh_from_db()
    actions.update_enterprise(known, by=staff, district="Adiwerna")
    with pytest.raises(ValidationError, match=known.code):
        actions.undo_import(batch, by=staff)


def test_looking_at_a_record_holds_nothing(cohort, staff):
    batch = saved(cohort, staff, NEW)
    actions.record_identity_view(Enterprise.objects.get(name="Contoh Tempa"), by=staff)
    actions.undo_import(batch, by=staff)
    assert not Enterprise.objects.exists()


def test_after_seven_days_it_stays(cohort, staff):
    batch = saved(cohort, staff, NEW)
    ImportBatch.objects.filter(pk=batch.pk).update(saved_at=timezone.now() - timedelta(days=7, minutes=1))
    batch.refresh_from_db()
    with pytest.raises(ValidationError, match="tujuh hari"):
        actions.undo_import(batch, by=staff)


def test_the_page_says_what_will_happen_or_why_not(cohort, staff, client):
    client.force_login(staff)
    batch = saved(cohort, staff, NEW)
    address = reverse("participants:undo_import", args=[batch.pk])
    assert "Ya, tarik kembali" in client.get(address).content.decode()
    enterprise = Enterprise.objects.get(name="Contoh Tempa")
    DocumentFactory(enterprise=enterprise)
    page = client.post(address, follow=True).content.decode()
    assert "tidak dapat ditarik kembali" in page and f"({enterprise.code}) sudah punya dokumen" in page
    enterprise.documents.all().delete()
    assert "ditarik kembali" in client.post(address, follow=True).content.decode()
    # a second press
    assert "tidak ada yang ditarik kembali" in client.post(address, follow=True).content.decode()


def test_afterwards_the_import_says_that_it_is_undone_by_whom_and_when(cohort, staff, client):
    client.force_login(staff)
    batch = saved(cohort, staff, NEW)
    assert "Langkah impor" in client.get(batch.get_absolute_url()).content.decode()
    actions.undo_import(batch, by=staff)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Impor ini sudah ditarik kembali." in page
    assert f"Oleh {staff.full_name}, {moment(batch.undone_at)}" in page
    assert "terdaftar, lalu dihapus lagi" in page and "IKM belum terdaftar" not in page
    assert "Langkah impor" not in page  # no step of it is done


def test_every_table_that_hangs_on_an_enterprise_is_looked_at():
    """A new app's table is seen by itself, as long as its rows know when they were made."""
    seen = {field.model._meta.db_table for field in pointing_at(Enterprise)}
    assert {"assessments_assessment", "partnerships_purchaseorder", "partnerships_agreementparty"} <= seen
    assert seen <= set(tables())
