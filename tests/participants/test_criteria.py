"""A new version of the selection: begun from the newest, seen before it is published, and used by who comes next."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.criteria_versions import Kind, differences, digest
from participants.criteria_words import stored
from participants.models import SelectionForm
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, open_cohort

NEW = reverse("participants:new_selection_form")
ROWS = st.lists(
    st.fixed_dictionaries(
        {"code": st.sampled_from("ABCD"), "text": st.sampled_from("xy"), "weight": st.integers(1, 3)},
        optional={"anchors": st.just(["a"])},
    ),
    unique_by=lambda row: row["code"],
    max_size=4,
)
TERMS = {"tolerance": 25, "answer_days": 30, "retention_days": 180}


def version(rows, **terms) -> dict:
    return {"criteria": rows, **TERMS, **terms}


class TestDifferences:
    @given(ROWS, ROWS)
    def test_nothing_differs_only_where_everything_is_equal(self, old, new):
        same = sorted(map(str, old)) == sorted(map(str, new))
        assert bool(differences(version(old), version(new))) != same
        assert digest(version(old)) == digest(version(deepcopy(old)))

    def test_a_term_and_a_weight_say_old_and_new(self):
        row = {"code": "A", "text": "x", "weight": 100}
        found = differences(version([row]), version([{**row, "weight": 90}], tolerance=30))
        assert [(one.kind, one.old, one.new) for one in found] == [
            (Kind.WEIGHT, 100, 90),
            (Kind.TERM, 25, 30),
        ]


@pytest.fixture
def shipped(db):
    return actions.load_selection_form()


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


def stricter(shipped) -> dict:
    return {**deepcopy(stored(shipped)), "tolerance": 10}


class TestPublishing:
    def test_a_cohort_with_applications_keeps_its_version_and_the_next_takes_the_new(self, shipped, staff):
        old, new = ApplicationFactory().cohort, open_cohort()
        made = actions.publish_selection_form(stricter(shipped), by=staff, based_on=shipped)
        assert (made.version, made.is_example) == (shipped.version + 1, False)
        assert SelectionForm.objects.for_cohort(old) == shipped
        assert SelectionForm.objects.for_cohort(new) == made
        assert Event.objects.get(verb="selectionform.published").data["changes"] == ["term: tolerance"]

    def test_what_does_not_hold_together_is_refused(self, shipped, staff):
        light = stricter(shipped)
        light["criteria"][0]["weight"] += 1
        for wrong, message in ((light, "berjumlah 100"), (stored(shipped), "Tidak ada yang berbeda")):
            with pytest.raises(ValidationError, match=message):
                actions.publish_selection_form(wrong, by=staff, based_on=shipped)
        assert SelectionForm.objects.count() == 1

    def test_two_who_begin_with_the_same_version_do_not_both_publish(self, shipped, staff):
        actions.publish_selection_form(stricter(shipped), by=staff, based_on=shipped)
        with pytest.raises(ValidationError, match="baru saja terbit"):
            actions.publish_selection_form(stricter(shipped), by=staff, based_on=shipped)

    def test_the_database_keeps_what_is_published(self, shipped):
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            SelectionForm.objects.update(tolerance=1)


class TestPages:
    def form(self, client, **changes) -> dict:
        form = client.get(NEW).context["form"]
        values = {name: form[name].value() for name in form.fields}
        values = {name: value for name, value in values.items() if value is not None}
        return values | {"dari": SelectionForm.objects.latest("version").pk} | changes

    def test_from_the_newest_over_the_differences_to_the_next(self, client, login, shipped):
        login(Role.STAFF)
        data = self.form(client, tolerance="30")
        page = client.post(NEW, data)
        assert "beda nilai yang wajar: 25 → 30" in page.content.decode()
        assert SelectionForm.objects.count() == 1
        data["terbitkan"] = page.context["seen"]
        for _press in range(2):
            assert client.post(NEW, data).status_code == 302
        made = SelectionForm.objects.get(version=2)
        assert made.criteria == shipped.criteria and made.tolerance == 30
        assert "Versi 2" in client.get(reverse("participants:selection_forms")).content.decode()

    def test_what_was_not_seen_is_shown_first(self, client, login, shipped):
        login(Role.STAFF)
        seen = client.post(NEW, self.form(client, tolerance="30")).context["seen"]
        page = client.post(NEW, self.form(client, tolerance="40", terbitkan=seen)).content.decode()
        assert "Bandingkan lagi" in page and SelectionForm.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong, message",
        [
            ({"weight_1": "29"}, "Bobot berjumlah 99, seharusnya 100."),
            ({"anchors_1": "satu\ndua"}, "Tulis lima baris"),
            ({"weight_1": ""}, "Isi bobotnya."),
            ({"text_8": "Baru", "anchors_8": "a\nb\nc\nd\ne"}, "Isi bobotnya."),
            ({"tolerance": ""}, "Isi angkanya."),
        ],
    )
    def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(
        self, client, login, shipped, wrong, message
    ):
        login(Role.STAFF)
        page = client.post(NEW, self.form(client, text_1="Cocok", **wrong))
        assert message in page.content.decode() and 'value="Cocok"' in page.content.decode()
        assert SelectionForm.objects.count() == 1

    def test_a_new_criterion_gets_a_code_of_its_own(self, client, login, shipped):
        login(Role.STAFF)
        first = shipped.criteria[0]
        data = self.form(
            client, weight_1=str(first["weight"] - 5), text_8="Baru", weight_8="5", anchors_8="a\nb\nc\nd\ne"
        )
        data["terbitkan"] = client.post(NEW, data).context["seen"]
        assert client.post(NEW, data).status_code == 302
        rows = SelectionForm.objects.get(version=2).criteria
        assert rows[-1] == {"code": "K8", "weight": 5, "text": "Baru", "anchors": ["a", "b", "c", "d", "e"]}
