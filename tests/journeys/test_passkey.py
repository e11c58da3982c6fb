"""Dee comes in for the first time with a passkey, and from then on with nothing else."""

import pytest
from playwright.sync_api import expect

from alongside.clinics import clock
from alongside.clinics.current import working_in
from alongside.office.actions.staff_links import invite
from alongside.people.actors import of_staff
from tests.journeys import morning
from tests.journeys.people import NARROW, WIDE

PASSWORD = "tea before the first visit"


def invitation_for(name: str) -> str:
    """An address by which somebody chooses a password."""
    staff, noor = morning.worker(name), morning.worker("Noor")
    with working_in(staff.clinic_id):
        return f"/invitation/{invite(staff, by=of_staff(noor), now=clock.now())}/"


@pytest.mark.parametrize(("language", "mode"), [("en", WIDE), ("fr", NARROW)], ids=str)
def test_dee_comes_in_with_a_passkey(own_device, language, mode):
    dee = own_device(mode, language)
    dee.opens(invitation_for("Dee"))
    dee.writes(dee.page.locator("[name='password']"), PASSWORD)
    dee.presses(dee.button("Come in"))
    dee.looks_well()
    dee.presses(dee.page.get_by_role("link", name=dee.words("Make a passkey")))
    dee.looks_well()
    dee.writes(dee.page.locator("[name='name']"), "The desk")
    dee.presses(dee.button("Make a passkey"))
    expect(dee.page.locator("li code")).to_have_count(10)
    dee.presses(dee.page.get_by_role("link", name=dee.words("I have kept them: go on")))
    expect(dee.page).to_have_url(f"{dee.url}/today/")

    dee.opens("/me/sign-ins/")
    dee.reads("The desk")
    dee.looks_well()
    dee.presses(dee.page.locator("header form button").last)
    expect(dee.page).to_have_url(f"{dee.url}/sign-in/")
    dee.looks_well()
    dee.presses(dee.button("Use a passkey"))
    expect(dee.page).to_have_url(f"{dee.url}/today/")


def test_a_password_asks_for_the_passkey_and_a_cancelled_one_can_be_tried_again(own_device):
    dee = own_device(WIDE, "en")
    dee.opens(invitation_for("Dee"))
    dee.writes(dee.page.locator("[name='password']"), PASSWORD)
    dee.presses(dee.button("Come in"))
    dee.presses(dee.page.get_by_role("link", name="Make a passkey"))
    dee.presses(dee.button("Make a passkey"))
    dee.presses(dee.page.get_by_role("link", name="I have kept them: go on"))
    dee.presses(dee.page.locator("header form button").last)
    dee.writes(dee.page.locator("[name='email']"), morning.worker("Dee").user.email)
    dee.writes(dee.page.locator("[name='password']"), PASSWORD)
    dee.presses(dee.button("Sign in"))
    expect(dee.page).to_have_url(f"{dee.url}/sign-in/second/")
    dee.looks_well()
    # As when somebody dismisses what the device asks.
    dee.page.evaluate(
        """() => {
        const real = navigator.credentials.get.bind(navigator.credentials);
        let once = true;
        navigator.credentials.get = (o) => {
          if (!once) return real(o);
          once = false;
          return Promise.reject(new DOMException("dismissed", "NotAllowedError")); } }"""
    )
    dee.presses(dee.button("Use a passkey"))
    expect(dee.page.get_by_role("alert")).to_be_visible()
    dee.presses(dee.button("Use a passkey"))
    expect(dee.page).to_have_url(f"{dee.url}/today/")
