"""Clock times and instants."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from alongside.rules.scheduling.clock_times import NoSuchTime, instant

PARIS = ZoneInfo("Europe/Paris")


def test_a_time_on_the_wall_is_one_instant():
    at = instant(date(2026, 11, 24), time(10), PARIS)
    assert at.astimezone(UTC) == datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59)])
def test_a_time_that_the_clocks_jump_over_is_refused(at):
    with pytest.raises(NoSuchTime) as refused:
        instant(date(2026, 3, 29), at, PARIS)
    assert (refused.value.day, refused.value.at) == (date(2026, 3, 29), at)


@pytest.mark.parametrize("at", [time(1, 59), time(3)])
def test_the_times_around_the_jump_are_there(at):
    assert instant(date(2026, 3, 29), at, PARIS).time() == at


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    at = instant(date(2026, 10, 25), time(2, 30), PARIS)
    assert at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
