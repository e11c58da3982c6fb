"""Something happens in a client's life: told with one tap, and the plan is looked at by a date."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.life.actions._note import NotTheirs, NoWords, note, refuse_others
from alongside.life.models import Event
from alongside.people.actors import OWN, Actor
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
def review(event: Event, *, outcome: str, agreed: bool = False, by: Actor, now: datetime) -> None:
    """The plan was looked at; what changes is said, also when nothing does.

    `agreed`: the client said yes to it beside us; else it waits for their word on their own page.
    """
    if not outcome.strip():
        raise NoWords
    values = {"agreed_at": now, "answered_by": by.label} if agreed else {}
    rows = Event.objects.filter(pk=event.pk, reviewed_at=None)
    if rows.update(reviewed_at=now, reviewed_by=by.label, outcome=outcome, **values):
        _note("life.review", event, by=by, now=now)


@transaction.atomic
def answer_review(event: Event, *, agrees: bool, by: Actor, now: datetime) -> bool:
    """The client says yes to what changes, or no: once. A no is looked at again by a date."""
    if by.kind not in OWN:
        raise NotTheirs
    refuse_others(event.client_id, by=by)
    rows = Event.objects.filter(pk=event.pk, agreed_at=None, declined_at=None)
    field = "agreed_at" if agrees else "declined_at"
    if not rows.exclude(reviewed_at=None).update(**{field: now, "answered_by": by.label}):
        return False
    _note("life.agree" if agrees else "life.decline", event, by=by, now=now)
    if not agrees:
        tell_event(event.client, what=event.what, words=event.words, by=by, now=now)
    return True


def _note(verb: str, event: Event, *, by: Actor, now: datetime) -> None:
    note(verb, event.client_id, about=event.pk, clinic=event.clinic_id, by=by, now=now)
