"""Impossible applications and reviews."""

from participants.models import Application, ApplicationReview, SelectionForm
from tests.factories.accounts import UserFactory
from tests.guards.rows import MOMENT, again, change, one


def two_with_one_nib():
    first = one(Application)
    again(first, nib=first.nib)


VIOLATIONS = {
    "selection_tolerance_is_below_the_whole": lambda: change(one(SelectionForm), tolerance=100),
    "selection_days_are_positive": lambda: change(one(SelectionForm), answer_days=0),
    "application_status_is_known": lambda: change(one(Application), status="lost"),
    "application_sent_is_whole": lambda: change(one(Application), consent_version=""),
    "application_knows_its_applicant": lambda: change(one(Application), owner_name=""),
    "application_forgotten_names_nobody": lambda: change(one(Application), forgotten_at=MOMENT),
    "application_is_decided_by_somebody": lambda: change(one(Application), decided_at=MOMENT),
    "application_accepted_is_registered": lambda: change(
        one(Application), status="accepted", decided_at=MOMENT, decided_by=UserFactory()
    ),
    "application_refused_says_why": lambda: change(
        one(Application), status="rejected", decided_at=MOMENT, decided_by=UserFactory()
    ),
    "application_legal_form_is_known": lambda: change(one(Application), legal_form="gmbh"),
    "application_nib_has_13_digits": lambda: change(one(Application), nib="123"),
    "application_phone_is_e164": lambda: change(one(Application), phone="0812 3456 7890"),
    "application_sales_are_not_negative": lambda: change(one(Application), annual_sales=-1),
    "one_application_per_nib_and_cohort": two_with_one_nib,
    "one_review_per_seat": lambda: again(one(ApplicationReview), reviewer=UserFactory()),
    "one_review_per_reviewer": lambda: again(one(ApplicationReview), seat=2),
    "application_has_two_reviewers": lambda: change(one(ApplicationReview), seat=3),
    "application_review_is_filed_whole": lambda: change(one(ApplicationReview), filed_at=MOMENT),
}
