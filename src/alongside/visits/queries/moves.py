"""What would help just now, as the engine tried it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from alongside.rules.waits.free import Therapist, is_free_for
from alongside.rules.waits.moves import LIKELY_LATE, Move, MoveKind, what_would_help
from alongside.rules.waits.swap import asked_for, hears_in_time
from alongside.ui.templatetags.ui import clock
from alongside.visits.models import State, Visit
from alongside.visits.queries.board import Board, Lane, Row
from alongside.visits.queries.day import day_state
from alongside.visits.queries.look import FUTURES, Looked

SHOWN = 3
FEWER = FUTURES // 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpful:
    """A move in words, with what it does for everybody, and how to carry it out."""

    sentence: str
    effect: str
    visit: UUID
    version: int
    move: str
    to: str


def would_help(looked: Looked, now: datetime) -> list[dict[str, Any]]:
    """Try the moves when somebody is more likely than not to wait over ten minutes."""
    if not any(found.over_ten > LIKELY_LATE for found in looked.forecasts.values()):
        return []
    moves = what_would_help(looked.day, looked.laws, now=now, seed=looked.seed, futures=FEWER)
    return [_kept(move) for move in _a_move_each(moves)[: 2 * SHOWN]]


def _a_move_each(moves: list[Move]) -> list[Move]:
    """The best move for each person first, then the second-best: nobody's only help falls off."""
    turns: Counter[str] = Counter()
    places = []
    for move in moves:
        places.append(turns[move.helps])
        turns[move.helps] += 1
    return [move for _, move in sorted(zip(places, moves, strict=True), key=lambda pair: pair[0])]


def _kept(move: Move) -> dict[str, Any]:
    return {
        "kind": move.kind.value,
        "visit": move.visit,
        "helps": move.helps,
        "to_lane": move.to_lane,
        "new_time": move.new_time.isoformat() if move.new_time else None,
        "other": move.other,
        "effect": {visit: [_min(a), _min(b)] for visit, (a, b) in move.effect.items()},
    }


def _min(length: timedelta) -> float:
    return round(length / timedelta(minutes=1), 1)


def helpful_moves(board: Board) -> list[Helpful]:
    """Put into words the moves that can still be made, who is most pressing first."""
    state = day_state()
    rows = {str(row.visit.pk): row for row in board.rows}
    lanes = {str(lane.therapist.pk): lane for lane in board.lanes}
    moves = [move for move in (state.moves if state else []) if move["visit"] in rows]
    moves.sort(key=lambda move: _pressing(rows.get(move["helps"])))
    found: list[Helpful] = []
    asked: set[str] = set()
    for move in moves:
        who = _asked_later(move)
        # Nobody is asked for two times at once: the more pressing move is offered first.
        if who not in asked and (helpful := _helpful(move, rows, lanes, board)):
            found.append(helpful)
            asked |= {who} if who else set()
    return found[:SHOWN]


def _asked_later(move: dict[str, Any]) -> str:
    """Who is asked to come at another time; "" where nobody is."""
    if move["kind"] == MoveKind.SWAP:
        return str(move.get("other") or "")
    return str(move["visit"]) if move["kind"] == MoveKind.COME_LATER else ""


def _pressing(row: Row | None) -> bool:
    """Sort key: whoever sits here waiting comes before who is still at home."""
    return row is None or not row.visit.is_waiting


def _helpful(
    move: dict[str, Any], rows: dict[str, Row], lanes: dict[str, Lane], board: Board
) -> Helpful | None:
    row = rows[move["visit"]]
    other = rows.get(move.get("other") or "")
    is_swap = move["kind"] == MoveKind.SWAP
    said = _swap(row, other, board) if is_swap else _sentence(move, row, lanes, board)
    if said is None:
        return None
    return Helpful(
        sentence=said,
        effect=_effect(move, rows),
        visit=row.visit.pk,
        version=row.visit.version,
        move=move["kind"],
        to=seen(other.visit) if other else move["to_lane"] or move["new_time"] or "",
    )


