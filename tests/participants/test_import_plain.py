"""Changed rows written a thousand at a time leave what one act after another leaves."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from closedloop.audit.models import Event
from closedloop.regions.models import Regency
from participants import actions
from participants.actions.import_changed import update_from_row
from participants.actions.import_plain import is_plain, update_plainly
from participants.actions.import_values import Codes
from participants.models import Enterprise, ImportRow
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory, PersonFactory
from tests.world.imports import sheet

pytestmark = pytest.mark.django_db
HEADERS = [
    "Nama Usaha", "Bentuk Usaha", "Nama Pemilik", "No. HP/WA", "NIB", "Alamat", "Kab/Kota", "Tahun Berdiri",
    "Karyawan L", "Modal Usaha", "Produk Utama", "Setuju data diproses (Ya/Tidak)",
]  # fmt: skip


def told(number, *, product="", address="Jl. Pindah 9"):
    return [
        f"Contoh {number}", "CV", "Wulan", f"0812 3456 78{number}", f"91200000000{number}", address, "Kab. Tegal",
        "2011", "7", "900 juta", product, "Ya",
    ]  # fmt: skip


@pytest.fixture
def batch(codes):
    """Three that change columns only, and one that also names a product; all are in the cohort already."""
    cohort = CohortFactory()
    for number in (11, 12, 13, 14):
        known = EnterpriseFactory(
            name=f"Contoh {number}",
            legal_form="cv",
            nib=f"91200000000{number}",
            capital=None,
            phone="",
            regency=Regency.objects.get(code="33.28"),
        )
        PersonFactory(enterprise=known, full_name="Wulan", phone=f"+62812345678{number}")
        EnrolmentFactory(enterprise=known, cohort=cohort)
    rows = [told(11), told(12), told(13, address="Jl. Lain 4"), told(14, product="Braket")]
    return actions.preview_import(
        sheet(HEADERS, *rows), cohort, by=UserFactory(role="staff"), file_name="daftar.xlsx"
    )


def left():
    """What is on record, and what the trail says of it, in words that do not depend on when."""
    names = [field.attname for field in Enterprise._meta.concrete_fields if field.name != "updated_at"]
    events = Event.objects.filter(verb="enterprise.updated").order_by("target_id")
    return (
        list(Enterprise.objects.order_by("pk").values_list(*names)),
        list(events.values_list("target_id", "target_name", "enterprise_id", "actor_id", "data")),
    )


def test_the_same_as_one_after_another(batch):
    rows = list(batch.rows.filter(outcome=ImportRow.Outcome.CHANGED).select_related("enterprise"))
    staff = batch.uploaded_by
    assert rows, [(row.outcome, row.problems) for row in batch.rows.all()]
    plain = [row for row in rows if is_plain(row)]
    assert (len(plain), len(rows)) == (3, 4), [row.values["changes"] for row in rows]
    names = [field.attname for field in Enterprise._meta.concrete_fields if field.name != "updated_at"]
    version = names.index("version")
    before = [row[:version] + row[version + 1 :] for row in left()[0]]
    point = transaction.savepoint()
    for row in plain:
        update_from_row(row, row.enterprise, batch, by=staff, codes=Codes())
    expected = left()
    assert len(expected[1]) == len(plain)
    transaction.savepoint_rollback(point)
    assert left() != expected
    with CaptureQueriesContext(connection) as asked:
        update_plainly(plain, batch, by=staff)
    assert left() == expected
    assert len(asked) <= 6
    update_plainly(plain, batch, by=staff, back=True)
    assert [row[:version] + row[version + 1 :] for row in left()[0]] == before
    assert len(left()[1]) == 2 * len(plain)
