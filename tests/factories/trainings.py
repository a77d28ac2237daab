from datetime import timedelta
from decimal import Decimal

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.core.letterhead import letterhead
from closedloop.regions.models import Regency
from tests.factories.accounts import UserFactory
from tests.factories.frozen import thawed
from tests.factories.participants import CohortFactory, EnrolmentFactory, PersonFactory
from trainings.certification import Hours, facts_of
from trainings.models import (
    ActionReport,
    Answer,
    Attempt,
    Attendance,
    CalendarFeed,
    Certificate,
    CohortCurriculum,
    CorrectionRequest,
    Curriculum,
    Excuse,
    FactoryAction,
    Guest,
    Leaving,
    MakeUpSeat,
    Module,
    PlacePoint,
    Question,
    RosterTap,
    SentCheckIn,
    SessionReminder,
    Sheet,
    SheetPhoto,
    SignalAnswer,
    StatusSet,
    TestResult,
    TrainingSession,
    Visit,
    VisitAnswer,
    VisitPhoto,
    WarningAnswer,
)


class CurriculumFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Curriculum

    code = factory.Sequence(lambda n: f"kurikulum-{n}")
    version = 1
    name = "Kurikulum contoh"
    published_at = factory.LazyFunction(timezone.now)


class StatusSetFactory(factory.django.DjangoModelFactory):
    """A later version than the shipped one, in which who is late earns half."""

    class Meta:
        model = StatusSet

    version = factory.Sequence(lambda n: n + 2)
    name = "Aturan kehadiran contoh"
    late = Decimal("0.5")


class ModuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Module

    curriculum = factory.SubFactory(CurriculumFactory)
    code = factory.Sequence(lambda n: f"M{n}")
    name = factory.Sequence(lambda n: f"Modul contoh {n}")
    name_en = factory.Sequence(lambda n: f"Example module {n}")
    order = factory.Sequence(lambda n: n % 30_000)
    lesson_hours = 16

    @classmethod
    def _create(cls, model, *args, **fields):
        with thawed(fields["curriculum"], "trainings_module"):
            return super()._create(model, *args, **fields)


class QuestionFactory(factory.django.DjangoModelFactory):
    """Its first choice is the right one."""

    class Meta:
        model = Question

    module = factory.SubFactory(ModuleFactory)
    order = factory.Sequence(lambda n: n % 30_000)
    text = factory.Sequence(lambda n: f"Soal contoh {n}?")
    text_en = factory.Sequence(lambda n: f"Example question {n}?")
    choices = ["Benar", "Keliru", "Salah", "Bukan"]
    choices_en = ["Right", "Mistaken", "Wrong", "Not so"]
    correct = 0

    @classmethod
    def _create(cls, model, *args, **fields):
        with thawed(fields["module"].curriculum, "trainings_question"):
            return super()._create(model, *args, **fields)


class AttemptFactory(factory.django.DjangoModelFactory):
    """Seven of ten right, by the IKM's owner."""

    class Meta:
        model = Attempt

    enrolment = factory.SubFactory(EnrolmentFactory)
    person = factory.SubFactory(PersonFactory, enterprise=factory.SelfAttribute("..enrolment.enterprise"))
    module = factory.SubFactory(ModuleFactory)
    kind = TestResult.Kind.PRE
    right = 7
    asked = 10
    taken_by = factory.SubFactory(UserFactory, role=Role.OWNER)


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    attempt = factory.SubFactory(AttemptFactory)
    question = factory.SubFactory(QuestionFactory, module=factory.SelfAttribute("..attempt.module"))
    choice = 0


def with_bank(module, count=12):
    """Let the module have so many questions; returns it."""
    QuestionFactory.create_batch(count, module=module)
    return module


class CohortCurriculumFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CohortCurriculum

    cohort = factory.SubFactory(CohortFactory)
    curriculum = factory.SubFactory(CurriculumFactory)


