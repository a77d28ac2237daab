"""What moves an agreement on: each act on a page of its own that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions
from partnerships.forms import ReasonForm, SignForm
from partnerships.views.shared import Refused, agreement_of, errors_on, say


@dataclass(frozen=True)
class Move:
    """The words of one act; `%(number)s` is the agreement's number."""

    act: Callable
    title: str
    text: str
    verb: str
    done: str
    needs_reason: bool = False
    danger: bool = False


MOVES = {
    "submit": Move(
        actions.submit_for_review,
        gettext_lazy("Ajukan %(number)s untuk ditinjau?"),
        gettext_lazy("Isinya tidak dapat diubah selama ditinjau. Peninjau dapat mengembalikannya ke draf."),
        gettext_lazy("Ajukan peninjauan"),
        gettext_lazy("Perjanjian diajukan untuk ditinjau."),
    ),
    "return": Move(
        actions.return_to_draft,
        gettext_lazy("Kembalikan %(number)s ke draf?"),
        gettext_lazy("Isinya dapat diubah lagi."),
        gettext_lazy("Kembalikan ke draf"),
        gettext_lazy("Perjanjian dikembalikan ke draf."),
        needs_reason=True,
    ),
    "activate": Move(
        actions.activate,
        gettext_lazy("Aktifkan %(number)s?"),
        gettext_lazy("Janji dihitung menurut waktu, dan lampu perjanjian mulai menyala."),
        gettext_lazy("Aktifkan perjanjian"),
        gettext_lazy("Perjanjian aktif."),
    ),
    "suspend": Move(
        actions.suspend,
        gettext_lazy("Tangguhkan %(number)s?"),
        gettext_lazy("Semua pihak membaca alasannya. Perjanjian dapat dilanjutkan lagi."),
        gettext_lazy("Tangguhkan perjanjian"),
        gettext_lazy("Perjanjian ditangguhkan."),
        needs_reason=True,
    ),
    "resume": Move(
        actions.resume,
        gettext_lazy("Lanjutkan %(number)s?"),
        gettext_lazy("Perjanjian berlaku lagi sampai tanggal berakhirnya."),
        gettext_lazy("Lanjutkan perjanjian"),
        gettext_lazy("Perjanjian berlaku lagi."),
    ),
    "terminate": Move(
        actions.terminate,
        gettext_lazy("Hentikan %(number)s?"),
        gettext_lazy(
            "Perjanjian berakhir sebelum waktunya dan tidak dapat diaktifkan lagi. "
            "Pengiriman yang sudah dikonfirmasi tetap tersimpan."
        ),
        gettext_lazy("Hentikan perjanjian"),
        gettext_lazy("Perjanjian dihentikan."),
        needs_reason=True,
        danger=True,
    ),
    "complete": Move(
        actions.complete,
        gettext_lazy("Tutup masa berlaku %(number)s?"),
        gettext_lazy(
            "Bila nilai diterima baik mencapai 80 persen dari yang dijanjikan, perjanjian menjadi Selesai; "
            "bila kurang, Berakhir."
        ),
        gettext_lazy("Tutup masa berlaku"),
        gettext_lazy("Masa berlaku perjanjian ditutup."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def move(request, code, act):
    """Ask, then act. What the agreement's state does not allow is said in words."""
    record, words = agreement_of(request, code), MOVES[act]
    form = ReasonForm(request.POST or None) if words.needs_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        arguments = [form.cleaned_data["reason"]] if form else []
        try:
            words.act(record, *arguments, by=request.user)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, words.done)
        return redirect(record)
    context = {
        "title": words.title % {"number": record.number},
        "text": words.text,
        "verb": words.verb,
        "consequences": [],
        "danger": words.danger,
        "cancel": record.get_absolute_url(),
        "form": form,
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def sign_agreement(request, code):
    """Record the signing, with the scan of the paper."""
    record = agreement_of(request, code)
    form = SignForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.sign(record, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Tanda tangan tercatat. Pihak-pihaknya diberi tahu."))
            return redirect(record)
    return render(request, "partnerships/sign_agreement.html", {"form": form, "agreement": record})
