"""The server's two applications, for any ASGI server; `alongside serve` runs them (server.py)."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings

from alongside.site import wsgi  # before the shell: it loads Django
from alongside.site.shell import Shell


def _pages(threads: int) -> WSGIMiddleware:
    # A queue without end: a reader who is slow to take their page must not keep a thread from
    # everybody else. What waits in it is one response, which is in memory anyway.
    return WSGIMiddleware(cast(Any, wsgi.application), workers=threads, send_queue_size=0)


# Everything, in one process on one port.
application = Shell(_pages(settings.WEB_THREADS), with_errands=settings.ERRANDS)
# The addresses under /live/ only, beside `alongside web`.
live_application = Shell(_pages(2), only=("/live/", "/healthz"))
