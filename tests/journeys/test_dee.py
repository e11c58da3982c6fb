"""Dee runs the board through a bottleneck with the keyboard alone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from alongside.clinics import clock
from alongside.visits.actions.cancel import cancel_visit
from alongside.visits.models import Away, State, Step
from tests.journeys.morning import at, desk, in_harbour, visit_of
from tests.journeys.people import DESK_KEYS, Person, until

LANGUAGES = ("en", "fr")


@pytest.fixture(params=LANGUAGES)
def dee(request, the_morning, at_work) -> Person:
    """Dee at the board, without a mouse."""
    dee = at_work("Dee", mode=DESK_KEYS, language=request.param)
    dee.opens("/today/")
    return dee


def test_the_next_one_is_checked_in_with_one_key_and_every_step_goes_back(dee):
    dee.looks_well()
    _one_key_and_back(dee, "c", "Amara", State.BOOKED, State.HERE)
    _one_key_and_back(dee, "n", "Aino", State.HERE, State.CALLED, again=True)
    _one_key_and_back(dee, "s", "Aino", State.CALLED, State.WITH)
    _goes_to(dee, "Zoé")
    _one_key_and_back(dee, "f", "Zoé", State.WITH, State.DONE)
    _goes_to(dee, "Ruth")
    _one_key_and_back(dee, "x", "Ruth", State.BOOKED, State.MISSED)
    dee.looks_well()


@pytest.mark.parametrize("dee", ["en"], indirect=True)
def test_anybody_else_is_checked_in_with_two(dee):
    """The search box is one key away too, but the row in focus needs none of it."""
    _goes_to(dee, "Luc")
    dee.page.keyboard.press("c")
    _is(dee, "Luc", State.HERE)


def test_a_client_and_a_therapist_run_late_and_it_is_taken_back(dee):
    _goes_to(dee, "Luc")
    dee.page.keyboard.press("Enter")
    dee.page.wait_for_url("**/today/visit/**")
    dee.looks_well()
    dee.presses(dee.button("Note it"))
    until(lambda: visit_of("Luc").late_until == at("11:20"))
    dee.page.wait_for_url("**/today/")
    expect(_row(dee, "Luc")).to_contain_text("11:20")
    dee.page.keyboard.press("u")
    until(lambda: visit_of("Luc").late_until is None)

    joon = dee.page.locator("li", has_text="Joon")
    dee.presses(joon.locator("summary"))
    dee.presses(joon.locator("button[value=late]"))
    expect(joon.locator(".tag")).to_contain_text(dee.words("running late"))
    dee.presses(joon.locator("button[value=back]"))
    expect(joon.locator(".tag")).to_have_count(0)
    with in_harbour():
        assert not Away.objects.filter(back_at=None).exists()


def test_a_bottleneck_is_seen_at_the_top_and_what_would_help_is_done(dee):
    """Pekka is still with Mika when Aino's time is over; Sam has an hour to spare."""
    with in_harbour():
        for name in ("Ruth", "Leila"):
            cancel_visit(visit_of(name), by=desk(), now=clock.now(), tell=False)
    clock.shift(at("10:25"))
    expect(dee.page.locator("#helps-title")).to_be_visible()
    expect(dee.page.locator("tbody tr").first).to_contain_text("Aino")
    expect(_row(dee, "Aino")).to_have_attribute("data-care", "")
    help_ = dee.page.locator(".helps li", has_text="Aino").filter(has_text="Sam").first
    # What it does for her, and for everybody else.
    expect(help_).to_contain_text(re.compile(r"Aino.*\s\d+\smin\s.*\d+, "))
    expect(help_).to_contain_text(dee.words("nobody else later"))
    dee.looks_well()
    dee.presses(help_.get_by_role("button"))
    until(lambda: visit_of("Aino").therapist.name == "Sam")
    expect(_row(dee, "Aino")).to_contain_text("Sam")
    expect(dee.page.locator(".helps li", has_text="Aino").filter(has_text="Sam")).to_have_count(0)
    dee.page.keyboard.press("u")
    until(lambda: visit_of("Aino").therapist.name == "Mika")


def test_two_desks_at_once_lose_nothing_and_the_second_sees_who_was_faster(dee, at_work):
    before = visit_of("Amara")
    dee.opens(f"/today/visit/{before.pk}/")
    noor = at_work("Noor", mode=DESK_KEYS)
    noor.opens("/today/")
    noor.page.keyboard.press("c")
    until(lambda: visit_of("Amara").state == State.HERE)
    dee.expects(409)
    dee.page.keyboard.press("x")
    told = dee.page.get_by_role("alert")
    for words in ("Noor", "Amara", dee.words("Did not come"), dee.words("Waiting")):
        expect(told).to_contain_text(words)
    dee.looks_well()
    after = visit_of("Amara")
    assert (after.state, after.version) == (State.HERE, before.version + 1)
    with in_harbour():
        assert [step.verb for step in Step.objects.filter(visit=after)] == ["check_in"]


def _one_key_and_back(
    dee: Person, key: str, name: str, before: State, after: State, *, again: bool = False
) -> None:
    """Take a step, take it back by one key, and (for what follows) take it again."""
    dee.page.keyboard.press(key)
    _is(dee, name, after)
    dee.page.keyboard.press("u")
    _is(dee, name, before)
    if again:
        dee.page.keyboard.press(key)
        _is(dee, name, after)


def _is(dee: Person, name: str, state: State) -> None:
    """In the book, and a moment later on the board."""
    until(lambda: visit_of(name).state == state, why=f"{name} is {visit_of(name).state}")
    version = visit_of(name).version
    if state in (State.DONE, State.MISSED):
        expect(_row(dee, name)).to_have_count(0)
    else:
        expect(_row(dee, name).locator("input[name=version]").first).to_have_value(str(version))


def _row(dee: Person, name: str) -> Locator:
    return dee.page.locator(f"#visit-{visit_of(name).pk}")


def _goes_to(dee: Person, name: str) -> None:
    """Walk the rows with `j` and `k` until somebody's row has the focus."""
    row = f"visit-{visit_of(name).pk}"
    steps = dee.page.evaluate(
        """id => {
          const rows = [...document.querySelectorAll("[data-row]")].map((one) => one.id);
          const at = rows.indexOf(document.activeElement.closest("[data-row]")?.id);
          return rows.indexOf(id) - at;
        }""",
        row,
    )
    for _ in range(abs(steps)):
        dee.page.keyboard.press("j" if steps > 0 else "k")
    expect(dee.page.locator(f"#{row}")).to_be_focused()


@pytest.mark.parametrize("dee", ["en"], indirect=True)
def test_the_told_time_that_passes_is_shown_as_our_fault(dee, monkeypatch):
    """The negative control of "nobody is let down unseen": without corrections it is counted."""
    monkeypatch.setattr("alongside.visits.actions.work_out.correct", lambda *_, **__: None)
    dee.page.keyboard.press("c")
    _is(dee, "Amara", State.HERE)
    with in_harbour():
        told = visit_of("Amara").told.latest("told_at")
    clock.shift(told.by + timedelta(minutes=2))
    overdue = dee.page.locator(".figures .care dd")
    expect(overdue).to_be_visible()
    assert int(overdue.inner_text()) >= 1
