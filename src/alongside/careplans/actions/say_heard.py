"""A client tells with one tap whether they were listened to."""

from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.careplans.actions._record import NotTheirs
from alongside.careplans.models import Felt, Heard
from alongside.live.actions.push import push
from alongside.live.topics import client_topic
from alongside.people.actors import OWN, Actor
from alongside.visits.models import State, Visit

WITHIN = timedelta(days=7)


class TooLate(Exception):
    """The visit is too long ago, or the month that counts this answer is over."""


def is_asked(visit: Visit, told: Heard | None, *, today: date) -> bool:
    """Whether this visit may be told of: it took place, lately, and its month still runs."""
    lately = visit.state == State.DONE and timedelta(0) <= today - visit.day <= WITHIN
    return lately and (told is None or _month(told.told_on) == _month(today))


@transaction.atomic
def say_heard(visit: Visit, *, item: str, felt: str, by: Actor, now: datetime) -> None:
    """Keep one answer. The record says that something was told, never what."""
    if by.kind not in OWN or by.client != visit.client_id or not by.may_act:
        raise NotTheirs
    if item not in Heard.ITEMS or felt not in Felt.values:
        raise ValueError(item)
    today = now.astimezone(visit.clinic.zone).date()
    told, _made = (
        Heard.objects.get_or_create(
            visit=visit, defaults={"client_id": visit.client_id, "told_on": today}
        )
        if is_asked(visit, None, today=today)
        else (None, False)
    )
    if told is None or not is_asked(visit, told, today=today):
        raise TooLate
    Heard.objects.filter(pk=told.pk).update(**{item: felt})
    record("careplans.say_heard", by=by, now=now, client=visit.client_id, about=str(visit.pk))
    push(client_topic(visit.client_id))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
