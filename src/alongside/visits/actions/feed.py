"""Give a therapist a calendar address that their telephone can follow, and take it away again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from alongside.access.tokens import digest_of, new_token
from alongside.audit.actions.record import record
from alongside.clinics import current
from alongside.people.actors import Actor, ActorKind
from alongside.people.models import Staff


@transaction.atomic
def make_feed(staff: Staff, *, by: Actor, now: datetime) -> str:
    """Make the secret of a calendar address and give it this once; an older one ends with it."""
    _theirs(staff, by)
    token = new_token()
    _keep(staff, digest_of(token))
    record("visits.make_feed", by=by, now=now, about=str(staff.pk))
    return token


@transaction.atomic
def end_feed(staff: Staff, *, by: Actor, now: datetime) -> None:
    """Close a calendar address; its next reading finds nothing."""
    _theirs(staff, by)
    _keep(staff, "")
    record("visits.end_feed", by=by, now=now, about=str(staff.pk))


def _theirs(staff: Staff, by: Actor) -> None:
    """One's own, or as a manager anybody's: a calendar tells who comes to whom."""
    if staff.clinic_id != current.clinic_id():
        raise current.NoClinic("This person works in another clinic.")
    if by.id != staff.pk and by.kind is not ActorKind.MANAGER:
        raise PermissionDenied("A calendar belongs to the person whose visits are in it.")


def _keep(staff: Staff, digest: str) -> None:
    staff.feed_digest = digest
    staff.save(update_fields=["feed_digest"])
