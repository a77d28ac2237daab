"""Pieces of the pages about one enterprise."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from closedloop.accounts.permissions import Permission
from closedloop.core.formats import number, unknown
from closedloop.core.identifiers import masked
from closedloop.core.templatetags.portal import badge
from participants.models import Cohort, Enrolment, Enterprise
from participants.side_by_side import REASON_WORDS
from participants.timeline_words import FIELD_NAMES

register = template.Library()

# numbers that are shown by their last four digits
IDENTITY = ("nib", "npwp", "nitku")
# days before its end at which a paper asks for attention
SOON = 60

# label, address by name, who may open it
TABS = [
    (_("Ikhtisar"), "dashboard:profile", Permission.ENTERPRISE_VIEW),
    (_("Data usaha"), "participants:detail", Permission.ENTERPRISE_VIEW),
    (_("Kemampuan"), "participants:capability", Permission.ENTERPRISE_VIEW),
    (_("Kehadiran"), "trainings:enterprise", Permission.TRAINING_VIEW),
    (_("Penilaian"), "assessments:enterprise", Permission.ASSESSMENT_VIEW),
    (_("MoU dan pasokan"), "partnerships:enterprise", Permission.AGREEMENT_VIEW),
    (_("Riwayat"), "participants:timeline", Permission.ENTERPRISE_VIEW),
]


COHORT_TABS = [
    (_("Ringkasan"), "dashboard:cohort", Permission.COHORT_VIEW),
    (_("Peserta"), "participants:cohort", Permission.COHORT_VIEW),
    (_("Pendaftaran"), "participants:shortlist", Permission.APPLICATION_VIEW),
    (_("Jadwal dan pelatihan"), "trainings:cohort", Permission.COHORT_VIEW),
    (_("Versi"), "dashboard:cohort_pins", Permission.COHORT_MANAGE),
]


@register.simple_tag(takes_context=True)
def enterprise_tabs(context, enterprise):
    """Return the pages about an enterprise that the reader may open; the present one is marked."""
    return tabs_of(context["request"], TABS, enterprise.code)


@register.simple_tag(takes_context=True)
def cohort_tabs(context, cohort):
    """Return the pages about a cohort that the reader may open; the present one is marked."""
    return tabs_of(context["request"], COHORT_TABS, cohort.code)


def tabs_of(request, pages, code: str) -> list[dict]:
    tabs = []
    for label, name, permission in pages:
        url = address_of(name, code)
        if url and request.user.may(permission):
            tabs.append({"label": label, "url": url, "is_current": request.path == url})
    return tabs


@register.simple_tag(takes_context=True)
def is_practice(context) -> bool:
    """Whether the page is about a practice cohort or somebody in one; at most one query."""
    for name in ("cohort", "enrolment", "session"):
        subject = context.get(name)
        cohort = getattr(subject, "cohort", subject)
        if isinstance(cohort, Cohort):
            return cohort.is_practice
    for name in ("enterprise", "assessment", "finding", "decision"):
        subject = context.get(name)
        key = subject.pk if isinstance(subject, Enterprise) else getattr(subject, "enterprise_id", None)
        if key:
            return Enrolment.objects.filter(enterprise=key, cohort__is_practice=True).exists()
    return False


def address_of(name: str, code: str) -> str | None:
    """Return the address of a page, or None where an app has not built it."""
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return None


@register.filter
def status_tone(enrolment) -> str:
    """Return the tone of the badge for an enrolment's status."""
    return {
        "applicant": "new",
        "registered": "info",
        "active": "ok",
        "on_leave": "todo",
        "graduated": "ok",
    }.get(enrolment.status, "")


@register.filter
def outcome_tone(outcome: str) -> str:
    """Return the tone of the badge for what became of an imported row."""
    return {"new": "ok", "changed": "info", "error": "bad", "possible_duplicate": "todo"}.get(outcome, "")


@register.filter
def pair_reason(reason: str) -> str:
    """Return why two records may be one enterprise, in words."""
    return REASON_WORDS[reason]


@register.filter
def cohort_tone(cohort) -> str:
    """Return the tone of the badge for a cohort's status."""
    return {"open": "info", "running": "ok"}.get(cohort.status, "new" if cohort.status == "planned" else "")


@register.filter
def batch_tone(batch) -> str:
    """Return the tone of the badge for an import's status."""
    return {"uploaded": "new", "previewed": "todo", "saved": "ok"}.get(batch.status, "")


@register.simple_tag
def document_badge(document) -> str:
    """Say whether a paper with a last day is in force, is about to run out, or has."""
    if not document.expires_on:
        return ""
    left = (document.expires_on - timezone.localdate()).days
    if left < 0:
        return badge(_("Kedaluwarsa"), "bad")
    return badge(_("Segera habis"), "todo") if left <= SOON else badge(_("Masih berlaku"), "ok")


@register.inclusion_tag("components/steps.html")
def import_steps(now: int):
    """The steps of an import, as the head of its pages; beyond the last all are done."""
    titles = [_("Unggah berkas"), _("Cocokkan kolom"), _("Periksa"), _("Simpan")]
    states = {True: "done", False: ""}
    items = [
        {
            "title": title,
            "small": f"{_('Langkah')} {number}",
            "state": "now" if number == now else states[number < now],
            "url": "",
        }
        for number, title in enumerate(titles, 1)
    ]
    return {"items": items, "label": _("Langkah impor")}


@register.filter
def changed_lines(row) -> list[str]:
    """Return what a row adds to an enterprise of the registry: field, old value, new value."""
    lines = []
    for name, (old, new) in row.values.get("changes", {}).items():
        if name == "cohort":
            lines.append(_("Didaftarkan ke angkatan ini"))
            continue
        label, _colon, year = name.partition(":")
        label = f"{FIELD_NAMES.get(label, label)} {year}".strip()
        # only an edited sheet of ours can empty a cell
        if name in IDENTITY:
            old, new = (masked(value) if value else value for value in (old, new))
        to = _("(kosong)") if new in (None, "", []) else shown(new)
        lines.append(f"{label}: {shown(old)} → {to}")
    return lines


@register.filter
def clashes(row) -> list[dict]:
    """Return what of a row waits for a decision between the portal's value and the sheet's."""
    return [
        {"name": name, "label": FIELD_NAMES.get(name.partition(":")[0], name), "value": shown(mine)}
        for name, (_theirs, mine) in row.values.get("clashes", {}).items()
    ]


def shown(value) -> str:
    match value:
        case None | "" | []:
            return unknown()
        case int():
            return number(value) if value > 9999 else str(value)
        case list():
            return ", ".join(map(str, value))
    return str(value)


@register.filter
def application_tone(application) -> str:
    """Return the tone of the badge for an application's status."""
    return {
        "submitted": "new",
        "in_review": "info",
        "waiting": "todo",
        "accepted": "ok",
    }.get(application.status, "")


@register.filter
def waiting_for(moment) -> str:
    """Say for how many days something has waited."""
    days = (timezone.now() - moment).days
    if not days:
        return str(_("hari ini"))
    return ngettext("menunggu %(n)d hari", "menunggu %(n)d hari", days) % {"n": days}


@register.filter
def kept(filters, names: str) -> list[tuple[str, str]]:
    """Return (name, value) of the filters in force among the named ones, to be carried along as hidden fields."""
    query = filters.query()
    return [(name, value) for name in names.split() for value in query.getlist(name)]
