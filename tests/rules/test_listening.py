"""No single answer can be read out of the figures."""

from datetime import date

import pytest

from alongside.rules.listening import LEAST, Share, months_before, share


@pytest.mark.parametrize("n", range(LEAST))
def test_below_five_nothing_is_shown(n):
    assert share(n, n) is None


def test_from_five_on_it_is():
    """The negative control; Wilson by hand for 4 of 5: 0.376 to 0.964."""
    found = share(4, LEAST)
    assert isinstance(found, Share)
    assert (found.n, found.yes) == (5, 0.8)
    assert (round(found.low, 3), round(found.high, 3)) == (0.376, 0.964)


def test_only_months_that_are_over_back_over_the_new_year():
    found = months_before(date(2026, 2, 3), 3)
    assert found == [date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1)]
