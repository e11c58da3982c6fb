"""50 check-ins a second with 500 open live pages, through the shipped launcher.

Everything stays on the loopback address and ends by itself.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from http_client import Web
from pages import Board, Page, Times

HERE = Path(__file__).resolve().parent
CSRF = "x" * 32
DRAIN = 10.0
# What the piece of page says to somebody who has just checked in: their told wait.
TOLD = b'class="big num"'


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to do."""

    rate: float
    seconds: float
    pages: int
    clinics: int
    processes: int
    database: str

    @property
    def check_ins(self) -> int:
        return int(self.rate * self.seconds)


@dataclass
class Found:
    """What was measured."""

    check_in: Times
    board: Times
    other: Times
    opened_in: float = 0.0
    untold: int = 0
    shown_after: tuple[float, ...] = ()
    never_shown: int = 0
    events: int = 0
    took: float = 0.0
    server: float = 0.0  # seconds of a processor
    ours: float = 0.0


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def load(port: int, asked: Asked, made: dict, cpu: Callable[[], float]) -> Found:
    """Open the pages, check people in at the rate, wait for the last, and close."""
    found = Found(Times(), Times(), Times())
    boards, pages = open_pages(port, asked, made, found)
    began = time.monotonic()
    tasks = []
    for page in pages:
        tasks.append(asyncio.create_task(page.live()))
        await asyncio.sleep(0.01)
    while not all(page.is_open for page in pages):
        if time.monotonic() - began > 120:
            closed = [page.stream for page in pages if not page.is_open]
            raise SystemExit(f"{len(closed)} pages could not be opened: {closed[:3]}")
        await asyncio.sleep(0.1)
    found.opened_in = time.monotonic() - began
    # Each page asks for its piece once when its stream opens: that is over before we measure.
    while len(found.board.took) + len(found.other.took) < len(pages):
        if time.monotonic() - began > 240:
            raise SystemExit("The pages' first pieces took too long.")
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    for times in (found.board, found.other):
        times.took.clear()
    since, server, ours = time.monotonic(), cpu(), time.process_time()
    await check_in_all(port, asked, made, boards, found)
    until = time.monotonic() + DRAIN
    while any(board.awaited for board in boards) and time.monotonic() < until:
        await asyncio.sleep(0.1)
    found.took = time.monotonic() - since
    found.server, found.ours = cpu() - server, time.process_time() - ours
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    found.shown_after = tuple(one for board in boards for one in board.shown_after)
    found.never_shown = sum(len(board.awaited) for board in boards)
    found.events = sum(page.events for page in pages)
    return found


def open_pages(port: int, asked: Asked, made: dict, found: Found) -> tuple[list[Board], list[Page]]:
    """A board and a wall screen in each clinic; the rest are clients' own pages: a browser each."""
    boards = [
        Board(Web(port), "/live/clinic/", "/today/", clinic["desk"], found.board)
        for clinic in made["clinics"]
    ]
    screens = [
        Page(Web(port), "/live/clinic/", "/screen/", clinic["screen"], found.other)
        for clinic in made["clinics"]
    ]
    tokens = [visit["token"] for clinic in made["clinics"] for visit in clinic["visits"]]
    left = max(asked.pages - len(boards) - len(screens), 0)
    phones = [
        Page(Web(port), f"/live/visit/{token}/", f"/v/{token}/", "", found.other)
        for token in random.Random(1).sample(tokens, min(left, len(tokens)))
    ]
    return boards, [*boards, *screens, *phones]


async def check_in_all(
    port: int, asked: Asked, made: dict, boards: list[Board], found: Found
) -> None:
    """Let people arrive at random, at this rate, whether the server keeps up or not."""
    chance = random.Random(2)
    everybody = [
        (visit, board)
        for clinic, board in zip(made["clinics"], boards, strict=True)
        for visit in clinic["visits"]
    ]
    chance.shuffle(everybody)
    at = time.monotonic()
    on_their_way = []
    for visit, board in everybody[: asked.check_ins]:
        at += chance.expovariate(asked.rate)
        await asyncio.sleep(max(at - time.monotonic(), 0))
        on_their_way.append(
            asyncio.create_task(arrive(port, made["csrf"], visit, board, at, found))
        )
    await asyncio.gather(*on_their_way)


async def arrive(port: int, csrf: str, visit: dict, board: Board, at: float, found: Found) -> None:
    """Tap “I am here”: the answer is the page's piece with the wait, as a phone shows it."""
    web = Web(port)
    board.expect(visit["id"], at)
    headers = {
        "Cookie": f"{csrf}={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
    }
    form = f"csrfmiddlewaretoken={CSRF}&key={visit['id']}".encode()
    answer = await web.ask("POST", f"/v/{visit['token']}/here/", headers, form)
    # From when they tapped, not from when we came round to sending it.
    found.check_in.add(at, answer, 200)
    found.untold += TOLD not in answer.body
    web.close()


