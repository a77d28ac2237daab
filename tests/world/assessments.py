"""Records of the access table that belong to assessments."""

from datetime import date
from functools import cached_property

from django.core.files.base import ContentFile

from assessments import actions
from assessments.models import Assessment, DecisionCondition
from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from closedloop.core.photos import CleanPhoto
from tests.factories.accounts import UserFactory
from tests.factories.areas import AreaFactory, AreaRubricFactory
from tests.factories.assessments import (
    AssessmentFactory,
    ClassSchemeFactory,
    FindingFactory,
    PlanItemFactory,
    RubricFactory,
    criteria_of,
    fill,
)
from tests.factories.trainings import ModuleFactory

PHOTO = CleanPhoto(content=b"\xff\xd8 contoh \xff\xd9", sha256="c" * 64, width=4, height=3)


class AssessmentsWorld:
    @cached_property
    def rubric(self):
        return RubricFactory()

    @cached_property
    def scheme(self):
        return ClassSchemeFactory()

    @cached_property
    def assessment(self):
        """Official: made by the mentor, approved by somebody of the programme."""
        made = self.draft_of(Assessment.Kind.BASELINE, date(2026, 3, 3))
        fill(made, 3)
        self.photo_of(made)
        actions.submit(made, by=self.mentor)
        actions.approve(made, by=self.reviewer)
        return made

    @cached_property
    def draft_assessment(self):
        """Begun by the mentor, with one photo."""
        made = self.draft_of(Assessment.Kind.MIDYEAR, date(2026, 9, 9))
        self.photo_of(made)
        return made

    @cached_property
    def area_draft(self):
        """Begun by the mentor in two areas."""
        made = AssessmentFactory(
            enrolment=self.enrolment,
            rubric=AreaRubricFactory(),
            kind=Assessment.Kind.FINAL,
            visited_on=date(2026, 8, 8),
            assessor=self.mentor,
        )
        for order, name in enumerate(("Gudang", "Produksi"), start=1):
            AreaFactory(assessment=made, name=name, order=order)
        return made

    @cached_property
    def submitted_assessment(self):
        """Handed in by an assessor who is nobody of the cast."""
        assessor = UserFactory(role=Role.ASSESSOR, full_name="Penilai Lain")
        return AssessmentFactory(
            enrolment=self.enrolment,
            kind=Assessment.Kind.FINAL,
            visited_on=date(2026, 10, 10),
            assessor=assessor,
            filled=3,
            submitted=True,
        )

    @cached_property
    def own_draft_rating(self):
        """Begun by the owner, seen by nobody else."""
        return AssessmentFactory(enrolment=self.enrolment, kind=Assessment.Kind.SELF, assessor=self.owner)

    @cached_property
    def own_rating(self):
        """Handed in by the owner."""
        made = AssessmentFactory(
            enrolment=self.enrolment, kind=Assessment.Kind.SELF, assessor=self.owner, filled=4
        )
        actions.submit(made, by=self.owner)
        return made

    @cached_property
    def returned_assessment(self):
        """Made by the mentor, sent back with a remark on one item."""
        made = self.draft_of(Assessment.Kind.MIDYEAR, date(2026, 9, 9))
        fill(made, 3)
        actions.submit(made, by=self.mentor)
        remarks = {(criteria_of(made).get(code="R1.1"), None): "Foto rak tidak terbaca"}
        actions.return_to_assessor(made, "Lengkapi fotonya", remarks=remarks, by=self.reviewer)
        return made

    @cached_property
    def reviewer(self):
        return UserFactory(role=Role.LEAD, full_name="Peninjau Contoh")

    @cached_property
    def evidence(self):
        return self.assessment.evidence.get()

    @cached_property
    def draft_evidence(self):
        return self.draft_assessment.evidence.get()

    @cached_property
    def finding(self):
        return FindingFactory(enterprise=self.enrolment.enterprise, is_critical=True)

    @cached_property
    def taught_module(self):
        """A module of the curriculum that the finding's IKM follows."""
        return ModuleFactory(curriculum=self.curriculum, code="KUA")

    @cached_property
    def proposed_finding(self):
        """Mended by the owner, waiting for the mentor's look."""
        finding = FindingFactory(enterprise=self.enrolment.enterprise)
        actions.propose_closing(finding, "Pengaman dipasang", PHOTO, by=self.owner)
        return finding

    @cached_property
    def plan_item(self):
        """Below its target at the mentor's visit, nobody has begun."""
        return PlanItemFactory(enrolment=self.enrolment)

    @cached_property
    def reported_plan_item(self):
        made = PlanItemFactory(enrolment=self.enrolment)
        actions.report_plan_item(made, "Papan bayangan dipasang", by=self.owner)
        return made

    @cached_property
    def correction(self):
        return self.proposed_finding.actions.get()

    @cached_property
    def shown_finding(self):
        """With a photo of before."""
        finding = FindingFactory(enterprise=self.enrolment.enterprise)
        actions.show_before(finding, PHOTO, by=self.owner)
        return finding

    @cached_property
    def closed_finding(self):
        """Closed by a mentor of another day: anybody of the programme may look again."""
        finding = FindingFactory(enterprise=self.enrolment.enterprise)
        actions.close_finding(finding, by=self.proposer)
        return finding

    @cached_property
    def effectiveness(self):
        """Looked at again, and it holds."""
        finding = FindingFactory(enterprise=self.enrolment.enterprise)
        actions.close_finding(finding, by=self.proposer)
        actions.check_effect(finding.effectiveness, "effective", "Masih rapi", PHOTO, by=self.reviewer)
        return finding.effectiveness

    @cached_property
    def proposer(self):
        return UserFactory(role=Role.STAFF, full_name="Pengusul Contoh")

    @cached_property
    def decision(self):
        """Waiting for the board."""
        assert self.assessment.overall is not None
        return actions.propose_decision(self.enrolment, by=self.proposer)

    @cached_property
    def decided_decision(self):
        member = UserFactory(role=Role.ASSESSOR, full_name="Anggota Sidang")
        return actions.decide(self.decision, "promoted", members=[member], by=self.lead)

    @cached_property
    def condition(self):
        """One condition of the decided decision, which nobody has looked at."""
        return DecisionCondition.objects.create(
            decision=self.decided_decision, text="APAR diisi ulang", due_on=date(2027, 1, 31)
        )

    @cached_property
    def objection(self):
        """Raised by the owner with a photo; the staff of the cast had no part in the decision."""
        return actions.object_to(
            self.decided_decision,
            "Nilai K3L dihitung sebelum APAR kami diisi ulang.",
            by=self.owner,
            id=new_id(),
            file=ContentFile(PHOTO.content, name=PHOTO.name),
        )

    def draft_of(self, kind, day):
        return AssessmentFactory(enrolment=self.enrolment, kind=kind, visited_on=day, assessor=self.mentor)

    def photo_of(self, assessment):
        criterion = criteria_of(assessment).get(code="R1.1")
        day = assessment.visited_on
        actions.add_evidence(assessment, criterion, photo=PHOTO, taken_on=day, by=self.mentor)
