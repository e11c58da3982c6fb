"""How a goal goes, from its ratings."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.goals import Rated, Way, by_day, is_stalled, progress, step_since

START = datetime(2026, 9, 1, 10, tzinfo=UTC)


def rated(*going: float, happy: tuple[float | None, ...] = ()) -> list[Rated]:
    """Ratings a week apart."""
    return [
        Rated(at=START + timedelta(weeks=n), going=value, happy=happy[n] if happy else None)
        for n, value in enumerate(going)
    ]


@pytest.mark.parametrize(
    ("going", "way"),
    [((3,), Way.FIRST), ((3, 8), Way.UP), ((3, 8, 3), Way.SAME), ((5, 8, 4), Way.DOWN)],
)
def test_where_a_goal_has_gone(going: tuple[float, ...], way: Way) -> None:
    found = progress(rated(*going))
    assert found is not None
    assert (found.way, found.first, found.last, found.best) == (
        way,
        going[0],
        going[-1],
        max(going),
    )


def test_nothing_rated_says_nothing() -> None:
    assert progress([]) is None


def test_any_rise_is_a_step_however_small() -> None:
    assert step_since(rated(3, 4), since=None) == (3, 4)
    assert step_since(rated(3, 4), since=START + timedelta(days=1)) == (3, 4)


def test_what_was_named_is_not_named_again() -> None:
    assert step_since(rated(3, 4), since=START + timedelta(weeks=2)) is None
    assert step_since(rated(3, 4, 5), since=START + timedelta(weeks=1)) == (4, 5)


def test_a_fall_is_no_step() -> None:
    assert step_since(rated(5, 3), since=None) is None


def test_a_goal_that_nobody_speaks_of_is_stalled() -> None:
    now = START + timedelta(days=60)
    assert is_stalled([], agreed_at=START, spoken_at=None, now=now)
    assert not is_stalled(rated(1, 1, 1, 1), agreed_at=START, spoken_at=None, now=now)
    assert not is_stalled([], agreed_at=START, spoken_at=START + timedelta(days=30), now=now)


def test_the_last_word_of_a_day_counts() -> None:
    twice = [*rated(2, happy=(1,)), Rated(at=START + timedelta(hours=1), going=4, happy=None)]
    going, happy = by_day(twice, [one.at.date() for one in twice])
    assert going == [(START.date(), 4)]
    assert happy == [(START.date(), 1)]
