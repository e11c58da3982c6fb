"""A manager says what the clinic can offer, and what each thing helps with."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.needs.actions._note import NotTheirs
from alongside.needs.models import Service
from alongside.people.actors import Actor, ActorKind


@transaction.atomic
def keep_service(
    service: Service | None, values: dict[str, Any], *, by: Actor, now: datetime
) -> Service:
    """Add a service, or change one; what was offered before keeps its reason."""
    if by.kind is not ActorKind.MANAGER:
        raise NotTheirs
    kept = service or Service()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    record("needs.keep_service", by=by, now=now, about=str(kept.pk))
    return kept
