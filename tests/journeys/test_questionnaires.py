"""A questionnaire is filled in on one's own page: saved at each answer, heard where it must be."""

import pytest
from playwright.sync_api import expect

from alongside.clinics import clock
from alongside.measures.actions.ask import ask
from alongside.measures.models import Alert, Filling
from alongside.people.actors import of_staff
from tests.journeys.morning import in_harbour, visit_of, worker
from tests.journeys.people import KEYS, NARROW, PHONE, Person

NOT_ALONE = "Thank you for telling us. You are not alone with this."


@pytest.fixture
def phq(the_morning) -> Filling:
    """Joon asks Amara the PHQ-9."""
    with in_harbour():
        client = visit_of("Amara").client
        return ask(client, "phq-9", mode="self", by=of_staff(worker("Joon")), now=clock.now())


@pytest.mark.parametrize(
    ("language", "mode"), [("fr", NARROW), ("en", KEYS)], ids=["fr-320px", "en-keyboard"]
)
def test_item_nine_is_heard_at_once_and_help_is_there(phq, at_home, at_work, language, mode):
    joon = at_work("Joon")
    joon.opens("/today/")
    expect(joon.page.locator("#measure-alerts")).to_have_count(0)
    amara = at_home("Amara", mode=mode, language=language)
    amara.presses(amara.page.get_by_role("link", name="PHQ-9"))
    amara.looks_well()
    for number in range(1, 9):
        _answers(amara, 1)
        amara.page.wait_for_url(f"**/?n={number + 1}")
    expect(amara.page.locator("#help")).to_have_count(0)
    joon.page.evaluate("window.stays = true")
    joon.times_the_change("main", "Joon")
    _answers(amara, 1)
    # Before anything is sent: she is helped, and he hears it.
    expect(amara.page.get_by_role("alert")).to_contain_text(amara.words(NOT_ALONE))
    amara.looks_well()
    expect(joon.page.get_by_role("alert")).to_contain_text("Joon: somebody needs you now.")
    assert joon.page.evaluate("window.stays")
    board = joon.page.get_by_role("alert").inner_text()
    assert "Amara" not in board
    joon.looks_well()

    amara.presses(amara.button("I would rather not say"))
    amara.page.wait_for_url("**/end/")
    amara.looks_well()
    amara.presses(amara.button("Send my answers"))
    expect(amara.page.get_by_role("alert")).to_contain_text(amara.words(NOT_ALONE))
    amara.looks_well()
    _joon_goes(joon)


def _answers(person: Person, value: int) -> None:
    """One answer, and on to the next question."""
    person.chooses(person.page.locator("fieldset"), value)
    person.presses(person.button("Next"))


def _joon_goes(joon: Person) -> None:
    joon.presses(joon.page.get_by_role("link", name="Open the alerts"))
    joon.looks_well()
    joon.presses(joon.button("I go"))
    joon.writes(joon.page.locator("textarea"), "We talked. Luc is with her tonight.")
    joon.looks_well()
    joon.presses(joon.button("Done"))
    joon.reads("Nobody needs somebody at once.")
    with in_harbour():
        assert Alert.objects.get().taken_by.name == "Joon"


def test_half_filled_it_goes_on_in_another_browser(the_morning, at_home):
    """Amara begins on her phone, and goes on elsewhere with the answers where they were."""
    phone = at_home("Amara")
    phone.presses(phone.page.get_by_role("link", name="GAD-7"))
    for number, value in enumerate((2, 3, 1), start=1):
        _answers(phone, value)
        phone.page.wait_for_url(f"**/?n={number + 1}")
    # What was tapped and not sent is the one thing that is not kept.
    phone.chooses(phone.page.locator("fieldset"), 0)
    phone.context.close()

    tablet = at_home("Amara", mode=PHONE, language="en")
    tablet.presses(tablet.page.get_by_role("link", name="GAD-7"))
    tablet.reads("4 of")
    expect(tablet.page.locator("input:checked")).to_have_count(0)
    tablet.presses(
        tablet.page.get_by_role("link", name=tablet.words("Back to the question before"))
    )
    expect(tablet.page.locator("input[value='1']")).to_be_checked()
    _answers(tablet, 1)
    for number in range(4, 9):
        tablet.page.wait_for_url(f"**/?n={number}")
        _answers(tablet, 0)
    tablet.page.wait_for_url("**/end/")
    tablet.presses(tablet.button("Send my answers"))
    tablet.reads(tablet.words("Your answers have arrived. Your therapist looks at them with you."))
    tablet.looks_well()
    with in_harbour():
        done = Filling.objects.get(measure="gad-7", client__first_name="Amara")
        assert (done.shown, done.answered) == (6, 7)
        assert not Alert.objects.exists()
