"""Take back what has not gone yet."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.audit.actions.record import record_many
from alongside.messaging.models import CLAIM_HOLDS, Message, State
from alongside.people.actors import Actor


@transaction.atomic
def withdraw_about(
    about: UUID,
    *,
    by: Actor,
    now: datetime,
    templates: Collection[str] = (),
    since: datetime | None = None,
) -> int:
    """Take back the messages about something that was cancelled or moved.

    Gives how many nobody will ever read. One that is leaving at this very moment may still go: it
    is taken back and not counted, and if it goes it is shown as sent. `templates` and `since`
    narrow it to letters of these kinds, and to those queued since then.
    """
    waiting = Message.objects.in_state(State.WAITING).filter(about=about)
    if templates:
        waiting = waiting.filter(template__in=templates)
    if since is not None:
        waiting = waiting.filter(queued_at__gte=since)
    clients = set(waiting.order_by().values_list("client_id", flat=True))
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS)
    unread: int = waiting.filter(unclaimed).update(withdrawn_at=now)
    leaving: int = waiting.update(withdrawn_at=now)
    if unread or leaving:
        record_many("messaging.withdraw", clients, by=by, now=now, about=str(about))
    return unread
