"""One process, one port: streams are native async, pages are Django under WSGI in a few threads.

Django's own ASGI handler costs three to four times the CPU of a page.
"""

import asyncio
import contextvars
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from alongside.live.hub import Hub
from alongside.live.listening import listener
from alongside.live.stream import Receive, Send, Streams, refuse
from alongside.site.body import Bodies, Gone
from alongside.site.errands import Errands
from alongside.site.heads import unfit
from alongside.site.refusals import Refusal, refusal

logger = logging.getLogger(__name__)
AFTER_A_FAULT = 1.0
Scope = dict[str, Any]
# Who answers a request whose body has arrived: `site.pages`.
Answering = Callable[[Scope, bytes, Send], Awaitable[None]]


class Shell:
    """Give each request to who answers it; begin and end what runs beside the requests."""

    def __init__(
        self,
        pages: Answering,
        *,
        only: Sequence[str] = (),
        with_streams: bool = True,
        with_errands: bool = False,
    ) -> None:
        self._pages = pages
        self._only = tuple(only)
        self._with_streams = with_streams
        self._with_errands = with_errands
        self._bodies = Bodies()
        self.hub = Hub()
        self.streams = Streams(self.hub)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live from the server's start to its stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._only and not scope["path"].startswith(self._only):
            await refuse(send, 404)
        elif no := unfit(scope):
            await refusal(receive, send, no)
        elif self._with_streams and scope["path"].startswith("/live/") and wants_a_stream(scope):
            await self.streams(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand Django a request that has wholly arrived: a slow sender holds up no thread."""
        try:
            async with self._bodies.whole(scope, receive) as body:
                await self._pages({**scope, "headers": plain(scope)}, body, send)
        except Gone:
            return
        except Refusal as no:
            await refusal(receive, send, no)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._beside():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _beside(self) -> AsyncIterator[None]:
        """Run the hub, its sweep and the errands beside the requests."""
        errands = Errands() if self._with_errands else None
        # A context of their own: a task started inside a request would inherit that request's.
        beside = (lambda: listener(self.hub), self.streams.sweep) if self._with_streams else ()
        tasks = [
            asyncio.get_running_loop().create_task(always(work), context=contextvars.Context())
            for work in beside
        ]
        if errands:
            errands.start()
        try:
            yield
        finally:
            self.close()
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task
            if errands:
                await asyncio.to_thread(errands.stop)

    def close(self) -> None:
        """End every stream, so that the server need not wait for them."""
        self.hub.close()


async def always(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Begin work again that a fault ended: without it every live page would stand still."""
    while True:
        try:
            await work()
        except Exception:
            logger.exception("Something beside the requests failed; it begins again.")
        await asyncio.sleep(AFTER_A_FAULT)


def wants_a_stream(scope: Scope) -> bool:
    """Tell a browser's EventSource from a page that only asks for the number."""
    return any(
        name == b"accept" and b"text/event-stream" in value for name, value in scope["headers"]
    )


def plain(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Drop headers with an underscore: WSGI cannot tell `x_forwarded_proto` from the real one."""
    return [(name, value) for name, value in scope["headers"] if b"_" not in name]
