"""The list of enterprises: found, filtered, sorted, downloaded, acted on together."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from closedloop.regions.models import Regency
from participants.models import Enrolment, Product
from tests.factories.accounts import UserFactory
from tests.factories.participants import (
    CohortFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
    ProcessFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("participants:list")


def names(response):
    return [enterprise.name for enterprise in response.context["page"]]


@pytest.fixture
def four(db):
    """Four enterprises that differ in all that is filtered by."""
    mentor = UserFactory(role=Role.MENTOR, full_name="Mentor Contoh")
    spring = CohortFactory(code="musim-semi", name="Musim Semi")
    plain = EnterpriseFactory(name="Arum")
    taught = EnterpriseFactory(name="Bayu", class_level=2, class_since="2026-05-01")
    MentorAssignmentFactory(enrolment__enterprise=taught, enrolment__cohort=spring, mentor=mentor)
    alone = EnterpriseFactory(name="Cempaka", nib=None, regency=Regency.objects.get(code="35.15"))
    EnrolmentFactory(enterprise=alone, cohort=spring, status=Enrolment.Status.REGISTERED)
    gone = EnterpriseFactory(name="Dahlia", class_level=4, class_since="2026-05-01")
    EnrolmentFactory(enterprise=gone, status=Enrolment.Status.WITHDRAWN)
    gone.processes.add(ProcessFactory())
    return {"mentor": mentor, "plain": plain}


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", ["Arum", "Bayu", "Cempaka", "Dahlia"]),
        ("?q=cempaca", ["Cempaka"]),
        ("?angkatan=musim-semi", ["Bayu", "Cempaka"]),
        ("?angkatan=musim-semi&status=active", ["Bayu"]),
        ("?status=withdrawn", ["Dahlia"]),
        ("?kelas=2", ["Bayu"]),
        ("?kelas=0", ["Arum", "Cempaka"]),
        ("?provinsi=35", ["Cempaka"]),
        ("?proses=stamping", ["Dahlia"]),
        ("?mentor=kosong", ["Cempaka"]),
        ("?kurang=nib", ["Cempaka"]),
        ("?provinsi=35&wilayah=35.15", ["Cempaka"]),
        ("?provinsi=35&wilayah=33.28", ["Cempaka"]),
        ("?urut=nib", ["Arum", "Bayu", "Dahlia", "Cempaka"]),
        ("?urut=-mentor", ["Bayu", "Arum", "Cempaka", "Dahlia"]),
        ("?urut=angkatan", ["Bayu", "Cempaka", "Dahlia", "Arum"]),
        ("?urut=-nama&kurang=nib&kurang=npwp", ["Cempaka"]),
        ("?ukuran=modal-kecil", ["Arum", "Bayu", "Cempaka", "Dahlia"]),
        ("?ukuran=omzet-kecil", []),
        ("?urut=-nama", ["Dahlia", "Cempaka", "Bayu", "Arum"]),
        ("?urut=-kelas", ["Dahlia", "Bayu", "Arum", "Cempaka"]),
        ("?urut=wilayah&kelas=0", ["Cempaka", "Arum"]),
        (
            "?angkatan=tidak-ada&kelas=sembilan&urut=rahasia&per=9000&page=x",
            ["Arum", "Bayu", "Cempaka", "Dahlia"],
        ),
    ],
)
def test_filters_stand_in_the_address(four, client, login, query, expected):
    login(Role.STAFF)
    assert names(client.get(LIST + query)) == expected


def test_the_mentor_filter_names_the_mentor(four, client, login):
    login(Role.STAFF)
    response = client.get(LIST, {"mentor": four["mentor"].pk})
    assert names(response) == ["Bayu"]
    assert "Mentor: Mentor Contoh" in response.content.decode()


def test_htmx_gets_the_results_alone(four, client, login):
    login(Role.STAFF)
    page = client.get(LIST, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert text.strip().startswith('<div id="hasil">') and "<html" not in text
    assert "HX-Request" in page.headers["Vary"]


def test_a_page_holds_as_many_rows_as_asked_for(client, login):
    EnterpriseFactory.create_batch(26)
    login(Role.STAFF)
    assert len(client.get(LIST).context["page"]) == 25
    assert len(client.get(LIST, {"page": 2}).context["page"]) == 1
    assert len(client.get(LIST, {"per": 50}).context["page"]) == 26


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["list", "export", "cohorts", "cohort", "enrol", "imports", "saved_views"])
def test_queries_do_not_grow_with_rows(page, client, login, world):
    login(Role.STAFF)
    args = [world.cohort.code] if page in ("cohort", "enrol") else []
    address = reverse(f"participants:{page}", args=args)

    def add(count):
        for _ in range(count):
            enrolment = MentorAssignmentFactory(enrolment__cohort=world.cohort).enrolment
            Product.objects.create(enterprise=enrolment.enterprise, name="Baut")
            enrolment.enterprise.processes.add(ProcessFactory())
            EnterpriseFactory()
            CohortFactory().imports.create(file_name="a.xlsx", file_sha256="0" * 64)

    add(1)
    queries(client, address)  # what is looked up once and kept
    one = queries(client, address)
    add(4)
    assert queries(client, address) == one


def test_the_download_holds_the_filtered_rows_and_no_formula(four, client, login):
    EnterpriseFactory(name="=HYPERLINK(0)", nib="9120000001234")
    login(Role.STAFF)
    response = client.get(reverse("participants:export"), {"q": "hyperlink"})
    sheet = load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows())
    assert len(rows) == 2
    assert (rows[1][2].value, rows[1][2].data_type) == ("=HYPERLINK(0)", "s")
    assert rows[1][7].value == "•••••••••1234"


def test_an_empty_list_says_why(client, login):
    login(Role.STAFF)
    assert "Belum ada IKM" in client.get(LIST).content.decode()
    assert "Tidak ada IKM yang cocok" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_a_filter_is_taken_away_by_its_chip_alone(four, client, login):
    login(Role.STAFF)
    response = client.get(LIST, {"kurang": ["nib", "npwp"], "provinsi": "35", "urut": "-nama", "page": "1"})
    hrefs = {one.text: one.href for one in response.context["filters"].chosen()}
    assert hrefs["Belum punya NPWP"] == "?kurang=nib&provinsi=35&urut=-nama"
    assert hrefs["Provinsi: Jawa Timur"] == "?kurang=nib&kurang=npwp&urut=-nama"


def test_nothing_is_lost_by_the_forms_of_the_list(four, client, login):
    """What the short form of the list has no field for travels in hidden ones."""
    login(Role.STAFF)
    page = client.get(
        LIST, {"kurang": ["nib", "npwp"], "ukuran": "modal-kecil", "urut": "-nama"}
    ).content.decode()
    for name, value in (("kurang", "nib"), ("kurang", "npwp"), ("ukuran", "modal-kecil"), ("urut", "-nama")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    filters = client.get(
        reverse("participants:filters"), {"urut": "-nama", "provinsi": "35"}
    ).content.decode()
    assert '<input type="hidden" name="urut" value="-nama">' in filters
    assert "Kabupaten Sidoarjo" in filters and "Kabupaten Tegal" not in filters


def test_a_search_says_where_it_found_what_the_name_does_not_show(client, login):
    made = EnterpriseFactory(name="Bayu")
    Product.objects.create(enterprise=made, name="Knalpot Racing")
    login(Role.STAFF)
    assert "produk: Knalpot Racing" in client.get(LIST, {"q": "kenalpot"}).content.decode()


def test_searching_asks_no_more_of_many_rows(client, login):
    def add(count):
        for _ in range(count):
            Product.objects.create(enterprise=EnterpriseFactory(), name="Knalpot")

    login(Role.STAFF)
    add(1)
    address = f"{LIST}?q=knalpot"
    queries(client, address)
    one = queries(client, address)
    add(10)
    assert queries(client, address) == one
