"""Which area of an assessment an answer belongs to."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.models import Area, Assessment, Criterion


def place_of(assessment: Assessment, criterion: Criterion, area: Area | None) -> Area | None:
    """Return the area an answer to this item belongs to, None for an item that is not asked per area.

    Raises ValidationError where an area must be named, must not be, or is of another assessment. An only area
    need not be named; an assessment from before there were areas has none and is one whole.
    """
    if area is not None and area.assessment_id != assessment.pk:
        raise ValidationError(_("Area ini bukan bagian penilaian ini."))
    if not criterion.dimension.is_per_area:
        if area is not None:
            raise ValidationError(_("Butir %(code)s tidak dinilai per area.") % {"code": criterion.code})
        return None
    if area is not None:
        return area
    areas = list(assessment.areas.all()[:2])
    if len(areas) > 1:
        raise ValidationError(_("Butir %(code)s: pilih areanya.") % {"code": criterion.code})
    return areas[0] if areas else None
