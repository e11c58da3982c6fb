"""One hub per process: which pages watch which topic, and the newest number of each.

A page never needs more than the newest number, so a page that is slow, or away, costs one slot and
misses nothing. Everything here runs in the event loop's thread.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager


class Over(Exception):
    """This page's stream has ended: it left, it may no longer watch, or the server stops."""


class Watch:
    """One open page."""

    __slots__ = ("_newest", "_over", "_told", "_wake", "topic")

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self._newest: int | None = None
        self._told: int | None = None
        self._over = False
        self._wake = asyncio.Event()

    def tell(self, number: int) -> None:
        """Put the newest number where the page will find it, in the place of an older one."""
        self._newest = number
        if number != self._told:
            self._wake.set()

    def end(self) -> None:
        """End this page's stream."""
        self._over = True
        self._wake.set()

    async def news(self, *, within: float) -> int | None:
        """Wait up to so many seconds for a number this page has not heard; raises Over."""
        try:
            async with asyncio.timeout(within):
                await self._wake.wait()
        except TimeoutError:
            pass
        if self._over:
            raise Over
        self._wake.clear()
        if self._newest == self._told:
            return None
        self._told = self._newest
        return self._told


class Hub:
    """All open pages of this process. A listener fills it: `sqlite.listen` or `postgres.listen`."""

    def __init__(self) -> None:
        self._watches: dict[str, set[Watch]] = {}
        self._asked: set[str] = set()
        self.is_closed = False

    @contextmanager
    def watching(self, topic: str) -> Iterator[Watch]:
        """Open a page's watch. Its first number comes with the listener's next look: always."""
        watch = Watch(topic)
        self._watches.setdefault(topic, set()).add(watch)
        self._asked.add(topic)
        if self.is_closed:
            watch.end()
        try:
            yield watch
        finally:
            self._leave(watch)

    def _leave(self, watch: Watch) -> None:
        left = self._watches[watch.topic]
        left.discard(watch)
        if not left:
            del self._watches[watch.topic]

    def __len__(self) -> int:
        return sum(map(len, self._watches.values()))

    def topics(self) -> frozenset[str]:
        """Give what somebody watches now."""
        return frozenset(self._watches)

    def ask(self, topics: Iterable[str]) -> None:
        """Note that these numbers must be read; what nobody watches is left out."""
        self._asked.update(self._watches.keys() & set(topics))

    def take_asked(self) -> frozenset[str]:
        """Give what must be read now, and note that it was taken."""
        asked = frozenset(self._asked & self._watches.keys())
        self._asked.clear()
        return asked

    def arrived(self, numbers: Mapping[str, int]) -> None:
        """Hand the numbers that were read to the pages that watch."""
        for topic, number in numbers.items():
            for watch in self._watches.get(topic, ()):
                watch.tell(number)

    def close(self) -> None:
        """End every stream, now and from now on: the server stops."""
        self.is_closed = True
        for watches in self._watches.values():
            for watch in watches:
                watch.end()
