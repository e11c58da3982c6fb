"""Dee leaves the desk: the board is shut, stays what it was, and is hers again by her PIN."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.clinics.models import Clinic
from tests.journeys.morning import visit_of
from tests.journeys.people import NARROW, WIDE

PIN = "470135"


def chooses_a_pin(dee, *, with_script=True):
    dee.opens("/me/pin/")
    if with_script:
        dee.looks_well()
    for name in ("pin", "again"):
        dee.writes(dee.page.locator(f"main [name='{name}']"), PIN)
    dee.presses(dee.button("Keep this PIN"))
    expect(dee.page).to_have_url(f"{dee.url}/me/sign-ins/")


@pytest.mark.parametrize(("language", "mode"), [("en", WIDE), ("fr", NARROW)], ids=str)
def test_dee_locks_the_board_and_gets_it_back_as_it_was(the_morning, at_work, language, mode):
    dee = at_work("Dee", language=language, mode=mode)
    dee.expects(401, 403)
    chooses_a_pin(dee)
    dee.opens("/today/")
    search = dee.page.locator("#find")
    search.fill("half a na")
    # One key, from anywhere that is not a field.
    dee.page.locator("h1").click()
    dee.page.keyboard.press("l")
    pad = dee.page.locator("#pad")
    expect(pad).to_be_visible()
    expect(dee.page.locator("#board")).not_to_be_visible()
    expect(dee.page).to_have_title(dee.words("Locked by %(name)s") % {"name": "Dee"})
    dee.looks_well()
    for _ in range(3):
        dee.page.keyboard.press("Escape")
    expect(pad).to_be_visible()
    # On the server too: another window of the same browser finds the pad and nothing else.
    other = dee.context.new_page()
    other.goto(f"{dee.url}/people/")
    expect(other).to_have_url(f"{dee.url}/lock/?next=%2Fpeople%2F")
    other.close()

    dee.page.locator("#pad-pin").fill("111112")
    dee.page.keyboard.press("Enter")
    expect(pad.get_by_role("alert")).to_be_visible()
    dee.page.locator("#pad-pin").fill(PIN)
    dee.page.keyboard.press("Enter")
    expect(pad).not_to_be_visible()
    expect(search).to_have_value("half a na")
    expect(dee.page.locator("#board")).to_be_visible()
    # And it lives: what happens now arrives.
    dee.page.locator(f"#visit-{visit_of('Chloé').pk} button[value=call]").click()
    expect(dee.page.locator(f"#visit-{visit_of('Chloé').pk} button[value=start]")).to_be_visible()


def test_a_board_that_nobody_touches_locks_itself_in_every_window(the_morning, at_work):
    Clinic.objects.update(lock_after=timedelta(seconds=6))
    dee = at_work("Dee")
    dee.expects(401, 403)
    chooses_a_pin(dee)
    dee.opens("/today/")
    first = dee.page
    dee.window()
    dee.opens("/today/")
    for page in (first, dee.page):
        # The pad over the board, or the page of it: whichever heard first that it is locked.
        expect(_shown(page, "#pad", "form[action$='/unlock/']")).to_be_visible(timeout=15000)
    pin = _shown(dee.page, "#pad-pin", "main [name='pin']")
    pin.fill(PIN)
    pin.press("Enter")
    expect(dee.page.locator("#board")).to_be_visible()
    for page in (first, dee.page):
        expect(page.locator("#pad")).not_to_be_visible()


def _shown(page, *places: str):
    """Give the first of these that can be seen."""
    return page.locator(", ".join(f"{place}:visible" for place in places)).first


def test_after_five_wrong_pins_dee_signs_in(the_morning, at_work):
    dee = at_work("Dee")
    dee.expects(401, 403)
    chooses_a_pin(dee)
    dee.opens("/today/")
    dee.page.locator("[data-lock-now] button").click()
    for n in range(6):
        dee.page.locator("#pad-pin").fill(f"11111{n}")
        with dee.page.expect_response("**/unlock/"):
            dee.page.keyboard.press("Enter")
    expect(dee.page).to_have_url(f"{dee.url}/sign-in/?next=%2Ftoday%2F")


def test_a_pin_that_is_typed_faster_than_the_clinic_hears_of_the_lock_opens_it(
    the_morning, at_work
):
    dee = at_work("Dee")
    chooses_a_pin(dee)
    # As on a slow line: the word that it is locked is on its way for a while.
    dee.page.add_init_script(
        """const real = window.fetch;
        window.fetch = async (url, how) => {
          if (String(url).endsWith("/lock/")) await new Promise((go) => setTimeout(go, 1000));
          return real(url, how);
        };"""
    )
    dee.opens("/today/")
    dee.page.locator("[data-lock-now] button").click()
    dee.page.locator("#pad-pin").fill(PIN)
    with dee.page.expect_response("**/unlock/") as opened:
        dee.page.keyboard.press("Enter")
    assert opened.value.status == 204
    expect(dee.page.locator("#pad")).not_to_be_visible()
    expect(dee.page.locator("#board")).to_be_visible()
    dee.opens("/people/")
    expect(dee.page).to_have_url(f"{dee.url}/people/")


def test_without_a_script_the_pad_is_a_page(the_morning, at_work):
    dee = at_work("Dee", java_script_enabled=False)
    chooses_a_pin(dee, with_script=False)
    dee.opens("/today/")
    dee.page.locator("[data-lock-now] button").click()
    expect(dee.page).to_have_url(f"{dee.url}/lock/?next=%2Ftoday%2F")
    dee.opens("/people/")
    expect(dee.page).to_have_url(f"{dee.url}/lock/?next=%2Fpeople%2F")
    dee.page.locator("[name='pin']").fill("111112")
    dee.button("Open").click()
    expect(dee.page.get_by_text(dee.words("This is not your PIN.")).first).to_be_visible()
    dee.page.locator("[name='pin']").fill(PIN)
    dee.button("Open").click()
    expect(dee.page).to_have_url(f"{dee.url}/people/")
