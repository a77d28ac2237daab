"""One finding on one page: what, why, before and after, what it blocks, and what its reader may do now."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assessments.actions.effectiveness import may_check
from assessments.ageing import age
from assessments.before_after import evidence_of, has_before
from assessments.blocked import blocks_of
from assessments.closers import Closer, offer_of
from assessments.finding_words import STEPS, age_text, block_text, reminder_text
from assessments.forms.findings import ReasonForm
from assessments.forms.mending import BeforeForm, CloseForm, ProposeForm
from assessments.models import EffectivenessCheck, Evidence, Finding
from assessments.next_step import next_step
from assessments.pica import lacking_cause
from assessments.views.shared import FINDING_TONES, thumbs_of
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.phone import wa_link
from participants.consents import withdrawn
from participants.models import Consent, Enterprise, Person
from participants.timeline_words import SENTENCES, UNWRITTEN
from trainings.action_words import due_text

Status = Finding.Status


def visible(request, code: str) -> Finding:
    rows = Finding.objects.visible_to(request.user).for_lists()
    rows = rows.select_related(
        "closed_by", "repeat_of", "closing_module", "closing_session__module", "enterprise__regency__province"
    )
    return get_object_or_404(rows, code=code)


def page(request, one: Finding, **forms):
    """Draw one finding with the forms its reader may use now; `forms` are those with something to mend."""
    user = request.user
    context = {
        "finding": one,
        "form": next(iter(forms.values()), None),
        **facts(one, user),
        **offers(one, user),
        **forms,
    }
    name = "finding_field.html" if user.role == Role.OWNER else "finding.html"
    return render(request, f"assessments/{name}", context)


def facts(one: Finding, user) -> dict:
    """Return what anybody who may know of the finding reads."""
    today = timezone.localdate()
    before = evidence_of(one) & Evidence.objects.visible_to(user)
    done = list(one.actions.exclude(photo="").order_by("-created_at"))
    trail = trail_of(one)
    shown = has_before(one)
    step = next_step(
        one.status,
        is_critical=one.is_critical,
        dimension=one.dimension,
        whys=one.whys,
        root_cause=one.root_cause,
        has_before=shown,
    )
    return {
        "tone": FINDING_TONES[one.status],
        "is_late": one.is_open and one.due_on < today,
        "due": due_text(one.due_on, today) if one.is_open else "",
        "age": age_text(age(one.found_on, today)) if one.is_open else "",
        "planned": one.actions.filter(photo="").order_by("due_on", "created_at"),
        "report": done[0] if done else None,
        "earlier_reports": done[1:],
        "before": thumbs_of(before.select_related("criterion")),
        "has_before": shown,
        "step": step,
        "step_text": STEPS[step],
        "returned": trail[0]["text"] if one.status == Status.IN_PROGRESS and trail else "",
        "blocks": [(block, block_text(block, today)) for block in blocks_of(one, today)],
        "lacks_cause": lacking_cause(is_critical=one.is_critical, whys=one.whys, root_cause=one.root_cause),
        "closer": closer_of(one),
        "check": EffectivenessCheck.objects.filter(finding=one).select_related("checked_by").first(),
        "again": Finding.objects.filter(repeat_of=one).first(),
        "trail": trail,
    }


def offers(one: Finding, user) -> dict:
    """Return what the reader may do with it now."""
    mends = user.may(Permission.FINDING_PROPOSE) and one.can_become(Status.PROPOSED)
    judges = user.may(Permission.FINDING_CLOSE)
    writes = one.is_open and (judges or user.may(Permission.FINDING_PROPOSE))
    shows = writes and one.status != Status.PROPOSED
    waiting = EffectivenessCheck.objects.waiting().filter(finding=one).first()
    return {
        "may_start": mends and one.status == Status.OPEN,
        "may_write": writes,
        "may_judge": judges and one.is_open,
        "may_check": judges and waiting is not None and may_check(waiting, user),
        "before_form": BeforeForm() if shows else None,
        "propose_form": ProposeForm(asks_before=not has_before(one)) if mends else None,
        "close_form": CloseForm() if judges and one.is_open else None,
        "reason_form": ReasonForm() if judges and one.status == Status.PROPOSED else None,
        "reminder": reminder_of(one) if judges else "",
    }


def closer_of(one: Finding) -> Closer | None:
    """Return what was chosen, with the next session of it, or else what the dimension proposes."""
    if one.closing_session:
        return Closer(one.closing_session.module, one.closing_session)
    if not one.is_open:
        return Closer(one.closing_module) if one.closing_module else None
    code = one.closing_module.code if one.closing_module else one.dimension
    proposed = offer_of(one.enterprise).closer(code) if code else None
    return proposed or (Closer(one.closing_module) if one.closing_module else None)


def trail_of(one: Finding) -> list[dict]:
    """Return what happened to the finding, the newest first, as {% timeline %} draws it."""
    lines = []
    for event in Event.objects.about(one).exclude(verb="finding.action_added"):
        sentence = SENTENCES.get(event.verb, UNWRITTEN)
        text = event.data.get("reason") or event.data.get("note") or ""
        lines.append(
            {
                "title": sentence.title,
                "by": event.actor_name,
                "at": event.at,
                "text": text,
                "tone": sentence.tone,
                "place": one.enterprise.regency,
            }
        )
    return lines


def reminder_of(one: Finding) -> str:
    """Return the address that opens WhatsApp with a reminder; empty without a number or the IKM's consent."""
    agreed = Enterprise.objects.filter(pk=one.enterprise_id).consenting_to(Consent.Purpose.WHATSAPP)
    if one.status in (Status.PROPOSED, Status.CLOSED) or withdrawn(one.enterprise) or not agreed.exists():
        return ""
    people = Person.objects.active().filter(enterprise=one.enterprise_id).exclude(phone="")
    person = people.order_by("-is_primary", "full_name").first()
    return wa_link(person.phone, reminder_text(one, person, timezone.localdate())) if person else ""
