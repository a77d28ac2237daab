"""Who has a part or an interest in a class decision, and so does not sit on its board. Read only."""

from django.db.models import Q

from assessments.models import ClassDecision, SecondAssessment
from participants.models import Enterprise, MentorAssignment, Person


def barred_from(decision: ClassDecision) -> set:
    """Return the ids of the accounts that may not sit: a part in the proposal, or an interest in the IKM."""
    parts = {decision.assessor_id, decision.proposed_by_id} | second_assessors(decision)
    return parts | mentors(decision) | interested(decision.enterprise)


def second_assessors(decision: ClassDecision) -> set:
    """Return whoever gave a second look at the assessment that is judged."""
    rows = SecondAssessment.objects.filter(assessment=decision.assessment_id, assessor__isnull=False)
    return set(rows.values_list("assessor", flat=True))


def mentors(decision: ClassDecision) -> set:
    """Return those who accompany the IKM now, and whoever did in the enrolment that is judged."""
    rows = MentorAssignment.objects.filter(
        Q(enrolment=decision.enrolment_id)
        | Q(enrolment__enterprise=decision.enterprise_id, ends_on__isnull=True)
    )
    return set(rows.values_list("mentor", flat=True))


def interested(enterprise: Enterprise) -> set:
    """Return the accounts of the IKM's people, and of the people of buyers that have an agreement with it."""
    own = Person.objects.filter(enterprise=enterprise, user__isnull=False).values_list("user", flat=True)
    return set(own) | set(contacts_of_buyers(enterprise))


def contacts_of_buyers(enterprise: Enterprise):
    """Agreements lie in a layer above, so they are reached by the names of their relations alone."""
    path = "agreement_parties__agreement__parties__buyer__contacts__user"
    found = Enterprise.objects.filter(pk=enterprise.pk, **{f"{path}__isnull": False})
    return found.values_list(path, flat=True).distinct()
