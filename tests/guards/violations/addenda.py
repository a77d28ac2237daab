"""Impossible addenda, and what they change."""

from datetime import date

from django.db.models import F

from partnerships.models import Addendum, AddendumChange, AddendumNumber, Promise
from tests.guards.rows import again, change, one


def two_in_one_place():
    signed = one(Addendum, status="signed")
    one(Addendum, status="signed", agreement=signed.agreement)


def replaced_by_its_own():
    addendum = one(Addendum)
    one(Promise, addendum=addendum, replaced_by=addendum)


VIOLATIONS = {
    "promise_days_are_in_order": lambda: change(one(Promise), ends_on=date(2025, 12, 31)),
    "promise_is_replaced_by_another": replaced_by_its_own,
    "addendum_number_is_used_once": lambda: again(one(Addendum)),
    "one_addendum_per_place": two_in_one_place,
    "addendum_status_is_known": lambda: change(one(Addendum), status="sent"),
    "addendum_says_why": lambda: change(one(Addendum), reason=""),
    "addendum_is_signed_with_its_place": lambda: change(one(Addendum), sequence=1),
    "addendum_ends_later_than_before": lambda: change(
        one(Addendum), extends_to=date(2026, 12, 31), extended_from=date(2026, 12, 31)
    ),
    "addendum_scan_has_its_hash": lambda: change(one(Addendum), scan="addenda/2026/a.pdf"),
    "one_addendum_number_per_party": lambda: again(one(AddendumNumber)),
    "addendum_number_is_not_empty": lambda: change(one(AddendumNumber), number=""),
    "addendum_changes_a_line_once": lambda: again(one(AddendumChange)),
    "addendum_change_kind_is_known": lambda: change(one(AddendumChange), kind="swap"),
    "addendum_change_names_its_part": lambda: change(one(AddendumChange), line=None),
    "addendum_change_says_what": lambda: change(one(AddendumChange), unit_price=None),
    "addendum_change_is_positive": lambda: change(one(AddendumChange), unit_price=F("unit_price") * 0),
}
