"""A rubric changes only by a new version: begun as a copy, edited, published with its differences."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.actions.criteria import (
    add_criterion,
    change_criterion,
    move_criterion,
    remove_criterion,
    restore_criterion,
)
from assessments.actions.dimensions import add_dimension, remove_dimension, set_weights
from assessments.actions.rubric_versions import discard_rubric, publish_rubric, start_rubric
from assessments.models import Criterion, Rubric
from assessments.rubric_revision import changes_of
from assessments.rubric_values import seen
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ANCHORS, RubricFactory

pytestmark = pytest.mark.django_db

WORDS = {"text": "Butir baru", "anchors": ANCHORS, "english": {}, "weight": Decimal(1)}


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def draft(staff):
    return start_rubric(RubricFactory(), by=staff)


def item(rubric, code) -> Criterion:
    return Criterion.objects.get(dimension__rubric=rubric, code=code)


def publish(draft, staff, **changes):
    words = {"name": "Rubrik 2027", "change_note": "Lebih berat di K3L", "seen_as": seen(draft), **changes}
    return publish_rubric(draft, by=staff, **words)


class TestBeginning:
    def test_a_draft_says_what_its_source_says_and_is_begun_once(self, draft, staff):
        assert (draft.version, changes_of(draft).is_empty) == (draft.based_on.version + 1, True)
        assert start_rubric(draft.based_on, by=staff) == draft
        assert Event.objects.filter(verb="rubric.started").count() == 1

    def test_a_draft_of_another_version_waits(self, staff):
        older, newer = RubricFactory(), RubricFactory()
        start_rubric(newer, by=staff)
        with pytest.raises(ValidationError, match="masih draf"):
            start_rubric(older, by=staff)

    def test_a_draft_is_thrown_away_whole(self, draft, staff):
        discard_rubric(draft, by=staff)
        assert not Rubric.objects.drafts().exists()
        with pytest.raises(ValidationError, match="sudah dihapus"):
            set_weights(draft, {"5R": Decimal(50)}, by=staff)


class TestEditing:
    def test_items_are_added_changed_moved_and_taken_out(self, draft, staff):
        five_s = draft.dimensions.get(code="5R")
        made = add_criterion(five_s, by=staff, code="R3.1", **WORDS)
        move_criterion(made, up=True, by=staff)
        change_criterion(made, by=staff, is_critical=True)
        remove_criterion(item(draft, "R1.1"), by=staff)
        assert list(five_s.criteria.values_list("code", "is_critical")) == [("R3.1", True), ("R2.1", False)]

    def test_a_code_keeps_its_meaning_and_its_item_can_come_back(self, draft, staff):
        remove_criterion(item(draft, "KS7"), by=staff)
        safety = draft.dimensions.get(code="K3L")
        with pytest.raises(ValidationError, match="tidak dapat berganti arti"):
            add_criterion(safety, by=staff, code="KS7", **WORDS)
        with pytest.raises(ValidationError, match="butir lain"):
            add_criterion(safety, by=staff, code="R1.1", **WORDS)
        back = restore_criterion(safety, "KS7", by=staff)
        assert (back.is_critical, back.text) == (True, "Butir KS7 dijalankan")
        remove_dimension(safety, by=staff)
        with pytest.raises(ValidationError, match="tidak dapat berganti arti"):
            add_dimension(draft, by=staff, code="K3L", name="Lain", name_en="", weight=Decimal(50))

    def test_nothing_of_a_published_one_is_edited(self, draft, staff):
        published = draft.based_on
        for write in (
            lambda: set_weights(published, {"5R": Decimal(50)}, by=staff),
            lambda: remove_criterion(item(published, "KS7"), by=staff),
            lambda: add_criterion(published.dimensions.first(), by=staff, code="X1", **WORDS),
        ):
            with pytest.raises(ValidationError, match="sudah terbit"):
                write()


class TestPublishing:
    def test_it_says_what_differs_and_who_and_why(self, draft, staff):
        set_weights(draft, {"5R": Decimal(30), "K3L": Decimal(60)}, by=staff)
        change_criterion(item(draft, "KS1"), by=staff, is_critical=True)
        publish(draft, staff)
        made = Rubric.objects.get(pk=draft.pk)
        assert (made.published_by, made.change_note) == (staff, "Lebih berat di K3L")
        found = Event.objects.get(verb="rubric.published", actor_id=staff.pk).data["changes"]
        assert found == ["changed: 5R", "changed: K3L", "changed: KS1"]

    def test_a_broken_one_is_refused_with_every_fault_and_its_place(self, draft, staff):
        set_weights(draft, {"5R": Decimal("39.9")}, by=staff)
        change_criterion(item(draft, "KS1"), by=staff, anchors=["Tidak", "", "", "", "Ya"])
        remove_criterion(item(draft, "LEG1"), by=staff)
        with pytest.raises(ValidationError) as refused:
            publish(draft, staff)
        assert refused.value.messages == [
            "Bobot bidang berjumlah 99,9, seharusnya 100.",
            "LEG: Bidang ini belum punya butir.",
            "KS1: Arti nilai 1, 2, 3 belum ditulis.",
        ]

    def test_what_is_equal_or_was_not_seen_is_not_published(self, draft, staff):
        with pytest.raises(ValidationError, match="masih sama"):
            publish(draft, staff, name=draft.based_on.name)
        before = seen(draft)
        change_criterion(item(draft, "KS1"), by=staff, text="Kebijakan K3L ditempel")
        with pytest.raises(ValidationError, match="berubah sejak halaman dibuka"):
            publish(draft, staff, seen_as=before)


class TestPages:
    @pytest.fixture
    def page(self, client, login, draft):
        login(Role.STAFF)
        return lambda name, *args: reverse(f"assessments:{name}", args=[draft.code, draft.version, *args])

    def test_from_the_published_one_to_the_next(self, client, page, draft):
        shown = client.get(draft.get_absolute_url()).content.decode()
        assert "Siap diterbitkan" in shown and 'id="b-KS7"' in shown
        client.post(page("rubric_weights"), {"bobot_5R": "30", "bobot_K3L": "60,5", "bobot_LEG": "10"})
        assert "berjumlah 100,5" in client.get(page("publish_rubric")).content.decode()
        client.post(page("rubric_weights"), {"bobot_5R": "30", "bobot_K3L": "60", "bobot_LEG": "10"})
        form = client.get(page("publish_rubric")).context["form"]
        words = {
            "name": "Rubrik 2027",
            "change_note": "Keselamatan dahulu",
            "seen_as": form["seen_as"].value(),
        }
        assert client.post(page("publish_rubric"), words).status_code == 302
        shown = client.get(draft.get_absolute_url()).content.decode()
        assert "Perubahan dari versi" in shown and "Keselamatan dahulu" in shown

    def test_an_item_opens_in_its_place_and_keeps_what_was_typed(self, client, page, draft):
        address, htmx = page("edit_criterion", "KS1"), {"HX-Request": "true"}
        form = client.get(address, headers=htmx).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        typed = {name: value for name, value in typed.items() if value not in (None, False)}
        wrong = client.post(address, typed | {"anchor_2": "", "text": "Kebijakan ditempel"}, headers=htmx)
        shown = wrong.content.decode()
        assert "Tulis arti nilai ini." in shown and "Kebijakan ditempel" in shown
        assert item(draft, "KS1").text == "Butir KS1 dijalankan"
        saved = client.post(address, typed | {"text": "Kebijakan ditempel", "weight": "1,5"}, headers=htmx)
        assert "tersimpan" in saved.content.decode() and 'hx-swap-oob="true"' in saved.content.decode()
        assert (item(draft, "KS1").text, item(draft, "KS1").weight) == ("Kebijakan ditempel", Decimal("1.5"))

    def test_bands_and_ages_of_a_dimension_are_typed_and_read_back(self, client, page, draft):
        address = page("edit_dimension", "5R")
        data = {
            "name": "5R",
            "weight": "40",
            "bands": "75,5 | Baik | Good\n0 | Kurang | Poor",
            "umur_photo": "30",
        }
        for wrong in ("Baik", "nan | Baik | Good", "101 | Baik | Good"):
            assert "seperti: 50" in client.post(address, data | {"bands": wrong}).content.decode()
        assert client.post(address, data).status_code == 302
        row = draft.dimensions.get(code="5R")
        assert row.bands == [
            {"from": 0, "name": "Kurang", "name_en": "Poor"},
            {"from": 75.5, "name": "Baik", "name_en": "Good"},
        ]
        assert row.evidence_max_age_days == {"photo": 30}
        assert client.get(address).context["form"]["bands"].value() == "0 | Kurang | Poor\n75,5 | Baik | Good"

    def test_a_second_press_adds_no_second_item(self, client, page, draft):
        address = page("add_criterion", "K3L")
        key = client.get(address).context["form"]["key"].value()
        words = {f"anchor_{score}": words for score, words in enumerate(ANCHORS)}
        data = {"key": key, "code": "ks99", "text": "Jalur evakuasi", "weight": "1", **words}
        for _press in range(2):
            assert client.post(address, data).status_code == 302
        assert item(draft, "KS99").anchors == ANCHORS
