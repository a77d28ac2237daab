"""Acts on people and papers."""

import pytest
from django.core.exceptions import ValidationError

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.models import Document, Person
from tests.factories.accounts import UserFactory
from tests.factories.participants import DocumentFactory, EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_the_first_person_is_the_main_contact_and_the_next_is_not():
    enterprise = EnterpriseFactory()
    first = actions.add_person(enterprise, by=None, full_name="Sulastri")
    second = actions.add_person(enterprise, by=None, full_name="Budi", position="quality")
    assert (first.is_primary, second.is_primary) == (True, False)


def test_a_new_main_contact_takes_over():
    first = PersonFactory(is_primary=True)
    second = actions.add_person(first.enterprise, by=None, full_name="Budi", is_primary=True)
    first.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)
    actions.update_person(first, by=UserFactory(), is_primary=True)
    assert Person.objects.get(is_primary=True) == first


def test_a_changed_person_leaves_old_and_new_in_the_trail():
    person = PersonFactory(phone="+6281234567890")
    actions.update_person(person, by=UserFactory(), phone="+6281234567891")
    event = Event.objects.get()
    assert event.data == {"changes": {"phone": ["+6281234567890", "+6281234567891"]}}
    assert event.enterprise_id == person.enterprise_id


def test_inviting_makes_an_account_and_a_link():
    person = PersonFactory(user=None, email="Sulastri@contoh.id", phone="+6281234567890")
    user, token = actions.invite_person(person, by=UserFactory())
    person.refresh_from_db()
    assert person.user == user
    assert (user.role, user.email, user.phone) == (Role.OWNER, "sulastri@contoh.id", "+6281234567890")
    assert token and Event.objects.filter(verb="person.invited", enterprise_id=person.enterprise_id).exists()


def test_who_never_opened_the_account_gets_a_new_link():
    person = PersonFactory(user=None, email="sulastri@contoh.id")
    _user, first = actions.invite_person(person, by=UserFactory())
    user, second = actions.invite_person(person, by=UserFactory())
    assert first != second
    assert user.invitations.count() == 2
    assert User.objects.filter(email="sulastri@contoh.id").count() == 1


def test_who_has_two_enterprises_keeps_one_account():
    user = UserFactory(role=Role.OWNER, email="sulastri@contoh.id")
    person = PersonFactory(user=None, email="sulastri@contoh.id")
    assert actions.invite_person(person, by=UserFactory()) == (user, "")


@pytest.mark.parametrize("case", ["no email", "gone", "has an account", "somebody of the programme"])
def test_nobody_is_invited_who_cannot_be(case):
    person = PersonFactory(user=None, email="sulastri@contoh.id")
    match case:
        case "no email":
            person.email = ""
        case "gone":
            person.is_active = False
        case "has an account":
            person.user = UserFactory(role=Role.OWNER)
        case "somebody of the programme":
            UserFactory(role=Role.STAFF, email="sulastri@contoh.id")
    person.save()
    with pytest.raises(ValidationError):
        actions.invite_person(person, by=UserFactory())
    assert not Event.objects.filter(verb="person.invited").exists()


def test_adding_a_paper_leaves_a_trace():
    document = actions.add_document(EnterpriseFactory(), by=UserFactory(), kind="iso9001", number="QMS-1")
    assert document.enterprise.documents.get() == document
    assert Event.objects.get().verb == "document.added"


def test_papers_are_seen_by_those_who_see_the_enterprise():
    document, stranger = DocumentFactory(), PersonFactory().user
    owner = PersonFactory(enterprise=document.enterprise).user
    assert list(Document.objects.visible_to(owner)) == [document]
    assert not Document.objects.visible_to(stranger).exists()
    assert not Document.objects.visible_to(UserFactory(role=Role.BUYER)).exists()
