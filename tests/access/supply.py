"""Who reads why an IKM may supply a buyer, hands over a sample, and decides on it."""

from uuid import uuid4

from tests.access.table import OVERSIGHT, Row


def pair(world):
    assert world.agreement
    return [world.enterprise.code, world.buyer_company.code]


def sample(world):
    return [world.sample.pk]


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
]
