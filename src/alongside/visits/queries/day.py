"""A clinic's day as the engine takes it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.clinics.prepared import prepared
from alongside.people.models import Role, Staff
from alongside.rules.waits import Booked, Day, Lane, Laws
from alongside.rules.waits.promise import so_far
from alongside.visits.models import Away, ClinicLaws, DayState, State, Told, Visit

GONE = (State.CANCELLED, State.MISSED)
# How long we take somebody to be away who did not say until when.
AWHILE = timedelta(minutes=10)
ALL_DAY = timedelta(hours=12)


def day_state() -> DayState | None:
    """Whether the clinic's day changed since its waits were worked out; None before its first."""
    return next(iter(_states()), None)


@prepared
def _states() -> QuerySet[DayState]:
    return DayState.objects.all()


def today_in(clinic: Clinic, now: datetime) -> date:
    """The day it is at the clinic."""
    return now.astimezone(clinic.zone).date()


def visits_of(day: date) -> QuerySet[Visit]:
    """All visits of a day with their people, in the order of the book."""
    rows: QuerySet[Visit] = (
        Visit.objects.on_day(day).in_order().select_related("client", "therapist", "kind", "room")
    )
    return rows


@prepared
def therapists() -> QuerySet[Staff]:
    """Everybody who sees clients here."""
    return _therapists()


def _therapists() -> QuerySet[Staff]:
    return Staff.objects.filter(role=Role.THERAPIST, is_active=True).order_by("name", "id")


def last_told(day: date) -> dict[UUID, Told]:
    """Give what was told last to everybody who waits on this day, by visit."""
    return {told.visit_id: told for told in _told_to_who_waits(day)}


@prepared
def _told_to_who_waits(day: date) -> QuerySet[Told]:
    rows = Told.objects.filter(visit__in=Visit.objects.on_day(day).waiting())
    # The figures behind it are read where somebody asks how it came about.
    return rows.defer("numbers", "channels").order_by("told_at", "id")


def away_now() -> dict[UUID, Away]:
    """Who is away just now, by therapist."""
    return {row.therapist_id: row for row in _away()}


@prepared
def _away() -> QuerySet[Away]:
    return Away.objects.filter(back_at=None)


def day_for_engine(clinic: Clinic, now: datetime) -> Day:
    """Gather what is known now: lanes, visits, who is away."""
    day = today_in(clinic, now)
    away = away_now()
    rows = _taken(day)
    visits = tuple(_booked(*row[:-1]) for row in rows)
    begins = _begins(visits)
    lanes = tuple(
        _lane(key, kinds, away.get(key), begins.get(str(key)), now)
        for key, kinds in _who_takes_what().items()
    )
    told = zip(visits, (row[-1] for row in rows), strict=True)
    promises = [(by, visit.started_at) for visit, by in told if by and not visit.gone]
    return Day(lanes=lanes, visits=visits, zone=clinic.zone, promises=so_far(promises, now))


def _begins(visits: Iterable[Booked]) -> dict[str, datetime]:
    """When each therapist's day begins: with the first visit that is still on their list."""
    first: dict[str, datetime] = {}
    for visit in visits:
        if visit.lane and visit.booked_at and not visit.gone:
            first[visit.lane] = min(visit.booked_at, first.get(visit.lane, visit.booked_at))
    return first


def _who_takes_what() -> dict[UUID, set[str]]:
    """Each therapist with the kinds of visit they take; none named means all."""
    found: dict[UUID, set[str]] = {}
    for key, kind in _kinds():
        found.setdefault(key, set()).update([kind] if kind else [])
    return found


@prepared
def _kinds() -> QuerySet[Staff, tuple[UUID, str | None]]:
    return _therapists().values_list("pk", "kinds__name")


def _lane(
    key: UUID, kinds: set[str], away: Away | None, opens_at: datetime | None, now: datetime
) -> Lane:
    return Lane(
        id=str(key),
        kinds=frozenset(kinds) or None,
        opens_at=opens_at,
        away_until=_until(away, now) if away else None,
    )


def _until(away: Away, now: datetime) -> datetime:
    if away.why == "absent":
        return away.until_at or now + ALL_DAY
    expected = away.until_at or away.from_at + AWHILE
    return max(expected, now + timedelta(minutes=1))


# What the engine takes of a visit; only this is read, for it is read at every event.
TAKEN = (
    "id",
    "therapist_id",
    "kind__name",
    "booked_at",
    "planned",
    "arrived_at",
    "called_at",
    "started_at",
    "finished_at",
    "state",
    "late_until",
)


@prepared
def _taken(day: date) -> QuerySet[Visit, tuple[Any, ...]]:
    """The day's visits, and by when each was first told that they go in."""
    told = Told.objects.filter(visit=OuterRef("pk")).order_by("told_at", "id")
    found: QuerySet[Visit, tuple[Any, ...]] = (
        Visit.objects.on_day(day)
        .in_order()
        .annotate(first_by=Subquery(told.values("by")[:1]))
        .values_list(*TAKEN, "first_by")
    )
    return found


def _booked(
    key: UUID,
    therapist: UUID,
    kind: str,
    booked_at: datetime,
    planned: timedelta,
    arrived_at: datetime | None,
    called_at: datetime | None,
    started_at: datetime | None,
    finished_at: datetime | None,
    state: str,
    late_until: datetime | None,
) -> Booked:
    return Booked(
        id=str(key),
        lane=str(therapist),
        kind=kind,
        booked_at=booked_at,
        planned=planned,
        arrived_at=arrived_at,
        called_at=called_at,
        started_at=started_at,
        ended_at=finished_at,
        gone=state in GONE,
        late_until=late_until,
    )


def laws_now() -> Laws:
    """What this clinic's own log has taught; on day one, what is known of clinics like it."""
    newest = _newest_laws()
    return (_laws(newest[0], current.clinic_id()) if newest else None) or Laws.prior()


@prepared
def _newest_laws() -> QuerySet[ClinicLaws, UUID]:
    return ClinicLaws.objects.order_by("-made_at").values_list("pk", flat=True)[:1]


def laws_of(row: ClinicLaws | None) -> Laws | None:
    """Read a lesson; None where there is none, or an older release wrote it."""
    if row is None:
        return None
    try:
        return Laws.from_json(row.laws)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _laws(key: UUID, clinic: UUID) -> Laws | None:
    return laws_of(ClinicLaws.objects.get(pk=key))


def seed_for(clinic: Clinic, day: date) -> int:
    """One seed a clinic-day, so that an estimate moves only when the world does."""
    return crc32(f"{clinic.pk}:{day.isoformat()}".encode())
