"""Pages of addenda: one addendum with what it changes, its draft, its signing, and the lines in force on a day."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships.actions.addenda import discard_addendum, draft_addendum, redraft_addendum
from partnerships.actions.addendum_signing import sign_addendum
from partnerships.addendum_page import WHEN, addenda_shown, day_in, lines_on
from partnerships.agreed import histories
from partnerships.forms import ReasonForm
from partnerships.forms.addenda import (
    AddedFormSet,
    AddendumForm,
    ChangesForm,
    DayForm,
    SignAddendumForm,
    initial_of,
)
from partnerships.models import Addendum, Agreement, ScopeLine
from partnerships.terms import on_day
from partnerships.views.shared import Refused, agreement_of, errors_on, say, stored

ADDED = "tambahan"  # prefix of the rows of parts that are added


def addendum_of(request, code) -> Addendum:
    rows = Addendum.objects.visible_to(request.user).select_related("agreement")
    return get_object_or_404(rows, code=code)


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def addendum(request, code):
    """One addendum: what it changes of what one may know of, from when, why, and who numbered it how."""
    record = addendum_of(request, code)
    [row] = addenda_shown(request.user, [record])
    context = {
        "addendum": record,
        "agreement": record.agreement,
        "row": row,
        "numbers": record.numbers.select_related("party__enterprise", "party__buyer", "party__organisation"),
        "may_manage": request.user.may(Permission.AGREEMENT_MANAGE),
    }
    return render(request, "partnerships/addendum.html", context)


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def agreement_terms(request, code):
    """The lines of the scope as they are agreed on a day, and every version of each."""
    record = agreement_of(request, code)
    form = DayForm(request.GET or None)
    asked = form.cleaned_data["pada"] if form.is_bound and form.is_valid() else None
    day = asked or day_in(record, timezone.localdate())
    lines = ScopeLine.objects.visible_to(request.user).filter(agreement=record)
    lines = lines.select_related("agreement", "enterprise", "buyer").order_by("enterprise__name", "part_name")
    context = {
        "agreement": record,
        "form": form if form.is_bound else DayForm(initial={"pada": day}),
        "day": day,
        "rows": lines_on(lines, day),
    }
    return render(request, "partnerships/agreement_terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def add_addendum(request, code):
    """Draft an addendum to an agreement that runs."""
    record = agreement_of(request, code)
    if record.status != Agreement.Status.ACTIVE:
        messages.error(request, _("Adendum hanya untuk perjanjian yang aktif."))
        return redirect(record)
    return edit(request, record, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def edit_addendum(request, code):
    """Change a draft; a signed one changes no more."""
    record = addendum_of(request, code)
    if not record.is_draft:
        messages.error(request, _("Adendum ini bukan draf lagi. Isinya tidak berubah lagi."))
        return redirect(record)
    return edit(request, record.agreement, record)


def edit(request, agreement: Agreement, record: Addendum | None):
    """Show and save the form of a draft."""
    data = request.POST or None
    terms, changes, added = initial_of(record) if record else ({}, {}, [])
    form = AddendumForm(data, initial=terms)
    lines = ChangesForm(data, lines=lines_that_go_on(agreement), initial=changes)
    parties = list(agreement.parties.select_related("enterprise", "buyer"))
    new = AddedFormSet(data, prefix=ADDED, parties=parties, initial=added)
    if data and form.is_valid() & lines.is_valid() & new.is_valid():
        values = form.values() | {"changes": [*lines.changes(), *new.added()]}
        try:
            with errors_on(form):
                saved = save(agreement, record, values, by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Draf adendum tersimpan."))
            return redirect(saved)
    context = {
        "form": form, "lines": lines, "added": new, "agreement": agreement, "addendum": record, "when": WHEN,
    }  # fmt: skip
    return render(request, "partnerships/edit_addendum.html", context)


def save(agreement: Agreement, record: Addendum | None, values: dict, *, by) -> Addendum:
    if record is None:
        return draft_addendum(agreement, by=by, **values)
    values.pop("id")
    return redraft_addendum(record, by=by, **values)


def lines_that_go_on(agreement: Agreement) -> list[tuple]:
    """Return the lines in force on the agreement's last day, each with its terms of that day."""
    lines = list(
        agreement.lines.select_related("agreement", "enterprise", "buyer").order_by(
            "enterprise__name", "part_name"
        )
    )
    known = histories(lines)
    pairs = [(line, on_day(known[line.pk], agreement.ends_on)) for line in lines]
    return [(line, now) for line, now in pairs if now]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def sign_addendum_page(request, code):
    """Record the signing, with the scan of the paper and the parties' own numbers."""
    record = addendum_of(request, code)
    parties = list(record.agreement.parties.select_related("enterprise", "buyer", "organisation"))
    form = SignAddendumForm(request.POST or None, request.FILES or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                sign_addendum(record, by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Tanda tangan adendum tercatat. Pihak yang terkena diberi tahu."))
            return redirect(record)
    context = {"form": form, "addendum": record, "agreement": record.agreement}
    return render(request, "partnerships/sign_addendum.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def discard_addendum_page(request, code):
    """Give a draft up, with a reason."""
    record = addendum_of(request, code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            discard_addendum(record, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("Draf adendum dibatalkan."))
        return redirect(record)
    context = {
        "title": _("Batalkan draf %(number)s?") % {"number": record.number},
        "text": _(
            "Perjanjian tetap seperti sekarang. Draf ini tetap terbaca, tetapi tidak dapat dipakai lagi."
        ),
        "verb": _("Batalkan draf"),
        "consequences": [],
        "danger": True,
        "cancel": record.get_absolute_url(),
        "form": form,
    }
    return render(request, "components/confirm.html", context)


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def addendum_scan(request, code):
    """The signed paper, as a download, for whoever may see everything it says."""
    record = addendum_of(request, code)
    [row] = addenda_shown(request.user, [record])
    if not row.is_whole:
        raise Http404
    suffix = record.scan.name.rpartition(".")[2]
    kind = "application/pdf" if suffix == "pdf" else "image/jpeg"
    return stored(record.scan, content_type=kind, download_as=f"adendum-{record.code}.{suffix}")
