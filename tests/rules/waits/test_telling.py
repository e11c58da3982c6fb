"""When something is told, and when it is better not to say it again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.waits import Forecast, first_telling, next_telling
from alongside.rules.waits.telling import LEAD

from .clinic import OPENS, minutes

lengths = st.lists(st.floats(0, 300, allow_nan=False).map(minutes), min_size=9, max_size=9).map(
    lambda found: tuple(sorted(found))
)


def seen(likely: float, spread: float = 1.0) -> Forecast:
    """Quantiles around a likely wait: 8 in 10 within `spread` of it up or down."""
    steps = [-0.6, -0.4, -0.25, -0.1, 0, 0.15, 0.3, 0.5, 0.9]
    quantiles = tuple(minutes(likely * (1 + spread * step)) for step in steps)
    return Forecast(visit="amara", quantiles=quantiles, over_ten=0.5)


@given(lengths)
def test_the_told_range_always_contains_the_likely_wait(quantiles):
    told = first_telling(Forecast(visit="amara", quantiles=quantiles, over_ten=0.0), now=OPENS)
    assert told.low <= told.likely <= told.high
    assert told.low % minutes(5) == timedelta(0) == told.high % minutes(5)
    assert told.by > OPENS


@given(
    st.lists(st.floats(-60, 300).map(minutes), min_size=9, max_size=9).map(
        lambda found: tuple(sorted(found))
    ),
    st.integers(0, 90),
)
def test_no_told_minimum_falls_below_zero_as_time_passes_without_events(quantiles, on):
    """Even were the forecast to: what was expected an hour ago may lie in the past by now."""
    now = OPENS + minutes(on)
    passed = tuple(length - minutes(on) for length in quantiles)
    seen = Forecast(visit="amara", quantiles=passed, over_ten=0.0)
    told = first_telling(seen, now=now)
    news = next_telling(seen, told=told, now=told.by)
    assert news is not None
    for one in (told, news):
        assert one.low >= timedelta(0)
        assert one.likely >= timedelta(0)
        assert one.by > one.told_at


@given(lengths, lengths, st.integers(1, 200))
def test_so_does_every_later_one(before, after, on):
    told = first_telling(Forecast(visit="amara", quantiles=before, over_ten=0.0), now=OPENS)
    now = OPENS + minutes(on)
    news = next_telling(Forecast(visit="amara", quantiles=after, over_ten=0.0), told=told, now=now)
    if news is not None:
        assert news.low <= news.likely <= news.high
        assert news.by > now
        assert news.news == 1


def test_the_by_time_is_what_eight_in_ten_keep_to_the_nearest_minute():
    told = first_telling(seen(30), now=OPENS + timedelta(seconds=20))
    assert told.by == OPENS + minutes(45)
    assert (told.low, told.high) == (minutes(15), minutes(45))


def test_nothing_is_said_while_the_likely_wait_stays_in_the_range():
    told = first_telling(seen(30), now=OPENS)
    assert next_telling(seen(30), told=told, now=OPENS + minutes(5)) is None


def test_nothing_is_said_of_small_changes_outside_a_narrow_range():
    told = first_telling(seen(14, 0.01), now=OPENS)
    assert (told.low, told.high) == (minutes(10), minutes(15))
    assert next_telling(seen(15, 0.01), told=told, now=OPENS + minutes(2)) is None


def test_a_wait_that_grew_out_of_its_range_is_told_at_once():
    told = first_telling(seen(30), now=OPENS)
    news = next_telling(seen(60), told=told, now=OPENS + minutes(1))
    assert news is not None
    assert news.by > told.by + minutes(5)
    assert news.longer == 1


def test_a_wait_that_shrank_is_told_too():
    told = first_telling(seen(60), now=OPENS)
    news = next_telling(seen(5), told=told, now=OPENS + minutes(1))
    assert news is not None
    assert news.longer == 0
    assert news.by < told.by


def test_later_news_comes_at_most_once_in_ten_minutes():
    told = first_telling(seen(30), now=OPENS)
    first = next_telling(seen(60), told=told, now=OPENS + minutes(1))
    assert first is not None
    assert next_telling(seen(120), told=first, now=OPENS + minutes(10)) is None
    assert next_telling(seen(120), told=first, now=OPENS + minutes(11)) is not None


def test_a_told_time_never_passes_without_news():
    told = first_telling(seen(10, 0.01), now=OPENS)
    news = next_telling(seen(1), told=told, now=told.by - LEAD)
    assert news is not None
    assert news.by >= told.by + minutes(5)


def test_not_even_within_ten_minutes_of_the_last_news():
    told = first_telling(seen(30), now=OPENS)
    news = next_telling(seen(2, 0.01), told=told, now=OPENS + minutes(1))
    assert news is not None
    assert news.by == OPENS + minutes(6)
    again = next_telling(seen(4), told=news, now=news.by - LEAD)
    assert again is not None


def test_a_second_lengthening_goes_at_once_to_what_nine_in_ten_keep():
    told = first_telling(seen(20), now=OPENS)
    news = next_telling(seen(40), told=told, now=OPENS + minutes(1))
    assert news is not None
    again = next_telling(seen(80), told=news, now=OPENS + minutes(20))
    assert again is not None
    assert again.longer == 2
    assert again.by == OPENS + minutes(20) + seen(80).high


def test_a_by_time_is_right_on_the_night_of_the_clock_change():
    paris = ZoneInfo("Europe/Paris")
    before = datetime(2026, 10, 25, 2, 50, tzinfo=paris)
    told = first_telling(seen(30), now=before)
    assert told.by.timestamp() - before.timestamp() == 45 * 60
    after = datetime(2026, 10, 25, 2, 5, fold=1, tzinfo=paris)
    assert next_telling(seen(15), told=told, now=after) is None
