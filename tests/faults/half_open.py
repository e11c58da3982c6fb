"""People who begin and do not end: each sort of connection that could hold a server up."""

import asyncio
import contextlib
import socket
from collections.abc import Callable

HOST = b"Host: localhost\r\n"
HEAD = b"POST /sign-in/ HTTP/1.1\r\n" + HOST
BODY = HEAD + b"Content-Length: 100000\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel"
# The first bytes of a browser that takes us for HTTPS.
TLS = bytes.fromhex("16030100c8010000c40303")
SOURCES = 20


class HalfOpen:
    """One connection that begins; some drip on, some ask and never read."""

    def __init__(self, port: int, number: int, *, says: bytes, drips: bytes = b"") -> None:
        self.says, self.drips = says, drips
        self.sock = socket.socket()
        # Takes next to nothing by itself.
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.sock.bind((f"127.0.1.{1 + number % SOURCES}", 0))
        self.sock.settimeout(5)
        self.sock.connect(("127.0.0.1", port))
        self.sock.setblocking(False)

    def begin(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.send(self.says)

    def drip(self) -> None:
        if self.drips:
            with contextlib.suppress(OSError):
                self.sock.send(self.drips)

    def close(self) -> None:
        self.sock.close()


def sorts(asset: str) -> dict[str, Callable[[int, int], HalfOpen]]:
    """Give each sort by its name; `asset`: a large file that anybody may read, if there is one."""
    ask = b"GET " + (asset or "/healthz").encode() + b" HTTP/1.1\r\n" + HOST + b"\r\n"
    # More than the system keeps for whoever does not read; of something small, a flood would be
    # measured and no slow peer.
    often = 1200 if asset else 20

    def sort(says: bytes, drips: bytes = b"") -> Callable[[int, int], HalfOpen]:
        return lambda port, number: HalfOpen(port, number, says=says, drips=drips)

    return {
        "says nothing": sort(b""),
        "half a head": sort(b"GET / HTTP/1.1\r\nHost: loc"),
        "a head that drips": sort(HEAD, b"X-Drip: 1\r\n"),
        "half a body": sort(BODY + b"only this"),
        "a body that drips": sort(BODY, b"x"),
        "half a chunk": sort(CHUNKED),
        "speaks another language": sort(TLS),
        "asks much and never reads": sort(ask * often),
    }


async def drip(everybody: list[HalfOpen]) -> None:
    """Let those who drip do so once a second, until cancelled."""
    while True:
        await asyncio.sleep(1)
        for one in everybody:
            one.drip()
