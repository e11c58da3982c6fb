"""Deadlines of a connection, which uvicorn has only between two requests; and who gets one.

Whoever begins a request must end it, and whoever asked for a page must take it; otherwise the
connection is closed. Five hundred half-open requests then cost nothing but their sockets, and
not those for long.
"""

import socket
import struct
from asyncio import TimerHandle
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from alongside.access.address import household
from alongside.site.doors import CONNECTIONS, SPARE, Doors
from alongside.site.refusals import LINGER, Full, Refusal, headers_of, words_of

# Seconds: for the whole head of a request; then for as long as its body comes at a fair rate.
RECEIVE = 15.0
FAIR_RATE = 16 * 1024
# Seconds in which somebody who asked must take the answer, or so much of it a second.
TAKE = 20.0
FAIR_TAKE = 2 * 1024
# Milliseconds after which the system gives up a peer that confirms nothing any more: a phone that
# left the building holds a place no longer than a few of our words to it.
UNHEARD = 25_000


class Connection(H11Protocol):
    """A client's connection that cannot be held half-open."""

    # How many there may be, for all connections of this process; the server says how many.
    doors = Doors(total=CONNECTIONS, each=CONNECTIONS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: TimerHandle | None = None
        self._stalled: TimerHandle | None = None
        self._since = 0.0
        self._received = 0
        self._untaken = 0
        self._address = ""
        self._inside = False
        self._deaf = False

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request, if there is room."""
        super().connection_made(transport)
        # Every byte that is not taken is noticed, not only the 65th kilobyte.
        transport.set_write_buffer_limits(high=0)
        _give_up_on_the_dead(transport.get_extra_info("socket"))
        self._address = household(self.client[0] if self.client else "")
        self._inside = self.doors.enter(self._address)
        if self._inside:
            self._expect()
        elif len(self.connections) > self.doors.total + SPARE // 2:
            # Even those who are turned away are too many.
            self.transport.abort()
        else:
            self._turn_away(Full())

    def data_received(self, data: bytes) -> None:
        """Take what came; wait for the rest as long as it keeps coming."""
        if self._deaf:
            return
        super().data_received(data)
        self._wait_on(len(data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._calm()
        self._taken()
        if self._inside:
            self._inside = False
            self.doors.leave(self._address)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client has not taken everything: wait, but not for ever."""
        super().pause_writing()
        self._untaken = self.transport.get_write_buffer_size()
        self._stalled = self.loop.call_later(TAKE, self._too_slow)

    def resume_writing(self) -> None:
        """The client takes again."""
        super().resume_writing()
        self._taken()

    def _wait_on(self, came: int) -> None:
        """Wait for the rest of a request; whoever was turned away has a deadline of their own."""
        if self._deaf:
            return
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._expect()
            self._received += came
        else:
            self._calm()

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

    def _too_slow(self) -> None:
        """Close where an answer is not taken; let one go on that is, at a fair rate."""
        left = self.transport.get_write_buffer_size()
        if self._untaken - left >= FAIR_TAKE * TAKE:
            self._untaken = left
            self._stalled = self.loop.call_later(TAKE, self._too_slow)
            return
        self._stalled = None
        # Without this the system would go on offering what nobody takes.
        if sock := self.transport.get_extra_info("socket"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Say that this is no request; whoever waits for the rest of it need not."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.transport.abort()
                return
        self._turn_away(Refusal())

    def _turn_away(self, no: Refusal) -> None:
        """Say why, listen to nothing any more, and close once that can have been read."""
        self._deaf = True
        lines = [b"HTTP/1.1 %d %s" % (no.status, HTTPStatus(no.status).phrase.encode())]
        lines += [b"%s: %s" % header for header in headers_of(no)]
        self.transport.write(b"\r\n".join([*lines, b"", words_of(type(no))]))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._calm()
        self._late = self.loop.call_later(LINGER, self._too_late)


def _give_up_on_the_dead(sock: socket.socket | None) -> None:
    """Have the system close what is sent to nobody; where it cannot, it takes its own time."""
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if sock is not None and option is not None and sock.family != socket.AF_UNIX:
        sock.setsockopt(socket.IPPROTO_TCP, option, UNHEARD)
