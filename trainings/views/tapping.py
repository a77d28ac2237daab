"""The roster under the trainer's thumb: each tap answers with its row and the counts, or leads back to its row."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment
from trainings import actions
from trainings.forms.tapping import TapForm, TappedForm, UndoForm
from trainings.models import Attendance, RosterTap
from trainings.roster import meant_for
from trainings.views.rostering import of_session, roster_context

Outcome = RosterTap.Outcome


@require_POST
@requires(Permission.SESSION_RUN)
@of_session
def mark(request, session, enrolment):
    """Give one IKM the status that was tapped."""
    enrolment = get_object_or_404(
        Enrolment.objects.filter(meant_for(session)).select_related("enterprise", "cohort"), pk=enrolment
    )

    def do(form):
        data = form.cleaned_data
        return actions.tap(
            session,
            enrolment,
            data["status"],
            by=request.user,
            tapped=form.tapped(),
            seen=data["seen"] if "seen" in request.POST else None,
            receipt=data["receipt"],
        )

    return answer(request, session, TapForm(request.POST), do, enrolment)


@require_POST
@requires(Permission.SESSION_RUN)
@of_session
def mark_all(request, session):
    """Everybody without a mark is present."""
    return answer(
        request,
        session,
        TappedForm(request.POST),
        lambda form: actions.tap_all(session, by=request.user, tapped=form.tapped()),
    )


@require_POST
@requires(Permission.SESSION_RUN)
@of_session
def undo(request, session):
    """Take one's own tap back."""

    def do(form):
        one = session.taps.filter(pk=form.cleaned_data["tap"], by=request.user).first()
        if one is None:
            raise ValidationError(_("Ketukan itu tidak ditemukan, jadi tidak ada yang diurungkan."))
        actions.undo_tap(one, by=request.user)
        return one

    return answer(request, session, UndoForm(request.POST), do)


def answer(request, session, form, do, enrolment=None):
    """Do what was tapped and show what came of it: the row, or all rows, and what was refused."""
    try:
        if not form.is_valid():
            raise ValidationError(next(iter(form.errors.values()))[0])
        one = do(form)
    except ValidationError as error:
        said, is_refused = error.message, True
    else:
        said, is_refused = told(one), one.outcome != Outcome.DONE
    session.refresh_from_db(fields=["status"])
    if request.htmx:
        refused = said if is_refused else ""
        context = roster_context(request, session, enrolment) | {"refused": refused}
        return render(request, "trainings/_tapped.html", context)
    (messages.error if is_refused else messages.success)(request, said)
    address = session.get_absolute_url()
    return redirect(f"{address}#r-{enrolment.pk}" if enrolment else f"{address}#daftar")


def told(one: RosterTap) -> str:
    """Return what became of a tap, in a sentence."""
    status = Attendance.Status(one.status).label.lower()
    values = {"who": one.enrolment.enterprise if one.enrolment else "", "status": status}
    if one.outcome == Outcome.CLOSED and one.enrolment is None:
        return _("Sesi sudah ditutup, jadi tidak ada yang ditandai hadir. Petugas dapat mengoreksinya.")
    if one.outcome == Outcome.CLOSED:
        return (
            _("%(who)s: %(status)s tidak dicatat, sesi sudah ditutup. Petugas dapat mengoreksinya.") % values
        )
    if one.outcome == Outcome.CHANGED:
        return (
            _("%(who)s: %(status)s tidak dicatat, karena orang lain sudah mengubahnya. Periksa barisnya.")
            % values
        )
    if one.undone_at:
        return _("Ketukan terakhir diurungkan.")
    if one.enrolment is None:
        done = len(one.effects)
        return ngettext("%(n)d IKM ditandai hadir.", "%(n)d IKM ditandai hadir.", done) % {"n": done}
    return _("%(who)s: %(status)s.") % values
