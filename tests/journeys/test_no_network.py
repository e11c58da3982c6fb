"""The phone loses the network before “I am here”: kept, said so, sent, and counted once."""

import pytest
from playwright.sync_api import Route, expect
from scripts.figures import Figure, tell

from alongside.visits.models import State, Step
from tests.journeys.morning import in_harbour, own_page, visit_of
from tests.journeys.people import KEYS, LARGE, NARROW, PHONE, Person, until

HOW = [
    pytest.param("fr", PHONE, id="fr-phone"),
    pytest.param("en", KEYS, id="en-keyboard"),
    pytest.param("fr", NARROW, id="fr-320px"),
    pytest.param("en", LARGE, id="en-text-200%"),
]


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_i_am_here_is_kept_and_sent_when_the_network_is_back(the_morning, somebody, language, mode):
    amara = _at_her_page(somebody, mode, language)
    with amara.without_network():
        amara.presses(amara.button("I am here"))
        note = amara.page.locator("[data-resend-note]")
        expect(note).to_contain_text(
            amara.words(
                "You have no connection just now. We kept it, and send it as soon as we can. "
                "Leave this page open, or tell the front desk."
            )
        )
        amara.looks_well()
        assert visit_of("Amara").state == State.BOOKED
    _is_here_once(amara)


def test_it_is_sent_even_when_the_page_was_closed_meanwhile(the_morning, somebody):
    amara = _at_her_page(somebody, PHONE, "fr")
    with amara.without_network():
        amara.presses(amara.button("I am here"))
        expect(amara.page.locator("[data-resend-note]")).to_be_visible()
        address = amara.page.url
        amara.page.close()
    amara.window().goto(address)
    _is_here_once(amara)


def test_an_answer_that_is_lost_counts_no_second_time(the_morning, somebody):
    """The clinic heard it, the phone did not hear the clinic: it is sent again, and counts once."""
    amara = _at_her_page(somebody, PHONE, "fr")
    lost = []

    def loses_the_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        amara.faults.is_offline = True
        route.abort("connectionreset")

    amara.page.route("**/here/", loses_the_answer)
    amara.presses(amara.button("I am here"))
    _is_here_once(amara)
    tell(
        Figure(
            name="phone-away",
            chapter="Nothing lost",
            fault="the clinic heard the phone's “I am here”, the phone did not hear the clinic",
            tried="the answer is cut off; the phone says so, and sends it again (browser)",
            figure="checked in once",
            asked="once",
            met=lost == [200],
            control="without keys a write that is sent twice is two (make faults, kill -9)",
            command="make test",
        )
    )
    assert lost == [200]
    amara.page.unroute_all(behavior="ignoreErrors")


def _at_her_page(somebody, mode, language: str) -> Person:
    amara = somebody(mode=mode, language="fr")
    amara.opens(own_page("Amara"))
    if language != "fr":
        amara.presses(amara.page.get_by_role("button", name="English"))
        amara.language = language
        expect(amara.page.locator("html")).to_have_attribute("lang", language)
    return amara


def _is_here_once(amara: Person) -> None:
    until(lambda: visit_of("Amara").state == State.HERE, within=15, why="it was never sent")
    expect(amara.page.locator(".big.num")).to_be_visible(timeout=15_000)
    with in_harbour():
        steps = Step.objects.filter(visit=visit_of("Amara"), verb="check_in")
        assert steps.count() == 1
