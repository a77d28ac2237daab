"""Photos that the form on the workshop floor sends by itself, as soon as there is a signal (static/js/photos.js)."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.forms.filling import SectionForm, word_of
from assessments.sheet import Sheet
from assessments.views.filling import own
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.workflow import TransitionError


@require_POST
@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def send_photos(request, code, slug):
    """Keep the photos sent for one item: the same photo sent twice is there once. Says what is wrong with a bad one."""
    assessment = own(request, code)
    part = Sheet(assessment).section(slug)
    if part is None:
        raise Http404
    sent = [row for row in part.rows if f"foto_{word_of(row.criterion.code)}" in request.FILES][:1]
    section = replace(part, rows=sent)
    data = request.POST.copy()
    data["version"] = assessment.version
    form = SectionForm(data, request.FILES, section=section, version=assessment.version)
    if not sent or not form.is_valid():
        messages = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"words": " ".join(messages) or _("Pilih foto.")}, status=400)
    try:
        for criterion, photos in form.pictures(assessment.visited_on).items():
            for photo, day in photos:
                kept = actions.add_evidence(
                    assessment, criterion, area=part.area, photo=photo, taken_on=day, by=request.user
                )
    except TransitionError as error:  # handed in meanwhile
        return JsonResponse({"words": words_of(error)}, status=409)
    except ValidationError as error:
        return JsonResponse({"words": words_of(error)}, status=400)
    answer = {
        "remove": reverse("assessments:remove_evidence", args=[kept.pk]),
        "alt": _("Foto butir %(code)s, buka untuk menghapus") % {"code": kept.criterion.code},
        "needs_photo": next(
            row.needs_photo for row in Sheet(assessment).section(slug).rows if row.criterion == kept.criterion
        ),
    }
    return JsonResponse(answer)
