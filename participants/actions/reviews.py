"""Writes of those who judge applications: who is asked, what each scores, what is corrected."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Application, ApplicationReview, Enterprise, SelectionForm
from participants.selection import HIGHEST, REVIEWERS

Status = Application.Status
REVIEWING_ROLES = [role for role, granted in GRANTS.items() if Permission.APPLICATION_REVIEW in granted]


def possible_reviewers(application: Application):
    """Return who may be asked: active mentors and assessors without a stake in the applicant.

    A stake is the applicant's own phone or address, or a part in an enterprise of the same NIB or phone.
    """
    numbers = Q(phone=application.phone) | Q(people__phone=application.phone)
    if application.nib:
        numbers |= Q(nib=application.nib)
    same = Enterprise.objects.filter(numbers) if application.phone else Enterprise.objects.none()
    accompanying = same.filter(enrolments__mentor_assignments__ends_on=None)
    own = Q(pk__in=same.values("people__user")) | Q(
        pk__in=accompanying.values("enrolments__mentor_assignments__mentor")
    )
    if application.phone:
        own |= Q(phone=application.phone)
    if application.email:
        own |= Q(email__iexact=application.email)
    return User.objects.active().with_role(*REVIEWING_ROLES).exclude(own).order_by("full_name")


@transaction.atomic
def assign_reviewers(application: Application, reviewers: Iterable[User], *, by: User) -> Application:
    """Ask two people; whoever has not filed yet may be replaced, whoever has stays.

    Raises ValidationError for anything but two different people without a stake, and for an application
    that is decided.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    wanted = list(dict.fromkeys(reviewers))
    if application.status not in (Status.SUBMITTED, Status.IN_REVIEW):
        raise ValidationError(_("Pendaftaran ini sudah diputuskan."))
    if len(wanted) != REVIEWERS:
        raise ValidationError({"reviewers": _("Pilih dua penilai yang berbeda.")})
    present = {review.reviewer_id: review for review in application.reviews.all()}
    new = [user for user in wanted if user.pk not in present]
    if possible_reviewers(application).filter(pk__in=[user.pk for user in new]).count() != len(new):
        raise ValidationError({"reviewers": _("Pilih penilai dari daftar.")})
    gone = [review for key, review in present.items() if key not in {user.pk for user in wanted}]
    if any(review.filed_at for review in gone):
        raise ValidationError({"reviewers": _("Penilai yang sudah mengirim nilainya tidak dapat diganti.")})
    if not new:
        return application
    ApplicationReview.objects.filter(pk__in=[review.pk for review in gone]).delete()
    free = sorted({1, 2} - set(application.reviews.values_list("seat", flat=True)))
    for seat, user in zip(free, new, strict=True):
        ApplicationReview.objects.create(application=application, seat=seat, reviewer=user, assigned_by=by)
    if application.status == Status.SUBMITTED:
        application.move_to(Status.IN_REVIEW, by=by)
    record("application.reviewers_assigned", application, by=by)
    path = reverse("participants:review_application", args=[application.code])
    with for_others():
        title = _("Nilai pendaftaran %(code)s") % {"code": application.code}
    tell(new, "application.assigned", title, path=path)
    return application


@transaction.atomic
def file_review(
    review: ApplicationReview,
    *,
    by: User,
    scores: Mapping[str, int],
    recommendation: str,
    remark: str = "",
    reason: str = "",
) -> ApplicationReview:
    """File one's scores; `scores` is {code of criterion: 0 to 4}, complete.

    Filed is final, but for a slip: until the other reviewer has filed too, a correction with a `reason` is
    taken, and the trail keeps what stood there before. Raises ValidationError for everything else.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=review.application_id)
    review = ApplicationReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if application.status != Status.IN_REVIEW:
        raise ValidationError(_("Pendaftaran ini sudah tidak menunggu penilaian."))
    require_scores(application.terms, scores)
    reason = reason.strip()
    if review.filed_at and application.reviews.filed().count() == REVIEWERS:
        raise ValidationError(_("Kedua penilai sudah mengirim nilainya, jadi nilai ini tetap."))
    if review.filed_at and len(reason) < Application.LEAST_NOTE:
        raise ValidationError({"reason": _("Tulis alasan pembetulan, paling sedikit 10 huruf.")})
    before = {"scores": review.scores, "recommendation": review.recommendation}
    after = {"scores": dict(scores), "recommendation": str(recommendation)}
    is_correction = review.filed_at is not None
    review.scores, review.recommendation, review.remark = dict(scores), recommendation, remark
    review.filed_at = review.filed_at or timezone.now()
    review.full_clean(validate_constraints=False)
    review.save()
    if is_correction:
        record("applicationreview.corrected", review, by=by, before=before, after=after, reason=reason)
    else:
        record("applicationreview.filed", review, by=by)
    return review


def require_scores(form: SelectionForm, scores: Mapping[str, int]) -> None:
    """Refuse a score that is missing, unasked for, or not one of 0 to 4."""
    codes = {criterion.code for criterion in form.read()}
    if set(scores) != codes or not all(score in range(HIGHEST + 1) for score in scores.values()):
        raise ValidationError(_("Beri nilai 0 sampai 4 untuk setiap kriteria."))


@transaction.atomic
def recuse(review: ApplicationReview, *, by: User, reason: str) -> None:
    """Give one's seat back, because one has a stake or no time; staff ask somebody else.

    Raises ValidationError without a reason and for what is filed already.
    """
    review = ApplicationReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.filed_at:
        raise ValidationError(_("Nilai Anda sudah dikirim."))
    if not reason.strip():
        raise ValidationError({"reason": _("Isi alasannya.")})
    record("applicationreview.given_back", review, by=by, reason=reason.strip())
    review.delete()
