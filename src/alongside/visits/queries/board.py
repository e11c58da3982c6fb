"""The board: who is where, who waits, who was told what, and who is about to be let down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.clinics.models import Clinic
from alongside.clinics.prepared import prepared
from alongside.people.models import Staff
from alongside.ui.templatetags.ui import whole_minutes
from alongside.visits.models import (
    WAITING,
    Asked,
    Away,
    Outlook,
    State,
    Step,
    Told,
    Visit,
)
from alongside.visits.queries.day import away_now, last_told, therapists, today_in

# Columns that no row of the board shows; a page that does is asked for them once.
NOT_SHOWN = (
    *("series", "reminded_at", "cancelled_at", "missed_at"),
    *("outlook__made_at", "outlook__quantiles"),
    *("client__found_by", "client__number", "client__email", "client__mobile"),
    *("client__planned_minutes", "client__card__changed_at"),
)
TEN = timedelta(minutes=10)
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One visit on the board, with everything that staff need in eleven seconds."""

    visit: Visit
    now: datetime
    told: Told | None = None
    outlook: Outlook | None = None
    asked: Asked | None = None
    has_card: bool = False

    @property
    def expected(self) -> timedelta | None:
        """How long from now until the start is likely."""
        if self.outlook is None or not self.visit.is_waiting:
            return None
        return max(self.outlook.starts_likely - self.now, timedelta(0))

    @property
    def is_overdue(self) -> bool:
        """The told time passed with no word from us: a fault, and shown as one."""
        return bool(self.told and self.visit.is_waiting and self.told.by < self.now)

    @property
    def is_past_told(self) -> bool:
        """The likely start is later than what the client was told."""
        if self.told is None or self.outlook is None:
            return False
        return self.outlook.starts_likely > self.told.by

    @property
    def must_be_said(self) -> bool:
        """Somebody has to tell this client in person."""
        return bool(self.told and self.told.to_say and self.told.said_at is None)

    @property
    def may_wait_long(self) -> bool:
        """More likely than not to wait over ten minutes."""
        return bool(self.outlook and self.outlook.over_ten > HALF)

    @property
    def needs_care(self) -> bool:
        """Whether this row is one to look at first."""
        return self.visit.is_waiting and (
            self.is_overdue or self.is_past_told or self.may_wait_long or self.must_be_said
        )

    @property
    def urgency(self) -> tuple[bool, bool, float, datetime]:
        """Sort key: who has been let down, who is about to be, then who has waited longest."""
        chance = self.outlook.over_ten if self.outlook else 0.0
        return (
            not self.is_overdue,
            not (self.is_past_told or self.must_be_said or self.asked),
            -round(chance, 1),
            self.visit.arrived_at or self.visit.booked_at,
        )

    @property
    def waited(self) -> timedelta | None:
        """Since check-in."""
        return self.visit.waited(until=self.now)

    @property
    def told_range(self) -> str:
        """What was told, short: "5–12 min"."""
        return told_between(self.told.low, self.told.high) if self.told else ""


