"""What the form on the workshop floor sends by itself every few seconds (static/js/autosave.js)."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.forms.filling import SectionForm, word_of
from assessments.forms.merging import states_of
from assessments.sheet import Sheet
from assessments.views.filling import own
from assessments.views.remarks import replies_form
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import time_at


@require_POST
@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def autosave(request, code, slug):
    """Store the items that were sent and fit; say of each how it went, and what others changed meanwhile."""
    assessment = own(request, code)
    sheet = Sheet(assessment)
    part = sheet.section(slug)
    if part is None:
        raise Http404
    replies = replies_form(request, assessment, sheet, part)
    sent = [row for row in part.rows if f"nilai_{word_of(row.criterion.code)}" in request.POST]
    data = request.POST.copy()
    data["version"] = assessment.version
    form = SectionForm(data, section=replace(part, rows=sent), version=assessment.version)
    form.is_valid()
    try:
        clashes = actions.save_changes(
            assessment, form.answers(), form.seen(), area=part.area, by=request.user
        )
        if replies.is_valid():
            actions.answer_remarks(assessment, replies.replies(), by=request.user)
    except ValidationError as error:  # handed in meanwhile, from another device
        return JsonResponse({"words": words_of(error)}, status=409)
    sheet = Sheet(assessment)
    part = sheet.section(slug)
    answer = {
        "version": assessment.version,
        "saved": time_at(timezone.now(), assessment.enterprise.regency),
        "progress": _("%(n)d dari %(m)d butir dinilai") % {"n": sheet.scored, "m": sheet.asked},
        "section_progress": _("%(n)s dari %(m)s butir dinilai.") % {"n": part.scored, "m": part.asked},
        "items": states_of(form, clashes, part),
    }
    return JsonResponse(answer)
