"""A person at a browser: how they hold it, what they read, and what they do with their hands."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Response,
    expect,
)

from alongside.access.middleware import LANGUAGE_COOKIE
from tests.journeys.serving import Site

AXE = Axe()
Seen = TypeVar("Seen")
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
# What makes the page scroll sideways: the innermost elements that end beyond the window.
TOO_WIDE = """() => {
  const root = document.documentElement, edge = root.clientWidth + 1;
  if (root.scrollWidth <= edge) return [];
  const beyond = (e) => e.getBoundingClientRect().right > edge;
  const scrolls = (e) => e && e !== root
    && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [`${root.scrollWidth} px in a window of ${root.clientWidth} px:`]
    .concat([...document.querySelectorAll("body *")]
      .filter((e) => beyond(e) && ![...e.children].some(beyond) && !scrolls(e.parentElement))
      .map((e) => `${Math.round(e.getBoundingClientRect().right)}: ${e.outerHTML.slice(0, 160)}`));
}"""
TWICE = {"standard": 32, "fixed": 26}
MOST_TABS = 250
# What a look at a page is told while that page is on its way to another.
ON_ITS_WAY = ("page is navigating", "Execution context was destroyed")
AT_IT = "e => [e === document.activeElement, e.isConnected]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """How somebody looks at a page: how wide, how large the text, and with or without a mouse."""

    name: str
    width: int = 390
    height: int = 844
    twice: bool = False
    keyboard: bool = False


PHONE = Mode(name="phone")
NARROW = Mode(name="320px", width=320, height=640)
LARGE = Mode(name="text-200%", twice=True)
KEYS = Mode(name="keyboard", keyboard=True)
WIDE = Mode(name="desk", width=1280, height=900)
DESK_KEYS = Mode(name="desk-keyboard", width=1280, height=900, keyboard=True)
DESK_LARGE = Mode(name="desk-text-200%", width=1280, height=900, twice=True)
TABLET = Mode(name="tablet", width=820, height=1180)
TABLET_KEYS = Mode(name="tablet-keyboard", width=820, height=1180, keyboard=True)
TABLET_LARGE = Mode(name="tablet-text-200%", width=820, height=1180, twice=True)
WALL = Mode(name="wall", width=1920, height=1080)


class Faults:
    """Everything that must not happen while somebody uses a page."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.found: list[str] = []
        self.expected: set[int] = set()
        self.is_offline = False
        self._url = url
        context.on("console", self._said)
        context.on("weberror", lambda error: self.found.append(f"error: {error.error}"))
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        context.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        status = re.search(r"status of (\d+)", message.text)
        if status and int(status[1]) in self.expected:
            return
        if self.is_offline and ("net::" in message.text or "Failed to fetch" in message.text):
            return
        self.found.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 and response.status not in self.expected:
            self.found.append(f"{response.status}: {response.url}")

    def _asked(self, request) -> None:
        if not request.url.startswith((self._url, "data:", "blob:", "about:")):
            self.found.append(f"left for another host: {request.url}")

    def _failed(self, request) -> None:
        if self.is_offline or "ERR_ABORTED" in (request.failure or ""):
            return
        self.found.append(f"{request.failure}: {request.url}")


