"""Text messages, by whichever provider the settings name."""

from typing import Protocol

from django.conf import settings

from alongside.messaging.channels.base import NotSent
from alongside.messaging.channels.twilio import Twilio
from alongside.messaging.models import Message, Why
from alongside.rules.letters.text_message import callable_number


class Provider(Protocol):
    """A company that sends text messages."""

    def text(self, to: str, body: str) -> str:
        """Send a text to a number like +33612345678; give their number for it, or raise NotSent."""
        ...


def provider() -> Provider:
    """Give the provider that the settings name, or raise NotSent."""
    if settings.SMS_PROVIDER != "twilio":
        raise NotSent(Why.SMS_NOT_SET_UP, again=False)
    return Twilio(
        account=settings.SMS_ACCOUNT,
        token=settings.SMS_TOKEN,
        sender=settings.SMS_FROM,
        url=settings.SMS_URL,
    )


class SmsChannel:
    """Sends the body; a text message has no subject."""

    def send(self, message: Message) -> str:
        """Hand the text to the provider."""
        by = provider()
        number = callable_number(message.to)
        if number is None:
            raise NotSent(Why.NO_COUNTRY, again=False)
        return by.text(number, message.body)
