"""The screen on the wall: codes and times, never a name, true at once and after a restart."""

import pytest
from playwright.sync_api import expect

from alongside.clinics import clock
from alongside.people.models import Client
from alongside.visits.actions import move_on
from alongside.visits.models import State
from tests.journeys.morning import desk, device, in_harbour, visit_of, worker
from tests.journeys.people import NARROW, WALL, Mode, Person, until

WALL_LARGE = Mode(name="wall-text-200%", width=1920, height=1080, twice=True)


@pytest.fixture
def wall(the_morning, somebody):
    """The screen, set up by opening its address once."""

    def hang(mode=WALL, language: str = "en") -> Person:
        wall = somebody(mode=mode, language=language)
        wall.opens(device("screen"))
        wall.presses(wall.button("Start"))
        wall.page.wait_for_url("**/screen/")
        return wall

    return hang


@pytest.mark.parametrize("mode", [WALL, WALL_LARGE, NARROW], ids=lambda mode: mode.name)
def test_codes_and_times_and_never_a_name(wall, mode):
    room = wall(mode)
    for name in ("Aino", "Chloé"):
        expect(room.page.locator(".token", has_text=visit_of(name).code)).to_be_visible()
    _knows_no_name(room)
    room.looks_well()


def test_a_call_is_on_the_wall_within_a_second(wall):
    room = wall()
    aino = visit_of("Aino")
    room.times_the_change(f"#code-{aino.code}", room.words("Please come in"))
    with in_harbour():
        move_on.call(aino, by=desk(), now=clock.now())
    called = until(lambda: visit_of("Aino").state == State.CALLED)
    assert room.changed_at() - called <= 1.0
    _knows_no_name(room)
    room.looks_well()


def test_after_a_restart_the_wall_is_right_by_itself(wall, the_morning):
    room = wall()
    aino, chloe = visit_of("Aino"), visit_of("Chloé")
    with room.without_server(the_morning):
        with in_harbour():
            move_on.start(aino, by=desk(), now=clock.now())
            move_on.call(chloe, by=desk(), now=clock.now())
        expect(room.page.locator("[data-offline]")).to_be_visible(timeout=15_000)
        # What was there stays to be read: an empty wall would tell nobody anything.
        expect(room.page.locator(f"#code-{aino.code}")).to_be_visible()
    expect(room.page.locator(f"#code-{chloe.code}.call")).to_be_visible(timeout=15_000)
    expect(room.page.locator(f"#code-{aino.code}")).to_have_count(0)
    expect(room.page.locator("[data-offline]")).to_be_hidden()


def _knows_no_name(room: Person) -> None:
    """Not one of anybody's names: in the page as it stands, or in any piece of it."""
    seen = room.made_of()
    with in_harbour():
        for client in Client.objects.all():
            for name in (client.first_name, client.last_name, client.called, client.said):
                assert not name or f">{name}" not in seen, name
                assert len(name) < 4 or name not in seen, name
    assert worker("Joon").name not in seen


def test_the_board_does_show_names(the_morning, at_work):
    """The positive twin: where names belong, the same look finds them."""
    dee = at_work("Dee")
    dee.opens("/today/")
    with pytest.raises(AssertionError):
        _knows_no_name(dee)
