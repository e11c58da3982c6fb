"""Take a copy of everything about one person out of the house."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from alongside.audit.actions.record import record
from alongside.office.queries.copy import zipped
from alongside.people.actors import Actor
from alongside.people.models import Client


@transaction.atomic
def take_copy(client: Client, *, by: Actor, now: datetime) -> bytes:
    """Give the copy as a zip, in the person's own language; that it was taken stands on record."""
    record("people.take_copy", by=by, now=now, client=client.pk)
    with translation.override(client.language):
        return zipped(client, now=now, language=client.language)
