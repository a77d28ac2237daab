"""Factory actions: the list for the programme, one action for everybody who may know of it, its photos."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.files import inline
from closedloop.core.phone import wa_link
from participants.models import Cohort, Consent, Enrolment, Enterprise, Person
from participants.timeline_words import SENTENCES, UNWRITTEN
from trainings.action_words import due_text, reminder_text
from trainings.forms.factory import BeforeForm, ReportForm, ReturnForm
from trainings.models import ActionReport, FactoryAction, TrainingSession

PER_PAGE = 25
FILTERS = ("q", "status", "angkatan", "lewat")


@requires(Permission.COHORT_VIEW)
def actions(request):
    """Every action one may know of: who is late first, and how many of all are done."""
    today, query = timezone.localdate(), request.GET
    rows = FactoryAction.objects.visible_to(request.user)
    if code := query.get("angkatan", ""):
        rows = rows.filter(enrolment__cohort__code=code)
    if text := query.get("q", "").strip():
        found = Enterprise.objects.visible_to(request.user).search(text)
        rows = rows.filter(enrolment__enterprise__in=found.values("pk"))
    numbers = rows.numbers(today)
    if query.get("status") in FactoryAction.Status.values:
        rows = rows.filter(status=query["status"])
    elif query.get("status") != "all":
        rows = rows.open()
    if query.get("lewat"):
        rows = rows.overdue(today)
    page = Paginator(rows.for_lists().order_by("due_on", "pk"), PER_PAGE).get_page(query.get("page"))
    context = {
        "page": with_words(page, today),
        "numbers": numbers,
        "statuses": FactoryAction.Status.choices,
        "cohorts": Cohort.objects.filter(
            enrolments__factory_actions__in=FactoryAction.objects.visible_to(request.user)
        ).distinct(),
        "filters": {name: query.get(name, "") for name in FILTERS},
    }
    return render(request, "trainings/actions.html", context)


@requires(Permission.TRAINING_VIEW)
def action(request, code):
    return page_of(request, visible(request, code))


def visible(request, code: str) -> FactoryAction:
    rows = FactoryAction.objects.visible_to(request.user).for_lists()
    return get_object_or_404(rows.select_related("closed_by", "session__regency__province"), code=code)


def page_of(request, one: FactoryAction, **forms):
    """Draw one action with what its reader may do now; `forms` are those with something to mend."""
    user, today = request.user, timezone.localdate()
    reports = user.may(Permission.ACTION_REPORT) and one.waits_for_owner
    checks = may_check(user, one) and one.status == FactoryAction.Status.REPORTED
    form = forms.get("report_form") or forms.get("before_form") or forms.get("return_form")
    context = {
        "action": one,
        "due": due_text(one.due_on, today) if one.waits_for_owner else "",
        "is_late": one.waits_for_owner and one.due_on < today,
        "reports": one.reports.select_related("reported_by"),
        "trail": trail_of(one),
        "report_form": (forms.get("report_form") or ReportForm()) if reports else None,
        "before_form": (forms.get("before_form") or BeforeForm()) if reports else None,
        "return_form": (forms.get("return_form") or ReturnForm()) if checks else None,
        "form": form,
        "gives": may_give(user, one) and one.waits_for_owner,
        "may_remove": one.status == FactoryAction.Status.OPEN and not one.before,
        "reminder": reminder_of(one, today) if user.may(Permission.ACTION_VERIFY) else "",
    }
    name = "action_field.html" if is_owner(user) else "action.html"
    return render(request, f"trainings/{name}", context)


@require_safe
@requires(Permission.TRAINING_VIEW)
def before_photo(request, code):
    rows = FactoryAction.objects.visible_to(request.user).exclude(before="")
    one = get_object_or_404(rows, code=code)
    return inline(one.before, f"aksi-{one.code}-sebelum")


@require_safe
@requires(Permission.TRAINING_VIEW)
def after_photo(request, pk):
    seen = FactoryAction.objects.visible_to(request.user)
    report = get_object_or_404(ActionReport, action__in=seen, pk=pk)
    return inline(report.photo, f"aksi-{report.pk}-sesudah")


def with_words(rows, today):
    """Give each row its day in words, while the IKM has the next move."""
    for row in rows:
        row.due = due_text(row.due_on, today) if row.waits_for_owner else ""
        row.is_late = row.waits_for_owner and row.due_on < today
    return rows


def trail_of(one: FactoryAction) -> list[dict]:
    """Return what happened to the action, the newest first, as {% timeline %} draws it."""
    place = one.enrolment.enterprise.regency
    lines = []
    for event in Event.objects.about(one).exclude(verb="factoryaction.evidence_added"):
        sentence = SENTENCES.get(event.verb, UNWRITTEN)
        lines.append(
            {
                "title": sentence.title,
                "by": event.actor_name,
                "at": event.at,
                "text": event.data.get("reason", ""),
                "tone": sentence.tone,
                "place": place,
            }
        )
    return lines


def may_check(user, one: FactoryAction) -> bool:
    """Whether the reader is the IKM's present mentor."""
    accompanied = FactoryAction.objects.accompanied_by(user).filter(pk=one.pk)
    return user.may(Permission.ACTION_VERIFY) and accompanied.exists()


def may_give(user, one: FactoryAction) -> bool:
    """Whether the reader may run the session from which the action comes."""
    sessions = TrainingSession.objects.visible_to(user)
    return user.may(Permission.SESSION_RUN) and sessions.filter(pk=one.session_id).exists()


def is_owner(user) -> bool:
    return user.role == Role.OWNER


def reminder_of(one: FactoryAction, today) -> str:
    """Return the address that opens WhatsApp with a reminder; empty without a number or the IKM's consent."""
    enterprise = Enterprise.objects.filter(pk=one.enterprise_id)
    if not one.waits_for_owner or not enterprise.consenting_to(Consent.Purpose.WHATSAPP).exists():
        return ""
    if not Enrolment.objects.invited().filter(pk=one.enrolment_id).exists():
        return ""
    people = Person.objects.active().filter(enterprise=one.enterprise_id).exclude(phone="")
    person = people.filter(pk=one.owner_id).first() or people.order_by("-is_primary", "full_name").first()
    return wa_link(person.phone, reminder_text(one, person, today)) if person else ""
