"""Photos that travel by themselves: there once however often they are sent, and a bad one is said."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments import actions
from closedloop.accounts.roles import Role
from tests.assessments.test_pages import jpeg
from tests.factories.assessments import AssessmentFactory, criteria_of, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(login):
    return AssessmentFactory(assessor=login(Role.ASSESSOR))


@pytest.fixture
def send(client, draft):
    url = reverse("assessments:send_photos", args=[draft.code, "k3l"])
    return lambda **data: client.post(url, data)


def test_a_photo_is_kept_once_with_the_day_it_was_taken(send, draft):
    item = criteria_of(draft).get(code="KS7")
    actions.save_scores(draft, {item: (1, False, "")}, by=draft.assessor)
    for _time in range(2):
        answer = send(foto_KS7=jpeg(), foto_KS7_taken="2026-05-04T01:00:00.000Z").json()
    kept = draft.evidence.get()
    assert (kept.criterion.code, kept.taken_on) == ("KS7", date(2026, 5, 4))
    assert answer["remove"] == reverse("assessments:remove_evidence", args=[kept.pk])
    assert not answer["needs_photo"]


def test_what_is_no_photo_is_said_and_not_kept(send, draft):
    response = send(foto_KS7=SimpleUploadedFile("x.jpg", b"<svg/>"))
    assert response.status_code == 400
    assert "bukan foto JPG" in response.json()["words"]
    assert send().status_code == 400
    assert not draft.evidence.exists()


def test_after_handing_in_no_photo_is_taken(send, draft):
    fill(draft, 3)
    actions.submit(draft, by=draft.assessor)
    response = send(foto_KS7=jpeg())
    assert response.status_code == 409 and "tidak dapat diubah" in response.json()["words"]
    assert not draft.evidence.exists()
