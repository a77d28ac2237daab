"""Where each step of a pair can be opened by this reader; empty where it is not theirs to open."""

from django.urls import reverse

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from partnerships.loop import Step
from partnerships.loop_board import Pair

P = Permission


def places_of(pair: Pair, user: User) -> dict[Step, str]:
    """Return the record of each step for the reader, or the page on which it would be made."""
    return {
        Step.REQUIREMENT: requirement(pair, user),
        Step.GAP: gap(pair, user),
        Step.TRAINING: training(pair, user),
        Step.ASSESSMENT: assessment(pair, user),
        Step.AGREEMENT: agreement(pair, user),
        Step.ORDER: order(pair, user),
        Step.QCD: qcd(pair, user),
        Step.REVIEW: review(pair, user),
    }


def is_owner(user: User) -> bool:
    return user.role == Role.OWNER


def own(name: str, pair: Pair) -> str:
    """Return a page of the owner's phone, of this IKM where they have several."""
    return f"{reverse(name)}?ikm={pair.enterprise.code}"


def requirement(pair: Pair, user: User) -> str:
    found = pair.supply.requirement
    if is_owner(user):
        code = found and found[0]
        path = reverse("partnerships:my_requirement", args=[code]) if code else ""
        return f"{path}?ikm={pair.enterprise.code}" if path else own("partnerships:my_requirements", pair)
    if not user.may(P.REQUIREMENT_VIEW):
        return ""
    if found:
        return reverse("partnerships:requirement_version", args=[*found])
    return f"{reverse('partnerships:requirements')}?pembeli={pair.buyer.code}"


def gap(pair: Pair, user: User) -> str:
    """Line by line what the IKM lacks; a buyer's own page of it asks for the IKM's consent, so it is not linked."""
    if is_owner(user):
        return requirement(pair, user)
    if user.role == Role.BUYER:
        return ""
    if pair.supply.requirement and user.may(P.REQUIREMENT_VIEW):
        return reverse(
            "partnerships:requirement_match", args=[*pair.supply.requirement, pair.enterprise.code]
        )
    return reverse("assessments:enterprise", args=[pair.enterprise.code])


def training(pair: Pair, user: User) -> str:
    if is_owner(user):
        return reverse("trainings:my_schedule")
    if not user.may(P.COHORT_VIEW):
        return ""
    demand = pair.standing.demand
    if demand and demand.session:
        return reverse("trainings:session", args=[demand.session])
    return reverse("trainings:enterprise", args=[pair.enterprise.code])


def assessment(pair: Pair, user: User) -> str:
    if not user.may(P.ASSESSMENT_VIEW):
        return ""
    if pair.learnt.assessment:
        return reverse("assessments:detail", args=[pair.learnt.assessment])
    return (
        reverse("assessments:my_scores")
        if is_owner(user)
        else reverse("assessments:enterprise", args=[pair.enterprise.code])
    )


def agreement(pair: Pair, user: User) -> str:
    if not user.may(P.AGREEMENT_VIEW):
        return ""
    if pair.supply.agreement:
        return reverse("partnerships:agreement", args=[pair.supply.agreement])
    return reverse("partnerships:agreements")


def order(pair: Pair, user: User) -> str:
    if not user.may(P.DELIVERY_VIEW):
        return ""
    return (
        reverse("partnerships:order", args=[pair.supply.order])
        if pair.supply.order
        else agreement(pair, user)
    )


def qcd(pair: Pair, user: User) -> str:
    if pair.asked.complaint and user.may(P.COMPLAINT_VIEW):
        return reverse("partnerships:complaint", args=[pair.asked.complaint])
    if is_owner(user):
        return reverse("assessments:my_qcd")
    if user.role == Role.BUYER:
        return reverse("partnerships:deliveries")
    return reverse("assessments:qcd", args=[pair.enterprise.code])


def review(pair: Pair, user: User) -> str:
    if pair.supply.review and user.may(P.AGREEMENT_VIEW):
        return reverse("partnerships:review", args=[pair.supply.review_agreement, pair.supply.review])
    return agreement(pair, user)
