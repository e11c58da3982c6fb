"""Without JavaScript: Amara checks in, and Dee takes her all the way."""

import pytest
from playwright.sync_api import expect

from alongside.visits.models import State
from tests.journeys.morning import own_page, visit_of


@pytest.mark.parametrize("language", ["en", "fr"])
def test_amara_and_dee_need_no_script(the_morning, somebody, at_work, language):
    amara = somebody(language="fr", java_script_enabled=False)
    amara.opens(own_page("Amara"))
    amara.button("I am here").click()
    expect(amara.page.locator(".big.num")).to_be_visible()
    assert visit_of("Amara").state == State.HERE

    dee = at_work("Dee", language=language, java_script_enabled=False)
    dee.opens("/today/")
    visit = visit_of("Amara")
    for verb, state in (("call", State.CALLED), ("start", State.WITH), ("finish", State.DONE)):
        with dee.page.expect_navigation():
            dee.page.locator(f"#visit-{visit.pk} button[value={verb}]").click()
        assert visit_of("Amara").state == state
        amara.page.get_by_role("link", name=amara.words("Look again")).click()
        if state == State.CALLED:
            amara.reads(amara.words("Please come in."))
    amara.reads("Amara")
    with dee.page.expect_navigation():
        dee.page.locator(".undo button").click()
    assert visit_of("Amara").state == State.WITH


def test_a_mistake_at_the_sign_in_is_explained_without_a_script(the_morning, somebody):
    dee = somebody(java_script_enabled=False)
    dee.opens("/today/")
    assert "/sign-in/" in dee.page.url
    dee.page.get_by_label(dee.words("E-mail address")).fill("dee@demo.invalid")
    dee.page.get_by_label(dee.words("Password")).fill("not the password")
    dee.button("Sign in").click()
    expect(dee.page.get_by_role("alert")).to_be_visible()
    expect(dee.page.get_by_label(dee.words("E-mail address"))).to_have_value("dee@demo.invalid")
