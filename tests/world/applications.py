"""An application that nobody has judged, one that mentor and assessor are asked about, one that both filed."""

from functools import cached_property

from tests.factories.applications import ApplicationFactory, ApplicationReviewFactory, judged, open_cohort


class ApplicationsWorld:
    @cached_property
    def open_cohort(self):
        return open_cohort(name="Angkatan Terbuka")

    @cached_property
    def application(self):
        return ApplicationFactory(cohort=self.open_cohort)

    @cached_property
    def judged_application(self):
        return judged(3, 3, reviewers=(self.mentor, self.assessor), cohort=self.open_cohort)

    @cached_property
    def review(self):
        """The mentor's, not yet filed; the assessor has the other seat."""
        application = ApplicationFactory(cohort=self.open_cohort, status="in_review")
        asked = {"application": application, "assigned_by": self.staff}
        ApplicationReviewFactory(seat=2, reviewer=self.assessor, **asked)
        return ApplicationReviewFactory(seat=1, reviewer=self.mentor, **asked)
