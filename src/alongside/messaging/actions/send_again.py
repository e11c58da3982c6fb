"""Send again what could not be sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions.record import record
from alongside.messaging.actions.queue import goes_at
from alongside.messaging.models import ChannelName, Message
from alongside.messaging.queries import address_of, channel_of
from alongside.people.actors import Actor
from alongside.rules.letters.text_message import fit


class CannotSendAgain(Exception):
    """Sending again makes no sense; the sentence says why, for staff."""


@transaction.atomic
def send_again(message: Message, *, by: Actor, now: datetime) -> Message:
    """Send a message again that failed, to where the client is reached now.

    A letter that was held back because it seemed to say too much goes too: a person has read it.
    """
    message = Message.objects.select_for_update().select_related("client").get(pk=message.pk)
    channel = _channel(message, now=now)
    was = message.last_error
    if channel == ChannelName.SMS:
        message.body = fit(message.body)
    message.channel, message.to = channel, address_of(message.client, channel)
    message.failed_at = message.claimed_at = None
    message.attempts, message.last_error, message.said_by_service = 0, "", ""
    message.send_after = goes_at(now, urgent=message.urgent)
    message.save()
    record(
        "messaging.send_again",
        by=by,
        now=now,
        client=message.client_id,
        about=str(message.pk),
        detail={"by": channel, "failed_because": was},
    )
    return message


def _channel(message: Message, *, now: datetime) -> str:
    """Give the way it should go now, or raise CannotSendAgain."""
    if message.secret:
        raise CannotSendAgain(_("It carried a key that has ended. Whoever asked can ask anew."))
    if message.failed_at is None:
        raise CannotSendAgain(_("This message has already been sent, or it is on its way."))
    if message.useful_until is not None and message.useful_until < now:
        raise CannotSendAgain(_("This message is out of date. It would only confuse its reader."))
    channel = channel_of(message.client)
    if channel is None:
        raise CannotSendAgain(_("This person asked us to send them nothing."))
    if not address_of(message.client, channel):
        raise CannotSendAgain(_("We have no address to send to. Add one first."))
    return channel
