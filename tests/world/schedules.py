"""Records of the access table that belong to monthly reports."""

from functools import cached_property

from tests.factories.schedules import ReportScheduleFactory, ScheduledMonthFactory


class SchedulesWorld:
    @cached_property
    def report_schedule(self):
        """The lead's, with a month that failed."""
        return ScheduledMonthFactory(schedule=ReportScheduleFactory(set_by=self.lead), failed=True).schedule
