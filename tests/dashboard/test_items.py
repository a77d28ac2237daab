"""One check item of one IKM, across assessment, training and supply."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.complaint_walk import walk_of
from tests.factories.complaints import ComplaintFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.linked_complaint  # noqa: B018 - with all that it questions
    return world


def story(client, world, who):
    client.force_login(getattr(world, who))
    one = world.linked_complaint
    return client.get(reverse("dashboard:item", args=[one.enterprise.code, one.criterion.code])).context


def test_the_item_names_its_complaint_its_assessor_and_its_meetings(client, world):
    found = story(client, world, "staff")
    assert found["complaints"] == [world.linked_complaint]
    assert [score.assessment.assessor for score in found["scores"]] == [world.mentor]
    coming, held = found["taught"]
    assert (coming.session, coming.mark) == (world.training_session, None)
    assert held.mark.label == "Hadir"
    assert [line.requirement.buyer for line in found["asked"]] == [world.buyer_company]


def test_an_assessor_reads_no_complaint_and_no_requirement_there(client, world):
    found = story(client, world, "assessor")
    assert (found["complaints"], list(found["asked"])) == ([], [])
    assert found["scores"]


def test_each_reader_is_led_where_he_may_go(world):
    one = world.linked_complaint
    buyer, owner = walk_of(one, world.buyer), walk_of(one, world.owner)
    assert "#baris-" in buyer.asked
    assert (buyer.item, buyer.score, buyer.attended, buyer.answer_path) == ("", None, None, "")
    assert reverse("trainings:my_session", args=[one.closing_session.code]) == owner.answer_path
    assert reverse("partnerships:my_requirement", args=[one.requirement_line.requirement.code]) in owner.asked
    assert owner.score.assessment == world.assessment


def test_what_is_read_does_not_grow_with_complaints_and_meetings(
    client, world, django_assert_max_num_queries
):
    story(client, world, "staff")
    one = world.linked_complaint
    with django_assert_max_num_queries(45):
        before = len(story(client, world, "staff")["taught"])
    for _more in range(5):
        session = SessionFactory(held=True, cohort=world.enrolment.cohort, module=world.module)
        AttendanceFactory(session=session, enrolment=world.enrolment, person=world.person)
        ComplaintFactory(
            enterprise=one.enterprise, buyer=one.buyer, criterion=one.criterion, raised_on=timezone.localdate(),
            due_on=timezone.localdate(), closing_module=world.module, closing_session=session,
        )  # fmt: skip
    with django_assert_max_num_queries(45):
        after = len(story(client, world, "staff")["taught"])
    assert after == before + 5
