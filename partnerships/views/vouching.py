"""Pages of a row of the ledger after it was entered: confirmed, verified, corrected, with its paper."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from closedloop.core.files import inline
from partnerships import actions
from partnerships.actions.vouching import CORRECTABLE
from partnerships.buyer_queue import KINDS, PATHS, VouchedRow, order_of, said
from partnerships.forms.row_disputes import RowDisputeForm
from partnerships.forms.vouching import CORRECTIONS
from partnerships.models.vouched import Vouched
from partnerships.trail_words import corrections_of
from partnerships.views.shared import Refused, errors_on, say


def row_of(request, kind, pk) -> VouchedRow:
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind]
    joins = (f"{PATHS[model]}{name}" for name in ("buyer", "enterprise"))
    return get_object_or_404(model.objects.visible_to(request.user).select_related(*joins), pk=pk)


@require_POST
@requires(Permission.DELIVERY_CONFIRM)
def confirm_row(request, kind, pk):
    """The buyer says that it is so."""
    row = row_of(request, kind, pk)
    return acted(request, row, actions.confirm_row, _("%(row)s dikonfirmasi.") % {"row": said(row).name})


@require_POST
@requires(Permission.DELIVERY_CONFIRM)
def confirm_rows(request):
    """The buyer says of the ticked rows of the queue that they are so; each names the figures it showed."""
    done = 0
    for typed in request.POST.getlist("catatan"):
        kind, pk, mark = ([*typed.split("/"), "", ""])[:3]
        if not is_id(pk):
            raise Http404
        try:
            actions.confirm_row(row_of(request, kind, pk), by=request.user, mark=mark)
        except ValidationError as error:
            say(request, error)
        else:
            done += 1
    if done:
        words = ngettext("%(count)d catatan dikonfirmasi.", "%(count)d catatan dikonfirmasi.", done)
        messages.success(request, words % {"count": done})
    elif not request.POST.getlist("catatan"):
        messages.warning(request, _("Pilih paling sedikit satu catatan."))
    return redirect("partnerships:confirmations")


def is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_CONFIRM)
def dispute_row(request, kind, pk):
    """The buyer says what is otherwise."""
    row = row_of(request, kind, pk)
    form = RowDisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.dispute_row(row, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Selisih dilaporkan. IKM dan admin program diberi tahu."))
            return redirect(order_of(row))
    shown = said(row)
    context = {
        "form": form,
        "order": order_of(row),
        "said": shown,
        "heading": _("Laporkan selisih %(note)s") % {"note": shown.name},
        "verb": _("Laporkan selisih"),
        "corrections": [],
    }
    return render(request, "partnerships/dispute_row.html", context)


@require_POST
@requires(Permission.DELIVERY_VERIFY)
def verify_row(request, kind, pk):
    """Staff seal what was confirmed."""
    return acted(request, row_of(request, kind, pk), actions.verify_row, _("Diverifikasi."))


def acted(request, row, act, done: str):
    try:
        act(row, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, done)
    return redirect(order_of(row))


@require_safe
@requires(Permission.DELIVERY_VIEW)
def row_document(request, kind, pk):
    """The paper of a row, for who may see the row."""
    row = row_of(request, kind, pk)
    if not row.document:
        raise Http404
    return inline(row.document, f"{kind}-{row.document_sha256[:8]}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE, Permission.DELIVERY_ENTER)
def correct_row(request, kind, pk):
    """Correct what was mistyped, or add the paper; below the form stand the corrections so far."""
    row = row_of(request, kind, pk)
    if row.status == Vouched.Status.VERIFIED and not request.user.may(Permission.DELIVERY_VERIFY):
        raise PermissionDenied
    names = CORRECTABLE[type(row)]
    initial = {name: getattr(row, name) for name in names}
    form = CORRECTIONS[type(row)](request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        scan, reason = values.pop("document"), values.pop("reason")
        try:
            with errors_on(form):
                actions.correct_row(row, reason, by=request.user, **values)
                if scan:
                    actions.attach(row, scan, by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Tersimpan. Nilai lama tetap terbaca di riwayat."))
            return redirect(order_of(row))
    context = {
        "form": form,
        "order": order_of(row),
        "dispute": row.disputes.unsettled().select_related("raised_by", "raised_link__contact").first(),
        "heading": _("Koreksi %(row)s") % {"row": row},
        "verb": _("Simpan koreksi"),
        "corrections": corrections_of(Event.objects.about(row)),
    }
    return render(request, "partnerships/correct_row.html", context)
