"""A reviewer's remarks where the assessor meets them: at the item, in the list of sections, before handing in."""

from django.urls import reverse

from assessments.forms.filling import word_of
from assessments.forms.reviewing import RepliesForm
from assessments.models import Assessment
from assessments.rounds import Line, open_round
from assessments.sheet import Section, Sheet


def replies_form(request, assessment: Assessment, sheet: Sheet, part: Section) -> RepliesForm:
    """Return the form of the replies on one page, and give every row of it its remark and the field to reply in."""
    found = open_round(assessment, sheet)
    lines = {id(line.row): line for line in found.asked} if found else {}
    here = [lines[id(row)] for row in part.rows if id(row) in lines]
    form = RepliesForm(request.POST or None, remarks=[line.remark for line in here if line.remark])
    for row in part.rows:
        line = lines.get(id(row))
        row.asked = line
        row.reply = form.field_of(line.remark) if line and line.remark else None
    return form


def asked_lines(assessment: Assessment, sheet: Sheet) -> list[tuple[Line, str]]:
    """Return each item that was returned, with the address where it is mended; empty unless it is returned."""
    found = open_round(assessment, sheet)
    slugs = {id(row): section.slug for section in sheet.sections for row in section.rows}
    return [
        (
            line,
            reverse("assessments:section", args=[assessment.code, slugs[id(line.row)]])
            + f"#{word_of(line.row.criterion.code)}",
        )
        for line in (found.asked if found else [])
    ]
