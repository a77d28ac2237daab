"""A visit as its host reads it on a phone, and the host's yes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.models import Visit


@requires(Permission.CHECK_IN)
def my_visit(request, code):
    """What the trainer saw, with the button that agrees."""
    one = own_visit(request, code)
    context = {"visit": one, "session": one.session, "answers": one.answers.all(), "photos": one.photos.all()}
    return render(request, "trainings/my_visit.html", context)


@require_POST
@requires(Permission.CHECK_IN)
def confirm(request, code):
    """Say once that the visit took place."""
    one = own_visit(request, code)
    try:
        actions.confirm_hosting(one, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Kunjungan terkonfirmasi. Narasumber diberi tahu."))
    return redirect("trainings:my_visit", code)


def own_visit(request, code: str) -> Visit:
    """Return a visit at the reader's own factory."""
    return get_object_or_404(Visit.objects.visible_to(request.user).for_pages(), session__code=code)
