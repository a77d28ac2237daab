"""A whole module in one form: proposed, changed in place, saved all or none."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.notifications.models import Notification
from tests.calendars import working_monday
from tests.factories.accounts import UserFactory
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory, SessionFactory, enrol
from trainings import actions
from trainings.models import TrainingSession

pytestmark = pytest.mark.django_db
FIRST = working_monday(timezone.localdate())


@pytest.fixture
def staff(login):
    return login(Role.STAFF)


@pytest.fixture
def module(db):
    return ModuleFactory(curriculum=CohortCurriculumFactory().curriculum, lesson_hours=16, visits=1)


@pytest.fixture
def cohort(module):
    return module.curriculum.cohort_pins.get().cohort


@pytest.fixture
def form(module):
    """How a module shall be taught in Jayapura, with a trainer who lives elsewhere."""
    return {
        "key": str(uuid4()),
        "modules": [str(module.pk)],
        "first_day": FIRST.isoformat(),
        "begin": "09:00",
        "most_hours": "4",
        "place": "Balai contoh",
        "regency": "Kota Jayapura",
        "seats": "40",
        "trainer": str(UserFactory(role=Role.MENTOR).pk),
    }


@pytest.fixture
def send(client, cohort, staff):
    """Return a function that sends the form with a button, and gives the page or where it leads."""

    def send(form, do):
        return client.post(reverse("trainings:plan", args=[cohort.code]), {**form, "do": do})

    return send


def typed(page):
    """Return every input of the page as a browser would send it back."""
    html = page.content.decode()
    fields = {}
    for name in dict.fromkeys(re.findall(r'name="(row-[\w-]+|agreed)"', html)):
        tag = re.search(rf'<(input|select)[^>]*name="{name}".*?(?:>|</select>)', html, re.DOTALL)
        whole = html[tag.start() :]
        if tag[1] == "select":
            options = whole[: whole.index("</select>")]
            chosen = re.search(r'value="([^"]*)" selected', options)
            fields[name] = chosen[1] if chosen else ""
        elif 'type="checkbox"' not in tag[0]:
            value = re.search(r'value="([^"]*)"', tag[0])
            fields[name] = value[1] if value else ""
    return fields


def test_a_module_is_proposed_weekly_and_published_with_one_message(send, form, cohort, module):
    owner = enrol(cohort)[1].user
    page = send(form, "propose")
    assert "16 dari 16 JP kurikulum" in page.content.decode()
    assert not TrainingSession.objects.exists()
    answer = send(form | typed(page), "publish")
    assert answer.url == reverse("trainings:cohort", args=[cohort.code])
    made = list(cohort.sessions.with_place())
    assert [one.starts_at.astimezone(one.zone).date() for one in made] == [
        FIRST + timedelta(weeks=week) for week in range(4)
    ]
    assert {one.starts_at.astimezone(one.zone).isoformat()[11:] for one in made} == {"09:00:00+09:00"}
    assert [(one.kind, one.lesson_hours, one.seats) for one in made] == [
        ("class", 4, 40),
        ("class", 4, 40),
        ("class", 4, 40),
        ("visit", 4, 40),
    ]
    told = Notification.objects.get(user=owner)
    assert told.title == f"4 sesi baru: {module.title}"
    assert "09.00\N{NO-BREAK SPACE}WIT" in told.body
    assert told.body.count("September") == 4


def test_what_is_planned_already_is_not_proposed_again(send, form, cohort, module):
    SessionFactory(cohort=cohort, module=module, lesson_hours=12, kind="class")
    SessionFactory(cohort=cohort, module=module, lesson_hours=4, kind="make_up")
    page = send(form, "propose")
    fields = typed(page)
    assert fields["row-TOTAL_FORMS"] == "2"
    assert [fields["row-0-lesson_hours"], fields["row-1-lesson_hours"]] == ["2", "2"]
    send(form | fields, "publish")
    page = send({**form, "key": str(uuid4())}, "propose").content.decode()
    assert "Modul ini sudah terjadwal penuh" in page


def test_a_row_is_changed_and_another_passed_over(send, form, cohort):
    fields = typed(send(form, "propose"))
    fields |= {
        "row-0-regency": "Kab. Tegal",
        "row-0-begin": "13:00",
        "row-0-end": "16:00",
        "row-3-drop": "on",
    }
    page = send(form | fields, "check").content.decode()
    assert "kurang 4 JP" in page
    send(form | fields, "draft")
    first = cohort.sessions.with_place().first()
    assert cohort.sessions.filter(status="draft").count() == 3
    assert first.starts_at.astimezone(first.zone).isoformat()[11:] == "13:00:00+07:00"
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("row-1-end", "08:00", "Jam selesai harus setelah jam mulai"),
        ("row-1-title", "", "Isi judul sesi"),
        ("row-1-regency", "Kota Entah", "Kabupaten/kota ini tidak dikenal"),
        ("row-1-trainer", "", "Pilih narasumber"),
        ("row-1-trainer", "seseorang", "Pilih narasumber dari daftar"),
        ("row-1-seats", "0", "paling sedikit 1"),
        ("row-1-lesson_hours", "x", "Isi jumlah JP dengan angka"),
    ],
)
def test_one_bad_row_saves_none_and_all_is_kept(send, form, field, value, words):
    fields = typed(send(form, "propose")) | {field: value, "row-2-title": "Judul saya"}
    page = send(form | fields, "publish")
    assert words in page.content.decode()
    assert typed(page)["row-2-title"] == "Judul saya"
    assert not TrainingSession.objects.exists()


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("modules", [], "Pilih paling sedikit satu modul"),
        ("first_day", timezone.localdate().isoformat(), "Pilih tanggal sesudah hari ini"),
        ("begin", "22:00", "Sesi harus selesai sebelum tengah malam"),
        ("most_hours", "13", "terlalu besar"),
        ("regency", "", "Pilih kabupaten/kota"),
    ],
)
def test_a_head_that_cannot_be_read_proposes_nothing(send, form, field, value, words):
    page = send({**form, field: value}, "propose").content.decode()
    assert words in page
    assert 'value="Balai contoh"' in page
    assert "row-TOTAL_FORMS" not in page


def test_a_clash_waits_for_a_second_press_and_two_presses_make_one_plan(send, form, cohort):
    trainer = form["trainer"]
    fields = typed(send(form, "propose"))
    busy = SessionFactory(trainer_id=trainer, starts_at=timezone.now(), place="Lain")
    TrainingSession.objects.filter(pk=busy.pk).update(
        starts_at=f"{FIRST}T00:30:00Z", ends_at=f"{FIRST}T01:30:00Z"
    )
    page = send(form | fields, "publish")
    assert not cohort.sessions.exists()
    assert "narasumbernya sama" in page.content.decode()
    assert "Simpan juga dan terbitkan" in page.content.decode()
    for _press in range(2):
        assert send(form | typed(page), "publish").status_code == 302
    assert cohort.sessions.count() == 4


def test_a_session_that_stands_there_is_named_at_its_row(send, form, cohort, module, staff):
    fields = typed(send(form, "propose"))
    send(form | fields, "publish")
    form["key"] = str(uuid4())
    page = send(form | fields, "publish")
    page = send(form | typed(page), "publish").content.decode()
    assert "pada waktu dan tempat yang sama sudah ada" in page
    assert cohort.sessions.count() == 4


def test_all_passed_over_saves_nothing(send, form):
    fields = typed(send(form, "propose"))
    fields |= {f"row-{number}-drop": "on" for number in range(4)}
    assert "Tidak ada sesi yang akan disimpan" in send(form | fields, "publish").content.decode()


def test_without_a_curriculum_it_leads_to_choosing_one(client, staff, cohort):
    cohort.curriculum_pin.delete()
    answer = client.get(reverse("trainings:plan", args=[cohort.code]))
    assert answer.url == reverse("trainings:pin_curriculum", args=[cohort.code])


def test_the_zone_is_said_while_one_types(client, staff):
    page = reverse("trainings:zone")
    assert "WIT, waktu di Kota Jayapura" in client.get(page, {"regency": "kota jayapura"}).content.decode()
    assert "WITA, waktu di Kota Makassar" in client.get(page, {"regency": "makassar"}).content.decode()
    assert "WIB, WITA, atau WIT" in client.get(page, {"regency": "jaya"}).content.decode()


def test_a_plan_of_many_rows_costs_few_queries(
    client, cohort, send, form, module, menu_remembered, django_assert_max_num_queries
):
    long = ModuleFactory(curriculum=module.curriculum, lesson_hours=60)
    form |= {"most_hours": "2", "modules": [str(long.pk)]}
    fields = typed(send(form, "propose"))
    client.get(reverse("trainings:plan", args=[cohort.code]))
    with django_assert_max_num_queries(20):
        page = send(form | fields, "check")
    assert page.content.decode().count("<tr") == 31


def test_all_or_none_with_the_number_of_the_row(staff, cohort, module):
    good = SessionFactory.build()
    row = {
        "module": module,
        "title": "BM",
        "lesson_hours": 4,
        "place": "Balai",
        "regency": good.regency,
        "trainer": UserFactory(role=Role.MENTOR),
        "starts_at": good.starts_at,
        "ends_at": good.ends_at,
    }
    rows = [*actions.series(row, count=3), {**row, "ends_at": good.starts_at}]
    with pytest.raises(actions.RowRefused) as refusal:
        actions.plan_sessions(cohort, rows, by=staff)
    assert refusal.value.row == 3
    assert not TrainingSession.objects.exists()


def test_drafts_that_clash_are_published_only_after_somebody_read_it(client, staff, cohort, module):
    draft = SessionFactory(cohort=cohort, module=module, status="draft")
    busy = SessionFactory(trainer=draft.trainer, starts_at=draft.starts_at, place="Lain")
    address = reverse("trainings:publish", args=[cohort.code])
    page = client.post(address).content.decode()
    assert f'href="{busy.get_absolute_url()}"' in page
    draft.refresh_from_db()
    assert draft.status == "draft"
    agreed = re.search(r'name="agreed" value="(\w+)"', page)[1]
    assert client.post(address, {"agreed": agreed}).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "scheduled"


def test_titles_are_proposed_in_the_portals_language_to_who_reads_english(client, send, form):
    client.cookies["bahasa"] = "en"
    proposed = typed(send(form, "propose"))
    assert proposed["row-0-title"].endswith(", pertemuan 1")
