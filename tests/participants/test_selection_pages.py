"""The pages of those who run the selection and those who judge."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from closedloop.accounts.roles import Role
from closedloop.dashboard.tasks import tasks_for
from participants.actions import decide_application
from participants.forms.selection import waiting_choices
from participants.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    ApplicationReviewFactory,
    judged,
    open_cohort,
    scores,
)
from tests.factories.participants import EnterpriseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def page(client, name, *args, query=""):
    return client.get(reverse(f"participants:{name}", args=args) + query).content.decode()


def asked(mentor, other, **fields):
    application = ApplicationFactory(status="in_review", **fields)
    ApplicationReviewFactory(application=application, seat=1, reviewer=mentor)
    ApplicationReviewFactory(application=application, seat=2, reviewer=other)
    return application


def filed(application, reviewer, value):
    """File past the pages, as the other reviewer would."""
    application.reviews.filter(reviewer=reviewer).update(
        scores=scores(value), recommendation="accept", remark="Mesinnya tua", filed_at=timezone.now()
    )


def test_a_reviewer_sees_neither_the_person_nor_the_other(client, login):
    mentor, other = login(Role.MENTOR), UserFactory(role=Role.ASSESSOR)
    application = asked(mentor, other)
    filed(application, other, 1)
    text = page(client, "review_application", application.code)
    hidden = (application.owner_name, application.phone, application.email, application.nib)
    assert application.products in text
    assert not [word for word in (*hidden, str(other), "Mesinnya tua", "25,0") if word in text]
    assert str(other) not in page(client, "applications")


def test_once_both_filed_both_are_shown_and_nothing_can_be_changed(client, login):
    mentor, other = login(Role.MENTOR), UserFactory(role=Role.ASSESSOR)
    application = asked(mentor, other)
    filed(application, other, 1)
    answers = {f"nilai_{code}": 3 for code in scores(3)}
    client.post(
        reverse("participants:review_application", args=[application.code]),
        {**answers, "recommendation": "accept"},
    )
    text = page(client, "review_application", application.code)
    assert str(other) in text and "Mesinnya tua" in text
    assert "Kirim nilai" not in text


def test_staff_see_no_scores_before_both_filed(client, login):
    mentor, other = UserFactory(role=Role.MENTOR), UserFactory(role=Role.ASSESSOR)
    application = asked(mentor, other)
    filed(application, other, 1)
    login(Role.STAFF)
    text = page(client, "application", application.code)
    assert "Mesinnya tua" not in text and "Nilai tampil setelah keduanya mengirim" in text
    filed(application, mentor, 4)
    text = page(client, "application", application.code)
    assert "Mesinnya tua" in text and "62,5" in text


def test_a_missing_score_is_said_at_its_criterion(client, login):
    mentor = login(Role.MENTOR)
    application = asked(mentor, UserFactory(role=Role.ASSESSOR))
    address = reverse("participants:review_application", args=[application.code])
    text = client.post(address, {"nilai_KES": "3", "recommendation": "accept"}).content.decode()
    assert text.count("Pilih nilai untuk kriteria ini.") == 2 * 4  # beside each, and in the summary
    assert not application.reviews.filed().exists()


def test_the_queue_puts_the_longest_waiting_first_and_filters(client, login):
    login(Role.STAFF)
    first, second = ApplicationFactory(), judged(3, 3)
    other = ApplicationFactory(status="withdrawn")
    text = page(client, "applications")
    assert text.index(first.code) < text.index(second.code)
    assert other.code not in text
    assert other.code in page(client, "applications", query="?status=semua")
    assert first.code not in page(client, "applications", query=f"?angkatan={second.cohort.code}")
    Application.objects.filter(pk=first.pk).update(submitted_at=timezone.now() - timedelta(days=15))
    old = page(client, "applications", query="?umur=14")
    assert first.code in old and second.code not in old and "menunggu 15 hari" in old
    assert first.code in page(client, "applications", query="?umur=x&status=bukan&angkatan=bukan")


def test_the_queue_costs_the_same_for_many(client, login, menu_remembered, django_assert_max_num_queries):
    login(Role.STAFF)
    cohort = open_cohort()
    for _number in range(12):
        judged(3, 3, cohort=cohort)
    page(client, "applications")
    with django_assert_max_num_queries(11):
        page(client, "applications")
    with django_assert_max_num_queries(11):
        page(client, "shortlist", cohort.code)


def test_the_ranked_list_draws_the_line_and_names_the_tie(client, login):
    login(Role.LEAD)
    cohort = open_cohort(quota=2)
    best = judged(4, 4, cohort=cohort)
    tied = [judged(3, 3, cohort=cohort) for _ in range(2)]
    text = page(client, "shortlist", cohort.code)
    assert text.index(best.code) < text.index(tied[0].code)
    assert text.count("Di dalam kuota") == 1 and text.count("Seri di batas kuota") == 2


def test_the_lead_decides_and_a_second_decision_is_refused_plainly(client, login):
    lead = login(Role.LEAD)
    application = judged(3, 1)
    address = reverse("participants:decide_application", args=[application.code])
    assert "pertimbangan Anda wajib diisi" in client.get(address).content.decode()
    sent = {"outcome": "accepted", "seen": "in_review", "reason": "", "note": ""}
    text = client.post(address, sent).content.decode()
    assert "Tulis pertimbangan Anda" in text
    client.post(address, {**sent, "note": "Kunjungan menunjukkan mesin siap."})
    application.refresh_from_db()
    assert application.status == "accepted"
    answer = client.post(
        address, {**sent, "outcome": "rejected", "reason": "Produk belum sesuai."}, follow=True
    )
    assert "Pilih keputusan yang dapat diambil sekarang" in answer.content.decode()
    assert Application.objects.get(decided_by=lead) == application


def test_who_comes_second_is_told_who_was_first(client, login):
    first = UserFactory(role=Role.LEAD)
    application = judged(3, 3)
    login(Role.LEAD)
    address = reverse("participants:decide_application", args=[application.code])
    client.get(address)
    decide_application(application, "waiting", by=first, seen="in_review", reason="Tempat sudah penuh.")
    sent = {"outcome": "rejected", "seen": "in_review", "reason": "Produk belum sesuai."}
    text = client.post(address, {**sent, "note": "Sudah cukup jelas."}, follow=True).content.decode()
    assert f"Sudah diputuskan oleh {first} pada" in text


def test_a_known_enterprise_is_preselected_and_linked(client, login):
    login(Role.LEAD)
    application = judged(4, 4)
    known = EnterpriseFactory(nib=application.nib)
    address = reverse("participants:decide_application", args=[application.code])
    text = client.get(address).content.decode()
    assert f'value="{known.code}" selected' in text and "Pasti sama" in text
    client.post(address, {"outcome": "accepted", "seen": "in_review", "enterprise": known.code})
    application.refresh_from_db()
    assert application.registered_as == known


def test_what_waits_stands_on_ones_tasks(login):
    staff, lead, mentor = (UserFactory(role=role) for role in (Role.STAFF, Role.LEAD, Role.MENTOR))
    ApplicationFactory()
    judged(3, 3)
    asked(mentor, UserFactory(role=Role.ASSESSOR))
    for user in (staff, lead, mentor):
        counts = [task.count for task in tasks_for(user) if task.name == "participants:applications"]
        assert counts == [1], user.role


def test_the_forgotten_are_still_counted_but_not_named(client, login):
    login(Role.STAFF)
    application = ApplicationFactory(
        status="withdrawn",
        forgotten_at="2026-11-01T00:00Z",
        **dict.fromkeys(("name", "owner_name", "phone", "email", "motivation"), ""),
        nib=None,
    )
    text = page(client, "application", application.code)
    assert "Data pribadi pendaftar ini sudah dihapus" in text


def test_the_waiting_is_chosen_in_the_language_of_the_page():
    with override("en"):
        assert ("", "Any time") in waiting_choices() and (7, "More than 7 days") in waiting_choices()
