"""Writes of an applicant, who has no account: the link lets them, and the trail names nobody."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.audit.trail import record
from closedloop.core import formats
from closedloop.notifications.actions import tell_by_mail
from closedloop.notifications.models import Notification
from participants import consents
from participants.models import Application, ApplicationReview, Cohort, SelectionForm

Status = Application.Status
# one person may help several businesses with the form, but not a crowd
MOST_PER_PHONE = 3
DRAFT_DAYS = 30
LONGEST_ANSWER = 1_000
# what is left of a person when an application is forgotten: nothing
NOBODY: dict[str, Any] = {
    "name": "",
    "owner_name": "",
    "phone": "",
    "email": "",
    "motivation": "",
    "nib": None,
    "note": "",
    "answers": {},
}


@transaction.atomic
def start_application(cohort: Cohort, *, id: UUID | None = None) -> Application:
    """Open a draft in a cohort that takes applications; an `id` makes a second press of the button fail.

    Raises ValidationError when the cohort takes none. A draft leaves no event: nothing was handed in yet.
    """
    require_open(cohort)
    application = Application(cohort=cohort, **({"id": id} if id else {}))
    application.save(force_insert=True)
    return application


@transaction.atomic
def save_draft(application: Application, answers: Mapping[str, str]) -> Application:
    """Keep what was typed so far, unread and unjudged; an answer longer than any field is cut.

    What is not a draft any more is left as it is. Leaves no event.
    """
    draft = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if draft.status == Status.DRAFT:
        draft.answers = {name: str(text)[:LONGEST_ANSWER] for name, text in answers.items() if text}
        draft.saved_at = timezone.now()
        draft.save(update_fields=["answers", "saved_at"])
    return draft


@transaction.atomic
def submit_application(application: Application, **fields: Any) -> Application:
    """Hand a draft in: `fields` are fields of Application, read and checked by the form.

    Raises ValidationError when the cohort has closed, its NIB has applied there already, or its phone
    number stands on MOST_PER_PHONE applications; TransitionError when it was sent before.
    """
    # one at a time per cohort, so that two at the same moment cannot both pass the checks below
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=application.cohort_id)
    require_open(cohort)
    require_room(cohort, nib=fields.get("nib"), phone=fields["phone"])
    form = SelectionForm.objects.for_cohort(cohort)
    sent: dict[str, Any] = {"form": form, "submitted_at": timezone.now()}
    sent |= {"consent_version": consents.PRESENT, "consent_language": formats.spoken()}
    application.move_to(Status.SUBMITTED, by=None, answers={}, **sent, **fields)
    body = _(
        "Nomor pendaftaran: %(code)s. Jawaban paling lambat %(day)s. Buka tautan ini untuk melihat statusnya."
    ) % {"code": application.code, "day": formats.date_medium(answer_by(application))}
    mail(application, _("Pendaftaran Anda sudah diterima"), body)
    return application


def require_open(cohort: Cohort) -> None:
    if not Cohort.objects.accepting(timezone.localdate()).filter(pk=cohort.pk).exists():
        raise ValidationError(
            _("Pendaftaran %(cohort)s tidak dibuka lagi. Hubungi petugas program.") % {"cohort": cohort}
        )


def require_room(cohort: Cohort, *, nib: str | None, phone: str) -> None:
    """Hold the caps: one application per NIB and a few per telephone number; an address is never counted."""
    others = cohort.applications.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN])
    if nib and others.filter(nib=nib).exists():
        raise ValidationError(
            {"nib": _("Usaha dengan NIB ini sudah mendaftar di angkatan ini. Buka tautan yang Anda simpan.")}
        )
    if others.filter(phone=phone).count() >= MOST_PER_PHONE:
        text = _("Nomor ini sudah dipakai %(count)d pendaftaran di angkatan ini. Hubungi petugas program.")
        raise ValidationError({"phone": text % {"count": MOST_PER_PHONE}})


def answer_by(application: Application) -> date:
    """Return the day by which the applicant is promised an answer."""
    return timezone.localdate(application.submitted_at) + timedelta(days=application.terms.answer_days)


def mail(application: Application, title: str, body: str) -> None:
    """Mail the applicant the link, if they gave an address."""
    if application.email:
        tell_by_mail(
            application.email,
            f"application.{application.status}",
            title,
            body=body,
            path=application.public_path,
        )


@transaction.atomic
def withdraw_application(application: Application) -> None:
    """Take back an application: a draft is deleted, of a sent one no personal data stays.

    Raises TransitionError when it was decided for good; who was accepted asks the programme instead.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.status == Status.DRAFT:
        application.delete()
        return
    forget_mail_and_remarks(application)
    application.move_to(Status.WITHDRAWN, by=None, forgotten_at=timezone.now(), **NOBODY)


def forget_mail_and_remarks(application: Application) -> None:
    Notification.objects.filter(path=application.public_path).exclude(address="").delete()
    ApplicationReview.objects.filter(application=application).update(remark="")


def forget_applicants(now: datetime | None = None) -> int:
    """Remove the personal data of who was not chosen once its time is over, and drafts nobody went on with.

    The time is that of the version judged by (SelectionForm.retention_days, days after the decision, or
    after the cohort's end where nobody decided). Figures and scores stay. Safe to run twice; returns how
    many applicants were forgotten.
    """
    now = now or timezone.now()
    touched = Application.objects.alias(touched_at=Coalesce(F("saved_at"), F("created_at")))
    touched.filter(status=Status.DRAFT, touched_at__lt=now - timedelta(days=DRAFT_DAYS)).delete()
    forgotten = 0
    for form in SelectionForm.objects.all():
        limit = now - timedelta(days=form.retention_days)
        over = Q(status=Status.REJECTED, decided_at__lt=limit) | Q(
            status__in=[Status.SUBMITTED, Status.IN_REVIEW, Status.WAITING],
            cohort__ends_on__lt=timezone.localdate(limit),
        )
        for application in form.applications.filter(over, forgotten_at=None):
            forgotten += forget(application, now)
    return forgotten


@transaction.atomic
def forget(application: Application, now: datetime) -> bool:
    """Remove what names the applicant; False when another run was faster."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.forgotten_at is not None:
        return False
    forget_mail_and_remarks(application)
    told = {"reason": _("Dihapus setelah masa simpan.")} if application.reason else {}
    left = {**NOBODY, **told, "forgotten_at": now}
    for name, value in left.items():
        setattr(application, name, value)
    application.save(update_fields=list(left))
    record("application.forgotten", application, by=None)
    return True
