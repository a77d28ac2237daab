"""One valid row of any model of ours: from its factory, or from the recipe here where it has none."""

import importlib
import pkgutil
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

import factory
from django.db import connection, models
from django.utils import timezone

import tests.factories
from assessments.models import (
    BoardMember,
    ClassDecision,
    ClassRequirement,
    CohortRubric,
    CorrectiveAction,
    Criterion,
    DecisionCondition,
    Dimension,
    EffectivenessCheck,
    Evidence,
    FindingReminder,
    Objection,
    ReviewRemark,
    ReviewRound,
    Score,
)
from closedloop.accounts.models import Invitation
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import Heartbeat
from closedloop.notifications.models import Notification
from closedloop.regions.models import Province, Regency
from closedloop.reports.models import ReportBatch, ReportJob
from participants.models import EnrolmentMove, EnterpriseKbli, Kbli, Process, Product
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, ClassSchemeFactory, FindingFactory, RubricFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory
from tests.factories.trainings import AttendanceFactory
from trainings.models import AttendanceCorrection

NUMBERS = count(1)
MOMENT = datetime(2026, 5, 5, 3, tzinfo=UTC)


def plain(model, **defaults):
    """A recipe: a row of the model with these fields; a callable is asked for a new value each time."""

    def make(**fields):
        fresh = {
            name: make() if callable(make) else make for name, make in defaults.items() if name not in fields
        }
        return model._base_manager.create(**fresh, **fields)

    return make


def a_province(**fields):
    """The portal knows all provinces, so a new one has a code and letters that none of them has."""
    number = next(NUMBERS)
    letters = f"{'QWXZ'[number // 26 % 4]}{chr(65 + number % 26)}"
    fields = {"code": f"{37 + number % 13}", "iso": letters, "name": "Provinsi Contoh", **fields}
    return Province.objects.create(**{"time_zone": "Asia/Jakarta", **fields})


def a_regency(**fields):
    fields = {"code": f"33.{50 + next(NUMBERS) % 20}", "name": "Kabupaten Contoh", **fields}
    return Regency.objects.create(**{"province_id": "33", "kind": "kabupaten", **fields})


def a_score(**fields):
    assessment = fields.pop("assessment", None) or AssessmentFactory()
    criterion = (
        fields.pop("criterion", None) or Criterion.objects.filter(dimension__rubric=assessment.rubric).first()
    )
    return Score.objects.create(**{"assessment": assessment, "criterion": criterion, "value": 3, **fields})


def an_evidence(**fields):
    assessment = fields.pop("assessment", None) or AssessmentFactory()
    criterion = Criterion.objects.filter(dimension__rubric=assessment.rubric).first()
    known = {
        "assessment": assessment,
        "criterion": criterion,
        "taken_on": date(2026, 5, 5),
        "caption": "Rak baut",
    }
    return Evidence.objects.create(**{**known, "kind": "note", "uploaded_by": assessment.assessor, **fields})


def a_decision(**fields):
    """A proposal; `decided=True` one that a third person has decided."""
    is_decided = fields.pop("decided", False)
    assessment = fields.pop("assessment", None) or AssessmentFactory()
    known = {
        "enterprise": assessment.enterprise,
        "enrolment": assessment.enrolment,
        "assessment": assessment,
        "assessor": assessment.assessor,
        "scheme": ClassSchemeFactory(),
        "level_before": 1,
        "level_proposed": 2,
        "proposed_by": UserFactory(role=Role.STAFF),
    }
    if is_decided:
        known |= {
            "status": "decided",
            "outcome": "promoted",
            "level_after": 2,
            "is_recommended": True,
            "decided_by": UserFactory(role=Role.LEAD),
            "decided_at": MOMENT,
            "record_number": f"BA/{next(NUMBERS)}",
            "valid_until": date(2027, 5, 5),
            "snapshot_sha256": "0" * 64,
        }
    decision = ClassDecision.objects.create(**{**known, **fields})
    if is_decided:
        member = UserFactory(role=Role.ASSESSOR)
        BoardMember.objects.create(decision=decision, user=member, declared_at=MOMENT)
    return decision


def an_objection(**fields):
    """An owner's objection to a decided decision, waiting for its answer."""
    decision = fields.pop("decision", None) or a_decision(decided=True)
    known = {
        "raised_by": UserFactory(role=Role.OWNER),
        "reason": "Nilai K3L dihitung sebelum APAR diisi ulang.",
    }
    return Objection.objects.create(**{"decision": decision, **known, **fields})


def a_remark(**fields):
    """What a reviewer asks about the first item of a returned assessment."""
    round_ = fields.pop("round", None) or one(ReviewRound)
    criterion = Criterion.objects.filter(dimension__rubric=round_.assessment.rubric).first()
    return ReviewRemark.objects.create(
        **{"round": round_, "criterion": criterion, "text": "Foto kurang jelas", **fields}
    )


