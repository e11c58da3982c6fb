"""Pictures: places in per cent and rem, true to their numbers."""

from datetime import date, timedelta

from alongside.ui.charts import Bar, Series, bars, lines, rail

FIVE, FIFTEEN = timedelta(minutes=5), timedelta(minutes=15)


def test_a_told_range_lies_inside_its_rail_with_room_after_it():
    drawn = rail(FIVE, FIFTEEN)
    assert (drawn.low, drawn.width, drawn.last) == ("16.67%", "33.33%", 30)


def test_a_range_of_nothing_can_still_be_seen():
    assert rail(timedelta(), timedelta()).width == "4%"


def test_bars_start_at_zero_and_share_a_scale():
    drawn = bars([Bar(label="a", value=50, shown="50"), Bar(label="b", value=100, shown="100")])
    assert [row.x for row in drawn.rows] == ["0%", "0%"]
    assert [row.width for row in drawn.rows] == ["39%", "78%"]
    assert drawn.height == "7rem"


def test_a_bar_below_zero_goes_the_other_way():
    drawn = bars([Bar(label="a", value=-50, shown="-50")], low=-100, high=100)
    assert (drawn.zero, drawn.rows[0].x, drawn.rows[0].width) == ("39%", "19.5%", "19.5%")


def test_an_interval_lies_under_its_bar():
    drawn = bars([Bar(label="a", value=50, low=40, high=60, shown="50")], high=100)
    assert drawn.rows[0].interval == ("31.2%", "46.8%")


def test_no_bars_and_no_points_are_empty_pictures():
    assert bars([]).rows == ()
    empty = lines([Series(label="a", points=())], low=0, high=10)
    assert (empty.days, empty.lines[0].dots) == ((), ())


def test_a_line_goes_from_the_first_day_to_the_last():
    one = Series(label="a", points=((date(2026, 9, 1), 0), (date(2026, 9, 11), 10)))
    drawn = lines([one], low=0, high=10)
    assert drawn.lines[0].pieces == (("12%", "9.4rem", "97%", "1.4rem"),)
    assert [day for _, _, day in drawn.days] == [date(2026, 9, 1), date(2026, 9, 11)]


def test_one_point_stands_in_the_middle():
    drawn = lines([Series(label="a", points=((date(2026, 9, 1), 5),))], low=0, high=10)
    assert drawn.lines[0].dots == (("54.5%", "5.4rem"),)


def test_a_goal_is_a_band():
    assert lines([], low=0, high=10, goal=(5, 10)).goal == ("1.4rem", "4rem")
