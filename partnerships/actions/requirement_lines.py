"""The lines of a draft: what is asked, and what in the portal satisfies it."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.models import Criterion, Rubric
from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from participants.models import Document
from partnerships.actions.buyer_side import refuse_stranger
from partnerships.actions.requirements import hold_draft
from partnerships.models import Requirement, RequirementLine

Kind = RequirementLine.Kind
LIMITED = (Kind.CRITERION, Kind.TOLERANCE, Kind.TOOL, Kind.MACHINE)


@transaction.atomic
def add_line(requirement: Requirement, *, by: User | None, id=None, **fields: Any) -> RequirementLine:
    """Put a line at the end. Fields: kind, text, subject, threshold, unit; see partnerships.asks.

    ValidationError beside the field that does not fit its kind, and for what the draft asks already.
    """
    refuse_stranger(requirement.buyer, by)
    draft = hold_draft(requirement)
    last = draft.lines.aggregate(last=Max("order"))["last"] or 0
    line = RequirementLine(requirement=draft, order=last + 1, **fields, **({"id": id} if id else {}))
    _save(line, force_insert=True)
    record("requirement.line_added", draft, by=by, line=line.text, kind=line.kind)
    return line


@transaction.atomic
def change_line(line: RequirementLine, *, by: User | None, **fields: Any) -> RequirementLine:
    """Change a line of a draft; same rules as adding one."""
    refuse_stranger(line.requirement.buyer, by)
    draft = hold_draft(line.requirement)
    before = {name: getattr(line, name) for name in fields}
    for name, value in fields.items():
        setattr(line, name, value)
    differences = changes(before, fields)
    if differences:
        _save(line)
        record("requirement.line_changed", draft, by=by, line=line.text, changes=differences)
    return line


@transaction.atomic
def remove_line(line: RequirementLine, *, by: User | None) -> None:
    """Take a line out of a draft; the version before still has it."""
    refuse_stranger(line.requirement.buyer, by)
    draft = hold_draft(line.requirement)
    record("requirement.line_removed", draft, by=by, line=line.text, kind=line.kind)
    line.delete()


def _save(line: RequirementLine, **options: Any) -> None:
    _fit(line)
    line.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            line.save(**options)
    except IntegrityError as error:
        if "requirement_line_is_asked_once" not in str(error):
            raise
        raise ValidationError({"subject": _("Kebutuhan ini sudah memintanya di baris lain.")}) from error


def _fit(line: RequirementLine) -> None:
    """Raise ValidationError where subject, limit or unit are not those of the line's kind; drop what it has not."""
    line.text, line.subject, line.unit = line.text.strip(), line.subject.strip(), line.unit.strip()
    if line.kind not in LIMITED:
        line.threshold = None
    if line.kind != Kind.MACHINE or line.threshold is None:
        line.unit = ""
    if line.kind == Kind.TOLERANCE:
        line.subject = ""
    elif not line.subject:
        raise ValidationError({"subject": _("Isi apa yang memenuhi baris ini.")})
    if line.kind in (Kind.CRITERION, Kind.TOLERANCE) and line.threshold is None:
        raise ValidationError({"threshold": _("Isi batasnya.")})
    if line.threshold is not None and (
        line.threshold < 0 or not (line.threshold or line.kind == Kind.CRITERION)
    ):
        raise ValidationError({"threshold": _("Batas harus lebih dari nol.")})
    if line.kind == Kind.MACHINE and line.threshold is not None and not line.unit:
        raise ValidationError({"unit": _("Isi satuan kapasitas mesin, misalnya ton.")})
    if line.kind == Kind.CRITERION:
        _fit_criterion(line)
    if line.kind == Kind.DOCUMENT and line.subject not in Document.Kind.values:
        raise ValidationError({"subject": _("Pilih jenis dokumen.")})


def _fit_criterion(line: RequirementLine) -> None:
    rubric = Rubric.objects.newest()
    known = Criterion.objects.filter(dimension__rubric=rubric, code=line.subject)
    if rubric is None or not known.exists():
        raise ValidationError({"subject": _("Pilih butir dari rubrik yang berlaku.")})
    lowest = line.threshold
    if lowest is None or lowest > Decimal(rubric.scale_max) or lowest % 1:
        raise ValidationError(
            {
                "threshold": _("Nilai paling rendah adalah bilangan 0 sampai %(most)s.")
                % {"most": rubric.scale_max}
            }
        )
