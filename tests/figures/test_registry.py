from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from closedloop.figures.registry import Unit, Value, figure, share, unknown
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory

FAMILIES = {"attendance", "business", "scores", "qcd", "supply", "money", "pipeline", "loop"}


def test_every_figure_says_what_it_means_and_where_its_rule_stands():
    for code, entry in figures.REGISTRY.items():
        assert code.split(".")[0] in FAMILIES
        assert str(entry.name) and len(str(entry.definition)) > 15 and entry.source, code
        assert entry.permission, f"{code} names nobody who may see it"
        assert entry.unit is not Unit.SHARE or entry.noun or entry.unit_of_parts, f"{code} counts nothing"


def test_no_figure_is_called_realisation():
    assert not [code for code, entry in figures.REGISTRY.items() if "realisasi" in str(entry.name).lower()]


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match=r"scores\.last"):
        figure("scores.last", "Nilai", Unit.SCORE, "Nilai lain", source="-")(lambda sheet: unknown())


@pytest.mark.parametrize("n, m, value", [(0, 4, Decimal(0)), (3, 4, Decimal("0.75")), (0, 0, None)])
def test_a_share_of_nothing_is_unknown_and_a_share_of_something_may_be_zero(n, m, value):
    assert share(n, m, records=m).value == value


@pytest.mark.parametrize(
    "unit, value, words",
    [
        (Unit.SHARE, Decimal("0.905"), "90,5%"),
        (Unit.SCORE, Decimal("69.25"), "69,3"),
        (Unit.POINTS, Decimal("8.4"), "+8,4"),
        (Unit.RUPIAH, 1_500_000, "Rp1.500.000"),
        (Unit.PPM, Decimal("666.67"), "667"),
        (Unit.COUNT, 1284, "1.284"),
        (Unit.COUNT, None, "Belum ada data"),
        (Unit.RUPIAH, None, "Belum ada data"),
    ],
)
def test_units_write_values_as_people_read_them(unit, value, words):
    assert unit.write(value) == words


def test_an_unknown_share_has_no_parts_to_speak_of():
    assert Value(None, 0).of == ""


@pytest.mark.django_db
def test_all_figures_of_an_empty_programme_are_unknown_or_a_true_zero():
    values = figures.collect(figures.REGISTRY, figures.Scope())
    counted = {
        "pipeline.enterprises",
        "pipeline.stages",
        "pipeline.provinces",
        "pipeline.funnel",
        "pipeline.reached",
        "scores.classes",
        "loop.pairs",
    }
    assert {code for code, value in values.items() if value.is_known} == counted
    assert all(values[code].value == 0 for code in counted)


@pytest.mark.django_db
def test_what_a_role_may_not_see_is_withheld_and_not_zero():
    mentor = UserFactory(role=Role.MENTOR)
    value = figures.value("money.accepted", figures.Scope(user=mentor))
    assert value.withheld and value.value is None
    assert value.text == "Tidak ditampilkan untuk peran Anda"


@pytest.mark.django_db
def test_every_figure_opens_the_page_behind_it():
    for value in figures.collect(figures.REGISTRY, figures.Scope()).values():
        assert value.path.startswith("/"), value.figure.code
    stages = figures.value("pipeline.stages", figures.Scope())
    assert stages.parts[1].path == reverse("participants:list") + "?tahap=2"


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_enterprises(django_assert_max_num_queries):
    EnrolmentFactory()
    with django_assert_max_num_queries(60) as first:
        figures.collect(figures.REGISTRY, figures.Scope())
    for _ in range(4):
        EnrolmentFactory()
    everybody = list(figures.Scope().enterprises())
    with django_assert_max_num_queries(len(first.captured_queries)):
        sheet = figures.Sheet(figures.Scope())
        sheet.values(figures.REGISTRY)
        for enterprise in everybody:
            sheet.of(enterprise.pk).values(figures.REGISTRY)


@pytest.mark.django_db
def test_figures_speak_the_language_of_the_page():
    EnterpriseFactory()
    with translation.override("en"):
        assert figures.value("attendance.rate", figures.Scope()).text != "Belum ada data"
