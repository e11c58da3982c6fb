"""What a log teaches, on clinics whose laws we know."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.waits import Laws, Past, learn
from alongside.rules.waits.boost import LEVELS
from alongside.rules.waits.follow import overnight
from alongside.rules.waits.grow import Growth, grow
from alongside.rules.waits.laws import Law
from alongside.rules.waits.past import by_day
from alongside.rules.waits.record import record
from alongside.rules.waits.scores import pinball
from alongside.rules.waits.teach import teach

from .clinic import OPENS, listed_log, minutes, shared_log

PRIOR = Laws.prior()


@pytest.mark.parametrize("resources", [1, 2, 3])
def test_the_number_of_unnamed_resources_shows_in_the_starts_alone(resources):
    log = shared_log(days=40, resources=resources, per_day=10 * resources, every=40)
    pool = learn(log, prior=PRIOR).pool
    assert pool is not None
    assert pool.resources == resources
    assert 38 < float(np.median(pool.turn.values)) < 50


def test_a_slow_therapist_is_known_by_name_and_a_new_one_is_believed_average():
    laws = learn(listed_log(days=20), prior=PRIOR)
    assert 42 < laws.planned["follow-up"] < 52
    medians = {
        lane: float(np.median(laws.length("follow-up", lane).values))
        for lane in ("therapist 0", "therapist 3", "new here")
    }
    assert medians["therapist 3"] / medians["therapist 0"] > 1.12
    assert medians["therapist 0"] < medians["new here"] < medians["therapist 3"]


def test_lengths_are_learned_from_starts_where_no_end_is_on_record():
    laws = learn(listed_log(days=30, ends=False, every=40), prior=PRIOR)
    assert 40 < laws.planned["follow-up"] < 60


def test_few_cases_hardly_move_a_belief():
    few, many = learn(listed_log(days=1), prior=PRIOR), learn(listed_log(days=30), prior=PRIOR)
    prior = PRIOR.punctuality.values[10]
    assert abs(few.punctuality.values[10] - prior) < abs(many.punctuality.values[10] - prior) + 3
    assert few.length("follow-up", "therapist 3").n == 8


def test_who_stays_away_unannounced_is_counted_and_who_cancelled_is_not():
    came = [Past(visit=str(n), booked_at=OPENS, arrived_at=OPENS) for n in range(80)]
    away = [Past(visit=f"away {n}", booked_at=OPENS) for n in range(20)]
    told = [Past(visit=f"told {n}", booked_at=OPENS, cancelled_at=OPENS) for n in range(50)]
    assert 0.18 < learn(came + away + told, prior=PRIOR).absence < 0.21
    assert learn(came + told, prior=PRIOR).absence == PRIOR.absence


def test_a_therapist_whose_people_all_stayed_away_teaches_nothing_and_does_no_harm():
    """The bug: a list without a single start was more than could be read."""
    away = [Past(visit=f"away {n}", booked_at=OPENS, lane="Joon") for n in range(3)]
    laws = learn([*listed_log(days=3), *away], prior=PRIOR)
    assert "follow-up|Joon" not in laws.lengths


def test_nothing_is_learned_from_nothing():
    assert learn([], prior=PRIOR) == PRIOR


def test_laws_can_be_written_down_and_read_again():
    laws = taught(days=20)
    assert laws.correction is not None
    page = json.loads(json.dumps(laws.to_json()))
    assert Laws.from_json(page) == laws


def test_laws_of_another_version_are_refused():
    with pytest.raises(ValueError, match="version 0"):
        Laws.from_json(PRIOR.to_json() | {"version": 0})


@settings(deadline=None)
@given(st.lists(st.floats(0, 200), min_size=1, max_size=60), st.floats(0, 300))
def test_what_is_left_is_never_less_than_what_has_passed(cases, sofar):
    law = Law.of(np.array(cases))
    uniform = np.linspace(0.01, 0.99, 25)
    drawn = law.draw_above(uniform, sofar)
    assert (drawn >= sofar).all()
    assert (np.diff(drawn) >= -1e-6).all()


def test_a_forest_learns_most_of_what_can_be_known():
    """Of the way from knowing nothing of the rows to knowing the true law, four fifths."""
    bits = np.random.default_rng(1)
    rows = bits.uniform(-1, 1, (1500, 4))
    middle, spread = 30 + 20 * (rows[:, 1] > 0), 4 + 3 * (rows[:, 2] > 0)
    real = middle + bits.normal(0, 1, 1500) * spread
    start = np.tile(np.quantile(real, LEVELS), (1500, 1))
    truth = middle[:, None] + spread[:, None] * np.quantile(bits.normal(0, 1, 9999), LEVELS)
    forest = grow(rows[:1000], real[:1000], start[:1000], growth=Growth(trees=120), seed=1)
    told = forest.add_to(start[1000:], rows[1000:])
    nothing, best = (pinball(real[1000:], given[1000:]) for given in (start, truth))
    assert (nothing - pinball(real[1000:], told)) / (nothing - best) > 0.8
    assert (np.diff(told, axis=1) >= 0).all()


def test_shifts_move_towards_what_was_kept():
    laws = taught(days=20)
    assert laws.correction is not None
    day = [replace(past, started_at=past.started_at + minutes(60)) for past in by_day(LOG)[-1]]
    seen = record([day], laws, before=by_day(LOG)[:-1], seed=1, futures=50)
    after = overnight(laws, seen)
    assert after.correction is not None
    pairs = zip(after.correction.shifts[0], laws.correction.shifts[0], strict=True)
    assert all(later > before for later, before in pairs)


LOG = shared_log(days=20)


def taught(*, days: int) -> Laws:
    laws = learn(LOG, prior=PRIOR)
    return teach(laws, record(by_day(LOG)[:days], laws, seed=1, futures=50), seed=1)
