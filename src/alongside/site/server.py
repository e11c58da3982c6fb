"""Answer on a port until stopped."""

import asyncio
import socket
from collections.abc import Sequence

import uvicorn
from django.conf import settings
from django.urls import get_resolver

from alongside.site import asgi  # first: it loads Django
from alongside.site.connection import Connection
from alongside.site.doors import Doors, files
from alongside.site.shell import Shell


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
    shell: Shell = asgi.application,
    sockets: Sequence[socket.socket] | None = None,
) -> int:
    """Answer pages, live streams and the clock's errands from this one process, until stopped.

    `shell`: which of the applications (asgi.py). `sockets`: where to listen, if a parent holds the
    port for several processes.
    """
    Connection.doors = Doors.of(files(), behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))
    # A page must still get in when every stream is taken.
    shell.streams.most = Connection.doors.total * 3 // 4
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
        log_level="error",
        access_log=False,
        server_header=False,
        # What a proxy says is believed in one place: the settings (ALONGSIDE_BEHIND_PROXY).
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    server = Server(config, shell)
    server.run(list(sockets) if sockets else None)
    return 0 if server.started else 1
