"""Impossible provinces and regencies."""

from closedloop.regions.models import Province, Regency
from tests.guards.rows import change, one

VIOLATIONS = {
    "province_code_has_two_digits": lambda: one(Province, code="0A"),
    "province_has_a_name": lambda: one(Province, name=""),
    "province_iso_has_two_letters": lambda: one(Province, iso="q1"),
    "province_time_zone_is_indonesian": lambda: one(Province, time_zone="Europe/Berlin"),
    "regency_code_is_dotted": lambda: one(Regency, code="33.00"),
    "regency_code_begins_with_its_province": lambda: change(one(Regency), province_id="31"),
    "regency_has_a_name": lambda: one(Regency, name=""),
    "regency_kind_agrees_with_its_code": lambda: one(Regency, kind="kota"),
}
