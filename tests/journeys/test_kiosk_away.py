"""The clinic is away: the tablet keeps what was typed, sends it later, and forgets it."""

import pytest
from playwright.sync_api import Route, expect
from scripts.figures import Figure, tell

from alongside.visits.models import State, Step
from tests.journeys.morning import device, in_harbour, visit_of
from tests.journeys.people import NARROW, TABLET, Person, until

KEPT = (
    "We have no connection just now. We kept what you wrote, and send it as soon as we can. "
    "Please tell the front desk as well that you are here."
)


@pytest.fixture
def tablet(the_morning, somebody):
    def stand(mode=TABLET, language: str = "en") -> Person:
        tablet = somebody(mode=mode, language=language)
        tablet.opens(device("kiosk"))
        tablet.presses(tablet.button("Start"))
        tablet.page.wait_for_url("**/kiosk/")
        return tablet

    return stand


def _types(person: Person, name: str, at: str) -> None:
    person.writes(person.page.locator("#id_name"), name)
    person.writes(person.page.locator("#id_at"), at)
    person.presses(person.button("I am here"))


def _reads_that_it_is_kept(person: Person) -> None:
    expect(person.page.locator("[data-send-note]")).to_have_text(person.words(KEPT))
    expect(person.page.locator("#id_name")).to_have_value("")
    assert "Amara" not in person.made_of()


def _is_here_once(name: str) -> None:
    until(lambda: visit_of(name).state == State.HERE, within=25, why="it was never sent")
    with in_harbour():
        assert Step.objects.filter(visit=visit_of(name), verb="check_in").count() == 1


@pytest.mark.parametrize(("mode", "language"), [(TABLET, "fr"), (NARROW, "en")])
def test_what_is_typed_while_the_server_is_away_arrives_once(tablet, site, mode, language):
    """Two people, one after the other; neither sees anything of the other."""
    someone = tablet(mode, language)
    with someone.without_server(site):
        _types(someone, "Amara", "10:30")
        _reads_that_it_is_kept(someone)
        someone.looks_well()
        _types(someone, "Nobody", "10:31")
        _reads_that_it_is_kept(someone)
        assert visit_of("Amara").state == State.BOOKED
    _is_here_once("Amara")
    until(lambda: someone.page.evaluate("localStorage.getItem('to-send')") is None, within=25)
    assert someone.page.url.split("?")[0].endswith("/kiosk/")
    assert visit_of("Amara").code not in someone.made_of()
    cookies = {one["name"] for one in someone.context.cookies()}
    assert not [name for name in cookies if "kiosk" in name]
    tell(
        Figure(
            name="kiosk-away",
            chapter="Nothing lost",
            fault="the server is away while somebody types at the kiosk",
            tried="server stopped, two people type one after the other, server started (browser)",
            figure="the check-in arrives once; nothing of the first person is left for the second",
            asked="kept, sent when it can be, once",
            met=True,
            control="without `kiosk_send.js` it does not arrive",
            command="make test",
        )
    )


def test_it_survives_a_tablet_that_is_switched_off_and_on(tablet, site):
    someone = tablet()
    with someone.without_server(site):
        _types(someone, "Amara", "10:30")
        _reads_that_it_is_kept(someone)
        someone.page.close()
    someone.window().goto(f"{someone.url}/kiosk/")
    _is_here_once("Amara")
    assert visit_of("Amara").code not in someone.made_of()


def test_a_database_that_is_away_is_the_same(tablet):
    someone = tablet()
    someone.expects(503)

    def is_away(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=503, headers={"retry-after": "3"}, body="back in a moment")
        else:
            route.continue_()

    someone.page.route("**/kiosk/**", is_away)
    _types(someone, "Amara", "10:30")
    _reads_that_it_is_kept(someone)
    someone.page.unroute_all(behavior="ignoreErrors")
    _is_here_once("Amara")


def test_the_last_persons_page_is_forgotten_although_the_server_is_away(tablet, site):
    amara = tablet()
    _types(amara, "Amara", "10:30")
    amara.page.locator(".code").wait_for()
    code = visit_of("Amara").code
    with amara.without_server(site):
        amara.presses(amara.button("I am done"))
        expect(amara.page.locator("#id_name")).to_be_visible()
        assert code not in amara.made_of()
        amara.page.go_back()
        amara.page.wait_for_timeout(300)
        assert code not in amara.made_of()
    # Alive as before: the next person is served.
    _types(amara, "Amara", "10:30")
    amara.page.locator(".code").wait_for()


def test_without_the_queue_it_would_be_lost(tablet, site):
    """The negative control."""
    someone = tablet()
    someone.faults.is_offline = True
    someone.page.route("**/kiosk_send*.js", lambda route: route.abort())
    someone.page.reload()
    with someone.without_server(site):
        _types(someone, "Amara", "10:30")
        someone.page.wait_for_timeout(500)
    someone.page.wait_for_timeout(4000)
    assert visit_of("Amara").state == State.BOOKED
    someone.page.unroute_all(behavior="ignoreErrors")
