"""What is too large, or too much at once, is refused in each language."""

import pytest

from alongside.site import body
from alongside.site.tests.connection.raw import GOOD, play, says


@pytest.mark.parametrize(
    "words",
    [
        b"Content-Length: 3000000\r\n\r\n" + b"x" * 3_000_000,
        b"Transfer-Encoding: chunked\r\n\r\n100000\r\n" + b"x" * 0x100000 + b"\r\n0\r\n\r\n",
        b"Content-Length: 7000000000\r\n\r\n",
    ],
    ids=["announced", "found out", "far too large"],
)
def test_what_is_too_large_is_refused_in_each_language(words: bytes, monkeypatch):
    monkeypatch.setattr(body, "MOST", 1_000_000)

    async def story(port: int) -> None:
        answer = await says(port, b"POST / HTTP/1.1\r\nHost: localhost\r\n" + words)
        assert b"413" in answer.split(b"\r\n")[0]
        assert b"Nothing was saved" in answer

    play(story)


def test_too_much_at_once_is_refused_for_now(monkeypatch):
    monkeypatch.setattr(body, "MOST_TOGETHER", 1000)

    async def story(port: int) -> None:
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n"
        answer = await says(port, head + b"x" * 2000)
        assert b"503" in answer.split(b"\r\n")[0]
        assert b"retry-after" in answer.lower()
        assert b"200 OK" in await says(port, GOOD)

    play(story)
