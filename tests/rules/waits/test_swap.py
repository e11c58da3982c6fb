"""Who is here goes before who is late: tried on the same futures, and never at others' cost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.waits import Booked, Day, Lane, Laws, Move, MoveKind, what_would_help
from alongside.rules.waits.forecast import forecast
from alongside.rules.waits.moves import TEN, WORTH, _first_like
from alongside.rules.waits.swap import NOTICE, swapped, swaps

from .clinic import OPENS, minutes

NOW = OPENS + minutes(132)
LAWS = Laws.prior()
HALF_HOUR = minutes(30)


def visit(name: str, booked: float, lane: str = "Joon", **known: object) -> Booked:
    given = {"kind": "splint", "planned": HALF_HOUR, "booked_at": NOW + minutes(booked)}
    return Booked(id=name, lane=lane, **(given | known))  # type: ignore[arg-type]


def amara_is_late(*others: Booked, **amara: object) -> Day:
    """Amara comes late, and said so: just before Luc's time. He is here."""
    late = {"late_until": NOW + minutes(39)} | amara
    return Day(
        lanes=(Lane(id="Joon"),),
        visits=(visit("Amara", -5, **late), visit("Luc", 40, arrived_at=NOW - minutes(1)), *others),
    )


def swaps_in(day: Day, *, seed: int = 1) -> list[Move]:
    moves = what_would_help(day, LAWS, now=NOW, seed=seed, futures=200)
    return [move for move in moves if move.kind is MoveKind.SWAP]


def test_who_is_here_goes_before_who_said_that_they_come_late():
    (move,) = swaps_in(amara_is_late())
    assert (move.visit, move.helps, move.other) == ("Luc", "Luc", "Amara")
    assert move.new_time == NOW + minutes(40)
    assert move.saves >= WORTH
    assert move.effect["Amara"][1] <= TEN


def test_who_is_late_is_spared_the_visit_before_which_they_cannot_come():
    """Luc would begin at his own time and Amara come into the middle of it: so he begins now."""
    (move,) = swaps_in(amara_is_late(late_until=NOW + minutes(55)))
    assert (move.visit, move.helps, move.other) == ("Luc", "Amara", "Amara")
    before, after = move.effect["Amara"]
    assert before - after >= WORTH
    assert "Luc" in move.effect


def test_a_swap_that_helps_both_is_said_once_for_whom_it_helps_more():
    pair = {"kind": MoveKind.SWAP, "visit": "Luc", "other": "Amara"}
    found = [Move(helps=name, **pair) for name in ("Luc", "Amara")]
    assert [_first_like(move, found).helps for move in found] == ["Luc", "Luc"]
    alone = Move(kind=MoveKind.COME_LATER, visit="Luc", helps="Luc")
    assert _first_like(alone, [*found, alone]) is alone


def test_the_effect_is_what_carrying_it_out_would_show():
    day = amara_is_late()
    (move,) = swaps_in(day)
    luc, amara = day.visit("Luc"), day.visit("Amara")
    after = forecast(swapped(day, luc, amara), LAWS, now=NOW, seed=1, futures=200)
    due = {"Luc": minutes(40), "Amara": minutes(39)}
    for name, since in due.items():
        would_be = max(after[name].likely - since, timedelta(0))
        assert abs(move.effect[name][1] - would_be) < minutes(0.01)


@pytest.mark.parametrize("known", [{"late_until": None}, {"late_until": NOW - minutes(1)}])
def test_of_whom_nobody_knows_when_they_come_is_not_put_later(known):
    day = amara_is_late(**known)
    assert not list(swaps(day, day.visit("Luc"), NOW))


def test_who_has_the_time_to_hear_of_it_may_be_put_later():
    day = amara_is_late(late_until=None, booked_at=NOW + NOTICE)
    luc = replace(day.visit("Luc"), booked_at=NOW + NOTICE + HALF_HOUR)
    moved = replace(day, visits=(day.visit("Amara"), luc))
    assert [late.id for _, late, _ in swaps(moved, luc, NOW)] == ["Amara"]
    sooner = replace(day.visit("Amara"), booked_at=NOW + NOTICE - minutes(1))
    assert not list(swaps(replace(day, visits=(sooner, luc)), luc, NOW))


def test_nobody_who_is_not_here_is_asked_to_come_earlier():
    day = amara_is_late()
    at_home = replace(day.visit("Luc"), arrived_at=None)
    assert not list(swaps(replace(day, visits=(day.visit("Amara"), at_home)), at_home, NOW))


def test_both_keep_their_length_so_a_longer_visit_needs_the_room():
    longer = {"planned": minutes(45), "late_until": NOW + minutes(40)}
    room = amara_is_late(booked_at=NOW - minutes(20), **longer)
    assert list(swaps(room, room.visit("Luc"), NOW))
    next_one = visit("Chloé", 60)
    none = amara_is_late(next_one, booked_at=NOW - minutes(20), **longer)
    assert not list(swaps(none, none.visit("Luc"), NOW))


def test_where_nobody_knows_who_would_go_first_nothing_is_said():
    """Within ten minutes after Luc's time the futures keep Amara's place; Joon may not."""
    for late, is_tried in [(39, True), (41, False), (49, False), (51, True)]:
        day = amara_is_late(late_until=NOW + minutes(late))
        assert bool(list(swaps(day, day.visit("Luc"), NOW))) is is_tried


def test_who_was_called_keeps_their_place():
    day = amara_is_late()
    called = replace(day.visit("Luc"), called_at=NOW)
    assert not list(swaps(day, called, NOW))


@settings(max_examples=25, deadline=None)
@given(
    late=st.integers(10, 60),
    ahead=st.integers(-20, 20),
    gap=st.integers(0, 20),
    seed=st.integers(0, 5),
)
def test_a_swap_spares_its_own_and_lets_nobody_else_wait_over_ten(late, ahead, gap, seed):
    """Whatever the day: both who are swapped are in the effect, nobody is asked to come earlier."""
    luc = visit("Luc", ahead + 30, arrived_at=NOW - minutes(1))
    day = Day(
        lanes=(Lane(id="Joon"),),
        visits=(
            visit("Amara", ahead, late_until=NOW + minutes(max(ahead, 0) + late)),
            luc,
            visit("Chloé", ahead + 60 + gap),
        ),
    )
    for move in swaps_in(day, seed=seed):
        assert move.saves >= WORTH
        assert {move.visit, move.other} <= set(move.effect)
        assert move.new_time == luc.booked_at
        for name, (before, after) in move.effect.items():
            assert name == move.helps or after <= max(TEN, before)


def test_without_the_bound_a_swap_would_let_somebody_wait_over_ten():
    """The negative control: such a day exists, can be tried, and is not proposed."""
    day = amara_is_late(late_until=NOW + minutes(1))
    luc, amara = day.visit("Luc"), day.visit("Amara")
    assert [late.id for _, late, _ in swaps(day, luc, NOW)] == ["Amara"]
    after = forecast(swapped(day, luc, amara), LAWS, now=NOW, seed=1, futures=200)
    assert after["Amara"].likely - minutes(1) > TEN
    assert not swaps_in(day)
