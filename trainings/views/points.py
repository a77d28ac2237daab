"""The point of a session's place: taken from the trainer's phone, or typed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.forms.points import PointForm
from trainings.models import PlacePoint
from trainings.views.rostering import of_session


@requires(Permission.SESSION_RUN)
@of_session
def point(request, session):
    """Set it, for this session and every other one at the same place."""
    known = PlacePoint.objects.of(session)
    initial = {"latitude": known.latitude, "longitude": known.longitude} if known else {}
    form = PointForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_point(session, **form.cleaned_data, by=request.user)
        messages.success(
            request,
            _("Titik %(place)s tersimpan. Sesi lain di tempat yang sama ikut memakainya.")
            % {"place": session.place},
        )
        return redirect(session)
    return render(request, "trainings/session_point.html", {"session": session, "form": form, "known": known})
