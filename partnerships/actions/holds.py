"""Agreements that a standing holds back: refused, said to the lead, and let through by the lead for a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from partnerships.actions.orders import OVERRIDE_REASON_LENGTH
from partnerships.holds import Held, held_in
from partnerships.models import Agreement, HoldOverride


def refuse_held_back(agreement: Agreement, today: date) -> None:
    """Raise ValidationError where the standing of an IKM holds this agreement back and nobody let it through."""
    if held := held_in(agreement, today):
        raise ValidationError(
            _(
                "MoU baru ditahan: rapor QCD terakhir %(names)s berada pada Buruk. "
                "Pimpinan dapat mengizinkan perjanjian ini dengan alasan."
            )
            % {"names": names_of(held)}
        )


def say_held_back(agreement: Agreement, today: date) -> None:
    """Tell the leads of an agreement under review that is held back: only they can let it through."""
    if not (held := held_in(agreement, today)):
        return
    with for_others():
        title = _("%(number)s ditahan rapor QCD %(names)s") % {
            "number": agreement.number,
            "names": names_of(held),
        }
        body = _("Tolak, atau izinkan perjanjian ini dengan alasan.")
    leads = User.objects.active().filter(role=Role.LEAD)
    tell(leads, "agreement.held", title, body=body, path=agreement.get_absolute_url())


@transaction.atomic
def override_hold(
    agreement: Agreement, reason: str, *, by: User, today: date | None = None
) -> list[HoldOverride]:
    """Let one agreement be signed although the last month of some of its IKM holds new ones back.

    It counts for this agreement and the IKM held now; one that joins the draft later is held again. A reason under
    30 characters, and an agreement that nothing holds: ValidationError. Staff are told.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    reason = reason.strip()
    if len(reason) < OVERRIDE_REASON_LENGTH:
        raise ValidationError(
            {"reason": _("Isi alasan paling sedikit %(length)d huruf.") % {"length": OVERRIDE_REASON_LENGTH}}
        )
    if not (held := held_in(agreement, today or timezone.localdate())):
        raise ValidationError(_("Tidak ada rapor QCD yang menahan perjanjian ini."))
    given = []
    for one in held:
        override = HoldOverride.objects.create(
            agreement=agreement,
            enterprise=one.enterprise,
            scorecard=one.card,
            reason=reason,
            given_by=by,
        )
        record(
            "agreement.hold_overridden",
            override,
            by=by,
            reason=reason,
            month=one.card.month,
            score=round(one.score, 1),
        )
        given.append(override)
    with for_others():
        title = _("Pimpinan mengizinkan %(number)s yang ditahan") % {"number": agreement.number}
    staff = User.objects.active().filter(role=Role.STAFF)
    tell(staff, "agreement.hold_overridden", title, body=reason, path=agreement.get_absolute_url())
    return given


def names_of(held: list[Held]) -> str:
    return ", ".join(str(one.enterprise) for one in held)
