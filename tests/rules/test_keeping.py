"""Which backups stay, and when the next is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.keeping import Keep, is_due, keep_from, kept

PARIS = ZoneInfo("Europe/Paris")
NIGHT = datetime(2026, 11, 24, 1, tzinfo=UTC)
NIGHTS = [NIGHT - timedelta(days=number) for number in range(400)]


def test_a_year_of_nights_becomes_a_handful():
    stay = kept(NIGHTS, Keep(days=7, weeks=5, months=12))
    assert set(NIGHTS[:7]) <= stay
    assert len(stay) <= 7 + 5 + 12
    assert min(stay) == datetime(2025, 12, 31, 1, tzinfo=UTC)
    assert len({(at.year, at.month) for at in stay}) == 12


def test_of_two_on_one_day_the_later_stays():
    noon = NIGHT + timedelta(hours=11)
    assert kept([NIGHT, noon], Keep(days=7, weeks=0, months=0)) == {noon}


def test_a_machine_that_was_off_for_a_month_loses_nothing_for_it():
    old = [NIGHT - timedelta(days=60 + number) for number in range(3)]
    assert kept(old, Keep(days=3, weeks=0, months=0)) == set(old)


@given(
    st.lists(st.integers(0, 2000), max_size=60),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 14),
)
def test_the_newest_always_stays_and_clearing_twice_is_clearing_once(hours, days, weeks, months):
    made = {NIGHT - timedelta(hours=hour) for hour in hours}
    keep = Keep(days=days, weeks=weeks, months=months)
    stay = kept(made, keep)
    assert stay <= made
    assert not made or max(made) in stay
    assert kept(stay, keep) == stay


@pytest.mark.parametrize("words", ["7x", "d", "seven", "0d", "", "-1d"])
def test_what_is_not_understood_is_said(words: str):
    with pytest.raises(ValueError, match="7d 5w 12m"):
        keep_from(words)


def test_words_are_read():
    assert keep_from("7d 5w 12m") == Keep(days=7, weeks=5, months=12)
    assert keep_from("30d") == Keep(days=30, weeks=0, months=0)


def due(last: datetime | None, now: datetime) -> bool:
    return is_due(last, hour=2, zone=PARIS, now=now)


def test_the_nights_backup_is_due_once_a_night():
    before, after = NIGHT - timedelta(minutes=1), NIGHT + timedelta(minutes=1)
    yesterday = NIGHT - timedelta(days=1) + timedelta(minutes=1)
    assert due(None, now=before)
    assert not due(yesterday, now=before)
    assert due(yesterday, now=after)
    assert not due(after, now=after + timedelta(hours=20))


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
)
def test_the_nights_the_clocks_change_have_one_each(day: datetime):
    """At two o'clock, which that night has not, or has twice."""
    made = []
    for minute in range(0, 3 * 24 * 60, 10):
        now = day - timedelta(days=1) + timedelta(minutes=minute)
        if due(made[-1] if made else now - timedelta(hours=1), now=now):
            made.append(now)
    assert len(made) == 3
