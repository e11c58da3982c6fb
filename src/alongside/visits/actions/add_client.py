"""Put somebody new among the clients, when they are booked for the first time."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.people.actors import Actor
from alongside.people.models import Client


@transaction.atomic
def add_client(
    *,
    first_name: str,
    last_name: str = "",
    email: str = "",
    mobile: str = "",
    language: str = "en",
    by: Actor,
    now: datetime,
) -> Client:
    """Keep who they are and how they are reached: by e-mail where there is one, else by text."""
    prefers = "email" if email else "sms" if mobile else "none"
    client = Client.objects.create(
        first_name=first_name,
        last_name=last_name,
        email=email,
        mobile=mobile,
        language=language,
        prefers=prefers,
    )
    record("people.add_client", by=by, now=now, client=client.pk)
    return client
