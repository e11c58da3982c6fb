"""The streams: "something changed", to whoever may know it, and nothing else.

A page that hears a number asks for its own piece of page, which is authorised like any other; so
nothing personal is ever sent to many. Native ASGI: an open page costs a few kilobytes, no thread.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import CookieError
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.http import parse_cookie

from alongside.clinics import clock
from alongside.live.hub import Hub, Over, Watch
from alongside.live.queries import Admission, Refused, admit, still_open

logger = logging.getLogger(__name__)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
T = TypeVar("T")

KEEP_ALIVE = 15.0
# A client that takes nothing for so long is not there.
STALLED = 30.0
SWEEP = 4.0
ASK_AGAIN = 60.0
# One link, one session, one device: a few tabs and a phone, not an attack.
MOST_FOR_ONE = 40
MOST = 6000
AWAY = (DatabaseError, InterfaceError)
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex"),
    (b"x-content-type-options", b"nosniff"),
]


class Streams:
    """All streams of this process: an ASGI application for the addresses under `/live/`."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        # As many as the server has room for: site/server.py.
        self.most = MOST
        self._open: dict[Watch, Admission] = {}
        self._held: Counter[str] = Counter()
        # Few threads: authorising is short, and must not crowd out the pages.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="live-admit")

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request with a stream, or with a bare status."""
        if scope["method"] != "GET":
            await refuse(send, 405)
            return
        path, cookies = scope["path"], cookies_of(scope)
        try:
            admission = await self._asking(path, cookies)
            self._make_room(admission)
        except Refused as no:
            await refuse(send, no.status)
            return
        except AWAY:
            await refuse(send, 503)
            return
        with self._counted(admission) as watch:
            await self._stream(watch, path, cookies, receive, send)

    @contextmanager
    def _counted(self, admission: Admission) -> Iterator[Watch]:
        self._held[admission.holder] += 1
        try:
            with self.hub.watching(admission.topic) as watch:
                self._open[watch] = admission
                yield watch
        finally:
            self._open.pop(watch, None)
            self._held[admission.holder] -= 1
            if not self._held[admission.holder]:
                del self._held[admission.holder]

    def _make_room(self, admission: Admission) -> None:
        if self._held[admission.holder] >= MOST_FOR_ONE:
            raise Refused(429)
        if len(self._open) >= self.most or self.hub.is_closed:
            raise Refused(503)

    async def _asking(self, path: str, cookies: Mapping[str, str]) -> Admission:
        return await self._in_thread(lambda: admit(path, cookies, now=clock.now()))

    async def _in_thread(self, read: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, _with_a_good_connection, read
        )

    async def _stream(
        self,
        watch: Watch,
        path: str,
        cookies: Mapping[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        """Send numbers until it is over. The first comes at once, whatever the page knew."""
        helpers = [
            asyncio.create_task(_end_when_gone(watch, receive)),
            asyncio.create_task(self._end_when_refused(watch, path, cookies)),
        ]
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            # The pages of a whole clinic must not come back in the same second.
            await _put(send, f"retry: {1000 + secrets.randbelow(3000)}\n\n")
            while True:
                number = await watch.news(within=KEEP_ALIVE)
                await _put(send, ":\n\n" if number is None else event(number))
        except Over:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            logger.info("A live page took nothing for %d seconds; its stream is closed.", STALLED)
        finally:
            for helper in helpers:
                helper.cancel()

    async def _end_when_refused(self, watch: Watch, path: str, cookies: Mapping[str, str]) -> None:
        """Ask the whole question again now and then; a database that is away refuses nobody."""
        while True:
            await asyncio.sleep(ASK_AGAIN * (0.9 + secrets.randbelow(200) / 1000))
            try:
                same = await self._asking(path, cookies) == self._open.get(watch)
            except Refused:
                same = False
            except AWAY:
                continue
            if not same:
                watch.end()

    async def sweep(self) -> None:
        """Until cancelled: end the streams of whoever lost their link, session, device or work."""
        while True:
            await asyncio.sleep(SWEEP)
            known = dict(self._open)
            if not known:
                continue
            try:
                fine = await self._in_thread(lambda: still_open(known.values(), now=clock.now()))  # noqa: B023
            except AWAY:
                continue
            except Exception:
                # This look must outlive any fault: without it nobody would be sent away.
                logger.exception("Open streams could not be checked; trying on.")
                continue
            for watch, admission in known.items():
                if admission not in fine:
                    watch.end()


def event(number: int) -> str:
    """Write the one event there is, as a browser's EventSource reads it."""
    return f'event: change\nid: {number}\ndata: {{"n": {number}}}\n\n'


def cookies_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """Read the cookies of a request."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        return parse_cookie(sent.decode("latin-1"))
    except CookieError:
        return {}


async def refuse(send: Send, status: int) -> None:
    """Answer with a status and no word of why."""
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    if status in (429, 503):
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _put(send: Send, text: str) -> None:
    async with asyncio.timeout(STALLED):
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _end_when_gone(watch: Watch, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    watch.end()


def _with_a_good_connection(read: Callable[[], T]) -> T:
    """Give a thread's connection back in good order, before and after."""
    close_old_connections()
    try:
        return read()
    finally:
        close_old_connections()
