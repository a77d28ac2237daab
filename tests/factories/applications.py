from datetime import date

import factory
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.regions.models import Regency
from participants.actions import load_selection_form
from participants.models import Application, ApplicationReview, Cohort, LegalForm, SelectionForm
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory

ADVICE = {True: "accept", False: "reject"}


class SelectionFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SelectionForm

    version = factory.Sequence(lambda n: 100 + n)
    criteria = factory.LazyFunction(lambda: load_selection_form().criteria)


def open_cohort(**fields) -> Cohort:
    """A cohort that takes applications."""
    today = timezone.localdate()
    begins = date(today.year + 1, 3, 1)
    fields = {"status": "open", "starts_on": begins, "ends_on": date(begins.year, 12, 18), **fields}
    return CohortFactory(**fields)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A sent application; `draft=True` makes one that is still being filled in."""

    class Meta:
        model = Application

    class Params:
        draft = factory.Trait(status="draft", submitted_at=None, form=None, consent_version="")

    cohort = factory.LazyFunction(open_cohort)
    status = Application.Status.SUBMITTED
    form = factory.LazyFunction(load_selection_form)
    name = factory.Sequence(lambda n: f"Pelamar Teknik {n}")
    legal_form = LegalForm.CV
    nib = factory.Sequence(lambda n: f"{8_120_000_000_000 + n}")
    products = "Knalpot, Bracket"
    employee_count = 12
    annual_sales = 1_500_000_000
    sales_year = 2025
    motivation = "Ingin menurunkan barang cacat."
    owner_name = factory.Sequence(lambda n: f"Pelamar {n}")
    phone = factory.Sequence(lambda n: f"+62812{70_000_000 + n}")
    email = factory.Sequence(lambda n: f"pelamar{n}@contoh.id")
    consent_version = "2026-1"
    consent_language = "id"
    submitted_at = factory.LazyFunction(timezone.now)

    @factory.lazy_attribute
    def regency(self):
        return Regency.objects.get(code="33.28")


class ApplicationReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ApplicationReview

    application = factory.SubFactory(ApplicationFactory, status="in_review")
    seat = 1
    reviewer = factory.SubFactory(UserFactory, role=Role.MENTOR)
    assigned_by = factory.SubFactory(UserFactory, role=Role.STAFF)


def scores(value: int) -> dict[str, int]:
    """The same score for every criterion of the shipped form."""
    return {criterion.code: value for criterion in load_selection_form().read()}


def judged(*values: int, reviewers=(), **fields) -> Application:
    """An application that two have filed with these scores throughout; 2 and more recommends it."""
    application = ApplicationFactory(status="in_review", **fields)
    for seat, value in enumerate(values, 1):
        who = {"reviewer": reviewers[seat - 1]} if reviewers else {}
        ApplicationReviewFactory(
            application=application,
            seat=seat,
            scores=scores(value),
            recommendation=ADVICE[value >= 2],
            filed_at=timezone.now(),
            **who,
        )
    return application
