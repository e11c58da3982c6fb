"""Series."""

from datetime import date

import pytest

from alongside.rules.scheduling.series import SeriesTooLong, weekly

TUESDAY = date(2026, 12, 8)


def test_six_tuesdays():
    dates = weekly(TUESDAY, 6)
    assert len(dates) == 6
    assert {day.weekday() for day in dates} == {1}


def test_a_closed_day_is_skipped_and_made_up_for():
    closed = date(2026, 12, 22)
    dates = weekly(TUESDAY, 3, is_closed=lambda day: day == closed)
    assert dates == [TUESDAY, date(2026, 12, 15), date(2026, 12, 29)]


def test_every_second_week():
    assert weekly(TUESDAY, 3, every=2)[1:] == [date(2026, 12, 22), date(2027, 1, 5)]


def test_a_weekday_that_is_always_closed_gives_nothing():
    assert weekly(TUESDAY, 6, is_closed=lambda _: True) == []


@pytest.mark.parametrize("count", [0, -1, 53])
def test_a_series_of_no_visit_or_of_more_than_a_year_is_refused(count):
    with pytest.raises(SeriesTooLong):
        weekly(TUESDAY, count)
