"""Something happens in a client's life: told with one tap, and the plan is looked at by a date."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.life.actions._note import NoWords, note, refuse_others
from alongside.life.models import Event
from alongside.people.actors import Actor
from alongside.people.models import Client

WITHIN = timedelta(days=14)


@transaction.atomic
def tell_event(client: Client, *, what: str, words: str = "", by: Actor, now: datetime) -> Event:
    """Tell it; the date by which the plan is looked at stands from the first moment."""
    refuse_others(client.pk, by=by)
    today = now.astimezone(client.clinic.zone).date()
    event: Event = Event.objects.create(
        client=client,
        what=what,
        words=words,
        told_at=now,
        told_by=by.label,
        review_by=today + WITHIN,
    )
    _note("life.tell_event", event, by=by, now=now)
    return event


@transaction.atomic
def review(event: Event, *, outcome: str, by: Actor, now: datetime) -> None:
    """The plan was looked at; what changes is said, also when nothing does."""
    if not outcome.strip():
        raise NoWords
    rows = Event.objects.filter(pk=event.pk, reviewed_at=None)
    if rows.update(reviewed_at=now, reviewed_by=by.label, outcome=outcome):
        _note("life.review", event, by=by, now=now)


def _note(verb: str, event: Event, *, by: Actor, now: datetime) -> None:
    note(verb, event.client_id, about=event.pk, clinic=event.clinic_id, by=by, now=now)
