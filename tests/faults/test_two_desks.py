"""Two desks never overwrite each other unseen: whoever was later sees both, and nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.edits import DESKS

ROOT = Path(__file__).resolve().parents[2]
EDITS = 500 if os.environ.get("ALONGSIDE_TEST_FULL") else 6


def run(env: dict[str, str], *words: str) -> dict[str, int]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.edits", *words],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def edited(env: dict[str, str]) -> dict[str, int]:
    Path(env["ALONGSIDE_DATA"]).mkdir(parents=True, exist_ok=True)
    return run(env, str(EDITS))


@pytest.fixture(scope="module")
def blind(env: dict[str, str], edited: dict[str, int]) -> dict[str, int]:
    return run(env, str(min(EDITS, 50)), "blind")


def test_no_edit_is_lost_and_whoever_was_later_sees_both(
    edited: dict[str, int], blind: dict[str, int], engine: str
):
    asked, conflicts = DESKS * EDITS, edited.get("409", 0)
    lost = asked - edited["kept"]
    tell(
        Figure(
            name=f"two-desks-{engine.lower()}",
            chapter="Nothing lost",
            fault=f"eight desks write on one client's card at once ({engine})",
            tried=f"8 processes, {EDITS} edits each through the page; {conflicts:,} times somebody "
            "else had been faster",
            figure=f"{lost} of {asked:,} lost; {edited.get('saw both', 0):,} of {conflicts:,} saw "
            "both values (409)",
            asked=f"0 of {asked:,} lost; all",
            met=lost == 0 and edited.get("saw both", 0) == conflicts,
            control=f"without asking which version was seen: {_lost(blind)} of "
            f"{DESKS * min(EDITS, 50)} lost",
            command="make faults ARGS='-k two_desks'",
        )
    )
    assert edited["302"] == edited["versions"] == edited["on_record"] == edited["kept"] == asked
    assert edited["saw both"] == conflicts > 0
    assert set(edited) <= {"302", "409", "saw both", "kept", "versions", "on_record"}


def test_without_the_version_edits_are_lost(blind: dict[str, int]):
    """The negative control."""
    assert _lost(blind) > 0
    assert blind.get("409", 0) == 0


def _lost(blind: dict[str, int]) -> int:
    return DESKS * min(EDITS, 50) - blind["kept"]
