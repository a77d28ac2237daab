"""A second assessor looks without knowing; what differs by two is settled by both before anybody approves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments import actions
from assessments.models import Assessment, SecondScore
from closedloop.accounts.roles import Role
from closedloop.notifications.models import Notification
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_a_final_assessment_two_levels_from_the_owners_rating_waits_for_a_second(world):
    second = world.waiting_second
    assert [score.place for score in second.scores.all()] == ["R2.1"]
    with pytest.raises(ValidationError, match=r"Butir R2\.1: menunggu penilai kedua"):
        actions.approve(second.assessment, by=world.lead)


def test_nobody_with_a_part_in_it_becomes_the_second(world):
    second = world.waiting_second
    actions.take_review(second.assessment, by=world.reviewer)
    for person in (world.first_assessor, world.mentor, world.reviewer, world.owner):
        with pytest.raises(ValidationError):
            actions.take_second(second, by=person)


def test_the_second_sees_the_item_and_not_what_the_first_said(world, client, login):
    second = world.taken_second
    login(world.assessor)
    assert client.get(second.assessment.get_absolute_url()).status_code == 404
    score = second.scores.get()
    second.assessment.evidence.update(caption="Rak belum berlabel")
    page = client.get(second.get_absolute_url()).content.decode()
    assert "R2.1." in page and "Sebagian besar" in page
    photo = second.assessment.evidence.get(criterion=score.criterion)
    assert photo.url in page and client.get(photo.url).status_code == 200
    assert " checked" not in page and "Rak belum berlabel" not in page
    assert world.first_assessor.full_name not in page
    other = UserFactory(role=Role.ASSESSOR)
    assert second.assessment not in Assessment.objects.visible_to(other)
    assert second.assessment in Assessment.objects.visible_to(world.first_assessor)


def test_what_both_agreed_counts_and_what_each_said_stays(world):
    second = world.written_second
    with pytest.raises(ValidationError, match="belum disepakati"):
        actions.approve(second.assessment, by=world.lead)
    with pytest.raises(ValidationError):
        actions.confirm_settlement(second, second.scores.all(), by=world.first_assessor)
    actions.confirm_settlement(second, second.scores.all(), by=world.assessor)
    assert second.status == "settled"
    score = second.scores.get()
    assert (score.first_value, score.value, score.settled_value) == (1, 3, 2)
    assert second.assessment.scores.get(criterion=score.criterion).value == 2
    with pytest.raises(ValidationError, match="Anda penilai kedua"):
        actions.approve(second.assessment, by=world.assessor)
    actions.approve(second.assessment, by=world.lead)
    for changes in ({"first_value": 3}, {"value": 1}, {"settled_value": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondScore.objects.filter(pk=score.pk).update(**changes)


def test_a_settled_score_changed_afterwards_is_not_settled(world):
    second = world.written_second
    actions.confirm_settlement(second, second.scores.all(), by=world.assessor)
    final = second.assessment
    actions.return_to_assessor(final, "Perbaiki fotonya", by=world.lead)
    item = second.scores.get().criterion
    actions.save_scores(final, {item: (3, False, "")}, by=world.first_assessor)
    actions.submit(final, by=world.first_assessor)
    with pytest.raises(ValidationError, match="diubah setelah disepakati"):
        actions.approve(final, by=world.lead)


def test_nothing_is_settled_without_a_difference_and_a_note(world):
    second = world.handed_in_second
    score = second.scores.get()
    with pytest.raises(ValidationError, match="10 huruf"):
        actions.propose_settlement(second, {score: (2, False, "Sepakat")}, by=world.first_assessor)
    with pytest.raises(ValidationError, match="penilai pertama"):
        actions.propose_settlement(second, {score: (2, False, "Dilihat berdua")}, by=world.assessor)
    with pytest.raises(ValidationError, match="belum punya kesepakatan"):
        actions.confirm_settlement(second, [score], by=world.assessor)


def test_what_was_written_anew_since_the_second_read_it_is_not_signed(world, client, login):
    second = world.written_second
    seen = list(second.scores.all())
    agreed = {second.scores.get(): (1, False, "Rak kedua ternyata belum ada")}
    actions.propose_settlement(second, agreed, by=world.first_assessor)
    with pytest.raises(ValidationError, match="ditulis ulang"):
        actions.confirm_settlement(second, seen, by=world.assessor)
    login(world.assessor)
    confirm = reverse("assessments:confirm_second", args=[second.assessment.code])
    for marks, words in (([seen[0].agreement_mark], "ditulis ulang"), ([], "Pilih butir")):
        assert words in client.post(confirm, {"butir": marks}, follow=True).content.decode()
    assert not second.scores.get().is_settled


def test_what_was_signed_meanwhile_is_not_written_anew(world):
    second = world.written_second
    stale = second.scores.get()
    actions.confirm_settlement(second, second.scores.all(), by=world.assessor)
    type(second).objects.filter(pk=second.pk).update(status="handed_in", settled_at=None)  # others wait still
    actions.propose_settlement(second, {stale: (4, False, "Terlambat dikirim")}, by=world.first_assessor)
    assert second.scores.get().settled_value == 2


def test_an_item_the_first_cleared_gets_the_agreed_score(world):
    second = world.written_second
    item = second.scores.get().criterion
    actions.return_to_assessor(second.assessment, "Perbaiki fotonya", by=world.lead)
    actions.save_scores(second.assessment, {item: (None, False, "")}, by=world.first_assessor)
    actions.confirm_settlement(second, second.scores.all(), by=world.assessor)
    assert second.assessment.scores.get(criterion=item).value == 2


def test_who_returned_it_read_the_scores_and_is_not_the_second(world):
    second = world.waiting_second
    actions.return_to_assessor(second.assessment, "Lengkapi catatannya", by=world.reviewer)
    actions.submit(second.assessment, by=world.first_assessor)
    with pytest.raises(ValidationError, match="tidak dapat menjadi penilai kedua"):
        actions.take_second(second, by=world.reviewer)


def test_a_second_within_one_level_settles_it_at_once(world):
    second = world.taken_second
    with pytest.raises(ValidationError, match="beri nilai"):
        actions.hand_in_second(second, by=world.assessor)
    actions.score_second(second, {second.scores.get(): (2, False, "")}, by=world.assessor)
    actions.hand_in_second(second, by=world.assessor)
    assert second.status == "settled"
    actions.approve(second.assessment, by=world.lead)


def test_given_back_it_waits_for_somebody_else_without_scores(world):
    second = world.taken_second
    actions.score_second(second, {second.scores.get(): (2, False, "")}, by=world.assessor)
    actions.give_back_second(second, by=world.assessor)
    assert (second.status, second.assessor, second.scores.get().value) == ("waiting", None, None)


def test_assessors_are_told_in_the_portals_language(world, settings):
    assessor = world.assessor
    assert world.waiting_second.status == "waiting"
    assert Notification.objects.filter(user=assessor, title__startswith="Penilai kedua dicari").exists()


def test_the_whole_way_by_the_pages_and_the_report_counts_it(world, client, login):
    second = world.taken_second
    score, code = second.scores.get(), [second.assessment.code]
    login(world.assessor)
    data = {f"nilai_{score.pk}": "3", f"catatan_{score.pk}": "", "go": "hand_in"}
    assert client.post(reverse("assessments:score_second", args=code), data).status_code == 302
    login(world.first_assessor)
    page = client.get(second.get_absolute_url()).content.decode()
    assert "Belum disepakati" in page
    settle = reverse("assessments:settle_second", args=code)
    bad = client.post(settle, {f"nilai_{score.pk}": "2", f"catatan_{score.pk}": "ya"}).content.decode()
    assert "paling sedikit 10 huruf" in bad
    good = {f"nilai_{score.pk}": "2", f"catatan_{score.pk}": "Separuh rak belum berlabel"}
    assert client.post(settle, good).status_code == 302
    login(world.assessor)
    client.post(
        reverse("assessments:confirm_second", args=code), {"butir": second.scores.get().agreement_mark}
    )
    second.refresh_from_db()
    assert second.status == "settled"
    login(world.staff)
    report = client.get(reverse("assessments:rater_agreement"), {"bidang": "5R"}).content.decode()
    assert "0 dari 1 butir dinilai sama" in report and "belum dapat dihitung" in report
    assert f"{second.get_absolute_url()}#b-{score.pk}" in report
