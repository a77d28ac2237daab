"""Pages of agreements: the list, one agreement, its draft, and its signed paper."""

from django.contrib import messages
from django.db.models import Count, F, Prefetch, Q, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.charts import monthly
from closedloop.core.formats import number
from partnerships import actions, ledger, realisation
from partnerships.addendum_page import WHEN, addenda_shown, day_in, lines_on
from partnerships.forms import LINE_FIELDS, MOST_LINES, AgreementForm, LineFormSet, drafts_of
from partnerships.holds import holds_for
from partnerships.models import (
    Addendum,
    Agreement,
    AgreementParty,
    Buyer,
    Delivery,
    PurchaseOrder,
    ReviewDecision,
    ScopeLine,
)
from partnerships.views.shared import Refused, agreement_of, errors_on, page_of, stored

ENDING = "ending"  # beside the statuses: in force, and over within 30 days
TONES = {
    "draft": "new",
    "in_review": "info",
    "signed": "info",
    "active": "info",
    "suspended": "todo",
    "completed": "ok",
    "expired": "",
    "extended": "",
    "terminated": "bad",
}
# status -> (URL name, label); the first is the main thing to do
ACTS = {
    "draft": [
        ("partnerships:sign_agreement", gettext_lazy("Catat tanda tangan")),
        ("partnerships:submit_agreement", gettext_lazy("Ajukan peninjauan")),
        ("partnerships:edit_agreement", gettext_lazy("Ubah draf")),
    ],
    "in_review": [
        ("partnerships:sign_agreement", gettext_lazy("Catat tanda tangan")),
        ("partnerships:return_agreement", gettext_lazy("Kembalikan ke draf")),
    ],
    "signed": [
        ("partnerships:activate_agreement", gettext_lazy("Aktifkan")),
        ("partnerships:add_order", gettext_lazy("Catat pesanan")),
        ("partnerships:terminate_agreement", gettext_lazy("Hentikan")),
    ],
    "active": [
        ("partnerships:add_order", gettext_lazy("Catat pesanan")),
        ("partnerships:add_review", gettext_lazy("Catat tinjauan")),
        ("partnerships:renew_agreement", gettext_lazy("Perpanjang")),
        ("partnerships:suspend_agreement", gettext_lazy("Tangguhkan")),
        ("partnerships:terminate_agreement", gettext_lazy("Hentikan")),
        ("partnerships:complete_agreement", gettext_lazy("Tutup masa berlaku")),
    ],
    "suspended": [
        ("partnerships:resume_agreement", gettext_lazy("Lanjutkan")),
        ("partnerships:terminate_agreement", gettext_lazy("Hentikan")),
    ],
}
PARTIES = Prefetch(
    "parties",
    AgreementParty.objects.select_related("enterprise", "buyer", "organisation"),
    to_attr="all_parties",
)
LINES = "baris"  # prefix of the rows of the scope


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def agreements(request):
    """Every agreement one may know of, with what was promised and what was accepted of it."""
    query, status, buyer = (request.GET.get(name, "").strip() for name in ("q", "status", "pembeli"))
    rows = Agreement.objects.visible_to(request.user).search(query)
    if status in Agreement.Status.values:
        rows = rows.filter(status=status)
    elif status == ENDING:
        rows = rows.ending(timezone.localdate())
    buyers = Buyer.objects.visible_to(request.user)
    if chosen := buyers.filter(code=buyer).first() if buyer else None:
        rows = rows.filter(parties__buyer=chosen)
    page = page_of(request, rows.prefetch_related(PARTIES))
    standings = ledger.standings(page.object_list, ledger.Scope.visible_to(request.user))
    context = {
        "page": page,
        "rows": [row_of(agreement, standings[agreement.pk]) for agreement in page.object_list],
        "query": query,
        "status": status,
        "statuses": [*Agreement.Status.choices, (ENDING, _("Berakhir dalam 30 hari"))],
        "buyer": chosen,
        "buyers": buyers,
        "is_filtered": bool(query or status or buyer),
        "may_manage": request.user.may(Permission.AGREEMENT_MANAGE),
    }
    return render(request, "partnerships/agreements.html", context)


