"""What became of the conditions of a conditional promotion."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import DecisionCondition
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError


@transaction.atomic
def settle_condition(condition: DecisionCondition, *, is_met: bool, note: str, by: User) -> None:
    """Say whether a condition was met, once; the class itself changes only by a sitting.

    Raises TransitionError when somebody said so already, and ValidationError (note) without what it was seen by.
    """
    rows = DecisionCondition.objects.select_for_update(of=("self",)).select_related("decision__enterprise")
    condition.refresh_from_db(from_queryset=rows)
    if condition.is_met is not None:
        raise TransitionError(_("Syarat ini sudah diperiksa oleh %(name)s.") % {"name": condition.settled_by})
    note = note.strip()
    if not note:
        raise ValidationError({"note": _("Tulis apa yang dilihat.")})
    condition.is_met, condition.note = is_met, note
    condition.settled_by, condition.settled_at = by, timezone.now()
    condition.save(update_fields=["is_met", "note", "settled_by", "settled_at"])
    record(f"decisioncondition.{'met' if is_met else 'unmet'}", condition, by=by, reason=note)
    decision = condition.decision
    with for_others():
        title = (_("Syarat terpenuhi: %(text)s") if is_met else _("Syarat tidak terpenuhi: %(text)s")) % {
            "text": condition.text
        }
    people = decision.enterprise.people.active().accounts()
    tell(people, "decision.condition", title, body=note, path=decision.get_absolute_url())
