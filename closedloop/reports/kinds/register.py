"""Daftar Hadir: who should be at one session and who was, to be signed or with what verified each mark."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import formats
from closedloop.reports.frame import base_context, frame, pairs, text
from closedloop.reports.models import Kind
from closedloop.reports.workbook import Cell
from trainings.models import Attendance, TrainingSession
from trainings.roster import Counts, Line, counts, roster

KIND = Kind.REGISTER
PREFIX = "DHS"
TEMPLATE = "reports/pdf/register.html"

EMPTY_LINES = 4  # for those who come unannounced
TONES = {
    Attendance.Verification.VERIFIED: "ya",
    Attendance.Verification.REJECTED: "tidak",
    Attendance.Verification.RECORDED: "belum",
}


def everything() -> QuerySet[TrainingSession]:
    return TrainingSession.objects.live().with_place()


def subjects(user: User) -> QuerySet[TrainingSession]:
    """Sessions that were not cancelled, for those who see their whole roster."""
    if not (user.may(Permission.DOCUMENT_REQUEST) and may_see_all(user)):
        return TrainingSession.objects.none()
    return TrainingSession.objects.visible_to(user).live().with_place()


def may_see_all(user: User) -> bool:
    return user.may(Permission.SESSION_RUN) or user.may(Permission.PROGRAMME_VIEW)


def snapshots(
    subjects: Sequence[TrainingSession], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each list says, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language, by=by, as_of=as_of)


def one_snapshot(subject: TrainingSession, *, language: str, by: User | None, as_of: datetime) -> dict:
    lines = roster(subject, by or subject.trainer)
    guests = list(subject.guests.heads())
    sums = counts(lines, len(guests))
    is_over = subject.status == TrainingSession.Status.CLOSED
    found = frame(
        KIND,
        heading=subject.title,
        line=" · ".join((subject.cohort.name, subject.module.heading, subject.get_status_display())),
        filters=[(_("Data"), _("sampai %(moment)s") % {"moment": formats.moment(as_of)})],
        language=language,
        by=by,
        as_of=as_of,
    )
    return found | {
        "is_over": is_over,
        "facts": facts(subject),
        "sums": sum_rows(subject, sums),
        "rows": [line_row(number, line, subject) for number, line in enumerate(lines, 1)],
        "guests": [{"name": one.name, "from": one.organisation} for one in guests],
        "signers": signers(subject),
        "public": [
            [_("Sesi"), subject.title],
            [_("Hari dan tanggal"), formats.date_long(subject.day)],
            *([name, words] for name, words, _number in sum_rows(subject, sums)),
        ],
    }


def facts(subject: TrainingSession) -> list[list[str]]:
    hours = formats.time_range(subject.starts_at, subject.ends_at, subject.zone)
    return [
        [_("Hari dan tanggal"), formats.date_long(subject.day)],
        [_("Waktu"), hours],
        [_("Tempat"), f"{subject.place}, {subject.regency.short_name}"],
        [_("Narasumber"), subject.trainer.full_name],
        [_("Modul"), subject.module.heading],
        [_("Jam pelajaran"), f"{formats.number(subject.lesson_hours)} JP"],
    ]


def sum_rows(subject: TrainingSession, sums: Counts) -> list[list]:
    """Return what the list comes to, as (name, words, number); the head count is unknown until somebody counts."""
    of = _("%(n)s dari %(m)s IKM")
    kept = [
        [_("Hadir"), of % {"n": sums.present, "m": sums.total}, sums.present],
        [_("Izin atau sakit"), of % {"n": sums.excused, "m": sums.total}, sums.excused],
        [_("Tanpa keterangan"), of % {"n": sums.absent, "m": sums.total}, sums.absent],
        [_("Belum dicatat"), of % {"n": sums.unmarked, "m": sums.total}, sums.unmarked],
        [_("Orang menurut daftar"), formats.number(sums.heads), sums.heads],
        [_("Orang di ruangan"), formats.number(subject.head_count), subject.head_count],
        [_("Belum diverifikasi"), formats.number(sums.unverified), sums.unverified],
    ]
    return kept


def line_row(number: int, line: Line, subject: TrainingSession) -> dict:
    mark = line.mark
    return {
        "number": number,
        "enterprise": str(line.enrolment.enterprise),
        "make_up": line.is_make_up,
        "name": text(line.name),
        "delegate": bool(mark and not mark.person_id and mark.delegate_name),
        "status": str(mark.get_status_display()) if mark else "",
        "at": formats.time_at(mark.marked_at, subject.zone) if mark else "",
        "moment": mark.marked_at.astimezone(subject.zone).isoformat() if mark else "",
        "method": str(mark.get_method_display()) if mark else "",
        "verification": str(mark.get_verification_display()) if mark else "",
        "tone": TONES[Attendance.Verification(mark.verification)] if mark else "belum",
        "receipt": mark.receipt if mark else "",
    }


def signers(subject: TrainingSession) -> list[dict]:
    closer = subject.closed_by
    return [
        {
            "role": _("Petugas,"),
            "name": closer.full_name if closer and closer != subject.trainer else "",
            "title": _("Petugas program"),
        },
        {"role": _("Narasumber,"), "name": subject.trainer.full_name, "title": subject.trainer.title},
    ]


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield the sums and the lines of the list, as the sheet beside the paper holds them."""
    for name, words, number in snapshot["sums"]:
        yield Cell(_("Jumlah"), name, "", number, text=words)
    for row in snapshot["rows"]:
        at = datetime.fromisoformat(row["moment"]) if row["moment"] else None
        for name, value in (
            (_("Nama"), row["name"]),
            (_("Kehadiran"), row["status"] or formats.unknown()),
            (_("Dicatat"), at),
            (_("Verifikasi"), row["verification"] or formats.unknown()),
        ):
            yield Cell(_("Daftar"), row["enterprise"], name, value)


def context(snapshot: dict) -> dict:
    return {
        **base_context(snapshot),
        "facts": pairs(snapshot["facts"]),
        "empty_lines": range(0 if snapshot["is_over"] else EMPTY_LINES),
    }
