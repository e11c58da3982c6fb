"""Properties that every future must have, whatever the day."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.waits import SHARED, Booked, Day, Lane, Laws, forecast, learn
from alongside.rules.waits.dice import Dice
from alongside.rules.waits.futures import starts_in_turn
from alongside.rules.waits.state import ahead_of
from alongside.rules.waits.tables import NEVER

from .clinic import OPENS, minutes, morning, shared_log

NOW = OPENS + minutes(132)
FEW = settings(max_examples=40, deadline=None)
SHARED_LAWS = learn(shared_log(days=12), prior=Laws.prior())

moments = st.integers(-60, 240)
people = st.lists(st.tuples(moments, moments, st.booleans()), min_size=1, max_size=7)


def a_day(rows: list[tuple[int, int, bool]], lane: str) -> Day:
    """Some are in session, some are here, some still to come."""
    visits = []
    for number, (booked, came, in_session) in enumerate(rows):
        here = came <= 0
        visits.append(
            Booked(
                id=str(number),
                lane=lane,
                booked_at=NOW + minutes(booked),
                arrived_at=NOW + minutes(came) if here else None,
                started_at=NOW - minutes(1) if here and in_session and number == 0 else None,
            )
        )
    return Day(lanes=(Lane(id=lane),), visits=tuple(visits))


def laws_for(lane: str) -> Laws:
    return SHARED_LAWS if lane == SHARED else Laws.prior()


@FEW
@given(people, moments, moments, st.sampled_from(["Joon", SHARED]))
def test_one_more_person_never_shortens_anybodys_wait(rows, booked, came, lane):
    day = a_day(rows, lane)
    more = Booked(
        id="one more",
        lane=lane,
        booked_at=NOW + minutes(booked),
        arrived_at=NOW + minutes(came) if came <= 0 else None,
    )
    fuller = replace(day, visits=(*day.visits, more))
    before = forecast(day, laws_for(lane), now=NOW, seed=3, futures=60)
    after = forecast(fuller, laws_for(lane), now=NOW, seed=3, futures=60)
    for visit, seen in before.items():
        for then, later in zip(seen.quantiles, after[visit].quantiles, strict=True):
            assert later >= then


def test_the_property_can_fail_when_order_depends_on_who_is_there():
    """The control: a desk that lets somebody overtake while the first is away is not monotone."""

    def overtaking(people: list[tuple[float, float]], free: float) -> list[float]:
        starts, left = [0.0] * len(people), list(range(len(people)))
        while left:
            here = [n for n in left if people[n][0] <= free] or [
                min(left, key=lambda n: people[n][0])
            ]
            who = here[0]
            starts[who] = max(free, people[who][0])
            free = starts[who] + people[who][1]
            left.remove(who)
        return starts

    first_late, then_long = (6.0, 30.0), (0.0, 45.0)
    without = overtaking([first_late, then_long], 0.0)
    with_one_more = overtaking([(0.0, 10.0), first_late, then_long], 0.0)
    assert with_one_more[1] < without[0]


@FEW
@given(people, st.integers(1, 40))
def test_a_therapist_freed_early_never_lengthens_a_wait(rows, sooner):
    day = a_day(rows, "Joon")
    away = replace(day, lanes=(Lane(id="Joon", away_until=NOW + minutes(45)),))
    back = replace(day, lanes=(Lane(id="Joon", away_until=NOW + minutes(45 - sooner)),))
    before = forecast(away, Laws.prior(), now=NOW, seed=3, futures=60)
    after = forecast(back, Laws.prior(), now=NOW, seed=3, futures=60)
    for visit, seen in before.items():
        assert all(b <= a for a, b in zip(seen.quantiles, after[visit].quantiles, strict=True))


@FEW
@given(people, st.integers(1, 30))
def test_a_session_that_ends_early_never_lengthens_a_wait(rows, sofar):
    day = a_day(rows, "Joon")
    began = NOW - minutes(sofar)
    own = Booked(id="own", lane="Joon", booked_at=began, arrived_at=began, started_at=began)
    goes_on = replace(day, visits=(*(v for v in day.visits if v.is_to_start), own))
    ended = replace(own, ended_at=NOW)
    over = replace(day, visits=(*(v for v in day.visits if v.is_to_start), ended))
    before = forecast(goes_on, Laws.prior(), now=NOW, seed=3, futures=60)
    after = forecast(over, Laws.prior(), now=NOW, seed=3, futures=60)
    for visit, seen in before.items():
        assert all(b <= a for a, b in zip(seen.quantiles, after[visit].quantiles, strict=True))


@FEW
@given(people, st.sampled_from(["Joon", SHARED]), st.integers(0, 300))
def test_quantiles_never_cross_and_are_never_below_zero(rows, lane, on):
    day = a_day(rows, lane)
    seen = forecast(day, laws_for(lane), now=NOW + minutes(on), seed=1, futures=50)
    for told in seen.values():
        assert list(told.quantiles) == sorted(told.quantiles)
        assert told.quantiles[0] >= timedelta(0)
        assert 0 <= told.over_ten <= 1


def test_the_same_seed_gives_the_same_answer_on_every_machine():
    seen = forecast(morning(), Laws.prior(), now=NOW, seed=7, futures=500)
    again = forecast(morning(), Laws.prior(), now=NOW, seed=7, futures=500)
    assert seen == again
    told = [round(length / minutes(1), 3) for length in seen["0-1"].quantiles]
    assert told == GOLDEN


def test_another_seed_gives_nearly_the_same_answer():
    one = forecast(morning(), Laws.prior(), now=NOW, seed=7, futures=1000)["0-1"]
    two = forecast(morning(), Laws.prior(), now=NOW, seed=8, futures=1000)["0-1"]
    assert one != two
    assert abs(one.likely - two.likely) < minutes(2)


def test_an_estimate_moves_only_when_the_world_does():
    """Another therapist's list changes nothing here: the random numbers are each visit's own."""
    day = morning()
    busier = replace(
        day,
        visits=(*day.visits, Booked(id="new", lane="therapist 1", booked_at=NOW + minutes(20))),
    )
    before = forecast(day, Laws.prior(), now=NOW, seed=7)
    after = forecast(busier, Laws.prior(), now=NOW, seed=7)
    assert before["0-1"] == after["0-1"]


def test_a_session_that_goes_on_is_not_expected_to_have_ended():
    late = replace(
        morning(),
        visits=tuple(
            replace(visit, started_at=NOW - minutes(50)) if visit.id == "0-0" else visit
            for visit in morning().visits
        ),
    )
    seen = forecast(late, Laws.prior(), now=NOW, seed=7)["0-1"]
    assert seen.low > timedelta(0)
    assert seen.likely < minutes(30)


def test_who_is_gone_or_unknown_gets_no_forecast():
    gone = Booked(id="gone", lane="therapist 0", booked_at=NOW, gone=True)
    unknown = Booked(id="unknown", lane="therapist 0")
    day = replace(morning(), visits=(*morning().visits, gone, unknown))
    seen = forecast(day, Laws.prior(), now=NOW, seed=7)
    assert "gone" not in seen
    assert "unknown" not in seen


def test_two_lanes_take_whoever_any_of_them_may_take():
    keys = np.array([[0.0], [1.0], [2.0]])
    ready, lengths = np.zeros((3, 1)), np.full((3, 1), 30.0)
    free = np.array([[0.0], [10.0]])
    starts = starts_in_turn(keys, ready, lengths, free, [[0, 1], [0, 1], [0]])
    assert starts[:, 0].tolist() == [0.0, 10.0, 30.0]


@FEW
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_the_quick_way_serves_as_a_plain_one_does(seed, lanes):
    """The twin goes future by future and visit by visit, with a list of when each lane is free."""
    bits = np.random.default_rng(seed)
    ready = bits.uniform(-20, 200, (6, 12)).astype(np.float32)
    ready[bits.random(ready.shape) < 0.2] = NEVER
    keys = np.fmax(np.linspace(0, 150, 6)[:, None], ready - 40).astype(np.float32)
    lengths = bits.uniform(5, 60, ready.shape).astype(np.float32)
    free = bits.uniform(0, 50, (lanes, 12)).astype(np.float32)
    starts = starts_in_turn(keys, ready, lengths, free, [list(range(lanes))] * 6)
    assert np.array_equal(starts, plainly(keys, ready, lengths, free), equal_nan=True)
    # And where the order is the same in all futures, one column says it.
    alike = np.linspace(0, 150, 6, dtype=np.float32)[:, None]
    starts = starts_in_turn(alike, ready, lengths, free, [list(range(lanes))] * 6)
    everywhere = np.repeat(alike, 12, axis=1)
    assert np.array_equal(starts, plainly(everywhere, ready, lengths, free), equal_nan=True)


def plainly(keys, ready, lengths, free):
    starts = np.full_like(ready, NEVER)
    for future in range(ready.shape[1]):
        lanes = list(free[:, future])
        for visit in sorted(range(len(ready)), key=lambda row: keys[row, future]):
            if np.isnan(ready[visit, future]):
                continue
            lane = lanes.index(min(lanes))
            starts[visit, future] = max(ready[visit, future], lanes[lane])
            lanes[lane] = starts[visit, future] + lengths[visit, future]
    return starts


def test_who_may_come_too_late_to_keep_their_place_is_sorted_in_the_futures_where_they_do():
    """Booked ten minutes apart, places change in some futures; an hour apart, in none."""
    for apart, columns in ((10, 500), (90, 1)):
        visits = tuple(
            Booked(id=str(n), lane="Joon", booked_at=NOW + minutes(60 + apart * n))
            for n in range(3)
        )
        day = Day(lanes=(Lane(id="Joon"),), visits=visits)
        ahead = ahead_of(day, Laws.prior(), now=NOW, dice=Dice(seed=1, futures=500))
        assert ahead.keys.shape == (3, columns)
        changes = (np.diff(ahead.keys, axis=0) < 0).any()
        assert changes == (columns > 1)


def test_as_many_stay_away_as_the_law_says():
    visits = tuple(Booked(id=str(n), lane="Joon", booked_at=NOW + minutes(200)) for n in range(50))
    day = Day(lanes=(Lane(id="Joon"),), visits=visits)
    ahead = ahead_of(day, Laws.prior(), now=NOW, dice=Dice(seed=1, futures=1000))
    assert abs(np.isnan(ahead.ready).mean() - Laws.prior().absence) < 0.005


def test_an_empty_day_has_nothing_to_tell():
    assert forecast(Day(), Laws.prior(), now=NOW, seed=1) == {}


GOLDEN = [14.553, 15.543, 17.371, 18.892, 20.075, 21.742, 23.186, 25.281, 30.644]
