"""The board's rows as plain values: what is drawn from them is drawn once (ui/kept.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from alongside.parts.part import Panel
from alongside.ui.kept import kept
from alongside.ui.templatetags.ui import clock, short_minutes
from alongside.visits.models import State
from alongside.visits.queries.board import Board, Lane, Row
from alongside.visits.views.offered import Offer, offered

# Longer wishes are read on the visit's own page.
ASKED_FOR = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The person first: the name they like, how to say it, and what matters now."""

    visit: UUID
    name: str
    say: str
    code: str
    is_first: bool
    has_card: bool
    mood: int | None
    late_until: str
    asked_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What can be done next, sent with the version that was seen."""

    visit: UUID
    version: int
    offers: tuple[Offer, ...]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellThem:
    """What was told last, in clock times."""

    told: UUID
    between: str
    by: str
    at: str
    must_be_said: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """Somebody who waits: what they were told, and what is true now."""

    who: Who
    steps: Steps
    therapist: str
    booked: str
    since: str
    waited: str
    told: TellThem | None
    called: str
    expected: str
    is_overdue: bool
    is_past_told: bool
    may_wait_long: bool
    needs_care: bool
    asked: tuple[UUID, str] | None
    panels: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRow:
    """Somebody who is still to come (`at`: their time), or is with us (`at`: since when)."""

    who: Who
    steps: Steps
    therapist: str
    at: str
    panels: tuple[SafeString, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapistRow:
    """A therapist: there, or away and why."""

    therapist: UUID
    name: str
    why: str
    back: str


Panels = Mapping[UUID, Sequence[Panel]]


def waiting_rows(board: Board, panels: Panels) -> list[WaitingRow]:
    """Who waits, the most pressing first."""
    return [_waiting(row, board, panels) for row in board.waiting]


def expected_rows(board: Board, panels: Panels) -> list[PlainRow]:
    """Who is still to come."""
    return [_plain(row, row.visit.booked_at, board, panels) for row in board.expected]


def rows_with_us(board: Board) -> list[PlainRow]:
    """Who is in a visit just now."""
    return [_plain(row, row.visit.started_at, board, {}) for row in board.with_us]


def therapist_rows(board: Board) -> list[TherapistRow]:
    """Who sees clients here."""
    return [_therapist(lane, board) for lane in board.lanes]


def _waiting(row: Row, board: Board, panels: Panels) -> WaitingRow:
    visit, zone = row.visit, board.clinic.zone
    return WaitingRow(
        who=_who(row, board),
        steps=_steps(row),
        therapist=visit.therapist.short_name,
        booked=clock(visit.booked_at, zone),
        since=clock(visit.arrived_at, zone),
        waited=short_minutes(row.waited),
        told=_told(row, board),
        called=clock(visit.called_at, zone) if visit.state == State.CALLED else "",
        expected=short_minutes(row.expected),
        is_overdue=row.is_overdue,
        is_past_told=row.is_past_told,
        may_wait_long=row.may_wait_long,
        needs_care=row.needs_care,
        asked=(row.asked.pk, clock(row.asked.asked_at, zone)) if row.asked else None,
        panels=_drawn(panels.get(visit.pk, ())),
    )


def _plain(row: Row, at: datetime | None, board: Board, panels: Panels) -> PlainRow:
    return PlainRow(
        who=_who(row, board),
        steps=_steps(row),
        therapist=row.visit.therapist.short_name,
        at=clock(at, board.clinic.zone),
        panels=_drawn(panels.get(row.visit.pk, ())),
    )


def _who(row: Row, board: Board) -> Who:
    visit, client = row.visit, row.visit.client
    return Who(
        visit=visit.pk,
        name=client.goes_by,
        say=client.said if visit.is_first else "",
        code=visit.code,
        is_first=visit.is_first,
        has_card=row.has_card,
        mood=visit.mood,
        late_until=clock(visit.late_until, board.clinic.zone),
        asked_for=Truncator(visit.asked_for).chars(ASKED_FOR) if visit.is_first else "",
    )


def _steps(row: Row) -> Steps:
    visit = row.visit
    name = visit.client.goes_by
    return Steps(visit=visit.pk, version=visit.version, offers=offered(row), name=name)


def _told(row: Row, board: Board) -> TellThem | None:
    if row.told is None:
        return None
    zone = board.clinic.zone
    return TellThem(
        told=row.told.pk,
        between=row.told_range,
        by=clock(row.told.by, zone),
        at=clock(row.told.told_at, zone),
        must_be_said=row.must_be_said,
    )


def _therapist(lane: Lane, board: Board) -> TherapistRow:
    away = lane.away
    return TherapistRow(
        therapist=lane.therapist.pk,
        name=lane.therapist.short_name,
        why=str(away.get_why_display()) if away else "",
        back=clock(away.until_at, board.clinic.zone) if away else "",
    )


def _drawn(panels: Sequence[Panel]) -> tuple[SafeString, ...]:
    pieces = (kept(panel.template, panel=panel.context) for panel in panels)
    return tuple(piece for piece in pieces if piece.strip())
