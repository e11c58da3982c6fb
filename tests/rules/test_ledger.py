"""The ledger counts what was told against what came."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.intervals import wilson
from alongside.rules.ledger import Waited, Word, figures

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NINE + timedelta(minutes=minute)


def visit(arrived: float, started: float, *words: tuple[float | None, float], booked: float = 0):
    told = tuple(Word(reached_at=None if r is None else at(r), by=at(b)) for r, b in words)
    return Waited(booked_at=at(booked), arrived_at=at(arrived), started_at=at(started), words=told)


def test_neither_clock_hides_the_other():
    early = visit(-20, 5)
    assert early.since_check_in == timedelta(minutes=25)
    assert early.past_time == timedelta(minutes=5)
    found = figures([early])
    assert found.ten_since_check_in.hits == 0
    assert found.ten_past_time.hits == 1


def test_a_time_told_at_check_in_is_kept_or_not_whatever_was_told_later():
    assert visit(0, 8, (0, 10)).first_kept is True
    assert visit(0, 12, (0, 10), (9, 20)).first_kept is False


def test_an_overrun_is_silent_only_when_no_newer_word_came_before_it():
    assert visit(0, 12, (0, 10)).was_silent
    assert not visit(0, 12, (0, 10), (9, 20)).was_silent
    assert visit(0, 12, (0, 10), (11, 20)).was_silent, "news after the time had passed is too late"


def test_a_word_that_nobody_went_to_say_does_not_count_as_told():
    assert visit(0, 12, (0, 10), (None, 20)).was_silent


def test_visits_with_no_told_wait_count_in_the_clocks_and_nowhere_else():
    found = figures([visit(0, 5), visit(0, 15, (0, 20))])
    assert (found.n, found.kept.n, found.told) == (2, 1, 1)
    assert found.updates == 0


def test_nothing_is_said_about_no_visits():
    found = figures([])
    assert found.middle is None
    assert found.kept.share is None
    assert found.kept.interval is None
    assert found.updates is None


def test_the_middle_wait_of_an_even_number_lies_between_the_two():
    assert figures([visit(0, 4), visit(0, 8)]).middle == timedelta(minutes=6)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Newcombe, Stat Med 1998;17:857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)],
)
def test_wilson_agrees_with_the_printed_table(hits, n, low, high):
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_refuses_what_is_no_share():
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)