def row_of(agreement: Agreement, standing: ledger.Standing) -> dict:
    """Return one agreement as the list shows it."""
    return {
        "agreement": agreement,
        "standing": standing,
        "enterprises": [party.enterprise for party in agreement.all_parties if party.enterprise],
        "buyers": [party.buyer for party in agreement.all_parties if party.buyer],
        "tone": TONES[agreement.status],
    }


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def agreement(request, code):
    """One agreement: six figures with their own names, plan against accepted, parties, and what to do next."""
    record = agreement_of(request, code)
    scope = ledger.Scope.visible_to(request.user)
    standing = ledger.standings([record], scope)[record.pk]
    lines = ScopeLine.objects.visible_to(request.user).filter(agreement=record)
    agreed_on = day_in(record, timezone.localdate())
    may_manage = request.user.may(Permission.AGREEMENT_MANAGE)
    deliveries = Delivery.objects.visible_to(request.user).filter(line__order__agreement=record)
    context = {
        "agreement": record,
        "tone": TONES[record.status],
        "standing": standing,
        "chart": quarters_chart(record, scope),
        "holds": holds_for(request.user, record, timezone.localdate()),
        "parties": record.parties.select_related("enterprise", "buyer", "organisation"),
        "lines": lines_on(promised_lines(lines), agreed_on),
        "addenda": addenda_of(request.user, record),
        "may_amend": may_manage and record.status == Agreement.Status.ACTIVE,
        "when": WHEN,
        "orders": orders_of(request.user, record),
        "deliveries": deliveries.with_people()[:8],
        "delivery_count": deliveries.count(),
        "reviews": reviews_of(record, lines),
        "acts": acts_of(record) if may_manage else [],
        "may_confirm": request.user.may(Permission.DELIVERY_CONFIRM),
    }
    return render(request, "partnerships/agreement.html", context)


def promised_lines(lines):
    """The lines of a scope with what is promised for each, in pieces and Rupiah, as addenda left it."""
    counted = Q(promises__replaced_by=None)
    return (
        lines.select_related("agreement", "enterprise", "buyer")
        .annotate(
            promised=Sum("promises__value", filter=counted), volume=Sum("promises__volume", filter=counted)
        )
        .order_by("enterprise__name", "part_name")
    )


def addenda_of(user, record: Agreement):
    """The addenda one may know of, each with what it changed; the page already has their agreement."""
    rows = list(Addendum.objects.visible_to(user).filter(agreement=record))
    for row in rows:
        row.agreement = record
    return addenda_shown(user, rows)


def acts_of(record: Agreement) -> list[tuple]:
    """What staff may do with it now; its period is closed only once it is over."""
    is_over = timezone.localdate() > record.ends_on
    acts = ACTS.get(record.status, [])
    return [act for act in acts if is_over or act[0] != "partnerships:complete_agreement"]


def orders_of(user, record: Agreement):
    """The orders under an agreement with their value (*dipesan*) and how many parts each has."""
    return (
        PurchaseOrder.objects.visible_to(user)
        .filter(agreement=record)
        .select_related("enterprise", "buyer")
        .annotate(value=Sum(F("lines__quantity") * F("lines__unit_price")), parts=Count("lines"))
        .order_by("-ordered_on")
    )


def reviews_of(record: Agreement, lines):
    """The reviews with their decisions; those about an IKM only where the reader deals with it."""
    decisions = ReviewDecision.objects.filter(
        Q(enterprise=None) | Q(enterprise__in=lines.values("enterprise"))
    ).select_related("enterprise")
    return record.reviews.select_related("recorded_by").prefetch_related(
        Prefetch("decisions", decisions, to_attr="shown_decisions")
    )


def quarters_chart(record: Agreement, scope: ledger.Scope) -> dict:
    """Return the bars of promised and accepted per quarter, with the unit and the table beside them."""
    today = timezone.localdate()
    figures = ledger.figures_by_quarter(scope.of(agreements=[record]), record.starts_on, record.ends_on)
    largest = max((max(money.promised or 0, money.accepted) for money in figures.values()), default=0)
    unit, name = (10**9, _("Miliar rupiah")) if largest >= 10**9 else (10**6, _("Juta rupiah"))
    labels = [quarter_name(quarter) for quarter in figures]
    plan = [None if money.promised is None else money.promised / unit for money in figures.values()]
    done = [money.accepted / unit if quarter <= today else None for quarter, money in figures.items()]
    total = sum((money.accepted for money in figures.values()), start=0)
    label = _("Diterima baik per triwulan terhadap yang dijanjikan; seluruhnya %(total)s juta rupiah") % {
        "total": number(total / 10**6)
    }
    return {
        "svg": monthly(labels, plan, done, label=label, width=760, height=240),
        "unit": name,
        "rows": [
            {"name": quarter_name(quarter), "money": money, "has_begun": quarter <= today}
            for quarter, money in figures.items()
        ],
    }


