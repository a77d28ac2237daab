"""A curriculum changes only by a new version, and what is published never changes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants.models import Cohort
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory
from tests.factories.trainings import CurriculumFactory, ModuleFactory, QuestionFactory
from trainings import actions
from trainings.models import Curriculum, Module, Question
from trainings.versions import changes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def published():
    """Version 1: BM, then 5R that needs it, with one question."""
    curriculum = CurriculumFactory(code="dasar")
    first = ModuleFactory(curriculum=curriculum, code="BM", order=1)
    second = ModuleFactory(curriculum=curriculum, code="5R", order=2, prerequisite=first)
    QuestionFactory(module=second)
    return curriculum


@pytest.fixture
def draft(published, staff):
    return actions.start_version(published, by=staff)


def of_a_draft():
    return Module.objects.filter(pk=ModuleFactory(curriculum__published_at=None).pk)


WRITES = {
    "name": lambda c: Curriculum.objects.filter(pk=c.pk).update(name="Lain"),
    "unpublish": lambda c: Curriculum.objects.filter(pk=c.pk).update(published_at=None),
    "delete": lambda c: Curriculum.objects.filter(pk=CurriculumFactory().pk).delete(),
    "hours": lambda c: c.modules.update(lesson_hours=99),
    "outcomes": lambda c: c.modules.update(outcomes="Lain"),
    "save": lambda c: c.modules.first().save(),
    "add": lambda c: Module.objects.create(curriculum=c, code="X", name="X", name_en="X", order=9, lesson_hours=1),
    "take out": lambda c: c.modules.filter(code="5R").delete(),
    "move in": lambda c: of_a_draft().update(curriculum=c),
    "move out": lambda c: c.modules.update(curriculum=CurriculumFactory(published_at=None)),
    "answer": lambda c: Question.objects.filter(module__curriculum=c).update(correct=3),
    "question out": lambda c: Question.objects.filter(module__curriculum=c).delete(),
    "question in": lambda c: Question.objects.create(
        module=c.modules.get(code="5R"), order=9, text="?", text_en="?",
        choices=list("abcd"), choices_en=list("abcd"), correct=0,
    ),
    "sql": lambda c: connection.cursor().execute(
        "UPDATE trainings_module SET pass_mark = 0 WHERE curriculum_id = %s", [c.pk]
    ),
}  # fmt: skip


class TestFrozen:
    """Past every action: straight through the ORM and in SQL."""

    @pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
    def test_the_database_refuses(self, published, write):
        with (
            pytest.raises(IntegrityError, match="a published curriculum does not change"),
            transaction.atomic(),
        ):
            write(published)
        module = published.modules.get(code="5R")
        assert (published.modules.count(), module.lesson_hours, module.questions.get().correct) == (2, 16, 0)

    @pytest.mark.parametrize(
        "write", [WRITES[name] for name in ("hours", "outcomes", "add", "answer", "question in")]
    )
    def test_a_draft_takes_the_same_writes(self, draft, write):
        write(draft)

    def test_the_shipped_ones_are_frozen_too(self, reference):
        assert Curriculum.objects.published().count() == 2
        with pytest.raises(IntegrityError), transaction.atomic():
            Module.objects.update(pass_mark=0)

    def test_the_actions_say_what_to_do_instead(self, published, staff):
        module = published.modules.get(code="5R")
        question = module.questions.get()
        for act in (
            lambda: actions.add_module(published, by=staff, code="X", name="X", name_en="X", lesson_hours=1),
            lambda: actions.change_module(module, by=staff, lesson_hours=1),
            lambda: actions.move_module(module, up=True, by=staff),
            lambda: actions.remove_module(module, by=staff),
            lambda: actions.add_question(module, by=staff, text="?", text_en="?"),
            lambda: actions.change_question(question, by=staff, correct=2),
            lambda: actions.remove_question(question, by=staff),
            lambda: actions.discard_version(published, by=staff),
            lambda: actions.publish_version(published, by=staff, name="X", change_note="X"),
        ):
            with pytest.raises(ValidationError, match="Buat versi baru"):
                act()


class TestDraft:
    def test_it_begins_as_a_copy_and_once(self, published, draft, staff):
        assert actions.start_version(published, by=staff) == draft
        assert (draft.version, draft.based_on, draft.is_draft) == (2, published, True)
        module = draft.modules.get(code="5R")
        assert module.prerequisite == draft.modules.get(code="BM")
        assert module.questions.count() == 1
        assert changes_of(draft).is_empty

    def test_one_draft_at_a_time(self, draft, staff):
        second = CurriculumFactory(code="dasar", version=7)
        with pytest.raises(ValidationError, match="Versi 2 masih draf"):
            actions.start_version(second, by=staff)

    def test_a_module_comes_goes_and_moves(self, draft, staff):
        added = actions.add_module(draft, by=staff, code="KEU", name="K", name_en="F", lesson_hours=8)
        assert (
            actions.add_module(
                draft, by=staff, id=added.pk, code="KEU", name="K", name_en="F", lesson_hours=8
            )
            == added
        )
        actions.move_module(added, up=True, by=staff)
        actions.move_module(draft.modules.get(code="BM"), up=True, by=staff)  # the first stays
        assert list(draft.modules.values_list("code", flat=True)) == ["BM", "KEU", "5R"]
        actions.remove_module(added, by=staff)
        with pytest.raises(ValidationError, match="masih prasyarat 5R"):
            actions.remove_module(draft.modules.get(code="BM"), by=staff)
        assert changes_of(draft).is_empty

    def test_a_prerequisite_never_leads_back_nor_out(self, draft, published, staff):
        first, second = draft.modules.get(code="BM"), draft.modules.get(code="5R")
        with pytest.raises(ValidationError, match="berputar"):
            actions.change_module(first, by=staff, prerequisite=second)
        with pytest.raises(ValidationError, match="versi yang sama"):
            actions.change_module(second, by=staff, prerequisite=published.modules.get(code="BM"))

    def test_an_unchanged_one_is_not_published(self, draft, staff):
        with pytest.raises(ValidationError, match="masih sama"):
            actions.publish_version(draft, by=staff, name=draft.name, change_note="Coba")
        draft.modules.update(prerequisite=None)
        draft.modules.all().delete()
        with pytest.raises(ValidationError, match="satu modul"):
            actions.publish_version(draft, by=staff, name=draft.name, change_note="Coba")

    def test_publishing_freezes_it_and_moves_no_cohort(self, published, draft, staff):
        cohort = CohortFactory(status=Cohort.Status.PLANNED)
        actions.pin_curriculum(cohort, published, by=staff)
        Cohort.objects.update(status=Cohort.Status.RUNNING)
        actions.change_module(draft.modules.get(code="5R"), by=staff, lesson_hours=24)
        actions.publish_version(draft, by=staff, name="Dasar baru", change_note="5R perlu waktu")
        assert cohort.curriculum_pin.curriculum == published
        with pytest.raises(IntegrityError), transaction.atomic():
            draft.modules.update(lesson_hours=16)
        event = Event.objects.get(verb="curriculum.published")
        assert (event.actor_id, event.data["reason"]) == (staff.pk, "5R perlu waktu")

    def test_thrown_away_nothing_of_it_stays(self, published, draft, staff):
        actions.discard_version(draft, by=staff)
        assert list(Curriculum.objects.all()) == [published]
        assert (Module.objects.count(), Question.objects.count()) == (2, 1)


class TestPages:
    def test_the_difference_is_seen_before_and_after_publishing(self, client, login, draft):
        login(Role.STAFF)
        page = reverse("trainings:edit_module", args=["dasar", 2, "5R"])
        form = {
            "name": "5R", "name_en": "5S", "lesson_hours": "20", "visits": "3", "prerequisite": "",
            "outcomes": "- Memilah barang\n\n2", "outcomes_en": "Sort things\n2",
            "min_attendance": "85,5", "pass_mark": "75", "needed_for_supply": "on", "action_required": "on",
        }  # fmt: skip
        assert client.post(page, form).status_code == 302
        module = draft.modules.get(code="5R")
        assert (module.outcomes.splitlines()[0], str(module.min_attendance)) == ("Memilah barang", "0.855")
        for address in ("curriculum", "publish_version"):
            text = client.get(reverse(f"trainings:{address}", args=["dasar", 2])).content.decode()
            for words in (
                "Jumlah JP 32 → 36",
                "Jam pelajaran (JP)",
                "85,5%",
                "Aksi pabrik wajib",
                "Memilah barang",
            ):
                assert words in text, words
        url = reverse("trainings:publish_version", args=["dasar", 2])
        assert "Isi alasan perubahannya" in client.post(url, {"name": "Dasar"}).content.decode()
        assert client.post(url, {"name": "Dasar", "change_note": "Lebih lama"}).status_code == 302
        text = client.get(reverse("trainings:curriculum", args=["dasar", 2])).content.decode()
        assert "Perubahan dari versi 1" in text and "Lebih lama" in text
        assert client.get(page).status_code == 404

    @pytest.mark.parametrize(
        "wrong, message",
        [
            ({"lesson_hours": "0"}, "paling sedikit 1"),
            ({"pass_mark": "101"}, "Isi 0 sampai 100"),
            ({"outcomes_en": ""}, "kedua bahasa harus sama"),
            ({"outcomes": "\n".join("abcdefghi")}, "paling banyak 8"),
            ({"code": "5r"}, "sudah dipakai"),
            ({"code": "A B"}, "huruf dan angka saja"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_field_and_kept(self, client, login, draft, wrong, message):
        login(Role.STAFF)
        form = {
            "key": "01936d3c-0000-7000-8000-000000000001", "code": "KEU", "name": "Keuangan", "name_en": "Finance",
            "lesson_hours": "8", "visits": "0", "min_attendance": "80", "pass_mark": "70",
            "outcomes": "Satu", "outcomes_en": "One", **wrong,
        }  # fmt: skip
        text = client.post(reverse("trainings:add_module", args=["dasar", 2]), form).content.decode()
        assert message in text and 'value="Keuangan"' in text
        assert draft.modules.count() == 2

    def test_the_list_names_the_cohorts_of_each_version_and_hides_drafts(
        self, client, login, draft, published, staff
    ):
        cohort = CohortFactory(name="Angkatan Melati", status=Cohort.Status.PLANNED)
        actions.pin_curriculum(cohort, published, by=staff)
        url = reverse("trainings:curricula")
        login(Role.STAFF)
        text = client.get(url).content.decode()
        assert "Angkatan Melati" in text and "Draf" in text
        login(Role.LEAD)
        assert "Draf" not in client.get(url).content.decode()
        assert client.get(draft.get_absolute_url()).status_code == 404

    def test_a_question_is_added_once_changed_and_taken_out(self, client, login, draft):
        login(Role.STAFF)
        url = reverse("trainings:add_question", args=["dasar", 2, "BM"])
        form = {
            "key": "01936d3c-0000-7000-8000-000000000002", "text": "Mana?", "text_en": "Which?",
            "choices": "a\nb\nc\nd", "choices_en": "e\nf\ng\nh", "correct": "2",
        }  # fmt: skip
        assert "tepat empat" in client.post(url, {**form, "choices": "a\nb"}).content.decode()
        assert "harus berbeda" in client.post(url, {**form, "choices": "a\nA\nc\nd"}).content.decode()
        for _press in range(2):
            assert client.post(url, form).status_code == 302
        question = draft.modules.get(code="BM").questions.get()
        assert (question.choices[question.correct], question.choices_en[2]) == ("c", "g")
        edit = reverse("trainings:edit_question", args=["dasar", 2, "BM", question.pk])
        assert "Mana?" in client.get(edit).content.decode()
        assert client.post(edit, {**form, "correct": "0"}).status_code == 302
        client.post(reverse("trainings:remove_question", args=["dasar", 2, "BM", question.pk]))
        assert not draft.modules.get(code="BM").questions.exists()


def test_every_sum_and_name_of_the_list_comes_in_a_fixed_number_of_queries(client, login, queries):
    login(Role.STAFF)
    counted = []
    for number in range(2):
        for _row in range(1 + number):
            module = ModuleFactory()
            actions.pin_curriculum(CohortFactory(status=Cohort.Status.PLANNED), module.curriculum, by=None)
        counted.append(queries(reverse("trainings:curricula")))
    assert counted[0] == counted[1]


def test_the_shipped_bank_has_twelve_questions_a_module_in_both_languages(reference):
    modules = Curriculum.objects.get(version=2).modules.all()
    assert len(modules) == 6
    for module in modules:
        questions = list(module.questions.all())
        assert len(questions) >= 12 and len(module.outcome_list) >= 3
        assert len({question.text for question in questions}) == len(questions)
        for question in questions:
            assert len(set(question.choices)) == len(set(question.choices_en)) == 4
