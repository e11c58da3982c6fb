"""Django's pages under WSGI, each made whole in one of a few threads, then sent by the event loop.

A response goes from its thread to the loop once. Handed over piece by piece, as a general bridge
between the two protocols must, a small page cost more on its way than in the making; ours are made
whole in memory anyway.
"""

import asyncio
import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

from a2wsgi.wsgi import build_environ

from alongside.live.stream import Send


class Application(Protocol):
    """What answers one request, as WSGI has it."""

    def __call__(self, environ: dict[str, Any], start_response: Any, /) -> Iterable[bytes]: ...


@dataclass(slots=True)
class Answer:
    """One response, whole."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        """Take the status and the headers, as WSGI hands them over."""
        self.status = int(status[:3])
        self.headers = [
            # A cookie comes with a blank before it, which no header may have.
            (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
            for name, value in headers
        ]


class Pages:
    """An ASGI application for requests whose body has arrived."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: dict[str, Any], body: bytes, send: Send) -> None:
        """Make a page in a thread, and send it."""
        environ = build_environ(scope, io.BytesIO(body))  # type: ignore[arg-type]
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._threads, self._make, environ)
        await send(
            {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        )
        await send({"type": "http.response.body", "body": answer.body})

    def _make(self, environ: Any) -> Answer:
        answer = Answer()
        parts = self._application(environ, answer.start)
        try:
            answer.body = b"".join(parts)
        finally:
            # Django ends the request here: its connections are looked after, its files closed.
            if close := getattr(parts, "close", None):
                close()
        return answer
