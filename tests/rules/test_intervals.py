"""Student's interval of a mean, beside scipy's figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.intervals import of_mean, t_point


@pytest.mark.parametrize(
    ("freedom", "of_scipy"),
    # scipy 1.17.1: stats.t.ppf(.975, freedom)
    [(4, 2.776445), (5, 2.570582), (9, 2.262157), (30, 2.042272)],
)
def test_students_point_is_that_of_scipy(freedom, of_scipy):
    assert t_point(freedom) == pytest.approx(of_scipy, abs=0.001)


def test_the_interval_of_a_mean():
    # scipy 1.17.1: stats.t.interval(.95, 9, loc=2, scale=1.5 / 10**.5)
    assert of_mean(2.0, 1.5, 10) == pytest.approx((0.926965, 3.073035), abs=1e-5)


def test_four_people_have_no_mean_and_five_have():
    assert of_mean(2.0, 1.5, 4) is None
    assert of_mean(2.0, 1.5, 5) is not None


@given(st.floats(-10, 10), st.floats(0.1, 5), st.integers(5, 500))
def test_more_people_are_surer(mean, spread, n):
    (low, high), (lower, higher) = of_mean(mean, spread, n + 1), of_mean(mean, spread, n)
    assert lower < low < mean < high < higher
