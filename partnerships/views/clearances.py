"""Whether an IKM may supply a buyer, explained: every gate with its evidence, who acts, and how it was before."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.models import Finding
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Document, Enterprise
from partnerships import clearance_history, readiness
from partnerships.clearance import Rule, judge, unmet_in_words
from partnerships.gate_words import Gate, gates_in_words
from partnerships.matching import matches
from partnerships.models import Buyer, ClearanceDay, PurchaseOrder, Requirement, Sample, SupplyClearance

DAYS_SHOWN = 30


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def clearance(request, code, buyer_code):
    """Judged afresh today from the evidence; below it the days on which something changed."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    buyer = get_object_or_404(Buyer.objects.visible_to(request.user), code=buyer_code)
    today = timezone.localdate()
    row = SupplyClearance.objects.filter(enterprise=enterprise, buyer=buyer).first()
    facts = readiness.facts_of([enterprise], today)[enterprise.pk]
    facts = readiness.with_sample(facts, row.sample_approved_on if row else None)
    judgement = judge(facts, today)
    gates = gates_in_words(clearance_history.stored_gates(judgement), clearance_history.stored_facts(facts))
    orders = PurchaseOrder.objects.visible_to(request.user).filter(enterprise=enterprise, buyer=buyer)
    context = {
        "enterprise": enterprise,
        "buyer": buyer,
        "now": SupplyClearance(status=judgement.status),
        "gates": [{"gate": gate, "links": links_of(request.user, gate)} for gate in gates],
        "met": len(gates) - len(judgement.unmet),
        "days": [day_in_words(one) for one in (row.days.all()[:DAYS_SHOWN] if row else [])],
        "samples": Sample.objects.visible_to(request.user).filter(enterprise=enterprise, buyer=buyer)[:20],
        "requirements": requirements_of(request.user, enterprise, buyer, today),
        "overridden": orders.exclude(override_reason="").select_related("entered_by")[:10],
        "may_submit": request.user.may(Permission.SAMPLE_SUBMIT),
        "may_decide": request.user.may(Permission.SAMPLE_DECIDE),
    }
    return render(request, "partnerships/clearance.html", context)


def requirements_of(user, enterprise: Enterprise, buyer: Buyer, today) -> list[dict]:
    """Return what this buyer looks for and the reader may read, with how many lines the IKM meets of each."""
    wanted = list(Requirement.objects.visible_to(user).wanted().filter(buyer=buyer).with_parties())
    found = matches(wanted, [enterprise], today)
    may_open = user.may(Permission.REQUIREMENT_VIEW)
    return [
        {"requirement": one, "found": found[one.pk, enterprise.pk], "may_open": may_open} for one in wanted
    ]


def links_of(user, gate: Gate) -> list[tuple[str, str]]:
    """Return (address, words) of the records behind a gate that the reader may open."""
    if not gate.evidence:
        return []
    if gate.rule == Rule.FINDING:
        found = Finding.objects.visible_to(user).filter(code__in=gate.evidence)
        return [(one.get_absolute_url(), _("Temuan %(code)s") % {"code": one.code}) for one in found]
    papers = Document.objects.filter(
        pk__in=gate.evidence, enterprise__in=Enterprise.objects.visible_to(user)
    ).exclude(file="")
    return [(reverse("participants:document", args=[one.pk]), one.number or _("Berkas")) for one in papers]


def day_in_words(row: ClearanceDay) -> dict:
    """Return one stored day: its state, and every unmet gate as it was said then."""
    return {
        "day": row.day,
        "label": row.get_status_display(),
        "tone": row.tone,
        "met": len(row.gates) - len(row.unmet),
        "total": len(row.gates),
        "unmet": [unmet_in_words(gate) for gate in row.unmet],
    }
