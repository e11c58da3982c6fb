"""What came of it for many people together, and what is never shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.measures import find
from alongside.rules.measures.score import Better, Verdict
from alongside.rules.measures.sums import Changed
from alongside.rules.outcomes import (
    Course,
    Said,
    Turn,
    figures,
    goes_with,
    of_change,
    of_goals,
    period,
    to_hide,
    within,
)

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def courses(*gains: float, turn: Turn | None = None) -> list[Course]:
    return [
        Course(
            person=n,
            before=3.0,
            now=3.0 + gain,
            gain=gain,
            turn=turn or (Turn.BETTER if gain >= 2 else Turn.WORSE if gain <= -2 else Turn.NEITHER),
        )
        for n, gain in enumerate(gains)
    ]


def test_a_worked_example():
    found = figures(courses(0, 1, 2, 3, 4, -2))
    assert (found.n, found.before, round(found.now, 3)) == (6, 3.0, 4.333)
    assert found.gain == pytest.approx(4 / 3)
    # scipy 1.17.1: stats.t.interval(.95, 5, loc=np.mean(x), scale=stats.sem(x))
    assert (found.low, found.high) == pytest.approx((-0.9338, 3.6005), abs=0.002)
    assert (found.better.hits, found.worse.hits) == (3, 1)
    assert (found.better.low, found.better.high) == pytest.approx((0.1876, 0.8124), abs=1e-4)
    assert found.said is Said.UNCLEAR


def test_what_can_be_said_of_a_mean():
    assert figures(courses(2, 3, 2, 3, 2)).said is Said.BETTER
    assert figures(courses(-2, -3, -2, -3, -2)).said is Said.WORSE
    assert figures(courses(-2, 3, 0, 1, -1)).said is Said.UNCLEAR


def test_four_people_are_never_shown_and_five_are():
    assert figures(courses(1, 2, 3, 4)) is None
    assert figures(courses(1, 2, 3, 4, 5)).n == 5
    assert figures(courses(*[1.0] * 9), least=10) is None
    # A lower bound than five cannot be asked for.
    assert figures(courses(1, 2, 3, 4), least=1) is None


def test_nobody_counts_twice():
    twice = courses(1, 2, 3, 4, 5)
    with pytest.raises(ValueError, match="twice"):
        figures([*twice, twice[0]])


@given(st.lists(st.floats(-10, 10), min_size=5, max_size=60))
def test_the_mean_lies_in_its_interval_and_shares_add_up_to_no_more_than_all(gains):
    found = figures(courses(*gains))
    assert found.low <= found.gain <= found.high
    assert found.better.hits + found.worse.hits <= found.n
    share = found.better
    assert 0 <= share.low <= share.share + 1e-9
    assert share.share <= share.high + 1e-9 <= 1 + 2e-9


@given(st.lists(st.floats(-10, 10), min_size=5, max_size=40), st.randoms())
def test_the_order_of_people_does_not_matter(gains, rng):
    mixed = courses(*gains)
    rng.shuffle(mixed)
    plain, other = figures(courses(*gains)), figures(mixed)
    assert (plain.gain, plain.low) == pytest.approx((other.gain, other.low), abs=1e-9)
    assert plain.better == other.better


def test_without_an_agreed_figure_nobody_is_counted_as_better():
    found = figures(courses(1, 2, 3, 4, 5, turn=Turn.NO_FIGURE))
    assert (found.better, found.worse) == (None, None)
    assert found.said is Said.BETTER


def test_two_goals_of_one_person_are_one_person():
    one = of_goals("amara", [(2, 6), (4, 4)])
    assert (one.before, one.now, one.gain, one.turn) == (3, 5, 2, Turn.BETTER)
    assert of_goals("luc", [(3, 4)]).turn is Turn.NEITHER
    assert of_goals("pekka", [(6, 3)]).turn is Turn.WORSE
    assert of_goals("olli", [(6, 6)]).turn is Turn.NEITHER


@pytest.mark.parametrize(
    ("name", "before", "now", "gain", "turn"),
    [
        # Lower is better, 5 points count: from 14 to 8.
        ("phq-9", [2, 2, 2, 2, 2, 2, 2, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1, 0], 6, Turn.BETTER),
        ("phq-9", [1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1, 0, 0, 0], -5, Turn.WORSE),
        ("phq-9", [1, 1, 1, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0, 0], 1, Turn.NEITHER),
        # No agreed figure.
        ("phq-2", [2, 2], [1, 1], 2, Turn.NO_FIGURE),
        ("activities-0-10", [3, 2, 5], [7, 6, 6], 3, Turn.BETTER),
    ],
)
def test_a_change_is_worth_what_its_own_measure_says(name, before, now, gain, turn):
    measure = find(name)
    change = measure.change({"answers": before}, {"answers": now})
    found = of_change("amara", change, measure.better)
    assert (found.gain, found.turn) == (pytest.approx(gain), turn)


def test_two_that_cannot_be_compared_are_no_course():
    measure = find("phq-9")
    before = {"answers": [1] * 9, "language": "en"}
    change = measure.change(before, {"answers": [0] * 9, "language": "fr"})
    assert change.verdict is Verdict.NOT_COMPARABLE
    assert of_change("amara", change, measure.better) is None


@given(st.integers(0, 27), st.integers(0, 27))
def test_known_scores_are_worth_what_the_answers_are(first, last):
    measure = find("phq-9")
    assert isinstance(measure.change, Changed)
    assert measure.change.between(first, last) == measure.change({"total": first}, {"total": last})


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_which_way_is_better_turns_the_gain(first, last):
    change = Changed(score=find("tug").score, better=Better.LOWER).between(first, last)
    assert of_change("amara", change, Better.LOWER).gain == pytest.approx(first - last)
    assert of_change("amara", change, Better.HIGHER).gain == pytest.approx(last - first)


def test_one_gap_in_a_table_would_be_no_gap():
    assert to_hide({"a": 12, "b": 9, "c": 3}) == {"c", "b"}
    assert to_hide({"a": 12, "b": 4, "c": 3}) == {"b", "c"}
    assert to_hide({"a": 12, "b": 9}) == frozenset()
    assert to_hide({"a": 3}) == {"a"}
    # Nobody at all tells nothing of anybody.
    assert to_hide({"a": 12, "b": 9, "c": 0}) == {"c"}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8))
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(counts):
    hidden = to_hide(counts)
    assert all(name in hidden for name, n in counts.items() if n < 5)
    left = [counts[name] for name in hidden]
    only_one = len(counts) == 1 or sum(left) == 0
    assert only_one or len(left) != 1


def test_the_spread_within_groups_is_pooled():
    a, b = figures(courses(1, 2, 3, 4, 5)), figures(courses(0, 0, 0, 0, 0, 0))
    assert within([a]) == pytest.approx(a.spread)
    assert within([a, b]) == pytest.approx((10 / 9) ** 0.5)
    assert within([]) == 0


@pytest.mark.parametrize(
    ("days", "goes"), [(-91, False), (-90, True), (0, True), (28, True), (29, False)]
)
def test_a_service_that_came_late_is_not_thanked(days, goes):
    assert goes_with(began_at=BEGAN, yes_at=BEGAN + timedelta(days=days)) is goes


def test_the_month_that_runs_is_left_out():
    assert period(date(2026, 11, 24), 12) == (date(2025, 11, 1), date(2026, 11, 1))
    assert period(date(2026, 1, 1), 12) == (date(2025, 1, 1), date(2026, 1, 1))
    assert period(date(2026, 3, 31), 36) == (date(2023, 3, 1), date(2026, 3, 1))