def _sentence(move: dict[str, Any], row: Row, lanes: dict[str, Lane], board: Board) -> str | None:
    """Say the move, or None when it can no longer be made."""
    name, kind = row.visit.client.goes_by, move["kind"]
    if kind == MoveKind.OTHER_THERAPIST:
        lane = lanes.get(move["to_lane"] or "")
        if lane is None or not row.visit.is_waiting or not _can_take(lane, row.visit, board.now):
            return None
        return _("Let %(therapist)s see %(name)s.") % {
            "therapist": lane.therapist.short_name,
            "name": name,
        }
    if kind == MoveKind.EARLY_CLIENT_FIRST:
        own = lanes.get(str(row.visit.therapist_id))
        if row.visit.state != State.HERE or own is None or _is_busy(own):
            return None
        return _("Call %(name)s now, before those who are not here yet.") % {"name": name}
    later = parse_datetime(move["new_time"] or "")
    if later is None or row.visit.state != State.BOOKED:
        return None
    return _("Ask %(name)s to come at %(time)s.") % {
        "name": name,
        "time": clock(later, board.clinic.zone),
    }


def _swap(row: Row, other: Row | None, board: Board) -> str | None:
    """Say who would change places, or None when they no longer can."""
    if other is None or not can_swap(row.visit, other.visit, board.now):
        return None
    comes = asked_for(other.visit.late_until, row.visit.booked_at)
    return _("Let %(name)s go before %(other)s, who is asked to come at %(time)s.") % {
        "name": row.visit.client.goes_by,
        "other": other.visit.client.goes_by,
        "time": clock(comes, board.clinic.zone),
    }


def can_swap(visit: Visit, other: Visit, now: datetime) -> bool:
    """Whether who is here can still go before somebody booked earlier who is not."""
    return (
        (visit.state, other.state) == (State.HERE, State.BOOKED)
        and (visit.therapist_id, visit.day) == (other.therapist_id, other.day)
        and other.booked_at < visit.booked_at
        and hears_in_time(other.booked_at, other.late_until, now)
    )


def seen(visit: Visit) -> str:
    """Name the other one of a swap as the board showed them."""
    return f"{visit.pk}@{visit.version}"


def therapist_on(lane: Lane) -> Therapist:
    """A therapist as the board shows them, to be asked again: the day has gone on since."""
    holding = (State.BOOKED, State.HERE, State.CALLED)
    there = [row.visit for row in lane.rows if row.visit.state in holding]
    return Therapist(
        is_away=lane.away is not None,
        is_busy=_is_busy(lane),
        held=[(visit.booked_at, visit.planned) for visit in there],
    )


def _can_take(lane: Lane, visit: Visit, now: datetime) -> bool:
    there = therapist_on(lane)
    return is_free_for(there, booked_at=visit.booked_at, planned=visit.planned, now=now)


def _is_busy(lane: Lane) -> bool:
    return any(other.visit.state in (State.WITH, State.CALLED) for other in lane.rows)


def _effect(move: dict[str, Any], rows: dict[str, Row]) -> str:
    """Say what it does: for the one it is for, then for everybody else."""
    effects = {visit: pair for visit, pair in move["effect"].items() if visit in rows}
    before, after = effects.get(move["helps"], (0.0, 0.0))
    name = rows[move["helps"]].visit.client.goes_by if move["helps"] in rows else ""
    first = _("%(name)s %(after)d min instead of %(before)d,") % {
        "name": name,
        "after": round(after),
        "before": round(before),
    }
    later = [
        _("%(name)s %(n)d min later")
        % {"name": rows[visit].visit.client.goes_by, "n": round(b - a)}
        for visit, (a, b) in effects.items()
        if visit != move["helps"] and b - a >= 1
    ]
    others = ", ".join(later) or _("nobody else later")
    return f"{first} {others}."
