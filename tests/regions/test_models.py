from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from closedloop.regions.models import ZONE_LABELS, Province, Regency, local_time

pytestmark = pytest.mark.django_db


def test_all_provinces_and_regencies_are_there():
    assert Province.objects.count() == 38
    assert Regency.objects.count() == 514
    assert Province.objects.filter(regencies=None).count() == 0
    assert str(Province.objects.get(code="32")) == "Jawa Barat"
    assert str(Regency.objects.get(code="33.28")) == "Kabupaten Tegal"


@pytest.mark.parametrize(
    "label, codes",
    [
        ("WIB", "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"),
        ("WITA", "51 52 53 63 64 65 71 72 73 74 75 76"),
        ("WIT", "81 82 91 92 93 94 95 96"),
    ],
)
def test_each_province_is_in_its_zone(label, codes):
    assert [
        province.code for province in Province.objects.all() if province.zone_label == label
    ] == codes.split()


def test_zone_labels_are_those_of_the_clock():
    """Our names and those in the time zone data must not part."""
    moment = datetime(2026, 5, 6, 1, 52, tzinfo=UTC)
    for province in Province.objects.filter(time_zone__in=ZONE_LABELS):
        regency = province.regencies.first()
        assert local_time(moment, regency).tzname() == province.zone_label


def test_local_time_is_the_clock_on_the_wall():
    moment = datetime(2026, 5, 6, 1, 52, tzinfo=UTC)
    tegal, jayapura = Regency.objects.get(code="33.28"), Regency.objects.get(code="91.71")
    assert f"{local_time(moment, tegal):%H.%M %Z}" == "08.52 WIB"
    assert f"{local_time(moment, jayapura):%H.%M %Z}" == "10.52 WIT"


@pytest.mark.parametrize(
    "code, short",
    [
        ("33.28", "Kab. Tegal"),
        ("33.76", "Kota Tegal"),
        ("31.75", "Jakarta Timur"),
        ("31.01", "Kab. Kepulauan Seribu"),
    ],
)
def test_short_names(code, short):
    assert Regency.objects.get(code=code).short_name == short


PROVINCE = {"code": "97", "name": "Baru", "iso": "XX", "time_zone": "Asia/Jayapura"}
REGENCY = {"code": "32.99", "province_id": "32", "name": "Kota Baru", "kind": "kota"}


def test_a_new_province_and_regency_can_be_added():
    Province.objects.create(**PROVINCE)
    Regency.objects.create(**REGENCY)


@pytest.mark.parametrize(
    "constraint, change",
    [
        ("province_code_has_two_digits", {"code": "9x"}),
        ("province_has_a_name", {"name": ""}),
        ("province_iso_has_two_letters", {"iso": "x1"}),
        ("province_time_zone_is_indonesian", {"time_zone": "Asia/Tokyo"}),
        ("iso", {"iso": "JB"}),
    ],
)
def test_the_database_refuses_half_a_province(constraint, change):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Province.objects.create(**PROVINCE | change)


@pytest.mark.parametrize(
    "constraint, change",
    [
        ("regency_code_is_dotted", {"code": "32990"}),
        ("regency_code_begins_with_its_province", {"code": "33.99"}),
        ("regency_has_a_name", {"name": ""}),
        ("regency_kind_agrees_with_its_code", {"kind": "kabupaten"}),
        ("regency_kind_agrees_with_its_code", {"kind": "desa"}),
    ],
)
def test_the_database_refuses_half_a_regency(constraint, change):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Regency.objects.create(**REGENCY | change)
