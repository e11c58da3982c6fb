"""Amara says what is hard with a tap, Joon offers what fits, and she says yes."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from alongside.access import own
from alongside.needs.models import Extent, Proposal, Service
from tests.journeys.morning import in_harbour, visit_of
from tests.journeys.people import NARROW, WIDE


@pytest.fixture
def amara(the_morning, somebody):
    """`amara("fr")`: Amara on a narrow phone, on her own page."""

    def come(language: str):
        client = visit_of("Amara").client
        with in_harbour():
            client.email = client.email or "amara@demo.invalid"
            client.save()
        session = SessionStore()
        session[own.KEY] = {"email": client.email.lower(), "chosen": str(client.pk)}
        session.save()
        person = somebody(mode=NARROW, language=language)
        key = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": session.session_key,
            "url": person.url,
        }
        person.context.add_cookies([key])
        person.speaks(language)
        return person

    return come


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_a_tap_to_a_yes(amara, at_work, language):
    hers = amara(language)
    hers.opens("/mine/needs/")
    hers.looks_well()
    hers.opens("/mine/needs/ask/?of=d5")
    hers.page.locator("#need-d540 button[value='3']").click()
    expect(hers.page.locator("#need-d540 button[value='3']")).to_have_attribute(
        "aria-pressed", "true"
    )
    hers.page.locator("#more-d540 summary").click()
    hers.page.locator("#more-d540 textarea").fill("les boutons")
    hers.page.locator("#more-d540 input[value='9']").check()
    hers.looks_well()
    hers.page.locator("#more-d540 button[name=do]").click()
    expect(hers.page.locator(".notice").first).to_be_visible()
    with in_harbour():
        last = Extent.objects.filter(code="d540", voice="client").latest("at", "id")
        assert (last.performance, last.importance, last.words) == (3, 9, "les boutons")
        client = last.client
        assert client == visit_of("Amara").client
    joon = at_work("Joon", mode=WIDE, language=language)
    joon.opens(f"/people/{client.pk}/needs/")
    joon.reads("les boutons", "Daily-living group")
    joon.looks_well()
    joon.page.locator("#fits ~ ol button").first.click()
    hers.opens("/mine/needs/")
    hers.looks_well()
    hers.page.locator("button[value=accept]").click()
    expect(hers.page.locator(".tag.good")).to_be_visible()
    with in_harbour():
        assert Proposal.objects.get(client=client).accepted_at


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mode", [NARROW, WIDE], ids=lambda mode: mode.name)
def test_the_pages_of_services_fit(the_morning, at_work, mode, language):
    with in_harbour():
        made = Service.objects.create(name="Atelier", kind="group", covers=["d5"], wait_days=14)
        client = visit_of("Amara").client
    noor = at_work("Noor", mode=mode, language=language)
    for path in (f"/people/{client.pk}/needs/", "/services/", f"/services/{made.pk}/"):
        noor.opens(path)
        noor.looks_well()
        noor.fits()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_amara_keeps_a_part_for_joon_and_noor_reads_it_no_more(amara, at_work, language):
    hers = amara(language)
    client = visit_of("Amara").client
    noor = at_work("Noor", language=language)
    noor.opens(f"/people/{client.pk}/needs/")
    noor.reads("Le riz, c’est à deux mains.")
    hers.opens("/mine/needs/")
    hers.presses(hers.page.get_by_role("link", name=hers.words("Who sees what I told")))
    hers.looks_well()
    hers.presses(hers.page.locator("#part-activities a"))
    hers.page.locator("input[value=named]").check()
    hers.page.locator("label", has_text="Joon").click()
    hers.looks_well()
    hers.presses(hers.button("I want it so"))
    hers.reads("Joon")
    noor.opens(f"/people/{client.pk}/needs/")
    expect(noor.page.locator("main")).not_to_contain_text("Le riz")
    noor.looks_well()
    hers.opens("/mine/needs/over-time/")
    hers.reads(hers.words("easier than at first"))
    hers.looks_well()
    joon = at_work("Joon", language=language)
    for path in ("needs/over-time/", "needs/who/?of=activities"):
        joon.opens(f"/people/{client.pk}/{path}")
        joon.looks_well()
    joon.opens(f"/today/visit/{visit_of('Amara').pk}/")
    joon.reads("Mes petits-enfants")
    joon.looks_well()
