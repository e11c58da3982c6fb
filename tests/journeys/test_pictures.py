"""The pictures of the README, from the running product; `make pictures` writes them."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from alongside.clinics import clock
from alongside.people.actors import of_client
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.actions.check_in import check_in
from alongside.visits.actions.mood import say_mood
from alongside.visits.models import Channel
from tests.journeys.morning import at, desk, in_harbour, own_page, visit_of
from tests.journeys.people import PHONE, Mode

FOLDER = os.environ.get("ALONGSIDE_TEST_PICTURES")
TALL = Mode(name="a tall desk", width=1400, height=1160)
pytestmark = [
    pytest.mark.pictures,
    pytest.mark.skipif(not FOLDER, reason="only `make pictures` writes pictures"),
]


@pytest.fixture
def amara_is_here(the_morning) -> None:
    """Amara checked in at 10:16 and is well; Sam's next two have called off."""
    with in_harbour():
        own = of_client(visit_of("Amara").client)
        check_in(visit_of("Amara"), by=own, channel=Channel.PHONE, now=at("10:16"))
        say_mood(visit_of("Amara"), 3, by=own, now=at("10:17"))


def test_the_board(amara_is_here, at_work):
    """10:25: Pekka is still inside, Aino waits past her time, and Sam could see her."""
    with in_harbour():
        for name in ("Ruth", "Leila"):
            cancel_visit(visit_of(name), by=desk(), now=at("10:18"), tell=False)
    clock.shift(at("10:25"))
    dee = at_work("Dee", mode=TALL, device_scale_factor=2)
    dee.opens("/today/")
    dee.page.locator(".helps", has_text="Sam").wait_for()
    _take(dee.page, "board")


def test_the_phone(amara_is_here, somebody):
    """A minute after Amara was told, unasked, that it takes longer."""
    minute = at("10:25")
    with in_harbour():
        while visit_of("Amara").told.count() < 2:
            clock.shift(minute)
            minute += timedelta(minutes=1)
            assert minute < at("10:45"), "nobody corrected Amara's wait"
            time.sleep(2)
    amara = somebody(mode=PHONE, device_scale_factor=2)
    amara.speaks("en")
    amara.opens(own_page("Amara"))
    amara.page.locator(".big.num").wait_for()
    _take(amara.page, "phone")


def _take(page, name: str) -> None:
    folder = Path(FOLDER or "")
    folder.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    page.screenshot(path=folder / f"{name}.png")
