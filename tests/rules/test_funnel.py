"""A funnel's limits: those of the binomial, and what stands beyond them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.funnel import ONE_IN_20, ONE_IN_500, Stands, limits, stands

shares = st.floats(0.02, 0.98)


@pytest.mark.parametrize(
    ("n", "middle", "side", "low", "high"),
    # scipy 1.17.1: the most with binom.cdf <= side, the fewest with binom.sf(x - 1) <= side.
    [
        (5, 0.6, ONE_IN_20, 0, None),
        (20, 0.6, ONE_IN_20, 7, 17),
        (20, 0.6, ONE_IN_500, 4, 19),
        (50, 0.3, ONE_IN_20, 8, 23),
        (400, 0.62, ONE_IN_20, 228, 268),
        (400, 0.62, ONE_IN_500, 217, 279),
    ],
)
def test_limits_are_those_of_the_binomial(n, middle, side, low, high):
    lower, upper = limits(n, middle, side)
    beyond = [hits for hits in range(n + 1) if hits / n <= lower]
    above = [hits for hits in range(n + 1) if hits / n >= upper]
    assert max(beyond) == low
    assert (min(above) if above else None) == high


@given(st.integers(1, 300), shares)
def test_limits_lie_around_the_middle_and_the_wider_outside(n, middle):
    low, high = limits(n, middle, ONE_IN_20)
    lowest, highest = limits(n, middle, ONE_IN_500)
    assert lowest < low < middle < high < highest


@given(st.integers(1, 120), shares, st.data())
def test_turned_round_it_is_the_same_funnel(n, middle, data):
    hits = data.draw(st.integers(0, n))
    low, high = limits(n, middle, ONE_IN_20)
    other_low, other_high = limits(n, 1 - middle, ONE_IN_20)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1e-6)
    assert isinstance(stands(hits, n, middle), Stands)


def test_more_people_make_it_narrower():
    widths = [high - low for low, high in (limits(n, 0.6, ONE_IN_20) for n in (5, 20, 80, 320))]
    assert widths == sorted(widths, reverse=True)


def test_within_outside_and_beyond():
    assert stands(12, 20, 0.6) is Stands.WITHIN
    assert stands(17, 20, 0.6) is Stands.OUTER
    assert stands(19, 20, 0.6) is Stands.BEYOND
    # Five of five is nothing unusual for so few.
    assert stands(5, 5, 0.6) is Stands.WITHIN


def test_at_the_ends_of_the_scale():
    assert stands(0, 8, 0.0) is Stands.WITHIN
    assert stands(1, 8, 0.0) is Stands.BEYOND
    assert stands(8, 8, 1.0) is Stands.WITHIN
    assert stands(7, 8, 1.0) is Stands.BEYOND


def test_what_is_no_funnel_is_refused():
    for n, middle in ((0, 0.5), (5, 1.2), (5, -0.1)):
        with pytest.raises(ValueError, match="no funnel"):
            limits(n, middle, ONE_IN_20)