def quarter_name(quarter) -> str:
    return _("Tw %(number)s %(year)s") % {"number": (quarter.month + 2) // 3, "year": quarter.year}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def add_agreement(request):
    """Draft an agreement: its terms, and a line for each part an IKM makes for a buyer."""
    return edit(request, None, {})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def edit_agreement(request, code):
    """Change a draft; a signed paper changes only by an addendum."""
    record = agreement_of(request, code)
    if not record.is_editable:
        messages.error(request, _("Perjanjian ini bukan draf lagi. Isinya hanya berubah lewat adendum."))
        return redirect(record)
    return edit(request, record, initial_of(record))


def edit(request, record, initial):
    """Show and save the form of a draft; "Tambah baris" brings back what was typed with more rows, unsaved."""
    wants_rows = request.method == "POST" and "tambah_baris" in request.POST
    data = None if wants_rows else request.POST or None
    rows = lines_of(record) if record else []
    if wants_rows:
        initial, rows = typed(request.POST), typed_rows(request.POST)
    form = AgreementForm(data, initial=initial)
    lines = LineFormSet(data, prefix=LINES, initial=rows)
    if data and form.is_valid() & lines.is_valid():
        try:
            with errors_on(form):
                saved = save(record, form, lines, by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Draf perjanjian tersimpan."))
            return redirect(saved)
    context = {"form": form, "lines": lines, "agreement": record}
    return render(request, "partnerships/edit_agreement.html", context)


def typed(posted) -> dict:
    """Return what stands in the form's own fields, unread, so that it can be shown again."""
    return {
        name: posted.getlist(name) if name == "witnesses" else posted.get(name, "")
        for name in AgreementForm.base_fields
    }


def typed_rows(posted) -> list[dict]:
    """Return what stands in the rows of the scope, unread; untouched rows are left out."""
    count = posted.get(f"{LINES}-TOTAL_FORMS", "")
    rows = (
        {name: posted.get(f"{LINES}-{i}-{name}", "").strip() for name in LINE_FIELDS}
        for i in range(min(int(count), MOST_LINES) if count.isdigit() else 0)
    )
    return [row for row in rows if any(row.values())]


def save(record, form, lines, *, by) -> Agreement:
    """Pass what was typed to the act; IKM and buyers are those named on the lines."""
    values = form.values()
    drafts = drafts_of(lines, values["starts_on"], values["ends_on"])
    values |= {
        "lines": drafts,
        "enterprises": [draft.enterprise for draft in drafts],
        "buyers": [draft.buyer for draft in drafts],
    }
    if record is None:
        return actions.draft_agreement(by=by, **values)
    values.pop("id")
    return actions.update_draft(record, by=by, **values)


def initial_of(record: Agreement) -> dict:
    names = ("number", "title", "kind", "starts_on", "ends_on", "min_on_time", "max_ppm", "payment_days")
    parties = record.parties.all()
    part = AgreementParty.Part
    return {name: getattr(record, name) for name in names} | {
        "facilitator": next((row.organisation_id for row in parties if row.part == part.FACILITATOR), None),
        "witnesses": [row.organisation_id for row in parties if row.part == part.WITNESS],
    }


def lines_of(record: Agreement) -> list[dict]:
    """Return the lines of a draft as its form shows them: the volume of a month, not of each quarter."""
    whole_year = realisation.spread(12_000, record.starts_on, record.ends_on)
    months = sum(whole_year.values()) / 12_000
    return [
        {
            "enterprise": line.enterprise_id,
            "buyer": line.buyer_id,
            "part_name": line.part_name,
            "part_number": line.part_number,
            "unit_price": line.unit_price,
            "monthly_volume": round((line.volume or 0) / months) if months else None,
        }
        for line in record.lines.annotate(volume=Sum("promises__volume")).order_by("created_at")
    ]


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def agreement_scan(request, code):
    """The signed paper, as a download: a browser must never run what a stranger's PDF holds."""
    record = agreement_of(request, code)
    suffix = record.scan.name.rpartition(".")[2]
    kind = "application/pdf" if suffix == "pdf" else "image/jpeg"
    return stored(record.scan, content_type=kind, download_as=f"perjanjian-{record.code}.{suffix}")
