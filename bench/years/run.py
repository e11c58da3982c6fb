"""Three years of clients: how long each page takes, and how many questions it asks.

Everything stays on the loopback address and ends by itself.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from addresses import PAGES, Page
from moved import moved

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "load"))

from http_client import Web
from run import cpu_of, free_port, serving

ALONGSIDE = [sys.executable, "-m", "alongside.site.cli"]
WARM = 4
MOVED, MOVED_MOST, MOVED_AIM = 20, 5.0, 1.0
TIMES_MOST = 2.0
# Seconds in which a server that has just begun counts its rows (site/known_rows.py).
SETTLES = 8.0


@dataclass
class Opened:
    """How long one page took, each time it was opened, in milliseconds; how often it failed."""

    page: Page
    took: list[float]
    faults: int = 0
    # Of a processor, in the server: what a machine that others use as well does not lengthen.
    cpu: float = 0.0

    def at(self, level: float) -> float:
        ordered = sorted(self.took)
        return ordered[min(int(level * len(ordered)), len(ordered) - 1)]


@dataclass(frozen=True, kw_only=True)
class Data:
    """Where the data are: a folder with an SQLite file, or a PostgreSQL database."""

    folder: Path
    database: str = ""

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "ALONGSIDE_DATA": str(self.folder),
            "ALONGSIDE_SECRET_KEY": "only for the benchmark",
            "DATABASE_URL": self.database,
        }

    def run(self, script: str, *words: object) -> str:
        """Run one of our scripts on these data; gives what it prints."""
        command = [sys.executable, str(HERE / script), *map(str, words)]
        done = subprocess.run(command, env=self.env, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode()


async def open_all(
    port: int, made: dict[str, Any], times: int, only: str, cpu: Callable[[], float]
) -> list[Opened]:
    """Open each page as often as asked, one after the other, each time by somebody else."""
    chance, found = Random(2), []
    everybody = [(clinic, one) for clinic in made["clinics"] for one in clinic["clients"]]
    for page in PAGES:
        if only and only not in page.name:
            continue
        web, opened = Web(port), Opened(page, [])
        asked, before = 0, 0.0
        while asked < times + WARM:
            before = cpu() if asked == WARM else before
            clinic, client = chance.choice(everybody)
            path = page.address(client)
            if path is None:
                continue
            cookie = page.cookie(clinic, client)
            began = time.perf_counter()
            answer = await web.ask("GET", path, {"Cookie": cookie})
            took = 1000 * (time.perf_counter() - began)
            asked += 1
            if asked > WARM:
                opened.took.append(took)
                opened.faults += answer.status != 200
        web.close()
        opened.cpu = 1000 * (cpu() - before) / times
        found.append(opened)
    return found


def measure(data: Data, times: int, only: str) -> tuple[list[Opened], list[float] | str]:
    """Serve the data with the shipped launcher; open the pages, then let one move in a browser."""
    made = json.loads(data.run("doors.py", times))
    port = free_port()
    command = [*ALONGSIDE, "serve", "--data", str(data.folder)]
    with serving(command, data.folder, data.env, port) as server:
        time.sleep(SETTLES)
        found = asyncio.run(open_all(port, made, times, only, lambda: cpu_of(server)))
        return found, moved(port, made, MOVED) if not only else "not asked for"


@dataclass(frozen=True, kw_only=True)
class Side:
    """What was found on one database: each page, its questions, and the page that moved."""

    found: list[Opened]
    asked: dict[str, tuple[int, int]]
    moved: list[float] | str


def look_at(data: Data, times: int, only: str) -> Side:
    """Count the questions of the pages, then open them."""
    asked = json.loads(data.run("questions.py", only))
    found, seconds = measure(data, times, only)
    return Side(found=found, asked=asked, moved=seconds)


def report(side: Side, other: Side | None) -> int:
    """Print each page beside what it may take; 1 where one takes longer, or failed."""
    head = f"{'':26}{'CPU ms':>8}{'p50 ms':>8}{'p99 ms':>8}{'at most':>9}{'questions':>11}"
    print(head + (f"{'PostgreSQL':>14}{'p99 ms':>8}{'times':>7}" if other else ""))
    red = 0
    for number, one in enumerate(side.found):
        most, met = one.page.most, one.page.most is None or one.at(0.99) <= one.page.most
        low, high = side.asked[one.page.name]
        line = (
            f"{one.page.name:26}{one.cpu:8.0f}{one.at(0.5):8.0f}{one.at(0.99):8.0f}{most or '':>9}"
            f"{low if low == high else f'{low}-{high}':>11}"
        )
        faults = one.faults
        if other:
            theirs = other.found[number]
            times = theirs.at(0.99) / one.at(0.99)
            line += f"{theirs.at(0.5):14.0f}{theirs.at(0.99):8.0f}{times:7.1f}"
            met, faults = met and times <= TIMES_MOST, faults + theirs.faults
        verdict = "" if met and most is None else "  met" if met else "  NOT MET"
        print(line + verdict + (f"  {faults} FAULTS" if faults else ""))
        red += bool(faults) or not met
    return 1 if red else 0


def report_moved(where: str, seconds: list[float] | str) -> int:
    """Print how long an open page took to move; 1 where it took too long."""
    if not seconds or isinstance(seconds, str):
        print(f"A score on the client's open page, {where}: not measured: {seconds or 'nobody'}")
        return 0
    last = max(seconds)
    verdict = "met" if last <= MOVED_MOST else "NOT MET"
    print(
        f"A score on the client's open page, {where}, {len(seconds)} times in a browser: "
        f"median {sorted(seconds)[len(seconds) // 2]:.2f} s, at most {last:.2f} s "
        f"(at most {MOVED_MOST:g} s: {verdict}; we aim at {MOVED_AIM:g} s)"
    )
    return int(last > MOVED_MOST)


def main() -> int:
    """Make the years, or take them from where they are kept, and open the pages."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--clients", type=int, default=5000, help="clients of the clinic (5000)")
    ask.add_argument("--times", type=int, default=200, help="how often each page is opened (200)")
    ask.add_argument("--keep", default="", help="a folder to keep the years in, and to go on from")
    ask.add_argument("--page", default="", help="only pages with this in their name")
    ask.add_argument("--database", default="", help="postgres://... of README.md, beside it")
    said, _others = ask.parse_known_args()
    kept = Path(said.keep).resolve() if said.keep else None
    where = nullcontext(kept) if kept else tempfile.TemporaryDirectory(prefix="alongside-years-")
    with where as folder, tempfile.TemporaryDirectory(prefix="alongside-years-") as second:
        data = Data(folder=Path(folder))
        data.folder.mkdir(parents=True, exist_ok=True)
        if not (data.folder / "alongside.sqlite3").exists():
            data.run("seed.py", 1, said.clients)
        side, other = look_at(data, said.times, said.page), None
        if said.database:
            beside = Data(folder=Path(second), database=said.database)
            other = look_at(beside, said.times, said.page)
    red = report(side, other) | report_moved("SQLite", side.moved)
    return red | (report_moved("PostgreSQL", other.moved) if other else 0)


if __name__ == "__main__":
    sys.exit(main())
