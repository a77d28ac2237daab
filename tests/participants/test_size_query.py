"""The database's legal sizes are those of `size`, for any figures; and what is missing is found to be missing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from participants.missing import GAPS
from participants.models import AnnualFigure, Enterprise, EnterpriseKbli, Product
from participants.size import CAPITAL_LIMITS, SALES_LIMITS, Size
from participants.size_query import BY_LAW, of_size
from participants.views.enterprises import sizes_of
from tests.factories.participants import (
    ConsentFactory,
    DocumentFactory,
    EnterpriseFactory,
    KbliFactory,
    PersonFactory,
)

LIMITS = sorted({0, 10**9, 15 * 10**9, *CAPITAL_LIMITS, *SALES_LIMITS})
AMOUNTS = st.none() | st.sampled_from(
    [limit + step for limit in LIMITS for step in (-1, 0, 1) if limit + step >= 0]
)
HEADS = st.none() | st.sampled_from([0, 1, 9, 10, 18, 19, 20, 300])
FIGURES = st.lists(st.tuples(AMOUNTS, HEADS), max_size=3)


class TestAgreement(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(capital=AMOUNTS, investment=AMOUNTS, men=HEADS, women=HEADS, figures=FIGURES)
    def test_the_database_says_what_the_page_says(self, capital, investment, men, women, figures):
        enterprise = EnterpriseFactory(
            capital=capital, investment_value=investment, employees_male=men, employees_female=women
        )
        for year, (sales, workers) in enumerate(figures, 2020):
            AnnualFigure.objects.create(
                enterprise=enterprise, year=year, annual_sales=sales, employee_count=workers
            )
        said = sizes_of(enterprise, list(enterprise.annual_figures.all()))
        for law, answer in zip(BY_LAW, said, strict=True):
            for size in (*Size.values, None):
                rows = of_size(Enterprise.objects.filter(pk=enterprise.pk), law, size)
                assert rows.exists() == (answer.size == size), f"{law} {size} {answer}"


def complete():
    enterprise = EnterpriseFactory(npwp="0518844725898000", name="Lengkap")
    PersonFactory(enterprise=enterprise, phone="+6281234567890")
    EnterpriseKbli.objects.create(enterprise=enterprise, kbli=KbliFactory(version="2020"))
    Product.objects.create(enterprise=enterprise, name="Baut")
    AnnualFigure.objects.create(enterprise=enterprise, year=2025, annual_sales=1, is_baseline=True)
    DocumentFactory(enterprise=enterprise, issued_on=date(2020, 1, 1), expires_on=date(2090, 1, 1))
    ConsentFactory(enterprise=enterprise)
    return enterprise


@pytest.mark.django_db
def test_a_complete_record_lacks_nothing_and_an_empty_one_everything_that_can_be_missing():
    whole, bare = complete(), EnterpriseFactory(name="Kosong", nib=None)
    DocumentFactory(enterprise=bare, issued_on=date(2020, 1, 1), expires_on=date(2021, 1, 1))
    for key, gap in GAPS.items():
        assert list(Enterprise.objects.filter(gap.condition())) == [bare], key
    assert whole in Enterprise.objects.all()


@pytest.mark.django_db
def test_what_is_over_counts_as_missing():
    enterprise = complete()
    enterprise.consents.update(withdrawn_at="2030-01-01T00:00Z")
    enterprise.people.update(is_active=False)
    assert Enterprise.objects.filter(GAPS["persetujuan"].condition()).exists()
    assert Enterprise.objects.filter(GAPS["telepon"].condition()).exists()
