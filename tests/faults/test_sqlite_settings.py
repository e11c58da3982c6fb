"""Every connection to the embedded database is set as we promise, whoever opens it."""

import asyncio
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults import arrivals
from tests.faults.arrivals import ask
from tests.faults.serving import ALONGSIDE, ROOT, Page, Served

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
COUNT = "from alongside.clinics.models import Clinic; Clinic.objects.count()"
OTHERS = [["tick"], *([["manage", "shell", "-c", COUNT]] if FULL else [])]
SERVERS = [("serve", "--processes", "2"), *([("web",), ("live",)] if FULL else [])]
COMMANDS = ["migrate", *(f"`{' '.join(words[:2])}`" for words in [*OTHERS, *SERVERS])]
DECLARED = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 20_000,
    "transactions": "IMMEDIATE",
}


@pytest.fixture(autouse=True)
def _only_on_sqlite(engine: str) -> None:
    if engine != "SQLite":
        pytest.skip("the embedded database's own settings")


@pytest.fixture
def overhear(tmp_path: Path) -> Callable[..., list[dict]]:
    """Open connections in every way there is; give what each was."""

    def _overhear(name: str, **more: str) -> list[dict]:
        told = tmp_path / f"{name}.jsonl"
        env = {
            "ALONGSIDE_DATA": str(tmp_path / name),
            "ALONGSIDE_SECRET_KEY": "only for the tests",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "tests.faults.overheard",
            "OVERHEARD": str(told),
            "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}",
            **more,
        }
        arrivals.migrate(env)
        made = arrivals.seed(env, clinics=1, visits=3)
        for words in OTHERS:
            subprocess.run(
                [*ALONGSIDE, *words],
                env={**os.environ, **env},
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        for command in SERVERS if "DEAF" not in env else []:
            served = Served(tmp_path / name, env, command)
            served.start()
            asyncio.run(visits(served, made))
            served.end()
        return [json.loads(line) for line in told.read_text().splitlines()]

    return _overhear


async def visits(served: Served, made: dict) -> None:
    """Ask for many pages and streams at once, so that every thread has a connection."""
    clinic = made["clinics"][0]
    streams = [
        Page(served.port, "/live/clinic/", clinic["desk"], comes_back=False) for _ in range(8)
    ]
    pages = ["/readyz", "/today/", f"/v/{clinic['visits'][0]['token']}/"] * 10
    await asyncio.gather(*(ask(served.port, "GET", page, clinic["desk"]) for page in pages))
    await asyncio.sleep(0.5)
    for stream in streams:
        await stream.leave()


def wrong(heard: list[dict]) -> list[dict]:
    return [one for one in heard if {name: one[name] for name in DECLARED} != DECLARED]


def test_every_connection_is_set_as_declared(overhear: Callable[..., list[dict]]):
    heard = overhear("ours")
    deaf = wrong(overhear("deaf", DEAF="1"))
    threads = {(one["where"][0], one["where"][1]) for one in heard}
    tell(
        Figure(
            name="sqlite-settings",
            chapter="Nothing lost",
            fault="a connection that is not set as we promise (SQLite)",
            tried=f"{len(heard)} connections in {len({pid for pid, _ in threads})} processes and "
            f"{len(threads)} threads of {', '.join(COMMANDS)}: WAL, FULL, IMMEDIATE, foreign "
            "keys, secure delete, time-out",
            figure=f"{len(wrong(heard))} otherwise",
            asked="0",
            met=not wrong(heard),
            control=f"without our settings: {len(deaf)} otherwise",
            command="make faults ARGS='-k sqlite_settings'",
        )
    )
    assert wrong(heard) == []
    names = {name.partition("_")[0].partition("-")[0] for _, name in threads}
    assert {"MainThread", "page", "live", "errands"} <= names
    assert len({pid for pid, _ in threads}) >= len(COMMANDS) + 2
    assert deaf
