"""When a therapist, a client and a room are all free."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from alongside.clinics.models import Clinic, OpeningHours, Room
from alongside.people.models import Client, Staff
from alongside.rules.scheduling.free import free_starts, nearest
from alongside.rules.scheduling.hours import Hours, Span, is_open, open_spans
from alongside.visits.models import Away, Visit

# Where a clinic has said no hours, times are offered in these.
USUAL = [Hours(weekday=n, opens=time(8), closes=time(18)) for n in range(5)]
AHEAD = 14
FAR = 42


def hours() -> list[Hours]:
    """The opening hours of the clinic, as the rules take them."""
    return [
        Hours(weekday=row.weekday, opens=row.opens, closes=row.closes)
        for row in OpeningHours.objects.order_by("weekday", "opens")
    ]


def open_for(clinic: Clinic, start: datetime, planned: timedelta) -> bool:
    """Whether the clinic is open for the whole of a visit."""
    return is_open(hours(), start, start + planned, clinic.zone)


def open_days(clinic: Clinic, days: Sequence[date]) -> set[date]:
    """On which of these days the clinic opens at all; on all of them where no hours are set."""
    known = hours()
    return {day for day in days if not known or open_spans(known, day, clinic.zone)}


def free_times(
    clinic: Clinic,
    therapist: Staff,
    planned: timedelta,
    *,
    day: date,
    now: datetime,
    client: Client | None = None,
    room: Room | None = None,
    leave_out: UUID | None = None,
) -> list[datetime]:
    """Every start on a day at which all who take part are free, in UTC; `leave_out` one visit."""
    openings = open_spans(hours() or USUAL, day, clinic.zone)
    if not openings:
        return []
    whole = Span(start=openings[0].start, end=openings[-1].end)
    taken = _taken(whole, therapist, client, room, leave_out) + _away(therapist, whole)
    return free_starts(openings, taken, planned=planned, not_before=now)


def nearest_free(
    clinic: Clinic,
    therapist: Staff,
    planned: timedelta,
    *,
    to: datetime,
    now: datetime,
    client: Client | None = None,
    room: Room | None = None,
    most: int = 3,
) -> list[datetime]:
    """The free starts nearest to a wished time: that day's, else those of the next days."""
    first = to.astimezone(clinic.zone).date()
    for ahead in range(AHEAD):
        day = first + timedelta(days=ahead)
        found = free_times(clinic, therapist, planned, day=day, now=now, client=client, room=room)
        if found:
            return nearest(found, to, most=most)
    return []


def next_free_days(
    visit: Visit, first: date, *, now: datetime, most: int
) -> list[tuple[date, list[datetime]]]:
    """The next few days with times to which a visit could move, with the same therapist."""
    found = []
    for ahead in range(FAR):
        day = first + timedelta(days=ahead)
        starts = free_times(
            visit.clinic,
            visit.therapist,
            visit.planned,
            day=day,
            now=now,
            client=visit.client,
            room=visit.room,
            leave_out=visit.pk,
        )
        others = [start for start in starts if start != visit.booked_at]
        if others:
            found.append((day, others))
        if len(found) == most:
            break
    return found


def _taken(
    whole: Span, therapist: Staff, client: Client | None, room: Room | None, leave_out: UUID | None
) -> list[Span]:
    involved = Q(therapist=therapist)
    if client is not None:
        involved |= Q(client=client)
    if room is not None:
        involved |= Q(room=room)
    rows = Visit.objects.overlapping(whole.start, whole.end).filter(involved)
    rows = rows.exclude(pk=leave_out) if leave_out else rows
    return [Span(start=a, end=b) for a, b in rows.values_list("booked_at", "ends_at")]


def _away(therapist: Staff, whole: Span) -> list[Span]:
    rows = Away.objects.filter(therapist=therapist, back_at=None, from_at__lt=whole.end)
    return [
        Span(start=row.from_at.astimezone(UTC), end=row.until_at.astimezone(UTC))
        for row in rows
        if row.until_at
    ]
