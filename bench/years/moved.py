"""A therapist enters a score; how long until the client's open page shows it, in a browser.

Needs Playwright and a Chromium (`make setup-dev`); without them nothing is measured, and that is
said.
"""

import shutil
import time
from random import Random
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The moment at which what stands in the goal's piece of the page first changes.
WATCH = """() => {
  window.movedAt = null;
  const before = document.querySelector("#goal").innerText;
  new MutationObserver(() => {
    const piece = document.querySelector("#goal");
    if (window.movedAt === null && piece && piece.innerText !== before) window.movedAt = Date.now();
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
PATIENCE = 15_000


def moved(port: int, made: dict[str, Any], times: int) -> list[float] | str:
    """Give the seconds from the therapist's tap to the change of the page; or why not measured."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "no Playwright here (make setup-dev)"
    chromium = next((found for name in NAMES if (found := shutil.which(name))), None)
    able = [(clinic, one) for clinic in made["clinics"] for one in clinic["working"]]
    Random(3).shuffle(able)
    with sync_playwright() as player:
        try:
            browser = player.chromium.launch(executable_path=chromium)
        except Exception as problem:
            return f"no Chromium here ({str(problem).splitlines()[0]})"
        took = [
            _once(browser, f"http://localhost:{port}", clinic, one, turn)
            for turn, (clinic, one) in enumerate(able[:times])
        ]
        browser.close()
    return took


def _once(browser: Any, url: str, clinic: dict[str, Any], one: dict[str, str], turn: int) -> float:
    client, therapist = _somebody(browser, url, one["cookie"]), None
    try:
        client.goto(f"{url}/mine/goals/{one['active']}/")
        # The stream begins when the page is there, and the page asks once more then.
        client.wait_for_timeout(1500)
        client.evaluate(WATCH)
        therapist = _somebody(browser, url, clinic["therapist"])
        therapist.goto(f"{url}/people/{one['client']}/goals/{one['active']}/")
        therapist.locator("#rate summary").click()
        rate = therapist.locator("#rate fieldset").first
        rate.locator(f"input[value='{1 + (turn * 3) % 9}']").check(force=True)
        tapped = time.time()
        therapist.locator("#rate button.primary").click(no_wait_after=True)
        client.wait_for_function("() => window.movedAt !== null", timeout=PATIENCE)
        return client.evaluate("() => window.movedAt") / 1000 - tapped
    finally:
        for page in (client, therapist):
            if page is not None:
                page.context.close()


def _somebody(browser: Any, url: str, cookie: str) -> Any:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": url}])
    return context.new_page()
