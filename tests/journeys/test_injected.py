"""What somebody writes into a field is text on every page, and never runs."""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import NOW
from playwright.sync_api import Error, Page, Route
from scripts.figures import Figure, tell

from alongside.clinics import clock
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from tests.journeys.injected import HANDFUL, LOOK, PAYLOADS, Eyes, Tour, lived_in

FULL = os.environ.get("ALONGSIDE_TEST_FULL") == "1"
# What a page may say again of its own address.
SAID_AGAIN = ("q", "next", "who", "day", "view", "channel", "state", "page", "days")
LIVE = ("visits:board", "visits:screen", "visits:visit")
# Fields that take words.
WORDS = (
    "textarea, input:not([type]), input[type=text], input[type=search], input[type=tel], "
    "input[type=email]"
)
PARTS = 8
# Where a payload must stand to be read: a page of each part, for each kind of reader.
SHOW = {
    *("visits:board", "visits:visit", "office:client", "office:record", "mine:home", "mine:people"),
    *("careplans:notes", "careplans:mine", "goals:goals", "goals:goal", "life:life"),
    *("measures:mine", "needs:needs", "needs:of-client", "network:home", "network:clinic"),
}
# A form that ends the tour; everything else is sent.
LAST = (
    "/sign-out/",
    "/send-off/",
    "/remove/",
    "/choose-clinic/",
    "/parts/",
    "/language",
    "comfort",
)


@pytest.fixture
def tour(the_morning, browser) -> Iterator[Tour]:
    tour = Tour(lived_in(), browser, the_morning.url)
    yield tour
    tour.close()


def sweep(tour: Tour, payload: str, *, twice: bool = False, second: bool = False) -> list[str]:
    """Open every page with a payload in every field, and in what its address may say again."""
    asked = "&".join(f"{name}={quote(payload)}" for name in SAID_AGAIN)
    found = []
    for address, who, path in tour.pages(second=second):
        eyes, page = tour.as_(who)
        eyes.name = address.name
        found += [f"{address.name}: {what}" for what in eyes.opens(page, f"{path}?{asked}")]
        if address.name in LIVE:
            found += [f"{address.name}, renewed: {what}" for what in renewed(tour, eyes, page)]
        if twice:
            # Without the words in the address: some pages then show something else.
            found += [f"{address.name}: {what}" for what in eyes.opens(page, path)]
    return found


def renewed(tour: Tour, eyes: Eyes, page: Page) -> list[str]:
    """Let a live page fetch its piece anew, and look again."""
    with tour.sown.inside():
        push(clinic_topic(tour.sown.clinic.pk), visit_topic(tour.sown.visits[0].pk))
    page.wait_for_timeout(400)
    return eyes.looks(page)


def counts(tour: Tour) -> tuple[int, int]:
    """How many pages were looked at, and how many of them showed the payload as text."""
    all_eyes = [eyes for eyes, _ in tour.eyes.values()]
    return sum(eyes.pages for eyes in all_eyes), sum(eyes.shown for eyes in all_eyes)


def named(tour: Tour, which: str) -> set[str]:
    """The addresses that were `opened`, or that `showed` a payload to be read."""
    return set().union(*(getattr(eyes, which) for eyes, _ in tour.eyes.values()))


def test_a_handful_in_every_field_is_text_on_every_page(tour):
    fields = tour.plant(HANDFUL)
    assert sweep(tour, HANDFUL, twice=True) == []
    pages, shown = counts(tour)
    assert fields > 40
    assert pages > 60
    # The eyes are open: on most pages it stands there to be read.
    assert shown > 15
    assert not SHOW - named(tour, "showed")
    assert not tour.left_out


