"""What every score must hold, whatever is answered."""

import math

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.measures import ALL, BadAnswers, find
from alongside.rules.measures.gas import t_score
from alongside.rules.measures.score import Better
from alongside.rules.measures.sums import Summed

SUMS = {name: one for name, one in ALL.items() if isinstance(one.score, Summed)}
LEVELS = st.lists(st.sampled_from([-2.0, -1.0, -0.5, 0.0, 1.0, 2.0]), min_size=1, max_size=8)


@given(st.sampled_from(sorted(ALL)), st.data())
def test_whatever_comes_in_gives_a_score_or_a_named_refusal(name: str, data: st.DataObject) -> None:
    junk = st.recursive(
        st.none() | st.booleans() | st.integers(-5, 40) | st.floats() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=12) | st.dictionaries(st.text(max_size=6), inner),
        max_leaves=14,
    )
    measure = find(name)
    asked = {"answers": data.draw(junk)} | data.draw(
        st.dictionaries(st.sampled_from(["weights", "hand", "age", "sex", "total", "scale"]), junk)
    )
    try:
        score = measure.score(asked)
    except BadAnswers:
        return
    if score.value is None:
        assert score.shown is None
        assert score.why_none
    else:
        assert math.isfinite(score.value)
        assert measure.low is None or score.value >= measure.low - 1e-9 or name == "whodas-12"
        assert measure.high is None or score.value <= measure.high + 1e-9 or name == "whodas-12"


@given(st.sampled_from(sorted(SUMS)), st.data())
def test_a_sum_does_not_fall_when_an_answer_rises(name: str, data: st.DataObject) -> None:
    items = SUMS[name].items
    answers = [data.draw(st.integers(int(item.low), int(item.high))) for item in items]
    place = data.draw(st.integers(0, len(items) - 1))
    more = list(answers)
    more[place] = min(more[place] + 1, int(items[place].high))
    before = SUMS[name].score({"answers": answers}).value
    after = SUMS[name].score({"answers": more}).value
    assert before is not None
    assert after is not None
    assert after >= before


@given(st.sampled_from(["phq-9", "gad-7", "short-fes-i", "quickdash", "care"]), st.data())
def test_gaps_beyond_the_rule_give_no_score(name: str, data: st.DataObject) -> None:
    measure = find(name)
    most = {"phq-9": 2, "gad-7": 1, "short-fes-i": 2, "quickdash": 1, "care": 2}[name]
    gaps = data.draw(st.integers(0, len(measure.items)))
    answers: list[int | None] = [int(item.low) for item in measure.items]
    answers[:gaps] = [None] * gaps
    assert (measure.score({"answers": answers}).value is None) == (gaps > most)


@given(LEVELS, st.randoms())
def test_t_does_not_depend_on_the_order_of_goals(levels: list[float], chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(levels)
    chance.shuffle(mixed)
    one, other = t_score(levels, [1.0] * len(levels)), t_score(mixed, [1.0] * len(mixed))
    assert one is not None
    assert other is not None
    assert math.isclose(one, other)


@given(LEVELS)
def test_equal_weights_are_no_weights(levels: list[float]) -> None:
    one, other = t_score(levels, [1.0] * len(levels)), t_score(levels, [6.0] * len(levels))
    assert one is not None
    assert other is not None
    assert math.isclose(one, other)


def test_k_of_equal_weights() -> None:
    published = (10.000, 6.202, 4.564, 3.627, 3.015, 2.582)
    for count, k in enumerate(published, start=1):
        found = t_score([1.0] + [0.0] * (count - 1), [1.0] * count)
        assert found is not None
        assert abs(found - 50 - k) < 0.0005


def test_every_measure_says_where_it_is_from() -> None:
    for measure in ALL.values():
        for told in (measure.title, measure.formula, measure.missing, measure.changes):
            assert told, measure.name
        assert measure.source
        assert measure.attribution
        assert measure.better in Better
