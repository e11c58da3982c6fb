"""What would help: tried on the same futures, for everybody."""

from dataclasses import replace

from alongside.rules.waits import (
    Booked,
    Day,
    Lane,
    Laws,
    MoveKind,
    Reason,
    forecast,
    reason_for,
    what_would_help,
)
from alongside.rules.waits import moves as moves_module

from .clinic import OPENS, minutes

NOW = OPENS + minutes(132)
LAWS = Laws.prior()


def visit(name: str, lane: str, booked: float, **known: object) -> Booked:
    given = {"kind": "splint", "planned": minutes(45), "booked_at": NOW + minutes(booked)}
    return Booked(id=name, lane=lane, **(given | known))  # type: ignore[arg-type]


def held_up(*others: Booked) -> Day:
    """Joon has just begun with Luc; Amara is here and due; Aino's therapist is free."""
    return Day(
        lanes=(Lane(id="Joon"), Lane(id="free"), Lane(id="no splints", kinds=frozenset({"home"}))),
        visits=(
            visit("Luc", "Joon", -5, arrived_at=NOW - minutes(9), started_at=NOW - minutes(5)),
            visit("Amara", "Joon", 0, arrived_at=NOW - minutes(3)),
            *others,
        ),
    )


def test_a_free_therapist_of_that_kind_is_offered_with_what_it_changes():
    moves = what_would_help(held_up(), LAWS, now=NOW, seed=1, futures=200)
    assert [(move.kind, move.visit, move.to_lane) for move in moves] == [
        (MoveKind.OTHER_THERAPIST, "Amara", "free")
    ]
    before, after = moves[0].effect["Amara"]
    assert before > minutes(25)
    assert after < minutes(2)


def test_no_move_makes_somebody_else_wait_over_ten_minutes():
    soon = visit("Luc's brother", "free", 5, arrived_at=NOW - minutes(1))
    moves = what_would_help(held_up(soon), LAWS, now=NOW, seed=1, futures=200)
    assert all(move.kind is not MoveKind.OTHER_THERAPIST for move in moves)


def test_the_effect_is_what_carrying_it_out_would_show():
    later = visit("Chloé", "free", 70)
    day = held_up(later)
    move = what_would_help(day, LAWS, now=NOW, seed=1, futures=200)[0]
    moved = tuple(
        replace(one, lane=move.to_lane) if one.id == "Amara" else one for one in day.visits
    )
    seen = forecast(replace(day, visits=moved), LAWS, now=NOW, seed=1, futures=200)
    assert abs(move.effect["Amara"][1] - seen["Amara"].likely) < minutes(0.01)


def test_who_is_here_may_go_before_who_is_not():
    absent = visit("Sam", "Joon", -20)
    waiting = visit("Amara", "Joon", -10, arrived_at=NOW - minutes(15))
    day = Day(lanes=(Lane(id="Joon", away_until=NOW + minutes(4)),), visits=(absent, waiting))
    kinds = {move.kind for move in what_would_help(day, LAWS, now=NOW, seed=1, futures=400)}
    assert kinds <= {MoveKind.EARLY_CLIENT_FIRST}


def test_who_is_not_yet_on_the_way_may_be_asked_to_come_later():
    day = Day(
        lanes=(Lane(id="Joon", away_until=NOW + minutes(100)),),
        visits=(visit("Amara", "Joon", 60),),
    )
    moves = what_would_help(day, LAWS, now=NOW, seed=1, futures=400)
    assert {move.kind for move in moves} == {MoveKind.COME_LATER}
    assert moves[0].new_time == NOW + minutes(90)


def test_nothing_is_offered_where_nobody_is_about_to_be_let_down():
    day = Day(lanes=(Lane(id="Joon"),), visits=(visit("Amara", "Joon", 0, arrived_at=NOW),))
    assert what_would_help(day, LAWS, now=NOW, seed=1) == []


def test_the_reason_is_what_the_day_shows():
    day = held_up()
    over = tuple(
        replace(one, started_at=NOW - minutes(50)) if one.id == "Luc" else one for one in day.visits
    )
    away = replace(day, lanes=(Lane(id="Joon", away_until=NOW + minutes(20)),))
    gone = replace(day, visits=(visit("Sam", "Joon", -3, gone=True), *day.visits[1:]))
    late = Day(lanes=(Lane(id="Joon", opens_at=NOW),), visits=(day.visits[1],))
    found = [
        reason_for(one, visit="Amara", longer=longer, now=NOW)
        for one, longer in [
            (replace(day, visits=over), True),
            (away, True),
            (late, True),
            (gone, False),
            (day, True),
        ]
    ]
    assert found == [
        Reason.EARLIER_VISIT_LONGER,
        Reason.THERAPIST_AWAY,
        Reason.THERAPIST_LATE,
        Reason.ABSENCE,
        Reason.UNKNOWN,
    ]


def test_only_the_lanes_that_a_move_touches_are_worked_out_and_the_answer_is_the_same():
    day = Day(
        lanes=tuple(Lane(id=name) for name in ("Joon", "Ravi", "Mona")),
        visits=tuple(
            visit(f"{lane} {number}", lane, 5 + 20 * number, arrived_at=NOW - minutes(3))
            for lane in ("Joon", "Ravi", "Mona")
            for number in range(3)
        ),
    )
    whole = forecast(day, LAWS, now=NOW, seed=1, futures=200)
    part = forecast(day.around({"Joon"}), LAWS, now=NOW, seed=1, futures=200)
    assert set(part) == {"Joon 0", "Joon 1", "Joon 2"}
    assert part == {name: whole[name] for name in part}


def test_where_a_visit_may_go_to_any_lane_the_day_is_one():
    day = Day(
        lanes=(Lane(id="Joon"), Lane(id="Ravi")),
        visits=(visit("Amara", "Joon", 5), visit("Luc", None, 5)),
    )
    assert day.around({"Joon"}) is day


def test_nobody_is_asked_for_two_times():
    """A quarter and half an hour later would both help: the better one is said."""
    day = Day(
        lanes=(Lane(id="Joon", away_until=NOW + minutes(100)),),
        visits=(visit("Amara", "Joon", 60),),
    )
    tried = [move.new_time for move, _ in moves_module._moves(day, day.visits[0], NOW)]
    assert tried == [NOW + minutes(75), NOW + minutes(90)]
    found = what_would_help(day, LAWS, now=NOW, seed=1, futures=400)
    assert [move.new_time for move in found] == [NOW + minutes(90)]