def told_between(low: timedelta, high: timedelta) -> str:
    """Say a told range, short: "5–12 min"."""
    return _("%(low)d–%(high)d min") % {"low": whole_minutes(low), "high": whole_minutes(high)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A therapist and how their day runs."""

    therapist: Staff
    away: Away | None
    behind: timedelta | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything on the board at one moment; who is where is sorted out once."""

    clinic: Clinic
    now: datetime
    rows: tuple[Row, ...]
    lanes: tuple[Lane, ...]
    last_step: Step | None = None
    asked: tuple[Asked, ...] = ()
    # What parts read for this board, so that two of their panels ask once.
    read: dict[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def waiting(self) -> list[Row]:
        """Who waits, the most pressing first."""
        return sorted(
            (row for row in self.rows if row.visit.is_waiting), key=lambda row: row.urgency
        )

    @cached_property
    def with_us(self) -> list[Row]:
        """Who is with a therapist."""
        return [row for row in self.rows if row.visit.state == State.WITH]

    @cached_property
    def expected(self) -> list[Row]:
        """Who is still to come, the next first."""
        return [row for row in self.rows if row.visit.state == State.BOOKED]

    @property
    def over(self) -> list[Row]:
        """Who has been, and who did not come."""
        ended = (State.DONE, State.MISSED, State.CANCELLED)
        return [row for row in self.rows if row.visit.state in ended]

    @cached_property
    def seen(self) -> list[Row]:
        """Who has gone in today."""
        return [row for row in self.rows if row.visit.started_at and row.visit.arrived_at]

    @cached_property
    def within_ten(self) -> int:
        """How many waited ten minutes or less past their time."""
        waits = (row.visit.waited_past_time(until=self.now) for row in self.seen)
        return sum(1 for wait in waits if wait is not None and wait <= TEN)

    @cached_property
    def middle_wait(self) -> timedelta | None:
        """The median wait since check-in of those seen today."""
        waits = sorted(wait for row in self.seen if (wait := row.waited) is not None)
        if not waits:
            return None
        half = len(waits) // 2
        return waits[half] if len(waits) % 2 else (waits[half - 1] + waits[half]) / 2

    @cached_property
    def overdue(self) -> list[Row]:
        """Whose told time passed with no word from us, just now."""
        return [row for row in self.rows if row.is_overdue]


def board_for(clinic: Clinic, now: datetime) -> Board:
    """Gather the board in a handful of queries, however long the day."""
    today = today_in(clinic, now)
    team = therapists()
    visits = _visits(today, team)
    told, asked = last_told(today), {one.visit_id: one for one in _open_asked(today)}
    rows = tuple(
        Row(
            visit=visit,
            now=now,
            told=told.get(visit.pk),
            outlook=getattr(visit, "outlook", None),
            asked=asked.get(visit.pk),
            has_card=_has_card(visit),
        )
        for visit in visits
    )
    away = away_now()
    return Board(
        clinic=clinic,
        now=now,
        rows=rows,
        lanes=tuple(_lane(one, away.get(one.pk), rows, now) for one in team),
        last_step=_last_step(today, visits),
        asked=tuple(asked.values()),
    )


def _visits(today: date, team: Iterable[Staff]) -> list[Visit]:
    """Today's visits, with their clients, and with therapists who are read once and not per row."""
    visits = _booked(today)
    known = {one.pk: one for one in team}
    gone = {visit.therapist_id for visit in visits} - known.keys()
    known |= Staff.objects.in_bulk(gone) if gone else {}
    for visit in visits:
        visit.therapist = known[visit.therapist_id]
    return visits


@prepared
def _booked(day: date) -> QuerySet[Visit]:
    found: QuerySet[Visit] = (
        Visit.objects.on_day(day)
        .in_order()
        .select_related("outlook", "client__card")
        .defer(*NOT_SHOWN)
    )
    return found


@prepared
def _newest_step(day: date) -> QuerySet[Step]:
    return Step.objects.filter(visit__in=Visit.objects.on_day(day)).order_by("-at", "-id")[:1]


def _last_step(today: date, visits: Iterable[Visit]) -> Step | None:
    step = next(iter(_newest_step(today)), None)
    known = {visit.pk: visit for visit in visits}
    if step is not None and step.visit_id in known:
        step.visit = known[step.visit_id]
    return step


def row_for(clinic: Clinic, visit: UUID, now: datetime) -> Row | None:
    """Give one visit of today as the board shows it."""
    return next((row for row in board_for(clinic, now).rows if row.visit.pk == visit), None)


def _has_card(visit: Visit) -> bool:
    card = getattr(visit.client, "card", None)
    return card is not None and bool(card.lines())


@prepared
def _open_asked(day: date) -> QuerySet[Asked]:
    rows = Asked.objects.filter(visit__in=Visit.objects.on_day(day).waiting(), seen_at=None)
    return rows.order_by("asked_at")


def _lane(therapist: Staff, away: Away | None, rows: Iterable[Row], now: datetime) -> Lane:
    own = tuple(row for row in rows if row.visit.therapist_id == therapist.pk)
    return Lane(therapist=therapist, away=away, behind=_behind(own, now), rows=own)


def _behind(rows: tuple[Row, ...], now: datetime) -> timedelta | None:
    """How far the next start is likely to be behind its booked time; None when nothing is next."""
    coming = [row for row in rows if row.outlook and (row.visit.state in (*WAITING, State.BOOKED))]
    nearest = min(coming, key=lambda row: row.visit.booked_at, default=None)
    if nearest is None or nearest.outlook is None:
        return None
    due = nearest.visit.due_at or nearest.visit.booked_at
    return nearest.outlook.starts_likely - due
