"""Give a visit another time, therapist, room, kind or length."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.clinics.models import Room, VisitKind
from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.people.models import Staff
from alongside.visits.actions.book import check, taken
from alongside.visits.actions.guard import DoubleBooked
from alongside.visits.actions.letters import send_moved
from alongside.visits.actions.rewrite import rewrite
from alongside.visits.actions.self_service import refuse_too_late
from alongside.visits.actions.step import NotFromHere
from alongside.visits.models import State, Visit
from alongside.visits.moments import VisitMoved


@transaction.atomic
def move_visit(
    visit: Visit,
    *,
    to: datetime | None = None,
    therapist: Staff | None = None,
    kind: VisitKind | None = None,
    planned: timedelta | None = None,
    room: Room | None = None,
    no_room: bool = False,
    even_closed: bool = False,
    by: Actor,
    now: datetime,
    version: int | None = None,
    tell: bool = True,
) -> Visit:
    """Give a booked visit another time, therapist, kind, length or room; what is None stays.

    `no_room` takes the room away. The client hears of it when the time has changed and `tell` is
    on. Raises what `book_visit` raises, SomebodyWasFaster, and TooLate for a client after the
    clinic's limit.
    """
    if visit.state != State.BOOKED:
        raise NotFromHere(visit, "move")
    refuse_too_late(visit, by=by, now=now)
    before = visit.booked_at
    wished = _as_wished(visit, to, therapist, kind, planned, room)
    check(wished, now=now, even_closed=even_closed)
    wished.room = None if no_room else wished.room
    change = _columns(wished, is_moved=wished.booked_at != before)
    try:
        rewrite(visit, "move", by=by, now=now, version=version, **change)
    except DoubleBooked as refused:
        raise taken(wished, refused.whose, now=now) from None
    moments.tell(VisitMoved(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    if tell and visit.booked_at != before:
        send_moved(visit, before, by=by, now=now)
    return visit


def _as_wished(
    visit: Visit,
    to: datetime | None,
    therapist: Staff | None,
    kind: VisitKind | None,
    planned: timedelta | None,
    room: Room | None,
) -> Visit:
    return Visit(
        pk=visit.pk,
        clinic=visit.clinic,
        client=visit.client,
        therapist=therapist or visit.therapist,
        kind=kind or visit.kind,
        booked_at=to or visit.booked_at,
        planned=planned or (kind.planned if kind and kind != visit.kind else visit.planned),
        room=room or visit.room,
    )


def _columns(wished: Visit, *, is_moved: bool) -> dict[str, Any]:
    change: dict[str, Any] = {
        "booked_at": wished.booked_at,
        "ends_at": wished.booked_at.astimezone(UTC) + wished.planned,
        "day": wished.booked_at.astimezone(wished.clinic.zone).date(),
        "planned": wished.planned,
        "therapist": wished.therapist,
        "kind": wished.kind,
        "room": wished.room,
    }
    # A new time is a new question: whether they come, and when to remind them.
    return {**change, "confirmed_at": None, "reminded_at": None} if is_moved else change


@transaction.atomic
def note_visit(
    visit: Visit,
    *,
    asked_for: str,
    is_first: bool,
    room: Room | None,
    by: Actor,
    now: datetime,
    version: int | None = None,
) -> Visit:
    """Keep what they asked for, whether it is a first visit, and the room (None: none)."""
    try:
        return rewrite(
            visit,
            "note",
            by=by,
            now=now,
            version=version,
            asked_for=asked_for,
            is_first=is_first,
            room=room,
        )
    except DoubleBooked as refused:
        wished = _as_wished(visit, None, None, None, None, room)
        raise taken(wished, refused.whose, now=now) from None
