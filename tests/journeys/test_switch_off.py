"""Noor switches a part off, and nobody finds a trace of it: not on a page, not at an address."""

from playwright.sync_api import expect

from alongside.access.middleware import LANGUAGE_COOKIE
from alongside.clinics.current import working_in
from alongside.welcome.models import Wish
from tests.journeys.morning import harbour, in_harbour, own_page, visit_of
from tests.journeys.people import NARROW, PHONE, Person

ASKS = "A glass of water"
WORDS = ["While you wait", "water", "Wishes", "I am going", "Offered", "What do you hope for"]


def test_a_wish_goes_from_a_phone_to_the_board_and_back(the_morning, somebody, at_work):
    aino, dee = _aino(somebody), _dee(at_work)
    aino.presses(aino.button(ASKS))
    aino.reads("You asked for a glass of water. The front desk can see it.")
    aino.looks_well()
    dee.reads("Aino", "a glass of water")
    dee.presses(dee.page.get_by_role("button", name="I am going"))
    dee.reads("Dee is going")
    # Unasked: her page hears of it by itself.
    aino.reads("Dee is coming with your water.")
    aino.presses(aino.button("I need help now"))
    expect(dee.page.get_by_role("alert")).to_contain_text("Aino needs help now")
    aino.looks_well()
    dee.looks_well()
    dee.presses(dee.page.get_by_role("button", name="Done: a glass of water, Aino"))
    expect(aino.button(ASKS)).to_be_visible()
    with in_harbour():
        wish = Wish.objects.select_related("taken_by").get(kind="water")
    assert wish.taken_by.name == "Dee"
    assert wish.asked_at <= wish.taken_at <= wish.done_at


def test_hopes_go_from_a_narrow_phone_to_the_page_of_the_visit(the_morning, somebody, at_work):
    chloe = somebody(mode=NARROW, language="fr")
    chloe.opens(own_page("Chloé"))
    chloe.page.locator("#hopes-details summary").click()
    chloe.page.locator("#id_hopes").fill("Porter ma fille.")
    chloe.looks_well()
    chloe.presses(chloe.page.locator("#hopes-form button.primary"))
    dee = _dee(at_work)
    dee.presses(dee.page.get_by_role("link", name="hopes and worries"))
    dee.reads("What they hope for", "Porter ma fille.")
    dee.looks_well()


def test_switched_off_it_leaves_no_trace_and_loses_nothing(the_morning, somebody, at_work):
    aino, dee = _aino(somebody), _dee(at_work)
    aino.presses(aino.button(ASKS))
    aino.reads("You asked for a glass of water.")
    dee.reads("a glass of water")
    # While it is on, it is everywhere: so its being gone is seen, and not only not looked for.
    assert _traces(aino)
    assert _traces(dee)

    _switches(at_work, on=False)
    for person, path in ((aino, aino.page.url.split("#")[0]), (dee, f"{dee.url}/today/")):
        person.page.goto(path)
        assert _traces(person) == []
        person.looks_well()
    dee.opens(f"/today/visit/{visit_of('Aino').pk}/")
    assert _traces(dee) == []
    _is_nowhere(dee, "/today/wish/00000000-0000-7000-8000-000000000000/")

    _switches(at_work, on=True)
    dee.opens("/today/")
    dee.reads("a glass of water")


def _aino(somebody) -> Person:
    aino = somebody(mode=PHONE)
    aino.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": aino.url}])
    aino.opens(own_page("Aino"))
    return aino


def _dee(at_work) -> Person:
    dee = at_work("Dee")
    dee.opens("/today/")
    return dee


def _traces(person: Person) -> list[str]:
    """Give the part's own words that stand on a page, and its name in what the page is made of."""
    shown = person.page.locator("body").inner_text()
    made = person.made_of()
    return [word for word in WORDS if word in shown] + [
        name for name in ("/wish/", 'id="wishes"', "welcome") if name in made
    ]


def _switches(at_work, *, on: bool) -> None:
    noor = at_work("Noor")
    noor.opens("/settings/parts/")
    noor.page.get_by_label("Welcome").set_checked(on)
    noor.presses(noor.button("Save"))
    clinic = harbour()
    with working_in(clinic):
        assert ("welcome" in clinic.parts_off) is not on


def _is_nowhere(person: Person, path: str) -> None:
    person.expects(404)
    answer = person.page.goto(person.url + path)
    assert answer is not None
    assert answer.status == 404
