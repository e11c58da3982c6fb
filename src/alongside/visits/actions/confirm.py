"""A client says that they will come."""

from datetime import datetime

from django.db import transaction

from alongside.people.actors import Actor
from alongside.visits.actions.rewrite import rewrite
from alongside.visits.actions.self_service import refuse_others
from alongside.visits.actions.step import NotFromHere
from alongside.visits.models import State, Visit


@transaction.atomic
def confirm_visit(visit: Visit, *, by: Actor, now: datetime) -> Visit:
    """Note that the client will come; said twice, the first time counts."""
    refuse_others(visit, by=by)
    if visit.confirmed_at is not None:
        return visit
    if visit.state != State.BOOKED:
        raise NotFromHere(visit, "confirm")
    return rewrite(visit, "confirm", by=by, now=now, version=None, confirmed_at=now)
