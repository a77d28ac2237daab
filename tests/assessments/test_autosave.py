"""What the form sends by itself: each item on its own, never over somebody else's, never twice."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.merging import NOTHING, mark_of
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from tests.factories.assessments import AssessmentFactory, criteria_of, fill

pytestmark = pytest.mark.django_db

EMPTY = mark_of(NOTHING)


@pytest.fixture
def draft(login):
    return AssessmentFactory(assessor=login(Role.ASSESSOR))


@pytest.fixture
def send(client, draft):
    def post(slug="k3l", **data):
        marks = {"dasar_KS7": EMPTY, "dasar_KS1": EMPTY}
        url = reverse("assessments:autosave", args=[draft.code, slug])
        return client.post(url, marks | data)

    return post


def other_device(draft, code, value, note=""):
    item = criteria_of(draft).get(code=code)
    actions.save_scores(draft, {item: (value, False, note)}, by=draft.assessor)


def stored(draft):
    return {row.criterion.code: (row.value, row.note) for row in draft.scores.select_related("criterion")}


def scored_events():
    return Event.objects.filter(verb="assessment.scored")


def test_what_was_sent_is_stored_once_however_often_it_comes(send, draft):
    data = {"nilai_KS1": "2", "catatan_KS1": "Kabel terkelupas"}
    first, second = send(**data).json(), send(**data).json()
    assert stored(draft) == {"KS1": (2, "Kabel terkelupas")}
    assert scored_events().count() == 1
    for answer in (first, second):
        assert answer["items"]["KS1"]["state"] == "stored"
        assert answer["items"]["KS1"]["seen"] == mark_of((2, False, "Kabel terkelupas"))
        assert answer["progress"] == "1 dari 5 butir dinilai"
    assert set(second["items"]) == {"KS1"}  # nobody else changed anything


def test_different_items_of_two_devices_are_both_kept_and_each_hears_of_the_other(send, draft):
    other_device(draft, "KS7", 1, "Pengaman lepas")
    answer = send(nilai_KS1="3", catatan_KS1="").json()
    assert stored(draft) == {"KS7": (1, "Pengaman lepas"), "KS1": (3, "")}
    heard = answer["items"]["KS7"]
    assert (heard["state"], heard["score"], heard["note"]) == ("stored", "1", "Pengaman lepas")
    assert heard["needs_photo"]


def test_the_same_item_changed_on_both_stays_as_it_is_until_a_person_chooses(send, draft):
    other_device(draft, "KS1", 1)
    answer = send(nilai_KS1="3", catatan_KS1="").json()["items"]["KS1"]
    assert stored(draft) == {"KS1": (1, "")}
    assert (answer["state"], answer["score"]) == ("clash", "1")
    send(nilai_KS1="3", catatan_KS1="", dasar_KS1=answer["seen"])
    assert stored(draft) == {"KS1": (3, "")}


def test_an_item_that_cannot_be_stored_is_said_and_the_others_are_stored(send, draft):
    items = send(nilai_KS1="na", catatan_KS1="", nilai_KS7="3", catatan_KS7="").json()["items"]
    assert stored(draft) == {"KS7": (3, "")}
    assert items["KS1"]["state"] == "refused"
    assert items["KS1"]["words"] == "Butir KS1: tulis alasan mengapa tidak berlaku"
    assert items["KS7"]["state"] == "stored"


def test_after_handing_in_nothing_is_stored_and_the_phone_is_told(send, draft):
    fill(draft, 3)
    actions.submit(draft, by=draft.assessor)
    response = send(nilai_KS1="0", catatan_KS1="")
    assert response.status_code == 409
    assert response.json()["words"] == "Penilaian ini berstatus diajukan dan tidak dapat diubah."
    assert stored(draft)["KS1"] == (3, "")


def test_an_unknown_section_is_not_found(send):
    assert send("zzz").status_code == 404


class TestButtons:
    """The same rules where nothing is sent by itself."""

    @pytest.fixture
    def press(self, client, draft):
        url = reverse("assessments:section", args=[draft.code, "k3l"])
        marks = {"version": 1, "dasar_KS7": EMPTY, "dasar_KS1": EMPTY, "go": "save"}
        return lambda **data: client.post(url, marks | data)

    def test_another_devices_item_is_no_conflict(self, press, draft):
        other_device(draft, "KS7", 1)
        assert press(nilai_KS1="3").status_code == 302
        assert stored(draft) == {"KS7": (1, ""), "KS1": (3, "")}

    def test_a_conflict_shows_both_and_the_others_as_they_are_stored(self, press, draft):
        other_device(draft, "KS7", 1)
        other_device(draft, "KS1", 2, "Dari tablet")
        page = press(nilai_KS1="3").content.decode()
        assert "juga diubah dari perangkat lain" in page
        assert page.count("<b>Tersimpan:</b>") == 1
        assert "<b>Tersimpan:</b> 2, “Dari tablet”" in page
        assert 'data-stored="[&quot;2&quot;, &quot;Dari tablet&quot;]" data-clash' in page
        assert stored(draft) == {"KS7": (1, ""), "KS1": (2, "Dari tablet")}
        seen = {"dasar_KS7": mark_of((1, False, "")), "dasar_KS1": mark_of((2, False, "Dari tablet"))}
        assert all(f'value="{mark}"' in page for mark in seen.values())
        press(nilai_KS7="1", nilai_KS1="3", **seen)
        assert stored(draft) == {"KS7": (1, ""), "KS1": (3, "")}
