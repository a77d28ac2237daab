from uuid import uuid4

import factory
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.reports import artefacts
from closedloop.reports.models import Kind, ReportBatch, ReportJob, Revocation, Supersession
from tests.factories.accounts import UserFactory

PDF = b"%PDF-1.7 contoh"


def small_snapshot(**more) -> dict:
    """The least a stored report has: what the verification page and the file name read."""
    return {
        "schema": 1,
        "kind": "enterprise",
        "language": "id",
        "title": "Laporan Perkembangan IKM",
        "heading": "CV Contoh Presisi",
        "day": "2026-11-24",
        "as_of": "2026-11-24T03:12:00+00:00",
        "as_of_text": "24 November 2026, 10.12 WIB",
        "number": "LPI/0042/IKM-CL/XI/2026",
        "code_text": "HFJT-Y7X5-9R2B",
        "url": "https://portal.contoh.id/periksa/HFJTY7X59R2B/",
        "requested_by": "Pimpinan Contoh",
        "filters": [],
        "scores": {"rows": []},
        "modules": [],
        "headlines": ["scores.last"],
        "figures": {
            "scores.last": {
                "name": "Nilai total terakhir",
                "unit": "score",
                "source": "Penilaian",
                "value": "69.2",
                "n": None,
                "m": None,
                "parts": [],
                "definition": "Nilai total penilaian resmi terakhir.",
                "text": "69,2",
                "of": "",
                "records": 1,
            }
        },
        **more,
    }


class ReportBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportBatch

    kind = Kind.ENTERPRISE
    title = "Laporan Perkembangan IKM: CV Contoh Presisi"
    requested_by = factory.SubFactory(UserFactory, role=Role.LEAD)
    form_key = factory.LazyFunction(uuid4)


class ReportJobFactory(factory.django.DjangoModelFactory):
    """A queued report; `finished=True` one with its file on disk, `given_up=True` a failed one."""

    class Meta:
        model = ReportJob

    class Params:
        finished = factory.Trait(
            status=ReportJob.Status.DONE,
            artifact_sha256=factory.LazyFunction(lambda: artefacts.store(PDF, uuid4())),
            artifact_size=len(PDF),
            pages=3,
            finished_at=factory.LazyFunction(timezone.now),
        )
        given_up = factory.Trait(
            status=ReportJob.Status.FAILED,
            error_text="Foto rusak pada temuan KS7.",
            finished_at=factory.LazyFunction(timezone.now),
        )

    batch = factory.SubFactory(ReportBatchFactory)
    number = factory.Sequence(lambda n: f"LPI/{n:04d}/IKM-CL/XI/2026")
    subject_id = factory.LazyFunction(uuid4)
    subject_name = "CV Contoh Presisi"
    snapshot = factory.LazyFunction(small_snapshot)
    snapshot_sha256 = "0" * 64


class SupersessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supersession

    old = factory.SubFactory(ReportJobFactory, finished=True)
    new = factory.SubFactory(ReportJobFactory, finished=True)


class RevocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Revocation

    job = factory.SubFactory(ReportJobFactory, finished=True)
    reason = "Nilai tes akhir salah masuk."
    revoked_by = factory.SubFactory(UserFactory, role=Role.LEAD)
