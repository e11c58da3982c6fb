"""Put a letter to a client on its way."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions.record import record
from alongside.clinics import current
from alongside.clinics.models import Clinic
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.messaging.channels.app import AppChannel
from alongside.messaging.models import ChannelName, Message, Why
from alongside.messaging.outdoors import says_too_much
from alongside.messaging.queries import address_of, channel_of
from alongside.people.actors import Actor
from alongside.people.models import Client
from alongside.rules.letters.quiet_hours import next_allowed
from alongside.rules.letters.text_message import fit

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something to say to a client, in their language.

    `short` is the text message, where the body would be too long for one; `calendar` is the text
    of an .ics file; `urgent` goes at once, whatever the hour; after `useful_until` it is not sent
    at all; `secret` goes by e-mail to the address in `to`, whatever the client wishes, for whoever
    reads that address's post asked for it just now, in its `language`; `private` are words that
    must not stand in a letter, like what the client asked for.
    """

    template: str
    subject: str
    body: str
    short: str = ""
    calendar: str = ""
    urgent: bool = False
    secret: bool = False
    to: str = ""
    language: str = ""
    useful_until: datetime | None = None
    private: tuple[str, ...] = ()


@transaction.atomic
def queue_letter(
    client: Client,
    letter: Letter,
    *,
    by: Actor,
    now: datetime,
    about: UUID | None = None,
    key: str = "",
    in_app: bool = False,
) -> list[Message]:
    """Put a letter on its way to this client, by the way they chose; with a key, only once.

    Who chose "nothing sent" finds it on their own page; `in_app` puts it there for everybody. A
    letter that says too much is kept and marked, never sent: see `last_error` of what comes back.
    """
    if client.clinic_id != current.clinic_id():
        raise current.NoClinic("This client belongs to another clinic.")
    already = list(Message.objects.filter(client=client, key=key)) if key else []
    if already:
        return already
    queued = [
        _put(client, letter, channel, now=now, about=about, key=key)
        for channel in _channels(client, letter, in_app=in_app)
    ]
    new = [message for message, is_new in queued if is_new]
    if new:
        record(
            "messaging.queue",
            by=by,
            now=now,
            client=client.pk,
            about=str(about or ""),
            detail={"template": letter.template, "by": [message.channel for message in new]},
        )
    if any(message.failed_at for message in new):
        push(clinic_topic(client.clinic_id))
    return [message for message, _ in queued]


def _channels(client: Client, letter: Letter, *, in_app: bool) -> Iterator[str]:
    if letter.secret:
        yield ChannelName.EMAIL
        return
    leaving = channel_of(client)
    if leaving is not None:
        yield leaving
    if in_app or leaving is None:
        yield ChannelName.APP


def _put(
    client: Client, letter: Letter, channel: str, *, now: datetime, about: UUID | None, key: str
) -> tuple[Message, bool]:
    """Write one message; on a client's own page it has arrived by that."""
    fields: dict[str, object] = {
        "about": about,
        "template": letter.template,
        "to": letter.to if letter.secret else address_of(client, channel),
        "language": letter.language or client.language,
        "subject": " ".join(letter.subject.split())[:200],
        "body": letter.body,
        "urgent": letter.urgent,
        "secret": letter.secret,
        "useful_until": letter.useful_until,
        "queued_at": now,
        "send_after": now,
    }
    if channel == ChannelName.APP:
        fields |= {"sent_at": now, "attempts": 1}
    else:
        fields |= _leaving(client, letter, channel, now=now)
    message, is_new = _once(client, key, channel, fields)
    if is_new and channel == ChannelName.APP:
        AppChannel().send(message)
    return message, is_new


def _leaving(client: Client, letter: Letter, channel: str, *, now: datetime) -> dict[str, object]:
    """Give what a letter needs that leaves the house: when it may go, and whether it may at all."""
    calendar = letter.calendar if channel == ChannelName.EMAIL else ""
    body = fit(letter.short or letter.body) if channel == ChannelName.SMS else letter.body
    too_much = says_too_much(
        f"{letter.subject}\n{body}\n{calendar}", client, private=letter.private
    )
    fields: dict[str, object] = {"body": body, "calendar": calendar}
    if too_much:
        log.warning("A %s letter was held back: %s.", letter.template, too_much.value)
        return {**fields, "failed_at": now, "last_error": too_much}
    if not (letter.to if letter.secret else address_of(client, channel)):
        return {**fields, "failed_at": now, "last_error": Why.NO_ADDRESS}
    return {**fields, "send_after": goes_at(now, urgent=letter.urgent)}


def goes_at(now: datetime, *, urgent: bool) -> datetime:
    """Give when a message may go: what is not urgent waits for the end of the quiet hours."""
    if urgent:
        return now
    clinic = Clinic.objects.get(pk=current.clinic_id())
    return next_allowed(
        now, quiet_from=clinic.quiet_from, quiet_to=clinic.quiet_to, zone=clinic.zone
    )


def _once(
    client: Client, key: str, channel: str, fields: dict[str, object]
) -> tuple[Message, bool]:
    if not key:
        return Message.objects.create(client=client, channel=channel, **fields), True
    # Two at once: the database lets one in, and the other finds it there.
    found: tuple[Message, bool] = Message.objects.get_or_create(
        client=client, key=key, channel=channel, defaults=fields
    )
    return found
