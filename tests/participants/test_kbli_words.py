"""The everyday words of an activity are changed on a page, and the next search knows them."""

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants.models import Enterprise, EnterpriseKbli, Kbli
from tests.factories.participants import EnterpriseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kbli(codes):
    return Kbli.objects.get(code="30912")


def test_a_new_word_finds_its_makers_at_once(client, login, kbli):
    maker = EnterpriseFactory(name="Cempaka")
    EnterpriseKbli.objects.create(enterprise=maker, kbli=kbli, is_primary=True)
    assert not Enterprise.objects.search("tromolindo").exists()
    login(Role.STAFF)
    url = reverse("participants:edit_kbli", args=[kbli.pk])
    client.post(url, {"words": f"{kbli.words}  tromolindo"})
    assert list(Enterprise.objects.search("tromolindo")) == [maker]
    event = Event.objects.get(verb="kbli.updated")
    assert event.data["changes"]["words"][0] == kbli.words
    kbli.refresh_from_db()
    client.post(url, {"words": kbli.words})  # nothing differs, so nothing is recorded
    assert Event.objects.filter(verb="kbli.updated").count() == 1


def test_too_many_words_are_told_and_kept_in_the_form(client, login, kbli):
    login(Role.STAFF)
    page = client.post(reverse("participants:edit_kbli", args=[kbli.pk]), {"words": "x" * 501})
    assert "x" * 501 in page.content.decode()
    assert page.context["form"].errors["words"]
    assert not Event.objects.filter(verb="kbli.updated").exists()


def test_the_list_narrows_by_code_title_and_word(client, login, kbli):
    login(Role.STAFF)
    url = reverse("participants:kbli_list")
    for query in ("30912", kbli.title, kbli.words.split()[0].strip(",")):
        assert kbli in client.get(url, {"q": query}).context["page"].object_list
    assert "Tidak ada kegiatan yang cocok" in client.get(url, {"q": "zzz"}).content.decode()
