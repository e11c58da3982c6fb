"""The demo's people do not exist: what is sent to them stays here, and the page says so."""

from alongside.messaging.models import Message

STAYED_HERE = "demo"


class DemoChannel:
    """Sends nothing."""

    def send(self, message: Message) -> str:
        """Keep the message where it is."""
        return STAYED_HERE
