"""What records call themselves on the timeline: days as the reader writes them."""

from datetime import date

import pytest
from django.utils.translation import override

from tests.factories.partnerships import PaymentFactory, PromiseFactory, ReviewFactory, ScheduleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "factory, field, day, indonesian, english",
    [
        (PaymentFactory, "paid_on", date(2026, 5, 6), "6 Mei 2026", "6 May 2026"),
        (ScheduleFactory, "due_on", date(2026, 8, 7), "7 Agustus 2026", "7 August 2026"),
        (ReviewFactory, "held_on", date(2026, 10, 8), "8 Oktober 2026", "8 October 2026"),
        (PromiseFactory, "quarter_starts_on", date(2026, 10, 1), "Oktober 2026", "October 2026"),
    ],
)
def test_a_day_is_written_in_the_readers_language(factory, field, day, indonesian, english):
    record = factory()
    setattr(record, field, day)
    assert str(record).endswith(indonesian)
    with override("en"):
        assert str(record).endswith(english)
    assert day.isoformat()[:7] not in str(record)
