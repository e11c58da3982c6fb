"""Write down who a client is, and what they told us once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics import current
from alongside.clinics.seen import put
from alongside.people.actors import Actor
from alongside.people.models import Card, Client


@transaction.atomic
def add_client(values: Mapping[str, Any], *, by: Actor, now: datetime) -> Client:
    """Add somebody who comes to us. Raises ValidationError where a number stands twice."""
    client = Client(clinic_id=current.clinic_id(), **values)
    client.validate_constraints()
    client.save()
    record("people.add_client", by=by, now=now, client=client.pk)
    return client


@transaction.atomic
def change_client(
    client: UUID, values: Mapping[str, Any], *, version: int, by: Actor, now: datetime
) -> Client:
    """Change a client, if they are as the person saw them (`version`)."""
    here = Client.objects.select_for_update().get(pk=client)
    changed = put(here, values, seen=version)
    if changed:
        here.validate_constraints()
        here.save(update_fields=[*changed, "version"])
        detail = {"fields": changed}
        record("people.change_client", by=by, now=now, client=here.pk, detail=detail)
    return here


@transaction.atomic
def change_card(
    client: UUID, values: Mapping[str, Any], *, version: int, by: Actor, now: datetime
) -> Card:
    """Write on a client's card, if it is as the person saw it (`version`)."""
    known = Client.objects.select_for_update().get(pk=client)
    here, _ = Card.objects.get_or_create(client=known)
    changed = put(here, values, seen=version)
    if changed:
        here.changed_at = now
        here.save(update_fields=[*changed, "version", "changed_at"])
        detail = {"fields": changed}
        record("people.change_card", by=by, now=now, client=known.pk, detail=detail)
    return here
