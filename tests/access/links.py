"""Who makes and revokes the links by which buyers confirm without an account."""

from uuid import uuid4

from tests.access.table import Row


def contact(world):
    return [world.new_contact.pk]


ROWS: list[Row] = [
    Row("partnerships:contact_link", args=contact, allowed="staff"),
    Row(
        "partnerships:contact_link",
        "post",
        args=contact,
        allowed="staff",
        code=302,
        data=lambda world: {"key": str(uuid4())},
    ),
    Row(
        "partnerships:revoke_link",
        "post",
        args=lambda world: [world.confirmation_link.pk],
        allowed="staff",
        code=302,
    ),
]
