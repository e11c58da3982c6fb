"""Whatever eight desks do to the book at once, none of them meets an error page."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.booking import DESKS

ROOT = Path(__file__).resolve().parents[2]
TIMES = 500 if os.environ.get("ALONGSIDE_TEST_FULL") else 40


def run(env: dict[str, str], *words: str) -> dict[str, int]:
    ended = subprocess.run(
        [sys.executable, "-m", *words],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert ended.returncode == 0, ended.stderr
    print(ended.stderr[-3000:])
    return dict(json.loads(ended.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def the_book(env: dict[str, str]) -> dict[str, str]:
    Path(env["ALONGSIDE_DATA"]).mkdir(parents=True, exist_ok=True)
    run(env, "tests.faults.booking", "make")
    return env


@pytest.fixture(scope="module")
def raced(the_book: dict[str, str]) -> dict[str, float]:
    """What came of eight desks that do everything at once."""
    began = time.monotonic()
    came = run(the_book, "tests.faults.crosswise", str(TIMES))
    return {**came, "took": time.monotonic() - began}


@pytest.fixture(scope="module")
def unturned(the_book: dict[str, str], raced: dict[str, float]) -> dict[str, int]:
    """The same where nobody waits for their turn, after it."""
    return run(the_book, "tests.faults.crosswise", "100", "unturned")


def test_nobody_waits_crosswise(raced: dict[str, float], unturned: dict[str, int], engine: str):
    on_postgres = engine == "PostgreSQL"
    tell(
        Figure(
            name=f"crosswise-{engine.lower()}",
            chapter="Nothing lost",
            fault=f"eight desks book series, move, call off, import and undo at once ({engine})",
            tried=f"8 processes, {TIMES} things each with three therapists, twelve clients and two "
            f"rooms; {raced['done']:,} done, {raced['refused']:,} refused with a reason",
            figure=f"{raced['unhandled']} unhandled errors, {raced['overlaps']} overlaps, "
            f"in {raced['took']:.0f} s",
            asked="0, 0",
            met=not raced["unhandled"] and not raced["overlaps"],
            control=f"nobody waits for their turn: {unturned['unhandled']} unhandled of "
            f"{DESKS * 100}"
            if on_postgres
            else "none here: this database has one writer at a time by itself",
            command="make faults ARGS='-k crosswise'",
        )
    )
    assert raced["unhandled"] == raced["overlaps"] == 0
    assert raced["done"] > DESKS * TIMES / 5
    assert raced["done"] + raced["refused"] == DESKS * TIMES
    if on_postgres:
        assert unturned["unhandled"] > 0
        assert unturned["overlaps"] == 0
