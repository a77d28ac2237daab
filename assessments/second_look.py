"""Which items of an assessment need a second assessor, and what of them is not settled yet (domain.md §5.3).

The final assessment is always held against the owner's own rating of the same enrolment and against whatever
somebody else said in an assessment of the same kind. Read only.
"""

from django.utils.translation import gettext as _

from assessments.corrected import Key, carried, column, key_of
from assessments.models import Assessment, SecondScore
from assessments.sheet import Row, Sheet
from assessments.side_by_side import compare

ALWAYS_COMPARED = (Assessment.Kind.FINAL,)


def held_against(assessment: Assessment) -> list[Assessment]:
    """Return what the assessment is compared with: the owner's latest own rating, and others of the same kind."""
    rows = Assessment.objects.filter(enrolment=assessment.enrolment_id).exclude(pk=assessment.pk)
    own = rows.self_rated().filter(visited_on__lte=assessment.visited_on).order_by("-submitted_at").first()
    others = rows.official().filter(kind=assessment.kind).exclude(pk=assessment.supersedes_id)
    return [*([own] if own else []), *others.exclude(assessor=assessment.assessor_id)]


def rows_to_look_at(assessment: Assessment, sheet: Sheet) -> list[Row]:
    """Return the items on which another differs by two levels or more, in the order of the rubric.

    What a correction took over unchanged was settled when the older version was approved.
    """
    if assessment.kind not in ALWAYS_COMPARED:
        return []
    mine, keys = column(sheet), set()
    for other in held_against(assessment):
        keys |= {line.key for line in compare([column(Sheet(other)), mine]).large}
    keys -= carried(sheet)
    return [row for row in sheet.rows if key_of(row) in keys]


def second_scores(assessment: Assessment) -> dict[Key, SecondScore]:
    """Return what was looked at twice, by item."""
    rows = SecondScore.objects.filter(second__assessment=assessment).select_related("criterion", "area")
    return {(row.criterion.code, row.area.name if row.area else ""): row for row in rows}


def unsettled(assessment: Assessment, sheet: Sheet) -> list[str]:
    """Return, as instructions, every item that keeps the assessment from being approved."""
    looked_at = second_scores(assessment)
    rows = {key_of(row): row for row in sheet.rows}
    wanted = {key_of(row) for row in rows_to_look_at(assessment, sheet)} | set(looked_at)
    found = ((row, why_open(row, looked_at.get(key))) for key, row in rows.items() if key in wanted)
    return [
        _("Butir %(code)s: %(why)s") % {"code": row.place, "why": why}
        for row, why in found
        if why is not None
    ]


def why_open(row: Row, second: SecondScore | None) -> str | None:
    """Return why one item is not settled; None when it is."""
    if second is None or second.handed_in_at is None:
        return _("menunggu penilai kedua")
    item = row.as_item()
    if second.is_settled:
        agreed = (second.settled_value, second.settled_not_applicable)
        return None if (item.value, item.not_applicable) == agreed else _("nilai diubah setelah disepakati")
    if second.differs_from(item.value, item.not_applicable):
        return _("selisih dengan penilai kedua belum disepakati")
    return None
