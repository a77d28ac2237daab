"""Every figure of every report is the one on the page and the one in the figure service, whatever the programme."""

import io

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from closedloop.accounts.roles import Role
from closedloop.figures.catalogue import Scope
from closedloop.reports.kinds.programme import PROGRAMME
from closedloop.reports.models import Kind
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory
from tests.reports.issuing import bytes_of, issue
from tests.reports.papers import decided
from tests.reports.parity import (
    assert_paper_says,
    assert_portal_page_says,
    assert_public_page_says,
    assert_service_says,
    assert_sheet_says,
    plain,
)
from tests.reports.programmes import generated

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
SEEDS = [1, 2, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 51))]


@pytest.mark.parametrize("seed", SEEDS)
@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
def test_paper_page_and_service_say_the_same(seed, client, login, count):
    lead = login(Role.LEAD)
    made = generated(seed)
    language = "en" if seed % 2 else "id"
    asked = [
        (Kind.ENTERPRISE, made.enterprises[0], Scope(user=lead, only=frozenset({made.enterprises[0].pk}))),
        (Kind.CARD, made.enterprises[-1], Scope(user=lead, only=frozenset({made.enterprises[-1].pk}))),
        (Kind.COHORT, made.cohort, Scope(user=lead, cohort=made.cohort)),
        (Kind.AGREEMENT, made.agreement, Scope(user=lead, agreement=made.agreement)),
        (Kind.PROGRAMME, PROGRAMME, Scope(user=lead)),
    ]
    for kind, subject, scope in asked:
        job = issue(kind, subject, by=lead, language=language)
        assert_service_says(job, scope)
        assert_public_page_says(job, client)
        figures = assert_paper_says(job)
        assert figures == assert_sheet_says(job, client)
        count("parity", papers=1, figures=figures)


@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
def test_the_pages_of_programme_and_cohort_say_what_their_reports_say(client, login):
    lead = login(Role.LEAD)
    made = generated(2)
    whole = issue(Kind.PROGRAMME, PROGRAMME, by=lead)
    part = issue(Kind.COHORT, made.cohort, by=lead)
    home = reverse("dashboard:home")
    assert assert_portal_page_says(whole, client.get(home)) >= 3
    assert assert_portal_page_says(part, client.get(home, {"angkatan": made.cohort.code})) >= 3


@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
def test_a_mentors_paper_withholds_what_the_mentor_may_not_know(client):
    mentor = UserFactory(role=Role.MENTOR)
    made = generated(1)
    job = issue(Kind.ENTERPRISE, made.enterprises[0], by=mentor)
    withheld = [figure for figure in job.snapshot["figures"].values() if figure["withheld"]]
    assert withheld and assert_paper_says(job) == len(job.snapshot["figures"]) - len(withheld)
    assert_public_page_says(job, client)


def test_every_line_of_a_class_certificate_stands_on_its_page(client):
    """Who finds the paper reads on the page of its code all that is printed, but for who signed."""
    job = issue(Kind.CLASS, decided(EnrolmentFactory()), by=UserFactory(role=Role.LEAD))
    said = job.snapshot
    pages = PdfReader(io.BytesIO(bytes_of(job))).pages
    paper = plain(" ".join(page.extract_text() for page in pages))
    page = plain(client.get(reverse("reports:verify", args=[job.code])).content.decode())
    assert len(said["facts"]) >= 5
    for words in (
        said["level"],
        said["outcome"],
        said["hash"],
        said["conditions"],
        *dict(said["facts"]).items(),
    ):
        for line in [words] if isinstance(words, str) else words:
            assert plain(line) in paper and plain(line) in page, line
    signer = said["signers"][0]["name"]
    assert plain(signer) in paper and plain(signer) not in page
