"""Groups beside each other: true to their numbers, and no larger than they are."""

from alongside.rules.funnel import ONE_IN_20, ONE_IN_500, limits
from alongside.ui.plots import Mark, Spot, caterpillar, funnel


def marks(*values: float) -> list[Mark]:
    return [Mark(label="a", value=v, low=v - 0.1, high=v + 0.1, own=v) for v in values]


def percent(place: str) -> float:
    return float(place.removesuffix("%"))


def test_nought_is_on_the_scale_so_that_small_differences_look_small():
    drawn = caterpillar(marks(2.4, 2.5), middle=2.45)
    first, second = (percent(row.x) for row in drawn.rows)
    assert drawn.zero == "3%"
    assert 3 < second - first < 5
    assert [number for _, _, number in drawn.scale] == [0.0, 2.6]


def test_below_nought_the_scale_ends_there():
    drawn = caterpillar(marks(-2.0), middle=-2.0)
    assert drawn.zero == "97%"
    # With nought well inside, its number stands there too.
    assert [n for _, _, n in caterpillar(marks(-2, 2), middle=0).scale] == [-2.1, 2.1, 0.0]


def test_an_interval_holds_its_value_and_rows_stand_under_each_other():
    drawn = caterpillar(marks(1, 2, 3), middle=2)
    assert all(percent(r.low) < percent(r.x) < percent(r.high) for r in drawn.rows)
    assert [row.y for row in drawn.rows] == ["2.3rem", "5.55rem", "8.8rem"]
    assert drawn.height == "12.05rem"


def test_no_groups_are_an_empty_picture():
    assert caterpillar([], middle=0).rows == ()


def a_funnel(*spots: Spot, least: int = 5):
    both = (lambda n: limits(n, 0.6, ONE_IN_20), lambda n: limits(n, 0.6, ONE_IN_500))
    return funnel(spots, middle=0.6, limits=both, least=least)


def test_more_people_stand_to_the_right_and_more_of_them_higher():
    drawn = a_funnel(Spot(number=1, share=0.5, n=20), Spot(number=2, share=0.7, n=200))
    few, many = drawn.spots
    assert percent(few.x) < percent(many.x)
    assert float(few.y.removesuffix("rem")) > float(many.y.removesuffix("rem"))
    assert [number for _, _, number in drawn.counts] == [16, 245]


def test_every_group_and_every_limit_lies_on_the_plot():
    drawn = a_funnel(Spot(number=1, share=0.98, n=30), Spot(number=2, share=0.6, n=400))
    assert [share for _, share in drawn.levels] == [100, 60, 20]
    for pair in drawn.curves:
        assert len(pair) == 2
        for path in pair:
            points = [point.split() for point in path.removeprefix("M").split("L")]
            assert all(-0.1 <= float(x) <= 100.1 and -0.1 <= float(y) <= 100.1 for x, y in points)


def test_what_no_share_of_so_few_can_reach_is_not_drawn():
    drawn = a_funnel(Spot(number=1, share=0.6, n=5))
    inner, outer = drawn.curves
    # Five of five are nothing unusual: there is no upper limit there.
    assert all(not path.startswith("M0.0") or " 0.0L" not in path for path in inner)
    assert len(outer) <= len(inner)


def test_the_scale_begins_no_lower_than_what_may_be_shown():
    assert a_funnel(Spot(number=1, share=0.6, n=11), least=10).counts[0][2] == 10
