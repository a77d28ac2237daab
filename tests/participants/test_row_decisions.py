"""What a person decides about a row that may repeat a record of the register."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from participants.actions import preview_import, save_import
from participants.actions.merges import merge_enterprises
from participants.actions.row_decisions import import_onto, skip_row
from participants.models import Enterprise, ImportRow
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role="staff")


@pytest.fixture
def twin(codes, workbook):
    """A record of the register that the first row of the workbook may repeat: a near name without numbers."""
    row = EnterpriseFactory(name="Cakra Machinning", nib=None, npwp=None, regency_id="33.10", address="")
    PersonFactory(enterprise=row, full_name="Lain Sama Sekali")
    return row


@pytest.fixture
def row(twin, workbook, staff):
    """The first row, moved to the regency of its twin, and looked at again."""
    batch = preview_import(workbook, CohortFactory(quota=90), by=staff, file_name="pendaftaran.xlsx")
    found = batch.rows.get(values__name="Cakra Machining")
    found.outcome, found.enterprise = ImportRow.Outcome.POSSIBLE_DUPLICATE, twin
    found.values["regency_code"] = twin.regency_id
    found.save()
    return found


def page_of(row):
    return reverse("participants:compare_row", args=[row.pk])


def test_the_same_enterprise_is_updated_and_enrolled_when_the_import_is_saved(row, twin, staff):
    decided = import_onto(row, twin, by=staff)
    assert decided.outcome == "changed" and decided.enterprise == twin
    save_import(row.batch, by=staff)
    twin.refresh_from_db()
    assert twin.nib == row.values["nib"]
    assert twin.enrolments.get().cohort == row.batch.cohort
    assert Enterprise.objects.filter(nib=row.values["nib"]).count() == 1


def test_a_number_that_the_register_has_stays(row, twin, staff):
    Enterprise.objects.filter(pk=twin.pk).update(nib="9120000000777")
    twin.refresh_from_db()
    assert "nib" not in import_onto(row, twin, by=staff).values["changes"]


def test_a_number_of_a_third_refuses(row, twin, staff):
    EnterpriseFactory(nib=row.values["nib"])
    with pytest.raises(ValidationError, match="milik IKM lain"):
        import_onto(row, twin, by=staff)


def test_a_record_changed_after_the_decision_refuses_the_save(row, twin, staff):
    import_onto(row, twin, by=staff)
    merge_enterprises(EnterpriseFactory(), twin, by=staff)
    with pytest.raises(ValidationError, match="berubah sejak berkas diperiksa"):
        save_import(row.batch, by=staff)


def test_a_decision_is_made_once(row, twin, staff):
    skip_row(row, by=staff)
    for act in (lambda: skip_row(row, by=staff), lambda: import_onto(row, twin, by=staff)):
        with pytest.raises(ValidationError, match="tidak menunggu keputusan"):
            act()


def test_a_row_is_found_by_what_a_merged_record_goes_by(twin, workbook, staff):
    old = EnterpriseFactory(nib="1707536455681")
    merge_enterprises(twin, old, by=staff, choices={"nib": "survivor"})
    twin.refresh_from_db()
    assert twin.nib is None and Enterprise.with_merged.get(pk=old.pk).nib == "1707536455681"
    batch = preview_import(workbook, CohortFactory(quota=90), by=staff, file_name="pendaftaran.xlsx")
    found = batch.rows.get(values__nib="1707536455681", outcome__in=["changed", "same"])
    assert found.enterprise == twin and "nib" not in found.values["changes"]


def test_the_page_shows_both_and_takes_each_decision(client, login, row, twin):
    login(Role.STAFF)
    page = client.get(page_of(row)).content.decode()
    assert "Cakra Machinning" in page and "Cakra Machining" in page
    assert row.values["nib"] not in page
    assert "Pilih salah satu keputusan." in client.post(page_of(row), {}, follow=True).content.decode()
    client.post(page_of(row), {"keputusan": "sama", "ikm": twin.code})
    row.refresh_from_db()
    assert row.outcome == "changed"
    assert "tidak menunggu keputusan" in client.get(page_of(row), follow=True).content.decode()


@pytest.mark.parametrize("choice, outcome", [("baru", "new"), ("lewati", "duplicate")])
def test_another_enterprise_or_none(client, login, row, choice, outcome):
    login(Role.STAFF)
    client.post(page_of(row), {"keputusan": choice})
    row.refresh_from_db()
    assert row.outcome == outcome


def test_a_saved_import_waits_for_nobody(client, login, row, staff):
    save_import(row.batch, by=staff)
    login(Role.STAFF)
    assert client.post(page_of(row), {"keputusan": "lewati"}).url == row.batch.get_absolute_url()
    row.refresh_from_db()
    assert row.outcome == "possible_duplicate"
