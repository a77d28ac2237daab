"""Enterprises that applied themselves to the round to come, each as far as its reviewers are."""

from closedloop.demonstration.applicants import APPLICANTS, Applicant, Status
from closedloop.demonstration.show import Show, Story
from closedloop.regions.models import Regency
from participants.actions import (
    assign_reviewers,
    decide_application,
    file_review,
    save_draft,
    start_application,
    submit_application,
    withdraw_application,
)
from participants.models import Application

COHORT = "angkatan-6"
MILLION = 1_000_000


def applications(show: Show) -> None:
    """Tell every application, and the form that somebody began and has not sent."""
    for row in APPLICANTS:
        show.tell(applied(show, row))
    show.tell(begun(show))


def begun(show: Show) -> Story:
    """A form filled in on a phone until the question after the figures."""
    yield show.at(1, "21.05")
    draft = start_application(show.cast.cohorts[COHORT])
    save_draft(
        draft, {"name": "Mitra Gasket Sejahtera", "legal_form": "ud", "products": "Gasket, ring tembaga"}
    )


def applied(show: Show, row: Applicant) -> Story:
    """One application from the phone to wherever it got."""
    yield show.at(row.sent, "19.40")
    cast = show.cast
    application = submit_application(
        start_application(cast.cohorts[COHORT]),
        name=row.name,
        legal_form=row.legal_form,
        nib=row.nib,
        regency=Regency.objects.get(code=row.regency),
        products=row.products,
        employee_count=row.workers,
        annual_sales=row.sales and row.sales * MILLION,
        sales_year=show.day(row.sent).year - 1,
        motivation=row.motivation,
        owner_name=row.owner,
        phone=row.phone,
        email="",
    )
    if row.fate == Status.WITHDRAWN:
        yield show.at(row.sent - 3, "20.15")
        withdraw_application(application)
    if not row.scores:
        return
    yield show.at(row.sent - 1, "09.10")
    assign_reviewers(application, [cast.users["mentor"], cast.users["penilai"]], by=cast.staff)
    codes = [criterion.code for criterion in application.form.read()]
    for review, digits in zip(application.reviews.select_related("reviewer"), row.scores, strict=True):
        if digits:
            yield show.at(row.sent - 3, "16.20")
            scores = {code: int(digit) for code, digit in zip(codes, digits, strict=True)}
            advice = "accept" if sum(scores.values()) >= 2 * len(scores) else "reject"
            file_review(review, by=review.reviewer, scores=scores, recommendation=advice)
    if row.fate:
        yield show.at(row.sent - 5, "10.30")
        decided(show, row, application)


def decided(show: Show, row: Applicant, application: Application) -> None:
    """Let the lead decide as the table says."""
    decide_application(
        application,
        row.fate,
        by=show.cast.lead,
        seen="in_review",
        reason=row.reason,
        note=row.note,
        enterprise=show.cast.enterprises.get(row.known_as),
    )
