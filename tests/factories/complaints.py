from datetime import date

import factory

from partnerships.models import Complaint, ComplaintAction
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import BuyerFactory


class ComplaintFactory(factory.django.DjangoModelFactory):
    """A complaint in any state: `ComplaintFactory(status="proposed")`."""

    class Meta:
        model = Complaint

    enterprise = factory.SubFactory(EnterpriseFactory)
    buyer = factory.SubFactory(BuyerFactory)
    problem = "Lubang baut bergeser 2 mm"
    raised_on = date(2026, 11, 10)
    due_on = date(2026, 11, 24)
    raised_by = factory.SubFactory(UserFactory, role="buyer")
    status = Complaint.Status.OPEN

    class Params:
        is_ended = factory.LazyAttribute(lambda row: row.status in Complaint.ENDED)
        is_explained = factory.LazyAttribute(
            lambda row: row.status not in {"open", "contained", "in_progress"}
        )

    containment = factory.LazyAttribute(lambda row: "" if row.status == "open" else "Stok dipisah")
    whys = factory.LazyAttribute(lambda row: ["Pin aus", "Tidak diganti"] if row.is_explained else [])
    root_cause = factory.LazyAttribute(lambda row: "Tidak ada jadwal ganti pin" if row.is_explained else "")
    verdict_note = factory.LazyAttribute(lambda row: "Tiga kiriman baik" if row.is_ended else "")
    checked_at = factory.LazyAttribute(lambda row: "2026-11-23T03:00:00Z" if row.is_ended else None)
    checked_by = factory.Maybe("is_ended", factory.SubFactory(UserFactory, role="buyer"), None)


class ComplaintActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ComplaintAction

    complaint = factory.SubFactory(ComplaintFactory, status="in_progress")
    description = "Pin diganti tiap seribu langkah"
    responsible = "Kepala produksi"
    due_on = date(2026, 11, 20)
