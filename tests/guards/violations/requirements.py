"""Impossible requirements of buyers, and lines of them."""

from decimal import Decimal

from partnerships.models import Requirement, RequirementLine
from tests.factories.requirements import RequirementFactory
from tests.guards.rows import again, change, one, without


def published(**fields):
    return RequirementFactory(published=True, **fields)


def second_version(**fields):
    first = published()
    return again(first, version=2, based_on=first, published_at=None, published_by=None, **fields)


def two_drafts():
    draft = second_version()
    again(draft, version=3)


def changed_without_a_reason():
    draft = second_version()
    change(draft, published_at=draft.based_on.published_at, published_by=draft.based_on.published_by)


VIOLATIONS = {
    "requirement_version_is_unique": lambda: again(published(), published_by=None),
    "one_draft_per_requirement": two_drafts,
    "requirement_volume_is_positive": lambda: change(one(Requirement), volume=0),
    "requirement_period_is_known": lambda: change(one(Requirement), per="week"),
    "requirement_price_is_positive": lambda: change(one(Requirement), target_price=0),
    "requirement_on_time_is_a_share": lambda: change(one(Requirement), min_on_time=Decimal("1.001")),
    "requirement_evidence_counts_for_a_while": lambda: change(one(Requirement), evidence_months=37),
    "requirement_status_is_known": lambda: change(published(), status="lost"),
    "requirement_is_published_by_its_owner": lambda: change(published(), contact=None),
    "requirement_version_follows_another": lambda: change(one(Requirement), version=2),
    "requirement_change_has_a_reason": changed_without_a_reason,
    "requirement_is_withdrawn_for_a_reason": lambda: change(published(), status="withdrawn"),
    "requirement_line_is_asked_once": lambda: again(one(RequirementLine)),
    "requirement_line_kind_is_known": lambda: without(
        "requirement_line_has_the_limit_of_its_kind", one(RequirementLine), kind="luck"
    ),
    "requirement_line_says_what": lambda: change(one(RequirementLine), text=""),
    "requirement_line_names_what_satisfies_it": lambda: change(one(RequirementLine), subject=""),
    "requirement_line_has_the_limit_of_its_kind": lambda: change(one(RequirementLine), threshold=3),
}
