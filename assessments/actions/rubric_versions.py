"""A new version of a rubric: begun as a copy, edited as a draft, published once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import close_draft, hold_draft, refuse_unseen, start_version
from assessments.models import Criterion, Dimension, Rubric
from assessments.rubric_faults import forbidding
from assessments.rubric_revision import changes_of, faults_in
from assessments.rubric_values import OF_CRITERION, OF_DIMENSION, seen
from closedloop.accounts.models import User
from closedloop.audit.trail import record


def start_rubric(rubric: Rubric, *, by: User) -> Rubric:
    """Copy a published rubric into a draft with the next number; the draft of the same one is returned again.

    ValidationError while a draft of another version is being edited.
    """
    return start_version(rubric, _copy, by=by, scale_max=rubric.scale_max, area_kinds=rubric.area_kinds)


@transaction.atomic
def publish_rubric(draft: Rubric, *, by: User, name: str, change_note: str, seen_as: str) -> Rubric:
    """Freeze the draft for good; cohorts may work with it from now on, and none does by itself.

    `seen_as` is the mark of what the page showed (rubric_values.seen). ValidationError with every fault for one
    that cannot be judged by, for one in which nothing differs, and for one that changed meanwhile.
    """
    draft = hold_draft(draft)
    refuse_unseen(seen_as, seen(draft))
    if faults := forbidding(faults_in(draft)):
        raise ValidationError([f"{fault.place}: {fault.text}".lstrip(": ") for fault in faults])
    changes, before = changes_of(draft), draft.based_on
    if before and changes and changes.is_empty and name == before.name:
        raise ValidationError(_("Draf ini masih sama dengan versi sebelumnya."))
    close_draft(draft, by=by, name=name, change_note=change_note)
    found = [f"{row.kind}: {row.code}" for row in changes.rows] if changes else []
    record("rubric.published", draft, by=by, version=draft.version, reason=change_note, changes=found)
    return draft


@transaction.atomic
def discard_rubric(draft: Rubric, *, by: User) -> None:
    """Delete a draft with its dimensions and items; nobody was ever judged by it."""
    draft = hold_draft(draft)
    record("rubric.discarded", draft, by=by, version=draft.version)
    Criterion.objects.filter(dimension__rubric=draft).delete()
    draft.dimensions.all().delete()
    draft.delete()


def _copy(source: Rubric, target: Rubric) -> None:
    for original in source.dimensions.prefetch_related("criteria"):
        copy = Dimension.objects.create(
            rubric=target, order=original.order, **{name: getattr(original, name) for name in OF_DIMENSION}
        )
        Criterion.objects.bulk_create(
            Criterion(
                dimension=copy, order=item.order, **{name: getattr(item, name) for name in OF_CRITERION}
            )
            for item in original.criteria.all()
        )
