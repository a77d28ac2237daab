"""What several pages of assessments have in common."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from assessments.models import Assessment, ClassDecision, Finding
from closedloop.audit.models import Event

PER_PAGE = 25
SIZES = (25, 50, 100)

TONES = {
    Assessment.Status.DRAFT: "new",
    Assessment.Status.SUBMITTED: "todo",
    Assessment.Status.IN_REVIEW: "info",
    Assessment.Status.RETURNED: "todo",
    Assessment.Status.APPROVED: "ok",
}
FINDING_TONES = {
    Finding.Status.OPEN: "todo",
    Finding.Status.IN_PROGRESS: "info",
    Finding.Status.PROPOSED: "todo",
    Finding.Status.CLOSED: "ok",
}
DECISION_TONES = {
    ClassDecision.Status.PROPOSED: "todo",
    ClassDecision.Status.DECIDED: "ok",
    ClassDecision.Status.WITHDRAWN: "",
}


def page_of(request, rows):
    """Return one page of the rows; what is asked for beyond the last page is the last page."""
    per = request.GET.get("per", "")
    size = int(per) if per in map(str, SIZES) else PER_PAGE
    return Paginator(rows, size).get_page(request.GET.get("page"))


def words_of(error: ValidationError) -> str:
    return " ".join(error.messages)


def trail_of(target) -> list[dict]:
    """Return the events about one record, newest first, in words."""
    titles = {
        "assessment.started": _("Draf dibuat"),
        "assessment.submitted": _("Diajukan"),
        "assessment.in_review": _("Mulai ditinjau"),
        "assessment.returned": _("Dikembalikan"),
        "assessment.approved": _("Disetujui, nilai menjadi resmi"),
        "planitem.changed": _("Rencana diubah"),
        "planitem.in_progress": _("Dikerjakan"),
        "planitem.reported": _("Dilaporkan selesai"),
        "planitem.done": _("Selesai"),
        "planitem.dropped": _("Tidak dilanjutkan"),
        "classdecision.proposed": _("Diajukan ke sidang kelas"),
        "classdecision.decided": _("Diputuskan"),
        "classdecision.withdrawn": _("Usulan ditarik"),
    }
    events = Event.objects.about(target).filter(verb__in=titles)
    return [
        {
            "title": titles[event.verb],
            "by": event.actor_name,
            "at": event.at,
            "text": event.data.get("reason", ""),
            "tone": "ok",
        }
        for event in events
    ]


def thumbs_of(evidence) -> list[dict]:
    """Return photographs as {% thumbs %} draws them."""
    return [
        {
            "url": item.url,
            "thumb": item.url,
            "alt": _("Foto bukti butir %(code)s") % {"code": item.criterion.code},
            "caption": item.caption,
        }
        for item in evidence
    ]
