"""The pages as people use them."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from assessments import actions
from assessments.models import Assessment, Finding
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    AssessmentFactory,
    CohortRubricFactory,
    FindingFactory,
    fill,
    waiting_decision,
)
from tests.factories.frozen import past_the_guards
from tests.factories.participants import (
    CohortFactory,
    EnrolmentFactory,
    MentorAssignmentFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def jpeg(name="foto.jpg", color="green"):
    out = BytesIO()
    Image.new("RGB", (80, 60), color).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def section_url(assessment, slug="5r-1"):
    return reverse("assessments:section", args=[assessment.code, slug])


@pytest.fixture
def enrolment():
    enrolment = EnrolmentFactory()
    CohortRubricFactory(cohort=enrolment.cohort)
    return enrolment


@pytest.fixture
def draft(login):
    assessor = login(Role.ASSESSOR)
    return AssessmentFactory(assessor=assessor)


class TestStart:
    def test_a_mentor_starts_and_a_second_click_continues(self, client, login, enrolment):
        mentor = login(Role.MENTOR)
        MentorAssignmentFactory(enrolment=enrolment, mentor=mentor)
        data = {"enrolment": enrolment.pk, "kind": "baseline", "visited_on": "2026-05-05"}
        places = {client.post(reverse("assessments:start"), data).url for _ in range(2)}
        assert places == {reverse("assessments:fill", args=[Assessment.objects.get().code])}

    def test_bad_input_is_told_beside_its_field_and_kept(self, client, login, enrolment):
        login(Role.ASSESSOR)
        data = {"enrolment": enrolment.pk, "kind": "", "visited_on": "2099-01-01"}
        page = client.post(reverse("assessments:start"), data).content.decode()
        assert "Pilih jenis penilaian" in page
        assert "Tanggal kunjungan tidak boleh setelah hari ini" in page
        assert 'value="2099-01-01"' in page
        assert "<title>Kesalahan:" in page.replace("\n", "")
        assert not Assessment.objects.exists()

    def test_a_mentor_is_not_offered_the_final_one_nor_a_strangers_ikm(self, client, login, enrolment):
        login(Role.MENTOR)
        data = {"enrolment": enrolment.pk, "kind": "final", "visited_on": "2026-05-05"}
        page = client.post(reverse("assessments:start"), data).content.decode()
        assert "Pilih IKM dari daftar" in page
        assert not Assessment.objects.exists()


class TestSection:
    def test_saves_scores_notes_and_photos_and_goes_on(self, client, draft):
        data = {
            "version": 1,
            "nilai_R1-1": "1",
            "catatan_R1-1": "Rak belum berlabel",
            "foto_R1-1": [jpeg(), jpeg(color="red")],
            "foto_R1-1_taken": "2026-05-04T01:00:00.000Z 2026-05-04T01:00:00.000Z",
            "go": "next",
        }
        response = client.post(section_url(draft), data)
        assert response.url == section_url(draft, "5r-2") + "?tersimpan=5r-1"
        score = draft.scores.get()
        assert (score.value, score.note) == (1, "Rak belum berlabel")
        assert [(e.taken_on, e.kind) for e in draft.evidence.all()] == [(date(2026, 5, 4), "photo")] * 2

    def test_everything_may_be_left_for_later(self, client, draft):
        assert client.post(section_url(draft), {"version": 1, "go": "save"}).status_code == 302
        assert not draft.scores.exists()

    @pytest.mark.parametrize(
        "data, words",
        [
            ({"nilai_R1-1": "na"}, "tulis alasan mengapa tidak berlaku"),
            ({"catatan_R1-1": "Ada catatan"}, "pilih nilai untuk catatan ini"),
            ({"nilai_R1-1": "7"}, "Pilih salah satu nilai yang tersedia"),
            ({"nilai_R1-1": "3", "foto_R1-1": SimpleUploadedFile("x.jpg", b"<svg/>")}, "bukan foto JPG"),
        ],
    )
    def test_bad_input_saves_nothing_and_keeps_what_was_typed(self, client, draft, data, words):
        page = client.post(section_url(draft), {"version": 1, **data}).content.decode()
        assert words in page
        # the script takes back what it is told is mended, and says nothing twice; of photos it knows nothing
        assert (" data-refused>" in page) is ("foto_R1-1" not in data)
        if "catatan_R1-1" in data:
            assert "Ada catatan" in page
        if data.get("nilai_R1-1") == "3":
            assert 'value="3" data-meaning="3: Sesuai standar" checked' in page
            assert "Foto yang tadi dipilih belum tersimpan" in page
        assert not draft.scores.exists()

    def test_two_devices_do_not_overwrite_each_other_silently(self, client, draft):
        client.post(section_url(draft), {"version": 1, "nilai_R1-1": "3"})
        page = client.post(section_url(draft), {"version": 1, "nilai_R1-1": "1"}).content.decode()
        assert "sudah disimpan dari perangkat lain" in page
        assert "<b>Tersimpan:</b> 3" in page
        assert 'name="version" value="2"' in page
        assert draft.scores.get().value == 3
        client.post(section_url(draft), {"version": 2, "nilai_R1-1": "1"})
        assert draft.scores.get().value == 1

    def test_a_score_that_needs_a_photo_says_so(self, client, draft):
        actions.save_scores(draft, {c: (1, False, "") for c in criteria(draft, "KS7")}, by=draft.assessor)
        assert "Nilai ini perlu foto" in client.get(section_url(draft, "k3l")).content.decode()

    def test_an_unknown_section_is_not_found(self, client, draft):
        assert client.get(section_url(draft, "zzz")).status_code == 404

    def test_nothing_is_written_after_submission(self, client, draft):
        fill(draft, 3)
        actions.submit(draft, by=draft.assessor)
        response = client.post(section_url(draft), {"version": 2, "nilai_R1-1": "0"}, follow=True)
        assert "tidak dapat diubah" in response.content.decode()

    def test_a_photo_is_removed_after_asking(self, client, draft):
        client.post(section_url(draft), {"version": 1, "foto_R1-1": jpeg()})
        url = reverse("assessments:remove_evidence", args=[draft.evidence.get().pk])
        assert "Hapus bukti ini?" in client.get(url).content.decode()
        assert client.post(url).url == section_url(draft)
        assert not draft.evidence.exists()


def criteria(assessment, *codes):
    from_rubric = assessment.rubric.dimensions.all()
    return [c for d in from_rubric for c in d.criteria.select_related("dimension") if c.code in codes]


class TestCheck:
    def test_gaps_stand_on_top_with_links(self, client, draft):
        url = reverse("assessments:check", args=[draft.code])
        page = client.get(url).content.decode()
        assert "Ada 5 yang perlu dilengkapi" in page
        assert f"{section_url(draft, '5r-2')}#R2-1" in page
        page = client.post(url, {"recommendation": "Lanjutkan"}).content.decode()
        assert "Lengkapi dulu yang masih kurang" in page
        assert "Lanjutkan" in page
        draft.refresh_from_db()
        assert (draft.status, draft.recommendation) == ("draft", "")

    def test_handed_in_with_a_recommendation(self, client, draft):
        fill(draft, 3)
        response = client.post(
            reverse("assessments:check", args=[draft.code]), {"recommendation": "Siap naik"}
        )
        assert response.url == draft.get_absolute_url()
        draft.refresh_from_db()
        assert (draft.status, draft.recommendation) == ("submitted", "Siap naik")


class TestReview:
    def test_returning_needs_a_note(self, client, login):
        login(Role.ASSESSOR)
        a = AssessmentFactory(filled=3, submitted=True)
        url = reverse("assessments:review", args=[a.code])
        assert "Tulis apa yang harus diperbaiki" in client.post(url, {"decision": "return"}).content.decode()
        assert client.post(url, {"decision": "return", "note": "Foto buram"}).url == reverse(
            "assessments:reviews"
        )
        a.refresh_from_db()
        assert (a.status, a.return_reason) == ("returned", "Foto buram")

    def test_one_reviewed_already_says_so(self, client, login):
        login(Role.ASSESSOR)
        a = AssessmentFactory(approved=True)
        response = client.post(
            reverse("assessments:review", args=[a.code]), {"decision": "approve"}, follow=True
        )
        assert "tidak ada yang perlu ditinjau" in response.content.decode()

    def test_own_work_is_not_there_to_review(self, client, login):
        me = login(Role.ASSESSOR)
        a = AssessmentFactory(assessor=me, filled=3, submitted=True)
        assert client.get(reverse("assessments:review", args=[a.code])).status_code == 404
        assert str(a.enterprise) not in client.get(reverse("assessments:reviews")).content.decode()


def test_result_page_tells_the_finding_and_the_distance(client, login):
    login(Role.STAFF)
    a = AssessmentFactory(filled=2, submitted=True)
    actions.approve(a, by=UserFactory(role=Role.LEAD))
    page = client.get(a.get_absolute_url()).content.decode()
    assert "Nilai 55,0; nilai memenuhi syarat Madya" in page
    assert "2 dari 4" in page


def test_an_unfinished_one_shows_no_figure_it_does_not_have(client, draft):
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Belum semua butir dinilai" in page
    assert "0 dari 5 butir dinilai" in page
    assert "Belum ada data" in page


class TestEvidenceFile:
    def test_it_can_be_looked_at_and_cannot_run(self, client, world, login):
        login(world.staff)
        response = client.get(reverse("assessments:evidence", args=[world.evidence.pk]))
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith("inline")
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]

    def test_a_file_that_is_gone_is_a_404(self, client, world, login):
        login(world.staff)
        world.evidence.file.storage.delete(world.evidence.file.name)
        assert client.get(reverse("assessments:evidence", args=[world.evidence.pk])).status_code == 404


class TestFindings:
    def test_owner_shows_the_mending_and_bad_input_is_kept(self, client, world, login):
        login(world.owner)
        url = reverse("assessments:propose_closing", args=[world.finding.code])
        page = client.post(url, {"description": "Pengaman dipasang"}).content.decode()
        assert "Tambah foto sesudah perbaikan" in page
        assert "Pengaman dipasang" in page
        assert "htmx" not in page
        sent = client.post(url, {"description": "Pengaman dipasang", "photo": jpeg()}).content.decode()
        assert "Tambah foto sebelum, dari sudut yang sama." in sent
        client.post(url, {"description": "Pengaman dipasang", "photo": jpeg(), "before": jpeg()})
        world.finding.refresh_from_db()
        assert world.finding.status == Finding.Status.PROPOSED

    def test_closing_one_closed_already_is_a_plain_sentence(self, client, world, login):
        login(world.mentor)
        url = reverse("assessments:close_finding", args=[world.proposed_finding.code])
        client.post(url)
        assert "tidak dapat menjadi ditutup" in client.post(url, follow=True).content.decode()

    def test_sending_back_needs_a_reason(self, client, world, login):
        login(world.mentor)
        url = reverse("assessments:reopen_finding", args=[world.proposed_finding.code])
        assert "Tulis alasannya" in client.post(url, {"reason": ""}).content.decode()

    def test_added_once_whatever_is_clicked(self, client, world, login):
        login(world.mentor)
        data = {
            "enterprise": world.enrolment.enterprise.code,
            "problem": "Pengaman rusak",
            "due_on": timezone.localdate().isoformat(),
        }
        for _ in range(2):
            client.post(reverse("assessments:add_finding"), data)
        assert Finding.objects.count() == 1

    def test_filters_stand_in_the_address(self, client, login):
        login(Role.STAFF)
        FindingFactory(problem="Masih lama", due_on=date(2099, 1, 1))
        FindingFactory(problem="Sudah lewat", found_on=date(2026, 1, 1), due_on=date(2026, 2, 1))
        page = client.get(reverse("assessments:findings"), {"lewat": "1"}).content.decode()
        assert "Sudah lewat" in page
        assert "Masih lama" not in page
        empty = client.get(reverse("assessments:findings"), {"status": "closed"}).content.decode()
        assert "Tidak ada temuan yang cocok" in empty


class TestOwner:
    def test_what_is_still_needed(self, client, world, login):
        login(world.owner)
        with past_the_guards():
            Assessment.objects.filter(pk=world.assessment.pk).update(overall=50)
        page = client.get(reverse("assessments:my_scores")).content.decode()
        assert "Apa lagi yang saya perlukan?" in page
        assert "1 hal lagi untuk kelas Madya" in page
        assert "Nilai total 50,0 &lt; 55" in page
        assert "htmx" not in page

    def test_all_met(self, client, world, login):
        login(world.owner)
        assert world.assessment.overall > 55
        assert (
            "Semua syarat kelas Madya terpenuhi"
            in client.get(reverse("assessments:my_scores")).content.decode()
        )

    def test_an_owner_without_an_enterprise(self, client, login):
        login(Role.OWNER)
        page = client.get(reverse("assessments:my_scores")).content.decode()
        assert "belum terhubung dengan IKM" in page

    def test_without_any_assessment(self, client, login):
        person = PersonFactory()
        login(person.user)
        page = client.get(reverse("assessments:my_scores")).content.decode()
        assert "Belum ada penilaian resmi" in page


def make_rows(name, count):
    cohort = CohortFactory()
    CohortRubricFactory(cohort=cohort)
    for _ in range(count):
        enrolment = EnrolmentFactory(cohort=cohort)
        if name == "assessments:findings":
            FindingFactory(enterprise=enrolment.enterprise)
        elif name == "assessments:decisions":
            waiting_decision(enrolment)
        else:
            AssessmentFactory(enrolment=enrolment, filled=3, submitted=True)


@pytest.mark.parametrize(
    "name", ["assessments:list", "assessments:reviews", "assessments:findings", "assessments:decisions"]
)
def test_list_queries_do_not_grow_with_rows(name, client, login):
    login(Role.LEAD)
    counts = []
    for more in (1, 4):
        make_rows(name, more)
        client.get(reverse(name))  # whatever is remembered between requests is remembered now
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_class_scheme_page_says_it_is_an_example(client, login):
    actions.load_reference()
    login(Role.VIEWER)
    page = client.get(reverse("assessments:classes")).content.decode()
    assert "contoh" in page
    for words in ("≥ 70", "≥ 95%, 6 bulan berturut-turut", "≤ 1.000, 3 bulan", "0 yang lebih dari 30 hari"):
        assert words in page
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("assessments:classes"))
    assert len(queries) < 20


def test_rubric_page_shows_every_item(client, login):
    rubric, _scheme = actions.load_reference()
    login(Role.ASSESSOR)
    page = client.get(reverse("assessments:rubric", args=[rubric.code, rubric.version])).content.decode()
    assert page.count("<summary>") == 115
    assert "Bobot berjumlah 100%" in page
    assert client.get(reverse("assessments:rubric", args=[rubric.code, 99])).status_code == 404


def test_staff_fix_a_cohorts_rubric_once(client, login):
    rubric, scheme = actions.load_reference()
    cohort = CohortFactory()
    login(Role.STAFF)
    assert str(cohort) in client.get(reverse("assessments:rubrics")).content.decode()
    url = reverse("assessments:pin_rubric", args=[cohort.code])
    assert "Pilih syarat kelas" in client.post(url, {"rubric": rubric.pk}).content.decode()
    data = {"rubric": rubric.pk, "scheme": scheme.pk}
    assert "ditetapkan" in client.post(url, data, follow=True).content.decode()
    assert "tidak dapat diganti" in client.post(url, data, follow=True).content.decode()
    assert str(cohort) not in client.get(reverse("assessments:rubrics")).content.decode()
