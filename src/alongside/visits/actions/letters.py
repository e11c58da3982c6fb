"""Write to a client about a booking, in their language and by the way they chose."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from alongside.access.actions.links import give_link
from alongside.messaging.actions.queue import Letter, queue_letter
from alongside.messaging.actions.withdraw import withdraw_about
from alongside.people.actors import Actor
from alongside.visits.messages import booking
from alongside.visits.messages.calendar import invitation
from alongside.visits.models import Visit

AFTERWARDS = timedelta(days=1)


def address_for(visit: Visit, *, now: datetime) -> str:
    """Give the client a new address for this visit; it opens until the day after."""
    until = max(visit.ends_at, now) + AFTERWARDS
    token = give_link(visit.client, purpose="visit", subject=visit.pk, now=now, until=until)
    return f"{settings.PUBLIC_URL}{reverse('visits:visit', args=[token])}"


def send_confirmation(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Tell the client that their visit is booked; whoever comes soon needs no reminder."""
    with translation.override(visit.client.language):
        link = address_for(visit, now=now)
        letter = booking.confirmation(visit, link, invitation([visit], link=link, now=now))
    _send(visit, letter, by=by, now=now)
    told_soon_before(visit, now=now)


def send_series(visits: list[Visit], *, by: Actor, now: datetime) -> None:
    """Tell the client about all visits of a series in one letter."""
    first, *others = visits
    with translation.override(first.client.language):
        link = address_for(first, now=now)
        calendar = invitation(visits, link=link, now=now)
        letter = booking.series_confirmation(first, others, link, calendar)
    _send(first, letter, by=by, now=now)
    for visit in visits:
        told_soon_before(visit, now=now)


def send_reminder(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Remind the client, and ask whether they can come."""
    with translation.override(visit.client.language):
        letter = booking.reminder(visit, address_for(visit, now=now))
    _send(visit, letter, by=by, now=now, key=_key("remind", visit))


def send_moved(visit: Visit, before: datetime, *, by: Actor, now: datetime) -> None:
    """Tell the client the new time; what was on its way about the old one is taken back."""
    withdraw_about(visit.pk, by=by, now=now)
    with translation.override(visit.client.language):
        link = address_for(visit, now=now)
        calendar = invitation([visit], link=link, now=now)
        letter = booking.moved(visit, before, link, calendar)
    _send(visit, letter, by=by, now=now)
    told_soon_before(visit, now=now)


def send_cancelled(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Tell the client that the visit is called off, and take it out of their calendar."""
    withdraw_about(visit.pk, by=by, now=now)
    with translation.override(visit.client.language):
        link = address_for(visit, now=now)
        letter = booking.cancelled(visit, link, invitation([visit], link=link, now=now))
    _send(visit, letter, by=by, now=now)


def told_soon_before(visit: Visit, *, now: datetime) -> None:
    """Who was told less than the reminder's lead before the visit needs no reminder."""
    if visit.booked_at - now <= visit.clinic.remind_before:
        Visit.objects.filter(pk=visit.pk).update(reminded_at=now)
        visit.reminded_at = now


def _send(visit: Visit, letter: Letter, *, by: Actor, now: datetime, key: str = "") -> None:
    if visit.asked_for:
        letter = replace(letter, private=(visit.asked_for,))
    queue_letter(visit.client, letter, by=by, now=now, about=visit.pk, key=key)


def _key(what: str, visit: Visit) -> str:
    return f"{what}:{visit.pk}:{int(visit.booked_at.timestamp())}"
