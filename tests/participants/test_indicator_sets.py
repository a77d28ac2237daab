"""A new version of the figures: begun from the newest, seen before it is published, and frozen after."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.models import CohortIndicators, Indicator, IndicatorLine, IndicatorSet
from participants.set_lines import Kind, Line, differences, digest
from participants.set_words import lines_of
from tests.factories.accounts import UserFactory
from tests.factories.baseline import IndicatorFactory
from tests.factories.participants import CohortFactory

NEW = reverse("participants:new_indicator_set")
LINES = st.lists(
    st.builds(Line, st.sampled_from("abcdef"), st.sampled_from(["yearly", "quarterly"]), st.just("past")),
    unique_by=lambda line: line.code,
    max_size=6,
)


class TestDifferences:
    @given(LINES)
    def test_equal_sets_differ_in_nothing(self, lines):
        assert differences(lines, lines) == []

    @given(LINES, LINES)
    def test_what_differs_is_said_and_turns_round(self, old, new):
        found, back = differences(old, new), differences(new, old)
        assert bool(found) == (old != new)
        gone = {one.code for one in found if one.kind == Kind.REMOVED}
        assert gone == {one.code for one in back if one.kind == Kind.ADDED}
        assert gone == {line.code for line in old} - {line.code for line in new}
        assert (digest(old) == digest(new)) == (old == new)

    def test_each_kind(self):
        a, b, c = (Line(code, "yearly", "past") for code in "abc")
        found = differences([a, b], [b, Line("a", "yearly", "past", True), c])
        assert [(one.kind, one.code) for one in found] == [
            (Kind.ADDED, "c"),
            (Kind.MOVED, "b"),
            (Kind.CHANGED, "a"),
        ]


@pytest.fixture
def shipped(db):
    return actions.load_indicators()


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


def fewer(shipped) -> list[Line]:
    return lines_of(shipped)[:-1]


class TestPublishing:
    def test_the_next_version_has_its_lines_and_its_event_and_no_cohort(self, shipped, staff):
        cohort = CohortFactory()
        actions.pin_indicators(cohort, shipped, by=staff)
        made = actions.publish_indicators(fewer(shipped), by=staff, name="Angka 2027", based_on=shipped)
        assert (made.version, made.code) == (2, shipped.code) and lines_of(made) == fewer(shipped)
        assert CohortIndicators.objects.get(cohort=cohort).indicator_set == shipped
        assert Event.objects.filter(verb="indicatorset.published", actor_id=staff.pk).get().data["changes"]

    def test_what_no_set_may_be_is_refused_and_nothing_saved(self, shipped, staff):
        lines = lines_of(shipped)
        eleven = [*lines, Line(IndicatorFactory().code, "yearly", "past")]
        quarterly = [Line(line.code, "quarterly", line.about) for line in lines[:1]]
        for wrong, message in (
            ([], "satu sampai sepuluh"),
            (eleven, "satu sampai sepuluh"),
            ([lines[0], lines[0]], "dipilih dua kali"),
            (quarterly, "setahun sekali"),
            (lines, "Tidak ada yang berbeda"),
        ):
            with pytest.raises(ValidationError, match=message):
                actions.publish_indicators(wrong, by=staff, name="X", based_on=shipped)
        assert IndicatorSet.objects.count() == 1

    def test_two_who_begin_with_the_same_version_do_not_both_publish(self, shipped, staff):
        actions.publish_indicators(fewer(shipped), by=staff, name="X", based_on=shipped)
        with pytest.raises(ValidationError, match="baru saja terbit"):
            actions.publish_indicators(fewer(shipped)[:-1], by=staff, name="X", based_on=shipped)

    @pytest.mark.parametrize(
        "write",
        [
            lambda one: IndicatorSet.objects.filter(pk=one.pk).update(name="Lain"),
            lambda one: IndicatorSet.objects.filter(pk=one.pk).update(published_at=None),
            lambda one: one.lines.update(frequency="yearly"),
            lambda one: IndicatorLine.objects.filter(indicator_set=one).first().delete(),
            lambda one: one.delete(),
        ],
    )
    def test_the_database_keeps_what_is_published(self, shipped, write):
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            write(shipped)

    def test_a_published_set_takes_no_further_line(self, shipped, staff):
        made = actions.publish_indicators(fewer(shipped), by=staff, name="X", based_on=shipped)
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            connection.cursor().execute(
                "INSERT INTO participants_indicatorline"
                ' (id, created_at, indicator_set_id, indicator_id, "order", frequency, about, allows_range)'
                " VALUES (gen_random_uuid(), now(), %s, %s, 10, 'yearly', 'present', false)",
                [made.pk, IndicatorFactory().pk],
            )
        assert made.lines.count() == 9


class TestPages:
    def form(self, client, **changes) -> dict:
        form = client.get(NEW).context["form"]
        values = {name: form[name].value() for name in form.fields}
        values = {name: value for name, value in values.items() if value not in (None, False)}
        dari = IndicatorSet.objects.latest("version").pk
        return values | {"dari": dari} | changes

    def test_from_the_newest_over_the_differences_to_the_next(self, client, login, shipped):
        login(Role.STAFF)
        data = self.form(client, figure_10="", name="Angka 2027")
        page = client.post(NEW, data)
        assert "Tidak ditanyakan lagi" in page.content.decode()
        assert IndicatorSet.objects.count() == 1  # looked at, not published
        data["terbitkan"] = page.context["seen"]
        for _press in range(2):
            assert client.post(NEW, data).status_code == 302
        assert IndicatorSet.objects.get(version=2).lines.count() == 9
        assert "Angka 2027 v2" in client.get(reverse("participants:indicator_sets")).content.decode()

    def test_what_was_not_seen_is_shown_first(self, client, login, shipped):
        login(Role.STAFF)
        page = client.post(NEW, self.form(client, figure_10=""))
        changed = self.form(client, figure_10="", figure_9="", terbitkan=page.context["seen"])
        assert "Bandingkan lagi" in client.post(NEW, changed).content.decode()
        assert IndicatorSet.objects.count() == 1

    def test_a_fault_is_told_and_what_was_chosen_stays(self, client, login, shipped):
        login(Role.STAFF)
        page = client.post(NEW, self.form(client, name="", frequency_1="kadang", figure_2="annual_sales"))
        content = page.content.decode()
        assert "Isi nama set indikator." in content and "Pilih dari daftar." in content
        assert page.context["form"]["figure_2"].value() == "annual_sales"

    def test_a_new_figure_can_be_chosen(self, client, login, shipped):
        login(Role.STAFF)
        url = reverse("participants:add_indicator")
        data = {
            "key": client.get(url).context["form"]["key"].value(),
            "code": "Energy_use",
            "name": "Pemakaian listrik",
            "name_en": "Electricity",
            "question": "Berapa kWh sebulan?",
            "question_en": "How many kWh a month?",
            "unit": "own",
        }
        for _press in range(2):
            assert client.post(url, data).url == NEW
        assert Indicator.objects.get(code="energy_use").source == "answer"
        assert "Pemakaian listrik" in client.get(NEW).content.decode()
        again = {**data, "key": "11111111-1111-7111-8111-111111111111"}
        assert "sudah dipakai angka lain" in client.post(url, again).content.decode()
