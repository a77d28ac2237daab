"""The section form after somebody else saved: their items as stored, one's own as typed, both where they differ."""

from typing import TYPE_CHECKING

from assessments.merging import NOTHING, Answer, mark_of
from assessments.sheet import Row, Section

if TYPE_CHECKING:
    from assessments.forms.filling import FormRow, SectionForm


def stored_answer(row: Row) -> Answer:
    """Return what is stored of one item, as the actions take it."""
    score = row.score
    return (score.value, score.not_applicable, score.note) if score else NOTHING


def shown_again(form: "SectionForm", section: Section) -> "SectionForm":
    """Return the form to be shown after a conflict, read against what is stored now.

    Items that this device did not change show what is stored; the others keep what was typed, and count as seen:
    whoever saves again has had both before their eyes.
    """
    data = form.data.copy()
    answers, seen = form.answers(), form.seen()
    for item in type(form)(data, section=section, version=form.version).rows:
        criterion = item.row.criterion
        if mark_of(answers[criterion]) == seen.get(criterion):
            data[item.score.html_name] = item.stored_score
            data[item.note.html_name] = item.row.note
        data[item.seen.html_name] = item.stored_mark
    return type(form)(data, section=section, version=form.version)


def states_of(form: "SectionForm", clashes: set, section: Section) -> dict[str, dict]:
    """Return by item what the browser needs to know after a save: every item sent, and those others changed.

    `form` holds the items that were sent and every mark; `section` is read after saving.
    """
    sent = {item.row.criterion: item for item in form.rows}
    after = type(form)(form.data, section=section, version=form.version)
    found = {}
    for item in after.rows:
        mine = sent.get(item.row.criterion)
        if mine is None and form.data.get(item.seen.html_name, item.stored_mark) == item.stored_mark:
            continue
        found[item.anchor] = _state_of(item, mine, clashes)
    return found


def _state_of(item: "FormRow", mine: "FormRow | None", clashes: set) -> dict:
    state = "stored"
    if mine is not None and mine.errors:
        state = "refused"
    elif item.row.criterion in clashes:
        state = "clash"
    return {
        "state": state,
        "words": " ".join(mine.errors) if mine else "",
        "seen": item.stored_mark,
        "score": item.stored_score,
        "note": item.row.note,
        "needs_photo": item.row.needs_photo,
    }
