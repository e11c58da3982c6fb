"""A server, and what is written to it byte by byte."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn

from alongside.site import connection
from alongside.site.shell import Shell

DEADLINE = 0.6


async def page(scope: dict, body: bytes, send: Callable) -> None:
    """Stand in for Django: say how long the body was, or send a big page."""
    headers = [name.decode() for name, _ in scope["headers"]]
    said = f"{len(body)} {' '.join(headers)}".encode()
    if scope["path"] == "/big":
        said = b"x" * 20_000_000
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": said})


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    """The shell behind our connections, on a free port."""
    shell = Shell(page)
    config = uvicorn.Config(
        shell,
        port=0,
        http=connection.Connection,
        ws="none",
        lifespan="off",
        log_level="error",
        timeout_keep_alive=1,
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


def play(story: Callable[[int], Awaitable[None]]) -> None:
    async def run() -> None:
        async with served() as port:
            await story(port)

    asyncio.run(run())


async def says(port: int, words: bytes, *, within: float = 5) -> bytes:
    """Send words, and give all that comes until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    try:
        return await asyncio.wait_for(reader.read(), within)
    finally:
        writer.close()


GOOD = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def holds(port: int, source: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Have a connection from this address, and say nothing."""
    return await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
