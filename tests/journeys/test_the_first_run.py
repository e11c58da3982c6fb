"""The first run: Noor sets up the clinic, Dee comes in, a tablet becomes the kiosk."""

import pytest
from playwright.sync_api import expect

from alongside.office.actions.setup_code import offer_code
from tests.journeys.code_app import sets_up_a_code_app
from tests.journeys.people import DESK_KEYS, NARROW, TABLET, WIDE

PASSWORD = "tea before the first visit"


def typed(noor):
    """What Noor types, a time zone wrong at first."""
    page = noor.page
    for name, text in {
        "name": "Harbour Street OT",
        "zone_name": "Europe/Harbour",
        "rooms": "Room 1\nRoom 2",
        "you-name": "Noor",
        "you-email": "noor@example.org",
        "you-password": PASSWORD,
        "team-0-name": "Dee",
        "team-0-email": "dee@example.org",
    }.items():
        noor.writes(page.locator(f"[name='{name}']"), text)


@pytest.mark.parametrize(
    ("language", "mode"), [("en", WIDE), ("fr", NARROW), ("en", DESK_KEYS)], ids=str
)
def test_noor_sets_up_the_clinic(nothing_yet, somebody, language, mode):
    noor = somebody(mode=mode, language=language)
    noor.speaks(language)
    noor.opens(f"/set-up/?code={offer_code()}")
    noor.looks_well()
    typed(noor)
    noor.expects(422)
    noor.presses(noor.button("Open the clinic"))
    expect(noor.page.locator("[data-errors]")).to_be_visible()
    noor.looks_well()
    expect(noor.page.locator("[name='rooms']")).to_have_value("Room 1\nRoom 2")
    zone = noor.page.locator("[name='zone_name']")
    noor.writes(zone, "Europe/Paris")
    noor.presses(noor.button("Open the clinic"))
    addresses = noor.page.locator(".address")
    expect(addresses).to_have_count(1)
    noor.looks_well()
    invitation = addresses.inner_text()
    dee = somebody(mode=NARROW, language=language)
    dee.page.goto(invitation)
    dee.looks_well()
    dee.writes(dee.page.locator("[name='password']"), "another good password")
    dee.presses(dee.button("Come in"))
    sets_up_a_code_app(dee)
    expect(dee.page).to_have_url(f"{dee.url}/today/")
    noor.opens("/settings/devices/")
    sets_up_a_code_app(noor)
    noor.opens("/settings/devices/")
    noor.writes(noor.page.locator("[name='name']"), "Door")
    noor.presses(noor.page.locator("main form button").last)
    expect(noor.page.locator(".address")).to_be_visible()
    noor.looks_well()
    tablet = somebody(mode=TABLET, language=language)
    tablet.page.goto(noor.page.locator(".address").inner_text())
    tablet.looks_well()
    tablet.presses(tablet.button("Start"))
    expect(tablet.page).to_have_url(f"{tablet.url}/kiosk/")
