"""COPY writes what INSERT would."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from closedloop.audit.models import Event
from closedloop.audit.trail import record, record_many
from closedloop.core.copying import copy_in
from participants.models import Enterprise, ImportRow
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory, ImportBatchFactory

# what the database can hold: neither NUL nor half a character
TEXT = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
JSON = st.dictionaries(TEXT, st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT), max_size=4)


class TestCopy(TestCase):
    @settings(max_examples=50, deadline=None)
    @given(text=TEXT, cells=st.lists(TEXT, max_size=4), values=JSON)
    def test_any_text_and_any_json_arrive_as_they_are(self, text, cells, values):
        batch = ImportBatchFactory()
        row = ImportRow(batch=batch, sheet_row=4, outcome="new", cells=[*cells, text], values=values)
        copy_in(ImportRow, [vars(row)])
        found = ImportRow.objects.get(pk=row.pk)
        assert (found.cells, found.values, found.problems) == ([*cells, text], values, [])
        assert (found.created_at, found.enterprise_id) == (row.created_at, None)
        enterprise = EnterpriseFactory.build(
            name=text or "-", regency=EnterpriseFactory().regency, address=text
        )
        enterprise.updated_at = enterprise.created_at
        enterprise.class_level, enterprise.class_since, enterprise.capital = 2, date(2026, 5, 1), 10**14
        copy_in(Enterprise, [vars(enterprise)])
        found = Enterprise.objects.get(pk=enterprise.pk)
        for field in Enterprise._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(enterprise, field.attname), field.name


@pytest.mark.django_db
def test_nothing_to_write_is_nothing_to_do():
    copy_in(ImportRow, [])
    record_many([], by=None)


@pytest.mark.django_db
@pytest.mark.parametrize("by_somebody", [True, False])
def test_many_events_are_what_single_ones_are(by_somebody):
    enterprise, by = EnterpriseFactory(), UserFactory() if by_somebody else None
    record("enterprise.looked", enterprise, by=by, day=date(2026, 5, 1), amount=None)
    record_many([("enterprise.looked", enterprise, {"day": date(2026, 5, 1), "amount": None})], by=by)
    first, second = Event.objects.filter(verb="enterprise.looked").order_by("id").values()
    for name in ("id", "at"):
        del first[name], second[name]
    assert first == second
