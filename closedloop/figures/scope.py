"""What a figure is asked about: whose eyes, which IKM, which agreements, which days."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from participants.models import Cohort, Enrolment, Enterprise
from partnerships.models import Agreement, Buyer


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The filters of one question. What is left out does not filter; `user` limits to what that person may know.

    `period_from` and `period_until` are days, both included. `as_of` is the moment of reading: figures are read
    from the records as they are then, and a past cut-off is answered by the stored snapshot of a report.
    """

    user: User | None = None
    cohort: Cohort | None = None
    enterprise: Enterprise | None = None
    agreement: Agreement | None = None
    buyer: Buyer | None = None
    only: frozenset[UUID] | None = None  # these enterprises and no others
    period_from: date | None = None
    period_until: date | None = None
    as_of: datetime = field(default_factory=timezone.now)

    @property
    def day(self) -> date:
        """The last day that has begun: the end of the period, or the day of reading where it comes earlier."""
        today = timezone.localdate(self.as_of)
        return min(today, self.period_until) if self.period_until else today

    def within(self, name: str) -> Q:
        """Return the condition that the date field `name` lies in the period and not after the cut-off."""
        condition = Q(**{f"{name}__lte": self.day})
        return condition & Q(**{f"{name}__gte": self.period_from}) if self.period_from else condition

    def enterprises(self, *, with_leavers: bool = False) -> QuerySet[Enterprise]:
        """Return the enterprises the question is about.

        What takes part in practice cohorts is in no figure at all, whoever asks and about whatever. Who left a
        cohort is none of its enterprises any more, except where it is asked who ever was.
        """
        rows = known_to(self.user) if self.user else Enterprise.objects.all()
        rows = rows.exclude(pk__in=Enrolment.objects.filter(cohort__is_practice=True).values("enterprise"))
        if self.enterprise:
            rows = rows.filter(pk=self.enterprise.pk)
        if self.only is not None:
            rows = rows.filter(pk__in=self.only)
        if self.cohort:
            members = self.cohort.enrolments.all() if with_leavers else self.cohort.enrolments.not_left()
            rows = rows.filter(pk__in=members.values_list("enterprise", flat=True))
        if self.agreement:
            rows = rows.filter(pk__in=self.agreement.parties.values("enterprise"))
        if self.buyer:
            rows = rows.filter(
                Q(pk__in=self.buyer.scope_lines.values("enterprise"))
                | Q(pk__in=self.buyer.orders.values("enterprise"))
            )
        return rows

    def without_leavers(self) -> QuerySet[Enterprise]:
        """Return the enterprises of the question that are still with the programme, or were never in it.

        Where some are named one by one, all of those are meant.
        """
        rows = self.enterprises()
        if self.enterprise or self.only is not None:
            return rows
        left = Enrolment.objects.filter(status=Enrolment.Status.WITHDRAWN).values("enterprise")
        return rows.exclude(Q(pk__in=left) & ~Q(pk__in=Enrolment.objects.not_left().values("enterprise")))

    def enrolments(self) -> QuerySet[Enrolment]:
        """Return the enrolments of those enterprises that take or took part, of the cohort where one is named."""
        rows = Enrolment.objects.filter(enterprise__in=self.enterprises().values("pk")).taking_part()
        return rows.filter(cohort=self.cohort) if self.cohort else rows


def known_to(user: User) -> QuerySet[Enterprise]:
    """Return the enterprises whose figures this person may ask for; a buyer's are its own suppliers."""
    if user.role != Role.BUYER:
        return Enterprise.objects.visible_to(user)
    buyers = Buyer.objects.visible_to(user).values("pk")
    return Enterprise.objects.filter(
        Q(pk__in=Agreement.objects.visible_to(user).values("parties__enterprise"))
        | Q(orders__buyer__in=buyers)
    ).distinct()
