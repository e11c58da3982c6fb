"""Send what is due, in small rounds."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from alongside.audit.actions.record import record
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic
from alongside.messaging.channels.base import NotSent
from alongside.messaging.channels.choose import channel_for
from alongside.messaging.models import Message, Why
from alongside.messaging.queries import address_of
from alongside.people.actors import the_clock
from alongside.rules.letters.back_off import try_again_after

log = logging.getLogger(__name__)
# As many as can all run into a time-out of 10 s before the first claim is let go.
BATCH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Went:
    """How a try ended: with the service's number, or with a reason."""

    provider_id: str = ""
    not_sent: NotSent | None = None


def deliver_due(now: datetime) -> None:
    """Send the messages that are due, each claimed first; no transaction is open while sending."""
    silent: set[str] = set()
    for message in list(Message.objects.due(now).select_related("client", "clinic")[:BATCH]):
        # A service that does not answer is left alone for the rest of the round.
        if message.channel in silent or not claim(message, now=now):
            continue
        went = _try(message, now=now)
        settle(message, went, now=now)
        if went.not_sent and went.not_sent.reason in (Why.NO_ANSWER, Why.BUSY):
            silent.add(message.channel)


def claim(message: Message, *, now: datetime) -> bool:
    """Claim a message for this worker; of two who try, one is told yes."""
    # Durable: it is written before anything is sent, so that nobody else sends it too.
    with transaction.atomic(durable=True):
        claimed = (
            Message.objects.due(now)
            .order_by()
            .filter(pk=message.pk)
            .update(claimed_at=now, attempts=F("attempts") + 1)
        )
    message.attempts, message.claimed_at = message.attempts + claimed, now
    return bool(claimed)


def _try(message: Message, *, now: datetime) -> _Went:
    """Send one message to where its client is reached now, and never raise."""
    try:
        _check(message, now=now)
        return _Went(provider_id=channel_for(message.channel).send(message))
    except NotSent as why:
        return _Went(not_sent=why)
    except Exception:
        # One message that breaks a channel must not hold up all the others.
        log.exception("Sending message %s broke.", message.pk)
        return _Went(not_sent=NotSent(Why.BROKEN, again=True))


def _check(message: Message, *, now: datetime) -> None:
    """Look again before sending: the night may have changed the time, the address, the wish."""
    if message.useful_until is not None and message.useful_until < now:
        raise NotSent(Why.TOO_LATE, again=False)
    if message.secret:
        # Asked for just now, by whoever reads the post of this address.
        return
    if message.client.prefers == "none":
        raise NotSent(Why.NOT_WISHED, again=False)
    message.to = address_of(message.client, message.channel)
    if not message.to:
        raise NotSent(Why.NO_ADDRESS, again=False)


def settle(message: Message, went: _Went, *, now: datetime) -> None:
    """Write down how a try ended: sent, to be tried again, or not sent."""
    why = went.not_sent
    message.last_error = why.reason if why else ""
    message.said_by_service = why.said[:300] if why else ""
    message.provider_id = went.provider_id[:200]
    wait = try_again_after(message.attempts) if why and why.again else None
    # Who lost the claim by being slow may still say "sent", for it is; nothing else.
    mine = Message.objects.filter(pk=message.pk, sent_at=None)
    if why is None:
        # Taken back while it went: it went.
        message.sent_at, message.failed_at, message.withdrawn_at = now, None, None
    else:
        mine = mine.filter(claimed_at=message.claimed_at, withdrawn_at=None)
        if wait is not None:
            message.send_after = now + wait
        elif why.reason == Why.NOT_WISHED:
            message.withdrawn_at = now
        else:
            message.failed_at = now
    message.claimed_at = None
    if message.secret and (message.sent_at or message.failed_at):
        message.body = ""
    with transaction.atomic(durable=True):
        if mine.update(**{name: getattr(message, name) for name in SETTLED}):
            _tell(message, now=now)


SETTLED = (
    "claimed_at", "last_error", "said_by_service", "provider_id", "send_after", "to",
    "sent_at", "failed_at", "withdrawn_at", "body",
)  # fmt: skip


def _tell(message: Message, *, now: datetime) -> None:
    """Put on record what left the house; show the desk at once what did not."""
    if message.sent_at:
        record(
            "messaging.sent",
            by=the_clock(message.clinic_id),
            now=now,
            client=message.client_id,
            about=str(message.pk),
            detail={"by": message.channel, "template": message.template},
        )
    if message.failed_at:
        push(clinic_topic(message.clinic_id))