@dataclass
class Part:
    """What came of a part of the payloads; kept, so that parts may be sent one by one."""

    payloads: list[str]
    took: float = 0.0
    fields: int = 0
    pages: int = 0
    shown: int = 0
    forms: int = 0
    addresses: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where parts are kept; name a folder, and send each when there is time for it."""
    named_one = os.environ.get("ALONGSIDE_TEST_PARTS")
    folder = Path(named_one) if named_one else tmp_path_factory.mktemp("parts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="`make faults` sends all of them")
@pytest.mark.parametrize("part", range(PARTS))
def test_sixty_payloads_in_every_field_on_every_page(tour, parts, part):
    """In parts, each on a morning of its own: what one broke does not hide what the next would."""
    began, came = time.monotonic(), Part(list(PAYLOADS[part::PARTS]))
    first, *_, last = came.payloads
    for payload in came.payloads:
        clock.shift(NOW)
        came.fields = tour.plant(payload)
        came.found += sweep(tour, payload, twice=payload == first)
    # Whoever else may open them: they see other pieces of the same pages.
    came.found += sweep(tour, last, second=True)
    clock.shift(NOW)
    tour.plant(first)
    came.forms = send_forms(tour, first, came.found)
    # What came through the forms stands now where nothing else would put it.
    came.found += sweep(tour, first)
    came.pages, came.shown = counts(tour)
    came.addresses, came.took = sorted(named(tour, "opened")), time.monotonic() - began
    (parts / f"{part}.json").write_text(json.dumps(asdict(came)), encoding="utf-8")
    assert came.found == []
    assert came.shown > 15 * len(came.payloads)


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="`make faults` sends all of them")
def test_all_of_them_were_sent(tour, parts):
    """Tells the figure, when every part is there to be counted."""
    sent = [Part(**json.loads(file.read_text(encoding="utf-8"))) for file in parts.glob("*.json")]
    payloads = {payload for one in sent for payload in one.payloads}
    if payloads != set(PAYLOADS):
        pytest.skip(f"{len(payloads)} of {len(PAYLOADS)} payloads were sent")
    found = [what for one in sent for what in one.found]
    made, ran_bare, ran_with_policy = _control(tour)
    tell(
        Figure(
            name="injected-code",
            chapter="Out of the door",
            fault="somebody writes code into a field (stored and reflected XSS)",
            tried=f"{len(payloads)} payloads x {max(one.fields for one in sent)} text fields, "
            f"straight into the database and through {sum(one.forms for one in sent)} forms, on "
            f"all {len({name for one in sent for name in one.addresses})} pages in Chromium: "
            f"{sum(one.pages for one in sent):,} pages looked at, "
            f"{sum(one.shown for one in sent):,} showed it as text",
            figure=f"{len(found)} run, refused by the policy or made into an element, "
            f"in {sum(one.took for one in sent) / 60:.0f} min",
            asked="0 of at least 60",
            met=not found and len(payloads) >= 60,
            control=f"a page that marks it safe: {made} elements made and {ran_bare} runs "
            f"without the policy, {ran_with_policy} runs with it",
            command="make faults ARGS='-k injected'",
        )
    )
    assert found == []
    assert len(payloads) >= 60


def send_forms(tour: Tour, payload: str, found: list[str]) -> int:
    """Write a payload into every field of every form and send it; look at what comes back."""
    sent = 0
    for address, who, path in list(tour.pages()):
        eyes, page = tour.as_(who)
        eyes.name = address.name
        eyes.opens(page, path)
        for place in _worth_sending(page, path):
            eyes.opens(page, path)
            form = page.locator("main form[method=post]").nth(place)
            try:
                if not _filled(form, payload):
                    continue
                with page.expect_navigation(timeout=4000):
                    form.evaluate("f => HTMLFormElement.prototype.submit.call(f)")
            except Error:
                continue
            sent += 1
            found += [f"{address.name}, sent: {what}" for what in eyes.looks(page)]
    return sent


def _worth_sending(page: Page, path: str) -> list[int]:
    """Which forms of a page take words, and do not end the tour."""
    takes_words = f"(all) => all.map((f) => [f.action, !!f.querySelector('{WORDS}')])"
    try:
        forms = page.locator("main form[method=post]").evaluate_all(takes_words)
    except Error:
        return []
    return [
        place
        for place, (action, takes) in enumerate(forms[:6])
        if takes and not any(last in (action or path) for last in LAST)
    ]


def _filled(form, payload: str) -> bool:
    return form.evaluate(
        """(form, [kinds, payload]) => {
          const found = [...form.querySelectorAll(kinds)];
          for (const one of found) one.value = payload;
          return found.length > 0;
        }""",
        [WORDS, payload],
    )


def _control(tour: Tour) -> tuple[int, int, int]:
    """Undo the escaping of a real page, as marking it safe would; give elements, runs, runs."""
    tour.plant(HANDFUL)
    eyes, page = tour.as_("manager")
    runs = {}
    for has_policy in (False, True):
        page.route(re.compile(r"/people/[0-9a-f-]+/$"), unsafe(has_policy=has_policy))
        path = f"/people/{tour.sown.visits[0].client_id}/"
        seen = eyes.opens(page, path)
        runs[has_policy] = sum(what.startswith("ran ") for what in seen)
        made = sum(what.startswith("made ") for what in page.evaluate(LOOK) if "made" in what)
        page.unroute_all()
    return made, runs[False], runs[True]


def unsafe(*, has_policy: bool) -> Callable[[Route], None]:
    """Hand a page on with its escaping undone, with or without our policy."""

    def handed_on(route: Route) -> None:
        _unescape(route, has_policy=has_policy)

    return handed_on


def _unescape(route: Route, *, has_policy: bool) -> None:
    answer = route.fetch()
    body = answer.text()
    for sign, escaped in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        body = body.replace(escaped, sign)
    unlike = {"content-length", "content-encoding"}
    if not has_policy:
        unlike.add("content-security-policy")
    headers = {name: said for name, said in answer.headers.items() if name.lower() not in unlike}
    route.fulfill(status=answer.status, body=body, headers=headers)


def test_a_page_that_marks_it_safe_would_be_found(tour):
    """The control: without escaping it runs; with our policy it is made, but does not run."""
    made, ran_bare, ran_with_policy = _control(tour)
    assert made > 0
    assert ran_bare > 0
    assert ran_with_policy == 0
