"""A clinic's nights: what it learns beside its work, and what it refuses to learn."""

from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest

from alongside.rules.waits import Booked, Day, Lane, Laws
from alongside.rules.waits.follow import too_many_above
from alongside.rules.waits.laws import Pool
from alongside.rules.waits.night import lesson, loss, new_lesson, night
from alongside.rules.waits.past import Past, by_day
from alongside.rules.waits.record import picture
from alongside.rules.waits.state import at_work

from .clinic import OPENS, listed_log, minutes

DAYS = by_day(listed_log(days=22))
HOW = {"zone": UTC, "seed": 3}


@pytest.fixture(scope="module")
def taught() -> Laws:
    """What the first 16 days teach."""
    return lesson(DAYS[:16], prior=Laws.prior(), **HOW)


def test_a_lesson_ends_with_a_correction(taught):
    assert taught.correction is not None
    assert taught.usual is not None
    assert taught.n == sum(len(day) for day in DAYS[:16])


def test_on_days_that_it_did_not_see_it_does_better_than_on_day_one(taught):
    unseen, before = DAYS[16:], DAYS[:16]
    alone = replace(taught, correction=None)
    day_one = replace(Laws.prior(), usual=taught.usual)
    found = [loss(laws, unseen, before=before, **HOW) for laws in (taught, alone, day_one)]
    assert found[0] <= 1.03 * found[1]
    assert found[1] < 0.9 * found[2]


def test_a_new_lesson_that_does_worse_is_not_taken(taught, monkeypatch):
    spoiled = replace(
        taught, correction=None, lengths={"|": replace(taught.lengths["|"], values=(3.0,) * 20)}
    )
    monkeypatch.setattr("alongside.rules.waits.night.lesson", lambda *_, **__: spoiled)
    kept = new_lesson(DAYS, old=taught, prior=Laws.prior(), **HOW)
    assert kept.lengths == taught.lengths
    # The twin: from something worse, the same step is taken.
    assert new_lesson(DAYS, old=Laws.prior(), prior=Laws.prior(), **HOW).lengths == spoiled.lengths


def test_a_night_mends_promises_that_were_not_kept_and_leaves_the_forest_alone(taught):
    low = ((-8.0,) * 9, (-8.0,) * 9)
    after = night(
        replace(taught, correction=replace(taught.correction, shifts=low, slow=low)),
        DAYS[16],
        before=DAYS[:16],
        **HOW,
    )
    assert after.correction.arrival == taught.correction.arrival
    slowly = np.subtract(after.correction.slow[0], low[0])
    assert 0 < slowly[8] < 0.5, "months make the slow part, not one night"
    assert after.correction.shifts[0][8] > after.correction.slow[0][8] + 1, (
        "days make the quick one"
    )
    assert after.usual.drift != taught.usual.drift


def test_a_quantile_that_stands_where_many_waits_end_is_left_there():
    """Two waits in three end at the booked time: that is the median, and the 10 % level too."""
    waits = np.array([0.0] * 20 + [6.0] * 10)
    at_the_booked_time = np.zeros((30, 9))
    moved = too_many_above(waits[:, None] - at_the_booked_time)
    assert (moved[:6] == 0).all()
    assert (moved[7:] > 0).all()
    # The negative control: quantiles below all waits are too low at every level.
    assert (too_many_above(waits[:, None] - (at_the_booked_time - 5)) > 0).all()


def past(name: str, booked: float, **known: object) -> Past:
    return Past(visit=name, lane="Joon", kind="visit", booked_at=OPENS + minutes(booked), **known)


def test_with_the_book_the_list_is_known_and_nothing_that_comes_later():
    day = [
        past("here", 0, arrived_at=OPENS - minutes(5), started_at=OPENS + minutes(2)),
        past("comes", 60, arrived_at=OPENS + minutes(50), started_at=OPENS + minutes(61)),
        past("called off", 120, cancelled_at=OPENS - minutes(600)),
        past("called off later", 180, cancelled_at=OPENS + minutes(100)),
        past("never came", -40),
        past("stays away", 240),
    ]
    now = OPENS + minutes(10)
    seen = {visit.id: visit for visit in picture(day, Laws.prior(), now=now, book=True).visits}
    assert set(seen) == {one.visit for one in day}
    assert seen["comes"].arrived_at is None
    assert seen["comes"].started_at is None
    gone = {name for name, visit in seen.items() if visit.gone}
    assert gone == {"called off", "never came"}
    alone = picture(day, Laws.prior(), now=now)
    assert [visit.id for visit in alone.visits] == ["here"]


def test_what_a_picture_says_does_not_change_when_the_future_does():
    day = [
        past("here", 0, arrived_at=OPENS - minutes(5), started_at=OPENS + minutes(2)),
        past("comes", 60, arrived_at=OPENS + minutes(50), started_at=OPENS + minutes(61)),
    ]
    now = OPENS + minutes(10)
    other = [day[0], replace(day[1], arrived_at=OPENS + minutes(90), started_at=None)]
    assert picture(day, Laws.prior(), now=now, book=True) == picture(
        other, Laws.prior(), now=now, book=True
    )


def test_a_clinic_where_every_day_is_the_same_can_be_learned_from():
    """Questions that everybody answers alike: a forest grows, and corrects nothing."""
    same = [
        [
            past(
                f"{day} {turn}",
                45 * turn + 1440 * day,
                arrived_at=OPENS + minutes(45 * turn + 1440 * day - 5),
                started_at=OPENS + minutes(57 * turn + 1440 * day),
                ended_at=OPENS + minutes(57 * (turn + 1) + 1440 * day),
            )
            for turn in range(4)
        ]
        for day in range(75)
    ]
    laws = lesson(same, prior=Laws.prior(), **HOW)
    assert laws.correction is not None
    assert loss(laws, same[-5:], before=same[:-5], **HOW) < 1.0


class TestOneResourceLess:
    """A bottleneck that nobody wrote down: fewer start than there should."""

    POOL = Laws.prior().lengths["|"]

    def pool(self) -> Pool:
        turn = replace(self.POOL, values=tuple(np.linspace(30, 50, 20).tolist()))
        return Pool(resources=3, turn=turn, ready=turn)

    def a_day(self, *, working: int) -> Day:
        """Everybody came at opening; each of those who work starts somebody every 40 minutes."""
        came = [
            Booked(
                id=str(n),
                arrived_at=OPENS,
                booked_at=OPENS,
                started_at=OPENS + minutes(40 * (n // working) + n % working),
            )
            for n in range(10)
        ]
        return Day(lanes=(Lane(id=""),), visits=tuple(came))

    def test_it_is_noticed(self):
        assert at_work(self.a_day(working=2), self.pool()).resources == 2

    def test_nothing_is_noticed_on_a_day_like_others(self):
        assert at_work(self.a_day(working=3), self.pool()).resources == 3

    def test_a_few_starts_show_nothing_yet(self):
        day = self.a_day(working=2)
        assert at_work(replace(day, visits=day.visits[:5]), self.pool()).resources == 3

    def test_the_only_one_there_is_is_never_taken_away(self):
        alone = replace(self.pool(), resources=1)
        assert at_work(self.a_day(working=1), alone) == alone
