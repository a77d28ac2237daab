"""The tab "MoU dan pasokan" of an IKM: agreements, clearance per buyer, months of quality, cost and delivery."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import Scorecard
from assessments.qcd import on_time_rate, ppm
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from partnerships import actions, clearance, ledger, readiness
from partnerships.closing import closing_day
from partnerships.forms import SampleForm
from partnerships.models import Agreement, Buyer, Delivery, SupplyClearance
from partnerships.realisation import next_month
from partnerships.views.agreements import PARTIES, row_of
from partnerships.views.shared import Refused, errors_on, say


def enterprise_of(request, code) -> Enterprise:
    return get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def enterprise(request, code):
    """Everything the IKM supplies, to whom, and whether it may."""
    record = enterprise_of(request, code)
    scope = ledger.Scope.visible_to(request.user).of(enterprises=[record])
    agreements = (
        Agreement.objects.visible_to(request.user)
        .filter(parties__enterprise=record)
        .distinct()
        .prefetch_related(PARTIES)
    )
    standings = ledger.standings(agreements, scope)
    month = closable(record)
    context = {
        "enterprise": record,
        "rows": [row_of(agreement, standings[agreement.pk]) for agreement in agreements],
        "figures": ledger.figures_by(scope, ledger.Key.ENTERPRISE)[record.pk],
        "supply": ledger.supply_by(scope, ledger.Key.ENTERPRISE)[record.pk],
        "clearances": clearances_of(record),
        "cards": [card_of(card) for card in record.scorecards.all()[:13]],
        "closable": month,
        "closes_on": closing_day(record, month, timezone.localdate()) if month else None,
        "deliveries": Delivery.objects.visible_to(request.user)
        .filter(line__order__enterprise=record)
        .with_people()[:6],
        "may_manage": request.user.may(Permission.AGREEMENT_MANAGE),
        "shows_requirements": request.user.may(Permission.REQUIREMENT_VIEW),
    }
    return render(request, "partnerships/enterprise.html", context)


def clearances_of(record: Enterprise) -> list[dict]:
    """Return, per buyer the IKM deals with, whether it may supply today, judged afresh from the evidence."""
    buyers = Buyer.objects.filter(parties__agreement__parties__enterprise=record) | Buyer.objects.filter(
        orders__enterprise=record
    )
    buyers = list(buyers.distinct())
    judged = readiness.judgements([record], buyers, timezone.localdate())
    return [{"buyer": buyer, **clearance_in_words(*judged[record.pk, buyer.pk])} for buyer in buyers]


def clearance_in_words(judgement: clearance.Judgement, sample_approved_on: date | None) -> dict:
    """Return a judgement as pages show it: its word and tone, what is unmet, and how much is met."""
    row = SupplyClearance(status=judgement.status)
    return {
        "label": row.get_status_display(),
        "tone": row.tone,
        "sample_approved_on": sample_approved_on,
        "unmet": [clearance.unmet_in_words(check.stored()) for check in judgement.unmet],
        "met": len(judgement.checks) - len(judgement.unmet),
        "total": len(judgement.checks),
    }


def card_of(card: Scorecard) -> dict:
    """Return a closed month with its rates; a month without transactions has none."""
    return {
        "card": card,
        "on_time": on_time_rate(card.on_time_quantity, card.due_quantity),
        "ppm": ppm(card.rejected_quantity, card.delivered_quantity),
    }


def closable(record: Enterprise) -> date | None:
    """Return the month that can be closed next: the one after the last card, else the last month that is over."""
    this_month = timezone.localdate().replace(day=1)
    last = record.scorecards.order_by("-month").values_list("month", flat=True).first()
    if last is None:
        return (this_month - timedelta(days=1)).replace(day=1)
    following = next_month(last)
    return following if following < this_month else None


@require_POST
@requires(Permission.AGREEMENT_MANAGE)
def close_month(request, code):
    """Freeze the month named in the form."""
    record = enterprise_of(request, code)
    try:
        month = date.fromisoformat(request.POST.get("bulan", ""))
        actions.close_month(record, month, by=request.user)
    except ValidationError as error:
        say(request, error)
    except ValueError:
        messages.error(request, _("Pilih bulan yang akan ditutup."))
    else:
        messages.success(request, _("Bulan ditutup. Angkanya tidak berubah lagi."))
    return redirect("partnerships:enterprise", code=record.code)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUYER_MANAGE)
def approve_sample(request, code, buyer_code):
    """Record that a buyer approved the IKM's sample."""
    record = enterprise_of(request, code)
    buyer = get_object_or_404(Buyer.objects.visible_to(request.user), code=buyer_code)
    form = SampleForm(request.POST or None, initial={"approved_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.approve_sample(record, buyer, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Persetujuan sampel tersimpan."))
            return redirect("partnerships:enterprise", code=record.code)
    context = {
        "title": _("Catat persetujuan sampel %(buyer)s") % {"buyer": buyer},
        "text": _("Isi tanggal pada surat persetujuan sampel (PPAP) dari pembeli."),
        "consequences": [],
        "verb": _("Simpan persetujuan"),
        "danger": False,
        "cancel": reverse("partnerships:enterprise", args=[record.code]),
        "form": form,
    }
    return render(request, "components/confirm.html", context)
