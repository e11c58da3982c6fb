"""Amara says her goal instead of typing it, and has a questionnaire read to her."""

import pytest
from playwright.sync_api import expect

from alongside.goals.models import Goal
from alongside.ui.tests.test_voice_js import AWAY, VOICES
from tests.journeys.morning import harbour, in_harbour
from tests.journeys.people import KEYS, LARGE, NARROW, Person, until

HOW = [
    pytest.param("fr", NARROW, id="fr-320px"),
    pytest.param("en", KEYS, id="en-keyboard"),
    pytest.param("fr", LARGE, id="fr-text-200%"),
]
SAID = "Je veux refaire la soupe de ma mère."


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_a_goal_is_said_and_kept_in_her_words(the_morning, at_home, language, mode):
    amara = at_home("Amara", mode=mode, language=language)
    amara.context.add_init_script(AWAY)
    amara.opens("/mine/goals/new/")
    amara.looks_well()
    talk = amara.button("Talk instead of typing").first
    amara.presses(talk)
    expect(amara.page.get_by_role("dialog")).to_contain_text(amara.words("Where your voice goes"))
    amara.looks_well()
    amara.presses(amara.page.get_by_role("button", name=amara.words("Talk"), exact=True))
    expect(talk).to_have_attribute("aria-pressed", "true")
    amara.page.evaluate(f"hears({SAID!r}, true)")
    expect(amara.page.locator("[name=words]")).to_have_value(SAID)
    amara.looks_well()
    amara.presses(talk)
    amara.presses(amara.button("Yes, I want to work on this"))

    def is_kept() -> bool:
        with in_harbour():
            return Goal.objects.filter(words=SAID).exists()

    until(is_kept, why="her words were not kept as she said them")


def test_a_clinic_may_switch_it_off(the_morning, at_home):
    amara = at_home("Amara", language="en")
    amara.context.add_init_script(AWAY)
    amara.opens("/mine/goals/new/")
    expect(amara.button("Talk instead of typing").first).to_be_visible()
    clinic = harbour()
    clinic.may_talk = False
    clinic.save()
    amara.page.reload()
    expect(amara.page.locator("[name=words]")).to_be_visible()
    expect(amara.button("Talk instead of typing")).to_have_count(0)


@pytest.mark.parametrize(("language", "mode"), HOW[:2])
def test_the_questions_are_read_aloud_one_after_the_other(the_morning, at_home, language, mode):
    amara = at_home("Amara", mode=mode, language=language)
    voices = VOICES.replace("false", "true")
    amara.context.add_init_script(voices)
    amara.presses(amara.page.get_by_role("link", name="GAD-7"))
    button = amara.button("Read the questions aloud")
    amara.presses(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    amara.looks_well()
    first = _spoken(amara)
    assert first[1].startswith(amara.page.locator("h1").inner_text())
    assert [one.split("|")[1] for one in first] == ["fr"] * len(first)
    amara.chooses(amara.page.locator("[data-here] fieldset"), 1)
    amara.presses(amara.button("Next"))
    amara.page.wait_for_url("**/?n=2")
    until(lambda: _spoken(amara), why="the second question is not read")
    with amara.without_network():
        amara.chooses(amara.page.locator("[data-here] fieldset"), 1)
        amara.presses(amara.button("Next"))
        title = amara.page.locator("[data-here] h1").inner_text()
        until(lambda: any(one.startswith(title) for one in _spoken(amara)))


def _spoken(person: Person) -> list[str]:
    return [one for one in person.page.evaluate("window.spoken ?? []") if one != "stop"]
