"""What a typed paper list would change, row by row: shown before it is saved, and saved as shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Enrolment
from trainings.models import Attendance, Sheet
from trainings.roster import meant_for


@dataclass(frozen=True)
class PlannedRow:
    """One numbered row: what stands there now, and what it becomes; `becomes` is empty where nothing changes."""

    number: int
    enrolment: Enrolment | None  # none: nobody of that id is meant to come any more
    enterprise: str
    person: str
    current: Attendance | None
    becomes: str
    exception: str  # the status that the paper gives it, if it is one

    @property
    def label(self) -> str:
        """What it becomes, in a word."""
        return str(Attendance.Status(self.becomes).label) if self.becomes else ""

    @property
    def said(self) -> str:
        """What the paper says of an exception, in a word."""
        return str(Attendance.Status(self.exception).label) if self.exception else ""

    @property
    def tone(self) -> str:
        """The tone of the badge of what it becomes."""
        return {"present": "ok", "late": "todo", "absent": "bad"}.get(self.becomes, "info")


def planned_rows(sheet: Sheet, exceptions: dict[int, str]) -> list[PlannedRow]:
    """Return all rows of the sheet; who is no exception is present, and stays late who came late."""
    ids = [row[0] for row in sheet.rows]
    found = Enrolment.objects.filter(meant_for(sheet.session), pk__in=ids)
    enrolments = {str(one.pk): one for one in found.select_related("enterprise", "cohort")}
    marks: dict[str, list[Attendance]] = {}
    for mark in sheet.session.attendances.order_by("created_at"):
        marks.setdefault(str(mark.enrolment_id), []).append(mark)
    return [
        PlannedRow(
            number,
            enrolments.get(pk),
            enterprise,
            person,
            next(iter(marks.get(pk, [])), None),
            _becomes(marks.get(pk, []), exceptions.get(number), enrolments.get(pk)),
            exceptions.get(number, ""),
        )
        for number, (pk, enterprise, person) in enumerate(sheet.rows, 1)
    ]


def _becomes(marks: Iterable[Attendance], exception: str | None, enrolment: Enrolment | None) -> str:
    known = list(marks)
    if enrolment is None or (not known and not enrolment.is_on_roster):
        return ""
    if exception:
        return "" if known and known[0].status == exception else exception
    return "" if any(mark.counts_as_present for mark in known) else Attendance.Status.PRESENT
