"""A picture that unpacks to gigabytes is refused before it does; a large honest one stays small."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.pictures import bombs, largest
from tests.faults.serving import ROOT

SECONDS, MEBIBYTES = 1.0, 64.0


@pytest.fixture(scope="module", autouse=True)
def _once(engine: str) -> None:
    if engine != "SQLite":
        pytest.skip("no database is asked")


def costs(folder: Path, pictures: dict[str, bytes]) -> dict[str, dict]:
    """Send all of them to a process of its own, whose memory can be read."""
    for name, picture in pictures.items():
        (folder / name).write_bytes(picture)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.pictures", str(folder)],
        cwd=ROOT,
        env={**os.environ, "ALONGSIDE_SECRET_KEY": "only for the tests"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="no /proc to read memory in")
def test_bombs_are_refused_and_large_pictures_stay_small(tmp_path):
    refused, drawn = bombs(), largest()
    came = costs(tmp_path, refused | drawn)
    refused, drawn = ({name: came[name] for name in these} for these in (refused, drawn))
    control = came["control"]
    everything = [*refused.values(), *drawn.values()]
    slowest = max(float(one["cpu"]) for one in refused.values())
    most = max(float(one["grew"]) for one in everything)
    went = sum(one["ended"] != "drawn" for one in refused.values())
    tell(
        Figure(
            name="picture-bombs",
            chapter="Out of the door",
            fault="somebody uploads a picture that is a bomb",
            tried=f"{len(refused)} bombs (50,000 x 50,000 pixels, 10 MiB, progressive, ...) "
            f"and the {len(drawn)} largest pictures that are let in",
            figure=f"{went} of {len(refused)} refused, {slowest:.2f} s of CPU at most; at most "
            f"{most:.0f} MiB more memory, honest pictures included",
            asked=f"all refused in {SECONDS:.0f} s, at most {MEBIBYTES:.0f} MiB more",
            met=went == len(refused) and slowest <= SECONDS and most <= MEBIBYTES,
            control=f"opened without counting pixels first: {control['grew']:.0f} MiB more",
            command="make faults ARGS='-k pictures'",
        )
    )
    assert {name for name, one in refused.items() if one["ended"] == "drawn"} == set()
    assert {name for name, one in drawn.items() if one["ended"] != "drawn"} == set()
    assert slowest <= SECONDS, refused
    assert most <= MEBIBYTES, {**refused, **drawn}
    assert float(control["grew"]) > MEBIBYTES
