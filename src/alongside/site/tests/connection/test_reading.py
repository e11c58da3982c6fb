"""A request has one reading: what two readers could read differently is refused."""

import time

import pytest

from alongside.site.tests.connection.raw import GOOD, play, says


def test_a_header_with_an_underscore_cannot_pass_for_another():
    async def story(port: int) -> None:
        words = GOOD.replace(b"Host", b"X_Forwarded_Proto: https\r\nX-Kept: 1\r\nHost")
        answer = await says(port, words)
        assert b"x-kept" in answer
        assert b"x_forwarded" not in answer.lower()

    play(story)


HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize(
    "words",
    [
        POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
        POST + b"Content-Length: 4\r\nContent-Length: 44\r\n\r\nbody" + HIDDEN,
        POST + b"Content-Length: 4, 44\r\n\r\nbody" + HIDDEN,
        POST + b"Content-Length: +4\r\n\r\nbody" + HIDDEN,
        POST + b"Content-Length: 4_0\r\n\r\nbody" + HIDDEN,
        POST + b"Content-Length : 4\r\n\r\nbody" + HIDDEN,
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
        POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n" + HIDDEN,
        POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
        POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + HIDDEN,
        POST + b"Transfer-Encoding: chunked\r\n\r\n0x4\r\nbody\r\n0\r\n\r\n" + HIDDEN,
        POST + b"Transfer-Encoding: chunked\r\n\r\n4\r\nbodyXX0\r\n\r\n" + HIDDEN,
        b"GET / HTTP/1.1\r\n\r\n" + HIDDEN,
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + HIDDEN,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n" + HIDDEN,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX a: b\r\n\r\n" + HIDDEN,
        b"GET /\r\n\r\n" + HIDDEN,
        b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03",
        POST + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbody",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    ],
)
def test_what_two_readers_could_read_differently_is_refused_and_hides_nothing(words, caplog):
    async def story(port: int) -> None:
        began = time.monotonic()
        answer = await says(port, words)
        assert time.monotonic() - began < 2
        assert answer[9:10] in b"45", answer[:200]
        assert answer.count(b"HTTP/1.1 ") == 1
        assert b"200 OK" in await says(port, GOOD)

    play(story)
    assert "Traceback" not in caplog.text


def test_what_everybody_reads_alike_is_answered_each_on_its_own():
    """The control: a good request with another behind it gets two answers."""

    async def story(port: int) -> None:
        first = POST + b"Content-Length: 4\r\n\r\nbody"
        answer = await says(port, first + GOOD)
        assert answer.count(b"HTTP/1.1 200 OK") == 2

    play(story)
