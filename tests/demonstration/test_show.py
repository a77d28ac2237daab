"""Stories go on in the order of their days, with the clock at the day, and not beyond today."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from closedloop.accounts.models import User
from closedloop.demonstration import loading
from closedloop.demonstration.clock import clock_at
from closedloop.demonstration.show import WIB, Show

NOW = datetime(2026, 11, 24, 9, 40, tzinfo=WIB)  # a Tuesday


def test_the_clock_ticks_and_is_put_back():
    real = timezone.now
    with clock_at(NOW):
        first, second = timezone.now(), timezone.now()
    assert NOW < first < second < NOW + timedelta(seconds=1)
    assert timezone.now is real


def test_the_clock_is_put_back_after_a_failure():
    real = timezone.now
    with pytest.raises(ZeroDivisionError), clock_at(NOW):
        raise ZeroDivisionError
    assert timezone.now is real


def test_stories_interleave_and_end_at_now():
    show, played = Show(NOW), []

    def story(name, *days):
        for day in days:
            yield show.at(day)
            played.append((name, timezone.localdate()))

    show.tell(story("a", 21, 7, -7))
    show.tell(story("b", 14, 0))
    show.play()
    assert played == [
        ("a", date(2026, 11, 3)),
        ("b", date(2026, 11, 10)),
        ("a", date(2026, 11, 17)),
        ("b", date(2026, 11, 24)),
    ]


@pytest.mark.parametrize(
    "days_ago, day",
    [
        (0, date(2026, 11, 24)),
        (1, date(2026, 11, 23)),
        (2, date(2026, 11, 20)),  # Sunday: back to Friday
        (3, date(2026, 11, 20)),
        (-4, date(2026, 11, 30)),  # Saturday to come: on to Monday
    ],
)
def test_weekends_are_moved_away_from_today(days_ago, day):
    assert Show(NOW).day(days_ago) == day


def test_dice_depend_on_the_story_alone():
    first, second = Show(NOW), Show(NOW)
    first.random("something else").random()
    assert first.random("story", 1).random() == second.random("story", 1).random()
    assert first.random("story", 1).random() != first.random("story", 2).random()


@pytest.mark.django_db
def test_a_load_that_breaks_leaves_nothing(monkeypatch):
    def broken(show):
        yield show.at(700)
        raise RuntimeError("broken")

    monkeypatch.setattr(loading.months, "closed_months", broken)
    with pytest.raises(RuntimeError):
        loading.load(NOW)
    assert not loading.is_loaded()
    assert not User.objects.exists()
