"""Tell every open page of a topic, on any server, that it should ask again."""

import json
from collections.abc import Iterator, Sequence

from django.db import connection, transaction

CHANNEL = "alongside_live"
# PostgreSQL carries at most 8,000 bytes in one notice.
AT_ONCE = 100
# One statement, so that two first pushes of a topic at the same time still count two.
COUNT = """
    INSERT INTO live_pulse (topic, number) VALUES {rows}
    ON CONFLICT (topic) DO UPDATE SET number = live_pulse.number + 1
"""


def push(*topics: str) -> None:
    """Count each topic one up; pages hear of it when the transaction is committed, never before.

    Call it last in an action: on PostgreSQL a topic stays locked until the transaction ends.
    """
    # Always in the same order, so that two transactions cannot wait for each other.
    in_order = sorted(set(topics))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for some in _batches(in_order):
            cursor.execute(COUNT.format(rows=", ".join(["(%s, 1)"] * len(some))), list(some))
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(some)])


def _batches(topics: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(topics), AT_ONCE):
        yield topics[start : start + AT_ONCE]
