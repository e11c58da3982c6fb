"""Amara checks in on her phone, is told a wait, and hears unasked when it changes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.clinics import clock
from alongside.rules.waits.telling import LEAD
from alongside.visits.actions import move_on
from alongside.visits.messages.wait import clock as on_the_wall
from alongside.visits.models import Asked, State, Told
from tests.journeys.morning import desk, in_harbour, own_page, visit_of
from tests.journeys.people import KEYS, LARGE, NARROW, PHONE, Person, until

# French is the longer one, so it is the one that must fit; the other pairs: test_pages_fit.py.
HOW = [
    pytest.param("fr", PHONE, id="fr-phone"),
    pytest.param("fr", NARROW, id="fr-320px"),
    pytest.param("fr", LARGE, id="fr-text-200%"),
    pytest.param("fr", KEYS, id="fr-keyboard"),
    pytest.param("en", KEYS, id="en-keyboard"),
]


@pytest.mark.parametrize(("language", "mode"), HOW)
def test_amara_is_told_the_truth_from_the_door_to_come_in(the_morning, somebody, language, mode):
    amara = _opens_her_page(somebody, language, mode)
    amara.looks_well()
    amara.presses(amara.button("I am here"))
    first = _is_told(amara)
    amara.looks_well()

    _joon_overruns(first)
    amara.times_the_change("#visit", amara.words("The visit before yours is taking longer."))
    known = until(lambda: _told()[-1].pk != first.pk, why="nobody corrected Amara's wait")
    seen = amara.changed_at()
    assert seen - known <= 1.0
    _is_corrected(amara, first)
    amara.looks_well()

    _asks_and_taps(amara)
    _is_called(amara)
    amara.looks_well()


def _opens_her_page(somebody, language: str, mode) -> Person:
    """Her link speaks French, whatever the phone does; a tap on English changes it."""
    amara = somebody(mode=mode, language="fr")
    amara.opens(own_page("Amara"))
    amara.reads("Amara")
    if language != "fr":
        amara.presses(amara.page.get_by_role("button", name="English"))
        amara.language = language
    expect(amara.page.locator("html")).to_have_attribute("lang", language)
    return amara


def _is_told(amara: Person) -> Told:
    """A range, and a time by which: in words, and in the ledger."""
    amara.page.wait_for_selector(".big")
    (first,) = _told()
    amara.reads(_by(first), str(round(first.likely / timedelta(minutes=1))))
    high = round(first.high / timedelta(minutes=1))
    assert str(high) in amara.page.locator(".range + p, .not-easy").all_inner_texts()[-2]
    assert first.channels == ["phone", "desk"]
    return first


def _joon_overruns(first: Told) -> None:
    """Zoé is still with Joon when Amara's told time is so near that she must hear of it."""
    clock.shift(first.by - LEAD)


def _is_corrected(amara: Person, first: Told) -> None:
    new = _told()[-1]
    assert new.reason == "earlier_visit_longer"
    assert new.by > first.by
    amara.reads(
        amara.words("We are running late, and we are sorry."),
        amara.words("The visit before yours is taking longer."),
        _by(new),
    )


def _asks_and_taps(amara: Person) -> None:
    amara.presses(amara.button("Ask for an update"))
    holds = amara.words("We looked again just now. What we told you still holds.")
    newest = amara.words("We looked again just now. This is the newest.")
    answers = amara.page.get_by_text(holds).or_(amara.page.get_by_text(newest))
    answers.wait_for()
    with in_harbour():
        assert Asked.objects.filter(visit=visit_of("Amara")).count() == 1
    well = amara.page.locator("#mood button").nth(1)
    amara.presses(well)
    until(lambda: visit_of("Amara").mood == 3)
    amara.page.locator("#mood button[aria-pressed=true]").wait_for()


def _is_called(amara: Person) -> None:
    words = amara.words("Please come in.")
    amara.times_the_change("h1", words)
    with in_harbour():
        joon_is_free = move_on.finish(visit_of("Zoé"), by=desk(), now=clock.now())
        assert joon_is_free.state == State.DONE
        move_on.call(visit_of("Amara"), by=desk(), now=clock.now())
    called = until(lambda: visit_of("Amara").state == State.CALLED)
    assert amara.changed_at() - called <= 1.0
    amara.reads(words, "Joon")


def _told() -> list[Told]:
    with in_harbour():
        return list(Told.objects.filter(visit=visit_of("Amara")).order_by("told_at", "id"))


def _by(told: Told) -> str:
    with in_harbour() as clinic:
        return on_the_wall(told.by, clinic.zone)


def test_without_a_correction_the_page_admits_it(the_morning, somebody, monkeypatch):
    """The negative control: nobody corrects, and the journey above would have noticed."""
    monkeypatch.setattr("alongside.visits.actions.work_out.correct", lambda *_, **__: None)
    amara = _opens_her_page(somebody, "fr", PHONE)
    amara.presses(amara.button("I am here"))
    first = _is_told(amara)
    clock.shift(first.by + timedelta(minutes=3))
    amara.presses(amara.page.get_by_role("link", name=amara.words("Look again")))
    amara.button("Ask us now").wait_for()
    assert len(_told()) == 1
    amara.looks_well()
