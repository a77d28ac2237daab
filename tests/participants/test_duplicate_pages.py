"""The pages about records that may be one enterprise."""

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from participants.actions.merges import judge_not_duplicate, merge_enterprises
from participants.models import Enterprise, EnterpriseMerge, NotDuplicate
from participants.pairs import open_pairs
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = reverse("participants:duplicates")


def compare(one, two, query=""):
    return reverse("participants:compare", args=[one.code, two.code]) + query


@pytest.fixture
def pair():
    return EnterpriseFactory(name="Tri Casting"), EnterpriseFactory(name="Tri Kasting")


def found() -> dict[frozenset, tuple]:
    return {frozenset((pair.first, pair.second)): pair.reasons for pair in open_pairs(limit=100)[0]}


def test_near_names_of_one_regency_are_a_pair():
    one, two = EnterpriseFactory(name="Tri Casting"), EnterpriseFactory(name="Tri Kasting")
    longer = EnterpriseFactory(name="Mutiara Knalpot"), EnterpriseFactory(name="Mutiara Knalpot Jaya")
    EnterpriseFactory(name="Unit Presisi 1"), EnterpriseFactory(name="Unit Presisi 2")
    assert found() == {
        frozenset((one.pk, two.pk)): ("near_name",),
        frozenset(row.pk for row in longer): ("near_name",),
    }


def test_near_names_of_two_regencies_are_not():
    EnterpriseFactory(name="Tri Casting"), EnterpriseFactory(name="Tri Kasting", regency_id="35.15")
    assert found() == {}


def test_a_shared_phone_makes_a_pair_unless_many_share_it():
    firm, other = EnterpriseFactory(name="Satu", phone="+6281234567890"), EnterpriseFactory(name="Dua")
    PersonFactory(enterprise=other, phone="+6281234567890")
    for name in ("Cor", "Tempa", "Bubut", "Las", "Karet", "Kayu", "Plastik"):
        EnterpriseFactory(name=name, phone="+6281234567891")
    assert found() == {frozenset((firm.pk, other.pk)): ("same_phone",)}


def test_one_taxpayer_with_two_records_is_a_pair():
    one = EnterpriseFactory(name="Satu", npwp="0518844725898000")
    two = EnterpriseFactory(name="Dua", npwp="0518844725898001")
    assert found() == {frozenset((one.pk, two.pk)): ("same_taxpayer",)}


def test_the_list_pages_and_a_wrong_page_is_the_first(client, login):
    for number in range(27):
        phone = f"+62812345678{number:02d}"
        EnterpriseFactory(name=f"A{number}", phone=phone), EnterpriseFactory(name=f"B{number}", phone=phone)
    login(Role.STAFF)
    first, second = (client.get(LIST, {"page": page}).context["page"] for page in (1, 2))
    assert (len(first.object_list), len(second.object_list), first.paginator.count) == (25, 2, 27)
    for wrong in ("99", "x", "0", "-1", "²"):
        assert len(client.get(LIST, {"page": wrong}).context["page"].object_list) == 25


def test_not_a_duplicate_is_remembered_with_its_reason_and_can_be_opened_again(client, login, pair):
    login(Role.STAFF)
    act = reverse("participants:not_duplicate", args=[pair[1].code, pair[0].code])
    page = client.post(act, {"reason": ""}, follow=True).content.decode()
    assert "Tulis mengapa keduanya usaha yang berbeda." in page
    client.post(act, {"reason": "Dua pabrik"})
    assert found() == {}
    page = client.get(LIST, {"status": "bukan-ganda"}).content.decode()
    assert "Dua pabrik" in page
    client.post(reverse("participants:reopen_pair", args=[NotDuplicate.objects.get().pk]))
    assert len(found()) == 1


def test_both_records_stand_side_by_side_with_what_moves(client, login, pair):
    one, two = pair
    EnrolmentFactory(enterprise=two)
    login(Role.STAFF)
    page = client.get(compare(one, two, f"?bertahan={one.code}")).content.decode()
    assert "Tri Casting" in page and "Tri Kasting" in page
    assert "Yang pindah dari" in page and "Kepesertaan" in page
    assert one.nib not in page and two.nib not in page


def test_the_fuller_record_is_suggested(client, login, pair):
    EnrolmentFactory(enterprise=pair[1])
    login(Role.STAFF)
    assert client.get(compare(*pair)).context["survivor"] == pair[1]


def answers(client, one, two, **more):
    form = client.get(compare(one, two, f"?bertahan={one.code}")).context["form"]
    return {name: form[name].value() for name in form.fields} | {"bertahan": one.code} | more


