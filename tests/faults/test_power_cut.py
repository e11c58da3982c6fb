"""The power goes: what was acknowledged had reached the disk."""

import asyncio
import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults import arrivals
from tests.faults.arrivals import Ledger, Verdict
from tests.faults.place import Place, a_place

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
CUTS, CONTROL_CUTS, CLINICS, VISITS, CARDS = (20, 4, 40, 50, 2000) if FULL else (1, 1, 1, 20, 40)
SOURCE = Path(__file__).with_name("shadow.c")
FILES = ("alongside.sqlite3", "alongside.sqlite3-wal")
Came = tuple[Ledger, Verdict]


@pytest.fixture(autouse=True, scope="module")
def _short_enough(engine: str) -> None:
    if engine == "PostgreSQL" and not FULL:
        pytest.skip("on PostgreSQL at full length only (make faults)")


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Path | None:
    """The library that watches what is synced; PostgreSQL's own memory needs none."""
    if engine == "PostgreSQL":
        return None
    compiler = next((one for name in ("cc", "gcc", "clang") if (one := shutil.which(name))), None)
    if compiler is None or not Path("/proc/self/fd").exists():
        pytest.skip("NOT RUN: the power cut (no C compiler, or no Linux, to watch the disk with).")
    made = tmp_path_factory.mktemp("shim") / "shadow.so"
    words = [compiler, "-shared", "-fPIC", "-O2", "-o", made, SOURCE, "-ldl", "-lpthread"]
    subprocess.run(words, check=True)
    return made


Powered = Callable[[str], AbstractContextManager[Place]]


@pytest.fixture(scope="module")
def powered(tmp_path_factory: pytest.TempPathFactory, engine: str, shim: Path | None) -> Powered:
    """A place whose power can be cut, with settings of the product or careless ones."""

    @contextmanager
    def _powered(settings: str) -> Iterator[Place]:
        folder = tmp_path_factory.mktemp("powered")
        env = {"DJANGO_SETTINGS_MODULE": settings}
        with a_place(folder, engine, clinics=CLINICS, visits=VISITS, env=env) as place:
            if shim is not None:
                place.served.end()
                shadow = folder / "shadow"
                shadow.mkdir()
                for name in FILES:
                    if (file := folder / "data" / name).exists():
                        shutil.copy(file, shadow)
                place.served.env |= {"LD_PRELOAD": str(shim), "SHADOW": str(shadow)}
                place.served.start()
            yield place

    return _powered


def cut_of(place: Place) -> Callable:
    """What a power cut is here: only what was synced is left, or the whole database is killed."""
    if place.database is not None:
        return place.kill_database

    async def cut() -> float:
        place.served.kill_all()
        for file in place.served.folder.glob("alongside.sqlite3*"):
            file.unlink()
        for name in FILES:
            kept = Path(place.served.env["SHADOW"]) / name
            if kept.exists():
                shutil.copy(kept, place.served.folder)
        return await place.start_app()

    return cut


def live_through(place: Place, cuts: int) -> Came:
    writes = arrivals.mixed(arrivals.check_ins(place.made), arrivals.cards(place.made, CARDS))
    faults = list(itertools.repeat(cut_of(place), cuts))
    ledger = asyncio.run(place.arrivals().through(writes, faults))
    place.served.end()
    return ledger, arrivals.judge(writes, ledger, place.env)


@pytest.fixture(scope="module")
def lived(powered: Powered) -> Came:
    with powered("alongside.site.settings") as place:
        return live_through(place, CUTS)


@pytest.fixture(scope="module")
def careless(powered: Powered, lived: Came) -> Came:
    with powered("tests.faults.careless") as place:
        return live_through(place, CONTROL_CUTS)


def test_nothing_acknowledged_is_lost(lived: Came, careless: Came, engine: str):
    ledger, verdict = lived
    lost = careless[1].lost
    how, model = (
        ("synchronous=NORMAL", "only what had been synced is left (LD_PRELOAD)")
        if engine == "SQLite"
        else ("synchronous_commit=off", "PostgreSQL and all its memory are killed")
    )
    tell(
        Figure(
            name=f"power-cut-{engine.lower()}",
            chapter="Nothing lost",
            fault=f"the power goes in the middle of check-ins ({engine})",
            tried=f"{CUTS} cuts among {len(ledger.acked):,} acknowledged writes; {model}",
            figure=f"{verdict.lost} lost, {verdict.doubled} doubled, {verdict.unpaired} without "
            f"their record; the database is {'whole' if verdict.whole else 'broken'}",
            asked="0, 0, 0; whole",
            met=verdict == Verdict(0, 0, 0, 0, True),
            control=f"with {how}: {lost} lost in {CONTROL_CUTS} cuts",
            command="make faults ARGS='-k power_cut'",
        )
    )
    assert verdict == Verdict(lost=0, doubled=0, unpaired=0, bad_chains=0, whole=True)


def test_a_database_that_confirms_too_soon_loses(careless: Came):
    """The negative control: transactions are lost, not the file."""
    assert careless[1].lost > 0
    assert careless[1].whole
