"""What the page of a plan shows: the rows with what speaks against each, and the lesson hours that they add up to."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from closedloop.core.languages import for_others
from participants.models import Cohort
from trainings.clashes import Review, review
from trainings.forms.plan import PlanForm, Rows
from trainings.holidays import national_holidays, years_listed
from trainings.models import Module
from trainings.order_of_modules import EXTRA
from trainings.proposal import Block, end_of, propose, skipped

SUBTITLE = re.compile(r"\s*[:(]")  # "5R: Ringkas, …" is called 5R


@dataclass(frozen=True)
class Sum:
    """The lesson hours (JP) of one module: in the plan already, in this form, and in the curriculum."""

    module: Module
    before: int
    here: int

    @property
    def after(self) -> int:
        return self.before + self.here

    @property
    def missing(self) -> int:
        """How many are still not planned; below zero there are too many."""
        return self.module.lesson_hours - self.after

    @property
    def surplus(self) -> int:
        return -self.missing


class PlanPage:
    """The head, the rows, and what is to be said of them."""

    def __init__(self, cohort: Cohort, head: PlanForm, planned: dict):
        self.cohort, self.head, self.planned = cohort, head, planned
        self.rows: Rows | None = None
        self.review = Review()

    @cached_property
    def is_readable(self) -> bool:
        return self.rows is not None and self.head.is_valid() and self.rows.is_valid()

    @property
    def details(self) -> list[dict]:
        return self.rows.details(self.head.cleaned_data["address"])

    @property
    def can_be_saved(self) -> bool:
        if not self.is_readable:
            return False
        if not self.rows.kept():
            self.head.add_error(None, _("Tidak ada sesi yang akan disimpan."))
            return False
        return True

    def look(self) -> None:
        """Put down what speaks against the rows, when they can be read at all."""
        if self.is_readable:
            self.show(review(self.rows.sessions(self.cohort, self.head.cleaned_data["address"])))

    def show(self, found: Review) -> None:
        """Let each row carry what speaks against it."""
        self.review = found
        for row, cautions in zip(self.rows.kept(), found.of_each, strict=True):
            row.cautions = cautions

    @property
    def sums(self) -> list[Sum]:
        """The hours of each module that the form is about; none while the rows cannot be read."""
        if not self.is_readable:
            return []
        rows = [row.cleaned_data for row in self.rows.kept()]
        modules = {row["module"] for row in rows} | set(self.head.cleaned_data["modules"])
        return [
            Sum(
                module,
                self.planned.get(module.pk, 0),
                sum(r["lesson_hours"] for r in rows if r["module"] == module and r["kind"] not in EXTRA),
            )
            for module in sorted(modules, key=lambda one: one.order)
        ]

    @property
    def skipped(self) -> list:
        """The holidays between the first and the last day on which no session is."""
        if not self.is_readable or not self.rows.kept():
            return []
        data = self.head.cleaned_data
        days = [row.cleaned_data["day"] for row in self.rows.kept()]
        holidays = national_holidays()
        missed = skipped(data["first_day"], max(days), weekdays=data["weekdays"], holidays=holidays)
        return [holidays[day] for day in missed if day not in days]

    @property
    def unlisted_years(self) -> list[int]:
        """The years of the plan of which no holidays are known."""
        if not self.is_readable:
            return []
        return sorted({row.cleaned_data["day"].year for row in self.rows.kept()} - years_listed())


def typed_proposal(head: PlanForm, planned: dict) -> dict | None:
    """Return the rows of a new proposal as if somebody had typed them; None, with an error, when there are none."""
    data = head.cleaned_data
    chosen = sorted(data["modules"], key=lambda one: one.order)
    blocks = [
        Block(str(one.pk), left, one.visits)
        for one in chosen
        if (left := one.lesson_hours - planned.get(one.pk, 0)) > 0
    ]
    if not blocks:
        head.add_error("modules", _("Modul ini sudah terjadwal penuh"))
    if end_of(data["begin"], data["most_hours"]) is None:
        head.add_error("most_hours", _("Sesi harus selesai sebelum tengah malam"))
    if head.errors:
        return None
    meetings = propose(
        blocks,
        first_day=data["first_day"],
        weekdays=data["weekdays"],
        most_hours=data["most_hours"],
        holidays=national_holidays(),
    )
    typed = {"row-TOTAL_FORMS": str(len(meetings)), "row-INITIAL_FORMS": "0"}
    modules = {str(one.pk): one for one in chosen}
    for place, one in enumerate(meetings):
        row = _typed(one, modules[one.module], data)
        typed |= {f"row-{place}-{name}": value for name, value in row.items()}
    return typed


def _typed(meeting, module: Module, data: dict) -> dict[str, str]:
    short = SUBTITLE.split(module.name)[0]
    with for_others():
        title = _("%(title)s, pertemuan %(number)d") % {"title": short, "number": meeting.number}
    return {
        "module": meeting.module,
        "title": title,
        "kind": "visit" if meeting.is_visit else "class",
        "day": meeting.day.isoformat(),
        "begin": data["begin"].strftime("%H:%M"),
        "end": end_of(data["begin"], meeting.lesson_hours).strftime("%H:%M"),
        "lesson_hours": str(meeting.lesson_hours),
        "place": data["place"],
        "regency": data["regency"].name,
        "seats": str(data["seats"] or ""),
        "trainer": str(data["trainer"].pk),
    }
