"""The buyer's look at the effect of a mended complaint, behind a signed link."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.forms.complaints import VerdictForm
from partnerships.models import Complaint, ComplaintAction
from partnerships.views.behind_link import behind_link, kept_language, refused
from partnerships.views.link import done, too_late
from partnerships.views.shared import Refused, errors_on, stored


@behind_link
@require_http_methods(["GET", "HEAD", "POST"])
def link_check(request, link, code):
    """Say whether the mending holds; what the IKM found and did stands above."""
    rows = Complaint.objects.filter(buyer=link.contact.buyer).for_lists()
    one = rows.filter(code=code).exclude(status__in=Complaint.UNDER_WAY).first()
    if one is None:
        return not_yours(request, link)
    form = VerdictForm(*([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                again = actions.check_complaint(one, **form.cleaned_data, by=link)
        except Refused as error:
            if isinstance(error.__cause__, TransitionError):
                return too_late(request, link, error.__cause__)
        else:
            return done(request, link, words_for(one, again))
    context = {
        "link": link,
        "complaint": one,
        "planned": list(one.actions.all()),
        "form": form,
        "keep": kept_language(request),
    }
    return render(request, "partnerships/link_check.html", context)


def words_for(one: Complaint, again: Complaint | None) -> str:
    if again:
        return _("Tercatat tidak efektif. Keluhan baru %(code)s diteruskan ke IKM.") % {"code": again.code}
    return _("Keluhan %(code)s ditutup: efektif.") % {"code": one.code}


@behind_link
@require_safe
def link_photo(request, link, pk):
    """The photo that shows an action done, for the buyer whose complaint it answers."""
    action = ComplaintAction.objects.filter(complaint__buyer=link.contact.buyer, pk=pk).first()
    if action is None or not action.photo:
        return not_yours(request, link)
    return stored(action.photo, content_type="image/jpeg")


def not_yours(request, link):
    text = _("Keluhan ini tidak ada, bukan milik perusahaan Anda, atau belum selesai diperbaiki.")
    return refused(request, 404, _("Keluhan tidak ditemukan"), text, link=link)
