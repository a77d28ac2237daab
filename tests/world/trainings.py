"""Records of the access table that belong to trainings."""

from datetime import timedelta
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from closedloop.core.models import new_id
from tests.factories.trainings import (
    ActionReportFactory,
    AnswerFactory,
    AttemptFactory,
    AttendanceFactory,
    CalendarFeedFactory,
    CertificateFactory,
    CohortCurriculumFactory,
    CorrectionRequestFactory,
    ExcuseFactory,
    FactoryActionFactory,
    GuestFactory,
    MakeUpSeatFactory,
    ModuleFactory,
    QuestionFactory,
    SessionFactory,
    SheetFactory,
    SheetPhotoFactory,
    TestResultFactory,
    VisitAnswerFactory,
    VisitFactory,
    VisitPhotoFactory,
    with_bank,
)
from trainings import actions
from trainings.check_in_codes import spoken_code
from trainings.warned import warnings_of


class TrainingsWorld:
    @cached_property
    def curriculum(self):
        return CohortCurriculumFactory(cohort=self.cohort).curriculum

    @cached_property
    def module(self):
        return ModuleFactory(curriculum=self.curriculum, code="5R")

    @cached_property
    def tested_module(self):
        """With a bank, and a session of the owner's cohort that is open: the test before it can be answered."""
        with_bank(self.module)
        return self.open_session.module

    @cached_property
    def attempt(self):
        """The owner's test before the module, handed in."""
        attempt = AttemptFactory(
            enrolment=self.enrolment, person=self.person, module=self.tested_module, taken_by=self.owner
        )
        AnswerFactory(attempt=attempt, question=self.module.questions.first())
        return attempt

    @cached_property
    def draft_module(self):
        """In a version that nobody has published."""
        return ModuleFactory(curriculum__published_at=None, code="K3L", order=5)

    @cached_property
    def draft_question(self):
        return QuestionFactory(module=self.draft_module)

    @cached_property
    def training_session(self):
        """Planned for tomorrow, with the owner's IKM on its roster."""
        return SessionFactory(
            cohort=self.enrolment.cohort,
            module=self.module,
            trainer=self.mentor,
            title="5R di lantai produksi",
        )

    @cached_property
    def due_session(self):
        """Begins now, but nobody has opened it."""
        return SessionFactory(
            running=True,
            status="scheduled",
            cohort=self.enrolment.cohort,
            module=self.module,
            trainer=self.mentor,
        )

    @cached_property
    def open_session(self):
        return SessionFactory(
            running=True, cohort=self.enrolment.cohort, module=self.module, trainer=self.mentor
        )

    @property
    def spoken(self):
        """The code that is good at this moment in the open session."""
        return spoken_code(self.open_session.secret, timezone.now())

    @cached_property
    def attendance(self):
        """The owner's own mark, made by code, not verified yet."""
        return AttendanceFactory(
            session=self.open_session,
            enrolment=self.enrolment,
            person=self.person,
            marked_by=self.owner,
            method="code",
        )

    @cached_property
    def mark_to_leave(self):
        """The owner's mark at a session that asks for the way home and is over in ten minutes."""
        begins = timezone.now() - timedelta(minutes=50)
        session = SessionFactory(
            running=True,
            cohort=self.enrolment.cohort,
            module=self.module,
            trainer=self.mentor,
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
            asks_exit=True,
        )
        return AttendanceFactory(
            session=session, enrolment=self.enrolment, person=self.person, marked_by=self.owner
        )

    @cached_property
    def odd_check_in(self):
        """The second of two marks that two IKM made with one phone in the open session."""
        return [
            AttendanceFactory(session=self.open_session, method="code", device="satu-hp")
            for _number in range(2)
        ][1]

    @cached_property
    def roster_tap(self):
        """By which a member of staff marked the owner's IKM as present."""
        return actions.tap(self.open_session, self.enrolment, "present", by=self.staff)

    @cached_property
    def guest(self):
        """A walk-in of the open session that nobody has looked at."""
        return GuestFactory(session=self.open_session)

    @cached_property
    def sheet(self):
        """Printed for the open session, with the owner's IKM on it."""
        row = [str(self.enrolment.pk), str(self.enterprise), self.person.full_name]
        return SheetFactory(session=self.open_session, rows=[row])

    @cached_property
    def sheet_photo(self):
        return SheetPhotoFactory(sheet=self.sheet)

    @cached_property
    def closed_attendance(self):
        session = SessionFactory(
            held=True, cohort=self.enrolment.cohort, module=self.module, trainer=self.mentor
        )
        return AttendanceFactory(
            session=session, enrolment=self.enrolment, person=self.person, marked_by=self.owner
        )

    @cached_property
    def certificate(self):
        """In force, of the owner, who has earned it by one session and its test."""
        TestResultFactory(
            enrolment=self.enrolment, module=self.module, kind="post", mark=90, entered_by=self.mentor
        )
        attendance = self.closed_attendance
        return CertificateFactory(
            enrolment=self.enrolment, person=attendance.person, module=self.module, issued_by=self.staff
        )

    @cached_property
    def warned(self):
        """The warning of the owner's IKM, which missed its only two sessions."""
        for _number in range(2):
            session = SessionFactory(
                held=True, cohort=self.enrolment.cohort, module=self.module, trainer=self.mentor
            )
            AttendanceFactory(session=session, enrolment=self.enrolment, person=self.person, status="absent")
        return next(one for one in warnings_of([self.enrolment]) if one.missed)

    @cached_property
    def missed_session(self):
        """Closed, and the owner's IKM was absent."""
        session = SessionFactory(
            held=True, cohort=self.enrolment.cohort, module=self.module, trainer=self.mentor
        )
        AttendanceFactory(session=session, enrolment=self.enrolment, person=self.person, status="absent")
        return session

    @cached_property
    def make_up_session(self):
        """Tomorrow's session of the same module in another cohort, by the same trainer."""
        return SessionFactory(module=self.module, trainer=self.mentor)

    @cached_property
    def make_up_seat(self):
        return MakeUpSeatFactory(
            enrolment=self.enrolment,
            missed=self.missed_session,
            session=self.make_up_session,
            invited_by=self.staff,
        )

    @cached_property
    def excuse(self):
        """Asked by the owner for tomorrow's session, with a photo."""
        return ExcuseFactory(
            session=self.training_session,
            enrolment=self.enrolment,
            asked_by=self.owner,
            photo=ContentFile(b"jpeg", name="surat.jpg"),
        )

    @cached_property
    def correction_request(self):
        return CorrectionRequestFactory(
            attendance=self.closed_attendance,
            wanted="excused",
            asked_by=self.owner,
            photo=ContentFile(b"jpeg", name="surat.jpg"),
        )

    @cached_property
    def calendar_feed(self):
        """The owner's own."""
        return CalendarFeedFactory(user=self.owner)

    @cached_property
    def factory_action(self):
        """Given to the owner's IKM after a session that is closed; nobody has worked on it."""
        return FactoryActionFactory(
            session=self.closed_attendance.session, enrolment=self.enrolment, owner=self.person
        )

    @cached_property
    def action_report(self):
        """Reported by the owner, with photos of before and after; waits for the mentor."""
        action = FactoryActionFactory(
            session=self.closed_attendance.session,
            enrolment=self.enrolment,
            order=2,
            text="Buang barang yang tidak dipakai",
            status="reported",
            before=ContentFile(b"jpeg", name="sebelum.jpg"),
            before_sha256="b" * 64,
        )
        return ActionReportFactory(action=action, reported_by=self.owner)

    def a_visit_session(self):
        return SessionFactory(
            running=True,
            kind="visit",
            cohort=self.enrolment.cohort,
            module=self.module,
            trainer=self.mentor,
            place=f"Pabrik {new_id()}",
        )

    @cached_property
    def unhosted_visit(self):
        """A visit that runs now, of which nobody has said where it is."""
        return self.a_visit_session()

    @cached_property
    def visit(self):
        """At the owner's factory, running; one line to be filled in."""
        return VisitAnswerFactory(
            visit=VisitFactory(session=self.a_visit_session(), host=self.enrolment)
        ).visit

    @cached_property
    def visit_photo_row(self):
        return VisitPhotoFactory(visit=self.visit)

    @cached_property
    def led_visit(self):
        """At the owner's factory; the trainer has confirmed, the owner not yet."""
        session = self.a_visit_session()
        return VisitFactory(
            session=session, host=self.enrolment, led_at=timezone.now(), led_by=session.trainer
        )
