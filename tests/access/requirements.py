"""Who may open what: what buyers need made, and IKM beside it."""

from uuid import uuid4

from tests.access.table import OVERSIGHT, Row


def company(world):
    return [world.buyer_company.code]


def published(world):
    return [world.requirement.code, world.requirement.version]


def by_code(world):
    return [world.requirement.code]


def draft(world):
    return [world.draft_requirement.code, world.draft_requirement.version]


def line(world):
    return [world.requirement_line.pk]


def pair(world):
    return [*published(world), world.enterprise.code]


def terms(world):
    return {
        "key": str(uuid4()), "part_name": "Clamp", "volume": "24.000", "per": "year", "unit": "pcs",
        "evidence_months": "12",
    }  # fmt: skip


def asked(world):
    return {"key": str(uuid4()), "text": "NPWP berlaku", "kind": "document", "document": "npwp"}


READERS = {"allowed": f"{OVERSIGHT} buyer mentor", "hidden": "other_buyer other_mentor"}
WRITERS = {"allowed": "staff buyer", "hidden": "other_buyer"}


def form(name, args, data):
    """A form of whoever writes for the buyer: the page and the act."""
    return [Row(name, args=args, **WRITERS), Row(name, "post", args=args, code=302, data=data, **WRITERS)]


ROWS: list[Row] = [
    Row("partnerships:requirements", allowed=f"{OVERSIGHT} buyer other_buyer mentor other_mentor"),
    Row("partnerships:requirement", args=by_code, code=302, **READERS),
    Row("partnerships:requirement_version", args=published, **READERS),
    Row("partnerships:makers", args=published, **READERS),
    Row("partnerships:requirement_match", args=pair, **READERS),
    Row(
        "partnerships:address_requirement",
        "post",
        args=pair,
        code=302,
        before=lambda w: w.unaddress(),
        **WRITERS,
    ),
    Row("partnerships:start_requirement_version", "post", args=by_code, code=302, **WRITERS),
    *form("partnerships:close_requirement", published, lambda world: {"status": "met"}),
    *form("partnerships:add_requirement", company, terms),
    *form("partnerships:edit_requirement", draft, terms),
    *form("partnerships:add_requirement_line", draft, asked),
    *form("partnerships:edit_requirement_line", line, asked),
    Row("partnerships:remove_requirement_line", "post", args=line, code=302, **WRITERS),
    *form("partnerships:publish_requirement", draft, lambda world: {}),
    *form("partnerships:discard_requirement", draft, lambda world: {}),
    Row(
        "partnerships:enterprise_requirements",
        args=lambda world: [world.enterprise.code],
        allowed=f"{OVERSIGHT} mentor",
        hidden="other_mentor buyer other_buyer",
        before=lambda world: world.requirement,
    ),
    Row("partnerships:my_requirements", allowed="owner other_owner", before=lambda world: world.requirement),
    Row("partnerships:my_requirement", args=by_code, allowed="owner", hidden="other_owner"),
]
