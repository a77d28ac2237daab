"""The board's pages: the queue, the decision, its check, and the record that never changes."""

import pytest
from django.urls import reverse

from assessments.models import Assessment, ClassDecision
from closedloop.accounts.roles import Role
from participants.models import Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.assessments import CohortRubricFactory, FindingFactory, waiting_decision
from tests.factories.frozen import past_the_guards
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    enrolment = EnrolmentFactory()
    CohortRubricFactory(cohort=enrolment.cohort)
    return enrolment


class TestDecision:
    def post(self, client, decision, **data):
        return client.post(reverse("assessments:check_decision", args=[decision.code]), data)

    def test_nothing_is_preselected(self, client, world, login):
        login(world.lead)
        page = client.get(world.decision.get_absolute_url()).content.decode()
        assert "checked" not in page
        assert "Rekomendasi sistem: Naik kelas" in page

    def test_checked_before_it_is_recorded(self, client, world, login):
        login(world.lead)
        data = {"outcome": "promoted", "reason": "", "members": [world.staff.pk]}
        page = self.post(client, world.decision, **data).content.decode()
        assert "Periksa sebelum dicatat" in page
        assert not ClassDecision.objects.decided().exists()
        page = self.post(
            client, world.decision, **data, confirm="1", declared=[world.lead.pk]
        ).content.decode()
        assert "Pernyataan tidak berkepentingan belum lengkap" in page
        assert not ClassDecision.objects.decided().exists()
        both = [world.lead.pk, world.staff.pk]
        response = self.post(client, world.decision, **data, confirm="1", declared=both)
        assert response.url == world.decision.get_absolute_url()
        assert ClassDecision.objects.get().record_number in client.get(response.url).content.decode()

    def test_back_to_change_keeps_what_was_typed(self, client, world, login):
        login(world.lead)
        data = {
            "outcome": "retained",
            "reason": "Belum cukup",
            "condition_2": "APAR",
            "members": [world.staff.pk],
        }
        page = client.post(world.decision.get_absolute_url(), data).content.decode()
        assert "Belum cukup" in page
        assert 'value="APAR"' in page
        assert page.count("checked") == 2
        assert "Ada yang perlu" not in page

    @pytest.mark.parametrize(
        "data, words",
        [
            ({}, "Pilih keputusan"),
            ({"outcome": "promoted"}, "Pilih sedikitnya satu anggota sidang"),
            ({"outcome": "retained", "reason": "pendek", "members": True}, "paling sedikit 30 huruf"),
            ({"outcome": "conditional", "members": True}, "Tulis syarat yang dipantau"),
            ({"outcome": "conditional", "members": True, "condition_1": "APAR"}, "Isi tenggat tiap syarat"),
        ],
    )
    def test_bad_input_is_told_beside_its_field(self, client, world, login, data, words):
        login(world.lead)
        if data.get("members"):
            data = {**data, "members": [world.staff.pk]}
        response = self.post(client, world.decision, confirm="1", **data)
        assert words in response.content.decode()
        assert not ClassDecision.objects.decided().exists()

    def test_the_second_lead_reads_who_decided_and_when(self, client, world, login):
        login(UserFactory(role=Role.LEAD))
        response = client.post(
            reverse("assessments:check_decision", args=[world.decided_decision.code]),
            {"outcome": "retained", "confirm": "1"},
            follow=True,
        )
        assert f"Sudah diputuskan oleh {world.lead} pada" in response.content.decode()

    def test_the_decided_page_does_not_change_with_the_records(self, client, world, login):
        login(world.staff)
        before = client.get(world.decided_decision.get_absolute_url()).content
        assessment = world.decided_decision.assessment
        with past_the_guards():
            assessment.scores.update(value=0)
            Assessment.objects.update(overall=1, dimension_scores={}, recommendation="Lain")
            Enterprise.objects.update(name="Nama Baru", class_level=4)
            assessment.rubric.dimensions.update(name="Lain", weight=1)
            world.decided_decision.scheme.requirements.update(threshold=99)
        FindingFactory(enterprise=world.enterprise, is_critical=True)
        after = client.get(world.decided_decision.get_absolute_url()).content
        assert strip_tokens(after) == strip_tokens(before)

    def test_proposing_twice_is_a_plain_sentence(self, client, world, login):
        login(world.staff)
        url = reverse("assessments:propose_decision", args=[world.decision.enterprise.code])
        assert "sudah menunggu keputusan" in client.post(url, follow=True).content.decode()

    def test_those_who_meet_everything_stand_first(self, client, login, enrolment):
        login(Role.LEAD)
        poor = waiting_decision(enrolment)
        with past_the_guards():
            Assessment.objects.filter(pk=poor.assessment_id).update(overall=40)
        ready = EnrolmentFactory()
        CohortRubricFactory(cohort=ready.cohort)
        good = waiting_decision(ready)
        page = client.get(reverse("assessments:decisions")).content.decode()
        assert page.index(good.code) < page.index(poor.code)
        assert "0 dari 1 syarat" in page


def strip_tokens(page: bytes) -> str:
    """Leave out what differs at every request: tokens, the counts of the menu, the time of printing."""
    lines = page.decode().splitlines()
    words = ("csrfmiddlewaretoken", "X-CSRFToken", "Dicetak", "count")
    return "\n".join(line for line in lines if not any(word in line for word in words))
