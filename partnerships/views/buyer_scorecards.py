"""A buyer's own scorecard beside our figures, and its import: looked at first, saved whole or not at all."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import change
from participants.models import Enterprise
from participants.naming import name_key
from partnerships import actions, ledger, realisation
from partnerships.actions.buyer_scorecards import ScorecardDraft, suppliers_of
from partnerships.forms.buyer_scorecards import ScorecardFileForm
from partnerships.models import BuyerScorecard
from partnerships.scorecard_sheet import Fault, Row
from partnerships.views.shared import buyer_of

SALT = "partnerships.buyer_scorecard"
AN_HOUR = 3600


@require_safe
@requires(Permission.DELIVERY_CONFIRM, Permission.BUYER_MANAGE)
def buyer_scorecards(request, code):
    """One month of the buyer's own scorecard, each rate beside ours with the difference."""
    buyer = buyer_of(request, code)
    cards = BuyerScorecard.objects.visible_to(request.user).filter(buyer=buyer)
    months = list(cards.order_by("-month").values_list("month", flat=True).distinct())
    wanted = parse_month(request.GET.get("bulan", ""))
    month = wanted if wanted in months else (months[0] if months else None)
    context = {
        "buyer": buyer,
        "form": ScorecardFileForm(),
        "months": months,
        "is_staff": request.user.may(Permission.BUYER_MANAGE),
        "month": month,
        "rows": [],
    }
    if month:
        scope = ledger.Scope.everything().of(buyers=[buyer])
        context["rows"] = beside(scope, cards.filter(month=month).select_related("enterprise"), month)
    return render(request, "partnerships/buyer_scorecards.html", context)


def parse_month(text: str) -> date | None:
    try:
        return parse_date(f"{text}-01")
    except ValueError:
        return None


def beside(scope: ledger.Scope, cards, month: date) -> list[dict]:
    """Return the rates of one buyer's cards and ours of the month; a difference only where both are known."""
    until = realisation.next_month(month) - timedelta(days=1)
    ours = ledger.supply_by(scope, ledger.Key.ENTERPRISE, since=month, until=until)
    rows = []
    for card in cards:
        supply = ours[card.enterprise_id]
        rows.append(
            {
                "card": card,
                "supply": supply,
                "on_time_gap": gap(card.on_time, supply.on_time, times=100, decimals=1),
                "ppm_gap": gap(card.ppm, supply.ppm),
            }
        )
    return rows


def gap(theirs, ours, *, times: int = 1, decimals: int = 0) -> str:
    """Return theirs minus ours with its sign; nothing where either is unknown."""
    if theirs is None or ours is None:
        return ""
    return change((Decimal(theirs) - ours) * times, decimals)


@require_POST
@requires(Permission.DELIVERY_CONFIRM, Permission.BUYER_MANAGE)
def import_scorecards(request, code):
    """Show what the file would save, with every fault at its cell; then save it, all or nothing."""
    buyer = buyer_of(request, code)
    if payload := request.POST.get("isi"):
        return save_payload(request, buyer, payload)
    form = ScorecardFileForm(request.POST, request.FILES)
    context = {"buyer": buyer, "form": form, "drafts": [], "faults": [], "payload": ""}
    if form.is_valid():
        rows, faults = form.cleaned_data["file"]
        drafts, strangers = drafts_of(buyer, rows)
        context |= {"drafts": drafts, "faults": [*faults, *strangers]}
        if drafts and not context["faults"]:
            context["payload"] = signing.dumps(
                {"buyer": buyer.code, "by": str(request.user.pk), "rows": [plain(draft) for draft in drafts]},
                salt=SALT,
                compress=True,
            )
    return render(request, "partnerships/import_scorecards.html", context)


def drafts_of(buyer, rows: list[Row]) -> tuple[list[ScorecardDraft], list[Fault]]:
    """Match each row with an IKM that supplies the buyer, by code or name; who is not found is a fault."""
    known: dict[str, list[Enterprise]] = {}
    for enterprise in suppliers_of(buyer):
        for key in {enterprise.code.casefold(), name_key(enterprise.name), name_key(str(enterprise))}:
            known.setdefault(key, []).append(enterprise)
    drafts, faults = [], []
    for row in rows:
        found = known.get(row.enterprise.casefold()) or known.get(name_key(row.enterprise), [])
        if len(found) == 1:
            drafts.append(ScorecardDraft(found[0], row.month, row.on_time, row.ppm, row.score))
        else:
            message = (
                _("Ada lebih dari satu pemasok bernama ini. Tulis kode IKM-nya.")
                if found
                else _("Bukan pemasok perusahaan ini. Periksa namanya, atau tulis kode IKM-nya.")
            )
            faults.append(Fault(row.cell, row.enterprise, message))
    return drafts, faults


def plain(draft: ScorecardDraft) -> list:
    rates = [None if value is None else str(value) for value in draft.rates.values()]
    return [str(draft.enterprise.pk), draft.month.isoformat(), *rates]


def save_payload(request, buyer, payload: str):
    """Save what the preview showed to this very person for this very buyer, within the hour."""
    try:
        said = signing.loads(payload, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        said = {}
    wanted = {row[0] for row in said.get("rows", [])}
    by_id = {str(pk): enterprise for pk, enterprise in suppliers_of(buyer).in_bulk(wanted).items()}
    is_theirs = said.get("buyer") == buyer.code and said.get("by") == str(request.user.pk)
    if not is_theirs or wanted != set(by_id):
        messages.error(request, _("Pratinjau ini tidak berlaku lagi. Unggah berkasnya sekali lagi."))
        return redirect("partnerships:buyer_scorecards", code=buyer.code)
    drafts = [
        ScorecardDraft(
            by_id[pk],
            date.fromisoformat(month),
            None if on_time is None else Decimal(on_time),
            None if ppm is None else int(ppm),
            None if score is None else Decimal(score),
        )
        for pk, month, on_time, ppm, score in said["rows"]
    ]
    counts = actions.import_scorecards(buyer, drafts, by=request.user)
    messages.success(
        request, _("Tersimpan: %(new)d baru, %(changed)d diganti, %(unchanged)d tetap.") % counts
    )
    return redirect("partnerships:buyer_scorecards", code=buyer.code)
