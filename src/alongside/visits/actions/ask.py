"""A client asks "how long now?" and is answered at once."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from alongside.people.actors import Actor
from alongside.visits.actions.step import NotFromHere
from alongside.visits.actions.tell import tell_again
from alongside.visits.models import Asked, Told, Visit


@transaction.atomic
def ask_for_update(visit: Visit, *, by: Actor, now: datetime) -> Told | None:
    """Answer from the engine, and let the desk know that somebody had to ask."""
    if not visit.is_waiting:
        raise NotFromHere(visit, "ask_for_update")
    last = visit.told.order_by("-told_at", "-id").first()
    told = tell_again(visit, reason="asked", now=now)
    Asked.objects.create(
        visit=visit,
        asked_at=now,
        answered_at=now if told else None,
        was_overdue=last is not None and last.by < now,
    )
    record("visits.ask_for_update", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    push(clinic_topic(visit.clinic_id), visit_topic(visit.pk))
    return told


@transaction.atomic
def see_asked(asked: Asked, *, by: Actor, now: datetime) -> None:
    """The desk has seen that somebody asked."""
    Asked.objects.filter(pk=asked.pk, seen_at=None).update(seen_at=now)
    record("visits.see_asked", by=by, now=now, about=str(asked.visit_id))
    push(clinic_topic(asked.clinic_id))
