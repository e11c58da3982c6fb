"""What somebody writes into a field is text on every page, and never runs."""

import os
import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Error, Page, Route
from scripts.figures import Figure, tell

from alongside.clinics import clock
from alongside.live.actions.push import push
from alongside.live.topics import clinic_topic, visit_topic
from tests.journeys.injected import HANDFUL, LOOK, PAYLOADS, Eyes, Tour, lived_in, plant

FULL = os.environ.get("ALONGSIDE_TEST_FULL") == "1"
# What a page may say again of its own address.
SAID_AGAIN = ("q", "next", "who", "day", "view", "channel", "state", "page", "days")
LIVE = ("visits:board", "visits:screen", "visits:visit")
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


def sweep(tour: Tour, payload: str, *, twice: bool) -> list[str]:
    """Open every page with a payload in every field, and in what its address may say again."""
    asked = "&".join(f"{name}={quote(payload)}" for name in SAID_AGAIN)
    found = []
    for address, who, path in tour.pages():
        eyes, page = tour.as_(who)
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


def test_a_handful_in_every_field_is_text_on_every_page(tour):
    fields = plant(HANDFUL, tour.sown)
    assert sweep(tour, HANDFUL, twice=True) == []
    pages, shown = counts(tour)
    assert fields > 40
    assert pages > 60
    # The eyes are open: on most pages it stands there to be read.
    assert shown > 15


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="`make faults` sends all of them")
def test_sixty_payloads_in_every_field_on_every_page(tour):
    began = time.monotonic()
    found, fields = [], 0
    for payload in PAYLOADS:
        clock.reset()
        fields = plant(payload, tour.sown)
        found += sweep(tour, payload, twice=payload == PAYLOADS[0])
    pages, shown = counts(tour)
    sent = sum(send_forms(tour, payload, found) for payload in PAYLOADS[::8])
    control = _control(tour)
    tell(
        Figure(
            name="injected-code",
            chapter="Out of the door",
            fault="somebody writes code into a field (stored and reflected XSS)",
            tried=f"{len(PAYLOADS)} payloads x {fields} text fields, straight into the database "
            f"and through {sent} forms, on every page in Chromium: {pages} pages looked at, "
            f"{shown} showed it as text",
            figure=f"{len(found)} run, refused by the policy or made into an element, "
            f"in {time.monotonic() - began:.0f} s",
            asked="0",
            met=not found,
            control=f"a page that marks it safe: {control[0]} elements made and {control[1]} runs "
            f"without the policy, {control[2]} runs with it",
            command="make faults ARGS='-k injected'",
        )
    )
    assert found == []
    assert len(PAYLOADS) >= 60


def send_forms(tour: Tour, payload: str, found: list[str]) -> int:
    """Write a payload into every field of every form and send it; look at what comes back."""
    sent = 0
    for address, who, path in list(tour.pages()):
        eyes, page = tour.as_(who)
        eyes.opens(page, path)
        for place in range(min(page.locator("main form[method=post]").count(), 6)):
            eyes.opens(page, path)
            form = page.locator("main form[method=post]").nth(place)
            if not form.count() or any(
                last in (form.get_attribute("action") or path) for last in LAST
            ):
                continue
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


def _filled(form, payload: str) -> bool:
    kinds = "textarea, input:not([type]), input[type=text], input[type=search], input[type=tel]"
    return form.evaluate(
        """(form, [kinds, payload]) => {
          const found = [...form.querySelectorAll(kinds + ", input[type=email]")];
          for (const one of found) one.value = payload;
          return found.length > 0;
        }""",
        [kinds, payload],
    )


def _control(tour: Tour) -> tuple[int, int, int]:
    """Undo the escaping of a real page, as marking it safe would; give elements, runs, runs."""
    plant(HANDFUL, tour.sown)
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
