"""Bring in a kiosk or a screen, and take it away again."""

from datetime import datetime

from django.db import transaction

from alongside.access.models import Device
from alongside.access.tokens import digest_of, new_token
from alongside.audit.actions.record import record
from alongside.people.actors import Actor


@transaction.atomic
def add_device(*, name: str, kind: str, by: Actor, now: datetime) -> tuple[Device, str]:
    """Add a device and give the secret that is opened on it once."""
    token = new_token()
    device = Device.objects.create(name=name, kind=kind, digest=digest_of(token), made_at=now)
    record("access.add_device", by=by, now=now, about=str(device.pk), detail={"kind": kind})
    return device, token


@transaction.atomic
def end_device(device: Device, *, by: Actor, now: datetime) -> None:
    """Take a device's access away; its next request is refused."""
    device.ended_at = now
    device.save(update_fields=["ended_at"])
    record("access.end_device", by=by, now=now, about=str(device.pk))
