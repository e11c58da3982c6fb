"""What people send us, received whole before a page sees it, within a size and a budget.

How long it may take is the connection's matter: `connection.py`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from alongside.live.stream import Receive
from alongside.site.refusals import Crowded, TooLarge

MOST = 6 * 1024 * 1024
# Up to so many times as much is let in and thrown away: a browser that is cut off while it still
# sends shows no page, and nobody would learn what was wrong.
HEARD_OUT = 4
# All bodies that are being received at one time.
MOST_TOGETHER = 96 * 1024 * 1024


class Gone(Exception):
    """The sender left before everything had arrived."""


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
                no = TooLarge()
                no.heard_out = True
                raise no
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
