"""What an applicant can do behind the link, and what becomes of their data."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from closedloop.audit.models import Event
from closedloop.notifications.actions import send_outbox
from closedloop.regions.models import Regency
from closedloop.workflow import TransitionError
from participants import actions
from participants.actions.applications import DRAFT_DAYS, LONGEST_ANSWER, MOST_PER_PHONE
from participants.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, judged, open_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(reference):
    return open_cohort()


def facts(**changes):
    return {
        "name": "Tirta Selang",
        "legal_form": "cv",
        "nib": "9120000000001",
        "regency": Regency.objects.get(code="33.28"),
        "products": "Selang rem",
        "employee_count": 9,
        "annual_sales": None,
        "sales_year": 2025,
        "motivation": "Menurunkan cacat.",
        "owner_name": "Sulastri",
        "phone": "+6281234567890",
        "email": "sulastri@contoh.id",
        **changes,
    }


def sent(cohort, **changes):
    return actions.submit_application(actions.start_application(cohort), **facts(**changes))


def test_a_sent_application_has_its_consent_its_version_and_an_event_that_names_nobody(cohort):
    application = sent(cohort)
    assert application.status == "submitted"
    assert (application.consent_version, application.consent_language) == ("2026-1", "id")
    assert application.form.version == 1
    event = Event.objects.get(verb="application.submitted")
    assert event.actor_name == "sistem"
    assert event.enterprise_id == application.pk
    trail = f"{event.target_name} {event.data}"
    assert not any(word in trail for word in ("Tirta", "Sulastri", "9120000000001", "81234567890"))


def test_the_receipt_is_mailed_from_the_outbox_with_the_link(cohort):
    application = sent(cohort)
    assert send_outbox() == 1
    assert mail.outbox[0].to == ["sulastri@contoh.id"]
    assert application.code in mail.outbox[0].body
    assert application.public_path in mail.outbox[0].body


def test_without_an_address_nothing_is_mailed(cohort):
    sent(cohort, email="")
    assert send_outbox() == 0


def test_the_link_opens_one_application_and_a_changed_one_none(cohort):
    one, other = sent(cohort), sent(cohort, nib=None)
    assert Application.objects.with_token(one.token).get() == one
    forged = one.token.replace(one.code, other.code)
    assert not Application.objects.with_token(forged).exists()
    assert not Application.objects.with_token(other.code).exists()
    assert one.token.partition(".")[2] != other.token.partition(".")[2]


@pytest.mark.parametrize("state", ["planned", "running", "closed"])
def test_only_an_open_cohort_takes_applications(reference, state):
    closed = open_cohort(status=state)
    with pytest.raises(ValidationError, match="tidak dibuka lagi"):
        actions.start_application(closed)


def test_a_cohort_that_closes_meanwhile_takes_nothing_and_keeps_the_draft(cohort):
    draft = actions.save_draft(actions.start_application(cohort), {"name": "Tirta"})
    cohort.starts_on = timezone.localdate()
    cohort.save()
    with pytest.raises(ValidationError, match="tidak dibuka lagi"):
        actions.submit_application(draft, **facts())
    draft.refresh_from_db()
    assert (draft.status, draft.answers) == ("draft", {"name": "Tirta"})


def test_practice_cohorts_are_not_offered(reference):
    with pytest.raises(ValidationError):
        actions.start_application(open_cohort(is_practice=True))


def test_a_nib_applies_once_per_cohort_and_again_elsewhere_or_after_taking_it_back(cohort):
    first = sent(cohort)
    with pytest.raises(ValidationError) as error:
        sent(cohort)
    assert "nib" in error.value.error_dict
    sent(open_cohort())
    actions.withdraw_application(first)
    sent(cohort)


def test_many_without_nib_may_apply_but_not_a_crowd_behind_one_number(cohort):
    for _number in range(MOST_PER_PHONE):
        sent(cohort, nib=None)
    with pytest.raises(ValidationError) as error:
        sent(cohort, nib=None)
    assert "phone" in error.value.error_dict
    sent(cohort, nib=None, phone="+6281234567891")


def test_a_draft_keeps_what_was_typed_and_no_more_than_that(cohort):
    draft = actions.save_draft(actions.start_application(cohort), {"name": "x" * 5000, "nib": ""})
    assert draft.answers == {"name": "x" * LONGEST_ANSWER}
    assert draft.saved_at is not None
    assert not Event.objects.filter(target_id=str(draft.pk)).exists()


def test_a_late_save_does_not_touch_what_was_sent(cohort):
    application = sent(cohort)
    actions.save_draft(application, {"name": "Lain"})
    application.refresh_from_db()
    assert (application.name, application.answers) == ("Tirta Selang", {})


def test_sending_twice_makes_one(cohort):
    draft = actions.start_application(cohort)
    actions.submit_application(draft, **facts(nib=None))
    with pytest.raises(TransitionError):
        actions.submit_application(draft, **facts(nib=None))
    assert cohort.applications.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_nib_from_two_phones_at_once_applies_once(reference):
    cohort = open_cohort()
    drafts = [actions.start_application(cohort) for _ in range(2)]
    region, barrier, outcomes = Regency.objects.get(code="33.28"), threading.Barrier(2), []

    def press(draft):
        barrier.wait()
        try:
            actions.submit_application(draft, **facts(regency=region))
            outcomes.append("sent")
        except ValidationError as error:
            outcomes.append(", ".join(error.error_dict))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["nib", "sent"]


PERSONAL = ("name", "owner_name", "phone", "email", "motivation", "nib", "note")


def test_who_takes_it_back_leaves_figures_and_no_person(cohort):
    application = sent(cohort)
    actions.withdraw_application(application)
    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert not any(getattr(application, name) for name in PERSONAL)
    assert (application.employee_count, application.regency_id) == (9, "33.28")
    assert send_outbox() == 0, "the mail that waited is gone too"


def test_a_draft_that_is_taken_back_is_deleted(cohort):
    draft = actions.start_application(cohort)
    actions.withdraw_application(draft)
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_who_was_accepted_asks_the_programme_instead(reference):
    application = judged(4, 4)
    actions.decide_application(application, "accepted", by=UserFactory(role="lead"), seen="in_review")
    application.refresh_from_db()
    with pytest.raises(TransitionError):
        actions.withdraw_application(application)


def rejected(**changes):
    application = judged(1, 1)
    return actions.decide_application(
        application,
        "rejected",
        by=UserFactory(role="lead"),
        seen="in_review",
        reason="Belum membuat komponen.",
        **changes,
    )


def test_the_unchosen_are_forgotten_after_the_stated_days_and_not_before(reference):
    application = rejected()
    application.reviews.update(remark="Kenal baik dengan Bu Sulastri")
    days = timedelta(days=application.form.retention_days)
    assert actions.forget_applicants(application.decided_at + days) == 0
    assert actions.forget_applicants(application.decided_at + days + timedelta(seconds=1)) == 1
    assert actions.forget_applicants(application.decided_at + days + timedelta(days=1)) == 0
    application.refresh_from_db()
    assert not any(getattr(application, name) for name in PERSONAL)
    assert application.display_name == f"Pendaftaran {application.code}"
    assert [review.remark for review in application.reviews.all()] == ["", ""]
    assert [review.scores["KES"] for review in application.reviews.all()] == [1, 1]
    assert Event.objects.filter(verb="application.forgotten").count() == 1


def test_drafts_nobody_goes_on_with_are_deleted(cohort):
    old, fresh = actions.start_application(cohort), actions.start_application(cohort)
    actions.save_draft(fresh, {"name": "Tirta"})
    later = timezone.now() + timedelta(days=DRAFT_DAYS, hours=1)
    Application.objects.filter(pk=fresh.pk).update(saved_at=later - timedelta(days=1))
    actions.forget_applicants(later)
    assert list(Application.objects.all()) == [fresh]
    assert old.pk != fresh.pk


def test_the_accepted_are_kept(reference):
    application = judged(4, 4)
    actions.decide_application(application, "accepted", by=UserFactory(role="lead"), seen="in_review")
    assert actions.forget_applicants(timezone.now() + timedelta(days=4000)) == 0


def test_a_draft_is_nobodys_but_the_applicants(world):
    ApplicationFactory(draft=True)
    for who in (world.lead, world.staff, world.mentor, world.admin, world.viewer, world.owner, world.buyer):
        assert not Application.objects.visible_to(who).exists()
