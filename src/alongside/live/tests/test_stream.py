"""What a page receives, and when its stream ends. No database: the question is answered here."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from uuid import uuid4

import pytest
from django.db import OperationalError

from alongside.live import stream
from alongside.live.hub import Hub
from alongside.live.queries import Admission, Refused
from alongside.live.stream import Streams, event
from alongside.people.actors import Actor, ActorKind

SCOPE = {"method": "GET", "path": "/live/clinic/", "headers": [(b"cookie", b"a=b")]}
SCREEN = Actor(kind=ActorKind.SCREEN, clinic=uuid4(), id=uuid4())
ADMISSION = Admission(topic="clinic:a", actor=SCREEN)
ELSEWHERE = Admission(topic="clinic:b", actor=SCREEN)


class Page:
    """One open page, as a server would show it to us."""

    def __init__(self, streams: Streams, **scope: object) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.text = ""
        self.stalls = False
        self._gone = asyncio.Event()
        self.task = asyncio.create_task(streams({**SCOPE, **scope}, self._receive, self._send))

    async def _receive(self) -> dict[str, object]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        elif self.stalls:
            await asyncio.sleep(60)
        else:
            self.text += message["body"].decode()

    def leave(self) -> None:
        self._gone.set()

    async def reads(self, words: str) -> None:
        async with asyncio.timeout(2):
            while words not in self.text:
                await asyncio.sleep(0.005)

    async def ended(self) -> None:
        await asyncio.wait_for(self.task, 2)


@pytest.fixture(autouse=True)
def admitted(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Everybody is let in, until a test says otherwise."""
    answer: dict[str, object] = {"is": ADMISSION, "open": True}

    def admit(path: str, cookies: dict[str, str], *, now: object) -> Admission:
        if isinstance(answer["is"], Exception):
            raise answer["is"]
        return answer["is"]

    def still_open(known: Iterable[Admission], *, now: object) -> set[Admission]:
        return set(known) if answer["open"] else set()

    monkeypatch.setattr(stream, "admit", admit)
    monkeypatch.setattr(stream, "close_old_connections", lambda: None)
    monkeypatch.setattr(stream, "still_open", still_open)
    return answer


def play(story: Callable[[Hub, Streams], Awaitable[None]]) -> None:
    async def run() -> None:
        hub = Hub()
        await story(hub, Streams(hub))

    asyncio.run(run())


def test_a_page_first_hears_how_things_stand_and_then_each_change():
    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams)
        await page.reads("retry:")
        hub.arrived({"clinic:a": 41})
        await page.reads(event(41))
        hub.arrived({"clinic:a": 42})
        await page.reads('event: change\nid: 42\ndata: {"n": 42}\n\n')
        page.leave()
        await page.ended()
        assert len(hub) == 0
        assert page.headers[b"content-type"].startswith(b"text/event-stream")
        assert page.headers[b"cache-control"] == b"no-cache, no-store"
        assert page.headers[b"x-accel-buffering"] == b"no"

    play(story)


def test_pages_come_back_at_different_times():
    async def story(hub: Hub, streams: Streams) -> None:
        pages = [Page(streams) for _ in range(30)]
        for page in pages:
            await page.reads("retry:")
            page.leave()
        waits = {re.search(r"retry: (\d+)", page.text)[1] for page in pages}
        assert len(waits) > 15

    play(story)


def test_a_quiet_stream_says_that_it_lives(monkeypatch):
    monkeypatch.setattr(stream, "KEEP_ALIVE", 0.05)

    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams)
        await page.reads(":\n\n:\n\n")
        page.leave()

    play(story)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Refused(401), 401),
        (Refused(403), 403),
        (Refused(404), 404),
        (OperationalError("away"), 503),
    ],
)
def test_whoever_may_not_watch_gets_a_status_and_no_word(admitted, fault, status):
    admitted["is"] = fault

    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams)
        await page.ended()
        assert (page.status, page.text, len(hub)) == (status, "", 0)

    play(story)


def test_nothing_is_sent_to_a_stream():
    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams, method="POST")
        await page.ended()
        assert page.status == 405

    play(story)


def test_a_stream_ends_at_once_when_its_holder_lost_what_let_them_in(admitted, monkeypatch):
    monkeypatch.setattr(stream, "SWEEP", 0.05)

    async def story(hub: Hub, streams: Streams) -> None:
        sweep = asyncio.create_task(streams.sweep())
        page = Page(streams)
        await page.reads("retry:")
        await asyncio.sleep(0.15)
        assert not page.task.done()
        admitted["open"] = False
        await page.ended()
        sweep.cancel()

    play(story)


@pytest.mark.parametrize("other", [Refused(401), ELSEWHERE])
def test_a_stream_ends_when_the_whole_question_has_another_answer(admitted, monkeypatch, other):
    monkeypatch.setattr(stream, "ASK_AGAIN", 0.05)

    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams)
        await page.reads("retry:")
        await asyncio.sleep(0.15)
        assert not page.task.done()
        admitted["is"] = other
        await page.ended()

    play(story)


def test_a_database_that_is_away_sends_nobody_away(admitted, monkeypatch):
    monkeypatch.setattr(stream, "ASK_AGAIN", 0.03)

    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams)
        await page.reads("retry:")
        admitted["is"] = OperationalError("away")
        await asyncio.sleep(0.15)
        assert not page.task.done()
        page.leave()
        await page.ended()

    play(story)


def test_a_page_that_takes_nothing_is_let_go(monkeypatch):
    monkeypatch.setattr(stream, "STALLED", 0.05)

    async def story(hub: Hub, streams: Streams) -> None:
        page = Page(streams)
        page.stalls = True
        await page.ended()
        assert len(hub) == 0

    play(story)


def test_one_holder_cannot_take_every_place(monkeypatch):
    monkeypatch.setattr(stream, "MOST_FOR_ONE", 3)

    async def story(hub: Hub, streams: Streams) -> None:
        pages = [Page(streams) for _ in range(3)]
        for page in pages:
            await page.reads("retry:")
        fourth = Page(streams)
        await fourth.ended()
        assert fourth.status == 429
        pages[0].leave()
        await pages[0].ended()
        await Page(streams).reads("retry:")
        for page in pages:
            page.leave()

    play(story)


def test_a_server_that_stops_ends_every_stream_in_good_order():
    async def story(hub: Hub, streams: Streams) -> None:
        pages = [Page(streams) for _ in range(20)]
        for page in pages:
            await page.reads("retry:")
        hub.close()
        for page in pages:
            await page.ended()
        late = Page(streams)
        await late.ended()
        assert late.status == 503

    play(story)
