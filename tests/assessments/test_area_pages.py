"""Naming areas and filling the form area by area."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.areas import assessment_with
from tests.factories.assessments import AssessmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(login):
    return assessment_with("Gudang", "Produksi", assessor=login(Role.ASSESSOR))


def page(client, name, *args):
    return client.get(reverse(f"assessments:{name}", args=args)).content.decode()


def test_starting_shows_the_areas_first_and_says_where_they_come_from(client, login):
    login(Role.ASSESSOR)
    last = assessment_with("Gudang", assessor=UserFactory(role=Role.ASSESSOR))
    data = {"enrolment": last.enrolment.pk, "kind": "midyear", "visited_on": "2026-06-06"}
    shown = client.post(reverse("assessments:start"), data, follow=True)
    assert shown.redirect_chain[-1][0].endswith("/area/")
    assert "Diambil dari penilaian" in shown.content.decode()
    assert [area.name for area in Assessment.objects.get(kind="midyear").areas.all()] == ["Gudang"]


def test_one_choice_adds_an_area_by_the_name_of_its_kind(client, draft):
    url = reverse("assessments:areas", args=[draft.code])
    key = "018f0000-0000-7000-8000-000000000001"
    for _press in range(2):
        client.post(url, {"key": key, "kind": "gudang", "name": "", "weight": "1,5"})
    assert [(area.name, str(area.weight)) for area in draft.areas.all()][2:] == [
        ("Gudang bahan baku", "1.50")
    ]


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"name": "", "weight": "1"}, "Tulis nama area, atau pilih jenisnya"),
        ({"name": "gudang", "weight": "1"}, "Area bernama gudang sudah ada"),
        ({"name": "Lini", "weight": "0"}, "Isi bobot lebih dari 0"),
        ({"name": "Lini", "weight": "banyak"}, "Isi bobot lebih dari 0"),
        ({"name": "Lini", "weight": "1000"}, "Isi bobot lebih dari 0"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, draft, fields, words):
    url = reverse("assessments:areas", args=[draft.code])
    key = "018f0000-0000-7000-8000-000000000001"
    shown = client.post(
        url, {"key": key, "kind": "", "person_in_charge": "Bu Rini", **fields}
    ).content.decode()
    assert words in shown
    assert "Bu Rini" in shown
    assert draft.areas.count() == 2


def test_renamed_on_its_own_page(client, draft):
    url = reverse("assessments:area", args=[draft.code, 1])
    client.post(url, {"kind": "", "name": "Gudang kawat", "weight": "2", "person_in_charge": "Pak Anto"})
    area = draft.areas.get(order=1)
    assert (area.name, area.weight, area.person_in_charge) == ("Gudang kawat", 2, "Pak Anto")


def test_each_area_is_filled_by_itself_and_its_progress_shown(client, draft):
    url = reverse("assessments:section", args=[draft.code, "5r-1-a2"])
    assert "5R, area Produksi." in client.get(url).content.decode()
    client.post(url, {"version": draft.version, "nilai_R1-1": "3", "go": "next"})
    assert [(s.area.name, s.value) for s in draft.scores.all()] == [("Produksi", 3)]
    overview = page(client, "fill", draft.code)
    assert "2 area: ubah atau tambah" in overview
    assert overview.index("0 dari 2") < overview.index("1 dari 2")
    check = page(client, "check", draft.code)
    assert "Butir R2.1 (Produksi): beri nilai" in check
    assert "Gudang: Ringkas" in check


def test_removing_says_what_goes_with_the_area(client, draft):
    client.post(
        reverse("assessments:section", args=[draft.code, "5r-1-a1"]),
        {"version": draft.version, "nilai_R1-1": "3"},
    )
    assert "1 nilai ikut terhapus." in page(client, "remove_area", draft.code, 1)
    client.post(reverse("assessments:remove_area", args=[draft.code, 1]))
    assert [area.name for area in draft.areas.all()] == ["Produksi"]
    assert not draft.scores.exists()
    assert "Sedikitnya satu area diperlukan" in page(client, "remove_area", draft.code, 2)


def test_a_rubric_without_areas_has_no_such_page(client, login):
    plain = AssessmentFactory(assessor=login(Role.ASSESSOR))
    assert client.get(reverse("assessments:areas", args=[plain.code])).status_code == 404


def test_the_form_reads_as_often_whatever_the_number_of_areas(client, login):
    assessor = login(Role.ASSESSOR)
    counts = []
    for names in (("A",), ("A", "B", "C", "D")):
        draft = assessment_with(*names, assessor=assessor)
        with CaptureQueriesContext(connection) as queries:
            page(client, "fill", draft.code)
        counts.append(len(queries))
    assert counts[0] == counts[1]
