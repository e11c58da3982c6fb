"""Hear of changes on SQLite: a look every tenth of a second that costs almost nothing.

`PRAGMA data_version` changes when another connection, of this process or of another, has committed;
nothing is read before it does. The looks have a thread of their own, so a busy disk holds up no
page.
"""

import asyncio
import json
import logging
import sqlite3  # the safe one: site/sqlite.py has put it in the place of the system's
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from alongside.live.hub import Hub

logger = logging.getLogger(__name__)
EVERY = 0.1
AFTER_A_FAULT = 1.0
NUMBERS = """
    SELECT asked.value, coalesce(pulse.number, 0)
    FROM json_each(?) AS asked LEFT JOIN live_pulse AS pulse ON pulse.topic = asked.value
"""


class Look:
    """A connection of its own to the file; it is used by one thread."""

    def __init__(self, path: Path) -> None:
        # "rw": a file that is not there yet must not be made by looking for it.
        self._address = f"file:{quote(str(path))}?mode=rw"
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None

    def numbers(self, watched: Collection[str], asked: Collection[str]) -> dict[str, int]:
        """Read all that is watched if anything was committed since the last look, else `asked`."""
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._address, uri=True, isolation_level=None, timeout=1, check_same_thread=False
            )
            self._version = None
        # The version first: a commit between the two lines is seen twice, never lost.
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        wanted = watched if version != self._version else asked
        if not wanted:
            return {}
        rows = self._connection.execute(NUMBERS, [json.dumps(sorted(wanted))]).fetchall()
        self._version = version
        return {str(topic): int(number) for topic, number in rows}

    def close(self) -> None:
        """Let go of the file; the next look opens it again and reads everything."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


async def listen(hub: Hub, path: Path) -> None:
    """Keep the hub's numbers fresh until cancelled, whatever happens to the file."""
    look = Look(path)
    well = True
    with ThreadPoolExecutor(1, thread_name_prefix="live-look") as thread:
        while True:
            if not (watched := hub.topics()):
                await asyncio.sleep(EVERY)
                continue
            asked = hub.take_asked()
            try:
                hub.arrived(await _in(thread, look, watched, asked))
                well = True
            except sqlite3.Error as fault:
                if well:
                    logger.warning("Live pages cannot read the database; trying on: %s", fault)
                well = False
                look.close()
            await asyncio.sleep(EVERY if well else AFTER_A_FAULT)


async def _in(
    thread: ThreadPoolExecutor, look: Look, watched: Collection[str], asked: Collection[str]
) -> dict[str, int]:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(thread, look.numbers, watched, asked)
