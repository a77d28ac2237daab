"""An owner's own rating: handed in and seen by the mentor, reviewed and approved by nobody (domain.md §5.3)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.actions.findings import mentors_of
from assessments.models import Assessment
from closedloop.accounts.roles import Role
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enrolment, Enterprise


def tell_handed_in(assessment: Assessment) -> None:
    """Let the mentors know that their IKM has rated itself; there is nothing to review."""
    with for_others():
        title = _("%(ikm)s sudah menilai usahanya sendiri") % {"ikm": assessment.enterprise}
    tell(
        mentors_of(assessment.enterprise), "assessment.self_rated", title, path=assessment.get_absolute_url()
    )


def check_self_start(enrolment: Enrolment, by) -> None:
    """Raise ValidationError unless an owner of this very IKM begins its own rating."""
    if by.role != Role.OWNER:
        raise ValidationError(_("Penilaian mandiri diisi oleh pemilik IKM."))
    if not Enterprise.objects.visible_to(by).filter(pk=enrolment.enterprise_id).exists():
        raise ValidationError(_("Anda bukan pemilik %(ikm)s.") % {"ikm": enrolment.enterprise})


def refuse_self_rating(assessment: Assessment) -> None:
    """Raise ValidationError for an owner's own rating: it stays as its owner gave it."""
    if assessment.kind == Assessment.Kind.SELF:
        raise ValidationError(_("Penilaian mandiri tidak ditinjau; ia dibaca di samping nilai penilai."))
