"""What runs beside the requests begins again after a fault, and ends with the server."""

import asyncio

from alongside.site import shell
from alongside.site.shell import Shell, always, plain, wants_a_stream


async def no_pages(scope: dict, receive: object, send: object) -> None:
    raise AssertionError("no page was asked for")


def test_work_that_failed_begins_again(monkeypatch, caplog):
    monkeypatch.setattr(shell, "AFTER_A_FAULT", 0.0)
    begun = []

    async def work() -> None:
        begun.append(1)
        if len(begun) < 3:
            raise RuntimeError("a fault nobody thought of")
        await asyncio.sleep(60)

    async def run() -> None:
        task = asyncio.create_task(always(work))
        while len(begun) < 3:
            await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    assert caplog.text.count("it begins again") == 2


def test_the_hub_and_its_look_live_as_long_as_the_server(monkeypatch):
    lived = []

    async def listen() -> None:
        lived.append("began")
        try:
            await asyncio.sleep(60)
        finally:
            lived.append("ended")

    monkeypatch.setattr(shell, "listener", lambda _hub: listen())
    sent: list[str] = []

    async def run() -> None:
        messages: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        application = Shell(no_pages)

        async def send(message: dict[str, str]) -> None:
            sent.append(message["type"])

        task = asyncio.create_task(application({"type": "lifespan"}, messages.get, send))
        await messages.put({"type": "lifespan.startup"})
        await asyncio.sleep(0.05)
        assert lived == ["began"]
        await messages.put({"type": "lifespan.shutdown"})
        await asyncio.wait_for(task, 2)
        assert application.hub.is_closed

    asyncio.run(run())
    assert lived == ["began", "ended"]
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_streams_only_answers_nothing_else():
    async def run() -> int:
        statuses = []

        async def send(message: dict) -> None:
            statuses.append(message.get("status"))

        scope = {"type": "http", "method": "GET", "path": "/today/", "headers": []}
        await Shell(no_pages, only=("/live/",))(scope, None, send)
        return statuses[0]

    assert asyncio.run(run()) == 404


def test_only_an_event_source_gets_a_stream():
    assert wants_a_stream({"headers": [(b"accept", b"text/event-stream")]})
    assert not wants_a_stream({"headers": [(b"accept", b"*/*"), (b"x", b"text/event-stream")]})


def test_a_header_with_an_underscore_is_dropped():
    kept, forged = (b"x-forwarded-proto", b"http"), (b"x_forwarded_proto", b"https")
    assert plain({"headers": [kept, forged]}) == [kept]
