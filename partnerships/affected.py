"""Which IKM a new version of a requirement affects: how each answers the version in force, and the draft."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from closedloop.accounts.roles import Role
from participants.models import Consent, Enterprise
from partnerships.match import Match
from partnerships.match_page import first_open_words, names_of
from partnerships.matching import matches
from partnerships.models import Requirement


@dataclass(frozen=True)
class Effect:
    """One IKM, before and after; `first_open` names the first line of the draft it does not meet."""

    enterprise: Enterprise
    before: Match
    after: Match
    first_open: str


def affected_by(draft: Requirement, user) -> list[Effect]:
    """Return the IKM to which the requirement is addressed, and the buyer's suppliers, whose answer differs.

    A buyer reads only of those who agreed that their profile is shared.
    """
    source = draft.based_on
    if source is None:
        return []
    own = Enterprise.objects.filter(
        Q(addressed_requirements__in=[draft, source])
        | Q(scope_lines__buyer=draft.buyer)
        | Q(orders__buyer=draft.buyer)
    ).distinct()
    if user.role == Role.BUYER:
        own = own.filter(pk__in=Enterprise.objects.consenting_to(Consent.Purpose.SHARING).values("pk"))
    enterprises, names = list(own.order_by("name")), names_of([draft])
    found = matches([source, draft], enterprises, timezone.localdate())
    effects = [
        Effect(one, before, after, first_open_words(after, names))
        for one in enterprises
        for before, after in [(found[source.pk, one.pk], found[draft.pk, one.pk])]
    ]
    return [one for one in effects if answers(one.before) != answers(one.after)]


def answers(found: Match) -> list[tuple[str, str]]:
    """Return what is compared: each line and its state, whatever version it stands in."""
    return [
        (f"{one.ask.kind}:{one.ask.subject}:{one.ask.threshold}", one.state.value) for one in found.answers
    ]
