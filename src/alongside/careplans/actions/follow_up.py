"""Somebody calls who went quiet, and says what came of it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.careplans.actions._record import NoWords, refuse_others, tell
from alongside.careplans.models import LONGEST, FollowUp
from alongside.people.actors import Actor
from alongside.people.models import Client, Staff


class SomebodyWasFaster(Exception):
    """Another one calls them already, or has."""


@transaction.atomic
def take_call(client: Client, *, staff: Staff, by: Actor, now: datetime) -> FollowUp:
    """“I call”: it has a name from now on, so that nobody is called twice."""
    refuse_others(by)
    try:
        with transaction.atomic():
            call: FollowUp = FollowUp.objects.create(client=client, taken_by=staff, taken_at=now)
    except IntegrityError:
        raise SomebodyWasFaster from None
    _tell("careplans.take_call", call, by=by, now=now)
    return call


@transaction.atomic
def close_call(call: FollowUp, *, outcome: str, by: Actor, now: datetime) -> None:
    """Say what came of it. It is settled; a silence that goes on comes up again."""
    refuse_others(by)
    if not outcome.strip():
        raise NoWords
    rows = FollowUp.objects.filter(pk=call.pk, done_at=None)
    if not rows.update(outcome=outcome[:LONGEST], done_at=now, done_by=by.label):
        raise SomebodyWasFaster
    _tell("careplans.close_call", call, by=by, now=now)


def _tell(verb: str, call: FollowUp, *, by: Actor, now: datetime) -> None:
    tell(verb, call.client_id, about=call.pk, clinic=call.clinic_id, by=by, now=now)
