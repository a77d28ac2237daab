"""New versions of how applications are judged. What applications were sent under never changes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.audit.trail import record
from participants.criteria_versions import differences
from participants.criteria_words import stored
from participants.models import SelectionForm
from participants.selection import read_criteria


@transaction.atomic
def publish_selection_form(
    version: Mapping[str, Any], *, by, based_on: SelectionForm, **fields: Any
) -> SelectionForm:
    """Publish the version that follows `based_on`: cohorts without applications are judged by it from now on.

    A cohort keeps the version that its first application was sent under. `fields` may hold its id. Raises
    ValidationError for criteria that do not hold together, where nothing differs, and where somebody published
    another version meanwhile.
    """
    newest = max(SelectionForm.objects.select_for_update(), key=lambda one: one.version)
    if newest.pk != based_on.pk:
        text = _("Versi %(version)s baru saja terbit. Buka halaman ini lagi dan mulai dari versi itu.")
        raise ValidationError(text % {"version": newest.version})
    try:
        read_criteria(version["criteria"])
    except ValueError as error:
        raise ValidationError(
            _("Bobot semua kriteria harus berjumlah 100, dan kodenya berbeda-beda.")
        ) from error
    found = differences(stored(based_on), version)
    if not found:
        raise ValidationError(
            _("Tidak ada yang berbeda dari versi %(version)s.") % {"version": newest.version}
        )
    made = SelectionForm(version=newest.version + 1, **version, **fields)
    made.full_clean()
    made.save(force_insert=True)
    changes = [f"{one.kind}: {one.subject}" for one in found]
    record("selectionform.published", made, by=by, based_on=newest.version, changes=changes)
    return made