class SessionFactory(factory.django.DjangoModelFactory):
    """A scheduled session tomorrow; `running=True` makes one that is open now, `held=True` one closed yesterday."""

    class Meta:
        model = TrainingSession
        skip_postgeneration_save = True

    class Params:
        running = factory.Trait(
            status=TrainingSession.Status.OPEN,
            starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5)),
        )
        held = factory.Trait(
            status=TrainingSession.Status.CLOSED,
            starts_at=factory.Sequence(lambda n: timezone.now() - timedelta(days=1, minutes=n)),
            head_count=0,
            closed_at=factory.LazyFunction(timezone.now),
            closed_by=factory.SubFactory(UserFactory, role=Role.STAFF),
        )

    cohort = factory.SubFactory(CohortFactory)
    module = factory.SubFactory(ModuleFactory)
    title = "5R di lantai produksi"
    starts_at = factory.Sequence(lambda n: timezone.now() + timedelta(days=1, minutes=n))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=3))
    lesson_hours = 4
    place = "Aula sentra contoh"
    trainer = factory.SubFactory(UserFactory, role=Role.MENTOR)
    status = TrainingSession.Status.SCHEDULED

    @factory.lazy_attribute
    def regency(self):
        return Regency.objects.select_related("province").get(code="33.28")  # Kabupaten Tegal, WIB

    @factory.post_generation
    def pinned(session, create, extracted, **_kwargs):
        """Let the cohort follow the module's curriculum, as a real session's cohort does."""
        if create:
            CohortCurriculum.objects.get_or_create(
                cohort=session.cohort, defaults={"curriculum": session.module.curriculum}
            )


class AttendanceFactory(factory.django.DjangoModelFactory):
    """A mark of the IKM's owner, recorded by QR."""

    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory, held=True)
    enrolment = factory.LazyAttribute(lambda mark: EnrolmentFactory(cohort=mark.session.cohort))
    status = Attendance.Status.PRESENT
    method = Attendance.Method.QR
    marked_by = factory.SubFactory(UserFactory, role=Role.OWNER)

    @factory.lazy_attribute
    def person(self):
        people = self.enrolment.enterprise.people
        return people.first() or PersonFactory(enterprise=self.enrolment.enterprise)


class TestResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TestResult

    __test__ = False

    enrolment = factory.SubFactory(EnrolmentFactory)
    module = factory.SubFactory(ModuleFactory)
    kind = TestResult.Kind.POST
    mark = Decimal(80)
    taken_on = factory.LazyFunction(timezone.localdate)
    entered_by = factory.SubFactory(UserFactory, role=Role.STAFF)


def enrol(cohort, **fields):
    """An enrolment in the cohort whose owner can sign in; returns (enrolment, person)."""
    enrolment = EnrolmentFactory(cohort=cohort, **fields)
    return enrolment, PersonFactory(enterprise=enrolment.enterprise)


def pass_module(enrolment, module):
    """Everything it takes to have passed the module: all of its one session attended, a mark of 80."""
    CohortCurriculum.objects.get_or_create(
        cohort=enrolment.cohort, defaults={"curriculum": module.curriculum}
    )
    session = SessionFactory(cohort=enrolment.cohort, module=module, held=True, lesson_hours=16)
    AttendanceFactory(session=session, enrolment=enrolment)
    TestResultFactory(enrolment=enrolment, module=module)


class CertificateFactory(factory.django.DjangoModelFactory):
    """One in force, with made-up facts."""

    class Meta:
        model = Certificate

    enrolment = factory.SubFactory(EnrolmentFactory)
    person = factory.SubFactory(PersonFactory, enterprise=factory.SelfAttribute("..enrolment.enterprise"))
    module = factory.SubFactory(ModuleFactory)
    number = factory.Sequence(lambda n: f"STP/{n:04}/CONTOH")
    issued_on = factory.LazyFunction(timezone.localdate)
    issued_by = factory.SubFactory(UserFactory, role=Role.STAFF)

    @factory.lazy_attribute
    def facts(self):
        hours = Hours(16, 16, 4, 4, self.issued_on, self.issued_on)
        return facts_of(
            person=self.person,
            enrolment=self.enrolment,
            module=self.module,
            hours=hours,
            signer=None,
            head=letterhead(),
        )


