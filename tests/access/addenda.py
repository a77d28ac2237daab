"""Who may open what: addenda of agreements, and what is agreed on a day."""

from tests.access.partnerships import PARTIES, REASON, STRANGERS, agreement, key, staff_form
from tests.access.table import OVERSIGHT, Row


def addendum(world):
    return [world.addendum.code]


def signed(world):
    return [world.signed_addendum.code]


def data(world):
    line = world.agreement.lines.get()
    return {
        "key": key(), "number": "ADD/2026/7", "effective_on": "2026-07-01", "reason": "Harga baja naik",
        f"{line.pk}-unit_price": "36.500", "tambahan-TOTAL_FORMS": "0", "tambahan-INITIAL_FORMS": "0",
    }  # fmt: skip


ROWS: list[Row] = [
    Row("partnerships:agreement_terms", args=agreement, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    Row("partnerships:addendum", args=addendum, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    Row("partnerships:addendum_scan", args=signed, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    *staff_form("partnerships:add_addendum", agreement, data),
    *staff_form("partnerships:edit_addendum", addendum, data),
    *staff_form(
        "partnerships:sign_addendum", addendum, lambda world: {"signed_on": "2026-06-20", "place": "Tegal"}
    ),
    *staff_form("partnerships:discard_addendum", addendum, lambda world: REASON),
]
