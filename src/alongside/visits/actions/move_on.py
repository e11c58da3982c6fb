"""Call the next person, start, finish: the way through the door."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.parts import moments
from alongside.people.actors import Actor
from alongside.visits.actions.step import NotFromHere, take_step
from alongside.visits.models import Channel, State, Visit
from alongside.visits.moments import VisitFinished, VisitStarted


@transaction.atomic
def call(visit: Visit, *, by: Actor, now: datetime, version: int | None = None) -> Visit:
    """Ask a waiting client to come in; their page, the screen and the voice say it at once."""
    if visit.state != State.HERE:
        raise NotFromHere(visit, "call")
    return take_step(
        visit, "call", by=by, now=now, version=version, state=State.CALLED, called_at=now
    )


@transaction.atomic
def start(visit: Visit, *, by: Actor, now: datetime, version: int | None = None) -> Visit:
    """The client and the therapist have met: the wait is over."""
    if visit.state not in (State.BOOKED, State.HERE, State.CALLED):
        raise NotFromHere(visit, "start")
    arrived: dict[str, Any] = (
        {} if visit.arrived_at else {"arrived_at": now, "arrived_by": Channel.DESK}
    )
    take_step(
        visit,
        "start",
        by=by,
        now=now,
        version=version,
        state=State.WITH,
        started_at=now,
        **arrived,
    )
    moments.tell(VisitStarted(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return visit


@transaction.atomic
def finish(visit: Visit, *, by: Actor, now: datetime, version: int | None = None) -> Visit:
    """The time together is over."""
    if visit.state != State.WITH:
        raise NotFromHere(visit, "finish")
    take_step(visit, "finish", by=by, now=now, version=version, state=State.DONE, finished_at=now)
    moments.tell(VisitFinished(clinic=visit.clinic_id, visit=visit.pk), off=visit.clinic.parts_off)
    return visit
