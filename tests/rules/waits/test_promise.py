"""The promise is steered: kept by 8 in 10 whatever the quantiles say, and on the same day."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.waits import Laws, forecast
from alongside.rules.waits.follow import overnight
from alongside.rules.waits.forecast import LEVELS
from alongside.rules.waits.promise import after_a_day, promised, so_far, steered
from alongside.rules.waits.record import Record

from .clinic import OPENS, minutes, morning

NOW = OPENS + minutes(132)


def lived(days: int, *, off: float, steer: bool = True) -> list[float]:
    """The share kept by day, where waits are `off` minutes longer than the quantiles say."""
    bits = np.random.default_rng(3)
    spread = np.quantile(bits.normal(0, 10, 9999), LEVELS)
    state, kept = 0.0, []
    for _ in range(days):
        came = np.sort(bits.uniform(480, 1000, 25))
        real = 40 + off + bits.normal(0, 10, 25)
        quantiles = np.tile(40 + spread, (25, 1))
        told = promised(quantiles, state)
        kept.append(float((real <= told).mean()))
        state = after_a_day(state, quantiles, came, real) if steer else 0.0
    return kept


@pytest.mark.parametrize("off", [-8, 8])
def test_a_forecast_that_is_off_keeps_its_promises_all_the_same(off):
    assert abs(np.mean(lived(80, off=off)[20:]) - 0.8) < 0.08
    # The control: the same forecasts, not steered.
    assert abs(np.mean(lived(80, off=off, steer=False)[20:]) - 0.8) > 0.12


def test_eight_kept_and_two_missed_leave_everything_as_it_is():
    assert steered(8, 2) == pytest.approx(0)
    assert steered(8, 3) > 0 > steered(9, 2)


def test_what_counts_is_what_is_known_by_now():
    by = NOW
    early, late = NOW - minutes(5), NOW + minutes(5)
    assert so_far([(by, early)], NOW - minutes(10)) == (0, 0), "still to come"
    assert so_far([(by, early)], NOW) == (1, 0)
    assert so_far([(by, late)], NOW) == (0, 0), "still in time"
    assert so_far([(by, late)], NOW + minutes(1)) == (0, 1), "missed before it ends"
    assert so_far([(by, None)], NOW + minutes(1)) == (0, 1)


def test_this_mornings_missed_promises_move_those_of_the_afternoon_and_no_quantile():
    day = morning(now=NOW)
    calm = forecast(day, Laws.prior(), now=NOW, seed=1, futures=300)
    rough = forecast(replace(day, promises=(0, 6)), Laws.prior(), now=NOW, seed=1, futures=300)
    assert all(rough[name].by > calm[name].by for name in calm)
    assert all(rough[name].quantiles == calm[name].quantiles for name in calm)
    # The control: where 8 in 10 were kept, nothing moves.
    kept = forecast(replace(day, promises=(8, 2)), Laws.prior(), now=NOW, seed=1, futures=300)
    assert all(abs(kept[name].by - calm[name].by) < timedelta(seconds=1) for name in calm)


@given(st.lists(st.floats(0, 300), min_size=9, max_size=9).map(sorted), st.floats(-5, 5))
def test_no_promise_is_nearer_than_what_is_likely(quantiles, steer):
    assert promised(np.array([quantiles]), steer)[0] >= quantiles[4]


def test_a_night_without_visits_changes_no_promise():
    laws = replace(Laws.prior(), promise=0.3)
    assert overnight(laws, Record()).promise == 0.3
