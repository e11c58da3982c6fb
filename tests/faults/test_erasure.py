"""Who asks to be forgotten is forgotten by the files too, not only by the tables."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.erased import WORD, WORDS
from tests.faults.serving import ALONGSIDE, ROOT

MARK = WORD.split("{")[0].encode()


def run(env: dict[str, str], *command: str) -> str:
    ended = subprocess.run(
        [*command], env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def script(env: dict[str, str], what: str) -> dict[str, object]:
    return json.loads(run(env, sys.executable, "-m", "tests.faults.erased", what).splitlines()[-1])


def traces(folder: Path) -> set[bytes]:
    """Give every word about the person that a file of the folder holds: what `grep -a` finds."""
    words = [WORD.format(number).encode() for number in range(WORDS)]
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes().lower()
            if MARK.lower() in raw:
                found |= {word for word in words if word.lower() in raw}
    return found


@pytest.fixture
def apart(tmp_path: Path, env: dict[str, str]) -> dict[str, str]:
    """A database of its own: the folder of an installation, or this run's PostgreSQL."""
    return {**env, "ALONGSIDE_DATA": str(tmp_path / "data")}


def test_nothing_is_left_in_any_file_after_an_erasure(apart, tmp_path, engine):
    data = Path(apart["ALONGSIDE_DATA"])
    data.mkdir(mode=0o700)
    person = str(script(apart, "make")["person"])
    held = script(apart, "left")["left"]
    before = len(traces(data))

    alongside = [*ALONGSIDE, "person", "--data", str(data)]
    run(apart, *alongside, "export", person, str(tmp_path / "copy.zip"))
    with zipfile.ZipFile(io.BytesIO((tmp_path / "copy.zip").read_bytes())) as packed:
        copy = packed.read("data.json").lower()
    exported = sum(WORD.format(number).encode().lower() in copy for number in range(WORDS))

    began = time.monotonic()
    said = run(apart, *alongside, "erase", person, "--why", "asked")
    took = time.monotonic() - began
    left, after = script(apart, "left")["left"], len(traces(data))
    assert "No trace of it is left" in said
    control = _control(apart, tmp_path) if engine == "SQLite" else None
    traces_told = f"{after} in any file of the data folder (of {before} before)"
    if control is None:
        traces_told = (
            "its tables were rewritten by VACUUM FULL; the server's own files were not read"
        )
    tell(
        Figure(
            name=f"erasure-{engine.lower()}",
            chapter="Out of the door",
            fault=f"somebody asks for a copy of everything, then to be forgotten ({engine})",
            tried=f"one person with {held} words in fields of 8 models among 400 others: "
            "`alongside person export`, then `erase`",
            figure=f"{exported} of {held} words in the copy; then {left} in any table, "
            f"{traces_told}; in {took:.0f} s",
            asked="all of them in the copy, then 0 anywhere",
            met=exported == held and left == 0 and (control is None or after == 0),
            control=f"rows only deleted, without secure_delete and clean-up: {control} words left "
            "in the files" if control is not None else "the words are found before the erasure",
            command="make faults ARGS='-k erasure'",
        )
    )  # fmt: skip
    assert held >= 60
    assert exported == held
    assert left == 0
    if control is not None:
        assert before >= 60
        assert after == 0
        assert control > 0


def _control(apart: dict[str, str], tmp_path: Path) -> int:
    """The negative control: a plain delete leaves words in the files."""
    other = {**apart, "ALONGSIDE_DATA": str(tmp_path / "other")}
    Path(other["ALONGSIDE_DATA"]).mkdir(mode=0o700)
    script(other, "make")
    assert script(other, "delete")["left"] == 0
    return len(traces(Path(other["ALONGSIDE_DATA"])))


def test_an_old_copy_is_erased_again_from_the_list(apart, tmp_path, engine):
    """The copy of April is put back in June: the erasure of May is done again."""
    if engine != "SQLite":
        pytest.skip("the copy of a file: what is tested is the list, not the engine")
    data, old = Path(apart["ALONGSIDE_DATA"]), tmp_path / "old"
    data.mkdir(mode=0o700)
    person = str(script(apart, "make")["person"])
    run(apart, *ALONGSIDE, "person", "--data", str(data), "scrub")
    old.mkdir(mode=0o700)
    (old / "alongside.sqlite3").write_bytes((data / "alongside.sqlite3").read_bytes())
    run(apart, *ALONGSIDE, "person", "--data", str(data), "erase", person, "--why", "asked")
    assert traces(data) == set()
    there = {**apart, "ALONGSIDE_DATA": str(old)}
    assert len(traces(old)) >= 60
    again = [*ALONGSIDE, "person", "--data", str(old), "reapply-erasures"]
    assert "Erased again: 1." in run(there, *again, str(data / "erasures.jsonl"))
    assert traces(old) == set()
