"""What is learned of the futures' mistakes: from where it starts, and how promises follow."""

import json
from dataclasses import replace

import numpy as np
import pytest

from alongside.rules.waits import Laws, learn
from alongside.rules.waits.boost import LEVELS, Forest
from alongside.rules.waits.correction import BOOKED_CLOCK, Correction, Side, moved
from alongside.rules.waits.features import rows_of
from alongside.rules.waits.follow import followed, hours_after
from alongside.rules.waits.lean import BOOKED, USUAL_LEFT, alike_for_all, lean
from alongside.rules.waits.looks import Looks
from alongside.rules.waits.record import Case, picture
from alongside.rules.waits.scores import pinball
from alongside.rules.waits.teach import _tried

from .clinic import shared_log

MANY = 1200
STUMPS = Forest(features=((0,),), cuts=((30.0,),), leaves=(((-1.0,) * 9, (2.0,) * 9),))


def looks(*, believe: bool) -> Looks:
    """Waits of a clinic whose futures are right, or of one where only the usual wait is."""
    bits = np.random.default_rng(4)
    rows = np.zeros((MANY, 6))
    rows[:, BOOKED] = bits.uniform(-20, 60, MANY)
    rows[:, BOOKED_CLOCK] = bits.integers(8, 18, MANY) * 60.0
    rows[:, USUAL_LEFT] = bits.uniform(5, 50, MANY)
    from_futures = bits.uniform(5, 60, MANY)
    middle = from_futures if believe else rows[:, USUAL_LEFT]
    spread = np.quantile(bits.normal(0, 6, 9999), LEVELS)
    return Looks(
        on=np.repeat(np.arange(MANY // 20), 20),
        rows=rows,
        simulated=np.maximum(from_futures[:, None] + spread, 0.0),
        real=np.maximum(middle + bits.normal(0, 6, MANY), 0.0),
    )


def cases(seen: Looks) -> list[Case]:
    parts = zip(seen.on.tolist(), seen.rows, seen.simulated, seen.real.tolist(), strict=True)
    return [Case(on=on, row=row, simulated=nine, real=real) for on, row, nine, real in parts]


def test_futures_that_are_right_are_believed():
    seen = looks(believe=True)
    start = lean(seen.simulated, seen.rows, seen.real)
    own_and_middle = np.array(start.weights)[:, :2].sum(axis=1)
    assert (np.abs(own_and_middle - 1) < 0.1).all()
    better = pinball(seen.real, start.start(seen.simulated, seen.rows))
    assert better < 1.02 * pinball(seen.real, seen.simulated)


def test_where_only_the_usual_wait_says_something_that_is_believed():
    seen = looks(believe=False)
    start = lean(seen.simulated, seen.rows, seen.real)
    told = pinball(seen.real, start.start(seen.simulated, seen.rows))
    assert told < 0.4 * pinball(seen.real, seen.simulated)


def test_a_beginning_alike_for_all_is_mixed_in_where_it_does_no_harm():
    assert not _tried(looks(believe=True), seed=1).lean.halved
    bits = np.random.default_rng(2)
    noise = replace(looks(believe=True), real=bits.uniform(0, 60, MANY))
    assert _tried(noise, seed=1).lean.halved


def test_the_mean_of_two_forests_and_of_two_beginnings_is_the_mean_of_what_they_tell():
    seen = looks(believe=True)
    first, second = lean(seen.simulated, seen.rows, seen.real), alike_for_all(seen.real)
    other = replace(STUMPS, cuts=((10.0,),))
    apart = [
        start.start(seen.simulated, seen.rows) + forest.add_to(np.zeros((MANY, 9)), seen.rows)
        for start, forest in ((first, STUMPS), (second, other))
    ]
    both = Side(lean=first.and_alike(second), forest=Forest.mean_of([STUMPS, other]))
    assert np.allclose(
        both.before_shifts(seen.simulated, seen.rows), np.sort(sum(apart) / 2), atol=0.01
    )


def test_an_hour_whose_promises_are_broken_is_moved_and_no_other():
    rows = np.zeros((40, 6))
    rows[:20, BOOKED_CLOCK], rows[20:, BOOKED_CLOCK] = 9 * 60, 14 * 60 + 30
    missed = np.full((40, 9), -5.0)
    missed[20:] = 5.0
    # At nine o'clock everybody is early: all levels fall. At two everybody is late.
    hours = hours_after({}, rows, missed)
    assert set(hours) == {"09", "14"}
    assert all(shift < 0 for shift in hours["09"])
    assert all(shift > 0 for shift in hours["14"])
    # The control: where each level is kept as often as it says, nothing moves.
    ranks = np.linspace(0.01, 0.99, 20)
    kept = np.where(ranks[:, None] > LEVELS, 5.0, -5.0)
    assert np.allclose(hours_after({}, rows[:20], kept)["09"], 0, atol=1e-9)
    # What an hour learned fades where nobody is booked in it any more.
    later = hours_after(hours, rows[:20], kept)
    assert 0 < later["14"][4] < hours["14"][4]


def test_a_night_moves_the_ends_most_and_the_middle_least():
    seen = looks(believe=True)
    late = replace(seen, real=seen.real + 40)
    before = Side()
    after = followed(before, cases(late.where(late.on < 3)))
    told = np.array(after.slow)
    assert (told > 0).all()
    assert told[0] > told[2]
    assert told[8] > told[7] > 0


def test_what_was_learned_for_an_hour_is_told_to_those_booked_in_it():
    seen = looks(believe=True)
    side = Side(hours={"09": (0.5,) * 9})
    told, plain = (one.told(seen.simulated, seen.rows) for one in (side, Side()))
    at_nine = seen.rows[:, BOOKED_CLOCK] == 9 * 60
    assert (told[at_nine] > plain[at_nine]).all()
    assert (told[~at_nine] == plain[~at_nine]).all()
    assert (np.diff(told, axis=1) >= 0).all()


def test_a_page_of_an_earlier_release_means_what_it_meant():
    """Written without beginnings and hours: the forest starts from the futures alone."""
    correction = Correction(arrival=STUMPS, waiting=STUMPS, n=3, shifts=((0.1,) * 9, (0.0,) * 9))
    page = json.loads(json.dumps(replace(Laws.prior(), correction=correction).to_json()))
    for later in ("leans", "hours", "slow"):
        del page["correction"][later]
    laws = Laws.from_json(page | {"version": 1})
    assert laws.correction is not None
    seen = looks(believe=True)
    told = laws.correction.sides[0].told(seen.simulated, seen.rows)
    as_then = moved(STUMPS.add_to(seen.simulated, seen.rows), np.full(9, 0.1))
    assert np.array_equal(told, as_then)
    with pytest.raises(ValueError, match="version 3"):
        Laws.from_json(page | {"version": 3})


def test_rows_say_where_the_beginning_and_the_hour_stand():
    log = shared_log(days=12)
    laws = learn(log, prior=Laws.prior())
    assert laws.usual is not None
    past = log[-1]
    assert past.arrived_at is not None
    assert past.booked_at is not None
    day = picture(log[-5:], laws, now=past.arrived_at)
    row = rows_of(day, laws.usual, {past.visit: np.arange(9.0)}, now=past.arrived_at)[past.visit]
    assert row[BOOKED] == past.early
    assert row[BOOKED_CLOCK] == past.booked_at.hour * 60 + past.booked_at.minute
    assert row[USUAL_LEFT] == laws.usual.wait(np.array(past.early))
