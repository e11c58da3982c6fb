"""The product's own server, in this process: its clock and its actions are a call away."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn
from conftest import NOW
from django.core.wsgi import get_wsgi_application
from django.db import connection

from alongside.clinics import clock
from alongside.visits.views import board
from tests.faults.serving import a_free_port


class Site:
    """The shell that `alongside serve` runs, on a free port, with everything beside it."""

    def __init__(self, database: Path) -> None:
        self.port = a_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = database
        self._copies: dict[str, Path] = {}
        self._errands = threading.Lock()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Answer, with a new hub, new errands and the same data."""
        # Here, so that what they build when they are read is built as for a clinic.
        from alongside.site.connection import Connection
        from alongside.site.pages import Pages
        from alongside.site.server import Server
        from alongside.site.shell import Shell

        shell = Shell(Pages(get_wsgi_application(), threads=8), with_errands=True)
        config = uvicorn.Config(
            shell,
            host="127.0.0.1",
            port=self.port,
            http=Connection,
            ws="none",
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        self._server = Server(config, shell)
        self._thread = threading.Thread(target=self._server.run, name="site", daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started:
            assert self._thread.is_alive(), "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop as a service does: streams end, the errands are handed over."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(15)
            assert not self._thread.is_alive(), "the server does not stop"
            # A service would end here; in this process the last errand is still let through.
            for thread in threading.enumerate():
                if thread.name == "errands":
                    thread.join(20)
        self._server = self._thread = None

    def round_of_errands(self, look: Callable[..., None]) -> Callable[..., None]:
        """Let one round of errands be a whole one."""

        def whole(*args: object) -> None:
            with self._errands:
                look(*args)

        return whole

    def keep(self, name: str) -> None:
        """Keep a copy of the database as it is now."""
        self._copies[name] = self.database.with_name(f"{name}.sqlite3")
        _copy(self.database, self._copies[name])

    def begin(self, name: str) -> None:
        """Put the database back to a copy, whole, and the clock to 10:12.

        SQLite's own backup, for Django's flush would be refused: an audit is never emptied.
        """
        connection.close()
        # Between two rounds of errands: one that began yesterday must not write into today.
        with self._errands:
            clock.shift(NOW)
            _copy(self._copies[name], self.database)
            board._pieces.forget()


def _copy(source: Path, target: Path) -> None:
    there, copy = sqlite3.connect(source, timeout=20), sqlite3.connect(target, timeout=20)
    try:
        there.backup(copy, sleep=0.02)
    finally:
        there.close()
        copy.close()
