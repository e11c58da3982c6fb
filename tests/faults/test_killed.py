"""Kill -9 in the middle of check-ins: what was acknowledged is there, once, and whole."""

import asyncio
import itertools
import os
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from scripts.figures import Figure, tell

from tests.faults import arrivals
from tests.faults.arrivals import Ledger, Verdict
from tests.faults.place import Place, a_place

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
KILLS, CLINICS, VISITS, CARDS = (20, 100, 60, 4000) if FULL else (2, 4, 30, 80)
BACK, BACK_WITH_DATABASE = 5.0, 10.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="not this system")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("killed")
    with a_place(folder, engine, clinics=CLINICS, visits=VISITS) as place:
        yield place


@dataclass(frozen=True)
class Lived:
    """What was sent through the kills, and what came of it."""

    verdict: Verdict
    ledger: Ledger
    back: dict[str, list[float]]


@pytest.fixture(scope="module")
def lived(place: Place) -> Lived:
    writes = arrivals.mixed(arrivals.check_ins(place.made), arrivals.cards(place.made, CARDS))
    ledger = asyncio.run(place.arrivals().through(writes, place.kills(KILLS)))
    print(ledger.statuses, place.back)
    return Lived(arrivals.judge(writes, ledger, place.env), ledger, deepcopy(place.back))


@pytest.fixture(scope="module")
def control(place: Place, lived: Lived) -> tuple[int, int, int]:
    """Without keys, and with a ledger that writes when it sends: what is doubled, cut and lost."""
    kills = 10 if FULL else 1
    desks = arrivals.cards(place.made, 50 * kills)
    unkeyed = place.arrivals(keyed=False)
    asyncio.run(unkeyed.through(desks, place.kills(kills)))
    doubled = arrivals.judge(desks, unkeyed.ledger, place.env).doubled
    hasty = place.arrivals(patient=False)
    sent = arrivals.cards(place.made, 50 * kills)
    asyncio.run(hasty.through(sent, [place.kill_app]))
    there = arrivals.count(place.env)["cards"]
    lost = sum(key not in there for key in hasty.ledger.given_up)
    return doubled, unkeyed.ledger.cut, lost


def test_what_was_acknowledged_is_there_once(
    lived: Lived, control: tuple[int, int, int], engine: str
):
    verdict, ledger = lived.verdict, lived.ledger
    doubled, cut, lost = control
    app, database = lived.back["app"], lived.back.get("database", [])
    whom = f"{len(app)} of the server"
    whom += f", {len(database)} of PostgreSQL with all its processes" if database else ""
    back = f"back in {median(app):.1f} s (median; {max(app):.1f} at most)"
    back += f", {max(database):.1f} s at most with PostgreSQL" if database else ""
    in_time = median(app) <= BACK and max(database, default=0) <= BACK_WITH_DATABASE
    if (load := os.getloadavg()[0]) > 2 * (os.cpu_count() or 1):
        back += f", on a machine with a load of {load:.0f}"
    tell(
        Figure(
            name=f"killed-{engine.lower()}",
            chapter="Nothing lost",
            fault=f"kill -9 in the middle of check-ins ({engine})",
            tried=f"{len(app) + len(database)} kills ({whom}) among {len(ledger.acked):,} "
            f"acknowledged writes through `alongside serve`; {ledger.cut} were cut off on their "
            "way, and sent again with their key",
            figure=f"{verdict.lost} lost, {verdict.doubled} doubled, {verdict.unpaired} without "
            f"their record, {verdict.bad_chains} chains broken; {back}",
            asked="0, 0, 0, 0; back in 5 s (10 s with the database)",
            met=verdict == Verdict(0, 0, 0, 0, True) and in_time,
            control=f"without keys {doubled} doubled of {cut} cut off; with a ledger that counts "
            f"what was sent {lost} lost",
            command="make faults ARGS='-k killed'",
        )
    )
    assert len(ledger.acked) == CLINICS * VISITS + CARDS
    assert ledger.unkind == []
    assert verdict == Verdict(lost=0, doubled=0, unpaired=0, bad_chains=0, whole=True)


def test_it_is_back_within_seconds(lived: Lived):
    # On a busy machine a start takes as long as the others let it; the figure says how long.
    assert max(itertools.chain(*lived.back.values())) < 6 * BACK


def test_without_keys_and_without_waiting_for_answers_it_would_not_be_so(
    control: tuple[int, int, int], lived: Lived
):
    doubled, _, lost = control
    assert lost > 0
    if FULL:
        assert doubled > 0


def test_the_same_card_twice_without_a_key_is_two(place: Place, lived: Lived):
    """The negative control of the short form, where a kill may hit none that was committed."""
    twice = arrivals.cards(place.made, 3)
    for keyed, more in ((True, 0), (False, 3)):
        asyncio.run(place.arrivals(keyed=keyed).all([*twice, *twice]))
        verdict = arrivals.judge(twice, Ledger(), place.env)
        assert verdict.doubled >= more
        assert bool(verdict.doubled) is bool(more)
