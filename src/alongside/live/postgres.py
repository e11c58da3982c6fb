"""Hear of changes on PostgreSQL: LISTEN, and a slow look that trusts nothing."""

import asyncio
import json
import logging
import secrets
from collections.abc import Collection, Mapping
from time import monotonic
from typing import Any

import psycopg

from alongside.clinics.postgresql.roles import STEP_DOWN
from alongside.live.actions.push import CHANNEL
from alongside.live.hub import Hub

logger = logging.getLogger(__name__)
# How long a page that has just come waits at most for its first number.
EVERY = 0.1
# A notice can be lost on the way (a pooler in between, a connection that died silently).
SLOW_LOOK = 5.0
LONGEST_PAUSE = 4.0
NUMBERS = """
    SELECT asked.topic, coalesce(pulse.number, 0)
    FROM unnest(%s::text[]) AS asked (topic) LEFT JOIN live_pulse AS pulse USING (topic)
"""
Connection = psycopg.AsyncConnection[tuple[Any, ...]]


async def listen(hub: Hub, params: Mapping[str, Any], *, role: str = "") -> None:
    """Keep the hub's numbers fresh until cancelled; come back by itself when the server does."""
    pause = EVERY
    while True:
        began = monotonic()
        try:
            await _hear(hub, params, role)
        except (psycopg.Error, OSError) as fault:
            pause = EVERY if monotonic() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            logger.warning("Live pages lost the database; trying on: %s", type(fault).__name__)
            await asyncio.sleep(pause * (0.5 + secrets.randbelow(100) / 100))


async def _hear(hub: Hub, params: Mapping[str, Any], role: str) -> None:
    """Listen over one connection until it breaks. All that was missed before is read first."""
    async with await psycopg.AsyncConnection.connect(
        **{**params, "connect_timeout": 5, "keepalives_idle": 15}, autocommit=True
    ) as connection:
        await connection.execute(STEP_DOWN, [role])
        await connection.execute(f"LISTEN {CHANNEL}")
        slow = 0.0
        while True:
            if monotonic() >= slow:
                hub.ask(hub.topics())
                slow = monotonic() + SLOW_LOOK
            if asked := hub.take_asked():
                hub.arrived(await _numbers(connection, asked))
            async for notice in connection.notifies(timeout=EVERY, stop_after=1):
                hub.ask(_topics(notice.payload))


async def _numbers(connection: Connection, asked: Collection[str]) -> dict[str, int]:
    rows = await (await connection.execute(NUMBERS, [sorted(asked)])).fetchall()
    return {str(topic): int(number) for topic, number in rows}


def _topics(payload: str) -> list[str]:
    """Read a notice; somebody else's, on our channel, is not for us."""
    try:
        named = json.loads(payload)
    except ValueError:
        return []
    return [str(topic) for topic in named] if isinstance(named, list) else []
