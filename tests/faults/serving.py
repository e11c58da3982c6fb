"""The shipped launcher in a process of its own, and pages that hold streams open to it."""

import asyncio
import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ALONGSIDE = [sys.executable, "-m", "alongside.site.cli"]


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Served:
    """A server of ours; it is started and stopped, or killed, as a test says."""

    folder: Path
    env: dict[str, str]
    command: tuple[str, ...] = ("serve",)
    port: int = field(default_factory=a_free_port)
    process: subprocess.Popen[bytes] | None = None
    # Where it complains; None: where the tests do.
    log: Any = None
    # How many files the system lets it open; 0: as many as it lets us.
    files: int = 0

    def start(self, *, within: float = 120) -> float:
        """Start it; gives the seconds until it answered."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [*ALONGSIDE, *self.command, "--data", str(self.folder), "--port", str(self.port)],
            env={**os.environ, **self.env},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
            # A group of its own: `kill_all` must not reach the tests.
            start_new_session=True,
            preexec_fn=self._few_files if self.files else None,
        )
        while time.monotonic() - began < within:
            assert self.process.poll() is None, "the server ended"
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return time.monotonic() - began
            time.sleep(0.05)
        raise TimeoutError

    def _few_files(self) -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (self.files, self.files))

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def memory(self, line: str = "VmRSS") -> int:
        """Give a line of what the system says of its memory, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return 1024 * int(status.partition(f"{line}:")[2].split()[0])

    def cpu(self) -> float:
        """Give the seconds of a processor that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, how: int = signal.SIGTERM) -> float:
        """Send a signal and wait; gives the seconds that it took to stop."""
        if not self.is_up:
            return 0.0
        began = time.monotonic()
        self.process.send_signal(how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        return time.monotonic() - began

    def kill_all(self) -> None:
        """Kill -9 the server and all of its processes, as a power button would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Writer:
    """A process beside the server that writes to the same database."""

    process: subprocess.Popen[str]

    def do(self, line: str) -> Any:
        """Do what `seed.py` says for this line, and give its answer."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    async def does(self, line: str) -> Any:
        """The same, without holding up the loop."""
        return await asyncio.to_thread(self.do, line)


@contextlib.contextmanager
def writing(env: dict[str, str], *words: str) -> Iterator[Writer]:
    """Keep a writer, or another of our processes that answers line by line, until the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", *(words or ("tests.faults.seed",))],
        env={**os.environ, **env},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Writer(process)
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


class Page:
    """A live page: it holds a stream, comes back when it was cut, and knows the newest number."""

    def __init__(self, port: int, path: str, cookie: str = "", *, comes_back: bool = True) -> None:
        self.port, self.path, self.cookie = port, path, cookie
        self.comes_back = comes_back
        self.number: int | None = None
        self.heard_at: dict[int, float] = {}
        self.status = 0
        self.connections = 0
        self.task = asyncio.create_task(self._live())

    async def _live(self) -> None:
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._stream()
            if not self.comes_back:
                return
            await asyncio.sleep(0.1)

    async def _stream(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(
                f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                f"Connection: close\r\nCookie: {self.cookie}\r\n\r\n".encode()
            )
            self.status = int((await reader.readline()).split()[1])
            self.connections += 1
            while line := await reader.readline():
                if line.startswith(b"data:"):
                    self.number = json.loads(line[5:])["n"]
                    self.heard_at.setdefault(self.number, time.time())
        finally:
            writer.close()

    async def hears(self, number: int, *, within: float = 5) -> float:
        """Wait for a number; gives the time at which it came."""
        async with asyncio.timeout(within):
            while self.number is None or self.number < number:
                await asyncio.sleep(0.005)
        return self.heard_at[self.number]

    async def ended(self, *, within: float) -> None:
        """Wait until the stream has ended, for a page that does not come back."""
        await asyncio.wait_for(asyncio.shield(self.task), within)

    async def leave(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task
