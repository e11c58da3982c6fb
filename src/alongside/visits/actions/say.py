"""Tell a client in person what their page would have told them."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.people.actors import Actor
from alongside.visits.models import Channel, Told


@transaction.atomic
def said_in_person(told: Told, *, by: Actor, now: datetime) -> None:
    """Note that somebody went and said it; until then it had not been told."""
    if Told.objects.filter(pk=told.pk, to_say=True, said_at=None).update(
        said_at=now, channels=[*told.channels, Channel.DESK.value]
    ):
        record(
            "visits.said_in_person",
            by=by,
            now=now,
            client=told.visit.client_id,
            about=str(told.visit_id),
        )
        push(clinic_topic(told.clinic_id))
