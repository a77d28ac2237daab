"""Numbers that may be some seconds old: never after an act of one's own, never another reader's."""

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.core.remembered import MOST, _known, remembered
from closedloop.notifications.actions import tell
from closedloop.notifications.models import Notification
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory

pytestmark = pytest.mark.django_db
LIST = reverse("participants:list")


@pytest.fixture(autouse=True)
def remembers(settings):
    settings.REMEMBERED_SECONDS = 60


@pytest.fixture
def staff(login):
    return login(Role.STAFF)


def unread(client) -> int:
    """What the bell of a page says."""
    return client.get(LIST).context["nav"].counts.get("notifications:list", 0)


def tabs(client, query="") -> dict[str, int]:
    return {str(tab.label): tab.count for tab in client.get(LIST + query).context["tabs"]}


def test_a_number_is_remembered_until_its_time_is_over(client, staff, settings):
    assert unread(client) == 0
    tell([staff], "uji", "Ada kabar")
    assert unread(client) == 0
    settings.REMEMBERED_SECONDS = 0
    assert unread(client) == 1


def test_ones_own_act_shows_at_once(client, staff):
    tell([staff], "uji", "Ada kabar")
    assert unread(client) == 1
    client.post(reverse("notifications:mark_all_read"))
    assert not Notification.objects.visible_to(staff).unread().exists()
    assert unread(client) == 0


def test_a_refused_act_forgets_too(client, staff):
    assert unread(client) == 0
    tell([staff], "uji", "Ada kabar")
    client.post(reverse("participants:add"), {})
    assert unread(client) == 1


def test_another_browser_of_the_same_reader_forgets_for_itself_only(client, staff):
    other = PortalClient()
    other.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    tell([staff], "uji", "Ada kabar")
    assert unread(client) == unread(other) == 1
    client.post(reverse("notifications:mark_all_read"))
    assert (unread(client), unread(other)) == (0, 1)


def test_readers_do_not_share_numbers_even_with_each_others_mark(client, staff, settings):
    tell([staff], "uji", "Ada kabar")
    client.post(reverse("participants:add"), {})
    assert unread(client) == 1
    other = PortalClient()
    other.force_login(
        UserFactory(role=Role.STAFF), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    other.cookies[settings.ACT_COOKIE_NAME] = client.cookies[settings.ACT_COOKIE_NAME].value
    assert unread(other) == 0


def test_the_tab_of_the_list_says_what_the_list_found(client, staff):
    EnterpriseFactory(nib=None)
    assert tabs(client)["Semua"] == 1
    EnterpriseFactory(nib=None)
    assert tabs(client)["Semua"] == 2
    assert tabs(client)["Belum punya NIB"] == 1
    assert tabs(client, "?kurang=nib")["Belum punya NIB"] == 2


def test_the_page_of_tasks_and_its_menu_say_the_same(client, staff):
    unread(client)
    tell([staff], "uji", "Ada kabar")
    page = client.get(reverse("dashboard:tasks"))
    assert page.context["nav"].counts["notifications:list"] == 1


def test_the_mark_is_for_the_server_only(client, staff, settings):
    response = client.post(reverse("participants:add"), {})
    mark = response.cookies[settings.ACT_COOKIE_NAME]
    assert mark["httponly"] and mark["samesite"] == "Lax" and mark["path"] == "/"
    assert settings.ACT_COOKIE_NAME not in client.get(LIST).cookies


def test_nobody_unknown_is_given_a_mark(client, settings):
    response = client.post(reverse("account_login"), {"login": "x@contoh.id", "password": "salah"})
    assert settings.ACT_COOKIE_NAME not in response.cookies


def test_memory_is_bounded(rf, staff):
    request = rf.get("/")
    request.user = staff
    for number in range(MOST + 10):
        remembered(request, f"n{number}", lambda: 0)
    assert len(_known) == MOST
