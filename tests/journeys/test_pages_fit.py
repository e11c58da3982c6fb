"""Every page that the journeys open by one language or width only, in the others as well."""

import pytest

from alongside.clinics import clock
from alongside.visits.actions import move_on
from tests.journeys.morning import at, desk, harbour, in_harbour, own_page, visit_of
from tests.journeys.people import DESK_LARGE, LARGE, NARROW, Mode

LAPTOP = Mode(name="laptop-1366px", width=1366, height=768)
PHONES = [NARROW, LARGE]
# What axe looks at hardly depends on the width; it is slow, so it looks at two of them.
AXED = [NARROW, LAPTOP]
DESKS = [NARROW, LAPTOP, DESK_LARGE]


def ways(modes: list[Mode]) -> list[object]:
    """Both languages in each of these."""
    return [
        pytest.param(language, mode, id=f"{language}-{mode.name}")
        for mode in modes
        for language in ("en", "fr")
    ]


@pytest.mark.parametrize(("language", "mode"), ways(DESKS))
def test_the_pages_of_the_desk_fit(the_morning, at_work, language, mode):
    """At the height of the bottleneck: everything that can be said is said."""
    clock.shift(at("10:25"))
    dee = at_work("Dee", mode=mode, language=language)
    amara = visit_of("Amara")
    dee.opens("/today/")
    dee.page.locator("#helps-title").wait_for()
    dee.fits()
    pages = (
        f"/today/visit/{visit_of('Chloé').pk}/",
        "/bookings/",
        "/bookings/?view=day&day=2026-11-24",
        "/bookings/new/",
        f"/bookings/{amara.pk}/",
        "/bookings/import/",
        "/the-wait/",
        "/the-wait/how/",
        "/people/",
        f"/people/{amara.client_id}/",
        "/messages/",
    )
    for path in pages:
        dee.opens(path)
        if mode in AXED:
            dee.looks_well()
        dee.fits()


@pytest.mark.parametrize(("language", "mode"), ways(PHONES))
def test_the_pages_of_a_client_fit(the_morning, somebody, language, mode):
    with in_harbour():
        move_on.call(visit_of("Chloé"), by=desk(), now=clock.now())
        pages = [own_page(name) for name in ("Amara", "Aino", "Chloé", "Zoé", "Olli", "Fatou")]
        pages += [f"{pages[0]}{verb}/" for verb in ("confirm", "change", "cancel")]
    pages.append(f"/door/{harbour().door_code}/")
    client = somebody(mode=mode, language=language)
    client.speaks(language)
    for path in pages:
        client.opens(path)
        client.looks_well()


@pytest.mark.parametrize(("language", "mode"), ways([NARROW, LAPTOP, DESK_LARGE]))
def test_the_pages_of_the_manager_fit(the_morning, at_work, language, mode):
    noor = at_work("Noor", mode=mode, language=language)
    for path in ("clinic", "hours", "rooms", "kinds", "messages", "parts", "staff", "devices"):
        noor.opens(f"/settings/{path}/")
        if mode in AXED:
            noor.looks_well()
        noor.fits()
