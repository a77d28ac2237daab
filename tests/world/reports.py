"""Records of the access table that belong to reports."""

from functools import cached_property

from django.utils import timezone

from tests.factories.partnerships import ReviewFactory
from tests.factories.reports import ReportBatchFactory, ReportJobFactory


class ReportsWorld:
    @cached_property
    def report(self):
        """A finished report that the mentor asked for."""
        batch = ReportBatchFactory(requested_by=self.mentor, completed_at=timezone.now())
        return ReportJobFactory(batch=batch, finished=True)

    @cached_property
    def queued_report(self):
        """One that the mentor asked for and nobody has begun."""
        return ReportJobFactory(batch=ReportBatchFactory(requested_by=self.mentor))

    @cached_property
    def review_meeting(self):
        """A quarterly review of the agreement between the owner's IKM and the buyer."""
        return ReviewFactory(agreement=self.agreement)

    @cached_property
    def failed_report(self):
        batch = ReportBatchFactory(requested_by=self.mentor, completed_at=timezone.now())
        return ReportJobFactory(batch=batch, given_up=True)
