"""How many shared resources there are, and are at work, from starts alone."""

from dataclasses import replace

import numpy as np
import pytest

from alongside.rules.waits import Laws, learn
from alongside.rules.waits.capacity import after_a_day, at_work
from alongside.rules.waits.laws import Pool
from alongside.rules.waits.lean import Lean
from alongside.rules.waits.learn import remembering
from alongside.rules.waits.past import by_day

from .clinic import shared_log

TURN = replace(Laws.prior().lengths["|"], values=tuple(np.linspace(30, 50, 20).tolist()))
POOL = Pool(resources=3, turn=TURN, ready=TURN)


def starts(working: int, many: int = 10) -> list[tuple[float, float]]:
    """Everybody came at opening; each of those at work starts somebody every 40 minutes."""
    return [(40.0 * (n // working) + n % working, 0.0) for n in range(many)]


def test_a_resource_that_was_missing_yesterday_is_missing_this_morning():
    yesterday = after_a_day(starts(2), POOL)
    assert yesterday.missing == 1
    assert at_work(starts(2, many=2), yesterday).resources == 2
    # The control: after a day like others, so few starts show nothing.
    assert at_work(starts(2, many=2), after_a_day(starts(3), POOL)).resources == 3


def test_it_is_back_as_soon_as_all_have_started_somebody():
    yesterday = after_a_day(starts(2), POOL)
    assert at_work(starts(3, many=3), yesterday).resources == 3


def test_a_quiet_day_forgets_what_was_missing():
    assert after_a_day([(0.0, 0.0), (60.0, 55.0)], replace(POOL, missing=1)).missing == 0


@pytest.mark.parametrize("resources", [2, 3, 4, 6])
def test_their_number_shows_even_where_all_are_seldom_busy_at_once(resources):
    log = shared_log(days=60, resources=resources, per_day=8 * resources)
    laws = learn(log, prior=Laws.prior())
    assert laws.pool is not None
    assert laws.pool.resources == resources
    assert 38 < laws.pool.turn.values[10] < 50


def test_what_the_last_day_showed_is_remembered_for_the_next():
    log = shared_log(days=60, resources=2, per_day=24, every=35)
    laws = learn(log, prior=Laws.prior())
    slow = [
        replace(past, started_at=past.arrived_at + (past.started_at - past.arrived_at) * 6)
        for past in by_day(log)[-1]
    ]
    assert laws.pool is not None
    assert remembering(laws, by_day(log)).pool == laws.pool
    assert remembering(laws, [*by_day(log), slow]).pool != laws.pool


def test_what_the_futures_say_beyond_the_record_is_told_in_full():
    rows = np.zeros((2, 6))
    usual = Lean(weights=((0.5, 0.0, 0.0, 0.0, 10.0),) * 9, most=(60.0,) * 9)
    told = usual.start(np.array([[40.0] * 9, [160.0] * 9]), rows)
    assert told[0, 0] == pytest.approx(30)
    assert told[1, 0] == pytest.approx(40 + 100)
    # The control: without that limit only half of it is believed.
    assert replace(usual, most=()).start(np.full((1, 9), 160.0), rows[:1])[0, 0] == 90
