"""Deadlines of a connection, which uvicorn has only between two requests.

Whoever begins a request must end it, and whoever asked for a page must take it; otherwise the
connection is closed. Five hundred half-open requests then cost nothing but their sockets, and
not those for long.
"""

from asyncio import TimerHandle
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds: for the whole head of a request; then for as long as its body comes at a fair rate.
RECEIVE = 15.0
FAIR_RATE = 16 * 1024
# Seconds in which somebody who asked must take something of the answer.
TAKE = 30.0


class Connection(H11Protocol):
    """A client's connection that cannot be held half-open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: TimerHandle | None = None
        self._stalled: TimerHandle | None = None
        self._since = 0.0
        self._received = 0

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Take what came; wait for the rest as long as it keeps coming."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._expect()
            self._received += len(data)
        else:
            self._calm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._calm()
        self._taken()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client takes nothing: wait, but not for ever."""
        super().pause_writing()
        self._stalled = self.loop.call_later(TAKE, self.transport.abort)

    def resume_writing(self) -> None:
        """The client takes again."""
        super().resume_writing()
        self._taken()

    def _expect(self) -> None:
        if self._late is None:
            self._since, self._received = self.loop.time(), 0
            self._late = self.loop.call_later(RECEIVE, self._too_late)

    def _calm(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _taken(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _too_late(self) -> None:
        """Close what is half-open; let a body go on that comes at a fair rate."""
        took = self.loop.time() - self._since
        if self.conn.their_state is h11.SEND_BODY and self._received >= FAIR_RATE * took:
            self._late = self.loop.call_later(RECEIVE / 3, self._too_late)
            return
        self._late = None
        self.transport.abort()
