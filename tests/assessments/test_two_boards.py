"""Two leads decide on the same IKM at the same moment: one decision, one plain answer (reliability D1)."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from assessments.models import ClassDecision
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from tests.client import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import CohortRubricFactory, waiting_decision
from tests.factories.participants import CohortFactory, EnrolmentFactory

LONG = "Keterlambatan terjadi karena pelat terlambat datang."
REFUSED = re.compile(r"Sudah diputuskan oleh (.+?) pada \d.*?(WIB|WITA|WIT)")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pairs", [5, pytest.param(50, marks=[pytest.mark.long, pytest.mark.timeout(400)])])
def test_every_pair_of_leads_makes_one_decision_and_one_plain_page(pairs):
    leads = [UserFactory(role=Role.LEAD) for _ in range(2)]
    member = UserFactory(role=Role.ASSESSOR)
    cohort = CohortFactory()
    CohortRubricFactory(cohort=cohort)
    decisions = [waiting_decision(EnrolmentFactory(cohort=cohort)) for _ in range(pairs)]
    clients = [signed_in(lead) for lead in leads]
    barrier = threading.Barrier(2, timeout=30)

    def decide(client, lead, outcome):
        pages = []
        for decision in decisions:
            answers = {"outcome": outcome, "reason": LONG, "members": [member.pk], "confirm": "1"}
            answers["declared"] = [lead.pk, member.pk]
            barrier.wait()
            pages.append(
                client.post(reverse("assessments:check_decision", args=[decision.code]), answers, follow=True)
            )
        connection.close()
        return pages

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(decide, clients, leads, ("promoted", "retained")))
    for decision, pages in zip(decisions, zip(*both, strict=True), strict=True):
        decision.refresh_from_db()
        texts = [page.content.decode() for page in pages]
        assert [page.status_code for page in pages] == [200, 200]
        refused = [found for text in texts if (found := REFUSED.search(text))]
        assert [found[1] for found in refused] == [str(decision.decided_by)]
        assert sum(f"dengan nomor {decision.record_number}" in text for text in texts) == 1
    assert ClassDecision.objects.decided().count() == pairs
    assert Event.objects.filter(verb="classdecision.decided").count() == pairs
