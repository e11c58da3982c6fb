"""Something happens in Amara's life: one tap, a date that she sees, and a plan looked at again."""

from playwright.sync_api import expect

from alongside.life.models import Event
from tests.journeys.morning import in_harbour, visit_of
from tests.journeys.people import NARROW


def test_a_life_event_leads_to_a_dated_review(the_morning, at_home, at_work):
    amara = at_home("Amara", mode=NARROW)
    amara.presses(
        amara.page.get_by_role("link", name=amara.words("My life, and what happens in it"))
    )
    amara.looks_well()
    amara.writes(amara.page.locator("#event-words"), "Ma voisine est partie.")
    amara.presses(amara.button("I lost somebody"))
    # The date stands there from the first moment: two weeks from today.
    amara.reads("Ma voisine est partie.", "8 décembre")
    amara.looks_well()

    joon = at_work("Joon")
    joon.opens("/questions/")
    joon.reads("Amara", "8 December")
    joon.looks_well()
    joon.opens(f"/people/{visit_of('Amara').client_id}/life/")
    joon.looks_well()
    with in_harbour():
        event = Event.objects.get(client__first_name="Amara")
    joon.writes(joon.page.locator(f"#review-{event.pk}"), "Nous irons d’abord au marché ensemble.")
    joon.presses(joon.button("The plan was looked at"))
    joon.opens("/questions/")
    expect(joon.page.locator("main")).not_to_contain_text("8 December")

    amara.opens("/mine/life/")
    amara.reads("Nous irons d’abord au marché ensemble.")
    amara.looks_well()
