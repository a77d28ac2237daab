"""A dispute becomes a complaint, is mended on a phone and looked at by the buyer; a review opens a new training."""

from datetime import timedelta

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from partnerships.models import Complaint
from tests.access.records import jpeg
from tests.factories.accounts import UserFactory
from tests.factories.links import DisputeFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory, PersonFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory
from tests.journeys.conftest import PHONE
from trainings.models import TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


def later(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def cast(transactional_db):
    """A buyer, an IKM in a cohort with a module, an agreement, and a delivery that is disputed."""
    enterprise, buyer = EnterpriseFactory(name="Nira Contoh"), BuyerFactory(name="PT Arunika Contoh")
    pin = CohortCurriculumFactory()
    ModuleFactory(curriculum=pin.curriculum, code="TEK", name="Teknis")
    EnrolmentFactory(enterprise=enterprise, cohort=pin.cohort)
    agreement = agreement_between([enterprise], [buyer])
    order = OrderFactory(enterprise=enterprise, buyer=buyer, agreement=agreement)
    delivery = DeliveryFactory(line=OrderLineFactory(order=order), status="disputed", note_number="SJ-0007")
    contact = BuyerContactFactory(buyer=buyer).user
    DisputeFactory(delivery=delivery, raised_by=contact, reason="quality", text="Lubang bergeser 2 mm")
    return {
        "contact": contact,
        "owner": PersonFactory(enterprise=enterprise).user,
        "staff": UserFactory(role=Role.STAFF),
        "delivery": delivery,
        "agreement": agreement,
    }


def test_dispute_to_corrective_action_to_effect(visitor, cast):
    desk, phone = visitor().sign_in(cast["contact"]), visitor(PHONE).sign_in(cast["owner"])
    page = desk.open("partnerships:delivery", cast["delivery"].code)
    page.get_by_role("link", name="Jadikan keluhan").click()
    desk.picture("keluhan-baru")
    page.get_by_role("button", name="Simpan keluhan").click()
    page.get_by_text("Keluhan tercatat.").wait_for()
    complaint = Complaint.objects.get()

    mine = phone.open("partnerships:complaint", complaint.code)
    assert mine.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mine.get_by_role("link", name="Tulis penahanan sementara").click()
    mine.get_by_label("Penahanan sementara").fill("Stok dipisah dan disortir")
    mine.get_by_role("button", name="Simpan penahanan").click()
    mine.get_by_role("link", name="Tulis akar masalah").click()
    mine.get_by_label("1. Mengapa?").fill("Pin penepat aus")
    mine.get_by_label("2. Mengapa?").fill("Pin tidak pernah diukur")
    mine.get_by_label("Akar masalah").fill("Pin tidak masuk daftar ukur mingguan")
    mine.get_by_role("button", name="Simpan akar masalah").click()
    mine.get_by_role("link", name="Rencanakan tindakan").click()
    mine.get_by_label("Tindakan", exact=False).first.fill("Ganti pin dan ukur tiap Senin")
    mine.get_by_label("Penanggung jawab").fill("Kepala produksi")
    mine.get_by_label("Tenggat").fill(later(5))
    mine.get_by_role("button", name="Simpan tindakan").click()
    phone.picture("keluhan-hp")
    mine.get_by_role("link", name="Tandai selesai").click()
    mine.get_by_label("Foto sesudah perbaikan").set_input_files(
        {"name": "sesudah.jpg", "mimeType": "image/jpeg", "buffer": jpeg("green")}
    )
    mine.get_by_role("button", name="Simpan foto").click()
    mine.get_by_role("button", name="Selesai, minta dicek pembeli").click()
    mine.get_by_text("Dikirim. Pembeli akan mengecek hasilnya.").wait_for()

    page.goto(desk.server.url + complaint.get_absolute_url())
    page.get_by_role("link", name="Cek keefektifan").click()
    page.get_by_label("Efektif", exact=True).check()
    page.get_by_label("Yang terlihat").fill("Tiga kiriman berikutnya baik")
    page.get_by_role("button", name="Simpan hasil cek").click()
    page.get_by_text("Hasil cek tersimpan.").wait_for()
    desk.picture("keluhan-selesai")
    complaint.refresh_from_db()
    assert complaint.status == Complaint.Status.EFFECTIVE


def test_a_review_opens_a_new_training(visitor, cast):
    desk = visitor().sign_in(cast["staff"])
    page = desk.open("partnerships:add_review", cast["agreement"].code)
    page.get_by_label("Tanggal tinjauan").fill(later(0))
    page.get_by_label("Notulen").fill("Ketepatan kirim turun karena mesin berhenti.")
    page.get_by_role("button", name="Simpan tinjauan").click()
    page.get_by_text("paling sedikit satu keputusan").first.wait_for()
    page.locator("[name=keputusan-0-kind]").select_option("training")
    page.locator("[name=keputusan-0-text]").fill("Ulang materi perawatan mesin")
    page.locator("[name=keputusan-0-enterprise]").select_option(label="CV Nira Contoh")
    page.locator("[name=keputusan-0-responsible]").fill("Petugas program")
    page.locator("[name=keputusan-0-due_on]").fill(later(21))
    page.locator("[name=keputusan-0-module_code]").select_option("TEK")
    desk.picture("tinjauan-baru")
    page.get_by_role("button", name="Simpan tinjauan").click()
    page.get_by_text("Tinjauan tersimpan dan ditutup").wait_for()
    desk.picture("tinjauan")
    page.get_by_role("link", name="Sesi: ").click()
    page.get_by_role("link", name="Ulang materi perawatan mesin").click()  # and back to the review
    page.get_by_role("heading", name="Tinjauan").first.wait_for()
    assert TrainingSession.objects.get().status == "draft"
