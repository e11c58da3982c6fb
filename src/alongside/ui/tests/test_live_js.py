"""An open page stays true: through bursts, slow answers, many tabs, hiding and a lost network."""

import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.ui.tests.bench import State, piece

pytestmark = pytest.mark.browser


def _page(tabs: BrowserContext, address: str, state: State, *, keep: bool = False) -> Page:
    live = f'data-live="/live/"{" data-live-keep" if keep else ""}'
    state.body = f"<body {live}><p data-offline hidden>offline</p>{piece(-1, state.extra)}"
    page = tabs.new_page()
    page.goto(address)
    return page


def _shows(page: Page, count: int) -> None:
    expect(page.locator("#count")).to_have_text(str(count), timeout=9000)


def test_a_page_asks_for_its_state_as_soon_as_it_is_open(tabs, address, state):
    page = _page(tabs, address, state)
    _shows(page, 0)
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_a_hundred_changes_in_bursts_with_slow_answers_are_never_missed(tabs, address, state):
    page = _page(tabs, address, state)
    _shows(page, 0)
    for burst in range(20):
        state.slow = 0.15 * (burst % 3)
        for _ in range(5):
            state.change()
            time.sleep(0.02 * (burst % 4))
        _shows(page, state.count)
    assert state.asked < 100, "bursts are asked for once, not once per change"


def test_without_the_module_the_page_would_go_stale(tabs, address, state):
    state.scripts = ()
    page = _page(tabs, address, state)
    state.change()
    time.sleep(1)
    _shows(page, -1)


def test_three_tabs_share_one_stream_and_the_next_takes_over(tabs, address, state):
    pages = [_page(tabs, address, state, keep=True) for _ in range(3)]
    for page in pages:
        _shows(page, 0)
    assert state.streams == 1
    state.change()
    for page in pages:
        _shows(page, 1)
    pages[0].close()
    state.change()
    for page in pages[1:]:
        _shows(page, 2)
    _eventually(lambda: state.streams == 1)


def test_a_hidden_page_lets_go_of_the_stream_and_catches_up_when_shown(tabs, address, state):
    page = _page(tabs, address, state)
    _shows(page, 0)
    _hide(page, True)
    _eventually(lambda: state.streams == 0)
    state.change()
    asked = state.asked
    time.sleep(0.7)
    assert state.asked == asked
    _hide(page, False)
    _shows(page, 1)


def test_a_wall_screen_stays_when_hidden(tabs, address, state):
    page = _page(tabs, address, state, keep=True)
    _shows(page, 0)
    _hide(page, True)
    state.change()
    _shows(page, 1)


def test_without_a_stream_the_page_asks_every_few_seconds_and_says_nothing(tabs, address, state):
    state.stream_works = False
    page = _page(tabs, address, state)
    _shows(page, 0)
    state.change()
    _shows(page, 1)
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_a_page_that_cannot_be_kept_true_says_so_and_takes_it_back(tabs, address, state):
    page = _page(tabs, address, state)
    _shows(page, 0)
    state.pages_work = False
    state.break_stream()
    expect(page.locator("[data-offline]")).to_be_visible(timeout=12000)
    state.pages_work = state.stream_works = True
    state.change()
    _shows(page, 1)
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_the_network_goes_and_comes_back(tabs, address, state):
    page = _page(tabs, address, state)
    _shows(page, 0)
    tabs.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    state.change()
    tabs.set_offline(False)
    _shows(page, 1)
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_what_somebody_types_opens_and_holds_survives_an_update(tabs, address, state):
    state.extra = (
        '<input id="note"><textarea id="long"></textarea>'
        "<details><summary>More</summary>x</details>"
    )
    page = _page(tabs, address, state)
    _shows(page, 0)
    page.locator("summary").click()
    page.locator("#long").fill("Stairs worry me")
    page.locator("#note").fill("half a wo")
    state.change()
    _shows(page, 1)
    expect(page.locator("#note")).to_be_focused()
    expect(page.locator("#note")).to_have_value("half a wo")
    expect(page.locator("#long")).to_have_value("Stairs worry me")
    assert page.locator("details").evaluate("e => e.open")


def _hide(page: Page, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def _eventually(true: object, *, seconds: float = 5) -> None:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    assert true()
