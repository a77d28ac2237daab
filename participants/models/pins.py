"""What a cohort settles before it opens: by which versions it is taught, judged and asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from closedloop.core.models import Record


class UnpinnedError(ValidationError):
    """A cohort cannot open or start yet; the message names what is missing and is fit to be shown."""


class CohortPin(Record):
    """One thing that a cohort keeps the version of, in a table of the app that knows it; one row a cohort.

    Each says in PINS what it settles. A cohort opens only when it has a row of every kind, so that an app
    which pins something of its own is asked for without being known here.
    """

    PINS: str = ""

    class Meta:
        abstract = True

    @classmethod
    def missing_for(cls, cohort) -> list[str]:
        """Return what the cohort has not settled, in words; one query for each kind."""
        kinds = sorted(cls.__subclasses__(), key=lambda kind: kind._meta.label, reverse=True)
        return [str(kind.PINS) for kind in kinds if not kind._default_manager.filter(cohort=cohort).exists()]

    @classmethod
    def refuse_missing(cls, cohort) -> None:
        """Raise UnpinnedError in one sentence while the cohort lacks a version."""
        if missing := cls.missing_for(cohort):
            raise UnpinnedError(
                _("%(cohort)s belum dapat dibuka atau dimulai: %(missing)s belum ditetapkan.")
                % {"cohort": cohort, "missing": ", ".join(missing)}
            )
