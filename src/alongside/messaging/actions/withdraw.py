"""Take back what has not gone yet."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions.record import record_many
from alongside.messaging.models import Message, State
from alongside.people.actors import Actor


@transaction.atomic
def withdraw_about(about: UUID, *, by: Actor, now: datetime) -> int:
    """Take back the messages about something that was cancelled or moved; give how many.

    One that is leaving at this very moment may still go; it is then shown as sent.
    """
    waiting = Message.objects.in_state(State.WAITING).filter(about=about)
    clients = set(waiting.order_by().values_list("client_id", flat=True))
    taken_back: int = waiting.update(withdrawn_at=now)
    if taken_back:
        record_many("messaging.withdraw", clients, by=by, now=now, about=str(about))
    return taken_back
