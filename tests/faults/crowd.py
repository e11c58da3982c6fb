"""Hold very many live pages open: a process of its own, for it needs a file for each of them.

`python -m tests.faults.crowd PORT` reads lines of JSON and answers each with one:
`{"open": [[path, cookie], ...], "rate": r}` opens pages, so many a second, and answers when each
has heard its first number; `{"until": n, "pages": [from, to], "within": s}` waits until these
pages have heard number n, and answers with when each did; `{"away": s}` waits until every page was
cut off.

A page comes back as `ui/live.js` does: after a second, then two, then four, each half to one and a
half times as long, and it tells the number that it heard last.
"""

import asyncio
import contextlib
import json
import random
import re
import resource
import socket
import sys
import time
from itertools import cycle

# Each address of ours has its own 28,000 ports, and its own share of the server's connections.
SOURCES = [f"127.0.0.{last}" for last in range(11, 19)]
LONGEST = 6.0
NUMBER = re.compile(rb"\nid: (\d+)\n")


class Stream(asyncio.Protocol):
    """One connection of a page."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.over = asyncio.get_running_loop().create_future()
        self.rest = b""

    def connection_made(self, transport) -> None:
        self.page.transport = transport
        transport.write(self.page.request())

    def data_received(self, data: bytes) -> None:
        data = self.rest + data
        if not self.page.is_open:
            self.page.answered(int(data[9:12]))
        for number in NUMBER.findall(data):
            self.page.heard(int(number))
        # A line may come in two pieces.
        self.rest = data[data.rfind(b"\nid: ") :] if not data.endswith(b"\n") else b""

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(None)


class Page:
    """One open page."""

    def __init__(self, port: int, path: str, cookie: str, source: str) -> None:
        self.port, self.path, self.cookie, self.source = port, path, cookie, source
        self.transport = None
        self.is_open = False
        self.tries = 0
        self.opened = 0
        self.refused = 0
        self.number = -1
        self.heard_at = 0.0

    def request(self) -> bytes:
        last = f"Last-Event-ID: {self.number}\r\n" if self.number >= 0 else ""
        return (
            f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
            f"Cookie: {self.cookie}\r\n{last}\r\n"
        ).encode()

    def answered(self, status: int) -> None:
        if status != 200:
            self.refused += 1
            self.transport.close()
            return
        self.is_open, self.tries = True, 0
        self.opened += 1

    def heard(self, number: int) -> None:
        if number != self.number:
            self.number, self.heard_at = number, time.time()

    async def live(self) -> None:
        """Be open until the process ends."""
        while True:
            with contextlib.suppress(OSError):
                await self.stream()
            self.is_open = False
            pause = min(LONGEST, 2**self.tries) * (0.5 + random.random())
            self.tries += 1
            await asyncio.sleep(pause)

    async def stream(self) -> None:
        loop = asyncio.get_running_loop()
        sock = socket.socket()
        try:
            sock.setblocking(False)
            sock.bind((self.source, 0))
            await loop.sock_connect(sock, ("127.0.0.1", self.port))
        except BaseException:
            sock.close()
            raise
        _transport, protocol = await loop.create_connection(lambda: Stream(self), sock=sock)
        await protocol.over


class Crowd:
    """All pages."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: list[Page] = []
        self.tasks: list[asyncio.Task] = []

    async def do(self, asked: dict) -> dict:
        if "open" in asked:
            return await self.open(asked["open"], asked["rate"])
        if "away" in asked:
            await until(lambda: not any(page.is_open for page in self.pages), asked["away"])
            return {}
        first, last = asked["pages"]
        some = self.pages[first:last]
        number = asked["until"]
        await until(lambda: all(p.is_open and p.number >= number for p in some), asked["within"])
        return {
            "at": [page.heard_at for page in some if page.number == number],
            "open": sum(page.is_open for page in some),
            "opened": sum(page.opened for page in some),
            "refused": sum(page.refused for page in some),
        }

    async def open(self, pages: list[list[str]], rate: float) -> dict:
        sources = cycle(SOURCES)
        began = time.monotonic()
        new = [Page(self.port, path, cookie, next(sources)) for path, cookie in pages]
        for count, page in enumerate(new):
            self.tasks.append(asyncio.create_task(page.live()))
            await asyncio.sleep(max(began + count / rate - time.monotonic(), 0))
        self.pages += new
        await until(lambda: all(page.number >= 0 for page in new), 300)
        return {"took": time.monotonic() - began, "open": sum(page.is_open for page in new)}


async def until(is_so, within: float) -> None:
    last = time.monotonic() + within
    while not is_so() and time.monotonic() < last:
        await asyncio.sleep(0.05)


async def main() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    crowd = Crowd(int(sys.argv[1]))
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await crowd.do(json.loads(line))), flush=True)
    for task in crowd.tasks:
        task.cancel()


asyncio.run(main())
