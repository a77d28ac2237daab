"""No menu leads to a refusal, for anybody."""

import pytest

from closedloop.core.context import Navigation
from tests.access.table import ROLES


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROLES)
def test_every_line_of_the_menu_opens(who, world, login, client, rf):
    world.enrolment, world.other_enterprise  # noqa: B018 the owners' companies are made by being asked for
    request = rf.get("/")
    request.user = login(getattr(world, who))
    navigation = Navigation(request)
    lines = [item for section in navigation.sections for item in section.items] + list(navigation.bottom)
    assert lines
    addresses = {navigation.home, navigation.account, navigation.help, navigation.notices.url}
    addresses |= {item.url for item in lines}
    refused = {address: client.get(address).status_code for address in addresses if address}
    assert {address: code for address, code in refused.items() if code != 200} == {}
