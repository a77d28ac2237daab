"""Text that no database can hold is the sender's fault and is told so; it is no error page of ours."""

import pytest

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory


@pytest.fixture
def staff(client, db):
    client.force_login(UserFactory(role=Role.STAFF))
    return client


@pytest.mark.parametrize("address", ["/ikm/%00/", "/ikm/?mentor=%00", "/ikm/?q=a%00b", "/angkatan/?q=%00"])
def test_nul_in_an_address_is_no_fault_of_ours(staff, address):
    assert staff.get(address).status_code in {200, 400, 404}


def test_the_page_says_that_nothing_was_saved(client, db):
    answer = client.get("/kalender/%00.ics")
    assert answer.status_code == 400
    assert "Tidak ada yang tersimpan" in answer.content.decode()


@pytest.mark.parametrize("name", ["login", "password"])
def test_nul_in_a_form_is_told_at_its_field(client, db, name):
    answer = client.post("/masuk/", {"login": "a@contoh.id", "password": "rahasia", name: "a\x00b"})
    assert answer.status_code == 200
