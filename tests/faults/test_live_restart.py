"""Servers stop, die and come back, people lose their right to watch: no page misses a change."""

import asyncio
import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.faults.serving import Page, Served, Writer

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
# At most 40 for one screen and one link: live/stream.py, MOST_FOR_ONE.
PAGES = 76 if FULL else 20
WITHIN = 1.0
Clinic = dict[str, str]


async def pages_of(served: Served, clinic: Clinic, count: int, **how: bool) -> list[Page]:
    """Open pages of the board and of Amara's visit, half and half, and wait for their streams."""
    half = max(count // 2, 1)
    boards = [
        Page(served.port, "/live/clinic/", clinic["screen_cookie"], **how) for _ in range(half)
    ]
    phones = [Page(served.port, clinic["visit_path"], **how) for _ in range(count - half)]
    for page in [*boards, *phones]:
        await page.hears(0, within=20)
    return [*boards, *phones]


async def leave(*pages: Page) -> None:
    for page in pages:
        await page.leave()


def test_a_change_is_heard_within_a_second_and_only_where_it_belongs(
    served: Served, writer: Writer, clinic: Clinic
):
    async def story() -> None:
        board, phone = await pages_of(served, clinic, 2)
        for number in range(1, 21):
            committed = await writer.does(f"push {clinic['clinic_topic']}")
            assert await board.hears(number) - committed < WITHIN
        assert phone.number == 0
        await writer.does(f"push {clinic['visit_topic']}")
        await phone.hears(1)
        assert board.number == 20
        await leave(board, phone)

    asyncio.run(story())


def test_a_server_with_open_streams_stops_within_three_seconds(served: Served, clinic: Clinic):
    async def story() -> float:
        pages = await pages_of(served, clinic, PAGES, comes_back=False)
        took = await asyncio.to_thread(served.end, signal.SIGTERM)
        for page in pages:
            await page.ended(within=1)
        return took

    assert asyncio.run(story()) < 3
    assert served.process.returncode in (0, -signal.SIGTERM)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_what_changes_while_the_server_is_down_is_told_when_it_is_back(
    served: Served, writer: Writer, clinic: Clinic, how: int
):
    async def story() -> None:
        pages = await pages_of(served, clinic, PAGES)
        await asyncio.to_thread(served.end, how)
        for topic in ("clinic_topic", "visit_topic"):
            await writer.does(f"push {clinic[topic]}")
        await asyncio.to_thread(served.start)
        for page in pages:
            await page.hears(1, within=30)
        assert {page.connections for page in pages} == {2}
        await leave(*pages)

    asyncio.run(story())


def test_two_servers_tell_the_same(
    served: Served, serve: Callable[..., Served], writer: Writer, clinic: Clinic
):
    beside = serve("live")
    beside.start()

    async def story() -> None:
        pages = [*await pages_of(served, clinic, 1), *await pages_of(beside, clinic, 1)]
        for number in range(1, 6):
            committed = await writer.does(f"push {clinic['clinic_topic']}")
            for page in pages:
                assert await page.hears(number) - committed < WITHIN
        await leave(*pages)

    asyncio.run(story())
    assert beside.end() < 3


@pytest.mark.parametrize(
    ("ends", "path", "cookie", "then"),
    [
        ("device", "/live/clinic/", "screen_cookie", 401),
        ("session", "/live/clinic/", "staff_cookie", 401),
        ("staff", "/live/clinic/", "staff_cookie", 401),
        ("link", "", "", 404),
    ],
)
def test_a_stream_ends_within_five_seconds_of_the_right_to_it(
    served: Served, writer: Writer, clinic: Clinic, ends: str, path: str, cookie: str, then: int
):
    path = path or clinic["visit_path"]

    async def story() -> None:
        page = Page(served.port, path, clinic.get(cookie, ""), comes_back=False)
        await page.hears(0)
        ended_at = await writer.does(f"end {ends}")
        await page.ended(within=6)
        assert time.time() - ended_at < 5
        again = Page(served.port, path, clinic.get(cookie, ""), comes_back=False)
        await again.ended(within=2)
        assert again.status == then

    asyncio.run(story())
