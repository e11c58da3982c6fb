"""A visit as a calendar knows it (RFC 5545): a neutral title, the time, a link, and no more.

The library is read when the first calendar is written: it would be a fifth of the start-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from alongside.visits.models import State, Visit

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress


def uid_of(visit: Visit) -> str:
    """The name by which calendars know a visit again; it reveals neither our key nor its age."""
    secret = salted_hmac("visits.calendar", str(visit.pk), algorithm="sha256").hexdigest()[:32]
    return f"{secret}@{urlsplit(settings.PUBLIC_URL).hostname or 'alongside'}"


def invitation(visits: Iterable[Visit], *, link: str, now: datetime) -> str:
    """Visits for a client's own calendar; one that is cancelled takes itself out again."""
    visits = list(visits)
    gone = all(visit.state == State.CANCELLED for visit in visits)
    calendar = _calendar(method="CANCEL" if gone else "PUBLISH")
    for visit in visits:
        event = _event(visit, summary=visit.clinic.called_in_messages, now=now)
        event.add("url", link)
        event.add("description", link)
        event["organizer"] = _organizer(visit)
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def feed(visits: Iterable[Visit], *, name: str, now: datetime) -> bytes:
    """A therapist's own calendar: times and first names, nothing about anybody's health."""
    calendar = _calendar(method="PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "PT15M")
    for visit in visits:
        calendar.add_component(_event(visit, summary=visit.client.goes_by, now=now))
    return bytes(calendar.to_ical())


def _calendar(*, method: str) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(visit: Visit, *, summary: str, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid_of(visit))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", visit.booked_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("sequence", visit.version)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if visit.state == State.CANCELLED else "CONFIRMED")
    return event


def _organizer(visit: Visit) -> vCalAddress:
    from icalendar import vCalAddress, vText

    address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText(visit.clinic.called_in_messages)
    return organizer
