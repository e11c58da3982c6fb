"""Amara comes in by a letter once, and from then on with her finger; until she takes it away."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import morning
from tests.journeys.people import NARROW, PHONE

HOW = [pytest.param("fr", NARROW, id="fr-320px"), pytest.param("en", PHONE, id="en-phone")]


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_amara_comes_in_by_a_letter_once_and_then_with_her_finger(own_device, language, mode):
    amara = own_device(mode, language)
    amara.opens(morning.way_in("Amara"))
    amara.presses(amara.button("Come in"))
    expect(amara.page).to_have_url(f"{amara.url}/mine/")
    amara.presses(amara.page.get_by_role("link", name=amara.words("Come in faster")))
    amara.looks_well()
    amara.presses(amara.page.get_by_role("link", name=amara.words("Add a passkey")))
    amara.writes(amara.page.locator("[name='name']"), "Mon téléphone")
    amara.looks_well()
    amara.presses(amara.button("Add a passkey"))
    expect(amara.page).to_have_url(f"{amara.url}/mine/passkeys/")
    amara.reads("Mon téléphone")
    amara.looks_well()

    _goes_out(amara)
    amara.looks_well()
    amara.presses(amara.button("Come in with a passkey"))
    expect(amara.page).to_have_url(f"{amara.url}/mine/")
    amara.reads("Amara")

    # By the passkey she sees that another one takes a letter; and takes this one away.
    amara.opens("/mine/passkeys/")
    amara.looks_well()
    amara.presses(amara.page.get_by_role("button", name=_begins(amara.words("Take it away"))))
    expect(amara.page.get_by_text(amara.words("You have none yet."))).to_be_visible()
    _goes_out(amara)
    amara.presses(amara.button("Come in with a passkey"))
    words = amara.words("This passkey opens no page here. Let us send you a link instead.")
    expect(amara.page.get_by_text(words)).to_be_visible()
    amara.looks_well()


def _goes_out(amara):
    amara.opens("/mine/")
    amara.presses(amara.button("Sign out"))
    expect(amara.page).to_have_url(f"{amara.url}/mine/sign-in/")


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(words)}")
