"""The IKM of the access table: the owner's own, accompanied by the mentor; and a stranger's."""

from functools import cached_property

from django.core.files.base import ContentFile

from participants.actions.merges import judge_not_duplicate, merge_enterprises
from tests.factories.cohorts import pinned_cohort
from tests.factories.participants import (
    CohortFactory,
    ConsentFactory,
    DocumentFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    FollowUpFactory,
    ImportBatchFactory,
    ImportRowFactory,
    MentorAssignmentFactory,
    PersonFactory,
    SavedViewFactory,
)


class ParticipantsWorld:
    @cached_property
    def cohort(self):
        return CohortFactory(name="Angkatan Contoh")

    @cached_property
    def planned_cohort(self):
        return pinned_cohort(name="Angkatan Mendatang")

    @cached_property
    def enterprise(self):
        enterprise = EnterpriseFactory(name="Contoh Stamping Utama")
        PersonFactory(enterprise=enterprise, user=self.owner, full_name=self.owner.full_name)
        return enterprise

    @cached_property
    def person(self):
        return self.enterprise.people.get(user=self.owner)

    @cached_property
    def enrolment(self):
        enrolment = EnrolmentFactory(enterprise=self.enterprise, cohort=self.cohort)
        MentorAssignmentFactory(enrolment=enrolment, mentor=self.mentor, assigned_by=self.staff)
        return enrolment

    @cached_property
    def follow_up(self):
        """Due after an earlier cohort, from which the enterprise graduated."""
        earlier = EnrolmentFactory(enterprise=self.enrolment.enterprise, status="graduated")
        return FollowUpFactory(enrolment=earlier)

    @cached_property
    def other_enterprise(self):
        enterprise = EnterpriseFactory(name="Lain Makmur")
        PersonFactory(enterprise=enterprise, user=self.other_owner, full_name=self.other_owner.full_name)
        return enterprise

    @cached_property
    def twin(self):
        """A second record of the owner's IKM."""
        return EnterpriseFactory(name="Contoh Stamping Utamaa")

    @cached_property
    def merge(self):
        return merge_enterprises(self.enterprise, self.twin, by=self.staff)

    @cached_property
    def judged(self):
        return judge_not_duplicate(self.enterprise, self.twin, by=self.staff, reason="Dua pabrik")

    @cached_property
    def document(self):
        file = ContentFile(b"%PDF-1.7 contoh", name="dokumen.pdf")
        return DocumentFactory(enterprise=self.enrolment.enterprise, file=file)

    @cached_property
    def consent(self):
        return ConsentFactory(enterprise=self.enterprise)

    @cached_property
    def import_batch(self):
        batch = ImportBatchFactory(cohort=self.cohort, uploaded_by=self.staff)
        ImportRowFactory(batch=batch)
        return batch

    @cached_property
    def import_row(self):
        return ImportRowFactory(batch=self.import_batch, outcome="possible_duplicate")

    @cached_property
    def saved_view(self):
        return SavedViewFactory(owner=self.staff)
