"""Very many live pages on one process of the shipped launcher: each hears each change, and soon."""

import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripts.figures import Figure, tell

from tests.faults.serving import Served, Writer, writing

FULL = bool(os.environ.get("ALONGSIDE_TEST_FULL"))
PAGES = 5000 if FULL else 300
# A few pages first, so that what the server needs once is not counted as theirs.
FIRST = 40
ROUNDS = 5 if FULL else 2
A_SECOND = 250
KIB = 1024
CHAPTER = "Load and slow peers"
HEARD_IN, BACK_IN, EACH = 2.5, 30.0, 64 * KIB

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists()
    or resource.getrlimit(resource.RLIMIT_NOFILE)[1] < PAGES + 500,
    reason=f"a system that tells a process's memory, and lets it open {PAGES + 500} files",
)


class Crowd:
    """Everybody who has a page open."""

    def __init__(self, client: Writer, pages: list[list[str]]) -> None:
        self.client, self.pages = client, pages

    def ask(self, **words: object) -> dict:
        return self.client.do(json.dumps(words))

    def open(self, first: int, last: int) -> dict:
        return self.ask(open=self.pages[first:last], rate=A_SECOND)

    def hears(self, number: int, *, within: float, pages: tuple[int, int] = (0, 10**6)) -> dict:
        return self.ask(until=number, pages=pages, within=within)


@pytest.fixture(scope="module")
def maker(env: dict[str, str], the_server: Served) -> Iterator[Writer]:
    """Who makes the pages' clinic, and changes what they show."""
    with writing(env, "tests.faults.many_seed") as maker:
        yield maker


@pytest.fixture
def crowd(served: Served, maker: Writer) -> Iterator[Crowd]:
    """A client process, and the addresses of pages that nobody has opened yet."""
    with writing({}, "tests.faults.crowd", str(served.port)) as client:
        yield Crowd(client, maker.do(f"make {PAGES + FIRST}"))


def p99(values: list[float]) -> float:
    return sorted(values)[int(0.99 * len(values))]


def at_rest(served: Served) -> float:
    """Give the share of a core that the server uses while nobody does anything."""
    seconds = 20 if FULL else 2
    before = served.cpu()
    time.sleep(seconds)
    return (served.cpu() - before) / seconds


def test_every_page_hears_every_change_and_none_costs_much(
    served: Served, maker: Writer, crowd: Crowd, engine: str
):
    crowd.open(PAGES, PAGES + FIRST)
    before, worked = served.memory(), served.cpu()
    opened = crowd.open(0, PAGES)
    to_open = (served.cpu() - worked) / PAGES
    idle = at_rest(served)
    delays: list[float] = []
    for number in range(1, ROUNDS + 1):
        committed = maker.do("push all")
        heard = crowd.hears(number, within=30)
        delays += [at - committed for at in heard["at"]]
    each = (served.memory() - before) / PAGES
    changes = ROUNDS * (PAGES + FIRST)
    # The control: where only the screens are told, the phones are counted as those who missed it.
    maker.do("push clinic")
    told = len(crowd.hears(ROUNDS + 1, within=1)["at"])
    good = len(delays) == changes and p99(delays) <= HEARD_IN and each <= EACH
    tell(
        Figure(
            name=f"live-pages-{engine.lower()}",
            chapter=CHAPTER,
            fault=f"very many open pages on one process ({engine})",
            tried=f"{PAGES:,} pages through `alongside serve`, {ROUNDS} changes of all of them",
            figure=f"{len(delays):,} of {changes:,} changes heard, p50 "
            f"{sorted(delays)[len(delays) // 2]:.2f} s, p99 {p99(delays):.2f} s; "
            f"{each / KIB:.0f} KiB each; {1000 * to_open:.1f} ms of CPU to open one, "
            f"{100 * idle:.0f} % of a core while nothing changes",
            asked=f"all heard, p99 {HEARD_IN} s, {EACH // KIB} KiB each",
            met=good,
            control=f"a change of the screens alone: {told:,} of {PAGES + FIRST:,} heard it",
            command="make faults ARGS='-k many_pages'",
        )
    )
    assert opened["open"] == PAGES
    assert len(delays) == changes, "somebody did not hear of a change"
    assert p99(delays) <= HEARD_IN
    assert each <= EACH
    assert told == (PAGES + FIRST) // 10


def test_after_a_restart_everybody_is_back_and_has_missed_nothing(
    served: Served, maker: Writer, crowd: Crowd, engine: str
):
    crowd.open(0, PAGES)
    maker.do("push all")
    assert len(crowd.hears(1, within=30)["at"]) == PAGES
    served.end()
    crowd.ask(away=10)
    for _ in range(2):
        changed = maker.do("push all")
    # The control: whoever has not come back yet is counted as missing.
    missing = PAGES - len(crowd.hears(3, within=0)["at"])
    to_start = served.start()
    back = crowd.hears(3, within=BACK_IN)
    took = max(back["at"], default=time.time()) - changed
    everybody = len(back["at"]) == back["open"] == PAGES
    tell(
        Figure(
            name=f"live-restart-{engine.lower()}",
            chapter=CHAPTER,
            fault=f"the server restarts under very many open pages ({engine})",
            tried=f"{PAGES:,} pages; two changes of each while nobody answers",
            figure=f"{len(back['at']):,} back with the newest number in {took:.1f} s, "
            f"{to_start:.1f} s of it the server's own start",
            asked=f"all, in {BACK_IN:.0f} s, none having missed a change",
            met=everybody and took <= BACK_IN,
            control=f"before it answers again: {missing:,} counted as missing",
            command="make faults ARGS='-k many_pages'",
        )
    )
    assert everybody
    assert took <= BACK_IN
    assert missing == PAGES
