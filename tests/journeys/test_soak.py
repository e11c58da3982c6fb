"""Hundreds of live updates in real browsers: every page shows each one, or the newest on return."""

import os
import random
import statistics
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from alongside.clinics import clock
from alongside.visits.actions import move_on
from alongside.visits.actions.undo import undo
from alongside.visits.models import State, Step, Visit
from tests.journeys.morning import desk, device, in_harbour, own_page, visit_of
from tests.journeys.people import PHONE, WALL, Person

SHORT, FULL = 30, 500
PATIENCE = 8.0
# What a page shows of Aino's visit, noted with the time whenever it changes.
NOTES = """how => {
  const look = {
    board: (id) => document.querySelector(`#visit-${id} input[name=version]`)?.value,
    phone: () => String(!!document.querySelector(".come")),
    wall: (id, code) => String(!!document.querySelector(`#code-${code}.call`)),
  }[how.kind];
  window.notes = [];
  const note = () => {
    const value = look(how.visit, how.code);
    if (value !== undefined && value !== window.notes.at(-1)?.[1])
      window.notes.push([Date.now(), value]);
  };
  new MutationObserver(note).observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true });
  note();
}"""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@dataclass
class Tab:
    """One open page, and how long each update took to reach it."""

    kind: str
    person: Person
    page: Page
    is_away: bool = False
    took: list[float] = field(default_factory=list)
    caught_up: list[float] = field(default_factory=list)
    missed: int = 0

    def shows(self, visit: Visit) -> str:
        """What this page must show of the visit as it is now."""
        return str(visit.version) if self.kind == "board" else _called(visit)

    def waits_for(self, visit: Visit, since: float, into: list[float]) -> None:
        wanted, last = self.shows(visit), time.time() + PATIENCE
        while time.time() < last:
            at, value = self.page.evaluate("window.notes.at(-1) ?? [0, '']")
            if value == wanted:
                into.append(max(at / 1000 - since, 0.0))
                return
            time.sleep(0.01)
        self.missed += 1


@pytest.fixture
def tabs(the_morning, somebody, at_work) -> list[Tab]:
    """Two boards in one browser, Aino's phone, and the wall."""
    aino = visit_of("Aino")
    dee, phone, wall = at_work("Dee"), somebody(mode=PHONE), somebody(mode=WALL)
    dee.opens("/today/")
    found = [Tab("board", dee, dee.page)]
    dee.window()
    dee.opens("/today/")
    found.append(Tab("board", dee, dee.page))
    phone.opens(own_page("Aino"))
    found.append(Tab("phone", phone, phone.page))
    wall.opens(device("screen"))
    wall.presses(wall.button("Start"))
    wall.page.wait_for_url("**/screen/")
    found.append(Tab("wall", wall, wall.page))
    for tab in found:
        how = {"kind": tab.kind, "visit": str(aino.pk), "code": aino.code}
        tab.page.evaluate(NOTES, how)
    return found


def test_thirty_updates_reach_every_page(tabs, capsys):
    _soak(tabs, SHORT, capsys)


@pytest.mark.slow
def test_five_hundred_updates_reach_every_page(tabs, capsys):
    _soak(tabs, FULL if os.environ.get("ALONGSIDE_TEST_FULL") else SHORT, capsys)


def test_a_page_that_hears_nothing_would_be_counted(tabs):
    """The negative control: a page whose pieces never come misses what happens."""
    board, deaf = tabs[0], tabs[3]
    deaf.page.route("**/screen/", lambda route: route.abort("aborted"))
    # What it asked for before it went deaf has come by then.
    deaf.page.wait_for_timeout(1500)
    visit, at = _update()
    for tab in (board, deaf):
        tab.waits_for(visit, at, tab.took)
    assert (board.missed, deaf.missed) == (0, 1)
    # What the page says about it is what we asked for.
    deaf.person.faults.found.clear()


def _soak(tabs: list[Tab], updates: int, capsys) -> None:
    rng, board, phone, wall = random.Random(2), tabs[1], tabs[2], tabs[3]
    for number in range(updates):
        turn = number % 10
        if turn == 2:
            _hide(phone, board, hidden=True)
        if turn == 6:
            _cut(phone, wall, offline=True)
        visit, at = _update()
        for tab in tabs:
            if not tab.is_away:
                tab.waits_for(visit, at, tab.took)
        if turn == 4:
            _hide(phone, board, hidden=False)
            _catch_up(visit, phone, board)
        if turn == 8:
            _cut(phone, wall, offline=False)
            _catch_up(visit, phone, wall)
        time.sleep(rng.random() * 0.25)
    _say(tabs, updates, capsys)
    assert sum(tab.missed for tab in tabs) == 0
    took = sorted(second for tab in tabs for second in tab.took)
    assert took[int(len(took) * 0.95)] <= 1.0


def _update() -> tuple[Visit, float]:
    """Call Aino, or take that back; give the visit as it is and the time it became so."""
    with in_harbour():
        aino = visit_of("Aino")
        if aino.state == State.HERE:
            move_on.call(aino, by=desk(), now=clock.now())
        else:
            last = Step.objects.filter(visit=aino, verb="call").latest("at", "id")
            undo(last, by=desk(), now=clock.now())
        done = time.time()
    return visit_of("Aino"), done


def _called(visit: Visit) -> str:
    return "true" if visit.state == State.CALLED else "false"


def _hide(*tabs: Tab, hidden: bool) -> None:
    """Another tab is in front, or this one is again."""
    for tab in tabs:
        tab.is_away = hidden
        tab.page.evaluate(HIDE, hidden)


def _cut(*tabs: Tab, offline: bool) -> None:
    for tab in tabs:
        tab.is_away = offline
        tab.person.faults.is_offline = True
        tab.person.context.set_offline(offline)


def _catch_up(visit: Visit, *tabs: Tab) -> None:
    """Back again: each shows what is true now, whatever it missed."""
    back = time.time()
    for tab in tabs:
        tab.waits_for(visit, back, tab.caught_up)


def _say(tabs: list[Tab], updates: int, capsys) -> None:
    with capsys.disabled():
        print(f"\n{updates} live updates, seconds from the commit to the page:")
        for tab in tabs:
            p50, p95 = statistics.median(tab.took), sorted(tab.took)[int(len(tab.took) * 0.95)]
            print(
                f"  {tab.kind:<6} {len(tab.took):4} seen, {tab.missed} missed, "
                f"p50 {p50:.2f}, p95 {p95:.2f}, max {max(tab.took):.2f}; "
                f"{len(tab.caught_up)} times caught up, max {max(tab.caught_up, default=0):.2f}"
            )
