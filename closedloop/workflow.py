"""States that move only along a table."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from closedloop.audit.trail import record


class TransitionError(ValidationError):
    """The act is not possible in the record's present state; the message is fit to be shown."""


class Workflow(models.Model):
    """A model whose `status` moves only along TRANSITIONS; each move locks the row and leaves an event.

    `status` is not editable, so that no form can set it.
    """

    TRANSITIONS: dict[str, set[str]] = {}

    class Meta:
        abstract = True

    def can_become(self, status) -> bool:
        """Whether the table allows the move from the present state."""
        return status in self.TRANSITIONS[self.status]

    @transaction.atomic
    def move_to(self, status, *, by, reason: str = "", **changes) -> None:
        """Set the status and `changes` together, with an audit event; raises TransitionError.

        The row is locked and read again first, so a second click, a stale page or a second officer fails
        cleanly instead of overwriting.
        """
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
        if not self.can_become(status):
            raise TransitionError(
                _("%(record)s berstatus %(now)s dan tidak dapat menjadi %(wanted)s.")
                % {
                    "record": self,
                    "now": self.get_status_display().lower(),
                    "wanted": str(status.label).lower(),
                }
            )
        before, self.status = self.status, status
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=["status", *changes])
        data = {"before": before, **({"reason": reason} if reason else {})}
        record(f"{self._meta.model_name}.{status}", self, by=by, **data)
