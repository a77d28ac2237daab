"""Training: how much was attended, how many modules were passed. Counted by trainings.progress, nowhere else."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.figures.registry import Sheet, Unit, Value, figure, share
from closedloop.figures.scope import Scope
from participants.models import Enrolment
from trainings.counting import AttendanceShare, total
from trainings.models import Attendance
from trainings.progress import ModuleProgress, progress_of
from trainings.words import share_text

SOURCE = "domain.md §1.6"


def training(scope: Scope) -> dict[UUID, list[tuple[Enrolment, list[ModuleProgress]]]]:
    """Read every enrolment of the scope with its modules, the latest first."""
    enrolments = list(
        scope.enrolments().select_related("cohort", "enterprise").order_by("-cohort__starts_on")
    )
    progress = progress_of(enrolments)
    rows: dict[UUID, list] = defaultdict(list)
    for enrolment in enrolments:
        rows[enrolment.enterprise_id].append((enrolment, progress[enrolment.pk]))
    return dict(rows)


def marks(scope: Scope) -> dict[UUID, tuple[int, int]]:
    """Read how many attendance marks were verified, of how many."""
    rows: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    found = Attendance.objects.filter(enrolment__in=scope.enrolments().values("pk"))
    for enterprise, verification in found.values_list("enrolment__enterprise", "verification"):
        rows[enterprise][0] += verification == Attendance.Verification.VERIFIED
        rows[enterprise][1] += 1
    return {enterprise: (n, m) for enterprise, (n, m) in rows.items()}


def attended(sheet: Sheet) -> AttendanceShare:
    """Add up sessions and lesson hours over everybody on the sheet."""
    return total(item.attendance for item in modules(sheet))


def modules(sheet: Sheet) -> Iterable[ModuleProgress]:
    for rows in sheet.read(training).values():
        for _enrolment, items in rows:
            yield from items


def counted_in(sheet: Sheet) -> dict[str, Any]:
    """Return which list shows the sessions that were counted: the IKM's, the cohort's, or the programme's."""
    if sheet.only or sheet.scope.enterprise:
        rows: list = next(iter(sheet.read(training).values()), [])
        return {"page": "trainings:enterprise", "args": (rows[0][0].enterprise.code,)} if rows else {}
    if sheet.scope.cohort:
        return {"page": "dashboard:cohort_attendance", "args": (sheet.scope.cohort.code,)}
    return {"page": "dashboard:attendance"}


@figure(
    "attendance.rate",
    _("Kehadiran pelatihan"),
    Unit.SHARE,
    _("Jam pelajaran (JP) yang dihadiri dibagi JP yang dilaksanakan sejak IKM bergabung sampai keluar, tanpa "
      "masa cuti. Sesi yang ditutup saja; sesi susulan hanya mengganti yang terlewat; tanda hadir yang ditolak "
      "tidak dihitung."),
    source=SOURCE,
    noun="JP",
    permission=Permission.TRAINING_VIEW,
)  # fmt: skip
def rate(sheet: Sheet) -> Value:
    counted = attended(sheet)
    return share(
        counted.jp_present,
        counted.jp_held,
        records=counted.sessions_held,
        said=share_text(counted),
        **counted_in(sheet),
    )


@figure(
    "attendance.sessions",
    _("Sesi yang dihadiri"),
    Unit.SHARE,
    _(
        "Sesi yang dihadiri sedikitnya satu orang dari IKM, dari sesi yang dilaksanakan sejak IKM itu bergabung "
        "sampai keluar, tanpa masa cuti."
    ),
    source=SOURCE,
    noun=_("sesi"),
    permission=Permission.TRAINING_VIEW,
)
def sessions(sheet: Sheet) -> Value:
    counted = attended(sheet)
    return share(
        counted.sessions_present,
        counted.sessions_held,
        records=counted.sessions_held,
        **counted_in(sheet),
    )


@figure(
    "attendance.verified",
    _("Kehadiran terverifikasi"),
    Unit.SHARE,
    _("Tanda hadir yang sudah diverifikasi narasumber atau petugas, dari semua tanda hadir."),
    source=SOURCE,
    noun=_("tanda hadir"),
    permission=Permission.TRAINING_VIEW,
)
def verified(sheet: Sheet) -> Value:
    counts = list(sheet.read(marks).values())
    n, m = sum(n for n, _m in counts), sum(m for _n, m in counts)
    return share(n, m, records=m, page="trainings:sessions")


@figure(
    "attendance.modules_passed",
    _("Modul lulus"),
    Unit.SHARE,
    _("Modul yang lulus (kehadiran dan nilai tes akhir mencapai syarat modul) dari modul dalam kurikulum "
      "angkatan, dijumlahkan untuk semua IKM."),
    source=SOURCE,
    noun=_("modul"),
    permission=Permission.TRAINING_VIEW,
)  # fmt: skip
def modules_passed(sheet: Sheet) -> Value:
    items = list(modules(sheet))
    return share(
        sum(item.is_passed for item in items),
        len(items),
        records=len(items),
        page="trainings:sessions",
    )
