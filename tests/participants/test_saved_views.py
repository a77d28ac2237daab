"""Lists kept under a name: private unless shared, opened as they were, changed only by whose they are."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.actions import saved_views
from participants.models import SavedView
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory, SavedViewFactory

pytestmark = pytest.mark.django_db
LIST = reverse("participants:list")


def labels(response):
    return [str(tab.label) for tab in response.context["tabs"]]


def test_a_list_is_saved_and_opened_as_it_was(client, login):
    EnterpriseFactory(name="Arum", nib=None)
    EnterpriseFactory(name="Bayu")
    login(Role.STAFF)
    asked = client.get(reverse("participants:save_view") + "?kurang=nib&urut=-nama&page=4&rahasia=1")
    key = asked.context["form"]["key"].value()
    data = {"name": "Tanpa NIB", "saringan": asked.context["query"], "key": key}
    for _again in range(2):  # a double press makes one
        opened = client.post(reverse("participants:save_view"), data, follow=True)

    view = SavedView.objects.get()
    assert view.query == "kurang=nib&urut=-nama" and not view.is_shared
    assert [one.name for one in opened.context["page"]] == ["Arum"]
    tab = next(tab for tab in opened.context["tabs"] if tab.label == "Tanpa NIB")
    assert tab.is_current and tab.count == 1
    assert "Simpan perubahan" not in opened.content.decode()


def test_a_changed_filter_offers_to_be_kept(client, login):
    view = SavedViewFactory(owner=login(Role.STAFF), query="kurang=nib")
    changed = client.get(LIST, {"kurang": ["nib", "npwp"], "tampilan": view.pk})
    assert "Simpan perubahan" in changed.content.decode()
    query = changed.context["query"]
    client.post(reverse("participants:update_view", args=[view.pk]), {"saringan": query})
    view.refresh_from_db()
    assert view.query == "kurang=nib&kurang=npwp"
    unchanged = client.get(LIST, {"kurang": ["nib", "npwp"], "tampilan": view.pk})
    assert "Simpan perubahan" not in unchanged.content.decode()


def test_a_view_is_private_unless_shared(client, login):
    SavedViewFactory(name="Rahasia")
    shared = SavedViewFactory(name="Bersama", is_shared=True)
    login(Role.MENTOR)
    response = client.get(LIST)
    assert "Bersama" in labels(response) and "Rahasia" not in labels(response)
    for name in ("edit_view", "delete_view"):
        assert client.get(reverse(f"participants:{name}", args=[shared.pk])).status_code == 404
    assert client.post(reverse("participants:update_view", args=[shared.pk])).status_code == 404


def test_an_owner_sees_no_view_of_the_programme(client, login):
    SavedViewFactory(name="Bersama", is_shared=True)
    login(Role.OWNER)
    assert "Bersama" not in labels(client.get(LIST))


def test_renamed_shared_and_thrown_away(client, login):
    view = SavedViewFactory(owner=login(Role.STAFF), query="kelas=2")
    address = reverse("participants:edit_view", args=[view.pk])
    key = client.get(address).context["form"]["key"].value()
    client.post(address, {"name": "Madya", "is_shared": "on", "key": key})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.query) == ("Madya", True, "kelas=2")
    client.post(reverse("participants:delete_view", args=[view.pk]))
    assert not SavedView.objects.exists()
    assert set(Event.objects.values_list("verb", flat=True)) == {"saved_view.changed", "saved_view.deleted"}


def test_a_name_is_used_once_by_each(client, login):
    SavedViewFactory(owner=login(Role.STAFF), name="Madya")
    address = reverse("participants:save_view")
    key = client.get(address).context["form"]["key"].value()
    response = client.post(address, {"name": "madya", "saringan": "kelas=2", "key": key})
    assert "Anda sudah punya tampilan dengan nama ini." in response.content.decode()
    assert actions.save_view(by=UserFactory(role=Role.STAFF), name="Madya", query="kelas=2")


def test_only_staff_share_and_nobody_keeps_too_many(monkeypatch):
    mentor = UserFactory(role=Role.MENTOR)
    with pytest.raises(ValidationError, match="Hanya petugas"):
        actions.save_view(by=mentor, name="Madya", query="kelas=2", is_shared=True)
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    view = actions.save_view(by=mentor, name="Madya", query="kelas=2")
    with pytest.raises(ValidationError, match="Hanya petugas"):
        actions.change_view(view, by=mentor, is_shared=True)
    with pytest.raises(ValidationError, match="Sudah ada 1 tampilan"):
        actions.save_view(by=mentor, name="Pemula", query="kelas=1")


@pytest.mark.parametrize("key", ["", "bukan-kunci", "0196f000-0000-7000-8000-000000000000"])
def test_a_view_that_is_not_there_is_no_fault(client, login, key):
    login(Role.STAFF)
    assert client.get(LIST, {"tampilan": key}).status_code == 200
