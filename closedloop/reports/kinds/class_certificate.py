"""Sertifikat Kelas: what the board's decision to raise an IKM gives it to show, from what the decision stored.

The paper is of the moment of the decision. Whether the class is still held stands on its public page.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import ClassDecision
from assessments.stored_minutes import minutes_of
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import formats
from closedloop.reports.frame import base_context, frame
from closedloop.reports.models import Kind

KIND = Kind.CLASS
PREFIX = "SKL"
TEMPLATE = "reports/pdf/class_certificate.html"

RAISED = (ClassDecision.Outcome.PROMOTED, ClassDecision.Outcome.CONDITIONAL)


def everything() -> QuerySet[ClassDecision]:
    return ClassDecision.objects.in_force().filter(outcome__in=RAISED)


def subjects(user: User) -> QuerySet[ClassDecision]:
    """The decisions that raised an IKM one may know of and on which its class rests today."""
    if not user.may(Permission.MINUTES_REQUEST):
        return ClassDecision.objects.none()
    return everything().visible_to(user)


def lapsed(pk: UUID) -> str:
    """Why what the paper says no longer holds, in the reader's language; empty while it holds."""
    decision = everything().filter(pk=pk).first()
    if decision is None:
        return _("Sidang sudah mengambil keputusan yang lebih baru tentang IKM ini.")
    if decision.valid_until and decision.valid_until < timezone.localdate():
        day = formats.date_medium(decision.valid_until)
        return _("Masa berlaku keputusan ini habis %(day)s.") % {"day": day}
    return ""


def snapshots(
    subjects: Sequence[ClassDecision], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each certificate says, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language)


def one_snapshot(subject: ClassDecision, *, language: str) -> dict:
    stored, minutes = subject.snapshot, minutes_of(subject)
    enterprise, assessment = stored["enterprise"], stored["assessment"]
    chair = minutes.board[0]
    valid = formats.date_medium(minutes.valid_until)
    facts = [
        [_("Berita acara"), minutes.number],
        [_("Diputuskan"), formats.date_medium(minutes.at)],
        [_("Berlaku sampai"), valid],
        [_("Dasar penilaian"), f"{assessment['code']} · {assessment['rubric']}"],
        [_("Syarat kelas"), _("versi %(version)s") % {"version": stored["scheme"]["version"]}],
    ]
    conditions = [
        f"{words} ({formats.date_medium(due)})" if due else words for words, due in minutes.conditions
    ]
    found = frame(
        KIND,
        heading=enterprise["name"],
        line=f"{enterprise['code']} · {stored['cohort']['name']}",
        filters=[],
        language=language,
        by=None,
        as_of=minutes.at,
    )
    return found | {
        "requested_by": "",
        "level": minutes.level_name,
        "outcome": minutes.outcome_label,
        "valid_until": valid,
        "facts": facts,
        "conditions": conditions,
        "hash": subject.snapshot_sha256,
        "signers": [{"role": _("Ketua sidang,"), "name": chair.name, "title": chair.title}],
        # whatever is printed stands on its page too, but for who signed
        "public": [
            ["IKM", f"{enterprise['name']} ({enterprise['code']})"],
            [_("Angkatan"), stored["cohort"]["name"]],
            [_("Kelas"), minutes.level_name],
            [_("Keputusan sidang"), minutes.outcome_label],
            *facts,
            *([[_("Dengan syarat"), "; ".join(conditions)]] if conditions else []),
            [_("Sidik data keputusan (SHA-256)"), subject.snapshot_sha256],
        ],
    }


def context(snapshot: dict) -> dict:
    """Return what the template needs; a certificate of a class has no other number than its file."""
    own = {name: snapshot[name] for name in ("number", "code_text", "url")}
    return base_context({**snapshot, "own": own})
