"""A manager says what the clinic can offer, and what each thing helps with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics.seen import put
from alongside.needs.actions._note import NotTheirs
from alongside.needs.models import Service
from alongside.people.actors import Actor, ActorKind


@transaction.atomic
def add_service(values: Mapping[str, Any], *, by: Actor, now: datetime) -> Service:
    """Add something that the clinic can offer."""
    _only_a_manager(by)
    made = Service.objects.create(**values)
    record("needs.keep_service", by=by, now=now, about=str(made.pk))
    return made


@transaction.atomic
def change_service(
    service: UUID, values: Mapping[str, Any], *, version: int, by: Actor, now: datetime
) -> Service:
    """Change a service, if it is as the person saw it (`version`); what was offered before keeps
    its reason. Raises ChangedMeanwhile.
    """
    _only_a_manager(by)
    here = Service.objects.select_for_update().get(pk=service)
    changed = put(here, values, seen=version)
    if changed:
        here.save(update_fields=[*changed, "version"])
        detail = {"fields": changed}
        record("needs.keep_service", by=by, now=now, about=str(here.pk), detail=detail)
    return here


def _only_a_manager(by: Actor) -> None:
    if by.kind is not ActorKind.MANAGER:
        raise NotTheirs
