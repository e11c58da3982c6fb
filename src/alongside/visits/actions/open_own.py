"""Open a visit from one's own page."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from alongside.access.actions.links import give_link
from alongside.audit.actions.record import record
from alongside.people.actors import Actor, ActorKind
from alongside.people.models import CloseOne
from alongside.visits.actions.letters import AFTERWARDS
from alongside.visits.models import Visit


@transaction.atomic
def open_own(visit: Visit, *, by: Actor, now: datetime) -> str:
    """Give the address of a visit's page to the client, or to somebody close who may act for them.

    What is given to somebody close ends with what the client gave them.
    """
    close_one = None
    if by.kind is ActorKind.CLOSE_ONE and by.id:
        close_one = CloseOne.objects.get(pk=by.id)
    until = max(visit.ends_at, now) + AFTERWARDS
    token = give_link(
        visit.client,
        purpose="visit",
        subject=visit.pk,
        now=now,
        until=until,
        close_one=close_one,
    )
    record("visits.open_own", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    return reverse("visits:visit", args=[token])
