"""Factory visits: the host is named, the trainer fills in the list and confirms, then somebody of the host does."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.models import Enrolment, Person
from trainings.models import TrainingSession, Visit, VisitAnswer, VisitPhoto
from trainings.visit_lists import list_for

BEGUN = (TrainingSession.Status.OPEN, TrainingSession.Status.CLOSED)


def may_host(host: Enrolment, session: TrainingSession) -> bool:
    """Whether a cohort may be shown this factory: one of its own, or one of a graduate."""
    own = host.cohort_id == session.cohort_id and host.is_on_roster
    return own or host.status == Enrolment.Status.GRADUATED


@transaction.atomic
def name_host(session: TrainingSession, host: Enrolment, *, by: User) -> Visit:
    """Say at which IKM of the cohort, or graduate of any, the visit is; its list begins empty.

    The same host again changes nothing. Raises ValidationError for a session that is no visit or any other
    IKM, TransitionError once something was filled in.
    """
    session = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.kind != TrainingSession.Kind.VISIT or session.status == TrainingSession.Status.CANCELLED:
        raise ValidationError(_("Tuan rumah hanya dipilih untuk kunjungan pabrik."))
    if not may_host(host, session):
        raise ValidationError(_("Pilih IKM dari angkatan sesi ini, atau lulusan angkatan lain."))
    visit = Visit.objects.filter(session=session).first()
    if visit and visit.host_id == host.pk:
        return visit
    if visit and (visit.led_at or visit.photos.exists() or visit.answers.exclude(verdict="").exists()):
        raise TransitionError(_("Kunjungan ini sudah diisi, jadi tuan rumahnya tidak dapat diganti."))
    if visit:
        visit.host = host
        visit.save(update_fields=["host"])
    else:
        chosen = list_for(session.module.code)
        visit = Visit.objects.create(session=session, host=host, list_version=chosen.version)
        VisitAnswer.objects.bulk_create(
            VisitAnswer(visit=visit, order=order, text=text, text_en=text_en)
            for order, (text, text_en) in enumerate(chosen.lines, start=1)
        )
    record("visit.host_named", visit, by=by, session=session.code)
    return visit


@transaction.atomic
def fill_visit(visit: Visit, answers: Mapping[int, tuple[str, str]], *, summary: str, by: User) -> None:
    """Write down what was seen: (verdict, remark) by the number of the line; "" where nobody looked yet.

    Raises TransitionError before the session is open and once the trainer has confirmed.
    """
    visit = _writable(visit)
    rows = list(visit.answers.filter(order__in=answers))
    for row in rows:
        row.verdict, row.remark = answers[row.order]
        row.full_clean(validate_unique=False)
    VisitAnswer.objects.bulk_update(rows, ["verdict", "remark"])
    visit.summary = summary.strip()
    visit.save(update_fields=["summary"])
    record("visit.filled", visit, by=by, seen=sum(bool(row.verdict) for row in rows))


@transaction.atomic
def add_visit_photo(visit: Visit, photo: CleanPhoto, *, by: User) -> VisitPhoto:
    """Keep a photo of the visit; the same one a second time is the first. Raises as fill_visit does."""
    visit = _writable(visit)
    if known := visit.photos.filter(photo_sha256=photo.sha256).first():
        return known
    kept = VisitPhoto(visit=visit, photo_sha256=photo.sha256, taken_by=by)
    kept.photo.save(photo.name, ContentFile(photo.content), save=False)
    kept.save(force_insert=True)
    record("visit.photo_added", visit, by=by, sha256=photo.sha256)
    return kept


@transaction.atomic
def confirm_leading(visit: Visit, answers: Mapping[int, tuple[str, str]], *, summary: str, by: User) -> None:
    """The trainer's side: this is what was seen. The host is asked to agree; nothing changes after.

    Raises ValidationError while a line is empty and then keeps nothing, TransitionError as fill_visit does.
    """
    fill_visit(visit, answers, summary=summary, by=by)
    visit = _writable(visit)
    if empty := visit.answers.filter(verdict="").count():
        raise ValidationError(_("%(count)s butir belum diisi.") % {"count": empty})
    visit.led_at, visit.led_by = timezone.now(), by
    visit.save(update_fields=["led_at", "led_by"])
    record("visit.led", visit, by=by)
    with for_others():
        tell(
            visit.host.enterprise.people.active().accounts(),
            "visit.led",
            _("Konfirmasi kunjungan: %(visit)s") % {"visit": visit},
            body=_("Baca hasilnya, lalu konfirmasi bahwa kunjungan ini terjadi di pabrik Anda."),
            path=reverse("trainings:my_visit", args=[visit.session.code]),
        )


@transaction.atomic
def confirm_hosting(visit: Visit, *, by: User) -> None:
    """The IKM's side. Raises ValidationError for anybody else, TransitionError before the trainer or twice."""
    visit = Visit.objects.select_for_update(of=("self",)).select_related("session", "host").get(pk=visit.pk)
    if not Person.objects.active().filter(enterprise=visit.host.enterprise_id, user=by).exists():
        raise ValidationError(_("Hanya orang dari IKM tuan rumah yang mengonfirmasi."))
    if visit.hosted_at:
        raise TransitionError(_("Kunjungan ini sudah dikonfirmasi."))
    if not visit.led_at:
        raise TransitionError(_("Narasumber belum selesai mengisi hasil kunjungan ini."))
    visit.hosted_at, visit.hosted_by = timezone.now(), by
    visit.save(update_fields=["hosted_at", "hosted_by"])
    record("visit.hosted", visit, by=by)
    with for_others():
        title = _("%(ikm)s mengonfirmasi kunjungan") % {"ikm": visit.host.enterprise}
        tell([visit.session.trainer], "visit.hosted", title, body=str(visit), path=visit.get_absolute_url())


def _writable(visit: Visit) -> Visit:
    """Lock the visit; TransitionError unless it may be written now."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("session", "host__enterprise")
    visit = rows.get(pk=visit.pk)
    if visit.led_at:
        raise TransitionError(_("Hasil kunjungan ini sudah dikonfirmasi, jadi tidak dapat diubah."))
    if visit.session.status not in BEGUN:
        raise TransitionError(_("Hasil kunjungan diisi sesudah sesi dibuka."))
    return visit
