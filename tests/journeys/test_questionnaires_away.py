"""The network is lost in the middle of a questionnaire: she goes on, and nothing is lost."""

import pytest
from playwright.sync_api import expect
from scripts.figures import Figure, tell

from alongside.clinics import clock
from alongside.measures.actions.ask import ask
from alongside.measures.models import Alert, Filling
from alongside.people.actors import of_staff
from tests.journeys.morning import in_harbour, visit_of, way_in, worker
from tests.journeys.people import KEYS, LARGE, NARROW, PHONE, Person, until

AWAY = (
    "You have no connection just now. Go on: your answers are kept on this device, and sent as "
    "soon as we can."
)
NOT_ALONE = "Thank you for telling us. You are not alone with this."
UNHEARD = "There is no connection just now, so nobody here has read it yet."
TOLD = "We have told somebody here. They will talk with you."
HOW = [
    pytest.param("fr", PHONE, id="fr-phone"),
    pytest.param("en", KEYS, id="en-keyboard"),
    pytest.param("fr", NARROW, id="fr-320px"),
    pytest.param("en", LARGE, id="en-text-200%"),
]


def asked(name: str) -> Filling:
    """Joon asks Amara one."""
    with in_harbour():
        client = visit_of("Amara").client
        return ask(client, name, mode="self", by=of_staff(worker("Joon")), now=clock.now())


def answers_of(filling: Filling) -> dict[str, str]:
    with in_harbour():
        return dict(Filling.objects.get(pk=filling.pk).answers)


def _question(person: Person, n: int, of: int) -> str:
    return person.words("question %(n)s of %(of)s") % {"n": n, "of": of}


def _begins(person: Person, title: str, *values: int, of: int) -> None:
    person.presses(person.page.get_by_role("link", name=title))
    for n, value in enumerate(values, start=1):
        person.chooses(person.page.locator("[data-here] fieldset"), value)
        person.presses(person.button("Next"))
        person.page.wait_for_url(f"**/?n={n + 1}")
        person.reads(_question(person, n + 1, of))


def _goes_on(person: Person, n: int, value: int, *, of: int) -> None:
    """Answer question `n` without a network."""
    person.reads(_question(person, n, of))
    person.chooses(person.page.locator("[data-here] fieldset"), value)
    person.presses(person.button("Next"))


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_cut_in_the_middle_all_of_it_arrives(the_morning, at_home, language, mode):
    filling = _gad_7()
    amara = at_home("Amara", mode=mode, language=language)
    _begins(amara, "GAD-7", 2, 3, 1, of=8)
    with amara.without_network():
        _goes_on(amara, 4, 0, of=8)
        expect(amara.page.locator("[data-fill-note]")).to_have_text(amara.words(AWAY))
        amara.looks_well()
        # Nothing chosen is said here, too.
        amara.presses(amara.button("Next"))
        expect(amara.page.get_by_role("alert")).to_contain_text(
            amara.words("Choose an answer, or tap “I would rather not say”.")
        )
        # A change of mind, one question back.
        amara.presses(
            amara.page.get_by_role("link", name=amara.words("Back to the question before"))
        )
        expect(amara.page.locator("[data-here] input[value='0']")).to_be_checked()
        _goes_on(amara, 4, 1, of=8)
        for n in (5, 6, 7):
            _goes_on(amara, n, 1, of=8)
        amara.reads(_question(amara, 8, 8))
        amara.presses(amara.button("I would rather not say"))
        amara.reads(amara.words("That was the last question"))
        amara.looks_well()
        amara.presses(amara.button("Send my answers"))
        amara.reads(amara.words("Kept for you"))
        amara.looks_well()
        assert answers_of(filling) == {"1": "2", "2": "3", "3": "1"}
        # What lies on the phone says nothing to whoever finds it.
        kept = amara.page.evaluate("localStorage.getItem('kept-answers')")
        assert "answer" not in kept
        assert str(filling.pk) not in kept
    amara.reads(amara.words("Your answers have arrived. Your therapist looks at them with you."))
    assert amara.page.evaluate("localStorage.getItem('kept-answers')") is None
    with in_harbour():
        done = Filling.objects.get(pk=filling.pk)
        assert (done.shown, done.answered) == (10, 7)
        assert done.answers["4"] == "1"
    tell(
        Figure(
            name="questionnaire-away",
            chapter="Nothing lost",
            fault="the network is cut in the middle of a questionnaire",
            tried="3 of 8 answers with a network, 5 and the sending without, then it is back "
            "(browser; also with the page closed meanwhile)",
            figure="8 of 8 answers arrive, each as it was said last; on the phone they lie locked",
            asked="none lost",
            met=True,
            control="without `fill.js` what is answered after the cut is lost",
            command="make test",
        )
    )


def _gad_7() -> Filling:
    """What the morning asks of Amara already."""
    with in_harbour():
        found: Filling = Filling.objects.open().get(measure="gad-7", client__first_name="Amara")
        return found


