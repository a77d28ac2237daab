"""Writes land on a record that speaks for itself, never on one that was merged a moment ago."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.models import Enterprise


class MergedMeanwhile(ValidationError):
    """The record was merged into another since it was shown; nothing was written."""


def hold(enterprise: Enterprise) -> Enterprise:
    """Lock the record until the transaction ends, and return it as it is now.

    A merge locks both of its records, so either it waits for this write or this write waits for it. Raises
    MergedMeanwhile, with the name and code of the record that speaks now.
    """
    return hold_by_key(enterprise.pk)


def hold_by_key(key) -> Enterprise:
    """Hold the record with this id."""
    found = Enterprise.with_merged.select_for_update(of=("self",)).get(pk=key)
    if found.merged_into_id:
        survivor = Enterprise.with_merged.get(pk=found.merged_into_id)
        raise MergedMeanwhile(
            _("%(name)s baru saja digabung ke %(survivor)s (%(code)s). Ulangi di catatan itu.")
            % {"name": found, "survivor": survivor, "code": survivor.code}
        )
    return found
