from datetime import date

import factory

from closedloop.accounts.roles import Role
from closedloop.regions.models import Regency
from participants.models import (
    AnnualFigure,
    Cohort,
    Consent,
    Document,
    Enrolment,
    Enterprise,
    EnterpriseMerge,
    FollowUp,
    ImportBatch,
    ImportRow,
    Kbli,
    LegalForm,
    MentorAssignment,
    NotDuplicate,
    Person,
    Process,
    SavedView,
    SearchWord,
)
from tests.factories.accounts import UserFactory


class KbliFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Kbli
        django_get_or_create = ("code", "version")

    code = factory.Sequence(lambda n: f"{29000 + n}")
    title = "Industri contoh"


class ProcessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Process
        django_get_or_create = ("code",)

    code = "stamping"
    name = "Stamping"


class EnterpriseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enterprise

    name = factory.Sequence(lambda n: f"Contoh Presisi {n}")
    legal_form = LegalForm.CV
    nib = factory.Sequence(lambda n: f"{9_120_000_000_000 + n}")
    founded_year = 2011
    address = "Jl. Contoh No. 5"
    employees_male = 14
    employees_female = 4
    capital = 1_200_000_000

    @factory.lazy_attribute
    def regency(self):
        return Regency.objects.get(code="33.28")  # Kabupaten Tegal, WIB


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    enterprise = factory.SubFactory(EnterpriseFactory)
    full_name = factory.Sequence(lambda n: f"Pemilik Contoh {n}")
    is_primary = True
    user = factory.SubFactory(UserFactory, role=Role.OWNER)


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort

    code = factory.Sequence(lambda n: f"angkatan-{n}")
    name = factory.Sequence(lambda n: f"Angkatan {n}")
    starts_on = date(2026, 1, 12)
    ends_on = date(2026, 12, 18)
    quota = 42
    status = Cohort.Status.RUNNING


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    enterprise = factory.SubFactory(EnterpriseFactory)
    cohort = factory.SubFactory(CohortFactory)
    status = Enrolment.Status.ACTIVE
    status_since = date(2026, 1, 12)


class FollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUp

    enrolment = factory.SubFactory(EnrolmentFactory, status=Enrolment.Status.GRADUATED)
    months = 3
    due_on = date(2026, 11, 2)


class MentorAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MentorAssignment

    enrolment = factory.SubFactory(EnrolmentFactory)
    mentor = factory.SubFactory(UserFactory, role=Role.MENTOR)
    assigned_by = factory.SubFactory(UserFactory, role=Role.STAFF)
    starts_on = date(2026, 1, 12)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = Document.Kind.ISO9001
    number = factory.Sequence(lambda n: f"QMS-{1000 + n}")
    issuer = "Lembaga Sertifikasi Contoh"
    issued_on = date(2025, 3, 1)
    expires_on = date(2028, 2, 28)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    enterprise = factory.SubFactory(EnterpriseFactory)
    purpose = Consent.Purpose.TRAINING
    text_version = "2026-1"
    channel = "Portal"


class AnnualFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnnualFigure

    enterprise = factory.SubFactory(EnterpriseFactory)
    year = 2025
    annual_sales = 7_400_000_000
    employee_count = 18


class ImportBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportBatch

    cohort = factory.SubFactory(CohortFactory)
    file_name = "pendaftaran-contoh.xlsx"
    file_sha256 = "0" * 64
    headers = ["Nama Usaha", "NIB"]


class ImportRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRow

    batch = factory.SubFactory(ImportBatchFactory)
    sheet_row = factory.Sequence(lambda n: 4 + n)
    outcome = ImportRow.Outcome.ERROR
    cells = ["CV Contoh", "123"]
    values = {"name": "Contoh", "nib": None, "npwp": None, "changes": {}}
    problems = [
        {
            "sheet_row": 4,
            "field": "nib",
            "column": "B",
            "header": "NIB",
            "value": "123",
            "code": "too_short",
            "message": "NIB harus 13 angka.",
            "is_warning": False,
        }
    ]


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory, role=Role.STAFF)
    name = factory.Sequence(lambda n: f"Tampilan {n}")
    query = "kelas=2"


class SearchWordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SearchWord

    word = "knalpot"


class EnterpriseMergeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EnterpriseMerge

    survivor = factory.SubFactory(EnterpriseFactory)
    other = factory.SubFactory(EnterpriseFactory)
    values = {"survivor": {}, "other": {}, "class": [None, None]}
    merged_by = factory.SubFactory(UserFactory, role=Role.STAFF)


class NotDuplicateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NotDuplicate

    first = factory.SubFactory(EnterpriseFactory)
    second = factory.SubFactory(EnterpriseFactory)  # made later, so its id is higher
    reason = "Dua pabrik satu keluarga"
    decided_by = factory.SubFactory(UserFactory, role=Role.STAFF)
