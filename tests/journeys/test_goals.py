"""Amara writes a goal and agrees to it; Joon rates it; Luc sees it as long as she allows."""

import os

import pytest
from playwright.sync_api import expect

from alongside.clinics import clock
from alongside.goals.actions.rate import rate
from alongside.people.actors import of_staff
from tests.journeys.morning import goal_of, in_harbour, worker
from tests.journeys.people import KEYS, LARGE, NARROW, Person, until

LOOK = os.environ.get("ALONGSIDE_TEST_LOOK")
WORDS = "Monter dans le bus toute seule.\nEt m’asseoir près de la fenêtre."
DISH = "thiéboudienne"
# Axe looks at every page in one of them; that all fits is looked at in each.
HOW = [
    pytest.param("fr", NARROW, True, id="fr-320px"),
    pytest.param("fr", LARGE, False, id="fr-text-200%"),
    pytest.param("fr", KEYS, False, id="fr-keyboard"),
    pytest.param("en", NARROW, True, id="en-320px"),
]


@pytest.mark.parametrize(("language", "mode", "axed"), HOW)
def test_amara_writes_a_goal_agrees_to_it_and_tells_how_it_goes(
    the_morning, at_home, language, mode, axed
):
    amara = at_home("Amara", mode=mode, language=language)
    looks = amara.looks_well if axed else amara.fits
    looks()
    amara.presses(amara.page.get_by_role("link", name=amara.words("Open my goals")))
    _agrees_to_what_joon_wrote(amara, looks)

    amara.presses(amara.page.get_by_role("link", name=amara.words("Write it in my words")))
    amara.writes(amara.page.locator("#id_words"), WORDS)
    amara.presses(amara.page.locator("#more summary"))
    amara.writes(amara.page.locator("#id_why"), "Pour aller voir ma sœur.")
    looks()
    amara.presses(amara.button("Yes, I want to work on this"))
    amara.page.wait_for_url("**/mine/goals/*-*/")
    amara.reads(amara.words("Working on it"))
    looks()

    amara.presses(amara.page.get_by_role("link", name=amara.words("Tell how it goes today")))
    amara.chooses(_group(amara, "How well does it go?"), 4)
    amara.chooses(_group(amara, "How happy are you with that?"), 2)
    looks()
    amara.presses(amara.button("Tell it"))
    expect(amara.page.get_by_text(amara.words("Thank you for telling us."))).to_be_visible()
    hers = goal_of("Amara", "Monter dans le bus")
    assert (hers.words.replace("\r\n", "\n"), hers.agreed_by) == (WORDS, "Amara")
    with in_harbour():
        (rating,) = hers.ratings.all()
    assert (rating.going, rating.happy, rating.by_client) == (4, 2, True)

    amara.opens("/mine/goals/since-we-started/")
    amara.reads("Monter dans le bus", DISH)
    looks()


def _agrees_to_what_joon_wrote(amara: Person, looks) -> None:
    """It waits for her: nobody but her makes it hers."""
    looks()
    assert goal_of("Amara", "marché").is_asked
    amara.presses(amara.button("Yes, I want this"))
    amara.reads(amara.words("Working on it"))
    assert goal_of("Amara", "marché").agreed_by == "Amara"
    amara.presses(amara.page.get_by_role("link", name=amara.words("What I want to do")))


def _group(person: Person, english: str):
    return person.page.get_by_role("group", name=person.words(english))


def test_joon_rates_it_and_amaras_open_page_moves(the_morning, at_home, at_work):
    amara, goal = at_home("Amara"), goal_of("Amara", DISH)
    amara.opens(f"/mine/goals/{goal.pk}/")
    amara.reads("De 2 à 6")
    amara.times_the_change("#goal", "De 2 à 8")
    joon = at_work("Joon")
    joon.opens(f"/people/{goal.client_id}/goals/{goal.pk}/")
    joon.page.locator("#rate summary").click()
    joon.chooses(joon.page.locator("#rate fieldset").first, 8)
    joon.looks_well()
    joon.presses(joon.page.locator("#rate button.primary"))
    with in_harbour():
        rated = until(lambda: goal.ratings.filter(going=8).exists())
    assert amara.changed_at() - rated <= 5.0
    amara.looks_well()


def test_a_page_that_is_not_told_stands_still(the_morning, at_home, monkeypatch):
    """The negative control: it is the word of the change that moves her page, and nothing else."""
    amara, goal = at_home("Amara"), goal_of("Amara", DISH)
    amara.opens(f"/mine/goals/{goal.pk}/")
    amara.reads("De 2 à 6")
    # An open page asks once more when its stream begins.
    amara.page.wait_for_timeout(1500)
    monkeypatch.setattr("alongside.goals.actions._note.push", lambda *_: None)
    with in_harbour():
        rate(goal, going=8, by=of_staff(worker("Joon")), now=clock.now())
    amara.page.wait_for_timeout(1500)
    expect(amara.page.locator("#goal")).to_contain_text("De 2 à 6")


def test_luc_sees_what_amara_allows_until_she_says_no(the_morning, at_home):
    luc, goal = at_home("Luc", to="Amara", language="en"), goal_of("Amara", DISH)
    luc.reads(DISH, "You see what Amara shares with you, and nothing else.")
    # What she did not allow: her questionnaires.
    luc.expects(403)
    luc.opens("/mine/questionnaires/")
    expect(luc.page.locator("main")).not_to_contain_text("What I filled in")
    luc.opens(f"/mine/goals/{goal.pk}/")
    luc.reads(DISH)
    luc.looks_well()

    amara = at_home("Amara", mode=NARROW)
    amara.presses(amara.page.get_by_role("link", name=amara.words("My people")))
    amara.presses(amara.page.get_by_role("link", name=amara.words("Change")).first)
    amara.page.locator("input[name=rights][value=goals]").uncheck()
    amara.looks_well()
    luc.reads(DISH)
    amara.presses(amara.button("I agree to this"))
    # His open page goes by itself, and no way leads back.
    luc.page.wait_for_url("**/mine/sign-in/**")
    again = at_home("Luc", to="Amara", language="en")
    assert DISH not in again.made_of()
    again.expects(403)
    again.opens(f"/mine/goals/{goal.pk}/")
    assert DISH not in again.made_of()


@pytest.mark.parametrize("media", ["print", "forced-colors"])
def test_since_we_started_is_seen_on_paper_and_in_forced_colours(the_morning, at_home, media):
    amara = at_home("Amara")
    amara.opens("/mine/goals/since-we-started/")
    page = amara.page
    if media == "print":
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 673, "height": 1000})
        how = amara.words("To keep it or to show it: print this page.")
        expect(page.get_by_text(how)).to_be_hidden()
        expect(page.locator(".comfort")).to_be_hidden()
        # The pictures say it: the tables behind them would not leave it on one page.
        expect(page.locator("details").first).to_be_hidden()
        pdf = page.pdf(format="A4")
        assert pdf.count(b"/Type /Page\n") == 1
    else:
        page.emulate_media(forced_colors="active")
    amara.reads(DISH, "De 2 à 6 sur 10", "J’ai planté les tulipes")
    lines = page.locator(".chart .line")
    assert lines.count() > 4
    # A line in the colour of the paper is no line.
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    drawn = lines.evaluate_all("all => all.map((e) => getComputedStyle(e).stroke)")
    assert not {"none", paper} & set(drawn)
    amara.fits()
    if LOOK:
        page.screenshot(path=f"{LOOK}/since-{media}.png", full_page=True)
