"""Whether a therapist can see one more person just now."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.rules.waits.free import Therapist, is_free_for

from .clinic import OPENS, minutes

NOW = OPENS + minutes(120)
VISIT = minutes(45)


def free(*held: tuple[float, float], booked: float | None = 0, away=False, busy=False) -> bool:
    """Ask for a visit of 45 minutes; times count from now, in minutes."""
    times = [(NOW + minutes(start), minutes(length)) for start, length in held]
    return is_free_for(
        Therapist(is_away=away, is_busy=busy, held=times),
        booked_at=None if booked is None else NOW + minutes(booked),
        planned=VISIT,
        now=NOW,
    )


def test_with_nothing_in_the_book_they_are_free():
    assert free()
    assert free(booked=None)


def test_nobody_away_or_busy_is_free():
    assert not free(away=True)
    assert not free(busy=True)


@pytest.mark.parametrize(
    ("held", "is_free"),
    [
        ((45, 30), True),  # begins when this one would end
        ((44, 30), False),
        ((-30, 30), True),  # was to end just now, and did not begin
        ((-29, 30), False),
    ],
)
def test_their_book_must_leave_the_time(held, is_free):
    assert free(held) is is_free


def test_who_is_due_later_needs_the_room_until_then_too():
    assert free((60, 30))
    assert not free((60, 30), booked=20)
    assert free((65, 30), booked=20)


def test_who_was_due_before_takes_the_time_since_then():
    assert not free((-25, 20), booked=-10)
    assert free((-25, 15), booked=-10)


def test_across_the_night_on_which_the_clocks_go_back_minutes_are_minutes():
    paris = ZoneInfo("Europe/Paris")
    now = datetime(2026, 10, 25, 2, 30, tzinfo=paris)
    then = datetime(2026, 10, 25, 2, 40, tzinfo=paris, fold=1)
    there = Therapist(is_away=False, is_busy=False, held=[(then, VISIT)])
    assert is_free_for(there, booked_at=None, planned=VISIT, now=now)
    assert not is_free_for(there, booked_at=None, planned=2 * VISIT, now=now)
