"""Which channel carries what."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from alongside.messaging.channels.app import AppChannel
from alongside.messaging.channels.base import Channel
from alongside.messaging.channels.demo import DemoChannel
from alongside.messaging.channels.email import EmailChannel
from alongside.messaging.channels.sms import SmsChannel
from alongside.messaging.models import ChannelName

_standing_in: dict[str, Channel] = {}


def channel_for(name: str) -> Channel:
    """Give the channel of this name; in the demo nothing leaves the house."""
    if name in _standing_in:
        return _standing_in[name]
    if name == ChannelName.APP:
        return AppChannel()
    if settings.DEMO:
        return DemoChannel()
    return SmsChannel() if name == ChannelName.SMS else EmailChannel()


@contextmanager
def standing_in(**channels: Channel) -> Iterator[None]:
    """Put other channels in the place of the real ones: for tests."""
    _standing_in.update(channels)
    try:
        yield
    finally:
        for name in channels:
            _standing_in.pop(name, None)
