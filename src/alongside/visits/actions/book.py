"""Put a visit into the book."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics import current
from alongside.clinics.models import Clinic, Room, VisitKind
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.people.models import Client, Staff
from alongside.visits.actions.changed import day_changed
from alongside.visits.actions.guard import DoubleBooked, guarded
from alongside.visits.actions.letters import send_confirmation
from alongside.visits.actions.refusals import (
    ClinicClosed,
    InThePast,
    NoLength,
    SlotJustTaken,
    TherapistDoesNotOffer,
    TooFar,
)
from alongside.visits.models import Visit
from alongside.visits.moments import VisitBooked
from alongside.visits.queries.bookings import offers, was_here_before
from alongside.visits.queries.free import nearest_free, open_for

LONGEST = timedelta(hours=12)
# Last year is for "has gone by"; what is beyond is a slip, and 9999 would break the calendar.
YEARS = (-1, 2)


def book_visit(
    client: Client,
    therapist: Staff,
    kind: VisitKind,
    booked_at: datetime,
    *,
    planned: timedelta | None = None,
    room: Room | None = None,
    asked_for: str = "",
    is_first: bool | None = None,
    series: UUID | None = None,
    even_closed: bool = False,
    by: Actor,
    now: datetime,
    confirm: bool = True,
) -> Visit:
    """Put a visit into the book and send its confirmation.

    `booked_at` is aware; `planned` is the kind's length unless it is given; `is_first` is worked
    out unless it is given; `even_closed` books outside the opening hours on purpose. Raises a
    NotBooked whose text says why; the database itself refuses what would overlap.
    """
    visit = Visit(
        clinic_id=current.clinic_id(),
        client=client,
        therapist=therapist,
        kind=kind,
        booked_at=booked_at,
        planned=kind.planned if planned is None else planned,
        room=room,
        asked_for=asked_for,
        series=series,
    )
    check(visit, now=now, even_closed=even_closed)
    visit.is_first = _is_first(visit) if is_first is None else is_first
    try:
        _write(visit, by=by, now=now, confirm=confirm)
    except DoubleBooked as refused:
        # Looked up when the transaction is over: other desks need not wait for it.
        raise taken(visit, refused.whose, now=now) from None
    return visit


def check(visit: Visit, *, now: datetime, even_closed: bool = False) -> None:
    """Refuse what the clinic's own rules do not allow; overlaps are left to the database."""
    _all_of_one_clinic(visit)
    if not timedelta(minutes=1) <= visit.planned <= LONGEST:
        raise NoLength
    if not YEARS[0] <= visit.booked_at.year - now.year <= YEARS[1]:
        raise TooFar
    if visit.booked_at < now:
        raise InThePast(visit.booked_at, visit.clinic.zone)
    if not offers(visit.therapist, visit.kind):
        raise TherapistDoesNotOffer(visit.therapist.name, str(visit.kind))
    if not even_closed and not open_for(visit.clinic, visit.booked_at, visit.planned):
        raise ClinicClosed(visit.booked_at, visit.clinic.zone)


@transaction.atomic
def _write(visit: Visit, *, by: Actor, now: datetime, confirm: bool) -> None:
    guarded(visit.save)
    record("visits.book", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    day_changed()
    push(clinic_topic(visit.clinic_id))
    moments.tell(VisitBooked(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    if confirm:
        send_confirmation(visit, by=by, now=now)


def taken(visit: Visit, whose: str, *, now: datetime) -> SlotJustTaken:
    """Say what is taken in words, with the nearest times at which all are free."""
    clinic: Clinic = visit.clinic
    name = {
        "therapist": visit.therapist.name,
        "room": str(visit.room),
        "client": visit.client.goes_by,
    }[whose]
    free = nearest_free(
        clinic,
        visit.therapist,
        visit.planned,
        to=visit.booked_at,
        now=now,
        client=visit.client,
        room=visit.room,
    )
    return SlotJustTaken(whose, name, visit.booked_at, clinic.zone, free)


def _is_first(visit: Visit) -> bool:
    return visit.kind.is_first or not was_here_before(visit.client, visit.booked_at)


def _all_of_one_clinic(visit: Visit) -> None:
    there = [visit.client, visit.therapist, visit.kind, *([visit.room] if visit.room else [])]
    if any(row.clinic_id != visit.clinic_id for row in there):
        raise current.NoClinic("Somebody or something here belongs to another clinic.")
