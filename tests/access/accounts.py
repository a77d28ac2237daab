"""Who may open what: accounts, messages, the trail."""

from closedloop.notifications.models import Notification
from tests.access.table import EVERYBODY, Row
from tests.factories.accounts import OrganisationFactory


def a_message_for_the_owner(world):
    return Notification.objects.get_or_create(user=world.owner, kind="contoh", title="Kabar")[0]


ROWS = [
    Row("accounts:profile", allowed=EVERYBODY),
    Row(
        "accounts:profile",
        "post",
        allowed=EVERYBODY,
        code=302,
        data=lambda w: {"full_name": "Nama Baru", "phone": "0812 3456 7890"},
    ),
    Row("accounts:users", allowed="admin"),
    Row("accounts:invite", allowed="admin staff"),
    Row("accounts:user", args=lambda w: [w.owner.pk], allowed="admin"),
    Row(
        "accounts:set_active",
        "post",
        lambda w: [w.owner.pk],
        allowed="admin",
        code=302,
        data=lambda w: {"aktif": "0"},
    ),
    # an account that is in use; staff send links only to who has not used theirs
    Row(
        "accounts:renew_invitation",
        "post",
        lambda w: [w.owner.pk],
        allowed="admin",
        hidden="staff",
        code=302,
    ),
    Row("accounts:organisations", allowed="admin"),
    Row("accounts:add_organisation", allowed="admin"),
    Row("accounts:edit_organisation", args=lambda w: [OrganisationFactory().pk], allowed="admin"),
    Row("account_change_password", allowed=EVERYBODY),
    Row("account_set_password", allowed=EVERYBODY, code=302),
    Row("account_reauthenticate", allowed=EVERYBODY),
    Row("notifications:list", allowed=EVERYBODY),
    Row("notifications:mark_all_read", "post", allowed=EVERYBODY, code=302),
    Row(
        "notifications:open",
        "post",
        lambda w: [a_message_for_the_owner(w).pk],
        allowed="owner",
        hidden=EVERYBODY.replace(" owner ", " "),
        code=302,
    ),
    Row("audit:events", allowed="lead staff admin"),
]
