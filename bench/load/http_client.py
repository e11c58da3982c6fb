"""A client that costs little: it shares two cores with the server that it measures."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


class Web:
    """One browser: its requests to one server, over connections that it keeps."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """Send one request; an error of the network is status 0."""
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        words = "\r\n".join([*lines, "", ""]).encode() + body
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(words)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return Answer(0, b"")

    async def _ask(self, words: bytes) -> Answer:
        while self._idle:
            pair = self._idle.pop()
            try:
                return await self._on(pair, words)
            except (OSError, asyncio.IncompleteReadError):
                # The server had let go of it meanwhile; every request here may be sent again.
                pair[1].close()
        return await self._on(await asyncio.open_connection("127.0.0.1", self.port), words)

    async def _on(
        self, pair: tuple[asyncio.StreamReader, asyncio.StreamWriter], words: bytes
    ) -> Answer:
        reader, writer = pair
        writer.write(words)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        body = await reader.readexactly(length)
        self._idle.append(pair)
        return Answer(int(head.split(b" ", 2)[1]), body)

    def close(self) -> None:
        """Let go of every connection."""
        for _reader, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def numbers(self, path: str, cookie: str) -> AsyncIterator[int]:
        """Hold a stream open, and give each number as it comes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                f"Cookie: {cookie}\r\n\r\n".encode()
            )
            while line := await reader.readline():
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])["n"]
        finally:
            writer.close()
