"""What would help somebody who is about to wait: moves tried on the same futures as the forecast.

Each move is carried out on a copy of the day; because the random numbers stay those of the day,
the difference it makes is the move's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import Booked, Day, Lane
from alongside.rules.waits.forecast import Forecast, forecast
from alongside.rules.waits.free import Therapist, is_free_for
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.swap import NOTICE, counts_from, swaps

TEN = timedelta(minutes=10)
LIKELY_LATE = 0.5
"""From this chance to wait over ten minutes on, help is looked for."""
WORTH = timedelta(minutes=3)
"""What a move must save the one it is for."""
MINUTE = timedelta(minutes=1)
NOTICED = MINUTE
MOST = 5
"""For how many people help is looked for at once, the likeliest to be let down first."""
LATER = (15, 30)


class MoveKind(StrEnum):
    OTHER_THERAPIST = "other_therapist"
    EARLY_CLIENT_FIRST = "early_client_first"
    COME_LATER = "come_later"
    SWAP = "swap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing the desk could do: `visit` is who is moved, `helps` who it is for.

    In a swap `other` is who changes places with `visit`, and `new_time` is when they come instead.
    `effect`: the likely wait after being due, before and after the move, of everybody for whom
    it differs by a minute or more, and of both who are swapped in any case.
    """

    kind: MoveKind
    visit: str
    helps: str
    to_lane: str | None = None
    new_time: datetime | None = None
    other: str | None = None
    effect: dict[str, tuple[timedelta, timedelta]] = field(default_factory=dict, hash=False)

    @property
    def saves(self) -> timedelta:
        before, after = self.effect[self.helps]
        return before - after


def what_would_help(
    day: Day, laws: Laws, *, now: datetime, seed: int, futures: int = 1000
) -> list[Move]:
    """Moves that spare somebody minutes and make nobody else wait over ten, the best first.

    Looked for on behalf of everybody whose chance to wait over ten minutes passes one half.
    """
    before = forecast(day, laws, now=now, seed=seed, futures=futures)
    found = []
    for visit in _about_to_be_let_down(day, before):
        for move, moved in _moves(day, visit, now):
            touched = _touched(moved, visit, move)
            after = forecast(touched, laws, now=now, seed=seed, futures=futures)
            judged = replace(move, effect=_effect(day, move, before, after, now))
            if _is_good(judged):
                found.append(judged)
    found.sort(key=lambda move: (_worst_after(move), -move.saves, move.visit))
    return [move for move in found if move is _first_like(move, found)]


def _first_like(move: Move, found: list[Move]) -> Move:
    """A swap may help both: it is said once, for the one whom it helps more. Who is asked to come
    later is asked for one time.
    """
    if move.kind not in (MoveKind.SWAP, MoveKind.COME_LATER):
        return move
    like = (move.kind, move.visit, move.other)
    return next(one for one in found if (one.kind, one.visit, one.other) == like)


def _touched(moved: Day, visit: Booked, move: Move) -> Day:
    """The lanes that a move touches: for all others nothing changes, so nothing is worked out."""
    if visit.lane is None:
        return moved
    return moved.around({visit.lane, move.to_lane or visit.lane})


def _about_to_be_let_down(day: Day, before: dict[str, Forecast]) -> list[Booked]:
    late = [
        visit
        for visit in day.visits
        if visit.id in before and before[visit.id].over_ten > LIKELY_LATE
    ]
    return sorted(late, key=lambda visit: -before[visit.id].over_ten)[:MOST]


def _moves(day: Day, visit: Booked, now: datetime) -> Iterator[tuple[Move, Day]]:
    """Each feasible move for one person, with the day as it would then be."""
    if visit.is_here:
        yield from _to_another(day, visit, now)
        yield from _before_the_absent(day, visit)
    elif visit.booked_at is not None and minutes(visit.booked_at, now) >= NOTICE / MINUTE:
        for later in LATER:
            new_time = visit.booked_at + timedelta(minutes=later)
            move = Move(kind=MoveKind.COME_LATER, visit=visit.id, helps=visit.id, new_time=new_time)
            yield move, _with(day, replace(visit, booked_at=new_time))
    for here, late, moved in swaps(day, visit, now):
        swap = Move(
            kind=MoveKind.SWAP,
            visit=here.id,
            helps=visit.id,
            other=late.id,
            new_time=here.booked_at,
        )
        yield swap, moved


