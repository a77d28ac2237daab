"""Orders, invoices and payments behind a signed link: confirmed, corrected or disputed by the buyer's contact."""

from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.buyer_queue import KINDS, Said, rows_of, said
from partnerships.forms.row_disputes import RowDisputeForm
from partnerships.views.behind_link import behind_link, kept_language, refused
from partnerships.views.link import done, too_late
from partnerships.views.shared import Refused, errors_on


@behind_link
@require_POST
def link_row_confirm(request, link, kind, pk):
    """Say that the row is so. `tanda` is the mark of the figures that the page showed."""
    shown = row_behind(link, kind, pk)
    if shown is None:
        return not_yours(request, link)
    try:
        actions.confirm_row(shown.row, by=link, mark=request.POST.get("tanda", ""))
    except TransitionError as error:
        return too_late(request, link, error)
    except ValidationError as error:
        return refused(request, 409, _("Isinya berubah"), " ".join(error.messages), link=link)
    return done(request, link, _("%(row)s dikonfirmasi.") % {"row": shown.name})


@behind_link
@require_http_methods(["GET", "HEAD", "POST"])
def link_row(request, link, kind, pk):
    """Say what is otherwise, with the figures as the buyer has them."""
    shown = row_behind(link, kind, pk)
    if shown is None:
        return not_yours(request, link)
    form = RowDisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.dispute_row(shown.row, by=link, **form.cleaned_data)
        except Refused as error:
            if isinstance(error.__cause__, TransitionError):
                return too_late(request, link, error.__cause__)
        else:
            words = _("Selisih %(row)s tercatat. IKM dan petugas program diberi tahu.")
            return done(request, link, words % {"row": shown.name})
    context = {"link": link, "said": shown, "form": form, "keep": kept_language(request)}
    return render(request, "partnerships/link_row.html", context)


def row_behind(link, kind, pk) -> Said | None:
    """The row of that kind, if it is the link's own buyer's."""
    if kind not in KINDS:
        return None
    row = rows_of(KINDS[kind], [link.contact.buyer_id]).filter(pk=pk).first()
    return said(row) if row else None


def not_yours(request, link):
    text = _("Catatan ini tidak ada, atau bukan milik perusahaan Anda.")
    return refused(request, 404, _("Catatan tidak ditemukan"), text, link=link)
