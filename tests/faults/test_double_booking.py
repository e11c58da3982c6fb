"""No double booking, ever: eight desks at once book exactly what one careful person would."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.booking import DESKS, SLOTS, sequence, serial_oracle

ROOT = Path(__file__).resolve().parents[2]
ORACLE = len(serial_oracle(sequence()))


def run(env: dict[str, str], how: str) -> dict[str, int]:
    """Do it in processes of their own, on the database of this module."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.booking", how],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=580,
    )
    assert ended.returncode == 0, ended.stderr
    print(ended.stderr[-2000:])
    return json.loads(ended.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def the_book(env: dict[str, str]) -> dict[str, str]:
    """An empty book with ten therapists and four hundred clients."""
    Path(env["ALONGSIDE_DATA"]).mkdir(parents=True, exist_ok=True)
    run(env, "make")
    return env


def test_the_oracle_books_what_it_must():
    assert (SLOTS, DESKS, ORACLE) == (400, 8, 366)


@pytest.fixture(scope="module")
def raced(the_book: dict[str, str]) -> dict[str, float]:
    """What came of eight desks that book at once."""
    began = time.monotonic()
    came = run(the_book, "race")
    return {**came, "took": time.monotonic() - began}


def test_eight_desks_at_once_book_what_one_would(raced: dict[str, float]):
    assert raced.get("unhandled", 0) == 0
    assert raced["booked"] == raced["rows"] == ORACLE
    assert raced["refused"] == DESKS * SLOTS - ORACLE
    assert raced["overlaps"] == 0


def test_without_the_guard_looking_first_is_not_enough(
    the_book: dict[str, str], raced: dict[str, float], engine: str
):
    """The negative control: it runs after the race, on the same days with nothing booked."""
    run(the_book, "clear")
    came = run(the_book, "check-first")
    tell(
        Figure(
            name=f"double-booking-{engine.lower()}",
            chapter="Nothing lost",
            fault=f"eight desks book the same times at once ({engine})",
            tried=f"8 processes, {DESKS * SLOTS:,} tries for 400 times of ten therapists",
            figure=f"{raced['rows']} booked, {raced['overlaps']} overlaps, "
            f"{raced.get('unhandled', 0)} unhandled errors, in {raced['took']:.0f} s",
            asked=f"exactly what one careful person books: {ORACLE}, 0, 0",
            met=raced["rows"] == ORACLE and not raced["overlaps"] and not raced.get("unhandled"),
            control=f"looking first, the database's guard taken away: {came['rows']} booked, "
            f"{came['overlaps']} overlaps",
            command="make faults ARGS='-k double_booking'",
        )
    )
    assert came["overlaps"] > 0
    assert came["rows"] > ORACLE