RECIPES = {
    Heartbeat: plain(Heartbeat, name=lambda: f"proses-{next(NUMBERS)}", at=MOMENT),
    Province: a_province,
    Regency: a_regency,
    Invitation: plain(
        Invitation,
        user=UserFactory,
        invited_by=UserFactory,
        token_hash=lambda: f"{next(NUMBERS):064d}",
        expires_at=lambda: timezone.now() + timedelta(days=14),
    ),
    Event: plain(
        Event,
        actor_name="Petugas",
        verb="contoh.dibuat",
        target_type="x.y",
        target_id="1",
        target_name="Contoh",
    ),
    Notification: plain(Notification, user=UserFactory, kind="contoh", title="Kabar"),
    Process: plain(Process, code=lambda: f"proses-{next(NUMBERS)}", name="Stamping"),
    Kbli: plain(Kbli, code=lambda: f"{29_000 + next(NUMBERS)}", title="Industri contoh"),
    EnterpriseKbli: plain(EnterpriseKbli, enterprise=EnterpriseFactory, kbli=lambda: one(Kbli)),
    Product: plain(Product, enterprise=EnterpriseFactory, name="Bracket"),
    EnrolmentMove: plain(
        EnrolmentMove, enrolment=EnrolmentFactory, before="registered", after="active", on=date(2026, 1, 12)
    ),
    AttendanceCorrection: plain(
        AttendanceCorrection,
        attendance=AttendanceFactory,
        before="present",
        after="late",
        reason="Datang pukul 10",
        by=UserFactory,
    ),
    Dimension: plain(
        Dimension,
        rubric=lambda: RubricFactory(published_at=None),
        code=lambda: f"D{next(NUMBERS)}",
        name="Bidang",
        name_en="Field",
        weight=10,
        order=9,
    ),
    Criterion: plain(
        Criterion,
        dimension=lambda: RubricFactory(published_at=None).dimensions.first(),
        code=lambda: f"C{next(NUMBERS)}",
        text="Butir",
        order=9,
    ),
    ClassRequirement: plain(
        ClassRequirement,
        scheme=lambda: ClassSchemeFactory(published_at=None),
        level=2,
        measure="buyers",
        threshold=2,
        order=9,
    ),
    CohortRubric: plain(CohortRubric, cohort=CohortFactory, rubric=RubricFactory, scheme=ClassSchemeFactory),
    Score: a_score,
    Evidence: an_evidence,
    ReviewRound: plain(
        ReviewRound,
        assessment=AssessmentFactory,
        number=1,
        reason="Foto kurang jelas",
        returned_by=UserFactory,
        returned_at=MOMENT,
    ),
    ReviewRemark: a_remark,
    ClassDecision: a_decision,
    BoardMember: plain(BoardMember, decision=a_decision, user=UserFactory),
    DecisionCondition: plain(
        DecisionCondition, decision=a_decision, text="APAR diisi ulang", due_on=date(2026, 12, 1)
    ),
    Objection: an_objection,
    EffectivenessCheck: plain(
        EffectivenessCheck, finding=FindingFactory, due_on=date(2026, 12, 31), closer=UserFactory
    ),
    FindingReminder: plain(
        FindingReminder, finding=FindingFactory, kind="reminder", due_on=date(2026, 12, 1), offset_days=0
    ),
    CorrectiveAction: plain(
        CorrectiveAction,
        finding=FindingFactory,
        description="Pasang pelindung",
        responsible="Kepala produksi",
        due_on=date(2026, 12, 1),
        entered_by=UserFactory,
    ),
    ReportBatch: plain(
        ReportBatch, kind="enterprise", title="Laporan", requested_by=UserFactory, form_key=uuid4
    ),
    ReportJob: plain(
        ReportJob,
        number=lambda: f"L/{next(NUMBERS)}",
        batch=lambda: one(ReportBatch),
        subject_id=uuid4,
        subject_name="Contoh",
        snapshot=dict,
        snapshot_sha256="0" * 64,
    ),
}


def factories() -> dict[type[models.Model], type[factory.django.DjangoModelFactory]]:
    """{model: factory}, from every module of tests.factories."""
    found = {}
    for info in pkgutil.iter_modules(tests.factories.__path__, "tests.factories."):
        for item in vars(importlib.import_module(info.name)).values():
            if (
                isinstance(item, type)
                and issubclass(item, factory.django.DjangoModelFactory)
                and item._meta.model
            ):
                found.setdefault(item._meta.model, item)
    return found


FACTORIES = factories()


def one(model, **fields):
    """Return a new valid row of the model."""
    return (RECIPES.get(model) or FACTORIES[model])(**fields)


def change(row, **fields) -> None:
    """Write to the row past every check but the database's own."""
    type(row)._base_manager.filter(pk=row.pk).update(**fields)


def again(row, **fields):
    """Insert the row once more under a new id, with a new code where it has one, and these fields changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for field in row._meta.concrete_fields:
        if field.unique and field.has_default():
            values[field.attname] = field.get_default()
    known = {row._meta.get_field(name).attname: getattr(value, "pk", value) for name, value in fields.items()}
    return type(row)._base_manager.create(**{**values, **known})


def without(constraint: str, row, **fields) -> None:
    """`change` after taking away another constraint that would refuse the same row first.

    The database tries check constraints in the order of their names and tells only the first that fails.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{row._meta.db_table}" DROP CONSTRAINT "{constraint}"')
    change(row, **fields)
