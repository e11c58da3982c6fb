"""People who check in, and desks that add clients, through whatever happens; and their ledger.

Each write has a key of its own. It is entered in the ledger when its answer came, and not before;
until then it is sent again and again, with the same key, as the phone's page and a patient person
do. What the ledger holds must afterwards be in the database, once.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.faults.serving import ALONGSIDE, ROOT

CSRF = "x" * 32
DONE = (302, 303)
# Somebody who gets no answer tries again so soon: sooner than a person, to try more often.
AGAIN = 0.15
WORKERS = 12
CHECK_IN, CARD = "check-in", "card"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0: nothing did."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Write:
    """One thing to be kept: its kind, its key, and what is sent."""

    kind: str
    key: str
    path: str
    cookie: str
    fields: tuple[tuple[str, str], ...]


@dataclass
class Ledger:
    """What was acknowledged, and what else was heard."""

    acked: list[str] = field(default_factory=list)
    in_flight: set[str] = field(default_factory=set)
    # Sent and never answered, where nobody tries again.
    given_up: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unkind: list[str] = field(default_factory=list)
    longest: float = 0.0
    cut: int = 0
    back: list[float] = field(default_factory=list)

    def hear(self, answer: Answer) -> None:
        """Count an answer; an outage must come with when to try again."""
        self.statuses[answer.status] += 1
        if answer.status in (0, *DONE):
            return
        if answer.status != 503 or "retry-after" not in answer.headers:
            self.unkind.append(f"{answer.status}: {answer.body[:200]!r}")


async def ask(port: int, method: str, path: str, cookie: str, body: bytes = b"") -> Answer:
    """Send one request on a connection of its own; an error of the network is status 0."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    try:
        async with asyncio.timeout(30):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write("\r\n".join(lines).encode() + body)
                whole = await reader.read()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return Answer(0)
    head, there, rest = whole.partition(b"\r\n\r\n")
    if not there:
        return Answer(0)
    first, *more = head.decode("latin-1").split("\r\n")
    named = dict(line.lower().split(": ", 1) for line in more)
    if len(rest) < int(named.get("content-length", 0)):
        return Answer(0)
    return Answer(int(first.split()[1]), named, rest)


@dataclass
class Arrivals:
    """The writes that are to come, on one server."""

    port: int
    csrf: str
    ledger: Ledger = field(default_factory=Ledger)
    # The controls: without keys; without trying again.
    keyed: bool = True
    patient: bool = True

    async def all(self, writes: list[Write], *, workers: int = WORKERS) -> None:
        """Send them all, some at a time, until each is answered."""
        waiting = list(reversed(writes))

        async def work() -> None:
            while waiting:
                await self._until_answered(waiting.pop())

        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(work())

    async def _until_answered(self, write: Write) -> None:
        key = [("key", write.key)] if self.keyed else []
        fields = [*write.fields, *key, ("csrfmiddlewaretoken", CSRF)]
        body = urlencode(fields).encode()
        cookie = f"{self.csrf}={CSRF}; {write.cookie}"
        began = time.monotonic()
        self.ledger.in_flight.add(write.key)
        while True:
            answer = await ask(self.port, "POST", write.path, cookie, body)
            self.ledger.hear(answer)
            if answer.status in DONE:
                self.ledger.acked.append(write.key)
                break
            if answer.status not in (0, 503):
                break
            if not self.patient:
                self.ledger.given_up.append(write.key)
                break
            await asyncio.sleep(AGAIN)
        self.ledger.in_flight.discard(write.key)
        self.ledger.longest = max(self.ledger.longest, time.monotonic() - began)

    async def is_ready(self, *, within: float = 30) -> float:
        """Wait until the server can work; gives the seconds."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            if (await ask(self.port, "GET", "/readyz", "")).status == 200:
                return time.monotonic() - began
            await asyncio.sleep(0.05)
        raise TimeoutError("the server did not come back")

    async def through(
        self, writes: list[Write], faults: list[Callable[[], Awaitable[float]]]
    ) -> Ledger:
        """Send all writes, and let the faults befall them, evenly spread.

        A fault gives the seconds from its end (when the supervisor acts) to a server that is ready.
        """
        all_sent = asyncio.create_task(self.all(writes))
        for number, befall in enumerate(faults, 1):
            due = number * len(writes) // (len(faults) + 1)
            while len(self.ledger.acked) + len(self.ledger.given_up) < due:
                assert not all_sent.done(), self.ledger
                await asyncio.sleep(0.002)
            self.ledger.cut += len(self.ledger.in_flight)
            self.ledger.back.append(await befall())
        await all_sent
        return self.ledger


def migrate(env: dict[str, str]) -> None:
    """Make the database of this release."""
    command = [*ALONGSIDE, "migrate", "--data", env["ALONGSIDE_DATA"]]
    subprocess.run(command, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL)


def seed(env: dict[str, str], *, clinics: int, visits: int) -> dict[str, Any]:
    """Make clinics whose next hour is full, as the load's benchmark does."""
    words = [sys.executable, str(ROOT / "bench" / "load" / "seed.py"), str(clinics), str(visits)]
    made = subprocess.run(
        words, env={**os.environ, **env}, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(made.stdout))


def check_ins(made: dict[str, Any]) -> list[Write]:
    """“I am here”, of everybody who is expected."""
    return [
        Write(CHECK_IN, visit["id"], f"/v/{visit['token']}/here/", "", ())
        for clinic in made["clinics"]
        for visit in clinic["visits"]
    ]


def cards(made: dict[str, Any], many: int) -> list[Write]:
    """New clients, added at the desks; each has the key as its name, to be found by."""
    desks = [clinic["desk"] for clinic in made["clinics"]]
    new = []
    for number in range(many):
        key = uuid4().hex
        said = (("first_name", key), ("language", "en"), ("prefers", "none"))
        new.append(Write(CARD, key, "/people/new/", desks[number % len(desks)], said))
    return new


def mixed(*lists: list[Write]) -> list[Write]:
    """Shuffle lists into each other, evenly."""
    placed = [
        (number / len(one), index, write)
        for index, one in enumerate(lists)
        for number, write in enumerate(one)
    ]
    return [write for _, _, write in sorted(placed, key=lambda place: place[:2])]


def count(env: dict[str, str]) -> dict[str, Any]:
    """Count what the database holds, in a process of its own (`counted.py`)."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.counted"],
        env={**os.environ, **env},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(told.stdout))


@dataclass(frozen=True)
class Verdict:
    """The ledger beside the database."""

    lost: int
    doubled: int
    unpaired: int
    bad_chains: int
    whole: bool


def judge(writes: list[Write], ledger: Ledger, env: dict[str, str]) -> Verdict:
    """Compare what was acknowledged with what is there."""
    there = count(env)
    rows = {CHECK_IN: there["check_ins"], CARD: there["cards"]}
    acked = set(ledger.acked)
    return Verdict(
        lost=sum(rows[one.kind].get(one.key, 0) < 1 for one in writes if one.key in acked),
        doubled=sum(max(rows[one.kind].get(one.key, 0) - 1, 0) for one in writes),
        unpaired=there["unpaired"],
        bad_chains=there["bad_chains"],
        whole=there["whole"],
    )
