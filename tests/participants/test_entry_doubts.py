"""What is asked before a record is saved that the register may have already."""

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from participants.actions.merges import merge_enterprises
from participants.models import Enterprise, NotDuplicate
from tests.factories.participants import EnterpriseFactory, PersonFactory
from tests.participants.test_record_pages import ADD, address, edited, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    row = EnterpriseFactory(name="Contoh Tempaa", nib="9199999999999", npwp="0848648879825000")
    PersonFactory(enterprise=row, full_name="Sulastri", phone="+6281299990000")
    return row


def test_a_number_of_another_leads_to_its_record(client, login, known):
    login(Role.STAFF)
    for wrong in ({"nib": known.nib}, {"npwp": known.npwp}):
        page = client.post(ADD, filled_in(**wrong)).content.decode()
        assert "ini sudah dipakai IKM lain: CV Contoh Tempaa" in page
        assert f'href="{known.get_absolute_url()}"' in page
        assert 'name="yakin"' not in page
    assert Enterprise.objects.count() == 1


def test_a_number_of_a_merged_record_leads_to_its_survivor(client, login, known):
    survivor = EnterpriseFactory(name="Lain Sekali")
    merge_enterprises(survivor, known, by=login(Role.STAFF))
    page = client.post(ADD, filled_in(nib=known.nib)).content.decode()
    assert f"CV Lain Sekali ({survivor.code})" in page
    assert f'href="{survivor.get_absolute_url()}"' in page
    form = edited(client, survivor, nib=known.nib)
    assert "digabung ke sini" in client.post(address("edit", survivor), form).content.decode()


def test_a_near_name_in_the_same_regency_asks_and_keeps_what_was_typed(client, login, known):
    login(Role.STAFF)
    response = client.post(ADD, filled_in())
    page = response.content.decode()
    assert [one.enterprise for one in response.context["alike"]] == [known]
    assert "Mungkin sudah terdaftar" in page and "Nama mirip di daerah yang sama." in page
    assert 'value="Sulastri"' in page and 'value="750 juta"' in page
    assert Enterprise.objects.count() == 1


def test_the_same_name_and_phone_asks_in_another_regency_too(client, login, known):
    Enterprise.objects.filter(pk=known.pk).update(name="Contoh Tempa", regency="35.15")
    login(Role.STAFF)
    page = client.post(ADD, filled_in(person_phone="0812 9999 0000")).content.decode()
    assert "Nama dan telepon sama." in page
    assert not Enterprise.objects.filter(nib="9120000000001").exists()


def test_saying_that_it_is_another_saves_and_is_remembered(client, login, known):
    login(Role.STAFF)
    data = filled_in(usaha_lain=[known.code], yakin="1")
    client.post(ADD, data)
    new = Enterprise.objects.get(nib="9120000000001")
    judged = NotDuplicate.objects.get()
    assert {judged.first, judged.second} == {new, known}
    assert not client.get(reverse("participants:duplicates")).context["page"].object_list


def test_only_what_was_shown_is_ruled_out(client, login, known):
    login(Role.STAFF)
    assert "Mungkin sudah terdaftar" in client.post(ADD, filled_in(yakin="1")).content.decode()
    unticked = filled_in(usaha_lain=[known.code])
    assert "Mungkin sudah terdaftar" in client.post(ADD, unticked).content.decode()
    assert Enterprise.objects.count() == 1


@pytest.mark.parametrize("name", ["Sumber Rejeki Plastik", "Contoh Tempa 2"])
def test_other_names_and_other_units_are_not_asked_about(client, login, known, name):
    login(Role.STAFF)
    client.post(ADD, filled_in(name=name))
    assert Enterprise.objects.filter(name=name).exists()


def test_changing_what_tells_nothing_asks_nothing(client, login, known):
    twin = EnterpriseFactory(name="Contoh Tempa")
    login(Role.STAFF)
    client.post(address("edit", twin), edited(client, twin, address="Jl. Baru No. 3"))
    twin.refresh_from_db()
    assert twin.address == "Jl. Baru No. 3"
    other = EnterpriseFactory(name="Jauh Berbeda")
    page = client.post(address("edit", other), edited(client, other, name="Contoh Tempaaa")).content.decode()
    assert "Mungkin sudah terdaftar" in page
    other.refresh_from_db()
    assert other.name == "Jauh Berbeda"


def test_a_name_is_kept_without_its_legal_form(client, login):
    login(Role.STAFF)
    client.post(ADD, filled_in(name="CV. Contoh Tempa", legal_form="cv"))
    assert str(Enterprise.objects.get()) == "CV Contoh Tempa"
    for name, legal_form, field in (("PT Lain Sekali", "cv", "legal_form"), ("CV.", "cv", "name")):
        more = {"name": name, "legal_form": legal_form, "nib": "", "npwp": ""}
        response = client.post(ADD, filled_in(**more))
        assert list(response.context["form"].errors) == [field]
    assert Enterprise.objects.count() == 1
