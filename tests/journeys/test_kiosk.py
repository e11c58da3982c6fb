"""The tablet at the door: find yourself, read your wait, and leave nothing behind."""

import pytest
from playwright.sync_api import expect

from alongside.visits.models import State
from tests.journeys.morning import device, visit_of
from tests.journeys.people import NARROW, TABLET, TABLET_KEYS, TABLET_LARGE, Person, until

HOW = [
    pytest.param("fr", TABLET, id="fr-tablet"),
    pytest.param("fr", TABLET_LARGE, id="fr-text-200%"),
    pytest.param("en", TABLET_KEYS, id="en-keyboard"),
    pytest.param("en", NARROW, id="en-320px"),
]


@pytest.fixture
def tablet(the_morning, somebody):
    """The tablet, set up by opening its address once."""

    def stand(mode, language: str) -> Person:
        tablet = somebody(mode=mode, language=language)
        tablet.opens(device("kiosk"))
        tablet.presses(tablet.button("Start"))
        tablet.page.wait_for_url("**/kiosk/")
        return tablet

    return stand


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_amara_finds_herself_and_the_tablet_forgets_her(tablet, language, mode):
    amara = tablet(mode, language)
    amara.page.clock.install()
    amara.page.reload()
    amara.looks_well()
    _says_who_she_is(amara, "amara", "10:30")
    visit = visit_of("Amara")
    assert (visit.state, visit.arrived_by) == (State.HERE, "kiosk")
    amara.reads("Amara", visit.code)
    expect(amara.page.locator(".big.num").first).to_be_visible()
    amara.looks_well()

    amara.page.clock.fast_forward(22_000)
    still_here = amara.page.locator("dialog[data-idle]")
    expect(still_here).to_be_visible()
    amara.looks_well()
    amara.presses(still_here.get_by_role("button"))
    expect(still_here).to_be_hidden()

    amara.page.clock.fast_forward(31_000)
    _is_as_new(amara, visit.code)
    _goes_back(amara)
    _is_as_new(amara, visit.code)


def test_i_am_done_forgets_at_once(tablet):
    amara = tablet(TABLET, "en")
    _says_who_she_is(amara, "Amara", "1030")
    code = visit_of("Amara").code
    amara.presses(amara.button("I am done"))
    _is_as_new(amara, code)
    for _ in range(2):
        _goes_back(amara)
        _is_as_new(amara, code)


def test_while_somebody_stands_there_nothing_is_forgotten(tablet):
    """The negative control: a touch keeps the page."""
    amara = tablet(TABLET, "en")
    amara.page.clock.install()
    amara.page.reload()
    _says_who_she_is(amara, "Amara", "10:30")
    for _ in range(3):
        amara.page.clock.fast_forward(15_000)
        amara.page.mouse.move(200, 200)
        amara.page.mouse.down()
        amara.page.mouse.up()
    amara.reads(visit_of("Amara").code)


def test_a_wrong_name_is_answered_kindly_and_what_was_typed_stays(tablet):
    someone = tablet(TABLET, "fr")
    someone.expects(422)
    _types(someone, "Amarante", "10:30")
    expect(someone.page.get_by_role("alert")).to_be_visible()
    expect(someone.page.locator("#id_name")).to_have_value("Amarante")
    someone.looks_well()
    assert visit_of("Amara").state == State.BOOKED


def _types(person: Person, name: str, at: str) -> None:
    person.writes(person.page.locator("#id_name"), name)
    person.writes(person.page.locator("#id_at"), at)
    person.presses(person.button("I am here"))


def _says_who_she_is(person: Person, name: str, at: str) -> None:
    _types(person, name, at)
    person.page.locator(".code").wait_for()
    until(lambda: visit_of("Amara").state == State.HERE)


def _goes_back(person: Person) -> None:
    """Press back, as a finger does; the page leads home by itself, whatever was there before."""
    # Not the browser's own word for it: that waits for a page which has already been left again.
    person.page.evaluate("setTimeout(() => history.back(), 50)")
    person.page.wait_for_timeout(600)


def _is_as_new(person: Person, code: str) -> None:
    """The empty page for the next person: no name, no code, nothing in its fields."""
    expect(person.page.locator("#id_name")).to_have_value("")
    assert person.page.url.endswith("/kiosk/")
    seen = person.made_of()
    assert "Amara" not in seen
    assert code not in seen