class ExcuseFactory(factory.django.DjangoModelFactory):
    """Asked by the IKM's owner, not answered."""

    class Meta:
        model = Excuse

    session = factory.SubFactory(SessionFactory)
    enrolment = factory.LazyAttribute(lambda excuse: EnrolmentFactory(cohort=excuse.session.cohort))
    kind = Excuse.Kind.EXCUSED
    reason = "Ada kunjungan pelanggan"
    asked_by = factory.SubFactory(UserFactory, role=Role.OWNER)


class MakeUpSeatFactory(factory.django.DjangoModelFactory):
    """A chair at tomorrow's session of another cohort, for an IKM that missed its own of yesterday."""

    class Meta:
        model = MakeUpSeat

    missed = factory.SubFactory(SessionFactory, held=True)
    enrolment = factory.LazyAttribute(lambda seat: EnrolmentFactory(cohort=seat.missed.cohort))
    session = factory.LazyAttribute(lambda seat: SessionFactory(module=seat.missed.module))
    invited_by = factory.SubFactory(UserFactory, role=Role.STAFF)


class CorrectionRequestFactory(factory.django.DjangoModelFactory):
    """Says that an absent one was there."""

    class Meta:
        model = CorrectionRequest

    attendance = factory.SubFactory(AttendanceFactory, status=Attendance.Status.ABSENT)
    wanted = Attendance.Status.PRESENT
    reason = "Saya hadir, HP saya mati"
    asked_by = factory.SubFactory(UserFactory, role=Role.OWNER)


class WarningAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WarningAnswer

    enrolment = factory.SubFactory(EnrolmentFactory)
    rule = WarningAnswer.Rule.MISSED_IN_A_ROW
    key = factory.Sequence(lambda n: f"SESI{n}:2")
    note = "Sudah ditelepon"
    answered_by = factory.SubFactory(UserFactory, role=Role.MENTOR)


class CalendarFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory, role=Role.OWNER)


class RosterTapFactory(factory.django.DjangoModelFactory):
    """A trainer's tap of *Hadir* on one IKM."""

    class Meta:
        model = RosterTap

    session = factory.SubFactory(SessionFactory, running=True)
    enrolment = factory.LazyAttribute(lambda tap: EnrolmentFactory(cohort=tap.session.cohort))
    status = Attendance.Status.PRESENT
    by = factory.LazyAttribute(lambda tap: tap.session.trainer)


class FactoryActionFactory(factory.django.DjangoModelFactory):
    """Given after a session of yesterday, due in two weeks, not reported."""

    class Meta:
        model = FactoryAction

    session = factory.SubFactory(SessionFactory, held=True)
    enrolment = factory.LazyAttribute(lambda action: EnrolmentFactory(cohort=action.session.cohort))
    order = 1
    text = "Beri garis dan label di rak bahan"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class ActionReportFactory(factory.django.DjangoModelFactory):
    """What the IKM's owner reported, waiting for the mentor."""

    class Meta:
        model = ActionReport

    action = factory.SubFactory(FactoryActionFactory, status=FactoryAction.Status.REPORTED)
    note = "Garis kuning dan label terpasang"
    photo = factory.LazyFunction(lambda: ContentFile(b"jpeg", name="sesudah.jpg"))
    photo_sha256 = "a" * 64
    reported_by = factory.SubFactory(UserFactory, role=Role.OWNER)


class GuestFactory(factory.django.DjangoModelFactory):
    """A walk-in that the trainer wrote down."""

    class Meta:
        model = Guest

    session = factory.SubFactory(SessionFactory, running=True)
    name = factory.Sequence(lambda n: f"Tamu Contoh {n}")
    organisation = "Dinas contoh"
    added_by = factory.LazyAttribute(lambda guest: guest.session.trainer)


