"""Where the buttons of the form lead."""

from django.urls import reverse

from assessments.forms.filling import word_of
from assessments.forms.pieces import KINDS, REUSE
from assessments.models import Assessment


def evidence_page(assessment: Assessment, part, go: str) -> str:
    """Return the page that adds the evidence a button asks for ("bukti.R1-1.dokumen"); empty for other buttons."""
    word, _dot, rest = go.partition(".")
    item, _dot, kind = rest.partition(".")
    known = {word_of(row.criterion.code) for row in part.rows}
    if word != "bukti" or item not in known or kind not in (*KINDS, REUSE):
        return ""
    return reverse("assessments:add_piece", args=[assessment.code, part.slug, item, kind])
