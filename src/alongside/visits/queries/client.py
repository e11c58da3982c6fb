"""What a client's own page needs to know about their visit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.clinics.prepared import prepared
from alongside.ui.charts import Rail, rail
from alongside.visits.models import State, Told, Visit
from alongside.visits.queries.day import away_now, today_in

# So early a client may say by themselves that they are here.
EARLIEST = timedelta(minutes=90)
# So long a correction is shown with the figures of its moment; later they would be old.
FRESH = timedelta(minutes=2)


class Stage(StrEnum):
    """Where a visit is for the person it is for."""

    AHEAD = "ahead"
    EARLY = "early"
    DUE = "due"
    WAITING = "waiting"
    CALLED = "called"
    WITH = "with"
    DONE = "done"
    CANCELLED = "cancelled"
    MISSED = "missed"

    @property
    def is_live(self) -> bool:
        """Whether the page may change while it is open."""
        return self in (Stage.EARLY, Stage.DUE, Stage.WAITING, Stage.CALLED, Stage.WITH)


HERE = {
    State.HERE: Stage.WAITING,
    State.CALLED: Stage.CALLED,
    State.WITH: Stage.WITH,
    State.DONE: Stage.DONE,
    State.CANCELLED: Stage.CANCELLED,
    State.MISSED: Stage.MISSED,
}


def own_visit(key: UUID | str) -> Visit | None:
    """Find a visit with everything that its page names."""
    return next(iter(_whole(key if isinstance(key, UUID) else UUID(key))), None)


@prepared
def _whole(key: UUID) -> QuerySet[Visit]:
    rows = Visit.objects.select_related("client", "therapist", "kind", "room", "clinic")
    found: QuerySet[Visit] = rows.filter(pk=key)
    return found


def plain_visit(key: UUID, client: UUID) -> Visit | None:
    """Find a client's visit alone."""
    return next(iter(_alone(key, client)), None)


@prepared
def _alone(key: UUID, client: UUID) -> QuerySet[Visit]:
    found: QuerySet[Visit] = Visit.objects.filter(pk=key, client=client)
    return found


def stage_of(visit: Visit, now: datetime) -> Stage:
    """Tell where a visit is; a booked one whose day went by counts as missed, by nobody's fault."""
    known = HERE.get(State(visit.state))
    if known:
        return known
    today = today_in(visit.clinic, now)
    if visit.day != today:
        return Stage.AHEAD if visit.day > today else Stage.MISSED
    return Stage.EARLY if now < opens_for(visit) else Stage.DUE


def opens_for(visit: Visit) -> datetime:
    """From when a client may say by themselves that they are here."""
    return visit.booked_at - EARLIEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a told wait still means now: never less than nothing."""

    told: Told
    likely: timedelta
    low: timedelta
    high: timedelta
    is_over: bool

    @property
    def rail(self) -> Rail:
        """The range as a picture."""
        return rail(self.low, self.high)


def what_is_left(told: Told, now: datetime) -> Left:
    """Count a told wait down to now; once its "by" has passed, it says nothing but that."""
    since = now - told.told_at
    none = timedelta(0)
    return Left(
        told=told,
        likely=max(told.likely - since, none),
        low=max(told.low - since, none),
        high=max(told.high - since, none),
        is_over=now > told.by,
    )


def last_two_told(visit: Visit) -> list[Told]:
    """Give what was told last and what was told before it, the newest first."""
    return _last_two(visit.pk)


@prepared
def _last_two(visit: UUID) -> QuerySet[Told]:
    return Told.objects.filter(visit=visit).order_by("-told_at", "-id")[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Who goes in before a client, as numbers: never who."""

    people: int
    is_busy: bool
    is_away: bool

    @property
    def is_next(self) -> bool:
        """Whether nobody is before them."""
        return self.people == 0


def ahead_of(visit: Visit, now: datetime) -> Ahead:
    """Count who is booked before this visit with the same therapist and has not gone in."""
    states = _before(visit.pk, visit.day, visit.therapist_id, visit.booked_at, now)
    busy = sum(state in (State.CALLED, State.WITH) for state in states)
    return Ahead(
        people=len(states) - busy,
        is_busy=busy > 0,
        is_away=visit.therapist_id in away_now(),
    )


@prepared
def _before(
    visit: UUID, day: date, therapist: UUID, booked_at: datetime, now: datetime
) -> QuerySet[Visit, str]:
    """The states of those who are with this therapist, or go in before this visit."""
    earlier = Q(booked_at__lt=booked_at) & (
        Q(state=State.HERE) | Q(state=State.BOOKED, ends_at__gt=now)
    )
    inside = Q(state__in=[State.CALLED, State.WITH])
    others = Visit.objects.on_day(day).filter(earlier | inside, therapist=therapist)
    found: QuerySet[Visit, str] = (
        others.exclude(pk=visit).values_list("state", flat=True).order_by("booked_at")
    )
    return found
