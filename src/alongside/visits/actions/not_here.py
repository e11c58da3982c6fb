"""Somebody did not come, or is on their way and late."""

from datetime import datetime

from django.db import transaction

from alongside.people.actors import Actor
from alongside.visits.actions.step import NotFromHere, take_step
from alongside.visits.models import State, Visit


@transaction.atomic
def did_not_come(visit: Visit, *, by: Actor, now: datetime, version: int | None = None) -> Visit:
    """Note that nobody came; their time is free for somebody who waits."""
    if visit.state != State.BOOKED:
        raise NotFromHere(visit, "did_not_come")
    return take_step(
        visit, "did_not_come", by=by, now=now, version=version, state=State.MISSED, missed_at=now
    )


@transaction.atomic
def client_is_late(
    visit: Visit, *, until: datetime, by: Actor, now: datetime, version: int | None = None
) -> Visit:
    """The client says that they will be here later than booked."""
    if visit.state != State.BOOKED:
        raise NotFromHere(visit, "client_is_late")
    return take_step(visit, "client_is_late", by=by, now=now, version=version, late_until=until)
