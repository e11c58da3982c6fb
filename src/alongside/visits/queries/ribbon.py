"""The day as a picture: a lane per therapist, what was, what is, and what will probably be."""

from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.clinics.models import OpeningHours
from alongside.clinics.prepared import prepared
from alongside.people.models import Staff
from alongside.ui.ribbon import Band, Block, BlockState, Ribbon, RibbonLane, ribbon
from alongside.ui.templatetags.ui import clock, whole_minutes
from alongside.visits.models import HOLDS_TIME, State
from alongside.visits.queries.board import Board, Lane, Row
from alongside.visits.queries.day import today_in

BEHIND = timedelta(minutes=5)


def ribbon_for(board: Board) -> Ribbon:
    """Draw the board's day between opening and closing, or as far as its visits reach."""
    first, last = _edges(board)
    lanes = tuple(_lane(lane, board) for lane in board.lanes)
    return ribbon(lanes, opens_at=first, closes_at=last, now=board.now)


def _edges(board: Board) -> tuple[datetime, datetime]:
    zone = board.clinic.zone
    day = today_in(board.clinic, board.now)
    hours = _hours(day.weekday())
    starts = [datetime.combine(day, row.opens, zone) for row in hours]
    ends = [datetime.combine(day, row.closes, zone) for row in hours]
    starts += [row.visit.booked_at for row in board.rows] or [board.now]
    ends += [row.visit.ends_at for row in board.rows] or [board.now + timedelta(hours=1)]
    return min(starts).astimezone(zone), max(ends).astimezone(zone)


@prepared
def _hours(weekday: int) -> QuerySet[OpeningHours]:
    return OpeningHours.objects.filter(weekday=weekday)


def _lane(lane: Lane, board: Board) -> RibbonLane:
    away: tuple[tuple[datetime, datetime], ...] = ()
    if lane.away:
        until = lane.away.until_at or board.now + timedelta(minutes=10)
        away = ((lane.away.from_at, max(until, board.now)),)
    return RibbonLane(
        label=lane.therapist.short_name,
        note=_note(lane, board),
        blocks=_blocks(lane, board),
        away=away,
    )


def _note(lane: Lane, board: Board) -> str:
    if lane.away:
        return _away_note(lane.therapist, lane, board)
    if lane.behind is not None and lane.behind >= BEHIND:
        return _("%(n)d min behind") % {"n": whole_minutes(lane.behind)}
    return _("on time") if lane.rows else _("free")


def _away_note(therapist: Staff, lane: Lane, board: Board) -> str:
    if lane.away and lane.away.until_at:
        return _("%(why)s, back %(time)s") % {
            "why": lane.away.get_why_display(),
            "time": clock(lane.away.until_at, board.clinic.zone),
        }
    return str(lane.away.get_why_display()) if lane.away else ""


def _blocks(lane: Lane, board: Board) -> tuple[Block, ...]:
    """Draw the lane's visits; one that has not begun stands behind the one before it."""
    blocks: list[Block] = []
    free_from: datetime | None = None
    for row in sorted(lane.rows, key=_drawn_at):
        block = _block(row, board, free_from)
        blocks.append(block)
        if block.state != BlockState.GONE:
            free_from = max(block.ends_at, free_from or block.ends_at)
    return tuple(blocks)


def _drawn_at(row: Row) -> datetime:
    return row.visit.started_at or row.visit.booked_at


def _block(row: Row, board: Board, free_from: datetime | None) -> Block:
    visit, now = row.visit, _minute(board.now)
    begins = visit.started_at or visit.booked_at
    if visit.is_waiting and row.outlook:
        begins = max(row.outlook.starts_likely, now)
    if visit.state in HOLDS_TIME and not visit.started_at and free_from:
        begins = max(begins, free_from)
    ends = visit.finished_at or max(begins + visit.planned, now if _inside(row) else begins)
    note = _words(row, board)
    when = clock(visit.booked_at, board.clinic.zone)
    return Block(
        starts_at=begins,
        ends_at=max(ends, begins + timedelta(minutes=5)),
        label=visit.client.goes_by,
        note=note,
        say=f"{visit.client.goes_by}, {when}, {State(visit.state).label}, {note}",
        state=_state(row),
        href=_page_of(visit.pk),
        band=_band(row),
    )


@lru_cache(maxsize=8192)
def _page_of(visit: UUID) -> str:
    return reverse("visits:board-visit", args=[visit])


def _minute(now: datetime) -> datetime:
    """Now as the ribbon shows it: a lane on which nothing happens is drawn once a minute."""
    return now.replace(second=0, microsecond=0)


def _inside(row: Row) -> bool:
    return row.visit.state == State.WITH


def _state(row: Row) -> BlockState:
    state = row.visit.state
    if state == State.DONE:
        return BlockState.DONE
    if state == State.WITH:
        return BlockState.WITH
    if state in (State.CANCELLED, State.MISSED):
        return BlockState.GONE
    if row.visit.is_waiting:
        return BlockState.WAITING if row.needs_care else BlockState.HERE
    return BlockState.EXPECTED


def _words(row: Row, board: Board) -> str:
    visit, zone = row.visit, board.clinic.zone
    if visit.state == State.WITH:
        return _("since %(time)s") % {"time": clock(visit.started_at, zone)}
    if visit.state == State.CALLED:
        return _("called %(time)s") % {"time": clock(visit.called_at, zone)}
    if visit.is_waiting:
        return _("told %(range)s") % {"range": row.told_range} if row.told else _("not told yet")
    if visit.state == State.BOOKED and visit.is_first:
        return _("first visit")
    if visit.state == State.BOOKED and visit.late_until:
        return _("late, %(time)s") % {"time": clock(visit.late_until, zone)}
    if visit.state == State.MISSED:
        return _("did not come")
    return clock(visit.booked_at, zone)


def _band(row: Row) -> Band | None:
    out = row.outlook
    if out is None or row.visit.state not in (State.BOOKED, State.HERE, State.CALLED):
        return None
    now = _minute(row.now)
    low, likely = max(out.starts_low, now), max(out.starts_likely, now)
    return Band(low, likely, max(out.starts_high, likely))
