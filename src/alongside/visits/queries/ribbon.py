"""The day as a picture: a lane per therapist, what was, what is, and what will probably be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.clinics.models import OpeningHours
from alongside.clinics.prepared import prepared
from alongside.people.models import Staff
from alongside.ui.ribbon import Band, Block, BlockState, Ribbon, RibbonLane, ribbon
from alongside.ui.templatetags.ui import clock, whole_minutes
from alongside.visits.models import HOLDS_TIME, State
from alongside.visits.queries.board import Board, Lane, Row, told_between
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
        blocks=_blocks(
            tuple(_seen(row) for row in sorted(lane.rows, key=_drawn_at)),
            _minute(board.now),
            board.clinic.zone,
            get_language() or "en",
        ),
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


def _drawn_at(row: Row) -> datetime:
    return row.visit.started_at or row.visit.booked_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the picture shows of a row, in plain values: the same values are the same blocks."""

    visit: UUID
    name: str
    state: str
    is_waiting: bool
    needs_care: bool
    is_first: bool
    planned: timedelta
    booked_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    late_until: datetime | None
    told: tuple[timedelta, timedelta] | None
    starts: tuple[datetime, datetime, datetime] | None  # 1 in 10 before, likely, 1 in 10 after


def _seen(row: Row) -> Seen:
    visit, told, out = row.visit, row.told, row.outlook
    return Seen(
        visit=visit.pk,
        name=visit.client.goes_by,
        state=visit.state,
        is_waiting=visit.is_waiting,
        needs_care=row.needs_care,
        is_first=visit.is_first,
        planned=visit.planned,
        booked_at=visit.booked_at,
        called_at=visit.called_at,
        started_at=visit.started_at,
        finished_at=visit.finished_at,
        late_until=visit.late_until,
        told=(told.low, told.high) if told else None,
        starts=(out.starts_low, out.starts_likely, out.starts_high) if out else None,
    )


@lru_cache(maxsize=4096)
def _blocks(
    rows: tuple[Seen, ...], minute: datetime, zone: ZoneInfo, language: str
) -> tuple[Block, ...]:
    """Draw a lane's visits; one that has not begun stands behind the one before it.

    From values alone, in the language that is active (`language` tells the kept ones apart): most
    lanes are as they were when the board is drawn again.
    """
    blocks: list[Block] = []
    free_from: datetime | None = None
    for row in rows:
        block = _block(row, minute, zone, free_from)
        blocks.append(block)
        if block.state != BlockState.GONE:
            free_from = max(block.ends_at, free_from or block.ends_at)
    return tuple(blocks)


def _block(row: Seen, now: datetime, zone: ZoneInfo, free_from: datetime | None) -> Block:
    begins = row.started_at or row.booked_at
    if row.is_waiting and row.starts:
        begins = max(row.starts[1], now)
    if row.state in HOLDS_TIME and not row.started_at and free_from:
        begins = max(begins, free_from)
    ends = row.finished_at or max(begins + row.planned, now if _inside(row) else begins)
    note = _words(row, zone)
    when = clock(row.booked_at, zone)
    return Block(
        starts_at=begins,
        ends_at=max(ends, begins + timedelta(minutes=5)),
        label=row.name,
        note=note,
        say=f"{row.name}, {when}, {State(row.state).label}, {note}",
        state=_state(row),
        href=reverse("visits:board-visit", args=[row.visit]),
        band=_band(row, now),
    )


def _minute(now: datetime) -> datetime:
    """Now as the ribbon shows it: a lane on which nothing happens is drawn once a minute."""
    return now.replace(second=0, microsecond=0)


def _inside(row: Seen) -> bool:
    return row.state == State.WITH


def _state(row: Seen) -> BlockState:
    if row.state == State.DONE:
        return BlockState.DONE
    if row.state == State.WITH:
        return BlockState.WITH
    if row.state in (State.CANCELLED, State.MISSED):
        return BlockState.GONE
    if row.is_waiting:
        return BlockState.WAITING if row.needs_care else BlockState.HERE
    return BlockState.EXPECTED


def _words(row: Seen, zone: ZoneInfo) -> str:
    if row.state == State.WITH:
        return _("since %(time)s") % {"time": clock(row.started_at, zone)}
    if row.state == State.CALLED:
        return _("called %(time)s") % {"time": clock(row.called_at, zone)}
    if row.is_waiting:
        if row.told is None:
            return _("not told yet")
        return _("told %(range)s") % {"range": told_between(*row.told)}
    if row.state == State.BOOKED and row.is_first:
        return _("first visit")
    if row.state == State.BOOKED and row.late_until:
        return _("late, %(time)s") % {"time": clock(row.late_until, zone)}
    if row.state == State.MISSED:
        return _("did not come")
    return clock(row.booked_at, zone)


def _band(row: Seen, now: datetime) -> Band | None:
    if row.starts is None or row.state not in (State.BOOKED, State.HERE, State.CALLED):
        return None
    low, likely, high = row.starts
    low, likely = max(low, now), max(likely, now)
    return Band(low, likely, max(high, likely))
