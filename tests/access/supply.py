"""Who reads why an IKM may supply a buyer, hands over a sample, and decides on it."""

from uuid import uuid4

from tests.access.table import OVERSIGHT, Row


def pair(world):
    assert world.agreement
    return [world.enterprise.code, world.buyer_company.code]


def sample(world):
    return [world.sample.pk]


def agreement(world):
    return [world.agreement.code]


def line(world):
    return [world.scope_line.pk]


def stall(world):
    return [world.stall.pk]


ROWS: list[Row] = [
    Row(
        "partnerships:clearance",
        args=pair,
        allowed=f"{OVERSIGHT} owner",
        hidden="other_owner buyer other_buyer",
    ),
    Row("partnerships:add_sample", args=pair, allowed="staff owner", hidden="other_owner"),
    Row(
        "partnerships:add_sample",
        "post",
        args=pair,
        allowed="staff owner",
        hidden="other_owner",
        code=302,
        data=lambda world: {
            "key": str(uuid4()),
            "part_name": "Bracket",
            "quantity": "5",
            "submitted_on": "2026-03-02",
        },
    ),
    Row("partnerships:samples", allowed="staff buyer other_buyer"),
    Row("partnerships:decide_sample", args=sample, allowed="staff buyer", hidden="other_buyer"),
    Row(
        "partnerships:decide_sample",
        "post",
        args=sample,
        allowed="staff buyer",
        hidden="other_buyer",
        code=302,
        data=lambda world: {"outcome": "rejected", "decided_on": "2026-03-20", "remark": "Lubang miring"},
    ),
    Row(
        "partnerships:milestones",
        args=agreement,
        allowed=f"{OVERSIGHT} owner buyer",
        hidden="other_owner other_buyer",
    ),
    Row("partnerships:edit_parties", args=agreement, allowed="staff"),
    Row(
        "partnerships:edit_parties",
        "post",
        args=agreement,
        allowed="staff",
        code=302,
        data=lambda world: {f"{world.agreement.parties.first().pk}-own_number": "AC/2026/114"},
    ),
    Row("partnerships:edit_milestones", args=line, allowed="staff"),
    Row(
        "partnerships:edit_milestones",
        "post",
        args=line,
        allowed="staff",
        code=302,
        data=lambda world: {"quotation_planned": "2026-02-02", "enquiry_reached": "2026-01-12"},
    ),
    Row("partnerships:renew_agreement", args=agreement, allowed="staff"),
    Row("partnerships:renew_agreement", "post", args=agreement, allowed="staff", code=302),
    Row("partnerships:stalls", allowed=f"{OVERSIGHT} owner other_owner buyer other_buyer"),
    Row("partnerships:answer_stall", args=stall, allowed="owner buyer", hidden="other_owner other_buyer"),
    Row(
        "partnerships:answer_stall",
        "post",
        args=stall,
        allowed="owner buyer",
        hidden="other_owner other_buyer",
        code=302,
        data=lambda world: {"reason": "drawing"},
    ),
]
