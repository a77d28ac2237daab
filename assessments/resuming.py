"""Where the assessor was: the next item after the one that was scored last. Read only."""

from assessments.sheet import Row, Section, Sheet


def next_place(sheet: Sheet) -> tuple[Section, Row] | None:
    """Return where to go on: the first unscored item after the last answer, else the first of all; None at the ends.

    None before anything is scored and after everything is.
    """
    places = [(section, row) for section in sheet.sections for row in section.rows]
    scored = [n for n, (_section, row) in enumerate(places) if row.score]
    if not scored or len(scored) == len(places):
        return None
    last = max(scored, key=lambda n: (places[n][1].score.updated_at, n))
    return next(place for place in [*places[last + 1 :], *places[: last + 1]] if place[1].score is None)
