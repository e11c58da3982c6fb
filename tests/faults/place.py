"""A server on a database of its own, with people who are about to arrive; it may be killed."""

import asyncio
import itertools
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.faults import arrivals, cluster
from tests.faults.arrivals import Arrivals
from tests.faults.serving import ROOT, Served

Fault = Callable[[], Awaitable[float]]


@dataclass
class Place:
    """The server, what opens its pages, and the database that may be killed with it."""

    env: dict[str, str]
    served: Served
    made: dict[str, Any]
    database: cluster.Cluster | None
    # Seconds until it could work again, after each kind of fault.
    back: dict[str, list[float]] = field(default_factory=dict)

    def arrivals(self, **how: bool) -> Arrivals:
        """People who come here."""
        return Arrivals(self.served.port, self.made["csrf"], **how)

    async def kill_app(self) -> float:
        """Kill -9 the server with all its processes, and start it again."""
        self.served.kill_all()
        return await self.start_app()

    async def start_app(self) -> float:
        """Start the server; gives the seconds until it could work."""
        return await self._until_ready("app", self.served.start)

    async def kill_database(self) -> float:
        """Kill -9 PostgreSQL with all its processes, and start it again."""
        self._cluster.kill_all()
        return await self._until_ready("database", self._cluster.start)

    def restart_database(self, how: int) -> Fault:
        """Restart PostgreSQL as `pg_ctl -m fast` does (SIGINT), or `-m immediate` (SIGQUIT)."""

        async def restart() -> float:
            await asyncio.to_thread(self._cluster.stop, how)
            # As long as an operator takes: some must find it gone.
            await asyncio.sleep(1)
            return await self._until_ready(signal.Signals(how).name, self._cluster.start)

        return restart

    def kills(self, many: int) -> list[Fault]:
        """So many kills, of the server and of the database in turn."""
        kinds = [self.kill_app, self.kill_database] if self.database else [self.kill_app]
        return list(itertools.islice(itertools.cycle(kinds), many))

    @property
    def _cluster(self) -> cluster.Cluster:
        assert self.database is not None
        return self.database

    async def _until_ready(self, which: str, start: Callable[[], float]) -> float:
        began = time.monotonic()
        await asyncio.to_thread(start)
        await self.arrivals().is_ready()
        took = time.monotonic() - began
        self.back.setdefault(which, []).append(took)
        return took


@contextmanager
def a_place(
    folder: Path,
    engine: str,
    *,
    clinics: int,
    visits: int,
    env: dict[str, str] | None = None,
    command: tuple[str, ...] = ("serve",),
    disk: Path | None = None,
) -> Iterator[Place]:
    """Have clinics whose next hour is full; on PostgreSQL, on a cluster of their own.

    `disk`: a folder for the database, where it is not to be beside the rest.
    """
    data = disk / "data" if disk and engine == "SQLite" else folder / "data"
    env = {
        "ALONGSIDE_DATA": str(data),
        "ALONGSIDE_SECRET_KEY": "only for the tests",
        "DATABASE_URL": "",
        # For settings of a control, which stand beside the tests.
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        **(env or {}),
    }
    database = None
    with ExitStack() as stack:
        if engine == "PostgreSQL":
            if cluster.programs() is None:
                pytest.skip("NOT RUN: faults of PostgreSQL itself (initdb is not installed here).")
            database = stack.enter_context(cluster.cluster(disk))
            env["DATABASE_URL"] = database.url
        arrivals.migrate(env)
        made = arrivals.seed(env, clinics=clinics, visits=visits)
        log = stack.enter_context((folder / "server.log").open("wb"))
        served = Served(data, env, command, log=log)
        served.start()
        stack.callback(served.end)
        yield Place(env, served, made, database)
