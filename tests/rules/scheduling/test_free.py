"""Free times."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.scheduling.free import free_starts, nearest, spread
from alongside.rules.scheduling.hours import Span

DAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
OPEN = [Span(start=DAY, end=DAY + timedelta(hours=4))]
PLANNED = timedelta(minutes=45)


def span(start: int, length: int) -> Span:
    return Span(start=DAY + timedelta(minutes=start), end=DAY + timedelta(minutes=start + length))


def starts(taken: list[Span], *, not_before: datetime = DAY) -> list[int]:
    found = free_starts(OPEN, taken, planned=PLANNED, not_before=not_before)
    return [int((at - DAY).total_seconds() // 60) for at in found]


def test_an_empty_morning_is_free_on_every_quarter():
    assert starts([]) == list(range(0, 196, 15))


def test_a_gap_that_is_just_long_enough_is_found_off_the_grid():
    assert starts([span(0, 50), span(95, 145)]) == [50]


def test_what_is_past_is_not_free():
    assert starts([], not_before=DAY + timedelta(minutes=170)) == [180, 195]


def test_the_nearest_come_in_order_of_the_clock():
    free = [DAY + timedelta(minutes=m) for m in (0, 15, 60, 75, 180)]
    assert nearest(free, DAY + timedelta(minutes=50)) == [free[1], free[2], free[3]]


@given(st.integers(0, 60), st.integers(2, 9))
def test_a_few_of_many_times_keep_their_order_and_both_ends(count, most):
    free = [DAY + timedelta(minutes=15 * n) for n in range(count)]
    some = spread(free, most=most)
    assert some == sorted(set(some))
    assert len(some) == min(count, most)
    assert some[:1] + some[-1:] == free[:1] + free[-1:]


@given(st.lists(st.tuples(st.integers(-60, 300), st.integers(1, 120)), max_size=12))
def test_no_free_time_ever_touches_what_is_taken(taken):
    spans = [span(*one) for one in taken]
    for start in free_starts(OPEN, spans, planned=PLANNED, not_before=DAY):
        assert OPEN[0].start <= start
        assert start + PLANNED <= OPEN[0].end
        assert not any(s.start < start + PLANNED and start < s.end for s in spans)
