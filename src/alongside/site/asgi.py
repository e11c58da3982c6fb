"""The server's applications, for any ASGI server; `alongside serve` runs them (server.py)."""

from django.conf import settings

from alongside.site import wsgi  # before the shell: it loads Django
from alongside.site.pages import Pages
from alongside.site.shell import Shell

# Everything, in one process on one port.
application = Shell(
    Pages(wsgi.application, threads=settings.WEB_THREADS), with_errands=settings.ERRANDS
)
# The addresses under /live/ only, beside `alongside web`.
live_application = Shell(Pages(wsgi.application, threads=2), only=("/live/", "/healthz"))
# The pages only; `/live/` answers with the number alone.
pages_application = Shell(Pages(wsgi.application, threads=settings.WEB_THREADS), with_streams=False)
