"""Let SQLite count its rows, so that it knows which index narrows a question and which does not.

Every question names the clinic at hand, and in most files there is one: its index leads to every
row of a table. SQLite cannot know that until somebody counts (PostgreSQL's autovacuum does it by
itself): with three years in the file, a person's own page looked through two million rows of the
record. `PRAGMA optimize` looks at samples, of tables that grew tenfold since: seconds the first
time, nothing at all later. sqlite.org/lang_analyze.html says to ask for it now and then.
"""

import time

from django.db import connection

# Seconds between two looks.
EVERY = 3600.0
# Of all tables, also of those that this connection has not asked anything of (0x10000).
COUNT = "PRAGMA optimize=0x10002"


class KnownRows:
    """Has the rows counted from time to time, by whoever does the errands."""

    def __init__(self) -> None:
        self._next_look = 0.0

    def look(self) -> None:
        """Count what has grown, if it is time to."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + EVERY
        count_rows()


def count_rows() -> None:
    """Count what has grown tenfold since it was last counted; nothing to do on PostgreSQL."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(COUNT)
