"""A module planned in one form: the zone appears while one types, and a clash is read before it is saved."""

from datetime import UTC, datetime, time

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from tests.calendars import working_monday
from tests.factories.accounts import UserFactory
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory, SessionFactory
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]
FIRST = working_monday(timezone.localdate())


@pytest.mark.parametrize("size", [None, PHONE])
def test_a_module_over_a_clash(transactional_db, visitor, size):
    pin = CohortCurriculumFactory()
    module = ModuleFactory(curriculum=pin.curriculum)
    busy = SessionFactory(place="Lain", starts_at=datetime.combine(FIRST, time(1), UTC), title="Kelas lain")
    staff = visitor(size).sign_in(UserFactory(role=Role.STAFF))
    page = staff.open("trainings:plan", pin.cohort.code, query=f"?modul={module.pk}")
    page.fill("[name=first_day]", FIRST.isoformat())
    page.fill("[name=begin]", "09:00")
    page.fill("[name=place]", "Balai contoh")
    page.locator("[name=regency]").press_sequentially("kota jayapura")
    page.get_by_text("Jam di formulir ini adalah WIT, waktu di Kota Jayapura.").wait_for()
    page.select_option("select[name=trainer]", label=str(busy.trainer))
    page.get_by_role("button", name="Susun usulan").click()
    page.get_by_text("16 dari 16 JP kurikulum").wait_for()
    assert page.get_by_role("link", name="Lihat sesi itu").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    staff.picture(f"plan-{'phone' if size else 'desk'}")
    page.get_by_role("button", name="Simpan juga dan terbitkan").click()
    page.get_by_text("4 sesi dijadwalkan.").wait_for()
    hours = [one.starts_at.astimezone(one.zone).hour for one in pin.cohort.sessions.with_place()]
    assert hours == [9, 9, 9, 9]
