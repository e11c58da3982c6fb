"""The poster at the door: it finds one's own visit, and tells nobody who else is here."""

import pytest
from playwright.sync_api import expect

from alongside.visits.models import State
from tests.journeys.morning import harbour, visit_of
from tests.journeys.people import KEYS, LARGE, NARROW, PHONE, Person

HOW = [
    pytest.param("fr", PHONE, id="fr-phone"),
    pytest.param("fr", NARROW, id="fr-320px"),
    pytest.param("en", LARGE, id="en-text-200%"),
    pytest.param("en", KEYS, id="en-keyboard"),
]
# Everybody of today but Amara: none of them may ever stand on this page.
OTHERS = ("Diallo", "Zoé", "Aino", "Chloé", "Pekka", "Luc", "Ruth", "Olli", "Tom", "Joon", "Mika")
MISTAKES = (
    ("Nobody", "10:30"),
    ("Amara", "10:45"),
    ("Zoe Petit", "11:00"),
    ("A", "10:30"),
    ("%", "10:30"),
)


@pytest.fixture
def opens_the_poster(the_morning, somebody):
    """Somebody points their phone at the code."""

    def opens(mode=PHONE, language: str = "fr") -> Person:
        person = somebody(mode=mode, language=language)
        person.opens(f"/door/{harbour().door_code}/")
        return person

    return opens


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_amara_is_found_however_she_writes_herself(opens_the_poster, language, mode):
    amara = opens_the_poster(mode, language)
    amara.looks_well()
    _tries(amara, " áMARA ", "10h30")
    amara.page.wait_for_url("**/v/**")
    amara.reads("Amara")
    assert visit_of("Amara").arrived_by == "door"
    amara.looks_well()


def test_every_mistake_has_the_same_answer_and_nobody_is_listed(opens_the_poster):
    stranger = opens_the_poster()
    stranger.expects(422)
    answers = set()
    for name, at in MISTAKES:
        _tries(stranger, name, at)
        answers.add(stranger.page.get_by_role("alert").inner_text())
        seen = stranger.made_of().replace(f'value="{name}"', "")
        assert not [other for other in OTHERS if other in seen]
    assert len(answers) == 1
    stranger.looks_well()
    assert visit_of("Amara").state == State.BOOKED


def test_after_ten_mistakes_the_door_rests_even_for_the_right_name(opens_the_poster):
    stranger = opens_the_poster(language="en")
    stranger.expects(422, 429)
    for number in range(10):
        _tries(stranger, f"Somebody {number}", "10:30")
        expect(stranger.page.locator("#id_name")).to_have_value(f"Somebody {number}")
    _tries(stranger, "Amara", "10:30")
    stranger.reads(stranger.words("Please tell the front desk that you are here."))
    stranger.looks_well()
    assert visit_of("Amara").state == State.BOOKED


def _tries(person: Person, name: str, at: str) -> None:
    person.writes(person.page.locator("#id_name"), name)
    person.writes(person.page.locator("#id_at"), at)
    with person.page.expect_navigation():
        person.presses(person.button("I am here"))
