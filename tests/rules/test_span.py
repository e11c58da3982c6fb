"""A quarter of an hour is one on every night of the year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alongside.rules import span

PARIS = ZoneInfo("Europe/Paris")
CAME = datetime(2026, 10, 25, 2, 50, tzinfo=PARIS)
CALLED = datetime(2026, 10, 25, 2, 5, tzinfo=PARIS, fold=1)
QUARTER = timedelta(minutes=15)


def test_across_the_hour_that_comes_twice_it_is_as_long_as_it_was():
    assert span.length(CAME, CALLED) == span.waited(CAME, CALLED) == QUARTER
    assert timedelta(minutes=-45) == CALLED - CAME  # the negative control


def test_across_the_hour_that_never_comes_as_well():
    before = datetime(2026, 3, 29, 1, 50, tzinfo=PARIS)
    after = datetime(2026, 3, 29, 3, 5, tzinfo=PARIS)
    assert span.length(before, after) == QUARTER


def test_a_clock_that_was_put_back_makes_no_wait_below_zero():
    assert span.waited(CALLED, CAME) == timedelta(0)
    assert span.length(CALLED, CAME) == -QUARTER


def test_the_later_of_two_is_later_by_the_worlds_clock():
    assert span.later(CAME, CALLED) == CALLED.astimezone(UTC) == span.later(CALLED, CAME)