def test_it_arrives_although_the_page_was_closed_and_she_signed_in_again(the_morning, at_home):
    filling = _gad_7()
    amara = at_home("Amara", language="en")
    _begins(amara, "GAD-7", 2, of=8)
    with amara.without_network():
        _goes_on(amara, 2, 3, of=8)
        _goes_on(amara, 3, 1, of=8)
        amara.reads(_question(amara, 4, 8))
        amara.page.close()
    assert answers_of(filling) == {"1": "2"}
    # Tomorrow, so to say: signed out, and in again by a new letter.
    amara.context.clear_cookies()
    amara.speaks("en")
    amara.window().goto(f"{amara.url}{way_in('Amara')}")
    amara.presses(amara.button("Come in"))
    until(lambda: answers_of(filling) == {"1": "2", "2": "3", "3": "1"}, why="never sent")
    until(lambda: amara.page.evaluate("localStorage.getItem('kept-answers')") is None)
    amara.presses(amara.page.get_by_role("link", name="GAD-7"))
    amara.reads(_question(amara, 4, 8))


def test_a_server_that_is_away_is_the_same(the_morning, site, at_home):
    filling = _gad_7()
    amara = at_home("Amara", language="en")
    _begins(amara, "GAD-7", 2, of=8)
    with amara.without_server(site):
        _goes_on(amara, 2, 3, of=8)
        amara.reads(_question(amara, 3, 8))
    expect(amara.page.locator("[data-fill-note]")).to_have_text(
        "Everything you answered has arrived.", timeout=25_000
    )
    assert answers_of(filling) == {"1": "2", "2": "3"}
    # And goes on as before.
    _goes_on(amara, 3, 1, of=8)
    amara.page.wait_for_url("**/?n=4")
    assert answers_of(filling) == {"1": "2", "2": "3", "3": "1"}


def test_item_nine_without_a_network_helps_at_once_and_is_heard_when_it_is_back(
    the_morning, at_home, at_work
):
    asked("phq-9")
    joon = at_work("Joon")
    joon.opens("/today/")
    amara = at_home("Amara", mode=NARROW, language="fr")
    _begins(amara, "PHQ-9", *[0] * 8, of=10)
    with amara.without_network():
        _goes_on(amara, 9, 1, of=10)
        alone = amara.page.locator("#help")
        expect(alone).to_contain_text(amara.words(NOT_ALONE))
        # Nobody may believe to be heard who is not.
        expect(alone).to_contain_text(amara.words(UNHEARD))
        expect(alone).not_to_contain_text(amara.words(TOLD))
        amara.looks_well()
        expect(joon.page.locator("#measure-alerts")).to_have_count(0)
    expect(joon.page.get_by_role("alert")).to_contain_text("Joon: somebody needs you now.")
    expect(amara.page.locator("#help")).to_contain_text(amara.words(TOLD))
    expect(amara.page.locator("#help")).not_to_contain_text(amara.words(UNHEARD))
    amara.looks_well()
    with in_harbour():
        assert Alert.objects.get().responder.name == "Joon"


def test_ones_own_words_are_saved_as_they_are_written_and_arrive_later(the_morning, at_home):
    filling = asked("what-matters")
    amara = at_home("Amara", language="fr", mode=NARROW)
    link = amara.page.get_by_role("link").filter(has_text=filling_title(amara))
    amara.presses(link)
    amara.writes(amara.page.locator("[name=r1-name]"), "Préparer la soupe")
    amara.page.keyboard.press("Tab")
    until(lambda: answers_of(filling).get("activities"), why="not saved as it was written")
    with amara.without_network():
        amara.chooses(amara.page.locator("fieldset:has([name=r1-doing])"), 3)
        amara.chooses(amara.page.locator("fieldset:has([name=r1-satisfaction])"), 2)
        amara.presses(amara.button("Next"))
        amara.reads(amara.words("That was the last question"))
        amara.looks_well()
    until(lambda: answers_of(filling)["activities"][0].get("doing") == 3, within=15)
    amara.page.wait_for_url("**/end/")
    amara.reads("Préparer la soupe")


def filling_title(person: Person) -> str:
    from alongside.measures.queries.forms import form_of

    form = form_of("what-matters", person.language)
    assert form is not None
    return form.title


def test_without_the_module_it_would_be_lost(the_morning, at_home):
    """The negative control."""
    filling = _gad_7()
    amara = at_home("Amara", language="en")
    amara.faults.is_offline = True
    amara.page.route("**/fill*.js", lambda route: route.abort())
    _begins(amara, "GAD-7", 2, of=8)
    with amara.without_network():
        amara.chooses(amara.page.locator("[data-here] fieldset"), 3)
        amara.page.evaluate("document.querySelector('[data-here] button').click()")
        amara.page.wait_for_timeout(500)
    amara.page.unroute_all(behavior="ignoreErrors")
    amara.window().goto(f"{amara.url}/mine/")
    amara.page.wait_for_timeout(4000)
    assert answers_of(filling) == {"1": "2"}
