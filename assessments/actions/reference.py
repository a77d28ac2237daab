"""The shipped rubric and class scheme, and which of them a cohort works with."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import (
    ClassRequirement,
    ClassScheme,
    CohortRubric,
    Criterion,
    Dimension,
    Rubric,
)
from assessments.rubric_revision import unknown_to
from assessments.shipped import DATA, optional_fields, read, shipped_rubrics
from closedloop.audit.trail import record
from participants.models import Cohort

Made = TypeVar("Made", Rubric, ClassScheme)


@transaction.atomic
def load_reference(*, by=None) -> tuple[Rubric, ClassScheme]:
    """Publish every shipped rubric and the class scheme, and return the newest of each.

    A version that is there already is left as it is: cohorts that pinned an older one keep it. One whose number
    the programme has given to a version of its own, be it a draft, takes the next free number.
    """
    rubrics: list[Rubric] = []
    for data in shipped_rubrics():
        rubrics.append(_shipped(Rubric, data, besides=rubrics) or _publish_rubric(data, by=by))
    data = read(DATA / "class-scheme-2.json")
    return rubrics[-1], _shipped(ClassScheme, data) or _publish_scheme(data, by=by)


def _shipped(model: type[Made], data: dict, besides: Sequence[Made] = ()) -> Made | None:
    """Return the version that these data were loaded into; what the programme made itself is based on another."""
    rows = model.objects.filter(code=data["code"], version__gte=data["version"], based_on=None)
    return rows.exclude(pk__in=[one.pk for one in besides]).order_by("version").first()


def _free_number(model: type[Made], data: dict) -> int:
    taken = set(model.objects.filter(code=data["code"]).values_list("version", flat=True))
    return max(taken) + 1 if data["version"] in taken else data["version"]


def _code_until_published(data: dict) -> str:
    """There is one draft of a code at most, and the programme may be editing one."""
    return f"{data['code']}-{data['version']}"[:20]


@transaction.atomic
def pin_rubric(cohort: Cohort, rubric: Rubric, scheme: ClassScheme, *, by, reason: str = "") -> CohortRubric:
    """Give a cohort the rubric and class scheme it will be judged by; the same again changes nothing.

    Once the cohort runs with others, a reason is needed, else ValidationError; a closed cohort keeps its own.
    ValidationError too where the scheme names a dimension or an item that the rubric lacks.
    Assessments that were begun and decisions that were proposed keep the version they began with.
    """
    if rubric.published_at is None or scheme.published_at is None:
        raise ValidationError(_("Rubrik dan syarat kelas harus diterbitkan lebih dulu."))
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    pin = CohortRubric.objects.filter(cohort=cohort).select_related("rubric", "scheme").first()
    if pin is None:
        _refuse_foreign(rubric, scheme)
        pin = CohortRubric.objects.create(cohort=cohort, rubric=rubric, scheme=scheme)
        record("cohort.rubric_pinned", cohort, by=by, rubric=str(rubric), scheme=str(scheme))
        return pin
    if (pin.rubric_id, pin.scheme_id) == (rubric.pk, scheme.pk):
        return pin
    is_late = cohort.status == Cohort.Status.RUNNING and not reason.strip()
    if is_late or cohort.status == Cohort.Status.CLOSED:
        raise ValidationError(_("%(cohort)s sudah memakai rubrik lain.") % {"cohort": cohort})
    _refuse_foreign(rubric, scheme)
    before = [str(pin.rubric), str(pin.scheme)]
    pin.rubric, pin.scheme = rubric, scheme
    pin.save()
    data = {"reason": reason.strip()} if reason.strip() else {}
    record(
        "cohort.rubric_pinned", cohort, by=by, rubric=str(rubric), scheme=str(scheme), before=before, **data
    )
    return pin


def _refuse_foreign(rubric: Rubric, scheme: ClassScheme) -> None:
    if missing := unknown_to(rubric, scheme):
        raise ValidationError(
            _("%(scheme)s menyebut kode yang tidak ada di %(rubric)s: %(codes)s.")
            % {"scheme": scheme, "rubric": rubric, "codes": ", ".join(missing)}
        )


def _publish_rubric(data: dict, *, by) -> Rubric:
    total = sum(Decimal(str(dimension["weight"])) for dimension in data["dimensions"])
    if total != 100:
        raise ValidationError(_("Bobot bidang berjumlah %(total)s, seharusnya 100.") % {"total": total})
    rubric = Rubric.objects.create(
        code=_code_until_published(data),
        version=_free_number(Rubric, data),
        name=data["name"],
        scale_max=data["scale_max"],
        area_kinds=data.get("area_kinds", []),
        change_note=data.get("change_note", ""),
    )
    for order, row in enumerate(data["dimensions"], start=1):
        dimension = Dimension.objects.create(
            rubric=rubric,
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            weight=row["weight"],
            order=order,
            **optional_fields(row),
        )
        Criterion.objects.bulk_create(
            _criterion(dimension, n, item, data["anchors"]) for n, item in enumerate(row["criteria"], start=1)
        )
    rubric.code, rubric.published_at = data["code"], timezone.now()
    rubric.save(update_fields=["code", "published_at"])
    record("rubric.published", rubric, by=by, version=rubric.version)
    return rubric


def _criterion(dimension: Dimension, order: int, row: dict, anchors: dict) -> Criterion:
    meanings = anchors[row["anchors"]]
    english = {name: row.get(f"{name}_en", "") for name in ("group", "evidence_hint", "threshold")}
    return Criterion(
        dimension=dimension,
        code=row["code"],
        group=row.get("group", ""),
        text=row["text"],
        text_en=row["text_en"],
        evidence_hint=row["evidence_hint"],
        threshold=row.get("threshold", ""),
        anchors=meanings["id"],
        english={**{name: words for name, words in english.items() if words}, "anchors": meanings["en"]},
        is_critical=row.get("is_critical", False),
        is_yes_no=row.get("is_yes_no", False),
        order=order,
    )


def _publish_scheme(data: dict, *, by) -> ClassScheme:
    scheme = ClassScheme.objects.create(
        code=_code_until_published(data),
        version=_free_number(ClassScheme, data),
        name=data["name"],
        is_example=data["is_example"],
    )
    ClassRequirement.objects.bulk_create(
        ClassRequirement(scheme=scheme, order=order, **row)
        for order, row in enumerate(data["requirements"], start=1)
    )
    scheme.code, scheme.published_at = data["code"], timezone.now()
    scheme.save(update_fields=["code", "published_at"])
    record("class_scheme.published", scheme, by=by, version=scheme.version)
    return scheme
