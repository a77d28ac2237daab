"""Records of the access table that belong to complaints and reviews, and a stranger's beside."""

from datetime import date
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.factories.complaints import ComplaintActionFactory, ComplaintFactory
from tests.factories.partnerships import DecisionFactory


class ComplaintsWorld:
    def complaint_as(self, status):
        ComplaintFactory(enterprise=self.other_enterprise, buyer=self.other_company)
        return ComplaintFactory(
            enterprise=self.enrolment.enterprise,
            buyer=self.buyer_company,
            line=self.order_line,
            raised_by=self.buyer,
            status=status,
        )

    @cached_property
    def complaint(self):
        complaint = self.complaint_as("open")
        complaint.photo.save("contoh.jpg", ContentFile(b"jpeg"), save=False)
        complaint.photo_sha256 = "ab" * 32
        complaint.save()
        return complaint

    @cached_property
    def contained_complaint(self):
        return self.complaint_as("contained")

    @cached_property
    def worked_complaint(self):
        """Explained, with one action that is done: it can be proposed."""
        complaint = self.complaint_as("in_progress")
        complaint.whys, complaint.root_cause = ["Pin aus", "Tidak diganti"], "Tidak ada jadwal"
        complaint.save()
        self.photo_on(ComplaintActionFactory(complaint=complaint))
        return complaint

    @cached_property
    def proposed_complaint(self):
        return self.complaint_as("proposed")

    @cached_property
    def complaint_action(self):
        return ComplaintActionFactory(complaint=self.complaint_as("in_progress"))

    @cached_property
    def done_complaint_action(self):
        return self.photo_on(ComplaintActionFactory(complaint=self.complaint_as("in_progress")))

    @cached_property
    def closed_review(self):
        """A review of the owner's agreement with its one decision, closed."""
        decision = DecisionFactory(
            meeting__agreement=self.agreement, enterprise=self.enterprise, responsible="Kepala produksi"
        )
        review = decision.meeting
        review.quarter_starts_on, review.figures = date(2026, 1, 1), {"until": "2026-03-31", "money": {}}
        review.closed_at, review.closed_by = timezone.now(), self.staff
        review.save()
        return review

    def photo_on(self, action):
        action.photo.save("contoh.jpg", ContentFile(b"jpeg"), save=False)
        action.photo_sha256, action.done_on = "ab" * 32, action.due_on
        action.save()
        return action
