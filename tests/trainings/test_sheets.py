"""Paper lists: a code for each, photos as evidence, exceptions typed and seen before they are saved."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from closedloop.workflow import TransitionError
from tests.access.records import picture
from tests.factories.accounts import UserFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol
from trainings import actions
from trainings.models import Attendance, Sheet
from trainings.planned_rows import planned_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def trainer(session):
    return session.trainer


@pytest.fixture
def enrolments(session):
    found = [enrol(session.cohort)[0] for _number in range(4)]
    return sorted(found, key=lambda one: one.enterprise.name)


@pytest.fixture
def sheet(session, enrolments, trainer):
    return actions.print_sheet(session, by=trainer)


def statuses(session) -> list[str | None]:
    marks = session.attendances.order_by("enrolment__enterprise__name")
    return [mark.status for mark in marks]


class TestPrinting:
    def test_each_sheet_has_a_code_and_its_own_rows(self, session, sheet, trainer):
        newcomer = enrol(session.cohort)[0]
        second = actions.print_sheet(session, by=trainer)
        assert sheet.code != second.code
        assert (len(sheet.rows), len(second.rows)) == (4, 5)
        assert str(newcomer.pk) in {row[0] for row in second.rows}

    def test_a_double_press_is_one_sheet(self, client, login, session, enrolments, trainer):
        login(trainer)
        address = reverse("trainings:session_sheet", args=[session.code])
        key = new_id()
        first, second = (client.post(address, {"key": key}) for _number in range(2))
        assert first.url == second.url == Sheet.objects.get().get_absolute_url()
        page = client.get(first.url).content.decode()
        assert Sheet.objects.get().spoken_code in page
        assert '<td class="num">4</td>' in page

    def test_not_for_nobody_and_not_afterwards(self, session, trainer):
        with pytest.raises(ValidationError, match="Belum ada IKM"):
            actions.print_sheet(session, by=trainer)
        actions.close_session(session, head_count=0, by=trainer)
        with pytest.raises(ValidationError, match="sudah selesai"):
            actions.print_sheet(session, by=trainer)


class TestTyping:
    def test_who_is_no_exception_was_there(self, session, sheet, trainer):
        actions.fill_sheet(sheet, {2: "absent", 4: "excused"}, by=trainer, typed="kecuali 2, 4 izin")
        assert statuses(session) == ["present", "absent", "present", "excused"]
        assert set(session.attendances.values_list("verification", flat=True)) == {"verified"}
        sheet.refresh_from_db()
        assert (sheet.typed, sheet.typed_by) == ("kecuali 2, 4 izin", trainer)

    def test_what_was_shown_is_what_is_saved(self, session, enrolments, sheet, trainer):
        AttendanceFactory(session=session, enrolment=enrolments[0], status="late")
        actions.mark(session, enrolments[1], "absent", by=trainer)
        planned = planned_rows(sheet, {3: "sick"})
        assert [row.becomes for row in planned] == ["", "present", "sick", "present"]
        assert len(actions.fill_sheet(sheet, {3: "sick"}, by=trainer, typed="3 sakit")) == 3
        assert statuses(session) == ["late", "present", "sick", "present"]
        assert actions.fill_sheet(sheet, {3: "sick"}, by=trainer, typed="3 sakit") == []

    def test_who_left_since_is_left_out(self, session, enrolments, sheet, trainer):
        type(enrolments[0]).objects.filter(pk=enrolments[0].pk).update(status="withdrawn")
        actions.fill_sheet(sheet, {}, by=trainer, typed="semua hadir")
        assert Attendance.objects.count() == 3

    def test_not_into_a_closed_session(self, session, sheet, trainer):
        actions.close_session(session, head_count=0, by=trainer)
        with pytest.raises(TransitionError):
            actions.fill_sheet(sheet, {}, by=trainer, typed="semua hadir")


class TestOnThePhone:
    def test_seen_then_saved(self, client, login, session, enrolments, sheet, trainer):
        login(trainer)
        address = reverse("trainings:fill_sheet", args=[sheet.code.lower()])
        text = f"semua hadir kecuali 1, {enrolments[2].enterprise.name} (izin)"
        page = client.get(address, {"isi": text}).content.decode()
        assert "Simpan 4 perubahan" in page
        assert not Attendance.objects.exists()
        answer = client.post(address, {"isi": text})
        assert answer.url == session.get_absolute_url()
        assert statuses(session) == ["absent", "present", "excused", "present"]

    @pytest.mark.parametrize(
        "text, words",
        [
            ("", "Tulis pengecualiannya"),
            ("kecuali 9", "nomornya 1 sampai 4"),
            ("Sulastri", "“Sulastri” tidak ada di lembar ini"),
            ("CV", "bisa berarti 1."),
            ("1 izin, 1 sakit", "dua keterangan"),
        ],
    )
    def test_what_cannot_be_read_is_said_and_kept(self, client, login, sheet, trainer, text, words):
        login(trainer)
        page = client.post(reverse("trainings:fill_sheet", args=[sheet.code]), {"isi": text}).content.decode()
        assert words in page
        assert text in page
        assert not Attendance.objects.exists()

    def test_photos_stay_with_the_sheet(self, client, login, session, sheet, trainer):
        login(trainer)
        address = reverse("trainings:sheet_photos", args=[sheet.code])
        for _number in range(2):
            client.post(address, {"photos": picture()})
        page = sheet.photos.get()
        assert (
            client.get(reverse("trainings:sheet_photo", args=[page.pk])).headers["Content-Type"]
            == "image/jpeg"
        )
        actions.close_session(session, head_count=0, by=trainer)
        shown = client.get(reverse("trainings:fill_sheet", args=[sheet.code])).content.decode()
        assert str(page.pk) in shown
        assert "fotonya tetap menjadi bukti" in shown
        assert "Pilih foto lembarnya" in client.post(address, follow=True).content.decode()

    def test_a_trainer_of_another_room_sees_no_sheet(self, client, login, sheet):
        login(UserFactory(role=Role.MENTOR))
        assert client.get(sheet.get_absolute_url()).status_code == 404
