"""A complaint linked to all that it questions: the asked line, a scored check item, a training before and after."""

from functools import cached_property

from django.utils import timezone

from assessments.models import Criterion
from tests.factories.complaints import ComplaintFactory
from tests.factories.requirements import published_with
from tests.factories.trainings import AttendanceFactory, SessionFactory


class WalkWorld:
    @cached_property
    def linked_complaint(self):
        item = Criterion.objects.filter(
            dimension__rubric=self.assessment.rubric, dimension__code="5R"
        ).first()
        held = SessionFactory(
            held=True, cohort=self.enrolment.cohort, module=self.module, trainer=self.mentor
        )
        AttendanceFactory(session=held, enrolment=self.enrolment, person=self.person)
        asked = published_with(
            {"kind": "criterion", "subject": item.code, "threshold": 3, "text": "Penandaan barang"},
            buyer=self.buyer_company,
            contact=self.buyers_contact,
        )
        asked.addressees.add(self.enterprise)
        today = timezone.localdate()
        return ComplaintFactory(
            enterprise=self.enterprise,
            buyer=self.buyer_company,
            line=self.order_line,
            requirement_line=asked.lines.get(),
            criterion=item,
            closing_module=self.module,
            closing_session=self.training_session,
            raised_on=today,
            due_on=today,
        )