def test_it_is_asked_once_more_and_then_merged(client, login, pair):
    one, two = pair
    login(Role.STAFF)
    data = answers(client, one, two) | {"pilih-name": "other"}
    page = client.post(compare(one, two), data).content.decode()
    assert "Gabungkan CV Tri Kasting ke CV Tri Casting?" in page
    assert "Tri Casting → Tri Kasting" in page
    assert not EnterpriseMerge.objects.exists()
    response = client.post(compare(one, two), data | {"jalankan": "1"})
    merge = EnterpriseMerge.objects.get()
    assert response.url == merge.get_absolute_url()
    assert Enterprise.objects.get().name == "Tri Kasting"
    response = client.post(compare(one, two), data | {"jalankan": "1"}, follow=True)
    assert "sudah satu IKM" in response.content.decode()
    assert EnterpriseMerge.objects.count() == 1


def test_what_stands_against_it_is_told_and_nothing_is_merged(client, login, pair):
    for one in pair:
        EnrolmentFactory(enterprise=one)
    login(Role.STAFF)
    data = answers(client, *pair) | {"jalankan": "1"}
    page = client.post(compare(*pair), data).content.decode()
    assert "Keduanya masih mengikuti program" in page
    assert not EnterpriseMerge.objects.exists()


def test_a_stale_page_merges_nothing(client, login, pair):
    login(Role.STAFF)
    data = answers(client, *pair) | {"jalankan": "1"}
    Enterprise.objects.filter(pk=pair[1].pk).update(version=7)
    page = client.post(compare(*pair), data).content.decode()
    assert "baru saja diubah" in page
    assert not EnterpriseMerge.objects.exists()


def test_a_missing_choice_is_told(client, login, pair):
    login(Role.STAFF)
    data = answers(client, *pair) | {"jalankan": "1", "pilih-name": "keduanya"}
    assert client.post(compare(*pair), data).context["form"].errors
    assert not EnterpriseMerge.objects.exists()


def test_the_old_address_leads_to_the_survivor(client, login, pair):
    one, two = pair
    merge_enterprises(one, two, by=login(Role.STAFF))
    for name in ("participants:detail", "participants:timeline", "dashboard:profile"):
        response = client.get(reverse(name, args=[two.code]), follow=True)
        assert response.redirect_chain[0][0] == reverse(name, args=[one.code])
        assert "digabung ke sini" in response.content.decode()


def test_who_may_not_know_of_the_survivor_learns_nothing(client, login, pair):
    one, two = pair
    merge_enterprises(one, two, by=UserFactory(role="staff"))
    login(Role.MENTOR)
    assert client.get(reverse("participants:detail", args=[two.code])).status_code == 404


def test_the_timeline_shows_both_histories(client, login, pair):
    one, two = pair
    staff = login(Role.STAFF)
    judged = judge_not_duplicate(two, EnterpriseFactory(), by=staff, reason="Alasan dari catatan lama")
    assert judged
    merge_enterprises(one, two, by=staff)
    page = client.get(reverse("participants:timeline", args=[one.code])).content.decode()
    assert "Catatan ganda digabung ke sini" in page
    assert "Alasan dari catatan lama" in page


def test_the_survivors_page_leads_staff_to_the_merge(client, login, pair):
    one, two = pair
    merge = merge_enterprises(one, two, by=login(Role.STAFF))
    page = client.get(reverse("participants:detail", args=[one.code])).content.decode()
    assert f'href="{merge.get_absolute_url()}"' in page
    login(Role.LEAD)
    assert (
        merge.get_absolute_url()
        not in client.get(reverse("participants:detail", args=[one.code])).content.decode()
    )


def test_undone_on_its_page(client, login, pair):
    one, two = pair
    merge = merge_enterprises(one, two, by=login(Role.STAFF))
    assert "Urungkan penggabungan" in client.get(merge.get_absolute_url()).content.decode()
    assert merge.other.name in client.get(LIST, {"status": "digabung"}).content.decode()
    client.post(reverse("participants:undo_merge", args=[merge.pk]))
    assert Enterprise.objects.count() == 2
    page = client.get(merge.get_absolute_url()).content.decode()
    assert "Diurungkan" in page
    client.post(reverse("participants:undo_merge", args=[merge.pk]))
    assert Enterprise.objects.count() == 2


def test_an_undo_that_cannot_be_says_why(client, login, pair):
    one, two = pair
    merge = merge_enterprises(one, two, by=login(Role.STAFF))
    Enterprise.objects.update(class_level=2, class_since="2026-03-02")
    page = client.get(merge.get_absolute_url()).content.decode()
    assert "Tidak dapat diurungkan sekarang" in page and "Kelas usaha diputuskan" in page
