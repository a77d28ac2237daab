"""What an enterprise can make: filled in by owners and staff, one line at a time."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import new_id
from participants import actions
from participants.actions import Answer
from participants.capability import profile_of
from participants.models import Indicator, Machine, Product
from participants.periods import Period
from tests.factories.accounts import UserFactory
from tests.factories.capability import CapabilityFactory, MachineFactory, MaterialFactory, PhotoFactory
from tests.factories.participants import EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db


def address(name, enterprise, *more):
    return reverse(f"participants:{name}", args=[enterprise.code, *more])


@pytest.fixture
def mine(client):
    """The enterprise of the owner who is signed in."""
    person = PersonFactory()
    client.force_login(person.user)
    return person.enterprise


def machine(**more):
    return {
        "key": str(new_id()),
        "kind": "Mesin press",
        "brand": "Contoh",
        "count": "2",
        "year": "2015",
        "capacity": "110",
        "capacity_unit": "ton",
        **more,
    }


def test_an_owner_adds_a_machine_once_however_often_it_is_sent(client, mine):
    data = machine()
    for _time in range(2):
        page = client.post(address("add_item", mine, "mesin"), data, follow=True).content.decode()
    row = Machine.objects.get()
    assert (row.kind, row.count, row.capacity, row.capacity_unit) == ("Mesin press", 2, 110, "ton")
    assert "Mesin press Contoh" in page and "2 unit, 110 ton, buatan 2015" in page
    assert Event.objects.get(verb="machine.added").enterprise_id == mine.pk


@pytest.mark.parametrize(
    "kind, data, message",
    [
        ("mesin", machine(kind=""), "Isi jenis mesin"),
        ("mesin", machine(count="0"), "paling sedikit 1"),
        ("mesin", machine(year="1850"), "Tahun buat harus antara"),
        ("mesin", machine(capacity_unit=""), "Isi satuan kapasitas ini"),
        ("mesin", machine(capacity=""), "Isi angkanya, atau kosongkan satuannya"),
        ("mesin", machine(capacity="1.250"), "bisa dibaca dua cara"),
        ("mesin", machine(capacity="0"), "lebih dari nol"),
        ("bahan", {"key": str(new_id()), "name": ""}, "Isi nama bahan"),
        (
            "alat-ukur",
            {"key": str(new_id()), "name": "CMM", "count": "1", "accuracy_mm": "0,0005"},
            "Paling banyak 3",
        ),
        ("produk", {"key": str(new_id()), "name": ""}, "Isi nama produk"),
    ],
)
def test_bad_input_is_told_beside_its_field(client, mine, kind, data, message):
    page = client.post(address("add_item", mine, kind), data).content.decode()
    assert message in page and "Kesalahan: " in page
    assert not Event.objects.exists()


def test_a_kind_nobody_knows_is_not_found(client, mine):
    assert client.get(address("add_item", mine, "kapal")).status_code == 404


def test_a_line_is_changed_and_removed_with_its_trace(client, mine):
    row = MachineFactory(enterprise=mine)
    form = client.get(address("edit_item", mine, "mesin", row.pk)).context["form"]
    data = machine(count="5", seen=form.initial["seen"])
    client.post(address("edit_item", mine, "mesin", row.pk), data)
    row.refresh_from_db()
    assert row.count == 5
    assert Event.objects.get(verb="machine.updated").data["changes"]["count"] == [2, 5]
    assert "Hapus Mesin press" in client.get(address("remove_item", mine, "mesin", row.pk)).content.decode()
    client.post(address("remove_item", mine, "mesin", row.pk))
    assert not Machine.objects.exists()
    assert Event.objects.get(verb="machine.removed").data["values"]["capacity_unit"] == "ton"


def test_two_people_at_one_machine_never_overwrite_each_other(client, mine):
    row = MachineFactory(enterprise=mine, brand="")
    page = address("edit_item", mine, "mesin", row.pk)
    seen = client.get(page).context["form"].initial["seen"]
    actions.update_item(row, by=UserFactory(), count=7)
    data = machine(count="3", brand="", seen=seen)
    answer = client.post(page, data)
    text = answer.content.decode()
    assert "baru saja diubah orang lain" in text and "Tersimpan sekarang: 7." in text
    assert 'value="3"' in text
    assert Machine.objects.get().count == 7
    again = data | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(page, again).status_code == 302
    assert Machine.objects.get().count == 3


def test_two_people_at_one_enterprise_are_shown_both_values(client, login):
    enterprise = EnterpriseFactory(address="Jl. Lama No. 1", employees_male=14)
    login(Role.STAFF)
    page = address("edit", enterprise)
    form = client.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, "", [])}
    actions.update_enterprise(enterprise, by=None, address="Jl. Baru No. 2")
    answer = client.post(page, data | {"address": "Jl. Tengah No. 3"})
    assert "Tersimpan sekarang: Jl. Baru No. 2." in answer.content.decode()
    assert answer.content.decode().count("Tersimpan sekarang") <= 2  # beside the field and in the summary
    again = data | {"address": "Jl. Tengah No. 3", "version": answer.context["form"]["version"].value()}
    client.post(page, again)
    enterprise.refresh_from_db()
    assert enterprise.address == "Jl. Tengah No. 3"


def test_a_person_added_meanwhile_makes_no_edit_stale(client, login):
    """The version moves with people and figures; the form edits neither."""
    enterprise = EnterpriseFactory(address="Jl. Lama No. 1")
    login(Role.STAFF)
    page = address("edit", enterprise)
    form = client.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, "", [])}
    actions.add_person(enterprise, by=None, full_name="Wulan")
    actions.record_annual_figure(enterprise, by=None, year=2025, annual_sales=10)
    assert client.post(page, data | {"address": "Jl. Baru No. 2"}).status_code == 302
    enterprise.refresh_from_db()
    assert enterprise.address == "Jl. Baru No. 2"
    # a product is edited by the form, so one added elsewhere is shown and not overwritten
    form = client.get(page).context["form"]
    data["version"], data["seen"] = form["version"].value(), form["seen"].value()
    actions.update_enterprise(enterprise, by=None, products=["Braket"])
    assert "Tersimpan sekarang: Braket." in client.post(page, data).content.decode()
    assert [product.name for product in enterprise.products.all()] == ["Braket"]


def test_how_finely_and_how_long_it_works(client, mine):
    page = address("edit_capability", mine)
    client.post(page, {"tolerance_mm": "0,02", "shift_count": "2", "hours_per_shift": "8", "seen": ""})
    work = mine.capability
    assert (work.tolerance_mm, work.shift_count, work.days_per_week) == (Decimal("0.020"), 2, None)
    assert "0,02 mm" in client.get(address("capability", mine)).content.decode()
    wrong = client.post(page, {"shift_count": "9", "tolerance_mm": "0"}).content.decode()
    assert "terlalu besar" in wrong and "lebih dari nol" in wrong


def test_capacity_is_the_newest_answer_and_is_kept_once():
    actions.load_indicators()
    enterprise, capacity = EnterpriseFactory(), Indicator.objects.get(code="capacity")
    assert profile_of(enterprise).capacity is None
    for year, amount in ((2025, 900), (2026, 1200)):
        told = [Answer(capacity, Period(year), value=Decimal(amount), unit="kg")]
        actions.record_answers(enterprise, told, by=UserFactory(), channel="owner")
    assert profile_of(enterprise).capacity.value == 1200


def test_more_activities_beside_the_main_one(client, mine, codes):
    actions.update_enterprise(mine, by=None, kbli="25910")
    client.post(address("add_kbli", mine), {"kbli": "25920"})
    client.post(address("add_kbli", mine), {"kbli": "25920"})
    main, other = mine.kbli_links.order_by("-is_primary")
    assert (main.kbli.code, other.kbli.code, other.is_primary) == ("25910", "25920", False)
    with pytest.raises(ValidationError, match="KBLI utama tidak dihapus"):
        actions.remove_kbli(main, by=UserFactory())
    client.post(address("remove_kbli", mine, other.pk))
    assert mine.kbli_links.get() == main


def test_a_product_is_named_once(client, mine):
    Product.objects.create(enterprise=mine, name="Bracket")
    data = {"key": str(new_id()), "name": "Bracket"}
    assert "sudah tercatat" in client.post(address("add_item", mine, "produk"), data).content.decode()
    assert mine.products.count() == 1


def test_the_profile_is_read_in_a_handful_of_queries(django_assert_max_num_queries):
    enterprise = CapabilityFactory().enterprise
    for _time in range(3):
        MachineFactory(enterprise=enterprise)
        MaterialFactory(enterprise=enterprise)
        PhotoFactory(enterprise=enterprise)
    with django_assert_max_num_queries(10):
        profile = profile_of(enterprise)
    assert (len(profile.machines), len(profile.photos), profile.filled) == (3, 3, 4)
