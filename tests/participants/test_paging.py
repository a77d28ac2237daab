"""The pages of a search hold and count what the search finds, in its order, whichever page is asked for."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closedloop.accounts.roles import Role
from participants.models import Enterprise
from participants.paging import FoundPages
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory, MentorAssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def makers():
    for letter in "EDCBA":
        EnterpriseFactory(name=f"Knalpot {letter}")
    EnterpriseFactory(name="Plastik")


def both(rows, number):
    """The page that finds and counts at once, and the one of Django that counts first."""
    for pages in (FoundPages(rows, 2, whole=lambda found: found), Paginator(rows, 2)):
        page = pages.get_page(number)
        yield [row.name for row in page], page.number, page.paginator.count, page.paginator.num_pages


@pytest.mark.parametrize("number", [None, "", "1", "2", "3", "4", "0", "-1", "x", "1.5", "²", "9" * 30])
def test_every_page_is_that_of_a_search_counted_first(makers, number):
    at_once, counted_first = both(Enterprise.objects.search("knalpot"), number)
    assert at_once == counted_first
    assert at_once[2] == 5


def test_nothing_found_is_one_empty_page(makers):
    at_once, counted_first = both(Enterprise.objects.search("xyzzy"), "1")
    assert at_once == counted_first == ([], 1, 0, 1)


def test_a_mentor_with_two_enrolments_of_one_ikm_finds_it_once(makers):
    mentor, enterprise = UserFactory(role=Role.MENTOR), Enterprise.objects.get(name="Knalpot A")
    for status in ("graduated", "active"):
        MentorAssignmentFactory(
            enrolment=EnrolmentFactory(enterprise=enterprise, status=status), mentor=mentor
        )
    at_once, counted_first = both(Enterprise.objects.visible_to(mentor).search("knalpot"), "1")
    assert at_once == counted_first == (["Knalpot A"], 1, 1, 1)


def test_a_page_asks_for_what_was_found_once(makers):
    rows = Enterprise.objects.search("knalpot")
    with CaptureQueriesContext(connection) as queries:
        page = FoundPages(rows, 2, whole=lambda found: found).get_page("2")
        assert (len(page), page.paginator.count) == (2, 5)
    assert len(queries) == 2
