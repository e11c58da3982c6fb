"""A database of a test's own, a process that writes to it, and a hub that listens to it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings
from psycopg import sql

from alongside.live import postgres, sqlite
from alongside.live.hub import Hub


@dataclass
class Store:
    """Where the pulses are, and another process that makes them."""

    listener: object
    env: dict[str, str]
    writers: list[subprocess.Popen[str]] = field(default_factory=list)

    def listen(self, hub: Hub) -> Coroutine:
        return self.listener(hub)

    def start(self) -> None:
        """Start one more process that writes, and wait until it is ready."""
        writer = subprocess.Popen(
            [sys.executable, "-m", "alongside.live.tests.writer"],
            env={**os.environ, **self.env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.writers.append(writer)
        assert writer.stdout.readline().strip() == "ready"

    def do(self, line: str, *, by: int = 0) -> float:
        """Have a process do a line; gives the time at which it had committed."""
        writer = self.writers[by]
        writer.stdin.write(line + "\n")
        writer.stdin.flush()
        return float(writer.stdout.readline())

    async def does(self, line: str, *, by: int = 0) -> float:
        """The same, without holding up the loop."""
        return await asyncio.to_thread(self.do, line, by=by)

    def stop(self) -> None:
        for writer in self.writers:
            writer.stdin.close()
            writer.wait(10)
            writer.stdout.close()


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Store]:
    """A store in a file of the folder."""
    env = {"ALONGSIDE_DATA": str(folder), "ALONGSIDE_SECRET_KEY": "only for the tests"}
    file = folder / "alongside.sqlite3"
    yield Store(lambda hub: sqlite.listen(hub, file), env)


@contextmanager
def on_postgres() -> Iterator[Store]:
    """A store in a new database of the server in the settings."""
    server = settings.DATABASES["default"]
    params = {
        "host": server["HOST"] or "127.0.0.1",
        "port": server["PORT"] or 5432,
        "user": server["USER"],
        "password": server["PASSWORD"],
    }
    name = f"test_{settings.DATABASES['default']['NAME']}_live_{uuid4().hex[:8]}".replace(
        "test_test_", "test_"
    )
    with psycopg.connect(**params, dbname="postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            login = f"{params['user']}:{params['password']}@" if params["user"] else ""
            url = f"postgres://{login}{params['host']}:{params['port']}/{name}"
            env = {"DATABASE_URL": url, "ALONGSIDE_SECRET_KEY": "only for the tests"}
            yield Store(lambda hub: postgres.listen(hub, {**params, "dbname": name}), env)
        finally:
            admin.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@asynccontextmanager
async def listening(store: Store) -> AsyncIterator[Hub]:
    """A hub with its listener at work."""
    hub = Hub()
    task = asyncio.create_task(store.listen(hub))
    try:
        yield hub
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
