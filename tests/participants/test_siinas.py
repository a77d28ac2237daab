"""The sheet in the order of SIINas: what is known stands at its point, what is not stays empty."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from participants import actions
from participants.models import Machine, Material, Product
from participants.siinas import MEDIUM, POINTS, SMALL, lines
from participants.siinas_facts import siinas_lines
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    enterprise = EnterpriseFactory(employees_male=9, employees_female=3, investment_value=400_000_000)
    Machine.objects.create(
        enterprise=enterprise, kind="Mesin pres", count=3, capacity=80, capacity_unit="ton"
    )
    Material.objects.create(enterprise=enterprise, name="Pelat SPCC")
    Product.objects.create(enterprise=enterprise, name="Braket")
    return enterprise


def told(enterprise) -> dict[str, list]:
    found: dict[str, list] = {}
    for line in siinas_lines(enterprise):
        found.setdefault(str(line.point), []).append(line.fact and line.fact.value)
    return found


def test_a_small_industry_has_the_eleven_points_of_its_letter(small):
    found = told(small)
    assert list(found) == [str(POINTS[point]) for point in SMALL] and len(found) == 11
    assert found["Tenaga kerja"] == [9, 3, 12]
    assert found["Nilai investasi tanpa tanah dan bangunan"] == [400_000_000]
    assert found["Mesin dan peralatan produksi"] == [3]
    assert found["Produksi"] == ["Braket"]
    assert found["Penggunaan air baku untuk proses produksi"] == [None]


def test_a_medium_one_has_eighteen_and_its_sales(small):
    small = actions.update_enterprise(small, by=UserFactory(role=Role.STAFF), employees_male=40)
    actions.record_annual_figure(small, by=None, year=2025, annual_sales=2_000_000_000)
    found = told(small)
    assert len(found) == len(MEDIUM) == 18
    assert found["Produksi dan penjualan"] == ["Braket", 2_000_000_000]


def test_unknown_is_empty_and_says_which_kind_of_unknown():
    never, not_yet = lines({"workers": []}, is_medium=False)[0], lines({"workers": []}, is_medium=False)[6]
    assert never.fact is None and "tidak mencatatnya" in str(never.note)
    assert not_yet.fact is None and "belum diisi" in str(not_yet.note)
    assert (never.copied, not_yet.copied) == ("", "")


def test_nothing_known_is_no_zero():
    enterprise = EnterpriseFactory(employees_male=None, employees_female=None)
    assert told(enterprise)["Tenaga kerja"] == [None]
    assert all(line.fact is None for line in siinas_lines(enterprise))


def test_each_figure_says_where_it_is_from_and_until_when(small):
    facts = [line.fact for line in siinas_lines(small) if line.fact]
    assert facts and all(fact.source and fact.until for fact in facts)


def test_the_owner_copies_it_or_takes_it_along(client, login, small):
    owner = login(Role.OWNER)
    PersonFactory(enterprise=small, user=owner)
    page = client.get(reverse("participants:my_siinas")).content.decode()
    assert 'data-copy="400000000"' in page and "Rp400.000.000" in page
    content = client.get(reverse("participants:my_siinas_sheet")).content
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[1][:5] == (1, "Nilai investasi tanpa tanah dan bangunan", "Nilai", 400_000_000, "Rp")
    assert {row[0] for row in rows[1:-1]} == set(range(1, 12))
