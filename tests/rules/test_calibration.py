"""What came of told waits: counted by week, by hour, and by what was told."""

from datetime import date

from alongside.rules.calibration import Promise, came_of, cover_by_hour, kept_by_week

MONDAY, NEXT = date(2026, 11, 16), date(2026, 11, 23)


def told(likely: float, waited: float, *, week: date = MONDAY, hour: int = 9, kept: bool = True):
    return Promise(
        week=week,
        hour=hour,
        low=likely - 4,
        likely=likely,
        high=likely + 6,
        waited=waited,
        kept=kept,
    )


def test_kept_times_are_counted_week_by_week():
    weeks = kept_by_week([told(8, 9), told(8, 20, kept=False), told(8, 3, week=NEXT)])
    assert [(week, share.hits, share.n) for week, share in weeks] == [(MONDAY, 1, 2), (NEXT, 1, 1)]


def test_cover_is_counted_by_the_hour_in_order():
    hours = cover_by_hour([told(8, 9, hour=14), told(8, 40, hour=14), told(8, 5, hour=9)])
    assert [(hour, share.hits, share.n) for hour, share in hours] == [(9, 1, 1), (14, 1, 2)]


def test_half_a_minute_beside_the_interval_is_inside_and_a_minute_is_not():
    assert told(8, 14.4).is_inside
    assert told(8, 3.6).is_inside
    assert not told(8, 15).is_inside
    assert not told(8, 3).is_inside


def test_waits_told_alike_stand_together_with_where_eight_in_ten_lay():
    bands = came_of([told(7, float(waited)) for waited in range(11)] + [told(90, 80), told(0.2, 1)])
    assert [(band.start, band.end, band.n) for band in bands] == [
        (0, 5, 1),
        (5, 10, 11),
        (60, None, 1),
    ]
    assert (bands[1].low, bands[1].middle, bands[1].high) == (1, 5, 9)


def test_nothing_told_shows_nothing():
    assert kept_by_week([]) == cover_by_hour([]) == came_of([]) == ()
