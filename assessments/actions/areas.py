"""Where a dimension is filled: the areas of an assessment, taken over from the last one (domain.md §2.2)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.actions.evidence import locked_for_writing
from assessments.models import Area, Assessment, Evidence
from closedloop.audit.trail import record
from closedloop.core.models import new_id

COPIED = ("kind", "name", "weight", "order", "person_in_charge")


def source_of_areas(assessment: Assessment) -> Assessment | None:
    """Return this IKM's last other assessment that has areas: they are proposed at the next one."""
    earlier = Assessment.objects.filter(enterprise=assessment.enterprise_id, areas__isnull=False)
    earlier = earlier.exclude(pk=assessment.pk).filter(created_at__lt=assessment.created_at)
    return earlier.order_by("-visited_on", "-created_at").first()


def give_areas(assessment: Assessment) -> None:
    """Give a new assessment its areas: those of the last one, else the rubric's default kind as the only one.

    An assessment on a rubric without per-area dimensions needs none.
    """
    if not assessment.rubric.dimensions.filter(is_per_area=True).exists():
        return
    source = source_of_areas(assessment)
    known = list(source.areas.values(*COPIED)) if source else []
    Area.objects.bulk_create(Area(assessment=assessment, **one) for one in known or [_first_area(assessment)])


def _first_area(assessment: Assessment) -> dict:
    kinds = assessment.rubric.area_kinds
    first = next((one for one in kinds if one.get("is_default")), None)
    return {"order": 1, "kind": first["code"], "name": first["name"]} if first else {"order": 1, "name": "1"}


@transaction.atomic
def add_area(
    assessment: Assessment,
    *,
    name: str,
    kind: str = "",
    weight: Decimal = Decimal(1),
    person_in_charge: str = "",
    by,
    id: UUID | None = None,
) -> Area:
    """Add an area after the others; the same `id` again is the same area. Raises ValidationError by field."""
    locked_for_writing(assessment, by)
    if id is not None and (known := assessment.areas.filter(pk=id).first()):
        return known
    if assessment.scores.filter(criterion__dimension__is_per_area=True, area=None).exists():
        raise ValidationError(_("Penilaian ini sudah dinilai tanpa area dan diselesaikan tanpa area."))
    after = assessment.areas.aggregate(last=Max("order"))["last"] or 0
    area = Area(id=id or new_id(), assessment=assessment, order=after + 1)
    _write(area, name=name, kind=kind, weight=weight, person_in_charge=person_in_charge)
    record("assessment.area_added", assessment, by=by, area=area.name)
    return area


@transaction.atomic
def change_area(
    area: Area, *, name: str, kind: str = "", weight: Decimal, person_in_charge: str = "", by
) -> None:
    """Rename or weigh an area while its assessment is written. Raises ValidationError by field."""
    locked_for_writing(area.assessment, by)
    before = area.name
    _write(area, name=name, kind=kind, weight=weight, person_in_charge=person_in_charge)
    record(
        "assessment.area_changed", area.assessment, by=by, before=before, area=area.name, weight=area.weight
    )


def _write(area: Area, **fields) -> None:
    area.name, area.person_in_charge = fields["name"].strip(), fields["person_in_charge"].strip()
    area.kind, area.weight = fields["kind"], fields["weight"]
    kinds = {one["code"] for one in area.assessment.rubric.area_kinds}
    if not area.name:
        raise ValidationError({"name": _("Tulis nama area.")})
    if area.kind and area.kind not in kinds:
        raise ValidationError({"kind": _("Pilih jenis area dari daftar.")})
    if area.weight <= 0:
        raise ValidationError({"weight": _("Bobot harus lebih dari 0.")})
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError:
        taken = _("Area bernama %(name)s sudah ada di penilaian ini.") % {"name": area.name}
        raise ValidationError({"name": taken}) from None


@transaction.atomic
def remove_area(area: Area, *, and_scores: bool = False, by) -> None:
    """Take an area away with what was entered for it; its files go on commit.

    Raises ValidationError for the last area, and for one with scores or evidence unless `and_scores`.
    """
    assessment = area.assessment
    locked_for_writing(assessment, by)
    if assessment.areas.count() == 1:
        raise ValidationError(_("Sedikitnya satu area diperlukan."))
    if area.findings.exists():
        raise ValidationError(_("Area ini punya temuan dan tidak dapat dihapus."))
    scored, evidence = area.scores.count(), list(area.evidence.all())
    if (scored or evidence) and not and_scores:
        raise ValidationError(_("Area ini sudah dinilai. Pastikan dulu bahwa nilainya juga dihapus."))
    record(
        "assessment.area_removed", assessment, by=by, area=area.name, scores=scored, evidence=len(evidence)
    )
    area.delete()
    _forget_files(evidence)


def _forget_files(evidence: Sequence[Evidence]) -> None:
    kept = set(
        Evidence.objects.filter(file__in=[one.file.name for one in evidence]).values_list("file", flat=True)
    )
    for item in evidence:
        if item.file.name and item.file.name not in kept:  # a correction shares its files
            transaction.on_commit(partial(item.file.storage.delete, item.file.name))
