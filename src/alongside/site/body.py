"""What people send us, received whole before a page sees it, within a size and a budget.

How long it may take is the connection's matter: `connection.py`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside.live.stream import Receive, Send

MOST = 6 * 1024 * 1024
# Up to so many times as much is let in and thrown away: a browser that is cut off while it still
# sends shows no page, and nobody would learn what was wrong.
HEARD_OUT = 4
# All bodies that are being received at one time.
MOST_TOGETHER = 96 * 1024 * 1024


class Gone(Exception):
    """The sender left before everything had arrived."""


class TooLarge(Exception):
    """This is more than anybody needs to send."""

    status = 413
    says = _(
        "This is too large to send: at most 6 MB. Nothing was saved. Please send less at once."
    )


class Crowded(Exception):
    """Too much is being sent to us at the same time."""

    status = 503
    says = _("Too many people are sending files just now. Nothing was saved. Please try again.")


class Bodies:
    """Everything that is being received now."""

    def __init__(self) -> None:
        self._held = 0

    @asynccontextmanager
    async def whole(self, scope: Mapping[str, Any], receive: Receive) -> AsyncIterator[bytes]:
        """Give a request's body when all of it is here; raises Gone, TooLarge or Crowded."""
        if announced(scope) > MOST * HEARD_OUT:
            raise TooLarge
        body, sent = bytearray(), 0
        try:
            async for part in _parts(receive):
                sent += len(part)
                if sent <= MOST:
                    body += part
                    self._held += len(part)
                if self._held > MOST_TOGETHER:
                    raise Crowded
                if sent > MOST * HEARD_OUT:
                    raise TooLarge
            if sent > MOST:
                raise TooLarge
            yield bytes(body)
        finally:
            self._held -= len(body)


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        more = message.get("more_body", False)
        yield message.get("body", b"")


def announced(scope: Mapping[str, Any]) -> int:
    """Give the length that the sender says is coming; 0 where nothing is said."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def refusal(send: Send, no: TooLarge | Crowded) -> None:
    """Say why, in each of our languages: nobody has read yet which one the sender speaks."""
    lines = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            lines.append(str(no.says))
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    if no.status == Crowded.status:
        headers.append((b"retry-after", b"10"))
    await send({"type": "http.response.start", "status": no.status, "headers": headers})
    await send({"type": "http.response.body", "body": "\n".join(lines).encode()})
