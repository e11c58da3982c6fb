"""Groups drawn towards all of them: a known example, what must always hold, and noise itself."""

from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.intervals import Z95
from alongside.rules.shrinkage import Group, as_share, differ, drawn_together, of_share

EIGHT = ((28, 15), (8, 10), (-3, 16), (7, 11), (-1, 9), (1, 11), (18, 10), (12, 18))
"""Rubin's eight schools (Bayesian Data Analysis, 3rd ed., table 5.2): effect, standard error."""
# The posterior means and standard deviations, worked out anew with scipy 1.17.1 (quad).
OF_SCIPY = (
    (11.4003, 8.3414), (7.8946, 6.2748), (6.1307, 7.7652), (7.6447, 6.5463),
    (5.1264, 6.3574), (6.1385, 6.7103), (10.6670, 6.7856), (8.4568, 7.8882),
)  # fmt: skip
errors = st.floats(0.1, 5)
some = st.lists(st.tuples(st.floats(-10, 10), errors), min_size=3, max_size=12)


def groups(pairs) -> list[Group]:
    return [Group(name=str(n), value=value, error=error) for n, (value, error) in enumerate(pairs)]


def test_the_eight_schools_come_out_as_in_the_book():
    family = drawn_together(groups(EIGHT))
    assert family.middle == pytest.approx(7.932, abs=0.01)
    assert family.spread == pytest.approx(6.575, abs=0.01)
    for one, (mean, deviation) in zip(family.groups, OF_SCIPY, strict=True):
        assert one.value == pytest.approx(mean, abs=0.01)
        assert (one.high - one.low) / (2 * Z95) == pytest.approx(deviation, abs=0.01)


def test_a_spread_that_is_hardly_believed_draws_them_closer():
    wide, close = drawn_together(groups(EIGHT)), drawn_together(groups(EIGHT), widest=5.0)
    assert close.spread == pytest.approx(3.310, abs=0.01)
    assert all(a.kept < b.kept for a, b in zip(close.groups, wide.groups, strict=True))


def test_two_groups_tell_nothing_of_how_far_groups_lie_apart():
    assert drawn_together(groups(EIGHT[:2])) is None
    assert drawn_together(groups(EIGHT[:3])) is not None


def test_an_error_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        drawn_together(groups([(1, 1), (2, 0), (3, 1)]))


@given(some)
def test_each_is_between_its_own_figure_and_the_others(pairs):
    family = drawn_together(groups(pairs), widest=2.0)
    values = [value for value, _ in pairs]
    assert min(values) - 1e-6 <= family.middle <= max(values) + 1e-6
    for one in family.groups:
        assert min(values) - 1e-6 <= one.value <= max(values) + 1e-6
        assert 0 <= one.kept <= 1
        assert one.low <= one.value <= one.high


@given(some)
def test_fewer_people_keep_less_of_their_own(pairs):
    family = drawn_together(groups(pairs), widest=2.0)
    by_error = sorted(zip(pairs, family.groups, strict=True), key=lambda pair: pair[0][1])
    kept = [one.kept for _, one in by_error]
    assert kept == sorted(kept, reverse=True)


@given(some, st.floats(-50, 50), st.randoms())
def test_neither_the_order_nor_the_zero_matters(pairs, moved, rng):
    plain = {one.name: one.value for one in drawn_together(groups(pairs), widest=2.0).groups}
    other = [
        Group(name=one.name, value=one.value + moved, error=one.error) for one in groups(pairs)
    ]
    rng.shuffle(other)
    for one in drawn_together(other, widest=2.0).groups:
        assert one.value - moved == pytest.approx(plain[one.name], abs=1e-6)


@given(st.integers(1, 400), st.data())
def test_a_share_and_back(n, data):
    hits = data.draw(st.integers(0, n))
    assert as_share(of_share("a", hits, n).value) == pytest.approx(hits / n, abs=0.5 / (n + 0.75))


def test_what_is_no_share_is_refused():
    for hits, n in ((3, 2), (0, 0), (-1, 4)):
        with pytest.raises(ValueError, match="no share"):
            of_share("a", hits, n)


def drawn_by_chance(rng: Random, *, spread: float, how_many: int = 8):
    """Groups whose own truth is known, each with as many people as it happens to have."""
    truths = [rng.gauss(0, spread) for _ in range(how_many)]
    made = [rng.uniform(0.3, 1.5) for _ in truths]
    met = [rng.gauss(truth, error) for truth, error in zip(truths, made, strict=True)]
    return truths, groups(list(zip(met, made, strict=True)))


def covers_of_the_first(*, drawn: bool, times: int = 400) -> float:
    """How often the interval of whoever comes out first holds the truth about them."""
    rng, held = Random("whoever comes out first"), 0
    for _ in range(times):
        truths, made = drawn_by_chance(rng, spread=0.3, how_many=14)
        if drawn:
            bars = [(one.value, one.low, one.high) for one in drawn_together(made).groups]
        else:
            bars = [
                (one.value, one.value - Z95 * one.error, one.value + Z95 * one.error)
                for one in made
            ]
        first = max(range(len(bars)), key=lambda place: bars[place][0])
        held += bars[first][1] <= truths[first] <= bars[first][2]
    return held / times


def test_who_comes_out_first_is_told_truly_and_without_shrinkage_is_not():
    assert covers_of_the_first(drawn=True) >= 0.93
    # The negative control: the plain interval of whoever happens to be first is far too sure.
    assert covers_of_the_first(drawn=False) <= 0.85


def test_drawn_figures_lie_nearer_to_the_truth():
    rng, plain, drawn = Random("nearer"), [], []
    for _ in range(200):
        truths, made = drawn_by_chance(rng, spread=0.4)
        family = drawn_together(made).groups
        plain.append(fmean((g.value - t) ** 2 for g, t in zip(made, truths, strict=True)))
        drawn.append(fmean((g.value - t) ** 2 for g, t in zip(family, truths, strict=True)))
    assert fmean(drawn) < 0.5 * fmean(plain)


def test_noise_is_called_a_difference_in_one_of_twenty_and_a_difference_is_seen():
    rng = Random("noise")
    noise = [differ(drawn_by_chance(rng, spread=0)[1]) for _ in range(1000)]
    assert 0.03 <= fmean(noise) <= 0.07
    # The negative control: groups that do lie apart are not missed.
    apart = [differ(drawn_by_chance(rng, spread=2.5)[1]) for _ in range(200)]
    assert fmean(apart) > 0.9


def test_with_few_people_more_is_asked_for():
    made = groups([(0, 1), (0, 1), (3.2, 1)])
    assert differ(made)
    assert not differ(made, freedom=6)
    assert not differ(made[:1])
