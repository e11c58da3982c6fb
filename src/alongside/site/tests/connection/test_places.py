"""One address cannot take every place; a full house says so."""

import asyncio
import contextlib
import time

import pytest

from alongside.site import connection
from alongside.site.doors import Doors
from alongside.site.tests.connection.raw import DEADLINE, GOOD, holds, play


@pytest.fixture
def two_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.Connection, "doors", Doors(total=3, each=2))


async def is_turned_away(port: int, source: str) -> bool:
    """Ask for a page from this address; tell whether there was no room, said as it must be."""
    reader, writer = await holds(port, source)
    writer.write(GOOD)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    if b"200 OK" in answer:
        return False
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 10" in answer
    assert "Trop de pages" in answer.decode()
    return True


def test_one_address_cannot_take_every_place(two_seats):
    async def story(port: int) -> None:
        mine = [await holds(port, "127.0.0.7") for _ in range(2)]
        assert await is_turned_away(port, "127.0.0.7")
        assert not await is_turned_away(port, "127.0.0.8")
        mine[0][1].close()
        await asyncio.sleep(0.05)
        assert not await is_turned_away(port, "127.0.0.7")
        mine[1][1].close()

    play(story)


def test_a_full_house_says_so_and_when_to_try_again(two_seats):
    async def story(port: int) -> None:
        held = [await holds(port, f"127.0.0.{last}") for last in (7, 8, 9)]
        assert await is_turned_away(port, "127.0.0.10")
        # Whoever holds a place and asks for nothing loses it.
        await asyncio.sleep(DEADLINE + 0.3)
        assert not await is_turned_away(port, "127.0.0.10")
        for _reader, writer in held:
            writer.close()

    play(story)


def test_whoever_is_turned_away_and_stays_is_let_go(two_seats, monkeypatch):
    monkeypatch.setattr(connection, "LINGER", 0.1)

    async def story(port: int) -> None:
        held = [await holds(port, "127.0.0.7") for _ in range(2)]
        _reader, writer = await holds(port, "127.0.0.7")
        began = time.monotonic()
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - began < 5:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)
        assert time.monotonic() - began < 2
        for _reader, one in held:
            one.close()

    play(story)
