"""Answer on a port until stopped."""

import asyncio
import resource
import socket
from collections.abc import Sequence

import uvicorn
from django.urls import get_resolver

from alongside.site import asgi  # first: it loads Django
from alongside.site.connection import Connection
from alongside.site.shell import Shell

# One more open page is one more file for the system; many systems begin with 1,024.
FILES = 16384
CONNECTIONS = 8000


class Server(uvicorn.Server):
    """A server that tells its streams to end before it waits for them."""

    def __init__(self, config: uvicorn.Config, shell: Shell) -> None:
        super().__init__(config)
        self._shell = shell

    async def shutdown(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Stop within seconds, however many pages are open."""
        self._shell.close()
        # One turn of the loop, so that the streams' last words are on their way.
        await asyncio.sleep(0)
        await super().shutdown(list(sockets) if sockets else None)


def answer(
    host: str,
    port: int,
    *,
    streams_only: bool = False,
    sockets: Sequence[socket.socket] | None = None,
) -> int:
    """Answer pages, live streams and the clock's errands from this one process, until stopped.

    `sockets`: where to listen, if a parent holds the port for several processes.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    shell = asgi.live_application if streams_only else asgi.application
    # Before the first request, so that it need not wait, and so that a fault stops the start.
    get_resolver().url_patterns  # noqa: B018
    # One worker on purpose: the live hub and the errands are one per process. More than one process
    # is `alongside serve --processes` (processes.py), or `alongside web` and `alongside live`.
    config = uvicorn.Config(
        shell,
        host=host,
        port=port,
        http=Connection,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=3,
    )
    server = Server(config, shell)
    server.run(list(sockets) if sockets else None)
    return 0 if server.started else 1
