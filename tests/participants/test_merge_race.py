"""Two people merge the same pair at once, or one writes on a record while another merges it away."""

from threading import Barrier, Event, Thread
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse

from closedloop.accounts.roles import Role
from participants import actions
from participants.actions import MergedMeanwhile
from participants.actions.merges import merge_enterprises
from participants.models import Document, Enterprise, EnterpriseMerge, Machine, Person
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory


@pytest.mark.django_db(transaction=True)
def test_one_merges_and_the_other_is_told():
    one, two = EnterpriseFactory(), EnterpriseFactory()
    staff = [UserFactory(role="staff"), UserFactory(role="staff")]
    start, answers = Barrier(2), []

    def merge(survivor, other, by):
        try:
            start.wait()
            answers.append(merge_enterprises(survivor, other, by=by))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=merge, args=args) for args in ((one, two, staff[0]), (two, one, staff[1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [answer for answer in answers if isinstance(answer, ValidationError)]
    assert len(answers) == 2 and len(refused) == 1
    assert "sudah digabung" in str(refused[0])
    assert EnterpriseMerge.objects.count() == Enterprise.objects.count() == 1


# a write on a record, as its keywords; each was about a record that spoke for itself when its page was drawn
WRITES = {
    "person": lambda one, by: actions.add_person(one, by=by, full_name="Wulan"),
    "machine": lambda one, by: actions.add_item(Machine, one, by=by, name="Mesin bubut"),
    "paper": lambda one, by: actions.add_document(one, by=by, kind=Document.Kind.choices[0][0]),
    "figure": lambda one, by: actions.record_annual_figure(one, by=by, year=2025, annual_sales=10),
    "edit": lambda one, by: actions.update_enterprise(one, by=by, address="Jl. Baru"),
    "consent": lambda one, by: actions.give_consent(one, by=by, channel="paper"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_that_waits_for_a_merge_lands_on_no_hidden_record(write):
    """The merge holds both records; the write comes over a second connection and waits for its end."""
    survivor, other, by = EnterpriseFactory(), EnterpriseFactory(name="Lama"), UserFactory(role="staff")
    merged, answers = Event(), []

    def write_late():
        try:
            merged.wait()
            answers.append(write(other, by))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    thread = Thread(target=write_late)
    thread.start()
    with transaction.atomic():
        merge_enterprises(survivor, other, by=by)
        merged.set()
        sleep(0.3)
        assert answers == []  # it waits
    thread.join()
    assert isinstance(answers[0], MergedMeanwhile)
    assert survivor.code in str(answers[0])
    assert not Person.objects.filter(enterprise=other).exists()
    assert not other.annual_figures.filter(year=2025).exists() and not other.consents.exists()


@pytest.mark.django_db(transaction=True)
def test_a_write_that_came_first_is_merged_along():
    survivor, other, by = EnterpriseFactory(), EnterpriseFactory(), UserFactory(role="staff")
    written, answers = Event(), []

    def merge():
        written.wait()
        try:
            answers.append(merge_enterprises(survivor, other, by=by))
        finally:
            connection.close()

    thread = Thread(target=merge)
    thread.start()
    with transaction.atomic():
        person = actions.add_person(other, by=by, full_name="Wulan")
        written.set()
        sleep(0.3)
        assert answers == []
    thread.join()
    person.refresh_from_db()
    assert person.enterprise == survivor


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["edit", "add_person", "add_figure"])
def test_a_form_about_a_record_merged_meanwhile_leads_to_the_survivor(login, client: PortalClient, page):
    staff = login(Role.STAFF)
    survivor, other = EnterpriseFactory(), EnterpriseFactory(name="Catatan Lama")
    merge_enterprises(survivor, other, by=staff)
    people = Person.objects.count()
    answer = client.post(
        reverse(f"participants:{page}", args=[other.code]), {"full_name": "Wulan"}, follow=True
    )
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == survivor.get_absolute_url()
    assert "Perubahan Anda belum tersimpan" in text and other.code in text
    assert Person.objects.count() == people
