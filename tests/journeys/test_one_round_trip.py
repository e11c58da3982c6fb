"""“I am here” is answered in one round trip: no page is loaded again to hear how long it is."""

from playwright.sync_api import Request, expect

from tests.journeys.morning import own_page
from tests.journeys.people import PHONE

MARK = "window.stillHere = true"


def _asked_after_the_tap(amara) -> list[str]:
    """Tap, wait for the told wait, and give what was asked for until it was there."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type in ("document", "fetch"):
            asked.append(f"{request.method} {request.resource_type}")

    amara.page.on("request", note)
    amara.presses(amara.button("I am here"))
    expect(amara.page.locator(".big.num")).to_be_visible(timeout=15_000)
    return asked


def test_the_told_wait_comes_with_the_answer(the_morning, somebody):
    amara = somebody(mode=PHONE, language="fr")
    amara.opens(own_page("Amara"))
    amara.page.evaluate(MARK)
    asked = _asked_after_the_tap(amara)
    assert asked.count("POST fetch") == 1
    assert not [one for one in asked if "document" in one]
    assert amara.page.evaluate("window.stillHere")
    # Whoever cannot see that the button is gone is read the page from its beginning.
    assert amara.page.evaluate("document.activeElement.id") == "main"
    expect(amara.page.locator("[data-resend-note]")).to_be_hidden()
    amara.looks_well()


def test_control_a_page_that_cannot_swap_is_loaded_again(the_morning, somebody):
    amara = somebody(mode=PHONE, language="fr")
    amara.opens(own_page("Amara"))
    amara.page.evaluate(f"delete window.htmx; window.htmx = undefined; {MARK}")
    asked = _asked_after_the_tap(amara)
    assert [one for one in asked if "document" in one]
    assert not amara.page.evaluate("window.stillHere")