@dataclass
class Person:
    """Somebody at a page of the product."""

    context: BrowserContext
    url: str
    mode: Mode
    language: str
    faults: Faults
    pages: list[Page] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The window in front of them."""
        return self.pages[-1] if self.pages else self.window()

    def window(self) -> Page:
        """Open a window more."""
        page = self.context.new_page()
        if self.mode.twice:
            # The reader's own text size: what a browser's settings do, media queries included.
            page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": TWICE})
        self.pages.append(page)
        return page

    def stands_before(self) -> Iterator[str]:
        """Say what is on each of their pages, for a journey that failed."""
        for page in self.pages:
            yield f"--- {page.url} ({self.mode.name}, {self.language})"
            try:
                yield page.locator("body").inner_text(timeout=2000)[:4000]
            except Error as error:
                yield str(error)

    def opens(self, path: str) -> Page:
        """Go to an address of the product."""
        self.page.goto(self.url + path)
        return self.page

    def words(self, english: str) -> str:
        """The same words in this person's language."""
        with translation.override(self.language):
            return translation.gettext(english)

    def speaks(self, language: str) -> None:
        """Have chosen a language on this device before."""
        self.language = language
        chosen = {"name": LANGUAGE_COOKIE, "value": language, "url": self.url}
        self.context.add_cookies([chosen])

    def button(self, english: str) -> Locator:
        """A button, by its words in English."""
        return self.page.get_by_role("button", name=self.words(english))

    def presses(self, target: Locator) -> None:
        """Press a button or follow a link, with the mouse or by the keyboard alone."""
        if self.mode.keyboard:
            self.reaches(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def writes(self, target: Locator, text: str) -> None:
        """Fill a field in."""
        if self.mode.keyboard:
            self.reaches(target)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(text)
        else:
            target.fill(text)

    def chooses(self, group: Locator, value: int | str) -> None:
        """Choose one of a group of answers: a tap, or the arrows where there is no mouse."""
        wanted = group.locator(f"input[value='{value}']")
        if not self.mode.keyboard:
            group.locator(f"label:has(input[value='{value}'])").click()
        else:
            self.reaches(group.locator("input").first)
            self.page.keyboard.press("Space")
            while not wanted.is_checked():
                self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def reaches(self, target: Locator) -> None:
        """Tab until a thing has the focus, as somebody without a mouse does."""
        expect(target).to_be_visible()
        here = target.element_handle()
        for _ in range(MOST_TABS):
            is_at_it, is_still_there = here.evaluate(AT_IT)
            if is_at_it:
                return
            if not is_still_there:
                # The page renewed this piece meanwhile.
                here = target.element_handle()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Not reached with {MOST_TABS} tabs: {target}")

    def reads(self, *texts: str) -> None:
        """Find these words on the page, soon."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def expects(self, *statuses: int) -> None:
        """Take these answers for what they are: a refusal that the journey is about."""
        self.faults.expected.update(statuses)

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """Lose the network for a while."""
        self.faults.is_offline = True
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)
        self._hears_the_last_of_it()

    @contextmanager
    def without_server(self, site: Site) -> Iterator[None]:
        """Be at the page while the server is stopped and started again."""
        self.faults.is_offline = True
        self.expects(502, 503)
        site.stop()
        try:
            yield
        finally:
            site.start()
        self._hears_the_last_of_it()

    def _hears_the_last_of_it(self) -> None:
        """What failed while there was no network may be said a moment after it is back."""
        if not self.page.is_closed():
            self.page.wait_for_timeout(200)
        self.faults.is_offline = False

    def made_of(self) -> str:
        """What the page is made of, hidden things too, once it has arrived."""
        return self._looks(self.page.content)

    def _looks(self, look: Callable[[], Seen], *, within: float = 6) -> Seen:
        """Look at the page; where it is just being left, at the one that comes."""
        last = time.monotonic() + within
        while True:
            try:
                return look()
            except Error as why:
                if time.monotonic() > last or not any(one in str(why) for one in ON_ITS_WAY):
                    raise
            self.page.wait_for_load_state()

    def looks_well(self) -> None:
        """Nothing for axe to find, and nothing to scroll for sideways."""
        found = self._looks(lambda: AXE.run(self.page, options=WCAG))
        assert not found.violations_count, found.generate_report()
        self.fits()

    def fits(self) -> None:
        """Nothing to scroll for sideways."""
        too_wide = self._looks(lambda: self.page.evaluate(TOO_WIDE))
        assert not too_wide, "\n".join(too_wide)

    def times_the_change(self, locator: str, text: str) -> None:
        """Let the page note the moment at which these words are first on it."""
        self.page.evaluate(
            """([where, text]) => {
              const look = () => {
                const there = document.querySelector(where);
                if (window.changedAt || !there?.textContent.includes(text)) return;
                window.changedAt = Date.now();
              };
              window.changedAt = 0;
              new MutationObserver(look).observe(document.body,
                { subtree: true, childList: true, characterData: true });
              look();
            }""",
            [locator, text],
        )

    def changed_at(self, *, within: float = 5) -> float:
        """The moment of that change, in seconds since 1970."""
        # Not `wait_for_function`: the pages' own policy forbids what it does.
        last = time.monotonic() + within
        while not (at := self.page.evaluate("window.changedAt")):
            assert time.monotonic() < last, "the page did not change"
            self.page.wait_for_timeout(20)
        return float(at) / 1000


def until(true: Callable[[], object], *, within: float = 6, why: str = "") -> float:
    """Wait until something is so; give the moment, to a hundredth of a second."""
    last = time.monotonic() + within
    while not true():
        assert time.monotonic() < last, why or "it did not come to pass"
        time.sleep(0.01)
    return time.time()
