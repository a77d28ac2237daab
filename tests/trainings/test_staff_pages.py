"""Planning and running sessions at a desk, and the pages about progress."""

import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
    pass_module,
)
from trainings.models import Attendance, TestResult, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(login):
    return login(Role.STAFF)


@pytest.fixture
def form(db):
    """The form of a session in Makassar, filled in."""
    pin = CohortCurriculumFactory()
    return {
        "key": str(uuid4()),
        "cohort": str(pin.cohort.pk),
        "module": str(ModuleFactory(curriculum=pin.curriculum).pk),
        "title": "Mentalitas dasar",
        "kind": "class",
        "day": "2027-03-01",
        "begin": "09:00",
        "end": "12:00",
        "lesson_hours": "4",
        "place": "Balai contoh",
        "regency": "73.71",
        "trainer": str(UserFactory(role=Role.MENTOR).pk),
        "repeat": "1",
    }


def again(client, address, form):
    """Press once more after reading what the page says against it."""
    page = client.post(address, form).content.decode()
    return client.post(address, {**form, "agreed": re.search(r'name="agreed" value="(\w+)"', page)[1]})


class TestScheduling:
    address = "/sesi/tambah/"

    def test_the_hour_is_that_of_the_place(self, client, staff, form):
        answer = client.post(self.address, form)
        session = TrainingSession.objects.get()
        assert answer.url == session.get_absolute_url()
        assert session.starts_at.astimezone(ZoneInfo("Asia/Makassar")).hour == 9
        assert "09.00–12.00\N{NO-BREAK SPACE}WITA" in client.get(answer.url).content.decode()

    def test_ten_weeks_in_one_form_after_reading_of_the_holiday_among_them(self, client, staff, form):
        form |= {"repeat": "10", "lesson_hours": "1"}
        page = client.post(self.address, form).content.decode()
        assert "Hari libur: Hari Suci Nyepi" in page
        assert "Simpan juga" in page
        assert not TrainingSession.objects.exists()
        again(client, self.address, form)
        assert TrainingSession.objects.count() == 10

    def test_sent_twice_it_is_one_session(self, client, staff, form):
        assert client.post(self.address, form).url == client.post(self.address, form).url
        assert TrainingSession.objects.count() == 1

    def test_planned_twice_the_second_is_refused_even_when_somebody_agrees(self, client, staff, form):
        client.post(self.address, form)
        form["key"] = str(uuid4())
        assert "sudah ada" in again(client, self.address, form).content.decode()
        assert TrainingSession.objects.count() == 1

    @pytest.mark.parametrize(
        "field, value, words",
        [
            ("title", "", "Isi judul sesi"),
            ("day", "", "Isi tanggal"),
            ("end", "08:00", "Jam selesai harus setelah jam mulai"),
            ("lesson_hours", "0", "JP paling sedikit 1"),
            ("lesson_hours", "banyak", "Isi jumlah JP dengan angka"),
            ("place", "", "Isi tempat sesi"),
            ("regency", "99.99", "Kabupaten/kota ini tidak dikenal"),
            ("trainer", "", "Pilih narasumber"),
            ("repeat", "21", "Pertemuan paling banyak 20"),
            ("cohort", "", "Pilih angkatan"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, client, staff, form, field, value, words):
        page = client.post(self.address, {**form, field: value})
        assert page.status_code == 200
        assert words in page.content.decode()
        assert "Kesalahan: " in page.content.decode()
        assert field == "place" or 'value="Balai contoh"' in page.content.decode()
        assert not TrainingSession.objects.exists()

    def test_a_module_of_another_curriculum(self, client, staff, form):
        other = CohortCurriculumFactory()
        module = ModuleFactory(curriculum=other.curriculum)
        page = client.post(self.address, {**form, "module": str(module.pk)}).content.decode()
        assert "Pilih modul dari kurikulum angkatan ini" in page

    def test_a_clash_is_shown_with_its_session_before_it_is_saved(self, client, staff, form):
        client.post(self.address, form)
        first = TrainingSession.objects.get()
        form |= {"place": "Aula lain", "key": str(uuid4())}
        page = client.post(self.address, form).content.decode()
        assert "narasumbernya sama" in page
        assert f'href="{first.get_absolute_url()}"' in page
        assert TrainingSession.objects.count() == 1
        assert again(client, self.address, form).status_code == 302
        assert TrainingSession.objects.count() == 2

    def test_a_clash_that_nobody_has_read_is_not_agreed_to(self, client, staff, form):
        client.post(self.address, form)
        form |= {"place": "Aula lain", "key": str(uuid4()), "agreed": "0123456789abcdef"}
        assert client.post(self.address, form).status_code == 200
        assert TrainingSession.objects.count() == 1

    def test_moving(self, client, staff, form):
        client.post(self.address, form)
        session = TrainingSession.objects.get()
        address = reverse("trainings:session_edit", args=[session.code])
        assert 'value="2027-03-01"' in client.get(address).content.decode()
        client.post(address, {**form, "day": "2027-03-02", "begin": "10:00"})
        session.refresh_from_db()
        assert (session.starts_at.astimezone(ZoneInfo("Asia/Makassar"))).isoformat() == (
            "2027-03-02T10:00:00+08:00"
        )

    def test_a_session_under_way_is_not_moved(self, client, staff):
        session = SessionFactory(running=True)
        assert client.get(reverse("trainings:session_edit", args=[session.code])).status_code == 302


class TestList:
    def test_queries_do_not_grow(self, staff, queries):
        counted = []
        for more in (1, 4):
            for _ in range(more):
                AttendanceFactory(session=SessionFactory(running=True))
            counted.append(queries(reverse("trainings:sessions")))
        assert counted[0] == counted[1]

    def test_filters_stand_in_the_address(self, client, staff):
        wanted = SessionFactory(title="Menghitung HPP")
        SessionFactory(title="Lain")
        address = reverse("trainings:sessions")
        for query in (
            {"q": "hpp"},
            {"angkatan": wanted.cohort.code},
            {"modul": wanted.module.code},
        ):
            page = client.get(address, query).content.decode()
            assert "Menghitung HPP" in page
            assert ">Lain<" not in page
        assert "Tidak ada sesi yang cocok" in client.get(address, {"saya": "1"}).content.decode()
        assert client.get(address, {"tampil": "xx", "angkatan": "xx", "page": "xx"}).status_code == 200

    @pytest.mark.parametrize("view", ["mendatang", "berlangsung", "selesai", "semua"])
    def test_each_view(self, view, client, staff):
        for fields in ({}, {"running": True}, {"held": True}):
            SessionFactory(**fields)
        page = client.get(reverse("trainings:sessions"), {"tampil": view}).content.decode()
        expected = {"mendatang": 2, "berlangsung": 1, "selesai": 1, "semua": 3}
        assert page.count('<th scope="row">') == expected[view]


class TestRunning:
    @pytest.fixture
    def session(self):
        return SessionFactory(running=True)

    def test_opening_too_early_is_said(self, client, staff):
        session = SessionFactory()
        page = client.post(
            reverse("trainings:session_open", args=[session.code]), follow=True
        ).content.decode()
        assert "Presensi baru dapat dibuka pukul" in page

    def test_a_trainer_marks_and_closes_on_a_phone(self, client, login, session):
        enrolments = [enrol(session.cohort)[0] for _ in range(3)]
        login(session.trainer)
        client.post(reverse("trainings:mark", args=[session.code, enrolments[0].pk]), {"status": "excused"})
        client.post(reverse("trainings:mark_all", args=[session.code]))
        refused = client.post(reverse("trainings:session_close", args=[session.code]), {"head_count": "5"})
        assert "jelaskan selisihnya" in refused.content.decode()
        assert 'value="5"' in refused.content.decode()
        client.post(reverse("trainings:session_close", args=[session.code]), {"head_count": "2"})
        session.refresh_from_db()
        assert session.status == "closed"
        page = client.get(session.get_absolute_url()).content.decode()
        assert "2 dari 3 IKM hadir" in page

    def test_verifying_says_how_many(self, client, staff, session):
        AttendanceFactory(session=session)
        page = client.post(reverse("trainings:verify", args=[session.code]), follow=True).content.decode()
        assert "1 kehadiran diverifikasi" in page

    def test_two_ikm_on_one_phone_are_shown(self, client, staff, session):
        for _ in range(2):
            AttendanceFactory(session=session, device="abc")
        page = client.get(session.get_absolute_url()).content.decode()
        assert page.count("HP yang sama dengan IKM lain") == 2

    def test_the_screen_renews_itself_and_the_secret_stays_here(self, client, staff, session):
        page = client.get(reverse("trainings:session_screen", args=[session.code]))
        assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page.content.decode()
        assert "<svg" in page.content.decode()
        assert session.secret not in page.content.decode()

    def test_parts_of_the_page_for_htmx(self, client, staff, session):
        for part, words in (("daftar", "IKM hadir"), ("kode", "Kode sesi")):
            page = client.get(
                session.get_absolute_url(), {"bagian": part}, headers={"HX-Request": "true"}
            ).content.decode()
            assert words in page
            assert "<html" not in page

    def test_roster_queries_do_not_grow(self, staff, session, queries):
        counted = []
        for more in (1, 4):
            for _ in range(more):
                AttendanceFactory(session=session)
                enrol(session.cohort)
            counted.append(queries(session.get_absolute_url()))
        assert counted[0] == counted[1]

    def test_an_assessor_sees_no_buttons(self, client, login, session):
        EnrolmentFactory(cohort=session.cohort)
        login(Role.ASSESSOR)
        page = client.get(session.get_absolute_url()).content.decode()
        assert "Tandai hadir" not in page
        assert "Kode sesi" not in page

    def test_correcting_a_closed_session(self, client, staff):
        mark = AttendanceFactory()
        address = reverse("trainings:correct", args=[mark.receipt])
        page = client.post(address, {"status": "sick", "reason": ""}).content.decode()
        assert "Isi alasannya" in page
        client.post(address, {"status": "sick", "reason": "Surat dokter menyusul"})
        assert Attendance.objects.get().status == "sick"
        assert "Surat dokter menyusul" in client.get(address).content.decode()


class TestMarks:
    @pytest.fixture
    def enrolment(self):
        pin = CohortCurriculumFactory()
        ModuleFactory(curriculum=pin.curriculum, code="KEU")
        return enrol(pin.cohort)[0]

    def address(self, enrolment):
        return reverse("trainings:results", args=[enrolment.cohort.code, "KEU"])

    def test_marks_are_entered_changed_and_taken_back(self, client, staff, enrolment):
        day = timezone.localdate().isoformat()
        name = f"post_{enrolment.pk}"
        client.post(self.address(enrolment), {"day_post": day, name: "82,5"})
        assert str(TestResult.objects.get().mark) == "82.50"
        assert 'value="82,5"' in client.get(self.address(enrolment)).content.decode()
        client.post(self.address(enrolment), {"day_post": day, name: "0"})
        assert TestResult.objects.get().mark == 0
        client.post(self.address(enrolment), {"day_post": day, name: ""})
        assert not TestResult.objects.exists()

    @pytest.mark.parametrize(
        "day, mark, words",
        [
            ("today", "101", "isi nilai 0 sampai 100"),
            ("today", "baik", "isi nilai 0 sampai 100"),
            ("", "80", "Isi tanggal tes"),
            ("2999-01-01", "80", "tidak boleh setelah hari ini"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_half_saved(
        self, client, staff, enrolment, day, mark, words
    ):
        other = enrol(enrolment.cohort)[0]
        page = client.post(
            self.address(enrolment),
            {
                "day_pre": timezone.localdate().isoformat(),
                f"pre_{other.pk}": "60",
                "day_post": timezone.localdate().isoformat() if day == "today" else day,
                f"post_{enrolment.pk}": mark,
            },
        ).content.decode()
        assert words in page
        assert f'value="{mark}"' in page
        assert not TestResult.objects.exists()

    def test_a_mentor_enters_only_for_own_ikm_unless_they_train_the_module(self, client, login, world):
        session = world.training_session
        other = enrol(session.cohort)[0]
        TrainingSession.objects.update(trainer=world.staff)
        login(world.mentor)
        address = reverse("trainings:results", args=[session.cohort.code, session.module.code])
        assert str(other.enterprise) not in client.get(address).content.decode()
        TrainingSession.objects.update(trainer=world.mentor)
        assert str(other.enterprise) in client.get(address).content.decode()


class TestProgressPages:
    def test_an_ikm_shows_modules_sessions_and_verdicts(self, client, staff):
        module = ModuleFactory(code="K3L")
        enrolment = enrol(CohortCurriculumFactory(curriculum=module.curriculum).cohort)[0]
        pass_module(enrolment, module)
        ModuleFactory(curriculum=module.curriculum, code="PSR")
        page = client.get(reverse("trainings:enterprise", args=[enrolment.enterprise.code])).content.decode()
        assert "Lulus" in page
        assert "1 dari 1 sesi (16 dari 16 JP), 100%" in page
        assert "Belum ada data" in page

    def test_a_cohorts_plan_asks_as_often(self, staff, queries):
        pin, counted = CohortCurriculumFactory(), []
        for more in (1, 4):
            for _ in range(more):
                module = ModuleFactory(curriculum=pin.curriculum)
                SessionFactory(cohort=pin.cohort, module=module)
                enrol(pin.cohort)
            counted.append(queries(reverse("trainings:cohort", args=[pin.cohort.code])))
        assert counted[0] == counted[1]

    def test_an_ikm_with_many_sessions_asks_as_often(self, staff, queries):
        module = ModuleFactory()
        enrolment, person = enrol(CohortCurriculumFactory(curriculum=module.curriculum).cohort)
        counted = []
        for more in (1, 4):
            for _ in range(more):
                session = SessionFactory(cohort=enrolment.cohort, module=module, held=True)
                AttendanceFactory(session=session, enrolment=enrolment, person=person)
            counted.append(queries(reverse("trainings:enterprise", args=[enrolment.enterprise.code])))
        assert counted[0] == counted[1]

    def test_a_cohort_without_curriculum_is_told_what_to_do(self, client, staff):
        cohort = EnrolmentFactory().cohort
        page = client.get(reverse("trainings:cohort", args=[cohort.code])).content.decode()
        assert "belum punya kurikulum" in page

    def test_a_running_cohorts_curriculum_stays(self, client, staff):
        pin, other = CohortCurriculumFactory(), CohortCurriculumFactory()
        page = client.post(
            reverse("trainings:pin_curriculum", args=[pin.cohort.code]),
            {"curriculum": str(other.curriculum.pk)},
        ).content.decode()
        assert "sudah berjalan dengan" in page


def test_a_trainer_reaches_the_session_without_an_ikm_of_their_own(client, login):
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=2))
    login(session.trainer)
    assert client.get(session.get_absolute_url()).status_code == 200
    assert client.get(reverse("trainings:cohort", args=[session.cohort.code])).status_code == 200
