"""Second looks of the access table, in each state."""

from datetime import date
from functools import cached_property

from assessments import actions
from assessments.models import Assessment, SecondAssessment
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, criteria_of, fill
from tests.world.assessments import PHOTO


class SecondsWorld:
    @cached_property
    def first_assessor(self):
        return UserFactory(role=Role.ASSESSOR, full_name="Penilai Pertama")

    @cached_property
    def waiting_second(self):
        return self.second_look_at(self.first_assessor)

    def second_look_at(self, first):
        """A final assessment by `first`, two levels below the owner's own rating of R2.1."""
        own = AssessmentFactory(
            enrolment=self.enrolment,
            kind=Assessment.Kind.SELF,
            visited_on=date(2026, 9, 1),
            assessor=self.owner,
            filled=3,
        )
        actions.submit(own, by=self.owner)
        final = AssessmentFactory(
            enrolment=self.enrolment,
            kind=Assessment.Kind.FINAL,
            visited_on=date(2026, 10, 1),
            assessor=first,
            filled=3,
        )
        fill(final, 3, R2_1=1)
        item = criteria_of(final).get(code="R2.1")
        day = final.visited_on
        actions.add_evidence(final, item, photo=PHOTO, taken_on=day, by=first)
        actions.submit(final, by=first)
        return SecondAssessment.objects.get(assessment=final)

    @cached_property
    def taken_second(self):
        actions.take_second(self.waiting_second, by=self.assessor)
        return self.waiting_second

    @cached_property
    def handed_in_second(self):
        """The second says 3 where the first said 1."""
        return self.hand_in(self.taken_second, self.assessor)

    @cached_property
    def second_to_settle(self):
        """The assessor of the cast looked first, somebody else second."""
        second, other = self.second_look_at(self.assessor), UserFactory(role=Role.ASSESSOR)
        actions.take_second(second, by=other)
        return self.hand_in(second, other)

    def hand_in(self, second, by):
        score = second.scores.get()
        actions.score_second(second, {score: (3, False, "Sudah berlabel semua")}, by=by)
        actions.hand_in_second(second, by=by)
        return second

    @cached_property
    def written_second(self):
        second = self.handed_in_second
        agreed = {second.scores.get(): (2, False, "Separuh rak belum berlabel")}
        actions.propose_settlement(second, agreed, by=self.first_assessor)
        return second
