"""Give somebody their wait on paper."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.people.actors import Actor
from alongside.visits.models import Channel, Told, Visit


@transaction.atomic
def give_slip(visit: Visit, *, by: Actor, now: datetime) -> Told | None:
    """Note that the last told wait was told on a printed slip as well."""
    told = Told.objects.filter(visit=visit).order_by("-told_at", "-id").first()
    if told and Channel.SLIP.value not in told.channels:
        told.channels = [*told.channels, Channel.SLIP.value]
        told.save(update_fields=["channels"])
    record("visits.give_slip", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    return told