class SheetFactory(factory.django.DjangoModelFactory):
    """A printed list of one IKM."""

    class Meta:
        model = Sheet

    session = factory.SubFactory(SessionFactory, running=True)
    printed_by = factory.LazyAttribute(lambda sheet: sheet.session.trainer)

    @factory.lazy_attribute
    def rows(self):
        enrolment, person = enrol(self.session.cohort)
        return [[str(enrolment.pk), str(enrolment.enterprise), person.full_name]]


class SheetPhotoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SheetPhoto

    sheet = factory.SubFactory(SheetFactory)
    photo = factory.django.FileField(filename="lembar.jpg", data=b"jpeg")
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    added_by = factory.LazyAttribute(lambda page: page.sheet.printed_by)


class SessionReminderFactory(factory.django.DjangoModelFactory):
    """The IKM's owner was reminded on WhatsApp."""

    class Meta:
        model = SessionReminder

    session = factory.SubFactory(SessionFactory)
    enrolment = factory.LazyAttribute(lambda one: EnrolmentFactory(cohort=one.session.cohort))
    person = factory.LazyAttribute(lambda one: PersonFactory(enterprise=one.enrolment.enterprise))
    channel = SessionReminder.Channel.WHATSAPP
    by = factory.LazyAttribute(lambda one: one.session.trainer)


class VisitFactory(factory.django.DjangoModelFactory):
    """A visit that has its host; nobody has filled in or confirmed anything."""

    class Meta:
        model = Visit

    session = factory.SubFactory(SessionFactory, running=True, kind=TrainingSession.Kind.VISIT)
    host = factory.LazyAttribute(lambda visit: EnrolmentFactory(cohort=visit.session.cohort))
    list_version = 1


class VisitAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitAnswer

    visit = factory.SubFactory(VisitFactory)
    order = 1
    text = "Barang yang tidak dipakai sudah dipisahkan"
    text_en = "What is not used has been set apart"


class VisitPhotoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitPhoto

    visit = factory.SubFactory(VisitFactory)
    photo = factory.LazyFunction(lambda: ContentFile(b"jpeg", name="kunjungan.jpg"))
    photo_sha256 = "c" * 64
    taken_by = factory.LazyAttribute(lambda photo: photo.visit.session.trainer)


class SentCheckInFactory(factory.django.DjangoModelFactory):
    """Arrived in time, and made a mark."""

    class Meta:
        model = SentCheckIn

    session = factory.SubFactory(SessionFactory, running=True)
    enrolment = factory.LazyAttribute(lambda sent: EnrolmentFactory(cohort=sent.session.cohort))
    sender = factory.SubFactory(UserFactory, role=Role.OWNER)
    outcome = SentCheckIn.Outcome.MARKED
    proof = SentCheckIn.Proof.QR
    receipt = factory.Sequence(lambda n: f"R{n:07}")
    proved_for = factory.LazyFunction(timezone.now)


class LeavingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Leaving

    attendance = factory.SubFactory(AttendanceFactory)
    left_at = factory.LazyFunction(timezone.now)
    proof = "qr"
    recorded_by = factory.SubFactory(UserFactory, role=Role.OWNER)


class PlacePointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlacePoint

    regency = factory.LazyFunction(lambda: SessionFactory().regency)
    key = factory.Sequence(lambda n: f"aula {n}")
    latitude = Decimal("-6.86943")
    longitude = Decimal("109.12559")
    set_by = factory.SubFactory(UserFactory, role=Role.MENTOR)


class SignalAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignalAnswer

    session = factory.SubFactory(SessionFactory, running=True)
    enrolment = factory.LazyAttribute(lambda answer: EnrolmentFactory(cohort=answer.session.cohort))
    kind = SignalAnswer.Kind.SHARED_PHONE
    key = factory.Sequence(lambda n: f"R{n:07}")
    verdict = SignalAnswer.Verdict.FAIR
    answered_by = factory.SubFactory(UserFactory, role=Role.MENTOR)