def at_level(values: list[float] | tuple[float, ...], level: float) -> float:
    """Give the value below which this share lies, in milliseconds."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return 1000 * ordered[min(int(level * len(ordered)), len(ordered) - 1)]


def report(found: Found) -> int:
    """Print the figures beside what was aimed at; 1 if anything was lost."""
    check_in, board, shown = found.check_in, found.board, found.shown_after
    rows = [
        ("check-in, p50", at_level(check_in.took, 0.5), None),
        ("check-in, p99", at_level(check_in.took, 0.99), 300),
        ("board, p50", at_level(board.took, 0.5), None),
        ("board, p99", at_level(board.took, 0.99), 500),
        ("from the tap to the board, p50", at_level(shown, 0.5), None),
        ("from the tap to the board, p99", at_level(shown, 0.99), 1000),
    ]
    print(f"{'':34}{'ms':>8}{'target':>8}")
    for name, value, target in rows:
        verdict = "" if target is None else ("  met" if value <= target else "  NOT MET")
        print(f"{name:34}{value:8.0f}{target or '':>8}{verdict}")
    pieces = len(board.took) + len(found.other.took)
    faults = check_in.faults + board.faults + found.other.faults
    print(
        f"{len(check_in.took)} check-ins in {found.took:.0f} s, {pieces} pieces of page, "
        f"{found.events} events; the pages opened in {found.opened_in:.1f} s"
    )
    print(
        f"{faults} faults (target 0), {found.never_shown} never shown on their board (target 0), "
        f"{found.untold} not told a wait (target 0); "
        f"of {os.cpu_count()} cores the server used {found.server / found.took:.2f} and we who "
        f"load it {found.ours / found.took:.2f}: "
        f"{1000 * found.server / max(len(check_in.took), 1):.0f} ms a check-in with all it renews"
    )
    return 1 if faults or found.never_shown or found.untold else 0


def cpu_of(process: subprocess.Popen) -> float:
    """Give the seconds of a processor that a server's processes have used (Linux), else 0."""
    ticks = 0
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for one in (str(process.pid), *children):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def show_faults(log: Path) -> None:
    """Print the end of what the server complained about, if it did."""
    lines = log.read_text(errors="replace").splitlines()
    if any(line.startswith("Traceback") for line in lines):
        print("The server said:", *lines[-20:], sep="\n  ")


@contextlib.contextmanager
def serving(command: list[str], folder: Path, env: dict[str, str], port: int):
    """Run the shipped launcher until the end."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen([*command, "--port", str(port)], env=env, stdout=log, stderr=log)
        try:
            for _ in range(300):
                if process.poll() is not None:
                    break
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), 0.5).close()
                    break
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            show_faults(folder / "server.log")


def measure(asked: Asked, folder: Path) -> int:
    """Make the clinics, serve them, load the server, and report."""
    env = {**os.environ, "ALONGSIDE_DATA": str(folder / "data"), "DATABASE_URL": asked.database}
    each = -(-asked.check_ins // asked.clinics)
    alongside = [sys.executable, "-m", "alongside.site.cli"]
    subprocess.run([*alongside, "migrate", "--data", env["ALONGSIDE_DATA"]], env=env, check=True)
    seed = [sys.executable, str(HERE / "seed.py"), str(asked.clinics), str(each)]
    made = json.loads(subprocess.run(seed, env=env, check=True, stdout=subprocess.PIPE).stdout)
    port = free_port()
    serve = [*alongside, "serve", "--data", env["ALONGSIDE_DATA"]]
    serve += ["--processes", str(asked.processes)]
    with serving(serve, folder, env, port) as server:
        return report(asyncio.run(load(port, asked, made, lambda: cpu_of(server))))


def main() -> int:
    """Read what to do, within bounds, and do it."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rate", type=float, default=50, help="check-ins a second (50)")
    ask.add_argument("--seconds", type=float, default=60, help="for how long (60, at most 300)")
    ask.add_argument("--pages", type=int, default=500, help="open live pages (500)")
    ask.add_argument("--clinics", type=int, default=100, help="clinics (100)")
    ask.add_argument("--processes", type=int, default=3, help="processes of the server (3)")
    ask.add_argument("--database", default="", help="postgres://... (an SQLite file)")
    said, _others = ask.parse_known_args()
    asked = Asked(
        rate=min(said.rate, 500),
        seconds=min(said.seconds, 300),
        pages=min(said.pages, 5000),
        clinics=said.clinics,
        processes=said.processes,
        database=said.database,
    )
    print(
        f"{asked.rate:g} check-ins/s for {asked.seconds:g} s, {asked.pages} open pages, "
        f"{asked.clinics} clinics, {asked.processes} processes, "
        f"{'PostgreSQL' if asked.database else 'SQLite'}"
    )
    with tempfile.TemporaryDirectory(prefix="alongside-load-") as folder:
        return measure(asked, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
