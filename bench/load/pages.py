"""Open live pages as a browser keeps them: a stream, and a piece of page after each change."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from http_client import Answer, Web

# As in ui/live.js: at once when it has been quiet, else once after the gap.
GAP = 0.3
WAITING_ENDS = b'id="expected-title"'


@dataclass
class Times:
    """How long things took, in seconds, and what went wrong."""

    took: list[float] = field(default_factory=list)
    faults: int = 0

    def add(self, began: float, answer: Answer, *good: int) -> None:
        """Count one answer; `began` is when it was asked for."""
        self.took.append(time.monotonic() - began)
        self.faults += answer.status not in good


@dataclass
class Page:
    """One open page. `seen` hears each piece of page that came, and when it was asked for."""

    web: Web
    stream: str
    piece: str
    cookie: str
    times: Times
    seen: Callable[[bytes], None] = lambda _: None
    events: int = 0
    is_open: bool = False

    async def live(self) -> None:
        """Be open until cancelled."""
        changed = asyncio.Event()
        asking = asyncio.create_task(self._ask_after(changed))
        try:
            while True:
                try:
                    async for _number in self.web.numbers(self.stream, self.cookie):
                        self.is_open = True
                        self.events += 1
                        changed.set()
                except OSError:
                    self.is_open = False
                await asyncio.sleep(1)
        finally:
            asking.cancel()

    async def _ask_after(self, changed: asyncio.Event) -> None:
        while True:
            await changed.wait()
            changed.clear()
            began = time.monotonic()
            answer = await self.web.ask(
                "GET", self.piece, {"Cookie": self.cookie, "HX-Request": "true"}
            )
            self.times.add(began, answer, 200)
            self.seen(answer.body)
            await asyncio.sleep(max(GAP - (time.monotonic() - began), 0))


@dataclass
class Board(Page):
    """A board that knows whom it has not shown yet."""

    awaited: dict[bytes, float] = field(default_factory=dict)
    shown_after: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = self._look

    def expect(self, visit: str, since: float) -> None:
        """Watch for somebody among those who wait, since they tapped “I am here”."""
        self.awaited[f'id="visit-{visit}"'.encode()] = since

    def _look(self, body: bytes) -> None:
        waiting, now = body.partition(WAITING_ENDS)[0], time.monotonic()
        for mark in [mark for mark in self.awaited if mark in waiting]:
            self.shown_after.append(now - self.awaited.pop(mark))
