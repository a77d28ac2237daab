"""One audited dimension of an assessment: areas, items with their scores, photos; as plain words."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.area_board import AreaBoard
from assessments.models import Dimension
from assessments.sheet import Row, Section, Sheet
from closedloop.core import formats
from closedloop.reports.frame import text
from closedloop.reports.photos import photo

MOST_PHOTOS = 12
AREAS_IN_A_TABLE = 5


def dimension_part(
    sheet: Sheet, dimension: Dimension, board: AreaBoard | None, score: Decimal | None
) -> dict:
    """Return the dimension as the paper shows it; `score` is 0 to 100, None where nobody knows."""
    sections = [one for one in sheet.sections if one.dimension.pk == dimension.pk]
    return {
        "code": dimension.code,
        "name": dimension.title,
        "score": board.shown if board else formats.score(score),
        "value": None if score is None else str(score),
        "band": board.band if board else "",
        "areas": area_rows(sheet, board),
        "groups": list(group_tables(sections, sheet.assessment.rubric.scale_max)),
        "photos": photos_of(sections),
    }


def area_rows(sheet: Sheet, board: AreaBoard | None) -> list[dict]:
    charge = {area.name: area.person_in_charge for area in sheet.areas}
    return [
        {
            "name": line.name,
            "charge": text(charge.get(line.name)),
            "weight": formats.number(line.weight, 2, trim=True),
            "score": line.shown,
            "value": None if line.score is None else str(line.score),
            "band": line.band,
            "note": _("Terendah") if line.is_lowest else "",
        }
        for line in (board.lines if board else [])
    ]


def group_tables(sections: list[Section], top: int) -> Iterator[dict]:
    """Yield a table per group of items and five areas: a longer one would not fit beside the words."""
    titles = dict.fromkeys(section.title for section in sections)
    for title in titles:
        of_group = [section for section in sections if section.title == title]
        for start in range(0, len(of_group), AREAS_IN_A_TABLE):
            chosen = of_group[start : start + AREAS_IN_A_TABLE]
            yield {
                "title": title,
                "columns": [str(one.area) if one.area else _("Nilai") for one in chosen],
                "top": formats.number(top),
                "reached": share_of(chosen, top),
                "items": [item(rows) for rows in zip(*(one.rows for one in chosen), strict=True)],
            }


def share_of(sections: list[Section], top: int) -> str | None:
    """Return the weighted share of the most that could be reached, 0 to 100; None where nothing was scored."""
    rows = [row for one in sections for row in one.rows if row.value is not None]
    most = sum((row.criterion.weight * top for row in rows), Decimal(0))
    return str(sum(row.criterion.weight * row.value for row in rows) / most * 100) if most else None


def item(rows: tuple[Row, ...]) -> dict:
    criterion = rows[0].criterion
    notes = [f"{row.area}: {row.note}" if row.area else row.note for row in rows if row.note]
    return {
        "code": criterion.code,
        "text": criterion.title,
        "critical": criterion.is_critical,
        "scores": [shown(row) for row in rows],
        "values": [row.value for row in rows],
        "note": "; ".join(notes),
    }


def shown(row: Row) -> str:
    if row.score is None:
        return formats.EN_DASH
    return _("t.b.") if row.score.not_applicable else formats.number(row.value)


def photos_of(sections: list[Section]) -> list[dict]:
    """Return the photos that back the weakest items first, one of each before a second of any."""
    rows = sorted((row for one in sections for row in one.rows if row.photos), key=weakness)
    turns = max((len(row.photos) for row in rows), default=0)
    chosen = [(row, row.photos[turn]) for turn in range(turns) for row in rows if turn < len(row.photos)]
    return [
        photo(
            one.file,
            one.sha256,
            alt=_("Foto bukti butir %(code)s") % {"code": row.place},
            caption=f"{row.place}: {one.caption or row.criterion.title}",
            on=one.taken_on,
        )
        for row, one in chosen[:MOST_PHOTOS]
    ]


def weakness(row: Row) -> tuple:
    return (row.value if row.value is not None else 99, row.criterion.code)
