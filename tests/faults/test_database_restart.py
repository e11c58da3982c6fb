"""PostgreSQL is restarted under load: people are told when to try again, and nothing is lost."""

import asyncio
import itertools
import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from scripts.figures import Figure, tell

from tests.faults import arrivals
from tests.faults.arrivals import Verdict, ask
from tests.faults.place import Place, a_place

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
RESTARTS, CLINICS, VISITS, CARDS = (10, 20, 60, 800) if FULL else (2, 3, 30, 40)
WITHIN = 10.0
Heard = tuple[arrivals.Ledger, Counter[int], Verdict]


@pytest.fixture(autouse=True, scope="module")
def _only_on_postgresql(engine: str) -> None:
    if engine != "PostgreSQL":
        pytest.skip("an embedded database is not restarted by itself")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("restarted")
    with a_place(folder, engine, clinics=CLINICS, visits=VISITS) as place:
        yield place


async def reads(place: Place, heard: Counter[int]) -> None:
    """Look at a phone's page, the board and its piece, the wall, until cancelled."""
    clinic = place.made["clinics"][0]
    pages = [(f"/v/{clinic['visits'][0]['token']}/", ""), ("/today/", clinic["desk"])]
    pages += [("/screen/", clinic["screen"]), ("/people/", clinic["desk"]), ("/sign-in/", "")]
    for path, cookie in itertools.cycle(pages):
        answer = await ask(place.served.port, "GET", path, cookie)
        wrong = answer.status == 503 and "retry-after" not in answer.headers
        heard[-503 if wrong else answer.status] += 1
        await asyncio.sleep(0.02)


async def live_through(place: Place, restarts: int, writes: list[arrivals.Write]) -> Heard:
    here, heard = place.arrivals(), Counter[int]()
    reader = asyncio.create_task(reads(place, heard))
    how = itertools.cycle([signal.SIGINT, signal.SIGQUIT])
    faults = [place.restart_database(next(how)) for _ in range(restarts)]
    ledger = await here.through(writes, faults)
    reader.cancel()
    return ledger, heard, arrivals.judge(writes, ledger, place.env)


@pytest.fixture(scope="module")
def lived(place: Place) -> Heard:
    writes = arrivals.mixed(arrivals.check_ins(place.made), arrivals.cards(place.made, CARDS))
    return asyncio.run(live_through(place, RESTARTS, writes))


@pytest.fixture(scope="module")
def unlistened(place: Place, lived: Heard) -> Counter[int]:
    """The control: the same server, with nobody who listens for a lost database."""
    place.served.end()
    place.served.env["DJANGO_SETTINGS_MODULE"] = "tests.faults.unlistened"
    place.served.start()
    here, heard = place.arrivals(patient=False), Counter[int]()

    async def story() -> None:
        reader = asyncio.create_task(reads(place, heard))
        await here.through(arrivals.cards(place.made, 60), [place.restart_database(signal.SIGINT)])
        reader.cancel()

    asyncio.run(story())
    return heard + here.ledger.statuses


def test_only_503_with_when_to_try_again_and_nothing_is_lost(
    place: Place, lived: Heard, unlistened: Counter[int]
):
    ledger, heard, verdict = lived
    back = [*place.back["SIGINT"], *place.back["SIGQUIT"]]
    answers = ledger.statuses + heard
    outage = answers[503]
    others = sum(n for status, n in answers.items() if status not in (200, 302, 303, 503))
    tell(
        Figure(
            name="database-restart-postgresql",
            chapter="Nothing lost",
            fault="PostgreSQL is restarted under load (`-m fast` and `-m immediate` in turn)",
            tried=f"{RESTARTS} restarts among {len(ledger.acked):,} acknowledged writes, with five "
            "pages read all the while",
            figure=f"{verdict.lost} lost, {verdict.doubled} doubled; while it was away {outage} "
            f"answers were 503 with Retry-After and {others} anything else; the server, not "
            f"restarted, worked again {max(back):.1f} s after PostgreSQL's start at most",
            asked="0 lost, 0 doubled, only 503 with Retry-After; 10 s",
            met=not (verdict.lost or verdict.doubled or others or ledger.unkind)
            and outage > 0
            and max(back) <= WITHIN,
            control=f"with nobody who listens for a lost database: {unlistened[500]} answers 500",
            command="make faults ARGS='-k database_restart'",
        )
    )
    assert ledger.unkind == []
    assert set(answers) <= {200, 302, 303, 503}
    assert outage > 0
    assert verdict == Verdict(lost=0, doubled=0, unpaired=0, bad_chains=0, whole=True)


def test_it_works_again_by_itself(place: Place, lived: Heard):
    back = [*place.back["SIGINT"], *place.back["SIGQUIT"]]
    assert max(back) < 3 * WITHIN


def test_without_listening_people_would_see_faults(unlistened: Counter[int]):
    assert unlistened[500] > 0
