"""Evidence that is no photo, added from the form on the workshop floor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import actions
from assessments.forms.filling import word_of
from assessments.forms.pieces import KINDS, REUSE, ReuseForm
from assessments.sheet import Row, Section, Sheet
from assessments.views.filling import own, refuse_closed
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def add(request, code, slug, item, kind):
    """One kind of evidence for one item; `item` is its code as addresses spell it."""
    assessment = own(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    part, row = row_of(Sheet(assessment), slug, item)
    form = form_of(request, kind, assessment, part, row)
    back = f"{reverse('assessments:section', args=[code, slug])}#{item}"
    if request.method == "POST" and form.is_valid():
        try:
            save(form, assessment, part, row, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Bukti disimpan untuk butir %(code)s.") % {"code": row.criterion.code}
            )
            return redirect(back)
    context = {"assessment": assessment, "row": row, "form": form, "back_to": back, "reuses": kind == REUSE}
    return render(request, "assessments/add_piece.html", context)


def row_of(sheet: Sheet, slug: str, item: str) -> tuple[Section, Row]:
    part = sheet.section(slug)
    row = next((one for one in part.rows if word_of(one.criterion.code) == item), None) if part else None
    if part is None or row is None:
        raise Http404
    return part, row


def form_of(request, kind: str, assessment, part: Section, row: Row):
    if kind == REUSE:
        return ReuseForm(request.POST or None, assessment=assessment, row=row)
    if kind not in KINDS:
        raise Http404
    return KINDS[kind](
        request.POST or None, request.FILES or None, row=row, section=part, day=assessment.visited_on
    )


def save(form, assessment, part: Section, row: Row, *, by) -> None:
    if isinstance(form, ReuseForm):
        actions.link_evidence(form.cleaned_data["evidence"], row.criterion, area=part.area, by=by)
    else:
        actions.add_piece(
            assessment, form.criteria, form.piece, area=part.area, id=form.cleaned_data["key"], by=by
        )
