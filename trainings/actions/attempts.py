"""A test answered on a phone, and letting somebody try again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enrolment, Person
from trainings.actions.results import enter_test_result
from trainings.marking import counted, mark_of
from trainings.models import Answer, Attempt, Module, TestResult
from trainings.opening import Opening
from trainings.papers import find_test, tests_of


@transaction.atomic
def hand_in_test(
    enrolment: Enrolment,
    person: Person,
    module: Module,
    kind: str,
    choices: Mapping[UUID, int],
    *,
    by: User,
    id: UUID,
    finished: datetime | None = None,
    sent: datetime | None = None,
) -> Attempt:
    """Keep the answers, count them, and write the IKM's mark; the same id again returns the first attempt.

    `choices` holds for each of the person's ten questions the number of the choice, from 0. `finished` and `sent`
    are the phone's clock; whether the test is open is decided by the server's. The mark that counts is the best of
    the IKM's people and tries; one that staff wrote down is never overwritten. ValidationError for a test that is
    not open or answered already, and for questions that are not this person's.
    """
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    whose = {"enrolment": enrolment, "person": person, "module": module, "kind": kind}
    if known := Attempt.objects.filter(pk=id).first():
        if all(getattr(known, name) == value for name, value in whose.items()):
            return known
        raise ValidationError(_("Muat ulang halaman tes, lalu kirim lagi."))
    _refuse_stranger(enrolment, person)
    test = find_test(tests_of(enrolment, person), module, kind)
    if test is None or not test.can_be_taken:
        raise ValidationError(_("Tes ini tidak terbuka untuk Anda sekarang."))
    questions = {asked.question.pk: asked.question for asked in test.paper()}
    if set(choices) != set(questions) or not set(choices.values()) <= {0, 1, 2, 3}:
        raise ValidationError(_("Jawaban ini bukan untuk soal Anda. Muat ulang halaman tes."))
    right = sum(choice == questions[pk].correct for pk, choice in choices.items())
    attempt = Attempt.objects.create(
        **whose,
        id=id,
        right=right,
        asked=len(questions),
        taken_by=by,
        finished_on_phone=finished,
        sent_on_phone=sent,
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=questions[pk], choice=choice) for pk, choice in choices.items()
    )
    record(
        "attempt.handed_in", attempt, by=by, module=module.code, kind=kind, right=right, asked=len(questions)
    )
    _write_mark(attempt, by=by)
    return attempt


@transaction.atomic
def reopen_test(attempt: Attempt, reason: str, *, by: User) -> Attempt:
    """Let the person answer the test once more, for a reason that is kept; this attempt stays as it is.

    ValidationError for a test whose time is over: nobody could answer it.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    if attempt.reopened_at:
        return attempt
    tests = tests_of(attempt.enrolment, attempt.person)
    if any(
        test.opening == Opening.OVER
        for test in tests
        if (test.module.code, test.kind) == (attempt.module.code, attempt.kind)
    ):
        raise ValidationError(_("Tes ini sudah ditutup, jadi tidak dapat dikerjakan lagi."))
    attempt.reopened_at, attempt.reopened_by, attempt.reopen_reason = timezone.now(), by, reason
    attempt.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
    record("attempt.reopened", attempt, by=by, module=attempt.module.code, kind=attempt.kind, reason=reason)
    return attempt


def _refuse_stranger(enrolment: Enrolment, person: Person) -> None:
    if person.enterprise_id != enrolment.enterprise_id or not person.is_active:
        raise ValidationError(_("Tes ini untuk orang dari IKM yang ikut angkatan ini."))
    if not enrolment.is_on_roster:
        raise ValidationError(_("IKM ini tidak ada di daftar angkatan, jadi tesnya tidak dicatat."))


def _write_mark(attempt: Attempt, *, by: User) -> None:
    """Let the IKM's mark be the best of its people and tries, unless staff wrote one down."""
    enrolment, module, kind = attempt.enrolment, attempt.module, attempt.kind
    written = TestResult.objects.filter(enrolment=enrolment, module=module, kind=kind).first()
    tries = Attempt.objects.of_test(enrolment, module, kind).values_list("right", "asked")
    best = counted(mark_of(right, asked) for right, asked in tries)
    if best is None or (written and (written.source == TestResult.Source.HAND or written.mark == best)):
        return
    today = timezone.localdate()
    enter_test_result(enrolment, module, kind, best, today, by=by, source=TestResult.Source.PHONE)
