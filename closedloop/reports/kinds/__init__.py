"""The kinds of reports: each is one module of the same shape.

KIND, PREFIX, TEMPLATE                  what it is, how its numbers begin, what draws it
everything()                            every record it can be about (for commands)
subjects(user)                          those this person may ask for; none where the role may not
snapshots(subjects, language=, by=, as_of=)    one per subject, plain JSON: all that will be printed
context(snapshot) -> dict               what its template needs, drawings included; reads nothing else
name_of(snapshot)                       optional: what lists and files call it, where its subject is but a number
lapsed(pk)                              optional: why what the paper of this record says no longer holds
ABOUT_A_PERSON                          optional: its heading is a person's name, which strangers do not read
cells(snapshot)                         optional: what its Excel holds beside the figures; reads nothing else
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import number
from closedloop.reports.frame import identified
from closedloop.reports.kinds import (
    agreement,
    audit,
    card,
    class_certificate,
    cohort,
    enterprise,
    minutes,
    programme,
    register,
    review,
    training_certificate,
)
from closedloop.reports.models import Kind
from closedloop.reports.workbook import Cell

KINDS = {
    Kind.ENTERPRISE: enterprise,
    Kind.COHORT: cohort,
    Kind.AGREEMENT: agreement,
    Kind.PROGRAMME: programme,
    Kind.MINUTES: minutes,
    Kind.CARD: card,
    Kind.TRAINING: training_certificate,
    Kind.CLASS: class_certificate,
    Kind.REGISTER: register,
    Kind.AUDIT: audit,
    Kind.REVIEW: review,
}
# asked for with one press on the page of what they are about; the others through the form of the reports page
DOCUMENTS = {
    "kartu-kemajuan": Kind.CARD,
    "sertifikat-pelatihan": Kind.TRAINING,
    "sertifikat-kelas": Kind.CLASS,
    "daftar-hadir": Kind.REGISTER,
    "audit": Kind.AUDIT,
    "notulen-tinjauan": Kind.REVIEW,
}


def permission_of(kind: str) -> Permission:
    """Return what one needs to ask for this kind; minutes are also the owner's to take away."""
    if kind == Kind.MINUTES:
        return Permission.MINUTES_REQUEST
    return Permission.DOCUMENT_REQUEST if kind in DOCUMENTS.values() else Permission.REPORT_REQUEST


def require_taker(user: User, kind: str) -> None:
    """Raise PermissionDenied unless the user may still take papers of this kind away.

    A role may have changed since they were asked for; who reads the whole programme may read its papers.
    """
    if not (user.may(Permission.PROGRAMME_VIEW) or user.may(permission_of(kind))):
        raise PermissionDenied


def title_of(kind: str, subjects, scope: str = "") -> str:
    """Return the name of a request: of its one report, or of how many there are; `scope` says of which group."""
    label = str(Kind(kind).label)
    if len(subjects) == 1 and not scope:
        return f"{label}: {subjects[0]}"[:200]
    label = f"{label}: {scope}"[:180] if scope else label
    return _("%(label)s, %(count)s berkas") % {"label": label, "count": number(len(subjects))}


def name_of(subject, snapshot: dict) -> str:
    """Return what one paper is called in lists and as a file: its subject, or what its kind says is clearer."""
    maker = KINDS[Kind(snapshot["kind"])]
    return maker.name_of(snapshot) if hasattr(maker, "name_of") else str(subject)


def allowed(user) -> list[Kind]:
    """Return the kinds of the reports page of which this person may ask for at least one."""
    offered = [kind for kind in KINDS if kind not in DOCUMENTS.values()]
    return [kind for kind in offered if has_any(KINDS[kind].subjects(user))]


def about(snapshot: dict, *, knows: bool) -> str:
    """Return what a paper is about; a person's name only for a reader who may know of the paper."""
    is_person = getattr(KINDS[Kind(snapshot["kind"])], "ABOUT_A_PERSON", False)
    return "" if is_person and not knows else snapshot["heading"]


def lapsed(kind: str, pk: UUID) -> str:
    """Return why what a genuine paper says no longer holds, in the reader's language; empty while it holds."""
    maker = KINDS[Kind(kind)]
    return maker.lapsed(pk) if hasattr(maker, "lapsed") else ""


def has_sheet(kind: str) -> bool:
    """Whether papers of this kind hold figures, and so have their Excel."""
    maker = KINDS[Kind(kind)]
    return hasattr(maker, "FIGURES") or hasattr(maker, "cells")


def cells_of(snapshot: dict) -> list[Cell]:
    """Return what the kind adds to the figures in its Excel, in the language of the paper."""
    maker = KINDS[Kind(snapshot["kind"])]
    with translation.override(snapshot["language"]):
        return list(maker.cells(snapshot)) if hasattr(maker, "cells") else []


def has_any(subjects) -> bool:
    """Whether there is one, without reading them all."""
    return subjects.exists() if isinstance(subjects, QuerySet) else bool(subjects)


__all__ = ["DOCUMENTS", "KINDS", "allowed", "identified", "name_of", "permission_of", "title_of"]