def _to_another(day: Day, visit: Booked, now: datetime) -> Iterator[tuple[Move, Day]]:
    for lane in day.lanes:
        if lane.id == visit.lane or not lane.takes(visit.kind):
            continue
        if is_free_for(
            therapist_in(day, lane, now), booked_at=visit.booked_at, planned=visit.planned, now=now
        ):
            kind = MoveKind.OTHER_THERAPIST
            move = Move(kind=kind, visit=visit.id, helps=visit.id, to_lane=lane.id)
            yield move, _with(day, replace(visit, lane=lane.id))


def therapist_in(day: Day, lane: Lane, now: datetime) -> Therapist:
    """A therapist of this day, as they are just now."""
    own = [other for other in day.visits if other.lane == lane.id and not other.gone]
    return Therapist(
        is_away=lane.away_until is not None and minutes(lane.away_until, now) > 0,
        is_busy=any(one.is_in_session or (one.called_at and one.is_to_start) for one in own),
        held=[(one.booked_at, one.planned) for one in own if one.booked_at and one.is_to_start],
    )


def _before_the_absent(day: Day, visit: Booked) -> Iterator[tuple[Move, Day]]:
    """Take somebody who is here before the first of those booked earlier who are not."""
    absent = [other.booked_at for other in _booked_before(day, visit) if not other.is_here]
    if absent and absent[0] is not None:
        move = Move(kind=MoveKind.EARLY_CLIENT_FIRST, visit=visit.id, helps=visit.id)
        yield move, _with(day, replace(visit, booked_at=absent[0] - MINUTE))


def _booked_before(day: Day, visit: Booked) -> list[Booked]:
    """Those to start with the same therapist and booked earlier, the first first."""
    own = visit.booked_at
    found = [
        (other.booked_at, other)
        for other in day.visits
        if other.lane == visit.lane and other.is_to_start and other.booked_at and own
    ]
    return [other for at, other in sorted(found, key=lambda pair: pair[0]) if own and at < own]


def _with(day: Day, changed: Booked) -> Day:
    visits = tuple(changed if visit.id == changed.id else visit for visit in day.visits)
    return replace(day, visits=visits)


def _effect(
    day: Day, move: Move, before: dict[str, Forecast], after: dict[str, Forecast], now: datetime
) -> dict[str, tuple[timedelta, timedelta]]:
    effect = {}
    both = (move.visit, move.other) if move.kind is MoveKind.SWAP else ()
    for visit in day.visits:
        if visit.id not in before or visit.id not in after or visit.due_at is None:
            continue
        since, until = _counted(move, visit, visit.due_at, now)
        then = _wait(before[visit.id], since, now)
        would_be = _wait(after[visit.id], until, now)
        if abs(would_be - then) >= NOTICED or visit.id in both:
            effect[visit.id] = (then, would_be)
    return effect


def _counted(
    move: Move, visit: Booked, due_at: datetime, now: datetime
) -> tuple[datetime, datetime]:
    """From when somebody's wait counts, before the move and after it."""
    if move.new_time is None:
        return due_at, due_at
    if move.kind is MoveKind.COME_LATER and visit.id == move.visit:
        return due_at, move.new_time
    if visit.id == move.other:
        # How late they themselves come is not a wait.
        return max(due_at, visit.late_until or due_at), counts_from(visit, move.new_time, now)
    return due_at, due_at


def _wait(seen: Forecast, due_at: datetime, now: datetime) -> timedelta:
    return max(seen.likely - timedelta(minutes=minutes(due_at, now)), timedelta(0))


def _is_good(move: Move) -> bool:
    """It spares its own person enough, and nobody else comes to wait over ten minutes by it."""
    if move.helps not in move.effect or move.saves < WORTH:
        return False
    others = [pair for visit, pair in move.effect.items() if visit != move.helps]
    return all(after <= max(TEN, before) for before, after in others)


def _worst_after(move: Move) -> timedelta:
    """The longest likely wait that anybody whom the move touches is left with."""
    return max(after for _, after in move.effect.values())
