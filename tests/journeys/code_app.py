"""Somebody sets up a code app on the pages, reading the key off the screen as an app would."""

from conftest import code_of
from playwright.sync_api import expect

from tests.journeys.people import Person


def sets_up_a_code_app(person: Person) -> None:
    """Go from the page that asks for a second thing to where the person wanted to go."""
    person.looks_well()
    person.presses(person.page.get_by_role("link", name=person.words("Set up a code app")))
    key = person.page.locator("code.num")
    expect(key).to_be_visible()
    person.looks_well()
    person.writes(person.page.locator("[name='code']"), code_of("".join(key.inner_text().split())))
    person.presses(person.button("It works: keep it"))
    expect(person.page.locator("li code")).to_have_count(10)
    person.looks_well()
    person.presses(person.page.get_by_role("link", name=person.words("I have kept them: go on")))
