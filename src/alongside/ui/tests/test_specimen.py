"""Every component in a browser: for axe, at 320 px, in the dark, printed, with colours forced."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from alongside.ui.look import SHEET

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
# The page, its window, how it is looked at. 320 px is 1280 px at 400 %.
LOOKS = [
    *(("client", size, {}) for size in (PHONE, NARROW)),
    *(("staff", size, {}) for size in (DESK, NARROW)),
    ("client", PHONE, {"color_scheme": "dark"}),
    ("staff", DESK, {"color_scheme": "dark"}),
    ("client", PHONE, {"forced_colors": "active"}),
    ("staff", DESK, {"forced_colors": "active"}),
    ("client", NARROW, {"big": True}),
    ("client", PHONE, {"print": True}),
    ("staff", {"width": 700, "height": 900}, {"print": True}),
    ("screen", {"width": 1280, "height": 720}, {}),
    ("kiosk", {"width": 1024, "height": 768}, {}),
    ("kiosk", NARROW, {}),
]


@pytest.mark.parametrize(("shell", "size", "how"), LOOKS, ids=lambda part: str(part))
def test_every_component_is_open_to_everybody(chromium, house, settings, shell, size, how):
    settings.DEBUG = True
    kept = {name: how[name] for name in ("color_scheme", "forced_colors") if name in how}
    context = chromium.new_context(viewport=size, **kept)
    if how.get("big"):
        names = ("big-print", "easy-read")
        context.add_cookies([{"name": n, "value": "1", "url": house} for n in names])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{house}/specimen/{shell}/")
    if how.get("print"):
        page.emulate_media(media="print")
    strict = [*RULES, "wcag2aaa"] if shell != "staff" else RULES
    found = Axe().run(page, options={"runOnly": strict})
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found.violations_count == 0, found.generate_report()
    assert wide <= size["width"]
    assert said == []


def test_twice_the_text_size_cuts_nothing_off(chromium, house, settings):
    settings.DEBUG = True
    page = chromium.new_page(viewport=DESK)
    page.goto(f"{house}/specimen/staff/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    cut = page.evaluate(
        """[...document.querySelectorAll('button, a.btn, h1, h2, label, .tag')].filter(
             e => e.offsetParent && !e.matches('.visually-hidden')
               && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML)"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert cut == []
    assert wide <= DESK["width"]


@pytest.mark.parametrize("shell", ["client", "kiosk"])
def test_whatever_a_finger_must_hit_is_48_pixels(chromium, house, settings, shell):
    settings.DEBUG = True
    page = chromium.new_page(viewport=NARROW)
    page.goto(f"{house}/specimen/{shell}/")
    small = page.evaluate(
        """[...document.querySelectorAll('button, a.btn, select, input, summary')]
           .filter(e => e.type !== 'hidden')
           .filter(e => e.offsetParent && !e.closest('.skip'))
           .map(e => [e.outerHTML.slice(0, 80), (e.closest('label') ?? e).getBoundingClientRect()])
           .filter(([, r]) => r.height < 47.5 || r.width < 47.5).map(([html]) => html)"""
    )
    page.close()
    assert small == []


def test_the_first_visit_of_a_phone_fits_its_budget():
    import gzip

    names = ["alongside.css", "htmx.min.js", "live.js", "forms.js", "queue.js", "icons.svg"]
    folder = SHEET.parent
    small = sum(len(gzip.compress((folder / name).read_bytes())) for name in names)
    font = (folder / "fonts" / "atkinson-latin.woff2").stat().st_size
    assert small + font <= 64_000, "100 KB in all, the page itself included"
    own = [Path(folder / name) for name in ("live.js", "forms.js", "queue.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in own) <= 5_500
    assert len(gzip.compress(SHEET.read_bytes())) <= 10_000
