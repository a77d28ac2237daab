"""The same for several enterprises at once: the ticked ones, or all that the filters find."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from participants.models import Enrolment, MentorAssignment
from participants.views import bulk as views
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db


def bulk(client, action, *enterprises, follow=True, **more):
    data = {"aksi": action, "ikm": [enterprise.code for enterprise in enterprises], **more}
    return client.post(reverse("participants:bulk"), data, follow=follow)


def test_a_mentor_for_several_at_once_and_who_cannot_says_why(client, login):
    mentor = UserFactory(role=Role.MENTOR)
    enrolled, alone = EnrolmentFactory().enterprise, EnterpriseFactory(name="Sendiri")
    login(Role.STAFF)
    asked = bulk(client, "mentor", enrolled, alone)
    assert "Untuk 2 IKM." in asked.content.decode()
    assert not MentorAssignment.objects.exists()

    done = bulk(client, "mentor", enrolled, alone, jalankan="1", mentor=mentor.pk, starts_on="2026-06-01")

    assert MentorAssignment.objects.get().enrolment.enterprise == enrolled
    page = done.content.decode()
    assert "Mentor ditetapkan: 1 dari 2 IKM." in page
    assert "CV Sendiri" in page and "Belum mengikuti angkatan" in page


def test_afterwards_the_list_is_as_it_was(client, login):
    cohort, enterprise = CohortFactory(), EnterpriseFactory(class_level=2, class_since="2026-05-01")
    login(Role.STAFF)
    query = "kelas=2&urut=-nama"
    done = bulk(client, "daftar", enterprise, jalankan="1", cohort=cohort.pk, saringan=query, follow=False)
    assert done.url == f"{reverse('participants:list')}?{query}"


def test_a_bulk_form_without_an_answer_is_shown_again(client, login):
    enrolled = EnrolmentFactory().enterprise
    login(Role.STAFF)
    page = bulk(client, "mentor", enrolled, jalankan="1", starts_on="2026-06-01").content.decode()
    assert "Pilih mentor." in page and enrolled.code in page


def test_enrolling_several_warns_of_a_full_quota(client, login):
    cohort, enterprises = CohortFactory(quota=1), EnterpriseFactory.create_batch(2)
    login(Role.STAFF)
    page = bulk(client, "daftar", *enterprises, jalankan="1", cohort=cohort.pk).content.decode()
    assert "Menjadi calon peserta: 2 dari 2 IKM." in page
    assert "melebihi kuota: 1 IKM di atas 1." in page


@pytest.mark.parametrize("data", [{}, {"aksi": "mentor"}, {"aksi": "hapus", "ikm": ["ABC234"]}])
def test_a_bulk_action_on_nothing_leads_back(client, login, data):
    login(Role.STAFF)
    response = client.post(reverse("participants:bulk"), data, follow=True)
    assert "Pilih dulu IKM" in response.content.decode()


def test_all_that_was_found_beyond_the_page(client, login, monkeypatch):
    """As many as a confirmation can name; it says how many were left out, and runs for just those it names."""
    monkeypatch.setattr(views, "MOST_AT_ONCE", 3)
    found = [EnterpriseFactory(name=f"Baut {n}") for n in range(5)]
    EnterpriseFactory(name="Lain")
    cohort = CohortFactory()
    login(Role.STAFF)
    asked = bulk(client, "daftar", semua="on", saringan="q=baut")
    assert asked.context["found"] == 5 and [one.name for one in asked.context["chosen"]] == [
        "Baut 0",
        "Baut 1",
        "Baut 2",
    ]
    assert "paling banyak 3 IKM" in asked.content.decode()
    bulk(client, "daftar", *asked.context["chosen"], jalankan="1", cohort=cohort.pk)
    assert set(Enrolment.objects.values_list("enterprise", flat=True)) == {one.pk for one in found[:3]}


def test_the_ticked_rows_are_downloaded_alone(client, login):
    chosen, other = EnterpriseFactory(name="Arum"), EnterpriseFactory(name="Bayu")
    login(Role.STAFF)
    response = bulk(client, "unduh", chosen)
    cells = {cell.value for row in load_workbook(BytesIO(response.content)).worksheets[0] for cell in row}
    assert chosen.code in cells and other.code not in cells


def test_nobody_acts_on_what_they_may_not_see(client, login):
    hidden = EnterpriseFactory()
    login(Role.MENTOR)
    assert bulk(client, "daftar", hidden, follow=False).status_code == 403
