"""What every way of sending promises."""

from typing import Protocol

from alongside.messaging.models import Message, Why


class NotSent(Exception):
    """A message did not go. `again` says whether trying later can help."""

    def __init__(self, reason: Why, *, again: bool, said: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.again = again
        # The service's own words, as they came, for whoever has to look into it.
        self.said = said


class Channel(Protocol):
    """A way of sending. Called outside every transaction; may take seconds, never a minute."""

    def send(self, message: Message) -> str:
        """Send it; give the service's number for it ("" where it has none), or raise NotSent."""
        ...
