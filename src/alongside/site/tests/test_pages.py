"""A page is made whole in a thread, and goes to its reader once."""

import asyncio
import threading
import time

import pytest

from alongside.site.pages import Pages

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/here/",
    "query_string": b"a=1",
    "http_version": "1.1",
    "headers": [(b"content-type", b"text/plain"), (b"x-asked", b"yes")],
}


class Parts:
    """A response that notes when it was closed."""

    def __init__(self, *parts: bytes | Exception) -> None:
        self.parts, self.closed = parts, 0

    def __iter__(self):
        for part in self.parts:
            if isinstance(part, Exception):
                raise part
            yield part

    def close(self) -> None:
        self.closed += 1


def answer(application, body: bytes = b"", times: int = 1) -> list[dict]:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def run() -> None:
        pages = Pages(application, threads=2)
        await asyncio.gather(*(pages(dict(SCOPE), body, send) for _ in range(times)))

    asyncio.run(run())
    return sent


def test_the_body_the_headers_and_the_answer_arrive_whole():
    seen = {}
    parts = Parts(b"Hello ", b"", b"Amara")

    def application(environ, start_response):
        seen.update(environ, body=environ["wsgi.input"].read(), thread=threading.get_ident())
        # A cookie comes with a blank before it, as Django writes them.
        start_response("201 Created", [("Set-Cookie", " a=b; Path=/"), ("X-Name", "Zoë")])
        return parts

    start, body = answer(application, b"key=1")
    assert start["status"] == 201
    assert start["headers"] == [
        (b"set-cookie", b"a=b; Path=/"),
        (b"x-name", "Zoë".encode("latin-1")),
    ]
    assert body["body"] == b"Hello Amara"
    assert not body.get("more_body")
    assert parts.closed == 1
    assert (seen["body"], seen["PATH_INFO"], seen["QUERY_STRING"]) == (b"key=1", "/here/", "a=1")
    assert (seen["CONTENT_TYPE"], seen["HTTP_X_ASKED"]) == ("text/plain", "yes")
    assert seen["thread"] != threading.get_ident()


def test_a_page_that_breaks_half_way_is_closed_and_nothing_of_it_is_sent():
    parts = Parts(b"Hello", RuntimeError("a fault nobody thought of"))

    def application(environ, start_response):
        start_response("200 OK", [])
        return parts

    with pytest.raises(RuntimeError):
        answer(application)
    assert parts.closed == 1


def test_pages_are_made_beside_each_other_and_never_more_than_there_are_threads():
    inside, most = [], []

    def application(environ, start_response):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        inside.pop()
        start_response("200 OK", [])
        return [b""]

    assert len(answer(application, times=6)) == 12
    assert max(most) == 2
