"""A channel that remembers, for tests."""

from collections.abc import Callable

from alongside.messaging.models import Message


class MemoryChannel:
    """Keeps what was sent; `before` is called first, and may raise NotSent."""

    def __init__(self, before: Callable[[Message], object] | None = None) -> None:
        self.sent: list[Message] = []
        self.before = before

    def send(self, message: Message) -> str:
        """Remember the message."""
        if self.before is not None:
            self.before(message)
        self.sent.append(message)
        return f"memory-{len(self.sent)}"
