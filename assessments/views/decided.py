"""One decided decision, drawn from its snapshot alone; beside it only what happened to it since."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.actions.objecting import cannot_object
from assessments.evidence_lines import evidence_lines
from assessments.models import ClassDecision, Evidence
from assessments.results import change_words
from assessments.snapshots import requirements_from
from assessments.standing import standing_of
from assessments.stored import stored_board
from assessments.stored_minutes import minutes_of
from assessments.views.corrections import later_context
from assessments.wording import line_of
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import new_id

PHOTOS = 8


def decided(request, one: ClassDecision):
    """Nothing done later to the records changes this page; objections and conditions are told beside it."""
    snapshot = one.snapshot
    names = snapshot["names"]["en" if get_language() == "en" else "id"]
    lines = [line_of(verdict, names) for verdict in requirements_from(snapshot)]
    held = stored_board(one)
    minutes = minutes_of(one)
    today = timezone.localdate()
    objections = list(one.objections.for_lists())
    context = {
        "decision": one,
        "minutes": minutes,
        "snapshot": snapshot,
        "lines": lines,
        "met": sum(line.met is True for line in lines),
        "counted": sum(line.met is not None for line in lines),
        "board": held,
        "change": change_words(held.change),
        "recommended": ClassDecision.Outcome(snapshot["recommended"]["outcome"]).label,
        "thumbs": stored_thumbs(snapshot["evidence"]),
        **evidence_context(snapshot["evidence"], snapshot["inputs"]["criteria"]),
        "objections": objections,
        "terms": list(one.terms.select_related("settled_by")),
        "today": today,
        "standing": standing_of(one, objections, today=today),
        **later_context(one, names),
        "reopened_by": one.reopened_by.select_related("decision").first(),
        "may_object": request.user.may(Permission.OBJECTION_RAISE) and not cannot_object(one),
        "may_settle": request.user.may(Permission.CLASS_PROPOSE) or request.user.may(Permission.CLASS_DECIDE),
        "form_key": new_id(),
        "may_print": request.user.may(Permission.MINUTES_REQUEST),
    }
    name = "decided_field.html" if request.user.role == Role.OWNER else "decided.html"
    return render(request, f"assessments/{name}", context)


def evidence_context(stored, scores: dict) -> dict:
    """Return the items with evidence, and of how many scored ones they are."""
    scored = sum(value is not None for value in scores.values())
    return {"evidence": evidence_lines(stored, scores), "scored": scored}


def stored_thumbs(stored) -> list[dict]:
    """Return the first photographs as {% thumbs %} draws them, each with its item and the caption of then."""
    photos = [item for item in stored if item["kind"] == Evidence.Kind.PHOTO][:PHOTOS]
    return [
        {
            "url": reverse("assessments:evidence", args=[item["id"]]),
            "thumb": reverse("assessments:evidence", args=[item["id"]]),
            "alt": _("Foto bukti butir %(code)s") % {"code": item["criterion"]},
            "caption": f"{item['criterion']} {item['caption']}".strip(),
        }
        for item in photos
    ]
