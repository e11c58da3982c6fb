"""A record of a million rows is checked, every row of it, in half a minute."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.serving import ALONGSIDE, ROOT

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
ROWS = 1_000_000 if FULL else 5_000
WITHIN = 30.0
# A process that only loads the product, and asks the database for its name.
STARTS = 3.0


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(env: dict[str, str], *words: str) -> str:
    whole = {**os.environ, **env}
    ended = subprocess.run(
        words, env=whole, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=580
    )
    return ended.stdout


@pytest.fixture(scope="module")
def long(env: dict[str, str]) -> dict[str, str]:
    Path(env["ALONGSIDE_DATA"]).mkdir(parents=True, exist_ok=True)
    run(env, sys.executable, "-m", "tests.faults.many_rows", str(ROWS))
    return env


def test_every_row_of_a_long_record_is_checked_in_time(long: dict[str, str]):
    before, began = cpu(), time.monotonic()
    said = run(long, *ALONGSIDE, "audit", "verify", "--data", long["ALONGSIDE_DATA"])
    took, worked = time.monotonic() - began, cpu() - before
    assert f"{ROWS} rows, all as they were written" in said
    engine = "PostgreSQL" if long["DATABASE_URL"] else "SQLite"
    tell(
        Figure(
            name=f"record-long-{engine.lower()}",
            chapter="The record",
            fault=f"a long record is checked row by row ({engine})",
            tried=f"`alongside audit verify` over {ROWS:,} rows of one clinic, its start included",
            figure=f"{took:.0f} s, {worked:.0f} s of it at work",
            asked="1,000,000 rows in 30 s",
            met=took <= WITHIN,
            control="one changed column in any row is found: `-k record_tampered`",
            command="make faults ARGS='-k record_long'",
        )
    )
    # By CPU, so that others on this machine do not matter.
    assert worked < STARTS + WITHIN * ROWS / 1_000_000
